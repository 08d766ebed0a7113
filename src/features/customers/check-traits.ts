// Checks what a form says of own fields against what they hold.
import { Refusal } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { fits } from './calc/own-field.ts'
import { type FieldEntity, ownFields } from './store-lists.ts'

const expected = {
  text: 'text',
  number: 'a number',
  date: 'a date, YYYY-MM-DD',
  choice: 'one of its choices',
} as const

/**
 * Refuses `own_field.not_fitting` with the name of the field. What a record held before stays as it is:
 * an import may have brought it before the field was described.
 */
export async function checkTraits(
  tx: Tx,
  entity: FieldEntity,
  traits: Readonly<Record<string, string>> | undefined,
  before: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (traits === undefined || Object.keys(traits).length === 0) return
  for (const field of await ownFields(tx, { entity, state: 'active' })) {
    const value = traits[field.key]
    if (value === undefined || value === before[field.key] || fits(field, value)) continue
    throw new Refusal({
      code: 'own_field.not_fitting',
      message: `“${field.label}” holds ${expected[field.kind]}; “${value.slice(0, 80)}” is none.`,
      field: `traits.${field.key}`,
      next: field.kind === 'choice' ? `Choose one of: ${field.choices.join(', ')}.` : 'Correct it.',
      status: 422,
      particulars: {
        label: field.label,
        text: {
          de:
            field.kind === 'choice'
              ? `„${field.label}“ ist eine Auswahl aus: ${field.choices.join(', ')}.`
              : `„${field.label}“ nimmt ${{ text: 'Text', number: 'eine Zahl', date: 'ein Datum (JJJJ-MM-TT)' }[field.kind]} auf; „${value.slice(0, 80)}“ ist das nicht.`,
        },
      },
    })
  }
}

// What a field of an import is, and the fields that several kinds have.
import type { ImportKind } from '../contract.ts'

export interface Sentence {
  en: string
  de: string
}

type FieldType = 'text' | 'date' | 'money' | 'integer' | 'number' | 'one-of'

export interface Field {
  name: string
  type: FieldType
  /** `advised`: rows are taken without it, but reports say less. */
  need: 'required' | 'advised' | 'optional'
  example: string
  label: Sentence
  sentence: Sentence
  /** Values of `one-of`, each with the words it may be written with; with a label it may hold for all rows. */
  options?: readonly { value: string; words: readonly string[]; label?: Sentence }[]
  /** Smallest and largest value; amounts in minor units. */
  least?: number
  most?: number
  /** Longest text that is kept; texts of names have the usual length unless said. */
  characters?: number
  /** What the cell names: such records are found, or made by mention. */
  refers?: 'sellers' | 'teams' | 'customers' | 'products' | 'people' | 'stages'
}

export interface Kind {
  name: ImportKind
  label: Sentence
  sentence: Sentence
  /** Columns that are no fields are kept with the record. */
  traits: boolean
  fields: readonly Field[]
}

type Extra = Pick<Field, 'options' | 'refers' | 'least' | 'most' | 'characters'>

/** `needed` is `!` for required, `+` for advised, `` for optional. */
export function field(
  name: string,
  type: FieldType,
  needed: '!' | '+' | '',
  example: string,
  label: [en: string, de: string],
  sentence: [en: string, de: string],
  extra: Extra = {},
): Field {
  return {
    name,
    type,
    need: needed === '!' ? 'required' : needed === '+' ? 'advised' : 'optional',
    example,
    label: { en: label[0], de: label[1] },
    sentence: { en: sentence[0], de: sentence[1] },
    ...extra,
  }
}

export const externalId = field(
  'external_id',
  'text',
  '+',
  'A-1042',
  ['Number', 'Nummer'],
  [
    'Number in the other system; with it the same row is recognised again.',
    'Nummer im anderen System; daran wird dieselbe Zeile wiedererkannt.',
  ],
)

export const currency = field(
  'currency',
  'text',
  '',
  'EUR',
  ['Currency', 'Währung'],
  ['Three letters of the currency of the amounts.', 'Drei Buchstaben der Währung der Beträge.'],
)

/** First and last name where they stand apart; together they are the name. */
export const partsOfName: readonly Field[] = [
  field(
    'first_name',
    'text',
    '',
    'Eva',
    ['First name', 'Vorname'],
    ['First name, if it stands alone.', 'Vorname, wenn er allein steht.'],
  ),
  field(
    'last_name',
    'text',
    '',
    'Lindner',
    ['Last name', 'Nachname'],
    ['Last name, if it stands alone.', 'Nachname, wenn er allein steht.'],
  ),
]

/** A name may also be given by its parts. */
export function givesName(field: string): boolean {
  return partsOfName.some((part) => part.name === field)
}

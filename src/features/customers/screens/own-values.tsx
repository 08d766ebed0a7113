// Own fields on pages and in forms: by their label, and what no field describes below.
import type { Given } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField } from '../../../web/ui/form-inputs.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { moreTexts } from '../texts-more.ts'

type Entity = NonNullable<Given<'own-fields.list'>['entity']>
type Traits = Readonly<Record<string, string>>

function useOwnFields(entity: Entity) {
  return useOperation('own-fields.list', { entity }).data?.rows ?? []
}

const day = /^\d{4}-\d\d-\d\d$/

export function OwnValues({ entity, traits }: { entity: Entity; traits: Traits }) {
  const t = useTexts(moreTexts)
  const format = useFormat()
  const fields = useOwnFields(entity)
  const described = new Set(fields.map(({ key }) => key))
  const others = Object.entries(traits).filter(([key]) => !described.has(key))
  return (
    <>
      {fields.length > 0 && (
        <Section title={t('own_values')}>
          <DetailList
            rows={fields.map(({ key, label, kind }) => {
              const value = traits[key] || null
              const dated = kind === 'date' && value !== null && day.test(value)
              return { label, value: dated ? format.date(value) : value }
            })}
          />
        </Section>
      )}
      {others.length > 0 && (
        <Section title={t('other_columns')}>
          <DetailList rows={others.map(([label, value]) => ({ label, value }))} />
        </Section>
      )}
    </>
  )
}

/** Traits as a form sends them: only when they were changed, so that those of others stay. */
export function changedTraits(before: Traits, now: Traits): { traits?: Record<string, string> } {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)])
  const same = [...keys].every((key) => (before[key] ?? '') === (now[key] ?? ''))
  return same ? {} : { traits: { ...now } }
}

/** The fields of a form for the own fields there are; traits that none describes are kept as they are. */
export function OwnFieldInputs(props: {
  entity: Entity
  traits: Traits
  onChange: (traits: Traits) => void
}) {
  const { entity, traits, onChange } = props
  const today = useOrganisationDay() ?? ''
  return useOwnFields(entity).map(({ key, label, kind, choices }) => {
    const value = traits[key] ?? ''
    const common = { name: `traits.${key}`, label }
    const change = (next: string) => onChange({ ...traits, [key]: next })
    if (kind === 'choice') {
      const options = choices.includes(value) || value === '' ? choices : [value, ...choices]
      return (
        <ChoiceField
          key={key}
          {...common}
          value={value}
          onChange={change}
          options={options.map((one) => ({ value: one, label: one }))}
        />
      )
    }
    // A date that is none is kept until it is corrected: as text it can be read and changed.
    if (kind === 'date' && (value === '' || day.test(value))) {
      return (
        <DateField
          key={key}
          {...common}
          value={value || undefined}
          onChange={(next) => change(next ?? '')}
          today={today}
        />
      )
    }
    return <TextField key={key} {...common} value={value} onChange={change} maxLength={2000} />
  })
}

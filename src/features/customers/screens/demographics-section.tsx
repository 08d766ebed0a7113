// Lists of demographics in the settings: values that forms offer, added and taken out, or taken over from use.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Chip } from '../../../web/ui/chip.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moreTexts } from '../texts-more.ts'
import './records.css'

type Value = Answer<'demographics.list'>['rows'][number]
type Unlisted = Answer<'demographics.unlisted'>['rows'][number]
const fields = ['country', 'region', 'industry', 'source'] as const
type Field = (typeof fields)[number]
/** Unlisted values named on the page. */
const named = 5

export function DemographicsSection() {
  const t = useTexts(moreTexts)
  const list = useOperation('demographics.list', {})
  const unlisted = useOperation('demographics.unlisted', { all: true }).data?.rows ?? []
  return (
    <Section title={t('demographics')} note={t('demographics_note')}>
      <Answered query={list} shape="panel">
        {({ rows }) =>
          fields.map((field) => (
            <FieldList
              key={field}
              field={field}
              values={rows.filter((row) => row.field === field)}
              unlisted={unlisted.filter((row) => row.field === field)}
            />
          ))
        }
      </Answered>
    </Section>
  )
}

function FieldList(props: {
  field: Field
  values: readonly Value[]
  unlisted: readonly Unlisted[]
}) {
  const { field, values, unlisted } = props
  const t = useTexts(moreTexts)
  const [typed, setTyped] = useState('')
  const add = useChange('demographics.add')
  const remove = useChange('demographics.remove')
  const undo = useChange('changes.undo')
  const take = (given: string[]) =>
    add
      .run({ field, values: given })
      .then(({ added, changeId }) => {
        setTyped('')
        toast.undo(t('value_added', { count: added }), () => undo.run({ id: changeId }))
      })
      .catch((thrown) => toast.problem(asProblem(thrown)))
  const drop = ({ id, version, value }: Value) =>
    remove
      .run({ id }, { version })
      .then(({ changeId }) =>
        toast.undo(t('value_removed', { name: value }), () => undo.run({ id: changeId })),
      )
      .catch((thrown) => toast.problem(asProblem(thrown)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() !== '') void take([typed.trim()])
  }
  return (
    <section className="records-field" aria-label={t(field)}>
      <h3>{t(field)}</h3>
      {values.length === 0 ? (
        <p className="records-none">{t('demographics_none')}</p>
      ) : (
        <div className="records-chips">
          {values.map((one) => (
            <Chip key={one.id} label="" value={one.value} onClear={() => void drop(one)} />
          ))}
        </div>
      )}
      {values.length > 0 && unlisted.length > 0 && (
        <p className="records-none">
          {t('unlisted', {
            list: unlisted
              .slice(0, named)
              .map(({ value, count }) => `${value} (${count})`)
              .join(', '),
          })}
        </p>
      )}
      <form className="records-tag-form" onSubmit={submit}>
        <TextInput
          aria-label={`${t(field)}: ${t('value')}`}
          placeholder={t('value')}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.busy}>
          {t('value_add')}
        </Button>
        {unlisted.length > 0 && (
          <Button
            variant="subtle"
            loading={add.busy}
            onClick={() => void take(unlisted.map(({ value }) => value))}
          >
            {t('adopt', { count: unlisted.length })}
          </Button>
        )}
      </form>
    </section>
  )
}

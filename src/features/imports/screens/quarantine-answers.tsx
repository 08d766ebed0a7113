// One answer for all rows with the same value at fault, also for those not fetched yet.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Section } from '../../../web/ui/page.tsx'
import type { BatchDetail } from './batch-words.ts'
import { type Reasons, useQuarantineTexts } from './quarantine-words.ts'
import type { DraftInUse } from './use-draft.ts'

type Value = Reasons['values'][number]
const shownFirst = 6

/** Index of the column the value stands in; -1 where its name does not tell. */
export function columnOf(batch: BatchDetail, name: string): number {
  const found = batch.columns.findIndex(({ column }) => column === name)
  return found >= 0 ? found : /^\d+$/.test(name) ? Number(name) - 1 : -1
}

export function AnswerSection(props: {
  batch: BatchDetail
  values: readonly Value[]
  draft: DraftInUse
}) {
  const { batch, values, draft } = props
  const t = useQuarantineTexts()
  const [all, setAll] = useState(false)
  const known = values.filter(({ column }) => columnOf(batch, column) >= 0)
  if (known.length === 0) return null
  const shown = all ? known : known.slice(0, shownFirst)
  return (
    <Section title={t('answers')} note={t('answers_note')}>
      <ul className="quarantine-answers">
        {shown.map((value) => (
          <OneAnswer
            key={`${value.column}\t${value.value}`}
            value={value}
            column={columnOf(batch, value.column)}
            draft={draft}
          />
        ))}
      </ul>
      {shown.length < known.length && (
        <button type="button" className="k-link imports-more" onClick={() => setAll(true)}>
          {t('answers_more', { count: known.length - shown.length })}
        </button>
      )}
    </Section>
  )
}

function OneAnswer(props: { value: Value; column: number; draft: DraftInUse }) {
  const { value, column, draft } = props
  const t = useQuarantineTexts()
  const [text, setText] = useState('')
  const given = draft.now.replace.find((one) => one.column === column && one.value === value.value)
  const names = { value: value.value, column: value.column }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text !== value.value) draft.answer({ column, value: value.value, with: text })
  }
  return (
    <li>
      <span>
        {value.value === '' ? t('answer_empty', names) : t('answer_value', names)}{' '}
        <span className="k-muted">{t('answer_rows', { count: value.rows })}</span>
      </span>
      {given ? (
        <span className="quarantine-answer">
          <b>{t('answer_done', { text: given.with })}</b>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => draft.answer({ column, value: value.value, with: value.value })}
          >
            {t('answer_back')}
          </Button>
        </span>
      ) : (
        <form className="quarantine-answer" onSubmit={submit}>
          <TextInput
            size="xs"
            aria-label={t('answer_with', names)}
            value={text}
            maxLength={1000}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" size="compact-sm" disabled={text === ''}>
            {t('answer_apply')}
          </Button>
        </form>
      )}
    </li>
  )
}

// Rows set aside on a small screen: one at a time, as a form, the cell at fault first to be seen.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import { useLanguage } from '../../../web/language.ts'
import { cellIn } from '../calc/draft.ts'
import type { BatchDetail } from './batch-words.ts'
import { faultAt, type Reasons, type SetAside, useQuarantineTexts } from './quarantine-words.ts'
import type { DraftInUse } from './use-draft.ts'

export interface RowFormProps {
  batch: BatchDetail
  rows: readonly SetAside[]
  columns: readonly string[]
  values: Reasons['values']
  draft: DraftInUse
  total: number
  /** Fetches further rows, where there are any. */
  next: (() => void) | undefined
}

export function QuarantineForm(props: RowFormProps) {
  const { batch, rows, columns, values, draft, total, next } = props
  const t = useQuarantineTexts()
  const language = useLanguage()
  const [place, setPlace] = useState(() =>
    Math.max(
      0,
      rows.findIndex((one) => one.correctedIn === null),
    ),
  )
  const at = Math.min(place, rows.length - 1)
  const row = rows[at]
  if (!row) return null
  const fault = faultAt(batch, row)
  const go = (to: number) => {
    setPlace(to)
    if (to >= rows.length - 2) next?.()
  }
  const alike = values.find((one) => one.column === row.column && one.value === row.value)
  const text = cellIn(draft.now, row, fault)
  const isAnswered = draft.now.replace.some(
    (one) => one.column === fault && one.value === row.value,
  )
  return (
    <section className="quarantine-form" aria-label={t('form_line', { line: String(row.line) })}>
      <div className="quarantine-form-head">
        <h2>{t('form_line', { line: String(row.line) })}</h2>
        <span className="k-muted">{t('form_place', { at: at + 1, total })}</span>
      </div>
      {row.correctedIn === null ? (
        <p className="quarantine-form-reason">{row.message[language]}</p>
      ) : (
        <p>
          <ScreenLink to={`imports/${row.correctedIn}`}>{t('sent')}</ScreenLink>
        </p>
      )}
      {columns.map((name, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity than their place.
        <div key={`${row.line} ${column} ${name}`} data-fault={column === fault || undefined}>
          <TextInput
            label={name}
            value={cellIn(draft.now, row, column)}
            readOnly={row.correctedIn !== null}
            // The sentence stands above; the field says that it is this one.
            error={
              column === fault && row.correctedIn === null && text === (row.cells[fault] ?? '')
            }
            autoComplete="off"
            onChange={(event) => draft.change([{ row, column, text: event.currentTarget.value }])}
          />
          {column === fault && alike && !isAnswered && text !== row.cells[fault] && (
            <Button
              variant="default"
              size="compact-sm"
              mt={6}
              onClick={() => draft.answer({ column, value: alike.value, with: text })}
            >
              {t('form_all', { count: alike.rows })}
            </Button>
          )}
        </div>
      ))}
      <div className="quarantine-form-ways">
        <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
          {t('form_before')}
        </Button>
        <Button variant="default" disabled={at >= rows.length - 1} onClick={() => go(at + 1)}>
          {t('form_next')}
        </Button>
      </div>
    </section>
  )
}

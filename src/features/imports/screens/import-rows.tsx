// The rows of an import: the sum that adds up, first rows as stored, records made, rows set aside.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink, useOrg } from '../../../web/address.tsx'
import { download } from '../../../web/client.ts'
import type { Format } from '../../../web/format.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { usePages } from '../../../web/pages.ts'
import { asProblem } from '../../../web/problem.ts'
import { type Column, DataTable, useNarrow } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { quarantineTexts } from '../texts-quarantine.ts'
import { sourcesTexts } from '../texts-sources.ts'
import { type BatchDetail, countsOf, isCounted, useImportTexts } from './batch-words.ts'

/** New + changed + unchanged + set aside = rows read, written as the sum it is. */
export function RowSum({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const format = useFormat()
  const { added, updated, unchanged, rejected, read } = countsOf(batch)
  if (batch.counts.added === undefined) {
    return (
      <Section title={t('sum')}>
        <p className="imports-sum">
          <span>
            <b>{format.count(read)}</b> {t('sum_read', { count: read })}
          </span>
        </p>
        <p className="k-section-note">{t('sum_asking')}</p>
      </Section>
    )
  }
  const parts = [
    { sign: '', count: added, words: t('sum_new') },
    { sign: '+', count: updated, words: t('sum_changed') },
    { sign: '+', count: unchanged, words: t('sum_unchanged') },
    { sign: '+', count: rejected, words: t('sum_aside') },
    { sign: '=', count: read, words: t('sum_read', { count: read }) },
  ]
  return (
    <Section title={t(batch.state === 'applied' || batch.state === 'undone' ? 'sum_done' : 'sum')}>
      <p className="imports-sum">
        {parts.map((part) => (
          <span
            key={part.words}
            data-aside={(part.words === t('sum_aside') && part.count > 0) || undefined}
          >
            {part.sign && <i>{part.sign}</i>}
            <b>{format.count(part.count)}</b> {part.words}
          </span>
        ))}
      </p>
    </Section>
  )
}

/** Records that rows mention and that are not there yet. */
export function CreatedSection({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const format = useFormat()
  const made = Object.entries(batch.created).filter(([, count]) => count > 0)
  if (made.length === 0) return null
  return (
    <Section
      {...(batch.state === 'applied'
        ? { title: t('created_done') }
        : { title: t('created'), note: t('created_note') })}
    >
      <ul className="imports-created">
        {made.map(([name, count]) => {
          const examples = batch.createdExamples[name] ?? []
          const names = format.list(examples)
          return (
            <li key={name}>
              <b>
                {isCounted(name) ? t(`count_${name}`, { count }) : `${format.count(count)} ${name}`}
              </b>{' '}
              <span className="k-muted">
                {count > examples.length ? t('created_and', { names: examples.join(', ') }) : names}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

type StoredRow = BatchDetail['firstRows'][number]

function cellText(
  value: unknown,
  type: string | undefined,
  currency: string,
  format: Format,
): string {
  if (value === null || value === undefined || value === '') return '—'
  if (type === 'date' && typeof value === 'string') return format.date(value)
  if (typeof value !== 'number') return String(value)
  if (type === 'money') return format.money(value, currency, { currency: true })
  return format.number(value, (String(value).split('.')[1] ?? '').length)
}

export function FirstRowsSection({
  batch,
  currency,
}: {
  batch: BatchDetail
  currency: string | undefined
}) {
  const t = useImportTexts()
  const format = useFormat()
  const language = useLanguage()
  const rows = batch.firstRows
  if (rows.length === 0) return null
  const fields = new Map(batch.fields.map((field) => [field.name, field]))
  const mapped = new Set(batch.columns.map((column) => column.field))
  const inRows = new Set(rows.flatMap((row) => Object.keys(row)))
  // In the order of the fields, then what is kept beside them. A currency no column gives stands with the amounts.
  const present = [...new Set([...fields.keys(), ...inRows])].filter(
    (name) =>
      inRows.has(name) && name !== 'line' && (name !== 'currency' || mapped.has('currency')),
  )
  const currencyOf = (row: StoredRow) => {
    if (typeof row.currency === 'string') return row.currency
    return typeof batch.mapping.currency === 'string' ? batch.mapping.currency : (currency ?? 'EUR')
  }
  const main = present.includes('name')
    ? 'name'
    : (['customer', 'external_id'].find((name) => present.includes(name)) ?? present[0])
  const keep =
    batch.kind === 'deals'
      ? ['stage', 'amount']
      : present.filter((name) => name !== main).slice(0, 2)
  const columns: Column<StoredRow>[] = [
    { id: 'line', head: t('column_line'), width: '56px', cell: (row) => String(row.line ?? '') },
    ...present.map((name): Column<StoredRow> => {
      const field = fields.get(name)
      const right =
        field !== undefined && ['money', 'integer', 'number', 'date'].includes(field.type)
      return {
        id: name,
        head: field?.label[language] ?? name,
        ...(right ? { align: 'right' as const } : {}),
        main: name === main,
        keep: keep.includes(name),
        cell: (row) => cellText(row[name], field?.type, currencyOf(row), format),
      }
    }),
  ]
  return (
    <Section title={t('first_rows')} note={t('first_rows_note')}>
      <div className="imports-wide">
        <DataTable
          caption={t('first_rows')}
          rows={rows}
          columns={columns}
          rowId={(row) => String(row.line)}
          rowLabel={(row) => t('line', { line: String(row.line ?? '') })}
        />
      </div>
    </Section>
  )
}

export function RejectSection({ batch }: { batch: BatchDetail }) {
  const t = useImportTexts()
  const language = useLanguage()
  const quarantine = useTexts(quarantineTexts)
  const sources = useTexts(sourcesTexts)
  const org = useOrg()
  const narrow = useNarrow()
  const [busy, setBusy] = useState(false)
  const list = usePages('imports.rejects', { id: batch.id, limit: 20 })
  type Row = (typeof list.rows)[number]
  const fetchFile = async () => {
    setBusy(true)
    const name = t('aside_file', {
      name: batch.fileName.replace(/\.(csv|txt|tsv|xlsx|xlsm)?(\.gz)?$/i, ''),
    })
    await download('imports.rejects-file', { id: batch.id }, { org, name }).catch((thrown) =>
      toast.problem(asProblem(thrown)),
    )
    setBusy(false)
  }
  const columns: Column<Row>[] = [
    {
      id: 'line',
      head: t('column_line'),
      main: true,
      width: '70px',
      cell: (row) => String(row.line),
    },
    {
      id: 'reason',
      head: t('column_reason'),
      keep: true,
      cell: (row) => (
        <>
          {row.message[language]}
          {row.correctedIn !== null && (
            <>
              {' '}
              <ScreenLink className="imports-sent" to={`imports/${row.correctedIn}`}>
                {quarantine('sent')}
              </ScreenLink>
            </>
          )}
        </>
      ),
    },
    {
      id: 'row',
      head: t('column_row'),
      ...(narrow ? {} : { width: '48%' }),
      cell: (row) => <code className="imports-raw">{row.raw}</code>,
    },
  ]
  const total = countsOf(batch).rejected
  return (
    <Section
      title={t('aside')}
      note={t('aside_note')}
      actions={
        <>
          <ScreenLink className="imports-correct" to={`imports/${batch.id}/quarantine`}>
            {sources('to_quarantine')}
          </ScreenLink>
          <Button
            variant="default"
            size="compact-sm"
            loading={busy}
            onClick={() => void fetchFile()}
          >
            {t('aside_download')}
          </Button>
        </>
      }
    >
      <Answered query={list.query} shape="table">
        {() => (
          <DataTable
            caption={t('aside')}
            rows={list.rows}
            columns={columns}
            rowId={(row) => `${row.line} ${row.code} ${row.column ?? ''}`}
            rowLabel={(row) => t('line', { line: row.line })}
            more={{ ...list.more, total }}
            stale={list.query.isStale}
          />
        )}
      </Answered>
    </Section>
  )
}

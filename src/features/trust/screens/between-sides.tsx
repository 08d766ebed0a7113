// What was done between two days, who did it, and how many rows of what it touched.
import type { Answer } from '../../../web/client.ts'
import { dash } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { useOperationWords } from '../../team/screens/history-words.ts'
import { betweenTexts } from '../texts-between.ts'
import { Effect } from './between-months.tsx'

type Between = Answer<'trust.between'>

/** What a table is called; its own name where no word is known. */
export function useTableWords(): (table: string) => string {
  const t = useTexts(betweenTexts)
  return (table) => {
    const key = `table_${table}`
    return key in betweenTexts.en ? t(key as 'table_deal') : table
  }
}

export function DoneTable(props: { data: Between }) {
  const { operations, currency } = props.data
  const t = useTexts(betweenTexts)
  const words = useOperationWords()
  return (
    <Counted
      title={t('done')}
      head={t('column_done')}
      currency={currency}
      rows={operations.map(({ operation, ...row }) => ({
        ...row,
        id: operation,
        name: words(operation),
      }))}
    />
  )
}

export function PeopleTable(props: { data: Between }) {
  const { people, currency } = props.data
  const t = useTexts(betweenTexts)
  return (
    <Counted
      title={t('who')}
      head={t('who')}
      currency={currency}
      rows={people.map(({ person, ...row }) => ({ ...row, ...person }))}
    />
  )
}

interface CountedRow {
  id: string
  name: string
  changes: number
  effect: number
}

function Counted(props: {
  title: string
  head: string
  currency: string
  rows: readonly CountedRow[]
}) {
  const { title, head, currency, rows } = props
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const columns: Column<CountedRow>[] = [
    { id: 'name', head, main: true, cell: (row) => row.name },
    {
      id: 'changes',
      head: t('column_changes'),
      align: 'right',
      keep: true,
      width: '64px',
      cell: (row) => format.count(row.changes),
    },
    {
      id: 'effect',
      head: t('column_effect'),
      align: 'right',
      keep: true,
      width: '130px',
      cell: (row) => <Effect minor={row.effect} currency={currency} />,
    },
  ]
  return (
    <Section title={title}>
      <DataTable
        caption={title}
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        rowLabel={(row) => row.name}
      />
    </Section>
  )
}

type Rows = Between['tables'][number]

export function RowsTable(props: { data: Between }) {
  const t = useTexts(betweenTexts)
  const format = useFormat()
  const words = useTableWords()
  const rows = [...props.data.tables].sort((a, b) =>
    words(a.table).localeCompare(words(b.table), format.language),
  )
  const count = (id: 'added' | 'replaced' | 'closed', keep: boolean): Column<Rows> => ({
    id,
    head: t(`column_${id}`),
    align: 'right',
    keep,
    width: '78px',
    cell: (row) =>
      row[id] === 0 ? <span className="k-muted">{dash}</span> : format.count(row[id]),
  })
  const columns: Column<Rows>[] = [
    { id: 'table', head: t('column_table'), main: true, cell: (row) => words(row.table) },
    count('added', true),
    count('replaced', true),
    count('closed', false),
  ]
  return (
    <Section title={t('rows')}>
      <DataTable
        caption={t('rows')}
        rows={rows}
        columns={columns}
        rowId={(row) => row.table}
        rowLabel={(row) => words(row.table)}
      />
    </Section>
  )
}

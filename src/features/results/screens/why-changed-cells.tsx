// The change cell by cell, with its parts; the last row is the whole, to which everything adds up.
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import type { Format } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Figure } from '../../../web/ui/figure.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { resultsTexts } from '../texts.ts'
import { changesTexts } from '../texts-changes.ts'
import { cellName, cellValue } from './filter-chip.tsx'
import type { FilterDimension } from './selection.ts'
import { askOf, type Chosen } from './use-selection.ts'
import type { Changes } from './why-changed-screen.tsx'

/** A row: a cell, or those together that are not listed. */
interface Row {
  id: string
  name: string
  cell?: Changes['cells'][number]
  total: FigureShape
}

const parts = ['byVolume', 'byRate', 'byMix', 'byReturns'] as const

function signed(format: Format, figure: FigureShape | undefined): string {
  if (figure?.value === undefined) return '\u2014'
  const { value, unit, currency } = figure
  if (unit === 'rate') return format.points(value)
  if (currency !== undefined) {
    return format.money(value, currency, { digits: 'whole', signed: true })
  }
  return format.signed(value)
}

export function ChangeCells(props: { data: Changes; by: FilterDimension; chosen: Chosen }) {
  const { data, by, chosen } = props
  const t = useTexts(changesTexts)
  const words = useTexts(resultsTexts)
  const format = useFormat()
  const dimension = words(`dimension_${by}`)
  const none = words('none_given', { dimension })
  if (data.whole === undefined || data.cells.length === 0) return null
  const { whole } = data
  const rows: Row[] = data.cells.map((cell) => ({
    id: cellValue(cell.cell),
    name: cellName(cell.cell, none),
    cell,
    total: cell.total,
  }))
  if (data.rest) {
    rows.push({ id: '…', name: t('rest', { count: data.rest.count }), total: data.rest.total })
  }
  const digits = data.now.unit === 'rate' ? 1 : 0
  const side = (id: 'before' | 'now', keep: boolean): Column<Row> => ({
    id,
    head: t(id),
    align: 'right',
    keep,
    cell: ({ cell, name }) =>
      cell && (
        <Figure
          figure={cell[id]}
          name={`${name}, ${t(id)}`}
          digits={digits}
          interval="below"
          why={askOf(chosen.where, (id === 'now' ? data.period : data.against).id)(data.metric, {
            [by]: [cellValue(cell.cell)],
          })}
        />
      ),
  })
  const shown = parts.filter((part) => whole[part] !== undefined)
  const columns: Column<Row>[] = [
    { id: 'name', head: dimension, main: true, cell: ({ name }) => name },
    side('before', false),
    side('now', true),
    {
      id: 'total',
      head: t('change'),
      align: 'right',
      keep: true,
      cell: ({ total }) => <b>{signed(format, total)}</b>,
    },
    ...shown.map(
      (part): Column<Row> => ({
        id: part,
        head: t(part),
        align: 'right',
        cell: ({ cell }) => cell && signed(format, cell[part]),
      }),
    ),
  ]
  const everything = askOf(chosen.where, data.period.id)(data.metric)
  return (
    <Section
      title={t('cells', { dimension })}
      note={`${format.period(data.against)} → ${format.period(data.period)}`}
    >
      <DataTable
        caption={t('cells', { dimension })}
        rows={rows}
        columns={columns}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        foot={{
          name: t('whole'),
          before: <Figure figure={data.before} name={t('before')} digits={digits} />,
          now: <Figure figure={data.now} name={t('now')} digits={digits} why={everything} />,
          total: signed(format, whole.total),
          ...Object.fromEntries(shown.map((part) => [part, signed(format, whole[part])])),
        }}
      />
    </Section>
  )
}

// The answer to a crossed question as lines of a file: all rows, all columns, totals last.
import { textCell } from '../../basics/csv.ts'
import type { Cell, Figure } from '../../basics/figure.ts'
import { fromMinor } from '../../basics/money.ts'
import { metrics } from './calc/metrics.ts'
import type { MetricId } from './contract.ts'
import type { Crossed } from './operations-cross.ts'

/** Rows of the file: cells, then per metric value and interval and what it is compared with; totals last. */
export function* csvOf({ about, asked, by, compared, columns, rows, total }: Crossed) {
  const { baseCurrency } = about.settings
  const text = (cell: Cell) =>
    textCell(cell === null ? '-' : typeof cell === 'string' ? cell : cell.name)
  const number = (figure: Figure | null | undefined, end: 'value' | 'low' | 'high' = 'value') => {
    const value = figure?.[end]
    if (value === undefined) return ''
    // Ends of intervals are no whole cents.
    return figure?.unit === 'money' ? fromMinor(Math.round(value), baseCurrency) : String(value)
  }
  const measured = (id: MetricId) => metrics[id].interval !== null
  const figuresOf = (figures: Crossed['total']) =>
    asked.flatMap((id) => [
      number(figures[id]?.now),
      ...(measured(id) ? [number(figures[id]?.now, 'low'), number(figures[id]?.now, 'high')] : []),
      ...(compared ? [number(figures[id]?.before)] : []),
    ])
  yield [
    by[0] ?? '',
    ...columns.map(({ cell }) => text(cell)),
    ...asked.flatMap((id) => [
      metrics[id].unit === 'money' ? `${id} ${baseCurrency}` : id,
      ...(measured(id) ? [`${id} low`, `${id} high`] : []),
      ...(compared ? [`${id} ${compared.kind}`] : []),
    ]),
  ]
  for (const row of rows) {
    yield [
      text(row.cell),
      ...columns.map(({ id }) => number(row.cells.get(id))),
      ...figuresOf(row.figures),
    ]
  }
  yield [
    about.lang === 'de' ? 'Gesamt' : 'Total',
    ...columns.map(({ figure }) => number(figure)),
    ...figuresOf(total),
  ]
}

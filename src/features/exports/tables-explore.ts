// What the page “Explore” shows as files: metrics crossed with dimensions, the funnel, the cohorts.
import type { OutputOf } from '../../basics/contract.ts'
import type { Cell } from '../../basics/figure.ts'
import { type MetricId, metricIds, type resultsContract } from '../results/contract.ts'
import { dimensionNames, metrics } from '../results/door.ts'
import {
  type ExportColumn,
  type Figure,
  figureColumns,
  type Source,
  type Words,
} from './columns.ts'
import type { ExportTable } from './contract.ts'
import { answered, cellText, column, ofMetric, words } from './table-parts.ts'

type Contract = typeof resultsContract
type Cross = OutputOf<Contract['results.cross']>
type CrossRow = Pick<Cross['rows'][number], 'cell' | 'figures' | 'cells'>
type Funnel = OutputOf<Contract['results.funnel']>
type Cohorts = OutputOf<Contract['results.cohorts']>

const comparedTo: Readonly<Record<NonNullable<Cross['compared']>['kind'], Words>> = {
  previous: words('period before', 'Zeitraum davor'),
  'year-ago': words('a year ago', 'vor einem Jahr'),
  others: words('compared with', 'im Vergleich'),
}

/** The metric as it was with what it is compared with. */
function before(id: MetricId, compared: Cross['compared']): ExportColumn<CrossRow>[] {
  if (compared === null) return []
  const { name, unit } = metrics[id]
  const with_ = comparedTo[compared.kind]
  const label = { en: `${name.en}, ${with_.en}`, de: `${name.de}, ${with_.de}` }
  return figureColumns<CrossRow>(
    { name: `${id}_before`, label, unit, interval: false },
    (row) => row.figures[id]?.before ?? undefined,
  )
}

/** All rows and columns; the totals, which are no sums, stand last. */
const cross = answered<Cross, CrossRow>(
  'results.cross',
  words('Explore', 'Auswertung'),
  ({ rows, columns, total, compared }) => {
    const asked = metricIds.filter((id) => total[id] !== undefined)
    const [first] = asked
    return {
      rows: [...rows, { cell: null, figures: total, cells: columns.map((one) => one.total) }],
      columns: [
        column('cell', words('Group', 'Gruppe'), (row: CrossRow) =>
          row.figures === total ? '=' : (cellText(row.cell) ?? '-'),
        ),
        ...columns.flatMap(({ cell, label }, i) =>
          first === undefined
            ? []
            : figureColumns<CrossRow>(
                {
                  name: cellText(cell) ?? '-',
                  label: { en: label, de: label },
                  unit: metrics[first].unit,
                  interval: false,
                },
                (row) => row.cells[i] ?? undefined,
              ),
        ),
        ...asked.flatMap((id) => [
          ...ofMetric<CrossRow>(id, (row) => row.figures[id]?.now),
          ...before(id, compared),
        ]),
      ],
    }
  },
  { limit: 1_000_000, columns: 20_000 },
)

/** Which group a row is of, where there are groups; `=` for all together. */
const groupColumn = <Row extends { group?: Cell }>(grouped: boolean): ExportColumn<Row>[] =>
  grouped
    ? [
        column('group', words('Group', 'Gruppe'), (row: Row) =>
          row.group === undefined ? '=' : (cellText(row.group) ?? '-'),
        ),
      ]
    : []

/** A step of the whole, or of one group. */
type Step = Funnel['steps'][number] & { group?: Cell }
const share = (name: string, label: Words, of: (row: Step) => Figure) =>
  figureColumns<Step>({ name, label, unit: 'rate', interval: true }, of)

const funnel = answered<Funnel, Step>(
  'results.funnel',
  words('Funnel', 'Trichter'),
  ({ steps, groups }) => ({
    rows: [
      ...steps,
      ...groups.flatMap(({ cell, steps: own }) => own.map((step) => ({ ...step, group: cell }))),
    ],
    columns: [
      ...groupColumn<Step>(groups.length > 0),
      column('stage', dimensionNames.stage, (row) => row.stage.name),
      column('reached', words('Reached', 'Erreicht'), (row) => row.reached, 'number'),
      ...share('onward', words('Went on', 'Weiter'), (row) => row.onward),
      ...figureColumns<Step>(
        { name: 'days', label: words('Days', 'Tage'), unit: 'days', interval: true },
        (row) => row.days,
      ),
    ],
  }),
  { groups: 1000 },
)

interface CohortCell {
  group?: Cell
  /** Empty for all cohorts of a group together. */
  cohort: string
  customers: number
  age: number
  active: Figure
}

/** One row for each cohort and age: how wide the grid is differs from cohort to cohort. */
const cohorts = answered<Cohorts, CohortCell>(
  'results.cohorts',
  words('Cohorts', 'Kohorten'),
  ({ rows, groups }) => ({
    rows: [
      ...rows.flatMap(({ cohort, customers, active }) =>
        active.map((figure, age) => ({ cohort, customers, age, active: figure })),
      ),
      ...groups.flatMap(({ cell, customers, active }) =>
        active.map((figure, age) => ({ group: cell, cohort: '', customers, age, active: figure })),
      ),
    ],
    columns: [
      ...groupColumn<CohortCell>(groups.length > 0),
      column('cohort', words('Cohort', 'Kohorte'), (row) => row.cohort),
      column('customers', words('Customers', 'Kunden'), (row) => row.customers, 'number'),
      column('age', words('Periods later', 'Zeiträume danach'), (row) => row.age, 'number'),
      ...figureColumns<CohortCell>(
        { name: 'active', label: words('Bought', 'Gekauft'), unit: 'rate', interval: true },
        (row) => row.active,
      ),
    ],
  }),
  { groups: 1000 },
)

export const exploreTables = { cross, funnel, cohorts } as const satisfies Partial<
  Record<ExportTable, Source>
>

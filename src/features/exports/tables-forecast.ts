// Forecasts as files: what is said period by period, what came of it, and what people had committed to.
import type { OutputOf } from '../../basics/contract.ts'
import type { Unit } from '../../basics/figure.ts'
import type { CellKind, OutCell } from '../../platform/files/table-out.ts'
import type { forecastContract } from '../forecast/contract.ts'
import type { ExportColumn, Source, Words } from './columns.ts'
import type { ExportTable } from './contract.ts'
import { answered, column, words } from './table-parts.ts'

type Contract = typeof forecastContract
type Shown = OutputOf<Contract['forecast.show']>
type Grades = OutputOf<Contract['forecast.grades']>
type Scope = Shown['scope']

/** Columns of amounts in the unit of an answer. */
function amounts({ unit, currency }: { unit: Unit; currency: string }) {
  const money = unit === 'money'
  const kind: CellKind = money ? 'money' : 'number'
  return <Row>(
    name: string,
    label: Words,
    of: (row: Row) => number | null | undefined,
  ): ExportColumn<Row> =>
    column(
      name,
      label,
      (row): OutCell => {
        const value = of(row) ?? null
        return value === null || !money ? value : { amount: Math.round(value), currency }
      },
      kind,
    )
}

const period = words('Period', 'Zeitraum')
const days = <Row extends { from: string; until: string }>(): ExportColumn<Row>[] => [
  column('from', words('From', 'Von'), (row) => row.from, 'date'),
  column('until', words('Until before', 'Bis vor'), (row) => row.until, 'date'),
]
/** Such as “Team North”; empty for the whole. */
const scopeText = ({ of }: Scope): string | null => of?.name ?? null
const bounds = [
  ['low80', words('8 in 10 from', '8 von 10 ab'), 'low80'],
  ['high80', words('8 in 10 to', '8 von 10 bis'), 'high80'],
  ['low95', words('95 in 100 from', '95 von 100 ab'), 'low95'],
  ['high95', words('95 in 100 to', '95 von 100 bis'), 'high95'],
] as const

type ForecastRow = Shown['rows'][number]

const forecast = answered<Shown, ForecastRow>(
  'forecast.show',
  words('Forecast', 'Prognose'),
  (answer) => {
    const amount = amounts(answer)
    return {
      rows: answer.rows,
      columns: [
        column('period', period, (row) => row.period),
        ...days<ForecastRow>(),
        column('whose', words('Of', 'Von wem'), () => scopeText(answer.scope)),
        amount('likely', words('Likely', 'Erwartet'), (row: ForecastRow) => row.mean),
        ...bounds.map(([name, label, key]) => amount(name, label, (row: ForecastRow) => row[key])),
        amount('so_far', words('So far', 'Bisher'), (row: ForecastRow) => row.soFar),
        amount('baseline', words('Baseline', 'Vergleichslinie'), (row: ForecastRow) => row.naive),
        amount(
          'series',
          words('Series alone', 'Zeitreihe allein'),
          (row: ForecastRow) => row.series?.mean,
        ),
        amount(
          'open_deals',
          words('Open deals', 'Offene Chancen'),
          (row: ForecastRow) => row.pipeline?.mean,
        ),
        amount(
          'both',
          words('Both together', 'Beides zusammen'),
          (row: ForecastRow) => row.combination?.mean,
        ),
        column('method', words('Method', 'Verfahren'), (row) => row.method),
        column('made_on', words('Made on', 'Erstellt am'), () => answer.today, 'date'),
      ],
    }
  },
)

type GradeRow = Grades['rows'][number]
const yes = (is: boolean): string | null => (is ? 'x' : null)

const grades = answered<Grades, GradeRow>(
  'forecast.grades',
  words('How good forecasts were', 'Wie gut Prognosen waren'),
  (answer) => {
    const amount = amounts(answer)
    return {
      rows: answer.rows,
      columns: [
        column('period', period, (row) => row.period),
        ...days<GradeRow>(),
        column('whose', words('Of', 'Von wem'), (row) => scopeText(row.scope)),
        column('made_on', words('Made on', 'Erstellt am'), (row) => row.madeOn, 'date'),
        column('ahead', words('Periods ahead', 'Zeiträume voraus'), (row) => row.horizon, 'number'),
        column('method', words('Method', 'Verfahren'), (row) => row.method),
        amount('forecast', words('Forecast', 'Prognose'), (row: GradeRow) => row.mean),
        ...bounds.map(([name, label, key]) => amount(name, label, (row: GradeRow) => row[key])),
        amount('came', words('Came', 'Ist'), (row: GradeRow) => row.actual),
        amount(
          'off',
          words('Forecast less what came', 'Prognose minus Ist'),
          (row: GradeRow) => row.error,
        ),
        amount(
          'baseline_off',
          words('Baseline less what came', 'Vergleichslinie minus Ist'),
          (row: GradeRow) => row.naiveError,
        ),
        column('inside80', words('Inside 80 %', 'Im 80-%-Intervall'), (row) => yes(row.inside80)),
        column('inside95', words('Inside 95 %', 'Im 95-%-Intervall'), (row) => yes(row.inside95)),
        column('looking_back', words('Looking back', 'Rückblickend'), (row) => yes(row.asIf)),
      ],
    }
  },
  { limit: 1_000_000 },
)

type Caller = Grades['people'][number]

const callers = answered<Grades, Caller>(
  'forecast.grades',
  words('Calls by person', 'Einschätzungen je Person'),
  (answer) => {
    const amount = amounts(answer)
    return {
      rows: answer.people,
      columns: [
        column('person', words('Person', 'Person'), (row) => row.person.name),
        column('calls', words('Calls', 'Einschätzungen'), (row) => row.calls, 'number'),
        amount('bias', words('On the whole', 'Tendenz'), (row: Caller) => row.bias),
        amount('off', words('Off by', 'Abweichung'), (row: Caller) => row.mae),
        column(
          'reached',
          words('Commit reached', 'Zusage erreicht'),
          (row) => row.kept.inside,
          'number',
        ),
      ],
    }
  },
)

export const forecastTables = {
  forecast,
  'forecast-grades': grades,
  'forecast-callers': callers,
} as const satisfies Partial<Record<ExportTable, Source>>

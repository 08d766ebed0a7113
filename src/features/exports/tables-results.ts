// Tables of figures as files: facts behind one, figures by dimensions, overview, board and cards.
import type { OutputOf } from '../../basics/contract.ts'
import type { Cell } from '../../basics/figure.ts'
import type { OutCell } from '../../platform/files/table-out.ts'
import {
  type DimensionId,
  dimensionIds,
  type MetricId,
  metricIds,
  type resultsContract,
} from '../results/contract.ts'
import { dimensionNames } from '../results/door.ts'
import type { teamContract } from '../team/contract.ts'
import {
  cellsOf,
  type ExportColumn,
  type Figure,
  figureColumns,
  pagesOf,
  type Source,
} from './columns.ts'
import type { ExportTable } from './contract.ts'
import { answered, cellText, column, ofMetric, words } from './table-parts.ts'
import { exploreTables } from './tables-explore.ts'
import { forecastTables } from './tables-forecast.ts'

type Contract = typeof resultsContract
type Fact = OutputOf<Contract['results.rows']>['rows'][number]
type Figures = OutputOf<Contract['results.figures']>
type Overview = OutputOf<Contract['results.overview']>
type Board = OutputOf<Contract['results.board']>
type ProductCard = OutputOf<Contract['results.product-card']>
type SegmentCard = OutputOf<Contract['results.segment-card']>
type Organisation = OutputOf<(typeof teamContract)['organisations.get']>

const asFigure = (value: Cell | Figure | undefined): Figure | undefined =>
  typeof value === 'object' && value !== null && !('id' in value) ? value : undefined
const asCell = (value: Cell | Figure | undefined): Cell =>
  value === undefined || asFigure(value) ? null : (value as Cell)

function factColumns(base: string): ExportColumn<Fact>[] {
  const money = (amount: number | null, currency: string | null): OutCell =>
    amount === null || currency === null ? null : { amount, currency }
  return [
    column('id', words('Id', 'Kennung'), (fact) => fact.id),
    column('deal', words('Deal', 'Verkaufschance'), (fact) => fact.dealId),
    column('number', words('Number', 'Nummer'), (fact) => fact.number),
    column('on', words('Day', 'Tag'), (fact) => fact.on, 'date'),
    column('kind', words('Kind', 'Art'), (fact) => fact.kind),
    column('seller', dimensionNames.seller, (fact) => cellText(fact.seller)),
    column('customer', dimensionNames.customer, (fact) => cellText(fact.customer)),
    column('product', dimensionNames.product, (fact) => cellText(fact.product)),
    column('stage', dimensionNames.stage, (fact) => cellText(fact.stage)),
    column('quantity', words('Quantity', 'Menge'), (fact) => fact.quantity, 'number'),
    column(
      'amount',
      words('Amount', 'Betrag'),
      (fact) => money(fact.amount, fact.currency),
      'money',
    ),
    column('currency', dimensionNames.currency, (fact) => fact.currency),
    column(
      'base_amount',
      words('Amount in base currency', 'Betrag in Basiswährung'),
      (fact) => money(fact.baseAmount, base),
      'money',
    ),
    column('base_currency', words('Base currency', 'Basiswährung'), () => base),
    column('cost', words('Cost', 'Kosten'), (fact) => money(fact.cost, base), 'money'),
    column('days', words('Days', 'Tage'), (fact) => fact.days, 'number'),
    column('score', words('Score', 'Bewertung'), (fact) => fact.score, 'number'),
    column('scale_low', words('Scale from', 'Skala von'), (fact) => fact.scaleLow, 'number'),
    column('scale_high', words('Scale to', 'Skala bis'), (fact) => fact.scaleHigh, 'number'),
    column('state', words('State', 'Stand'), (fact) => fact.state),
    column(
      'list_amount',
      words('At list price', 'Zum Listenpreis'),
      (fact) => money(fact.listAmount, base),
      'money',
    ),
    column('chance', words('Chance', 'Chance'), (fact) => fact.chance, 'rate'),
    column(
      'weighted',
      words('Weighted', 'Gewichtet'),
      (fact) => money(fact.weighted, base),
      'money',
    ),
    column('activity', words('Activity', 'Aktivität'), (fact) => fact.activity),
  ]
}

const facts: Source = {
  title: words('Facts', 'Einzelwerte'),
  open: async (ask, filter) => {
    const { settings } = (await ask('organisations.get', {})) as Organisation
    const columns = factColumns(settings.baseCurrency)
    return { columns, rows: cellsOf(columns, pagesOf<Fact>(ask, 'results.rows', filter)) }
  },
}

const isDimension = (name: string): name is DimensionId =>
  (dimensionIds as readonly string[]).includes(name)

const figures = answered<Figures, Figures['rows'][number]>(
  'results.figures',
  words('Results', 'Ergebnisse'),
  (answer) => ({
    rows: answer.rows,
    columns: answer.columns.flatMap((name) =>
      isDimension(name)
        ? [
            column(name, dimensionNames[name], (row: Figures['rows'][number]) =>
              cellText(asCell(row[name])),
            ),
          ]
        : ofMetric(name as MetricId, (row: Figures['rows'][number]) => asFigure(row[name])),
    ),
  }),
)

type Side = 'now' | 'before' | 'yearAgo'
interface OverviewRow {
  period: string
  side: Side
  figures: Overview['figures']
}

const overview = answered<Overview, OverviewRow>(
  'results.overview',
  words('Overview', 'Überblick'),
  ({ period, previous, yearAgo, figures: all }) => ({
    rows: [
      { period: period.id, side: 'now', figures: all },
      { period: previous.id, side: 'before', figures: all },
      { period: yearAgo.id, side: 'yearAgo', figures: all },
    ],
    columns: [
      column('period', words('Period', 'Zeitraum'), (row) => row.period),
      ...metricIds
        .filter((id) => all[id] !== undefined)
        .flatMap((id) => ofMetric<OverviewRow>(id, (row) => row.figures[id]?.[row.side])),
    ],
  }),
)

type BoardRow = Board['rows'][number]

const board = answered<Board, BoardRow>(
  'results.board',
  words('Board', 'Rangliste'),
  ({ rows }) => ({
    rows,
    columns: [
      column('name', words('Name', 'Name'), (row) => cellText(row.cell)),
      column('group', words('Group', 'Gruppe'), (row) => row.group),
      ...ofMetric<BoardRow>('revenue', (row) => row.revenue),
      ...ofMetric<BoardRow>('deals-won', (row) => row.dealsWon),
      ...ofMetric<BoardRow>('win-rate', (row) => row.winRate),
      ...ofMetric<BoardRow>('average-deal', (row) => row.averageDeal),
    ],
  }),
)

interface Group {
  dimension: DimensionId
  group: ProductCard['buyers'][number]['groups'][number]
}

const shareWords = words('Share who buy', 'Anteil, der kauft')
const smallColumn = <Row>(isSmall: (row: Row) => boolean) =>
  column<Row>('small', words('Small group', 'Kleine Gruppe'), (row) => (isSmall(row) ? 'x' : null))

function shareColumns<Row>(figureOf: (row: Row) => Figure): ExportColumn<Row>[] {
  return figureColumns({ name: 'share', label: shareWords, unit: 'rate', interval: true }, figureOf)
}

const productCard = answered<ProductCard, Group>(
  'results.product-card',
  words('Who buys it', 'Wer es kauft'),
  ({ buyers }) => ({
    rows: buyers.flatMap(({ dimension, groups }) => groups.map((group) => ({ dimension, group }))),
    columns: [
      column('dimension', words('By', 'Nach'), (row) => row.dimension),
      column('group', words('Group', 'Gruppe'), (row) => cellText(row.group.cell)),
      ...ofMetric<Group>('revenue', (row) => row.group.revenue),
      column('buyers', words('Buyers', 'Käufer'), (row) => row.group.buyers, 'number'),
      column('customers', words('Customers', 'Kunden'), (row) => row.group.customers, 'number'),
      ...shareColumns<Group>((row) => row.group.share),
      smallColumn((row) => row.group.small),
    ],
  }),
)

type Bought = SegmentCard['buys'][number]

const segmentCard = answered<SegmentCard, Bought>(
  'results.segment-card',
  words('What they buy', 'Was sie kaufen'),
  ({ buys }) => ({
    rows: buys,
    columns: [
      column('product', dimensionNames.product, (row) => row.product.name),
      ...ofMetric<Bought>('revenue', (row) => row.revenue),
      column('buyers', words('Buyers', 'Käufer'), (row) => row.buyers, 'number'),
      ...shareColumns<Bought>((row) => row.share),
      smallColumn((row) => row.small),
    ],
  }),
)

export const resultTables = {
  facts,
  figures,
  overview,
  board,
  'product-card': productCard,
  'segment-card': segmentCard,
  ...exploreTables,
  ...forecastTables,
} as const satisfies Partial<Record<ExportTable, Source>>

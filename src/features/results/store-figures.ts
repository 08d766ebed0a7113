// The compiler: metrics, dimensions, filters, frames, revision and reach become one statement per set of facts.
import { type RawBuilder, sql } from 'kysely'
import { parts, type TimeDimension, wholeMonths } from '../../basics/period.ts'
import { assert, Refusal } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { metrics } from './calc/metrics.ts'
import { type Condition, type Counted, counted, type FactSet, type Piece, type PieceId, pieces } from './calc/pieces.ts'
import type { DimensionId } from './contract.ts'
import {
  cellSql,
  closedColumns,
  commonTables,
  dimensionJoins,
  type FactColumns,
  factRows,
  type Frame,
  framesTable,
  isTime,
  openColumns,
  type Question,
  type Range,
  saleColumns,
  type Scope,
  scopeCondition,
  usedDimensions,
} from './store-scope.ts'

type Sql<T = unknown> = RawBuilder<T>

/** Most cells one question may have. */
export const cellsMax = 20_000
/** Most moments at which open deals are looked at. */
const momentsMax = 400

/** What was counted in one cell of one frame; `cells` in the order of the dimensions asked for. */
export interface CountedCell {
  frame: number
  cells: readonly (string | null)[]
  counted: Counted
}

/** SQL of each condition over a fact row `f`; the one place where its meaning is written. */
export const conditionSql: Readonly<Record<Condition, Sql<boolean>>> = {
  any: sql`true`,
  rated: sql`f.base_amount IS NOT NULL`,
  unrated: sql`f.amount IS NOT NULL AND f.base_amount IS NULL`,
  costed: sql`f.base_amount IS NOT NULL AND f.cost IS NOT NULL`,
  return: sql`f.kind = 'return'`,
  purchase: sql`f.kind = 'sale' AND f.customer_id IS NOT NULL`,
  anonymous: sql`f.kind = 'sale' AND f.customer_id IS NULL`,
  valued: sql`f.kind = 'sale' AND f.customer_id IS NOT NULL AND f.base_amount IS NOT NULL`,
  repeat: sql`f.kind = 'sale' AND f.customer_id IS NOT NULL AND f.base_amount IS NOT NULL AND fd.first_on < f.on_day`,
  first: sql`f.id = fb.first_id`,
  won: sql`f.outcome = 'won'`,
  lost: sql`f.outcome = 'lost'`,
  'won-rated': sql`f.outcome = 'won' AND f.base_amount IS NOT NULL`,
  'won-unrated': sql`f.outcome = 'won' AND f.amount IS NOT NULL AND f.base_amount IS NULL`,
  'won-dated': sql`f.outcome = 'won' AND f.opened_on IS NOT NULL`,
  'won-undated': sql`f.outcome = 'won' AND f.opened_on IS NULL`,
  'without-amount': sql`f.amount IS NULL`,
  undated: sql`f.opened_on IS NULL`,
  'closed-since': sql`f.outcome <> 'open'`,
}

const columnSql = { base: sql`f.base_amount`, cost: sql`f.cost`, quantity: sql`f.quantity` } as const

function aggregate({ take, of, when }: Piece): Sql {
  const among = sql`FILTER (WHERE ${conditionSql[when]})`
  if (take === 'count') return sql`count(*) ${among}`
  assert(of, 'a sum says of what')
  const column = columnSql[of]
  if (take === 'deviations') {
    // Numeric is exact: no cancellation of large squares.
    return sql`coalesce(var_pop(${column}) ${among} * count(${column}) ${among}, 0)::float8`
  }
  if (take === 'squares') return sql`coalesce(sum(${column}::float8 * ${column}::float8) ${among}, 0)`
  const sum = sql`coalesce(sum(${column}) ${among}, 0)`
  return of === 'quantity' ? sum : sql`${sum}::int8`
}

/** The same pieces over rows `f` of a rollup. A piece that is not here needs the ledger. */
const rolledUp: Partial<Record<PieceId, Sql>> = {
  rows: sql`coalesce(sum(f.row_count), 0)::int8`,
  unrated: sql`coalesce(sum(f.unrated_count), 0)::int8`,
  returns: sql`coalesce(sum(f.row_count) FILTER (WHERE f.kind = 'return'), 0)::int8`,
  base: sql`coalesce(sum(f.base_amount), 0)::int8`,
  returnBase: sql`coalesce(sum(f.base_amount) FILTER (WHERE f.kind = 'return'), 0)::int8`,
  costed: sql`coalesce(sum(f.cost_count), 0)::int8`,
  costBase: sql`coalesce(sum(f.cost_base), 0)::int8`,
  cost: sql`coalesce(sum(f.cost), 0)::int8`,
  quantity: sql`coalesce(sum(f.quantity), 0)`,
}

type Row = Record<string, string | number | null>

/**
 * Counts the pieces of all metrics asked for, cell by cell and frame by frame, with one statement
 * per set of facts. Cells without facts are absent. Refuses `results.too_many_cells`.
 * `rollups: false` reads the ledger in any case.
 */
export async function countPieces(
  tx: Tx,
  scope: Scope,
  question: Question,
  options: { rollups?: boolean } = {},
): Promise<CountedCell[]> {
  return countPieceList(tx, scope, question, neededPieces(question), options)
}

/** As {@link countPieces}, for pieces named one by one. */
export async function countPieceList(
  tx: Tx,
  scope: Scope,
  question: Pick<Question, 'by' | 'frames'>,
  needed: ReadonlySet<PieceId>,
  options: { rollups?: boolean } = {},
): Promise<CountedCell[]> {
  const { by, frames } = question
  const found = new Cells(by.length)
  const of = (set: FactSet) => [...needed].filter((id) => pieces[id].from === set)
  const rollup = options.rollups === false ? undefined : rollupFor(scope, question)
  const sale = of('sale')
  const fromRollup = rollup ? sale.filter((id) => rolledUp[id]) : []
  const fromLedger = sale.filter((id) => !fromRollup.includes(id))
  if (rollup && fromRollup.length > 0) {
    found.add(await tx.rows<Row>(limited(rollupQuery(scope, by, frames, rollup, fromRollup))), fromRollup)
  }
  if (fromLedger.length > 0) {
    found.add(await tx.rows<Row>(limited(saleQuery(scope, by, frames, fromLedger))), fromLedger)
  }
  const buyer = of('buyer')
  if (buyer.length > 0) found.add(await tx.rows<Row>(limited(buyerQuery(scope, by, frames))), buyer)
  const closed = of('closed')
  if (closed.length > 0) {
    found.add(await tx.rows<Row>(limited(closedQuery(scope, by, frames, closed))), closed)
  }
  if (of('cycle').length > 0) found.addDays(await tx.rows<Row>(cycleQuery(scope, by, frames)))
  const open = of('open')
  if (open.length > 0) {
    found.add(await tx.rows<Row>(limited(openQuery(scope, by, frames, open))), open)
  }
  return found.list()
}

function neededPieces({ metrics: asked }: Question): Set<PieceId> {
  return new Set(asked.flatMap((id) => metrics[id].pieces))
}

const limited = (query: Sql): Sql<Row> => sql`${query} LIMIT ${cellsMax + 1}`

export function tooManyCells(): Refusal {
  return new Refusal({
    code: 'results.too_many_cells',
    message: `This question has more than ${cellsMax} answers.`,
    next: 'Ask for a shorter period, fewer dimensions, or narrow it down.',
    field: 'by',
    status: 422,
  })
}

/** Puts together what the statements found, cell by cell. */
class Cells {
  readonly #width: number
  readonly #found = new Map<
    string,
    { frame: number; cells: (string | null)[]; numbers: Partial<Record<PieceId, number>>; days: [number, number][] }
  >()

  constructor(width: number) {
    this.#width = width
  }

  #at(row: Row) {
    const cells = Array.from({ length: this.#width }, (_, i) => (row[`c${i}`] ?? null) as string | null)
    const frame = Number(row.frame)
    const key = JSON.stringify([frame, ...cells])
    let entry = this.#found.get(key)
    if (!entry) {
      entry = { frame, cells, numbers: {}, days: [] }
      this.#found.set(key, entry)
      if (this.#found.size > cellsMax) throw tooManyCells()
    }
    return entry
  }

  add(rows: readonly Row[], ids: readonly PieceId[]): void {
    for (const row of rows) {
      const { numbers } = this.#at(row)
      for (const id of ids) numbers[id] = Number(row[id] ?? 0)
    }
  }

  addDays(rows: readonly Row[]): void {
    for (const row of rows) this.#at(row).days.push([Number(row.days), Number(row.n)])
  }

  list(): CountedCell[] {
    return [...this.#found.values()].map(({ frame, cells, numbers, days }) => ({
      frame,
      cells,
      counted: counted(numbers, days),
    }))
  }
}

const cellAliases = (by: readonly DimensionId[]) => by.map((_, i) => sql.ref(`c${i}`))

/** `frame, c0, c1` for the select list. */
function cellList(by: readonly DimensionId[], columns: FactColumns, scope: Scope): Sql {
  const cells = by.map((dimension, i) => sql`${cellSql(dimension, columns, scope)} AS ${sql.ref(`c${i}`)}`)
  return sql.join([sql`span.frame`, ...cells])
}

/** `GROUP BY 1, 2 …`: by position, because the expressions carry parameters. */
function groupBy(count: number): Sql {
  return sql`GROUP BY ${sql.join(Array.from({ length: count }, (_, i) => sql.lit(i + 1)))}`
}

function pieceList(ids: readonly PieceId[]): Sql {
  return sql.join(ids.map((id) => sql`${aggregate(pieces[id])} AS ${sql.ref(id)}`))
}

/** Bounds over all frames as constants, so that the index on the day is used whatever the join does. */
function bounds(frames: readonly Frame[], day: Sql<string>): Sql<boolean> {
  const from = frames.map((frame) => frame.from).sort()[0] ?? '9999-12-31'
  const until = frames.map((frame) => frame.until).sort().at(-1) ?? '0001-01-01'
  return sql`${day} >= ${from}::date AND ${day} < ${until}::date`
}

const inFrame = (day: Sql<string>): Sql<boolean> => sql`${day} >= span.from_on AND ${day} < span.until_on`

/** Joins to a sale `f` that say whether its customer had bought before. */
export function purchaseJoins(conditions: Iterable<Condition>): Sql {
  const used = new Set(conditions)
  const joins: Sql[] = []
  if (used.has('repeat')) joins.push(sql`LEFT JOIN first_day fd ON fd.customer_id = f.customer_id`)
  if (used.has('first')) joins.push(sql`LEFT JOIN first_buy fb ON fb.first_id = f.id`)
  return sql.join(joins, sql` `)
}

/** Sales of a scope inside the frames, with everything that dimensions and conditions refer to. */
export function saleSource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
  conditions: Iterable<Condition>,
): Sql {
  const { day } = saleColumns
  return sql`FROM ${factRows(scope, 'sale')} f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), saleColumns, scope)}
    ${purchaseJoins(conditions)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, saleColumns)}`
}

function saleQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[], ids: readonly PieceId[]): Sql {
  const conditions = ids.map((id) => pieces[id].when)
  return sql`${commonTables(scope)}
    SELECT ${cellList(by, saleColumns, scope)}, ${pieceList(ids)}
    ${saleSource(scope, frames, by, conditions)}
    ${groupBy(by.length + 1)}`
}

function buyerQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[]): Sql {
  const cells = cellAliases(by)
  return sql`${commonTables(scope)}
    SELECT ${sql.join([sql`frame`, ...cells])},
      count(*) FILTER (WHERE customer_id IS NOT NULL) AS "buyers",
      count(*) FILTER (WHERE customer_id IS NOT NULL AND days >= 2) AS "rebuyers",
      coalesce(sum(n) FILTER (WHERE customer_id IS NULL), 0)::int8 AS "buyerAnonymous"
    FROM (
      SELECT ${cellList(by, saleColumns, scope)}, f.customer_id, count(DISTINCT f.on_day) AS days, count(*) AS n
      ${saleSource(scope, frames, by, [])} AND f.kind = 'sale'
      ${groupBy(by.length + 2)}
    ) bought
    ${groupBy(by.length + 1)}`
}

/** Closed deals of a scope inside the frames. */
export function closedSource(scope: Scope, frames: readonly Frame[], by: readonly DimensionId[]): Sql {
  const { day } = closedColumns
  return sql`FROM ${factRows(scope, 'deal')} f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), closedColumns, scope)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, closedColumns)}`
}

function closedQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[], ids: readonly PieceId[]): Sql {
  return sql`${commonTables(scope)}
    SELECT ${cellList(by, closedColumns, scope)}, ${pieceList(ids)}
    ${closedSource(scope, frames, by)}
    ${groupBy(by.length + 1)}`
}

function cycleQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[]): Sql<Row> {
  return sql`${commonTables(scope)}
    SELECT ${cellList(by, closedColumns, scope)}, f.closed_on - f.opened_on AS days, count(*) AS n
    ${closedSource(scope, frames, by)} AND ${conditionSql['won-dated']}
    ${groupBy(by.length + 2)}`
}

/** A moment at whose end open deals are looked at, with the time cells it stands for. */
export interface Moment {
  frame: number
  untilOn: string
  /** Ids along the time dimensions asked for, in their order. */
  ids: string[]
}

/**
 * The ends at which open deals are counted: of the frame, or of each stretch the time dimensions cut
 * it into. Filters by time move the end to the end of the last stretch that they leave.
 */
export function momentsOf(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[]): Moment[] {
  const along = by.filter((dimension): dimension is TimeDimension => isTime(dimension))
  const moments = frames.flatMap((frame, index) => {
    const stretches = scope.narrowing.days.reduce<Range[]>(
      (left, ranges) => left.flatMap((stretch) => ranges.flatMap((range) => overlap(stretch, range))),
      [{ from: frame.from, until: frame.until }],
    )
    const last = new Map<string, Moment>()
    for (const stretch of stretches.sort((a, b) => (a.until < b.until ? -1 : 1))) {
      for (const { ids, until } of cut(stretch, along, scope)) {
        last.set(JSON.stringify(ids), { frame: index, untilOn: until, ids })
      }
    }
    return [...last.values()]
  })
  if (moments.length > momentsMax) throw tooManyCells()
  return moments
}

function overlap(a: Range, b: Range): Range[] {
  const from = a.from > b.from ? a.from : b.from
  const until = a.until < b.until ? a.until : b.until
  return from < until ? [{ from, until }] : []
}

function cut(stretch: Range, along: readonly TimeDimension[], scope: Scope): { ids: string[]; from: string; until: string }[] {
  return along.reduce<{ ids: string[]; from: string; until: string }[]>(
    (list, dimension) => list.flatMap((piece) => {
      const whole = { id: '', kind: 'custom' as const, from: piece.from, until: piece.until }
      return parts(whole, dimension, scope.calendar).flatMap((part) =>
        overlap(piece, part).map((range) => ({ ids: [...piece.ids, part.id], ...range })),
      )
    }),
    [{ ids: [], ...stretch }],
  )
}

/** Deals open at the end of each moment. Without an opening day: only those that are open still. */
export function openSource(scope: Scope, by: readonly DimensionId[], moments: readonly Moment[]): Sql {
  const along = by.filter(isTime)
  const names = [sql`frame`, sql`until_on`, ...along.map((_, i) => sql.ref(`t${i}`))]
  const rows = moments.map(
    ({ frame, untilOn, ids }) =>
      sql`(${sql.join([sql`${frame}::int`, sql`${untilOn}::date`, ...ids.map((id) => sql`${id}::text`)])})`,
  )
  // The time filters have chosen the moments; as conditions they would ask for a day the deal has not.
  const timeless: Scope = { ...scope, narrowing: { cells: scope.narrowing.cells, days: [] } }
  return sql`FROM ${factRows(scope, 'deal')} f
    JOIN (VALUES ${sql.join(rows)}) AS span(${sql.join(names)})
      ON (f.opened_on < span.until_on OR (f.opened_on IS NULL AND f.outcome = 'open'))
      AND (f.closed_on IS NULL OR f.closed_on >= span.until_on)
    ${dimensionJoins(usedDimensions(scope, by.filter((dimension) => !isTime(dimension))), openColumns, scope)}
    WHERE ${scopeCondition(timeless, openColumns)}`
}

function openQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[], ids: readonly PieceId[]): Sql {
  const moments = momentsOf(scope, by, frames)
  if (moments.length === 0) return sql`SELECT 0 AS frame WHERE false`
  let time = 0
  const cells = by.map((dimension, i) => {
    const cell = isTime(dimension) ? sql`span.${sql.ref(`t${time++}`)}` : cellSql(dimension, openColumns, scope)
    return sql`${cell} AS ${sql.ref(`c${i}`)}`
  })
  return sql`${commonTables(scope)}
    SELECT ${sql.join([sql`span.frame`, ...cells])}, ${pieceList(ids)}
    ${openSource(scope, by, moments)}
    ${groupBy(by.length + 1)}`
}

type Rollup = 'seller' | 'product'

const sellerSide: ReadonlySet<DimensionId> = new Set(['seller', 'team', 'manager', 'office'])
const productSide: ReadonlySet<DimensionId> = new Set(['product', 'family'])

/**
 * Which rollup answers: by day and seller for whatever hangs on the seller; by month and product for
 * whole months without reach. As-of questions and all others are for the ledger.
 */
function rollupFor(scope: Scope, { by, frames }: Pick<Question, 'by' | 'frames'>): Rollup | undefined {
  if (scope.revision !== undefined) return undefined
  const used = [...usedDimensions(scope, by)].filter((dimension) => !isTime(dimension))
  if (used.every((dimension) => sellerSide.has(dimension))) return 'seller'
  const finer = [...usedDimensions(scope, by)].some((dimension) => dimension === 'day' || dimension === 'week')
  const ranges = [...frames, ...scope.narrowing.days.flat()]
  const whole = ranges.every((range) => wholeMonths({ id: '', kind: 'custom', ...range }) !== undefined)
  const fits = used.every((dimension) => productSide.has(dimension)) && !finer && whole && !scope.reach
  return fits ? 'product' : undefined
}

const measures = sql`row_count, unrated_count, cost_count, quantity, base_amount, cost_base, cost`

const rollupColumns: Readonly<Record<Rollup, FactColumns>> = {
  seller: { seller: sql`f.seller_id`, day: sql`f.on_day` },
  product: { seller: sql`NULL::uuid`, day: sql`f.on_day`, product: sql`f.product_id` },
}

/** Rollup and the deltas not folded yet, in one statement: exact at any moment. */
function rollupRows(scope: Scope, rollup: Rollup, frames: readonly Frame[]): Sql {
  const [day, id] = rollup === 'seller' ? [sql`on_day`, sql`seller_id`] : [sql`month_on`, sql`product_id`]
  const name = rollup === 'seller' ? 'sale_day_seller' : 'sale_month_product'
  const part = (table: string) => sql`
    SELECT ${day} AS on_day, NULLIF(${id}, '00000000-0000-0000-0000-000000000000') AS ${id}, kind, ${measures}
    FROM ${sql.table(table)} WHERE org_id = ${scope.orgId}::uuid AND ${bounds(frames, day as Sql<string>)}`
  return sql`(${part(name)} UNION ALL ${part(`${name}_delta`)})`
}

function rollupQuery(
  scope: Scope,
  by: readonly DimensionId[],
  frames: readonly Frame[],
  rollup: Rollup,
  ids: readonly PieceId[],
): Sql {
  const columns = rollupColumns[rollup]
  const list = ids.map((id) => {
    const expression = rolledUp[id]
    assert(expression, `${id} stands in the rollup`)
    return sql`${expression} AS ${sql.ref(id)}`
  })
  return sql`${commonTables(scope)}
    SELECT ${cellList(by, columns, scope)}, ${sql.join(list)}
    FROM ${rollupRows(scope, rollup, frames)} f
    JOIN ${framesTable(frames)} ON ${inFrame(columns.day)}
    ${dimensionJoins(usedDimensions(scope, by), columns, scope)}
    WHERE ${scopeCondition(scope, columns)}
    ${groupBy(by.length + 1)} HAVING sum(f.row_count) <> 0`
}

// The compiler: metrics, dimensions, filters, frames, revision and reach become one statement per set of facts.
import { type RawBuilder, sql } from 'kysely'
import { type CalendarSettings, isTimeDimension } from '../../basics/period.ts'
import { assert } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { metrics } from './calc/metrics.ts'
import {
  type Condition,
  type Counted,
  type CountedId,
  type CountedPiece,
  counted,
  countedFor,
  type FactSet,
  type PieceId,
  pieces,
} from './calc/pieces.ts'
import type { DimensionId } from './contract.ts'
import { rolledUp, rollupFor, rollupQuery } from './store-rollups.ts'
import {
  activityColumns,
  cellId,
  cellSql,
  closedColumns,
  commonTables,
  type FactColumns,
  type Frame,
  heardColumns,
  openColumns,
  openedColumns,
  type Question,
  type Scope,
  saleColumns,
  stayColumns,
} from './store-scope.ts'
import {
  activitySource,
  cellList,
  cellsMax,
  closedSource,
  conditionSql,
  firstSource,
  groupBy,
  heardSource,
  momentsOf,
  openedSource,
  openSource,
  saleSource,
  staySource,
  tooManyCells,
} from './store-sources.ts'

type Sql<T = unknown> = RawBuilder<T>

/** What was counted in one cell of one frame; `cells` in the order of the dimensions asked for. */
export interface CountedCell {
  frame: number
  cells: readonly (string | null)[]
  counted: Counted
}

const columnSql = {
  base: sql`f.base_amount`,
  cost: sql`f.cost`,
  quantity: sql`f.quantity`,
  list: sql`f.list_amount`,
  weighted: sql`f.weighted`,
  part: sql`(f.score - f.scale_low) / (f.scale_high - f.scale_low)`,
} as const

function aggregate({ take, of, when }: CountedPiece): Sql {
  const among = sql`FILTER (WHERE ${conditionSql[when]})`
  if (take === 'count') return sql`count(*) ${among}`
  assert(of, 'a sum says of what')
  const column = columnSql[of]
  if (take === 'deviations') {
    // Numeric is exact: no cancellation of large squares.
    return sql`coalesce(var_pop(${column}) ${among} * count(${column}) ${among}, 0)::float8`
  }
  if (take === 'squares') {
    return sql`coalesce(sum(${column}::numeric * ${column}) ${among}, 0)::float8`
  }
  const sum = sql`coalesce(sum(${column}) ${among}, 0)`
  if (of === 'part') return sql`${sum}::float8`
  return of === 'quantity' ? sum : sql`${sum}::int8`
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
  const found = new Collected(by, scope)
  const counting = [...countedFor(needed)]
  const of = (set: FactSet) => counting.filter((id) => pieces[id].from === set)
  const sale = of('sale')
  const rollup = options.rollups === false ? undefined : rollupFor(scope, question, sale)
  const fromRollup = rollup ? sale.filter((id) => rolledUp[id]) : []
  const fromLedger = sale.filter((id) => !fromRollup.includes(id))
  const count = async (ids: readonly CountedId[], query: (ids: readonly CountedId[]) => Sql) => {
    if (ids.length > 0) found.add(await tx.rows<Row>(limited(query(ids))), ids)
  }
  const countFacts = (
    ids: readonly CountedId[],
    columns: FactColumns,
    source: (conditions: Condition[]) => Sql,
  ) =>
    count(ids, (asked) => {
      const from = source(asked.map((id) => pieces[id].when))
      return sql`${commonTables(scope)}
        SELECT ${cellList(by, columns, scope)}, ${pieceList(asked)} ${from} ${groupBy(by.length + 1)}`
    })
  if (rollup) await count(fromRollup, (ids) => rollupQuery(scope, by, frames, rollup, ids))
  await countFacts(fromLedger, saleColumns, (when) => saleSource(scope, frames, by, when))
  await countFacts(of('first'), saleColumns, (when) => firstSource(scope, frames, by, when))
  await countFacts(
    of('anonymous'),
    saleColumns,
    () => sql`${saleSource(scope, frames, by, [])} AND ${conditionSql.anonymous}`,
  )
  await count(of('buyer'), () => buyerQuery(scope, by, frames))
  const closed = of('closed')
  const cycle = of('cycle').length > 0
  // What adds up is counted along with the days, in one look at the deals.
  const together = cycle && closed.every((id) => pieces[id].take !== 'deviations')
  if (!together) await countFacts(closed, closedColumns, () => closedSource(scope, frames, by))
  if (cycle) {
    const along = together ? closed : []
    found.addDays('cycle', await tx.rows<Row>(cycleQuery(scope, by, frames, along)), along)
  }
  if (of('stay').length > 0) {
    found.addDays('stays', await tx.rows<Row>(stayQuery(scope, by, frames)), [])
  }
  await countFacts(of('opened'), openedColumns, () => openedSource(scope, frames, by))
  await count(of('open'), (ids) => openQuery(scope, by, frames, ids))
  await countFacts(of('activity'), activityColumns, () => activitySource(scope, frames, by))
  for (const [set, table] of heard) {
    await countFacts(of(set), heardColumns, () => heardSource(scope, table, frames, by))
  }
  return found.list()
}

const heard = [
  ['answer', 'survey_answer'],
  ['case', 'customer_case'],
] as const

function neededPieces({ metrics: asked }: Question): Set<PieceId> {
  return new Set(asked.flatMap((id) => metrics[id].pieces))
}

/** The limit stands outside: the planner would take it for a wish to see the first cells soon. */
const limited = (query: Sql): Sql<Row> =>
  sql`WITH found AS MATERIALIZED (${query}) SELECT * FROM found LIMIT ${cellsMax + 1}`

/** Puts together what the statements found, cell by cell. */
class Collected {
  readonly #by: readonly DimensionId[]
  readonly #calendar: CalendarSettings
  readonly #buckets = new Map<string, string>()
  readonly #found = new Map<
    string,
    {
      frame: number
      cells: (string | null)[]
      numbers: Partial<Record<CountedId, number>>
      days: Record<'cycle' | 'stays', [number, number][]>
    }
  >()

  constructor(by: readonly DimensionId[], { calendar }: Scope) {
    this.#by = by
    this.#calendar = calendar
  }

  #cell(dimension: DimensionId, found: string | null): string | null {
    const key = `${dimension} ${found}`
    const known = this.#buckets.get(key)
    if (known !== undefined) return known
    const id = cellId(dimension, found, this.#calendar)
    if (id !== found && id !== null) this.#buckets.set(key, id)
    return id
  }

  #at(row: Row) {
    const cells = this.#by.map((dimension, i) =>
      this.#cell(dimension, (row[`c${i}`] ?? null) as string | null),
    )
    const frame = Number(row.frame)
    const key = JSON.stringify([frame, ...cells])
    let entry = this.#found.get(key)
    if (!entry) {
      entry = { frame, cells, numbers: {}, days: { cycle: [], stays: [] } }
      this.#found.set(key, entry)
      if (this.#found.size > cellsMax) throw tooManyCells()
    }
    return entry
  }

  add(rows: readonly Row[], ids: readonly CountedId[]): void {
    for (const row of rows) {
      const { numbers } = this.#at(row)
      for (const id of ids) numbers[id] = Number(row[id] ?? 0)
    }
  }

  /** How many took how long; `ids` add up over the days. */
  addDays(of: 'cycle' | 'stays', rows: readonly Row[], ids: readonly CountedId[]): void {
    for (const row of rows) {
      const { numbers, days } = this.#at(row)
      for (const id of ids) numbers[id] = (numbers[id] ?? 0) + Number(row[id] ?? 0)
      if (row.days !== null) days[of].push([Number(row.days), Number(row.n)])
    }
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

function pieceList(ids: readonly CountedId[]): Sql {
  return sql.join(ids.map((id) => sql`${aggregate(pieces[id])} AS ${sql.ref(id)}`))
}

function buyerQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[]): Sql {
  const cells = cellAliases(by)
  return sql`${commonTables(scope)}
    SELECT ${sql.join([sql`frame`, ...cells])},
      count(*) FILTER (WHERE customer_id IS NOT NULL) AS "buyers",
      count(*) FILTER (WHERE customer_id IS NOT NULL AND first_on < last_on) AS "rebuyers",
      coalesce(sum(n) FILTER (WHERE customer_id IS NULL), 0)::int8 AS "buyerAnonymous"
    FROM (
      SELECT ${cellList(by, saleColumns, scope)}, f.customer_id, min(f.on_day) AS first_on, max(f.on_day) AS last_on, count(*) AS n
      ${saleSource(scope, frames, by, [])} AND f.kind = 'sale'
      ${groupBy(by.length + 2)}
    ) bought
    ${groupBy(by.length + 1)}`
}

/** Won deals by the days they took; with `along`, the other closed ones too, without days. */
function cycleQuery(
  scope: Scope,
  by: readonly DimensionId[],
  frames: readonly Frame[],
  along: readonly CountedId[],
): Sql<Row> {
  const dated = conditionSql['won-dated']
  const [days, only, more] =
    along.length > 0
      ? [
          sql`CASE WHEN ${dated} THEN f.closed_on - f.opened_on END`,
          sql``,
          sql`, ${pieceList(along)}`,
        ]
      : [sql`f.closed_on - f.opened_on`, sql`AND ${dated}`, sql``]
  return sql`${commonTables(scope)}
    SELECT ${cellList(by, closedColumns, scope)}, ${days} AS days, count(*) AS n ${more}
    ${closedSource(scope, frames, by)} ${only}
    ${groupBy(by.length + 2)}`
}

function stayQuery(scope: Scope, by: readonly DimensionId[], frames: readonly Frame[]): Sql<Row> {
  return sql`${commonTables(scope)}
    SELECT ${cellList(by, stayColumns, scope)}, f.left_on - f.entered_on AS days, count(*) AS n
    ${staySource(scope, frames, by)}
    ${groupBy(by.length + 2)}`
}

function openQuery(
  scope: Scope,
  by: readonly DimensionId[],
  frames: readonly Frame[],
  ids: readonly CountedId[],
): Sql {
  const moments = momentsOf(scope, by, frames)
  if (moments.length === 0) return sql`SELECT 0 AS frame WHERE false`
  let time = 0
  const cells = by.map((dimension, i) => {
    const cell = isTimeDimension(dimension)
      ? sql`span.${sql.ref(`t${time++}`)}`
      : cellSql(dimension, openColumns, scope)
    return sql`${cell} AS ${sql.ref(`c${i}`)}`
  })
  return sql`${commonTables(scope)}
    SELECT ${sql.join([sql`span.frame`, ...cells])}, ${pieceList(ids)}
    ${openSource(scope, by, moments, ids.includes('openWeighted'))}
    ${groupBy(by.length + 1)}`
}

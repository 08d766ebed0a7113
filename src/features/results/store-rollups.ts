// Sums kept by day and seller and by month and product: which questions they answer, and the statement that asks them.
import { type RawBuilder, sql } from 'kysely'
import { isTimeDimension, wholeMonths } from '../../basics/period.ts'
import { assert } from '../../basics/refusal.ts'
import type { CountedId } from './calc/pieces.ts'
import type { DimensionId } from './contract.ts'
import {
  commonTables,
  countingSales,
  dimensionJoins,
  type FactColumns,
  type Frame,
  framesTable,
  type Question,
  type Scope,
  scopeCondition,
  usedDimensions,
} from './store-scope.ts'
import { bounds, cellList, groupBy, inFrame } from './store-sources.ts'

type Sql<T = unknown> = RawBuilder<T>

const complaintsSince = sql`(SELECT on_day FROM first_complaint)`

/** The same pieces over rows `f` of a rollup. A piece that is not here needs the ledger. */
export const rolledUp: Partial<Record<CountedId, Sql>> = {
  rows: sql`coalesce(sum(f.row_count), 0)::int8`,
  unrated: sql`coalesce(sum(f.unrated_count), 0)::int8`,
  sold: sql`coalesce(sum(f.row_count - f.unrated_count) FILTER (WHERE f.kind = 'sale'), 0)::int8`,
  returns: sql`coalesce(sum(f.row_count) FILTER (WHERE f.kind = 'return'), 0)::int8`,
  base: sql`coalesce(sum(f.base_amount), 0)::int8`,
  soldBase: sql`coalesce(sum(f.base_amount) FILTER (WHERE f.kind = 'sale'), 0)::int8`,
  returnBase: sql`coalesce(sum(f.base_amount) FILTER (WHERE f.kind = 'return'), 0)::int8`,
  costed: sql`coalesce(sum(f.cost_count), 0)::int8`,
  costBase: sql`coalesce(sum(f.cost_base), 0)::int8`,
  cost: sql`coalesce(sum(f.cost), 0)::int8`,
  quantity: sql`coalesce(sum(f.quantity), 0)`,
  watched: sql`coalesce(sum(f.owner_count) FILTER (WHERE f.kind = 'sale' AND f.on_day >= ${complaintsSince}), 0)::int8`,
  unwatched: sql`coalesce(sum(f.owner_count) FILTER (WHERE f.kind = 'sale' AND f.on_day < ${complaintsSince}), 0)::int8`,
}
/** They look at the day itself. */
const byDay: readonly CountedId[] = ['watched', 'unwatched']

type Rollup = 'seller' | 'product'

const sellerSide: ReadonlySet<DimensionId> = new Set(['seller', 'team', 'manager', 'office'])
const productSide: ReadonlySet<DimensionId> = new Set(['product', 'family'])

/**
 * Which rollup answers: by month and product for whole months without reach and without anything that hangs
 * on the seller, because it has the fewest rows; else by day and seller for whatever hangs on the seller.
 * As-of questions and all others are for the ledger.
 */
export function rollupFor(
  scope: Scope,
  { by, frames }: Pick<Question, 'by' | 'frames'>,
  ids: readonly CountedId[],
): Rollup | undefined {
  if (scope.revision !== undefined || scope.among) return undefined
  const used = [...usedDimensions(scope, by)]
  const others = used.filter((dimension) => !isTimeDimension(dimension))
  const finer = used.some((dimension) => dimension === 'day' || dimension === 'week')
  const whole = [...frames, ...scope.narrowing.days.flat()].every(
    (range) => wholeMonths({ id: '', kind: 'custom', ...range }) !== undefined,
  )
  const inMonths = whole && !finer && !scope.reach && !ids.some((id) => byDay.includes(id))
  if (inMonths && others.every((dimension) => productSide.has(dimension))) return 'product'
  return others.every((dimension) => sellerSide.has(dimension)) ? 'seller' : undefined
}

const measures = sql`row_count, owner_count, unrated_count, cost_count, quantity, base_amount, cost_base, cost`

const rollupColumns: Readonly<Record<Rollup, FactColumns>> = {
  seller: { seller: sql`f.seller_id`, day: sql`f.on_day` },
  product: { seller: sql`NULL::uuid`, day: sql`f.on_day`, product: sql`f.product_id` },
}

/** Rollup and the deltas not folded yet, in one statement: exact at any moment. */
function rollupRows(scope: Scope, rollup: Rollup, frames: readonly Frame[]): Sql {
  const [day, id] =
    rollup === 'seller' ? [sql`on_day`, sql`seller_id`] : [sql`month_on`, sql`product_id`]
  const name = rollup === 'seller' ? 'sale_day_seller' : 'sale_month_product'
  const part = (table: string) => sql`
    SELECT ${day} AS on_day, NULLIF(${id}, '00000000-0000-0000-0000-000000000000') AS ${id}, kind, ${measures}
    FROM ${sql.table(table)} WHERE org_id = ${scope.orgId}::uuid AND ${bounds(frames, day as Sql<string>)}
      AND ${countingSales(scope, day as Sql<string>)}`
  return sql`(${part(name)} UNION ALL ${part(`${name}_delta`)})`
}

export function rollupQuery(
  scope: Scope,
  by: readonly DimensionId[],
  frames: readonly Frame[],
  rollup: Rollup,
  ids: readonly CountedId[],
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

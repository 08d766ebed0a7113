// The facts behind a figure: page by page, how many there are, and which changes brought them.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Metric } from './calc/metric.ts'
import { commonTables, type Frame, factRows, type Scope } from './store-scope.ts'
import {
  activitySource,
  closedSource,
  conditionSql,
  heardSource,
  momentsOf,
  openedSource,
  openSource,
  saleSource,
  staySource,
} from './store-sources.ts'

type Sql<T = unknown> = RawBuilder<T>

/** One fact behind a figure, as the contract shows it. */
export interface FactRow {
  id: string
  dealId: string | null
  number: string | null
  on: string | null
  kind: 'sale' | 'return' | 'won' | 'lost' | 'open' | 'answer' | 'complaint' | 'activity' | 'stay'
  seller: { id: string; name: string } | null
  customer: { id: string; name: string } | null
  product: { id: string; name: string } | null
  stage: { id: string; name: string } | null
  quantity: number
  amount: number | null
  /** Null for answers and cases, which have no amount. */
  currency: string | null
  baseAmount: number | null
  cost: number | null
  days: number | null
  repeat: boolean | null
  /** Of an answer: the score with its scale. */
  score: number | null
  scaleLow: number | null
  scaleHigh: number | null
  /** What the same would have cost at list price, in the base currency. */
  listAmount: number | null
  /** Behind the weighted pipeline: chance of the stage, and base amount times it. */
  chance: number | null
  weighted: number | null
  /** What kind of activity. */
  activity: 'call' | 'mail' | 'meeting' | 'visit' | 'message' | 'task' | null
  /** Of a complaint: open or closed. */
  state: 'open' | 'closed' | null
}

interface Found extends Omit<FactRow, 'seller' | 'customer' | 'product' | 'stage'> {
  seller_id: string | null
  seller: string | null
  customer_id: string | null
  customer: string | null
  product_id: string | null
  product: string | null
  stage_id: string | null
  stage: string | null
}

/** Day and id of the last fact of the page before. */
export interface Place {
  on: string | null
  id: string
}

/** Facts without a day come last; no fact has a day before this one. */
const noDay = '0001-01-01'

/** The facts a metric counts, as rows `f`; undefined when there can be none. */
function source(metric: Metric, scope: Scope, frame: Frame): Sql | undefined {
  if (!metric.rows) return undefined
  const { from, when } = metric.rows
  const condition = conditionSql[when]
  if (from === 'sale') {
    const told = tellsRepeat(metric) ?? when
    return sql`${saleSource(scope, [frame], [], [when, told])} AND ${condition}`
  }
  if (from === 'opened') return sql`${openedSource(scope, [frame], [])} AND ${condition}`
  if (from === 'stay') return sql`${staySource(scope, [frame], [])} AND ${condition}`
  if (from === 'closed') return sql`${closedSource(scope, [frame], [])} AND ${condition}`
  if (from === 'activity') return sql`${activitySource(scope, [frame], [])} AND ${condition}`
  if (from === 'answer' || from === 'case') {
    const table = from === 'answer' ? 'survey_answer' : 'customer_case'
    return sql`${heardSource(scope, table, [frame], [])} AND ${condition}`
  }
  const moments = momentsOf(scope, [], [frame])
  return moments.length === 0
    ? undefined
    : sql`${openSource(scope, [], moments, weighs(metric))} AND ${condition}`
}

/** The chance of a stage is worked out only for the metric that weighs by it. */
const weighs = (metric: Metric) => metric.pieces.includes('openWeighted')

/** Earlier and later purchases are looked up only for the metrics that tell by them; by which condition. */
function tellsRepeat({ pieces }: Metric): 'repeat' | 'first-back' | undefined {
  if (pieces.includes('repeatBase')) return 'repeat'
  return pieces.includes('firstsBack') ? 'first-back' : undefined
}

const notHeard = sql`NULL::numeric AS score, NULL::numeric AS scale_low, NULL::numeric AS scale_high, NULL::text AS state`
const notWeighed = sql`NULL::float8 AS chance, NULL::int8 AS weighted`
const notActed = sql`NULL::text AS activity`
const unlisted = sql`NULL::int8 AS list_amount`

/** Columns of the answer over rows `f`, alike for all facts. */
function columns(metric: Metric): Sql {
  if (metric.rows?.from === 'sale') {
    const told = tellsRepeat(metric)
    return sql`f.id, f.deal_id, f.order_no AS number, f.on_day AS "on", f.kind, f.seller_id, f.customer_id, f.product_id,
      NULL::uuid AS stage_id, f.quantity, f.amount, f.currency, f.base_amount, f.cost, NULL::int AS days,
      ${told === 'repeat' ? sql`fb.first_on < f.on_day` : told ? sql`coalesce(${conditionSql[told]}, false)` : sql`NULL::boolean`} AS repeat, ${notHeard}, ${notWeighed}, ${notActed}, f.list_amount`
  }
  if (metric.rows?.from === 'activity') {
    return sql`f.id, f.deal_id, f.subject AS number, f.done_on AS "on", 'activity' AS kind, f.seller_id, f.customer_id, NULL::uuid AS product_id,
      NULL::uuid AS stage_id, 1 AS quantity, NULL::int8 AS amount, NULL::text AS currency, NULL::int8 AS base_amount, NULL::int8 AS cost,
      NULL::int AS days, NULL::boolean AS repeat, ${notHeard}, ${notWeighed}, f.kind AS activity, ${unlisted}`
  }
  if (metric.rows?.from === 'answer' || metric.rows?.from === 'case') {
    const own =
      metric.rows.from === 'answer'
        ? sql`'answer' AS kind, f.score, f.scale_low, f.scale_high, NULL::text AS state`
        : sql`f.kind, NULL::numeric AS score, NULL::numeric AS scale_low, NULL::numeric AS scale_high, f.state`
    return sql`f.id, NULL::uuid AS deal_id, CASE WHEN f.external_source <> 'content' THEN f.external_id END AS number,
      f.on_day AS "on", f.seller_id, f.customer_id, f.product_id, NULL::uuid AS stage_id, 1 AS quantity,
      NULL::int8 AS amount, NULL::text AS currency, NULL::int8 AS base_amount, NULL::int8 AS cost, NULL::int AS days,
      NULL::boolean AS repeat, ${own}, ${notWeighed}, ${notActed}, ${unlisted}`
  }
  if (metric.rows?.from === 'stay') {
    return sql`f.id, f.deal_id, NULL::text AS number, f.left_on AS "on", 'stay' AS kind, f.seller_id, f.customer_id,
      f.product_id, f.stage_id, f.quantity, f.amount, f.currency, f.base_amount, NULL::int8 AS cost,
      f.left_on - f.entered_on AS days, NULL::boolean AS repeat, ${notHeard}, ${notWeighed}, ${notActed}, ${unlisted}`
  }
  const opened = metric.rows?.from === 'open' || metric.rows?.from === 'opened'
  const on = opened ? sql`f.opened_on` : sql`f.closed_on`
  return sql`f.id, f.id AS deal_id, NULL::text AS number, ${on} AS "on", f.outcome AS kind, f.seller_id, f.customer_id,
    f.product_id, f.stage_id, f.quantity, f.amount, f.currency, f.base_amount, NULL::int8 AS cost,
    f.closed_on - f.opened_on AS days, NULL::boolean AS repeat, ${notHeard},
    ${weighs(metric) ? sql`f.chance::float8 AS chance, f.weighted` : notWeighed}, ${notActed}, ${unlisted}`
}

/** A page of the facts behind a metric in a frame, newest first; `limit` undefined gives them all. */
export async function factsBehind(
  tx: Tx,
  scope: Scope,
  metric: Metric,
  frame: Frame,
  page: { after?: Place | undefined; limit: number | undefined },
): Promise<FactRow[]> {
  const from = source(metric, scope, frame)
  if (!from) return []
  const after = page.after
    ? sql`WHERE (coalesce(x."on", ${noDay}::date), x.id) < (${page.after.on ?? noDay}::date, ${page.after.id}::uuid)`
    : sql``
  const limit = page.limit === undefined ? sql`` : sql`LIMIT ${page.limit}`
  const org = sql`${scope.orgId}::uuid`
  const rows = await tx.rows<Found>(sql`${commonTables(scope)},
    page AS (
      SELECT * FROM (SELECT ${columns(metric)} ${from}) x ${after}
      ORDER BY coalesce(x."on", ${noDay}::date) DESC, x.id DESC ${limit}
    )
    SELECT x.id, x.deal_id AS "dealId",
      coalesce(x.number, CASE WHEN d.external_source <> 'content' THEN d.external_id END) AS number,
      x."on", x.kind, x.seller_id, s.name AS seller, x.customer_id, c.name AS customer, x.product_id, p.name AS product,
      x.stage_id, st.name AS stage, x.quantity, x.amount, x.currency, x.base_amount AS "baseAmount", x.cost, x.days, x.repeat,
      x.score, x.scale_low AS "scaleLow", x.scale_high AS "scaleHigh", x.state,
      x.list_amount AS "listAmount", x.chance, x.weighted, x.activity
    FROM page x
    LEFT JOIN ${factRows(scope, 'deal')} d ON d.id = x.deal_id
    LEFT JOIN seller s ON s.org_id = ${org} AND s.id = x.seller_id
    LEFT JOIN customer c ON c.org_id = ${org} AND c.id = x.customer_id
    LEFT JOIN product p ON p.org_id = ${org} AND p.id = x.product_id
    LEFT JOIN stage st ON st.org_id = ${org} AND st.id = x.stage_id
    ORDER BY coalesce(x."on", ${noDay}::date) DESC, x.id DESC`)
  return rows.map(asFact)
}

function named(id: string | null, name: string | null) {
  return id === null ? null : { id, name: name ?? '?' }
}

function asFact(row: Found): FactRow {
  const {
    seller_id,
    customer_id,
    product_id,
    stage_id,
    seller,
    customer,
    product,
    stage,
    ...rest
  } = row
  return {
    ...rest,
    seller: named(seller_id, seller),
    customer: named(customer_id, customer),
    product: named(product_id, product),
    stage: named(stage_id, stage),
  }
}

/** The change that brought a fact; for an activity, which is a record, the one that made it. */
const broughtBy = (scope: Scope, metric: Metric): Sql =>
  metric.rows?.from === 'activity'
    ? sql`(SELECT h.change_id FROM history h
        WHERE h.org_id = ${scope.orgId}::uuid AND h.entity = 'activity' AND h.entity_id = f.id AND h.version = 1)`
    : sql`f.change_in`

export interface Origin {
  total: number
  imports: { batchId: string; fileName: string; at: string; rows: number; undone: boolean }[]
  /** Facts that no import brought: entered or changed by hand. */
  byHand: number
}

/** How many facts stand behind a metric in a frame, and which imports brought them. */
export async function originOf(
  tx: Tx,
  scope: Scope,
  metric: Metric,
  frame: Frame,
): Promise<Origin> {
  const from = source(metric, scope, frame)
  if (!from) return { total: 0, imports: [], byHand: 0 }
  const rows = await tx.rows<{
    n: number
    batchId: string | null
    fileName: string | null
    at: string | null
    undone: boolean | null
  }>(sql`${commonTables(scope)},
    brought AS (SELECT ${broughtBy(scope, metric)} AS change_in, count(*) AS n ${from} GROUP BY 1),
    batch AS (
      SELECT DISTINCT ON (change_id) change_id, id, file_name, coalesce(finished_at, created_at) AS at, state
      FROM import_batch WHERE org_id = ${scope.orgId}::uuid AND change_id IS NOT NULL
      ORDER BY change_id, (kind = 'deals') DESC, id
    )
    SELECT sum(b.n)::int8 AS n, i.id AS "batchId", i.file_name AS "fileName", i.at, i.state = 'undone' AS undone
    FROM brought b LEFT JOIN batch i ON i.change_id = b.change_in
    GROUP BY i.id, i.file_name, i.at, i.state ORDER BY i.at DESC NULLS LAST, i.id`)
  const imports = rows.flatMap(({ n, batchId, fileName, at, undone }) =>
    batchId === null || fileName === null || at === null
      ? []
      : [{ batchId, fileName, at, rows: n, undone: undone ?? false }],
  )
  return {
    total: rows.reduce((sum, { n }) => sum + n, 0),
    imports,
    byHand: rows.reduce((sum, { n, batchId }) => sum + (batchId === null ? n : 0), 0),
  }
}

// What every query on facts stands on: the facts of a revision, who was where, and whom one may see.
import { type RawBuilder, sql } from 'kysely'
import {
  bucketOf,
  type CalendarSettings,
  type Day,
  isTimeDimension,
  type TimeDimension,
} from '../../basics/period.ts'
import type { RevenueSourceSpan } from '../orders/door.ts'
import type { DimensionId, MetricId } from './contract.ts'

type Sql<T = unknown> = RawBuilder<T>

/** Cells of one dimension that count: ids or plain values, and whether facts without a cell count too. */
export interface Cells {
  ids: readonly string[]
  none: boolean
}

/** Stretch of days, [from, until). */
export interface Range {
  from: Day
  until: Day
}

/** Filters as the store takes them: names are ids already, time dimensions are stretches of days. */
export interface Narrowing {
  cells: ReadonlyMap<DimensionId, Cells>
  /** Each entry must hold: the day lies in one of its stretches. */
  days: readonly (readonly Range[])[]
  /** Only what each of these sellers did on these days. */
  held?: readonly Held[]
}

/** Days of one seller that count. */
export interface Held extends Range {
  seller: string
}

/** How far the person asking sees. */
interface ReachLimit {
  /** As a condition on seller and day of a fact. */
  condition: (columns: { seller: Sql<string | null>; day: Sql<string> }) => Sql<boolean>
  /** The seller whose facts are always seen. */
  own: string | null
  /**
   * The condition is the same all through a membership: it is then asked once per membership and
   * joined to the facts, instead of once per fact.
   */
  perMembership: boolean
}

export interface Scope {
  orgId: string
  /** As of this revision; undefined: as things stand. */
  revision: number | undefined
  /** Undefined when every row may be seen. */
  reach: ReachLimit | undefined
  calendar: CalendarSettings
  narrowing: Narrowing
  /** Sales of which source count, from when until when: the whole of time, in order. */
  sources: readonly RevenueSourceSpan[]
  /** Nothing after this day counts as watched, whatever days stand in the records. */
  today?: Day
  /**
   * A further condition on each fact `f`, such as belonging to a cohort; no rollup knows it. `reach`: it
   * has asked already whether the fact lies within reach, on the day that counts for it.
   */
  among?: { condition: Sql<boolean>; reach: boolean }
}

/** One stretch of days to be counted on its own (this period, the one before …). */
export type Frame = Range

export interface Question {
  metrics: readonly MetricId[]
  by: readonly DimensionId[]
  frames: readonly Frame[]
}

/** Rows of a fact table as they were known at the scope's revision. */
export function factRows(
  scope: Scope,
  table: 'sale' | 'deal' | 'stage_entry' | 'membership' | 'survey_answer' | 'customer_case',
): Sql {
  const tab = sql.table(table)
  const counts = table === 'sale' ? sql`AND ${countingSales(scope)}` : sql``
  if (scope.revision === undefined) {
    return sql`(SELECT * FROM ${tab} WHERE org_id = ${scope.orgId}::uuid AND change_out IS NULL ${counts})`
  }
  // Open and closed rows apart: each part has its own index, one condition over both would have none.
  return sql`(
    SELECT * FROM ${tab} WHERE org_id = ${scope.orgId}::uuid AND change_out IS NULL
      AND change_in NOT IN (SELECT id FROM later) ${counts}
    UNION ALL
    SELECT * FROM ${tab} WHERE org_id = ${scope.orgId}::uuid AND change_out IS NOT NULL
      AND change_in NOT IN (SELECT id FROM later) AND change_out IN (SELECT id FROM later) ${counts})`
}

/**
 * Condition on `source` and a day that only what counts is seen: deals and orders may both be on record
 * for the same days, and would count twice.
 */
export function countingSales(
  { sources }: Pick<Scope, 'sources'>,
  day: Sql<string> = sql<string>`on_day`,
): Sql<boolean> {
  const [only] = sources
  if (sources.length === 1 && only) return sql<boolean>`source = ${sql.lit(only.source)}`
  const spans = sources.map(
    ({ source, from, until }) =>
      sql`(source = ${sql.lit(source)} AND ${day} >= ${from}::date AND ${day} < ${until}::date)`,
  )
  return sql<boolean>`(${sql.join(spans, sql` OR `)})`
}

/**
 * The WITH list every query begins with; PostgreSQL plans only those a query refers to, which is why none
 * refers to another that is costly.
 * `later`: changes after the revision. `place`: team of a seller by day. `leader`: who led a team by
 * day. Where two overlap the one that began later counts, so that no fact is ever doubled.
 * `reached`: when which seller lies within reach. `first_buy`: a customer's first purchase, and its day.
 * `second_day`: the next day the customer bought. `watched`: the day after the last one on record.
 * `first_complaint`: from which day on complaints are on record.
 */
export function commonTables(scope: Scope): Sql {
  const org = sql`${scope.orgId}::uuid`
  return sql`WITH
    later AS (
      SELECT id FROM change WHERE org_id = ${org} AND revision > ${scope.revision ?? 0}::int8
    ),
    place AS (
      SELECT seller_id, team_id, valid_from,
        least(valid_until, lead(valid_from) OVER (PARTITION BY seller_id ORDER BY valid_from, id)) AS valid_until
      FROM ${factRows(scope, 'membership')} m WHERE kind = 'member'
    ),
    leader AS (
      SELECT team_id, person_id, valid_from,
        least(valid_until, lead(valid_from) OVER (PARTITION BY team_id ORDER BY valid_from, id)) AS valid_until
      FROM ${factRows(scope, 'membership')} m WHERE kind = 'lead'
    ),
    reached AS (${reachedRows(scope)}),
    office AS (
      WITH RECURSIVE climb AS (
        SELECT id AS team_id, id, kind, parent_id, 0 AS depth FROM team WHERE org_id = ${org}
        UNION ALL
        SELECT c.team_id, t.id, t.kind, t.parent_id, c.depth + 1
        FROM climb c JOIN team t ON t.org_id = ${org} AND t.id = c.parent_id
        WHERE c.kind <> 'office' AND c.depth < 50
      )
      SELECT team_id, id AS office_id FROM climb WHERE kind = 'office'
    ),
    first_buy AS MATERIALIZED (
      SELECT DISTINCT ON (customer_id) customer_id, on_day AS first_on, id AS first_id
      FROM ${factRows(scope, 'sale')} s WHERE kind = 'sale' AND customer_id IS NOT NULL
      ORDER BY customer_id, on_day, id
    ),
    second_day AS MATERIALIZED (
      SELECT DISTINCT customer_id, on_day AS second_on FROM (
        SELECT customer_id, on_day, dense_rank() OVER (PARTITION BY customer_id ORDER BY on_day) AS place
        FROM ${factRows(scope, 'sale')} s WHERE kind = 'sale' AND customer_id IS NOT NULL
      ) bought WHERE place = 2
    ),
    watched AS (
      SELECT least(max(on_day), ${scope.today ?? '9999-12-30'}::date) + 1 AS until_on
      FROM ${factRows(scope, 'sale')} s WHERE kind = 'sale'
    ),
    first_complaint AS (
      SELECT min(on_day) AS on_day FROM ${factRows(scope, 'customer_case')} c WHERE kind = 'complaint'
    )`
}

/** Memberships as they are today: rights do not go by what was known in the past. */
function reachedRows(scope: Scope): Sql {
  if (!scope.reach?.perMembership) return sql`SELECT NULL::uuid AS seller_id WHERE false`
  const within = scope.reach.condition({ seller: sql`m.seller_id`, day: sql`m.valid_from` })
  return sql`
    SELECT m.seller_id, m.valid_from,
      least(m.valid_until, lead(m.valid_from) OVER (PARTITION BY m.seller_id ORDER BY m.valid_from, m.id)) AS valid_until
    FROM membership m
    WHERE m.org_id = ${scope.orgId}::uuid AND m.change_out IS NULL AND m.kind = 'member' AND ${within}`
}

/** Where the columns of a fact are found: seller, customer, product, day … */
export interface FactColumns {
  seller: Sql<string | null>
  day: Sql<string>
  customer?: Sql<string | null>
  product?: Sql<string | null>
  currency?: Sql<string>
  stage?: Sql<string>
  lostReason?: Sql<string | null>
}

export const saleColumns: FactColumns = {
  seller: sql`f.seller_id`,
  day: sql`f.on_day`,
  customer: sql`f.customer_id`,
  product: sql`f.product_id`,
  currency: sql`f.currency`,
}
/** Answers of surveys and cases alike. */
export const heardColumns: FactColumns = {
  seller: sql`f.seller_id`,
  day: sql`f.on_day`,
  customer: sql`f.customer_id`,
  product: sql`f.product_id`,
}
export const activityColumns: FactColumns = {
  seller: sql`f.seller_id`,
  day: sql`f.done_on`,
  customer: sql`f.customer_id`,
}
export const closedColumns: FactColumns = {
  ...saleColumns,
  day: sql`f.closed_on`,
  stage: sql`f.stage_id`,
  lostReason: sql`f.lost_reason_id`,
}
/** A deal just opened belongs to the team its seller was in on that day. */
export const openedColumns: FactColumns = { ...closedColumns, day: sql`f.opened_on` }
/** A stay in a stage belongs to the team its seller was in on the day the deal left the stage. */
export const stayColumns: FactColumns = {
  ...saleColumns,
  day: sql`f.left_on`,
  stage: sql`f.stage_id`,
}
/** An open deal belongs to the team its seller is in on the last day it is looked at. */
export const openColumns: FactColumns = { ...closedColumns, day: sql`(span.until_on - 1)` }

/**
 * The first day of the period a day falls into, as `containing` of basics/period.ts has it for every day. A
 * million facts are told apart by days; only the few periods found get their ids, by {@link bucketOf}.
 */
export function bucketStart(
  dimension: DimensionId,
  day: Sql<string>,
  { fiscalFirstMonth, weekStart }: CalendarSettings,
): Sql<Day> {
  const stamp = sql`(${day})::timestamp`
  switch (dimension) {
    case 'day':
      return sql`${day}`
    case 'week':
      return weekStart === 7
        ? sql`(date_trunc('week', ${stamp} + interval '1 day')::date - 1)`
        : sql`date_trunc('week', ${stamp})::date`
    case 'month':
    case 'quarter':
    case 'year':
      return sql`date_trunc(${sql.lit(dimension)}, ${stamp})::date`
    case 'fiscal-quarter':
    case 'fiscal-year': {
      // Moved so that a fiscal year begins with January, and back.
      const moved = sql`make_interval(months => ${sql.lit((13 - fiscalFirstMonth) % 12)})`
      const unit = sql.lit(dimension === 'fiscal-year' ? 'year' : 'quarter')
      return sql`(date_trunc(${unit}, date_trunc('month', ${stamp}) + ${moved}) - ${moved})::date`
    }
    default:
      throw new Error(`${dimension} is not a time dimension`)
  }
}

/** A cell as it is asked for: of time the id of the period, which the database tells by its first day. */
export function cellId(
  dimension: DimensionId,
  found: string | null,
  calendar: CalendarSettings,
): string | null {
  return found !== null && isTimeDimension(dimension)
    ? bucketOf(dimension as TimeDimension, found, calendar)
    : found
}

/** Expression of a dimension's cell over a fact and what {@link dimensionJoins} has joined to it. */
export function cellSql(dimension: DimensionId, columns: FactColumns, scope: Scope): Sql {
  const { seller, customer, product, currency, stage, lostReason } = columns
  const nothing = sql`NULL::text`
  switch (dimension) {
    case 'seller':
      return seller
    case 'team':
      return sql`p.team_id`
    case 'manager':
      return sql`l.person_id`
    case 'office':
      return sql`o.office_id`
    case 'product':
      return product ?? nothing
    case 'family':
      return sql`pr.family`
    case 'customer':
      return customer ?? nothing
    case 'region':
    case 'country':
    case 'industry':
    case 'size':
    case 'source':
      return sql`cu.${sql.ref(dimension)}`
    case 'stage':
      return stage ?? nothing
    case 'lost-reason':
      return lostReason ?? nothing
    case 'currency':
      return currency ?? nothing
    default:
      return bucketStart(dimension, columns.day, scope.calendar)
  }
}

const ofPlace: readonly DimensionId[] = ['team', 'manager', 'office']
const ofCustomer: readonly DimensionId[] = ['region', 'country', 'industry', 'size', 'source']

/** Joins that the dimensions in use and the reach need; each finds at most one row per fact. */
export function dimensionJoins(
  dimensions: Iterable<DimensionId>,
  columns: FactColumns,
  scope: Scope,
): Sql {
  const used = new Set(dimensions)
  const uses = (list: readonly DimensionId[]) => list.some((dimension) => used.has(dimension))
  const org = sql`${scope.orgId}::uuid`
  const { day } = columns
  const joins: Sql[] = []
  if (uses(ofPlace)) {
    joins.push(
      sql`LEFT JOIN place p ON p.seller_id = ${columns.seller} AND p.valid_from <= ${day} AND ${day} < p.valid_until`,
    )
  }
  if (used.has('manager')) {
    joins.push(
      sql`LEFT JOIN leader l ON l.team_id = p.team_id AND l.valid_from <= ${day} AND ${day} < l.valid_until`,
    )
  }
  if (used.has('office')) joins.push(sql`LEFT JOIN office o ON o.team_id = p.team_id`)
  if (used.has('family') && columns.product) {
    joins.push(sql`LEFT JOIN product pr ON pr.org_id = ${org} AND pr.id = ${columns.product}`)
  }
  if (uses(ofCustomer) && columns.customer) {
    joins.push(sql`LEFT JOIN customer cu ON cu.org_id = ${org} AND cu.id = ${columns.customer}`)
  }
  if (scope.reach?.perMembership) joins.push(reachJoin(columns))
  return sql.join(joins, sql` `)
}

function reachJoin({ seller, day }: FactColumns): Sql {
  return sql`LEFT JOIN reached rc ON rc.seller_id = ${seller} AND rc.valid_from <= ${day} AND ${day} < rc.valid_until`
}

const idDimensions: ReadonlySet<DimensionId> = new Set([
  'seller',
  'team',
  'manager',
  'office',
  'product',
  'customer',
  'stage',
  'lost-reason',
])

/** Whether the cells of a dimension are records with an id. */
export function isRecord(dimension: DimensionId): boolean {
  return idDimensions.has(dimension)
}

/** All conditions of the scope but the period, over facts with {@link dimensionJoins}. */
export function scopeCondition(scope: Scope, columns: FactColumns): Sql<boolean> {
  const conditions: Sql<boolean>[] = [sql`true`]
  for (const [dimension, cells] of scope.narrowing.cells) {
    const cell = cellSql(dimension, columns, scope)
    const ids = isRecord(dimension)
      ? sql`${[...cells.ids]}::uuid[]`
      : sql`${[...cells.ids]}::text[]`
    const among: Sql<boolean> = sql`${cell} = ANY(${ids})`
    conditions.push(cells.none ? sql`(${cell} IS NULL OR ${among})` : among)
  }
  for (const ranges of scope.narrowing.days) {
    conditions.push(daysCondition(ranges, columns.day))
  }
  if (scope.narrowing.held) conditions.push(heldCondition(scope.narrowing.held, columns))
  if (scope.among) conditions.push(scope.among.condition)
  if (scope.reach && !scope.among?.reach) conditions.push(reachedSql(scope.reach, columns))
  return sql`(${sql.join(conditions, sql` AND `)})`
}

function reachedSql(
  { condition, own, perMembership }: ReachLimit,
  { seller, day }: FactColumns,
): Sql<boolean> {
  if (!perMembership) return condition({ seller, day })
  const ownFacts = own === null ? sql`false` : sql`coalesce(${seller} = ${own}::uuid, false)`
  return sql`(rc.seller_id IS NOT NULL OR ${ownFacts})`
}

function daysCondition(ranges: readonly Range[], day: Sql<string>): Sql<boolean> {
  if (ranges.length === 0) return sql`false`
  const parts = ranges.map(
    ({ from, until }) => sql`(${day} >= ${from}::date AND ${day} < ${until}::date)`,
  )
  return sql`(${sql.join(parts, sql` OR `)})`
}

function heldCondition(held: readonly Held[], { seller, day }: FactColumns): Sql<boolean> {
  const parts = held.map(
    (one) => sql`(${seller} = ${one.seller}::uuid AND ${daysCondition([one], day)})`,
  )
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` OR `)})`
}

/** Dimensions that a scope's filters and a question's grouping use together. */
export function usedDimensions(scope: Scope, by: readonly DimensionId[]): Set<DimensionId> {
  return new Set([...scope.narrowing.cells.keys(), ...by])
}

/** The frames as a table `span(frame, from_on, until_on)`. */
export function framesTable(frames: readonly Frame[]): Sql {
  const rows = frames.map(
    (frame, index) => sql`(${index}::int, ${frame.from}::date, ${frame.until}::date)`,
  )
  return sql`(VALUES ${sql.join(rows)}) AS span(frame, from_on, until_on)`
}

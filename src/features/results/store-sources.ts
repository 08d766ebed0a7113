// The facts a question looks at, with joins and conditions, as the FROM part of its statements.
import { type RawBuilder, sql } from 'kysely'
import { overlap, spanOf } from '../../basics/days.ts'
import { type Day, isTimeDimension, parts, type TimeDimension } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import { policy } from '../../methods/policy.ts'
import type { Condition } from './calc/pieces.ts'
import type { DimensionId } from './contract.ts'
import {
  activityColumns,
  cellSql,
  closedColumns,
  dimensionJoins,
  type FactColumns,
  type Frame,
  factRows,
  framesTable,
  heardColumns,
  openColumns,
  openedColumns,
  type Range,
  type Scope,
  saleColumns,
  scopeCondition,
  stayColumns,
  usedDimensions,
} from './store-scope.ts'

type Sql<T = unknown> = RawBuilder<T>

/** Most cells one question may have. */
export const cellsMax = 20_000
/** Most moments at which open deals are looked at. */
const momentsMax = 400

export function tooManyCells(): Refusal {
  return new Refusal({
    code: 'results.too_many_cells',
    message: `This question has more than ${cellsMax} answers.`,
    next: 'Ask for a shorter period, fewer dimensions, or narrow it down.',
    field: 'by',
    status: 422,
  })
}

/** SQL of each condition over a fact row `f`; the one place where its meaning is written. */
export const conditionSql: Readonly<Record<Condition, Sql<boolean>>> = {
  any: sql`true`,
  rated: sql`f.base_amount IS NOT NULL`,
  unrated: sql`f.amount IS NOT NULL AND f.base_amount IS NULL`,
  costed: sql`f.base_amount IS NOT NULL AND f.cost IS NOT NULL`,
  return: sql`f.kind = 'return'`,
  sold: sql`f.kind = 'sale' AND f.base_amount IS NOT NULL`,
  listed: sql`f.kind = 'sale' AND f.base_amount IS NOT NULL AND f.list_amount IS NOT NULL`,
  purchase: sql`f.kind = 'sale' AND f.customer_id IS NOT NULL`,
  anonymous: sql`f.kind = 'sale' AND f.customer_id IS NULL`,
  valued: sql`f.kind = 'sale' AND f.customer_id IS NOT NULL AND f.base_amount IS NOT NULL`,
  repeat: sql`f.kind = 'sale' AND f.customer_id IS NOT NULL AND f.base_amount IS NOT NULL AND fb.first_on < f.on_day`,
  first: sql`f.id = fb.first_id`,
  'first-watched': sql`f.id = fb.first_id AND f.on_day + 365 < (SELECT until_on FROM watched)`,
  'first-back': sql`f.id = fb.first_id AND f.on_day + 365 < (SELECT until_on FROM watched) AND sd.second_on <= f.on_day + 365`,
  'first-unwatched': sql`f.id = fb.first_id AND f.on_day + 365 >= (SELECT until_on FROM watched)`,
  won: sql`f.outcome = 'won'`,
  lost: sql`f.outcome = 'lost'`,
  'won-rated': sql`f.outcome = 'won' AND f.base_amount IS NOT NULL`,
  'won-unrated': sql`f.outcome = 'won' AND f.amount IS NOT NULL AND f.base_amount IS NULL`,
  'won-dated': sql`f.outcome = 'won' AND f.opened_on IS NOT NULL`,
  'won-undated': sql`f.outcome = 'won' AND f.opened_on IS NULL`,
  'without-amount': sql`f.amount IS NULL`,
  chanced: sql`f.base_amount IS NOT NULL AND f.chance IS NOT NULL`,
  undated: sql`f.opened_on IS NULL`,
  'closed-since': sql`f.outcome <> 'open'`,
  watched: sql`f.owner AND f.kind = 'sale' AND f.on_day >= (SELECT on_day FROM first_complaint)`,
  unwatched: sql`f.owner AND f.kind = 'sale' AND f.on_day < (SELECT on_day FROM first_complaint)`,
  satisfaction: sql`f.measure = 'satisfaction'`,
  // The upper quarter of the scale, as methods/csat.ts has it.
  satisfied: sql`f.measure = 'satisfaction' AND (f.score - f.scale_low) * 4 >= (f.scale_high - f.scale_low) * 3`,
  'other-scale': sql`f.measure = 'satisfaction' AND (f.scale_low <> 1 OR f.scale_high <> 5)`,
  nps: sql`f.measure = 'nps'`,
  promoter: sql`f.measure = 'nps' AND f.score >= 9`,
  detractor: sql`f.measure = 'nps' AND f.score < 7`,
  complaint: sql`f.kind = 'complaint'`,
  contact: sql`f.kind <> 'task'`,
  task: sql`f.kind = 'task'`,
}

/** `frame, c0, c1` for the select list. */
export function cellList(by: readonly DimensionId[], columns: FactColumns, scope: Scope): Sql {
  const cells = by.map(
    (dimension, i) => sql`${cellSql(dimension, columns, scope)} AS ${sql.ref(`c${i}`)}`,
  )
  return sql.join([sql`span.frame`, ...cells])
}

/** `GROUP BY 1, 2 …`: by position, because the expressions carry parameters. */
export function groupBy(count: number): Sql {
  return sql`GROUP BY ${sql.join(Array.from({ length: count }, (_, i) => sql.lit(i + 1)))}`
}

/** Bounds over all frames as constants, so that the index on the day is used whatever the join does. */
export function bounds(frames: readonly Frame[], day: Sql<string>): Sql<boolean> {
  const span = spanOf(frames)
  return span
    ? sql`${day} >= ${span.from}::date AND ${day} < ${span.until}::date`
    : sql<boolean>`false`
}

export const inFrame = (day: Sql<string>): Sql<boolean> =>
  sql`${day} >= span.from_on AND ${day} < span.until_on`

/** Joins to a sale `f` what its customer bought first, and next, where a condition asks for it. */
function purchaseJoins(conditions: Iterable<Condition>): Sql {
  const used = new Set(conditions)
  const asking: readonly Condition[] = [
    'repeat',
    'first',
    'first-watched',
    'first-back',
    'first-unwatched',
  ]
  const first = asking.some((one) => used.has(one))
    ? sql`LEFT JOIN first_buy fb ON fb.customer_id = f.customer_id`
    : sql``
  return sql`${first} ${secondJoin(used)}`
}

function secondJoin(conditions: ReadonlySet<Condition>): Sql {
  return conditions.has('first-back')
    ? sql`LEFT JOIN second_day sd ON sd.customer_id = f.customer_id`
    : sql``
}

/** Sales of a scope inside the frames, with everything that dimensions and conditions refer to. */
export function saleSource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
  conditions: Iterable<Condition>,
): Sql {
  return sql`FROM ${factRows(scope, 'sale')} f ${salesWithin(scope, frames, by, purchaseJoins(conditions))}`
}

/** As {@link saleSource}: purchases on the first day of their customer; `fb` is the first of them. */
export function firstSource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
  conditions: Iterable<Condition>,
): Sql {
  return sql`FROM first_buy fb
    JOIN ${factRows(scope, 'sale')} f ON f.customer_id = fb.customer_id AND f.on_day = fb.first_on AND f.kind = 'sale'
    ${salesWithin(scope, frames, by, secondJoin(new Set(conditions)))} AND ${bounds(frames, sql<string>`fb.first_on`)}`
}

function salesWithin(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
  joins: Sql,
): Sql {
  const { day } = saleColumns
  return sql`JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), saleColumns, scope)} ${joins}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, saleColumns)}`
}

/** Closed deals of a scope inside the frames. */
export function closedSource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
): Sql {
  const { day } = closedColumns
  return sql`FROM ${factRows(scope, 'deal')} f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), closedColumns, scope)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, closedColumns)}`
}

/** Deals opened inside the frames; each belongs to the team its seller was in on that day. */
export function openedSource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
): Sql {
  const { day } = openedColumns
  return sql`FROM ${factRows(scope, 'deal')} f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), openedColumns, scope)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, openedColumns)}`
}

/** The day the next stage after an entry `e` was entered; after the last one `end`. */
const leftOn = (end: Sql) =>
  sql`lead(e.entered_on, 1, ${end}) OVER (PARTITION BY e.deal_id ORDER BY e.entered_on, e.id)`

/**
 * Stays of deals in open stages that ended: a stage is left for the next one entered, the last one on
 * the day the deal was closed. Where a deal still is has no end and is no row.
 */
export function staysOf(scope: Scope): Sql {
  return sql`(
    SELECT y.* FROM (
      SELECT e.id, e.deal_id, e.stage_id, e.change_in, e.entered_on,
        ${leftOn(sql`d.closed_on`)} AS left_on,
        d.opened_on, d.seller_id, d.customer_id, d.product_id, d.quantity, d.amount, d.currency, d.base_amount
      FROM ${factRows(scope, 'stage_entry')} e JOIN ${factRows(scope, 'deal')} d ON d.id = e.deal_id
    ) y
    JOIN stage s ON s.org_id = ${scope.orgId}::uuid AND s.id = y.stage_id AND s.outcome = 'open'
    WHERE y.left_on >= y.entered_on)`
}

/** Stays in stages that ended inside the frames. */
export function staySource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
): Sql {
  const { day } = stayColumns
  return sql`FROM ${staysOf(scope)} f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), stayColumns, scope)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, stayColumns)}`
}

/** What sellers did, of a scope inside the frames. */
export function activitySource(
  scope: Scope,
  frames: readonly Frame[],
  by: readonly DimensionId[],
): Sql {
  const { day } = activityColumns
  // Activities are records: they have one state, whatever day a question looks back to.
  return sql`FROM (SELECT * FROM activity WHERE org_id = ${scope.orgId}::uuid AND state <> 'removed' AND done_on IS NOT NULL) f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), activityColumns, scope)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, activityColumns)}`
}

/** Answers of surveys, or cases, of a scope inside the frames. */
export function heardSource(
  scope: Scope,
  table: 'survey_answer' | 'customer_case',
  frames: readonly Frame[],
  by: readonly DimensionId[],
): Sql {
  const { day } = heardColumns
  return sql`FROM ${factRows(scope, table)} f
    JOIN ${framesTable(frames)} ON ${inFrame(day)}
    ${dimensionJoins(usedDimensions(scope, by), heardColumns, scope)}
    WHERE ${bounds(frames, day)} AND ${scopeCondition(scope, heardColumns)}`
}

/** A moment at whose end open deals are looked at, with the time cells it stands for. */
export interface Moment {
  frame: number
  untilOn: string
  /** First days of the periods along the time dimensions asked for, in their order. */
  starts: Day[]
}

/**
 * The ends at which open deals are counted: of the frame, or of each stretch the time dimensions cut
 * it into. Filters by time move the end to the end of the last stretch that they leave.
 */
export function momentsOf(
  scope: Scope,
  by: readonly DimensionId[],
  frames: readonly Frame[],
): Moment[] {
  const along = by.filter(isTimeDimension)
  const moments = frames.flatMap((frame, index) => {
    const stretches = scope.narrowing.days.reduce<Range[]>(
      (left, ranges) =>
        left.flatMap((stretch) => ranges.flatMap((range) => overlap(stretch, range) ?? [])),
      [{ from: frame.from, until: frame.until }],
    )
    const last = new Map<string, Moment>()
    for (const stretch of stretches.sort((a, b) => (a.until < b.until ? -1 : 1))) {
      for (const { starts, until } of cut(stretch, along, scope)) {
        last.set(JSON.stringify(starts), { frame: index, untilOn: until, starts })
      }
    }
    return [...last.values()]
  })
  if (moments.length > momentsMax) throw tooManyCells()
  return moments
}

function cut(
  stretch: Range,
  along: readonly TimeDimension[],
  scope: Scope,
): { starts: Day[]; from: Day; until: Day }[] {
  return along.reduce<{ starts: Day[]; from: Day; until: Day }[]>(
    (list, dimension) =>
      list.flatMap((piece) => {
        const whole = { id: '', kind: 'custom' as const, from: piece.from, until: piece.until }
        return parts(whole, dimension, scope.calendar).flatMap((part) => {
          const range = overlap(piece, part)
          return range ? [{ starts: [...piece.starts, part.from], ...range }] : []
        })
      }),
    [{ starts: [], ...stretch }],
  )
}

/** Stands where no stage is known: only what is equal is looked up in a hash, and null equals nothing. */
const noStage = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/**
 * What became of deals that came as far as each open stage: `stage_id, chance`, the share won of
 * those closed so far; and the share over all deals, under {@link noStage}. Whoever won had come through
 * every stage; how far the lost ones came is known only where their way through the stages is, so the
 * others count in the share over all alone, which weighs as much as so many deals of the stage.
 * Over the whole organisation: a chance is no figure of a person. Nothing before enough were closed.
 */
function stageChances(scope: Scope): Sql {
  const org = sql`${scope.orgId}::uuid`
  const { closed, weight } = policy.stageChance
  return sql`(
    WITH way AS MATERIALIZED (
      SELECT d.id, d.outcome = 'won' AS won, max(s.position) AS reached
      FROM ${factRows(scope, 'stage_entry')} e JOIN ${factRows(scope, 'deal')} d ON d.id = e.deal_id AND d.outcome <> 'open'
      JOIN stage s ON s.org_id = ${org} AND s.id = e.stage_id AND s.outcome = 'open' GROUP BY d.id, d.outcome
    ), whole AS (
      SELECT count(*) FILTER (WHERE d.outcome = 'won')::numeric / count(*) AS chance
      FROM ${factRows(scope, 'deal')} d WHERE d.outcome <> 'open' HAVING count(*) >= ${closed}::int
    )
    SELECT s.id AS stage_id, (count(y.id) FILTER (WHERE y.won) + ${weight}::numeric * w.chance) / (count(y.id) + ${weight}::numeric) AS chance
    FROM stage s CROSS JOIN whole w LEFT JOIN way y ON y.won OR y.reached >= s.position
    WHERE s.org_id = ${org} AND s.outcome = 'open' GROUP BY s.id, w.chance
    UNION ALL SELECT ${noStage}, chance FROM whole)`
}

/**
 * The deals once for each stage they were in, from `from_on` until `left_on`, with its `chance` and what
 * that makes of the amount: however many moments are asked for, all is looked up once. Where its way is not
 * known, an open deal is in its stage of today, and one that was closed since had the chance of all.
 * The OFFSET keeps PostgreSQL from working the amounts out anew for each moment.
 */
function dealsWithChances(scope: Scope, deals: Sql): Sql {
  return sql`(
    WITH looked AS MATERIALIZED (SELECT * FROM ${deals} d),
    entry AS (
      SELECT e.deal_id, e.stage_id, e.entered_on, e.id
      FROM ${factRows(scope, 'stage_entry')} e JOIN looked d ON d.id = e.deal_id
    ), stay AS (
      SELECT e.deal_id, e.stage_id, e.entered_on AS from_on, ${leftOn(sql`'infinity'`)} AS left_on FROM entry e
      UNION ALL
      SELECT deal_id, NULL, '-infinity', min(entered_on) FROM entry GROUP BY deal_id
    )
    SELECT d.*, coalesce(y.from_on, '-infinity') AS from_on, coalesce(y.left_on, 'infinity') AS left_on,
      sc.chance, round(d.base_amount * sc.chance)::int8 AS weighted
    FROM looked d LEFT JOIN stay y ON y.deal_id = d.id LEFT JOIN ${stageChances(scope)} sc
      ON sc.stage_id = coalesce(y.stage_id, CASE WHEN d.outcome = 'open' THEN d.stage_id END, ${noStage})
    OFFSET 0)`
}

/**
 * Deals open at the end of each moment. Without an opening day: only those that are open still.
 * `chances`: with the `chance` of the stage each was in, and the `weighted` amount.
 */
export function openSource(
  scope: Scope,
  by: readonly DimensionId[],
  moments: readonly Moment[],
  chances: boolean,
): Sql {
  const along = by.filter(isTimeDimension)
  const names = [sql`frame`, sql`until_on`, ...along.map((_, i) => sql.ref(`t${i}`))]
  const rows = moments.map(
    ({ frame, untilOn, starts }) =>
      sql`(${sql.join([sql`${frame}::int`, sql`${untilOn}::date`, ...starts.map((day) => sql`${day}::date`)])})`,
  )
  // Said once as a constant, so that deals closed before every moment are left out by the index.
  const first = moments.map(({ untilOn }) => untilOn).sort()[0] ?? '9999-12-31'
  // The time filters have chosen the moments; as conditions they would ask for a day the deal has not.
  const timeless: Scope = { ...scope, narrowing: { cells: scope.narrowing.cells, days: [] } }
  // Each half is a range of the index on the day of closing; one condition over both would be none.
  const all = factRows(scope, 'deal')
  const deals = sql`(
      SELECT * FROM ${all} d WHERE closed_on IS NULL UNION ALL SELECT * FROM ${all} d WHERE closed_on >= ${first}::date)`
  const [source, there] = chances
    ? [
        dealsWithChances(scope, deals),
        sql`AND f.from_on < span.until_on AND span.until_on <= f.left_on`,
      ]
    : [deals, sql``]
  return sql`FROM ${source} f
    JOIN (VALUES ${sql.join(rows)}) AS span(${sql.join(names)})
      ON (f.opened_on < span.until_on OR (f.opened_on IS NULL AND f.outcome = 'open'))
      AND (f.closed_on IS NULL OR f.closed_on >= span.until_on) ${there}
    ${dimensionJoins(
      usedDimensions(
        scope,
        by.filter((dimension) => !isTimeDimension(dimension)),
      ),
      openColumns,
      scope,
    )}
    WHERE ${scopeCondition(timeless, openColumns)}`
}

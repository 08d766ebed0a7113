// Cells of dimensions: what a filter means, what a cell is called, and which cells exist at all.
import { type RawBuilder, sql } from 'kysely'
import { spanOf } from '../../basics/days.ts'
import type { Cell } from '../../basics/figure.ts'
import { type CalendarSettings, isTimeDimension, parsePeriod } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { nearestNames } from './calc/nearest.ts'
import type { DimensionId } from './contract.ts'
import {
  type Cells,
  commonTables,
  type Frame,
  isRecord,
  type Narrowing,
  type Range,
  type Scope,
} from './store-scope.ts'

type Sql<T = unknown> = RawBuilder<T>

/** A filter as it came in, with the words for it. */
export interface NamedFilter {
  dimension: DimensionId
  names: string[]
}

interface Known {
  id: string
  name: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Table, further condition and, where imports accept other names, kind of alias, per record dimension. */
const recordTables: Partial<
  Record<DimensionId, { table: string; only: Sql<boolean>; alias?: string }>
> = {
  seller: { table: 'seller', only: sql`true`, alias: 'seller' },
  team: { table: 'team', only: sql`true`, alias: 'team' },
  office: { table: 'team', only: sql`kind = 'office'`, alias: 'team' },
  manager: { table: 'person', only: sql`true`, alias: 'person' },
  product: { table: 'product', only: sql`true`, alias: 'product' },
  customer: { table: 'customer', only: sql`true`, alias: 'customer' },
  stage: { table: 'stage', only: sql`true` },
  'lost-reason': { table: 'lost_reason', only: sql`true` },
}

/** Where plain values come from. */
function valuesOf(tx: Tx, dimension: DimensionId): Sql<{ name: string }> {
  if (dimension === 'family') {
    return sql`SELECT DISTINCT family AS name FROM product WHERE org_id = ${tx.orgId} AND family IS NOT NULL AND state <> 'removed'`
  }
  if (dimension === 'currency') {
    return sql`SELECT DISTINCT currency AS name FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL
      UNION SELECT DISTINCT currency FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL`
  }
  const column = sql.ref(dimension)
  return sql`SELECT DISTINCT ${column} AS name FROM customer
    WHERE org_id = ${tx.orgId} AND ${column} IS NOT NULL AND state <> 'removed'`
}

/**
 * Turns filters into what the store compares with. A record is named by id or exact name (case does
 * not count; an accepted alias is a name too), a stretch of time by its id, nothing by `-`.
 * Refuses `results.unknown_cell` with the nearest names, and what `parsePeriod` refuses.
 */
export async function resolveFilters(
  tx: Tx,
  where: Partial<Record<DimensionId, readonly string[]>>,
  calendar: CalendarSettings,
): Promise<{ narrowing: Narrowing; filters: NamedFilter[] }> {
  const cells = new Map<DimensionId, Cells>()
  const days: Range[][] = []
  const filters: NamedFilter[] = []
  for (const [key, values] of Object.entries(where)) {
    const dimension = key as DimensionId
    if (!values) continue
    for (const value of values) if (unstorable(value)) throw unknownCell(dimension, '', [])
    if (isTimeDimension(dimension)) {
      const periods = values.map((value) => bucketNamed(dimension, value, calendar))
      days.push(periods)
      filters.push({ dimension, names: periods.map((period) => period.id) })
      continue
    }
    const wanted = values.filter((value) => value !== '-')
    const found = isRecord(dimension)
      ? await findRecords(tx, dimension, wanted)
      : await findValues(tx, dimension, wanted)
    const none = wanted.length < values.length
    cells.set(dimension, { ids: found.map(({ id }) => id), none })
    filters.push({ dimension, names: [...found.map(({ name }) => name), ...(none ? ['-'] : [])] })
  }
  return { narrowing: { cells, days }, filters }
}

/** A zero character cannot be stored, and would make the database refuse the statement. */
const unstorable = (text: string) => text.includes('\u0000')

function bucketNamed(dimension: DimensionId, value: string, calendar: CalendarSettings) {
  const period = parsePeriod(value, calendar)
  if (period.kind === dimension) return period
  throw unknownCell(dimension, value, [])
}

function unknownCell(dimension: DimensionId, value: string, near: readonly string[]): Refusal {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value
  return new Refusal({
    code: 'results.unknown_cell',
    message: `There is no ${dimension} “${shown}”.`,
    field: `where.${dimension}`,
    next:
      near.length > 0
        ? `Did you mean ${near.map((name) => `“${name}”`).join(' or ')}?`
        : 'Choose one from the list.',
    status: 422,
    particulars: { dimension, value: shown, nearest: near },
  })
}

async function findRecords(
  tx: Tx,
  dimension: DimensionId,
  wanted: readonly string[],
): Promise<Known[]> {
  const source = recordTables[dimension]
  if (!source || wanted.length === 0) return []
  const ids = wanted.filter((value) => uuid.test(value))
  const keys = wanted.filter((value) => !uuid.test(value)).map(nameKey)
  const alias = source.alias ?? ''
  const rows = await tx.rows<Known & { key: string }>(sql`
    SELECT id, name, name_key AS key FROM ${sql.table(source.table)}
    WHERE org_id = ${tx.orgId} AND state <> 'removed' AND ${source.only}
      AND (id = ANY(${ids}::uuid[]) OR name_key = ANY(${keys}::text[]))
    UNION
    SELECT r.id, r.name, a.key FROM alias a JOIN ${sql.table(source.table)} r ON r.org_id = ${tx.orgId} AND r.id = a.entity_id
    WHERE a.org_id = ${tx.orgId} AND a.entity = ${alias} AND a.state = 'active' AND a.key = ANY(${keys}::text[])
      AND r.state <> 'removed'
    ORDER BY 2, 1`)
  const found = new Map<string, Known>()
  for (const value of wanted) {
    const matching = uuid.test(value)
      ? rows.filter((row) => row.id === value.toLowerCase())
      : rows.filter((row) => row.key === nameKey(value))
    if (matching.length === 0)
      throw unknownCell(dimension, value, await nearRecords(tx, dimension, value))
    for (const { id, name } of matching) found.set(id, { id, name })
  }
  return [...found.values()]
}

/** Names to choose the nearest from; where there are very many, those that begin alike. */
async function nearRecords(tx: Tx, dimension: DimensionId, value: string): Promise<string[]> {
  const source = recordTables[dimension]
  if (!source || uuid.test(value)) return []
  const start = nameKey(value).slice(0, 1)
  const rows = await tx.rows<{ name: string }>(sql`
    SELECT name FROM ${sql.table(source.table)}
    WHERE org_id = ${tx.orgId} AND state <> 'removed' AND ${source.only}
    ORDER BY (name_key COLLATE "C" >= ${start} AND name_key COLLATE "C" < ${`${start}\u{10ffff}`}) DESC, name_key COLLATE "C"
    LIMIT 2000`)
  return nearestNames(
    value,
    rows.map(({ name }) => name),
  )
}

async function findValues(
  tx: Tx,
  dimension: DimensionId,
  wanted: readonly string[],
): Promise<Known[]> {
  if (wanted.length === 0) return []
  const known = (await tx.rows(valuesOf(tx, dimension))).map(({ name }) => name)
  return wanted.flatMap((value) => {
    const matching = known.filter((name) => nameKey(name) === nameKey(value))
    if (matching.length === 0) throw unknownCell(dimension, value, nearestNames(value, known))
    return matching.map((name) => ({ id: name, name }))
  })
}

/** Names of the records a dimension's cells stand for. */
export async function cellNames(
  tx: Tx,
  dimension: DimensionId,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => Cell> {
  const source = recordTables[dimension]
  if (!source) return (id) => id
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const rows =
    wanted.length === 0
      ? []
      : await tx.rows<Known>(sql`
          SELECT id, name FROM ${sql.table(source.table)}
          WHERE org_id = ${tx.orgId} AND id = ANY(${wanted}::uuid[])`)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return (id) => (id === null ? null : { id, name: names.get(id) ?? '?' })
}

/** Cells of a dimension for filters, by name; plain values likewise. Time dimensions have periods instead. */
export async function listCells(
  tx: Tx,
  dimension: DimensionId,
  search: string | undefined,
  limit: number,
): Promise<Cell[]> {
  const source = recordTables[dimension]
  if (search !== undefined && unstorable(search)) return []
  if (!source) {
    if (isTimeDimension(dimension)) return []
    const sought = search === undefined ? '' : nameKey(search)
    const rows = await tx.rows(valuesOf(tx, dimension))
    return rows
      .map(({ name }) => name)
      .filter((name) => nameKey(name).includes(sought))
      .sort((a, b) => (a < b ? -1 : 1))
      .slice(0, limit)
  }
  const start = search === undefined ? '' : nameKey(search)
  // Only people who have led a team are managers.
  const leads =
    dimension === 'manager'
      ? sql`AND EXISTS (SELECT 1 FROM membership m WHERE m.org_id = ${tx.orgId} AND m.person_id = r.id
          AND m.kind = 'lead' AND m.change_out IS NULL)`
      : sql``
  return tx.rows<Known>(sql`
    SELECT r.id, r.name FROM ${sql.table(source.table)} r
    WHERE r.org_id = ${tx.orgId} AND r.state = 'active' AND ${source.only}
      AND r.name_key COLLATE "C" >= ${start} AND r.name_key COLLATE "C" < ${`${start}\u{10ffff}`} ${leads}
    ORDER BY r.name_key COLLATE "C", r.id LIMIT ${limit}`)
}

/**
 * Cells that exist although nothing may have been counted in them: sellers in their time of work,
 * and the teams, offices and managers they belonged to on a day of a frame, as far as the filters
 * on the team side and the reach leave them. Other dimensions list only what has facts.
 */
export async function standingCells(
  tx: Tx,
  scope: Scope,
  dimension: DimensionId,
  frames: readonly Frame[],
): Promise<string[]> {
  const cell =
    dimension === 'seller'
      ? sql`s.id`
      : dimension === 'team'
        ? sql`p.team_id`
        : dimension === 'office'
          ? sql`o.office_id`
          : dimension === 'manager'
            ? sql`l.person_id`
            : undefined
  const span = spanOf(frames)
  if (!cell || !span) return []
  const day = sql<string>`greatest(${span.from}::date, coalesce(p.valid_from, '0001-01-01'), coalesce(l.valid_from, '0001-01-01'))`
  const conditions: Sql<boolean>[] = [sql`true`]
  const own: Partial<Record<DimensionId, Sql>> = {
    seller: sql`s.id`,
    team: sql`p.team_id`,
    office: sql`o.office_id`,
    manager: sql`l.person_id`,
  }
  for (const [filtered, cells] of scope.narrowing.cells) {
    const column = own[filtered]
    if (!column) continue
    const among = sql<boolean>`${column} = ANY(${[...cells.ids]}::uuid[])`
    conditions.push(cells.none ? sql`(${column} IS NULL OR ${among})` : among)
  }
  if (scope.reach) conditions.push(scope.reach.condition({ seller: sql`s.id`, day }))
  const rows = await tx.rows<{ id: string }>(sql`${commonTables(scope)}
    SELECT DISTINCT ${cell} AS id FROM seller s
    LEFT JOIN place p ON p.seller_id = s.id AND p.valid_from < ${span.until}::date AND p.valid_until > ${span.from}::date
      AND p.valid_from < p.valid_until
    LEFT JOIN office o ON o.team_id = p.team_id
    LEFT JOIN leader l ON l.team_id = p.team_id AND l.valid_from < ${span.until}::date AND l.valid_until > ${span.from}::date
      AND l.valid_from < l.valid_until AND l.valid_from < p.valid_until AND p.valid_from < l.valid_until
    WHERE s.org_id = ${tx.orgId} AND s.state = 'active'
      AND coalesce(s.hired_on, '0001-01-01') < ${span.until}::date
      AND coalesce(s.left_on, '9999-12-31') > ${span.from}::date
      AND ${cell} IS NOT NULL AND ${sql.join(conditions, sql` AND `)}`)
  return rows.map(({ id }) => id)
}

// The SQL that brings staged rows into the goals, all at once, and tells which of them cannot be.
import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../basics/refusal.ts'
import {
  countRecords,
  type RecordCounts,
  type WantedRecords,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { metricIds } from '../results/contract.ts'
import { settledWhere } from '../results/door.ts'
import type { FilterCells } from './calc/file-cells.ts'
import { ofPeople } from './store.ts'

type Sql = RawBuilder<unknown>

const mention = (kind: 'seller' | 'team') => {
  const alias = sql.ref(`m_${kind}`)
  return sql`LEFT JOIN import_mention ${alias} ON ${alias}.org_id = r.org_id AND ${alias}.batch_id = r.batch_id
    AND ${alias}.kind = ${sql.lit(kind)} AND ${alias}.key COLLATE "C" = ${sql.ref(`r.${kind}`)}`
}

/** The seller of whoever imports: private goals are their own. */
const ownSeller = (tx: Tx) =>
  sql`(SELECT p.seller_id FROM person p WHERE p.org_id = ${tx.orgId} AND p.id = ${tx.personId})`

/**
 * The goals as the staged rows say: name and days in columns of their own, the rest in `fields`. A goal is
 * known by its number, else by name, owner and first day; one without a number takes the row's. Whose it is
 * to see stays. `present`: fields that the file has a column for; the others stay as they are.
 */
function wanted(tx: Tx, batchId: string, present: ReadonlySet<string>): WantedRecords {
  const cell = (name: string) => sql`n.fields -> ${sql.lit(name)}`
  const text = (name: string) => sql`n.fields ->> ${sql.lit(name)}`
  // What counts is said anew by each row; its filters only where the file has a column for them.
  const where = present.has('filters')
    ? cell('where')
    : sql`CASE WHEN g.metric = ${text('metric')} THEN g.question -> 'where' END`
  const optional: Record<string, [column: string, given: Sql]> = {
    reason: ['why', text('why')],
    reward: ['reward', text('reward')],
    milestones: ['milestones', cell('milestones')],
  }
  const columns: Record<string, Sql> = {
    owner_id: sql`n.owner_id`,
    name: sql`n.name`,
    name_key: sql`n.name_key`,
    kind: text('kind'),
    metric: text('metric'),
    question: sql`(${cell('question')}) || jsonb_strip_nulls(jsonb_build_object('where', ${where}))`,
    target: sql`(${text('target')})::float8`,
    from_on: sql`n.opened_on`,
    until_on: sql`n.closed_on`,
    seller_id: sql`n.seller_id`,
    team_id: sql`n.team_id`,
    steps: cell('steps'),
    external_id: sql`coalesce(n.number, g.external_id)`,
    // Nobody was asked whether the people of the team may see it; what is of one person never is shared.
    shared: sql`coalesce(g.shared, false) AND n.seller_id IS NULL AND n.owner_id IS NULL`,
  }
  for (const [field, [column, given]] of Object.entries(optional))
    if (present.has(field)) columns[column] = given
  const list = Object.entries(columns).map(([name, value]) => sql`${value} AS ${sql.ref(name)}`)
  return {
    columns: Object.keys(columns),
    source: sql`
      SELECT DISTINCT ON (id) * FROM (
        SELECT coalesce(g.id, n.id) AS id, false AS touched, n.line, ${sql.join(list)}
        FROM (${staged(tx, batchId)}) n LEFT JOIN LATERAL (${knownAs(tx)}) g ON true
      ) w ORDER BY id, line DESC`,
  }
}

/** The goal that a staged row n is about. */
function knownAs(tx: Tx): Sql {
  return sql`
    SELECT g.* FROM goal g
    WHERE g.org_id = ${tx.orgId} AND g.state = 'active' AND g.owner_id IS NOT DISTINCT FROM n.owner_id
      AND (g.external_id COLLATE "C" = n.number
        OR (g.name_key COLLATE "C" = n.name_key AND g.from_on = n.opened_on AND (n.number IS NULL OR g.external_id IS NULL)
          AND g.seller_id IS NOT DISTINCT FROM n.seller_id AND g.team_id IS NOT DISTINCT FROM n.team_id))
    ORDER BY coalesce(g.external_id = n.number, false) DESC, g.id LIMIT 1`
}

/** Staged rows with whose they are. */
function staged(tx: Tx, batchId: string): Sql {
  const isPrivate = sql`(r.fields ->> 'private')::boolean`
  return sql`SELECT r.id, r.line, r.name, r.name_key, r.opened_on, r.closed_on, r.fields,
      CASE WHEN r.external_source = '' THEN r.external_id END AS number,
      CASE WHEN ${isPrivate} THEN ${tx.personId}::uuid END AS owner_id,
      CASE WHEN ${isPrivate} THEN ${ownSeller(tx)} ELSE m_seller.record_id END AS seller_id, m_team.record_id AS team_id
    FROM import_row r ${mention('seller')} ${mention('team')}
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}`
}

/** How many staged rows are new, different and the same. */
export function countImportedGoals(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return countRecords(tx, 'goal', wanted(tx, batchId, present))
}

/** Refuses where a seller or team was taken away, or a goal was changed, since the file was looked at. */
export async function importGoals(
  tx: WriteTx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  const gone = await ownersNotFound(tx, batchId)
  if (gone.length > 0) {
    throw new Refusal({
      code: 'goal.owner_gone',
      message: 'This seller or team is not there any more.',
      next: 'Import the file once more to see which rows name it.',
      status: 422,
    })
  }
  const unfit = await unfitForGoals(tx, batchId, present)
  if (unfit.length > 0) {
    throw new Refusal({
      code: 'record.changed',
      message:
        'A goal of this file was changed since the file was looked at, and does not fit it any more.',
      next: 'Import the file once more to see which rows do not fit.',
    })
  }
  return writeRecords(tx, 'goal', wanted(tx, batchId, present))
}

export interface RowNotMade {
  line: number
  fault:
    | 'goal.owner_not_found'
    | 'goal.private_owner'
    | 'goal.filter'
    | 'goal.in_series'
    | 'goal.milestones_kept'
    | 'goal.filters_kept'
  field: string
}

/** Filters of one file that are looked up; more different ones nobody wrote by hand. */
const filtersMost = 2_000

/**
 * Settles the filters of staged rows by id, and gives the rows that the records there are do not allow:
 * whose owner nobody knows, private ones of another seller, filters that name nothing, and what does not
 * fit the goals that the rows are about.
 */
export async function settleStagedGoals(
  tx: Tx,
  { batchId, present }: { batchId: string; present: ReadonlySet<string> },
): Promise<RowNotMade[]> {
  const asked = await tx.rows<{ metric: string; filters: FilterCells[] }>(sql`
    SELECT fields ->> 'metric' AS metric, fields -> 'filters' AS filters FROM import_row
    WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND fields -> 'filters' <> '[]'
    GROUP BY 1, 2 ORDER BY min(line) LIMIT ${filtersMost}`)
  for (const one of asked) {
    const where = await settled(tx, one)
    if (!where) continue
    await tx.run(sql`
      UPDATE import_row SET fields = fields || ${JSON.stringify({ where })}::jsonb
      WHERE org_id = ${tx.orgId} AND batch_id = ${batchId} AND fields ->> 'metric' = ${one.metric}
        AND fields -> 'filters' = ${JSON.stringify(one.filters)}::jsonb`)
  }
  const unknown = await tx.rows<{ line: number }>(sql`
    SELECT line FROM import_row WHERE org_id = ${tx.orgId} AND batch_id = ${batchId}
      AND fields -> 'filters' <> '[]' AND NOT fields ? 'where'`)
  const wrong = [
    ...(await ownersNotFound(tx, batchId)),
    ...unknown.map(({ line }): RowNotMade => ({ line, fault: 'goal.filter', field: 'filters' })),
    ...(await unfitForGoals(tx, batchId, present)),
  ]
  // Of a row that is wrong in several ways the first one is said.
  return [...new Map(wrong.toReversed().map((one) => [one.line, one])).values()]
}

/**
 * Rows that their goals do not allow: other days for one of a series, which its rule sets; and what stays, because
 * the file has no column for it, but does not fit. Milestones that lie outside the new days or above the new
 * target, or were set for something else that was counted; filters by people of a goal that gets an owner.
 */
async function unfitForGoals(
  tx: Tx,
  batchId: string,
  present: ReadonlySet<string>,
): Promise<RowNotMade[]> {
  const misfit = present.has('milestones')
    ? sql`NULL::text`
    : sql`(SELECT CASE
        WHEN g.kind <> n.fields ->> 'kind' OR g.metric IS DISTINCT FROM n.fields ->> 'metric' THEN 'metric'
        WHEN min((m ->> 'on')::date) < n.opened_on THEN 'first_day'
        WHEN max((m ->> 'on')::date) >= n.closed_on THEN 'last_day'
        WHEN max((m ->> 'value')::float8) > (n.fields ->> 'target')::float8 THEN 'target' END
      FROM jsonb_array_elements(g.milestones) m HAVING count(*) > 0)`
  const narrowed = present.has('filters')
    ? sql`NULL::text`
    : sql`CASE WHEN g.metric = n.fields ->> 'metric' AND jsonb_exists_any(g.question -> 'where', ${[...ofPeople]}::text[])
        THEN CASE WHEN n.team_id IS NOT NULL THEN 'team' WHEN n.seller_id IS NOT NULL THEN 'seller' END END`
  const rows = await tx.rows<{
    line: number
    moved: string | null
    misfit: string | null
    narrowed: string | null
  }>(sql`
    SELECT * FROM (
      SELECT n.line, ${misfit} AS misfit, ${narrowed} AS narrowed, CASE WHEN g.series_id IS NULL THEN NULL
        WHEN g.from_on <> n.opened_on THEN 'first_day' WHEN g.until_on <> n.closed_on THEN 'last_day' END AS moved
      FROM (${staged(tx, batchId)}) n CROSS JOIN LATERAL (${knownAs(tx)}) g
    ) x WHERE coalesce(moved, misfit, narrowed) IS NOT NULL ORDER BY line`)
  return rows.map(({ line, moved, misfit: kept, narrowed: owner }) =>
    moved !== null
      ? { line, fault: 'goal.in_series', field: moved }
      : kept !== null
        ? { line, fault: 'goal.milestones_kept', field: kept }
        : { line, fault: 'goal.filters_kept', field: owner ?? 'filters' },
  )
}

async function settled(
  tx: Tx,
  { metric, filters }: { metric: string; filters: FilterCells[] },
): Promise<Record<string, string[]> | undefined> {
  const id = metricIds.find((one) => one === metric)
  const where = Object.fromEntries(filters.map(({ dimension, cells }) => [dimension, [...cells]]))
  try {
    return id && (await settledWhere(tx, id, where))
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function ownersNotFound(tx: Tx, batchId: string): Promise<RowNotMade[]> {
  const rows = await tx.rows<{ line: number; seller: boolean; team: boolean; other: boolean }>(sql`
    SELECT * FROM (
      SELECT r.line, r.seller IS NOT NULL AND m_seller.record_id IS NULL AS seller, r.team IS NOT NULL AND m_team.record_id IS NULL AS team,
        (r.fields ->> 'private')::boolean AND r.seller IS NOT NULL AND m_seller.record_id IS DISTINCT FROM ${ownSeller(tx)} AS other
      FROM import_row r ${mention('seller')} ${mention('team')}
      WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId}
    ) x WHERE seller OR team OR other ORDER BY line`)
  return rows.map(({ line, team, other }) =>
    other
      ? { line, fault: 'goal.private_owner', field: 'seller' }
      : { line, fault: 'goal.owner_not_found', field: team ? 'team' : 'seller' },
  )
}

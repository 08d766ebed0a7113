// The records of a change taken back: edited fields are set back, records it made become removed.
import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../basics/refusal.ts'
import { defaultsOf } from './bulk.ts'
import { type RecordTable, recordReferences, records, references } from './tables.ts'
import type { Kept, Undoing } from './undo.ts'

type EditedTable = RecordTable | 'org'

const orgColumns = ['name', 'zone', 'base_currency', 'fiscal_first_month', 'week_start', 'locale']

/** Records that name others go first, so that they do not hold them back; locks are taken in this order. */
const order: readonly RecordTable[] = [
  'alias',
  'tagging',
  'note',
  'activity',
  'contract',
  'contact',
  'price',
  'own_field',
  'demographic',
  'result_view',
  'forecast_call',
  'forecast',
  'snooze',
  'goal_mark',
  'goal_checkin',
  'goal',
  'revenue_source',
  'saved_mapping',
  'different_pair',
  'work_calendar',
  'calendar_exception',
  'quota_decision',
  'person_role',
  'person',
  'position',
  'team',
  'customer',
  'product',
  'stage',
  'lost_reason',
  'seller',
]

/**
 * Columns that mean something only together. One of them that is no longer what it was after the
 * change keeps all of them: a name must not lose its search key, nor a price its currency.
 */
const coupled: readonly (readonly [column: string, set: string])[] = [
  ['name', 'name'],
  ['name_key', 'name'],
  ['external_source', 'external'],
  ['external_id', 'external'],
  ['employees', 'size'],
  ['size', 'size'],
  ['currency', 'price'],
  ['amount', 'price'],
  ['list_price', 'price'],
  ['cost', 'price'],
  ['valid_from', 'valid'],
  ['valid_until', 'valid'],
  ['commit_amount', 'call'],
  ['best_amount', 'call'],
  ['called_on', 'call'],
  ['due_on', 'when'],
  ['done_on', 'when'],
  ['value', 'value'],
  ['value_key', 'value'],
  ['tag', 'tag'],
  ['tag_key', 'tag'],
  ['from_on', 'days'],
  ['until_on', 'days'],
]

/** What no two records of a table may share, except removed ones. */
const unique: Partial<Record<EditedTable, readonly string[]>> = {
  activity: ['external_source', 'external_id'],
  alias: ['entity', 'key'],
  contact: ['external_source', 'external_id'],
  contract: ['external_source', 'external_id'],
  customer: ['external_source', 'external_id'],
  demographic: ['field', 'value_key'],
  different_pair: ['entity', 'first_id', 'second_id'],
  forecast_call: ['owner_id', 'metric', 'period', 'scope', 'scope_id'],
  goal: ['series_id', 'from_on'],
  goal_checkin: ['goal_id', 'week_on'],
  goal_mark: ['goal_id', 'place'],
  lost_reason: ['name_key'],
  own_field: ['entity', 'key'],
  product: ['external_source', 'external_id'],
  revenue_source: ['valid_from'],
  saved_mapping: ['name_key'],
  seller: ['external_source', 'external_id'],
  snooze: ['owner_id', 'entry_key'],
  stage: ['name_key'],
  tagging: ['entity_id', 'tag_key'],
  work_calendar: ['owner_id', 'valid_from'],
}

/** Sets back fields of edited records where they still hold what the change wrote. Counts by table. */
export async function setBackEdits(undoing: Undoing): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of (['org', ...order] as const).filter((name) => undoing.tables.has(name))) {
    await lockEdited(undoing, table)
    undoing.keep(await undoing.tx.rows<Kept>(keptFields(undoing, table)))
    counts[table] = await setBack(undoing, table)
  }
  if ((counts.team ?? 0) > 0) await refuseCircle(undoing)
  return counts
}

const idColumn = (table: EditedTable) => (table === 'org' ? 'org_id' : 'id')

/** Locks the records, in order, so that the next statement sees them as they stay. */
async function lockEdited({ tx, changeId }: Undoing, table: EditedTable): Promise<void> {
  const id = sql.ref(`t.${idColumn(table)}`)
  await tx.run(sql`
    SELECT count(*) FROM (
      SELECT 1 FROM ${sql.table(table)} t WHERE t.org_id = ${tx.orgId} AND ${id} IN (
        SELECT entity_id FROM history WHERE org_id = ${tx.orgId} AND change_id = ${changeId} AND entity = ${table})
      ORDER BY ${id} FOR UPDATE) locked`)
}

/**
 * CTEs that end in `field (id, key, before, after, now, free, blocked)`: every field that the change
 * edited, with what the record holds now; `free` when it can be set back as far as the field itself
 * goes, `blocked` when the record as a whole cannot because something else stands in its place.
 * Records that the change brought back are not removed here but by {@link removeCreated}, after the
 * facts that may name them.
 */
function fieldsEdited({ tx, changeId }: Undoing, table: EditedTable): RawBuilder<unknown> {
  const id = sql.ref(`t.${idColumn(table)}`)
  const stands =
    table === 'org'
      ? sql`f.key = 'base_currency' AND (EXISTS (SELECT 1 FROM deal WHERE org_id = ${tx.orgId}) OR EXISTS (SELECT 1 FROM sale WHERE org_id = ${tx.orgId}))`
      : sql`false`
  return sql`
    coupling (key, part) AS (VALUES ${sql.join(coupled.map(([key, part]) => sql`(${sql.lit(key)}, ${sql.lit(part)})`))}),
    edited AS (
      SELECT entity_id AS id, max(version) AS last FROM history
      WHERE org_id = ${tx.orgId} AND change_id = ${changeId} AND entity = ${table} GROUP BY entity_id HAVING min(version) > 1
    ),
    wrote AS (
      SELECT e.id, e.last, f.key, (array_agg(f.value -> 0 ORDER BY h.version))[1] AS before,
        (array_agg(f.value -> 1 ORDER BY h.version DESC))[1] AS after
      FROM edited e JOIN history h ON h.org_id = ${tx.orgId} AND h.entity = ${table} AND h.entity_id = e.id AND h.change_id = ${changeId}
      CROSS JOIN LATERAL jsonb_each(h.fields) f GROUP BY e.id, e.last, f.key
    ),
    later AS (
      SELECT e.id, c.part, f.key, (array_agg(f.value -> 0 ORDER BY h.version))[1] AS was FROM edited e
      JOIN history h ON h.org_id = ${tx.orgId} AND h.entity = ${table} AND h.entity_id = e.id AND h.version > e.last
      CROSS JOIN LATERAL jsonb_each(h.fields) f JOIN coupling c ON c.key = f.key GROUP BY e.id, c.part, f.key
    ),
    compared AS (
      SELECT f.id, f.key, f.before, f.after, c.now -> f.key AS now,
        c.now -> f.key = f.after AND NOT (${stands}) AND NOT EXISTS (
          SELECT 1 FROM coupling p JOIN later l ON l.part = p.part
            WHERE p.key = f.key AND l.id = f.id AND l.was <> c.now -> l.key) AS free
      FROM wrote f JOIN (
        SELECT ${id} AS id, to_jsonb(t) AS now FROM ${sql.table(table)} t WHERE t.org_id = ${tx.orgId}
          AND ${id} IN (SELECT id FROM edited)) c ON c.id = f.id
      WHERE f.before <> f.after AND NOT (f.key = 'state' AND f.before = '"removed"')
    ),
    back AS (SELECT id, jsonb_object_agg(key, before) AS fields FROM compared WHERE free GROUP BY id),
    stands AS (${standsInPlace(tx.orgId, table)}),
    field AS (SELECT x.*, s.id IS NOT NULL AS blocked FROM compared x LEFT JOIN stands s ON s.id = x.id)`
}

/** Ids of records that, once `back` is set, would have what must be unique and another record has. */
function standsInPlace(orgId: string, table: EditedTable): RawBuilder<unknown> {
  const columns = unique[table]
  if (!columns || table === 'org') return sql`SELECT id FROM back WHERE false`
  const same = columns.map((name) => sql`${sql.ref(`o.${name}`)} = ${sql.ref(`r.${name}`)}`)
  return sql`SELECT DISTINCT back.id FROM back JOIN ${sql.table(table)} t ON t.org_id = ${orgId} AND t.id = back.id
    CROSS JOIN LATERAL jsonb_populate_record(t, back.fields) r
    JOIN ${sql.table(table)} o ON o.org_id = ${orgId} AND o.id <> t.id AND o.state <> 'removed' AND ${sql.join(same, sql` AND `)}
    WHERE r.state <> 'removed'`
}

function keptFields(undoing: Undoing, table: EditedTable): RawBuilder<Kept> {
  return sql<Kept>`WITH ${fieldsEdited(undoing, table)}
    SELECT DISTINCT ON (id) ${sql.lit(table)} AS entity, id, CASE WHEN free THEN 'exists_since' ELSE 'changed_since' END AS reason
    FROM field WHERE blocked OR (NOT free AND now <> before) ORDER BY id`
}

function setBack(undoing: Undoing, table: EditedTable): Promise<number> {
  const { tx } = undoing
  const columns = table === 'org' ? orgColumns : records[table]
  const id = sql.ref(`t.${idColumn(table)}`)
  const returned = sql.join(columns.map((name) => sql.ref(`r.${name}`)))
  return tx.run(sql`WITH ${fieldsEdited(undoing, table)},
    patch AS (
      SELECT id, jsonb_object_agg(key, before) AS back, jsonb_object_agg(key, jsonb_build_array(now, before)) AS fields
      FROM field WHERE free AND NOT blocked GROUP BY id
    ),
    updated AS (
      UPDATE ${sql.table(table)} t SET version = t.version + 1, (${sql.join(columns.map((name) => sql.ref(name)))}) =
        (SELECT ${returned} FROM jsonb_populate_record(t, p.back) r)
      FROM patch p WHERE t.org_id = ${tx.orgId} AND ${id} = p.id RETURNING ${id} AS id, t.version, p.fields
    )
    ${insertHistory(undoing, table)}`)
}

/** History rows for what the CTE `updated (id, version, fields)` holds. */
function insertHistory({ tx }: Undoing, table: EditedTable): RawBuilder<unknown> {
  return sql`INSERT INTO history (org_id, change_id, entity, entity_id, version, fields, salt, row_hash)
    SELECT ${tx.orgId}, ${tx.changeId}, ${table}, id, version, fields, salt, sha256(salt || convert_to(fields::text, 'UTF8'))
    FROM (SELECT *, uuid_send(gen_random_uuid()) AS salt FROM updated) made ORDER BY id`
}

/** A parent set back could close a circle with a move made since: then nothing is undone. */
async function refuseCircle({ tx }: Undoing): Promise<void> {
  const circle = await tx.first(sql`
    WITH RECURSIVE up (id, at_id, steps) AS (
      SELECT id, parent_id, 1 FROM team WHERE org_id = ${tx.orgId}
      UNION ALL
      SELECT up.id, t.parent_id, up.steps + 1 FROM up JOIN team t ON t.org_id = ${tx.orgId} AND t.id = up.at_id
      WHERE up.id <> up.at_id AND up.steps < 1000
    ) SELECT 1 FROM up WHERE id = at_id LIMIT 1`)
  if (!circle) return
  throw new Refusal({
    code: 'change.changed_since',
    message:
      'Teams have been moved since, so that this team would hang below itself; nothing was undone.',
    next: 'Move the teams in question by hand.',
  })
}

/** Removes records that the change made or brought back, unless something needs them or they were changed since. */
export async function removeCreated(undoing: Undoing): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of order.filter((name) => undoing.tables.has(name))) {
    let total = 0
    // Teams hang below teams: each round takes away the lowest that are left.
    for (;;) {
      const removed = await removeRound(undoing, table)
      total += removed
      if (removed === 0 || table !== 'team') break
    }
    counts[table] = total
    undoing.keep(await undoing.tx.rows<Kept>(stillThere(undoing, table)))
  }
  return counts
}

/** Records that the change made, with all it wrote, and those that it brought back, with their state. */
function made({ tx, changeId }: Undoing, table: RecordTable): RawBuilder<unknown> {
  return sql`SELECT id, first = 1 AS is_new,
      CASE WHEN first = 1 THEN ${defaultsOf(table)}::jsonb || fields ELSE jsonb_build_object('state', fields -> 'state') END AS fields
    FROM (
      SELECT h.entity_id AS id, min(h.version) AS first, jsonb_strip_nulls(jsonb_object_agg(f.key, f.value -> 1 ORDER BY h.version)) AS fields,
        (array_agg(f.value -> 0 ORDER BY h.version) FILTER (WHERE f.key = 'state'))[1] AS state_before
      FROM history h CROSS JOIN LATERAL jsonb_each(h.fields) f
      WHERE h.org_id = ${tx.orgId} AND h.change_id = ${changeId} AND h.entity = ${table} GROUP BY h.entity_id
    ) wrote WHERE first = 1 OR state_before = '"removed"'`
}

/** Whether `t` is still what the change left behind. */
const holds = sql<boolean>`(CASE WHEN m.is_new THEN m.fields = jsonb_strip_nulls(to_jsonb(t) - 'org_id' - 'id' - 'version')
  ELSE to_jsonb(t) @> m.fields END)`

function removeRound(undoing: Undoing, table: RecordTable): Promise<number> {
  const { tx } = undoing
  return tx.run(sql`
    WITH made AS (${made(undoing, table)}),
    held AS (
      SELECT t.id, t.state FROM ${sql.table(table)} t JOIN made m ON m.id = t.id AND ${holds}
      WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' ORDER BY t.id FOR UPDATE OF t
    ),
    updated AS (
      UPDATE ${sql.table(table)} t SET version = t.version + 1, state = 'removed' FROM held h
      WHERE t.org_id = ${tx.orgId} AND t.id = h.id ${unlessNamed(tx.orgId, table)}
      RETURNING t.id, t.version, jsonb_build_object('state', jsonb_build_array(h.state, 'removed')) AS fields
    )
    ${insertHistory(undoing, table)}`)
}

function stillThere(undoing: Undoing, table: RecordTable): RawBuilder<Kept> {
  return sql<Kept>`
    SELECT ${sql.lit(table)} AS entity, t.id, CASE WHEN ${holds} THEN 'referred_to' ELSE 'changed_since' END AS reason
    FROM ${sql.table(table)} t JOIN (${made(undoing, table)}) m ON m.id = t.id
    WHERE t.org_id = ${undoing.tx.orgId} AND t.state <> 'removed'`
}

/** Conditions, each to be met, that no open fact and no record that is not removed names `t`. */
function unlessNamed(orgId: string, table: RecordTable): RawBuilder<unknown> {
  const byFacts = (references[table] ?? []).map(
    (use) => sql`SELECT 1 FROM ${sql.table(use.table)} f WHERE f.org_id = ${orgId}
      AND ${sql.ref(`f.${use.column}`)} = t.id AND f.change_out IS NULL`,
  )
  const byRecords = (recordReferences[table] ?? []).map(
    (use) => sql`SELECT 1 FROM ${sql.table(use.table)} f WHERE f.org_id = ${orgId}
      AND ${sql.ref(`f.${use.column}`)} = t.id AND f.state <> 'removed'`,
  )
  const solo =
    table === 'person'
      ? [sql`SELECT 1 FROM org f WHERE f.org_id = ${orgId} AND f.solo_person_id = t.id`]
      : []
  return sql.join(
    [...byFacts, ...byRecords, ...solo].map((naming) => sql`AND NOT EXISTS (${naming})`),
    sql` `,
  )
}

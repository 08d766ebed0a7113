// Two records that turn out to be one: what refers to the loser moves over, its name and number stay known.
import { type RawBuilder, sql } from 'kysely'
import { type Fields, insertRecord, lockRecord, updateRecord } from './records.ts'
import { writeRecords } from './records-bulk.ts'
import {
  type FactTable,
  facts,
  nameKey,
  numberKey,
  type RecordTable,
  recordReferences,
  records,
  references,
} from './tables.ts'
import type { Tx, WriteTx } from './with-org.ts'

/** Records that are found again by another name or number. */
const aliased: readonly RecordTable[] = [
  'contact',
  'customer',
  'person',
  'product',
  'seller',
  'team',
]

/**
 * Makes `loser` one with `winner`: facts and records that name it name the winner from now on, its
 * names and number become aliases, and it is removed. `fields` are what the winner takes over; its
 * number is never among them: both numbers stay known, and an undo could not swap them back at once.
 */
export async function mergeRecords(
  tx: WriteTx,
  table: RecordTable,
  loser: string,
  winner: string,
  fields: Fields = {},
): Promise<number> {
  // In the order of ids: somebody may be merging the two the other way round.
  const [first, second] = loser < winner ? [loser, winner] : [winner, loser]
  const locked = new Map([
    [first, await lockRecord(tx, table, first)],
    [second, await lockRecord(tx, table, second)],
  ])
  let moved = table === 'team' ? await liftOut(tx, loser, winner) : 0
  for (const { table: fact, column } of references[table] ?? [])
    moved += await moveFacts(tx, fact, column, loser, winner)
  for (const { table: record, column } of recordReferences[table] ?? [])
    moved += await moveRecords(tx, table, record, column, loser, winner)
  await updateRecord(tx, table, loser, { state: 'removed' })
  if (Object.keys(fields).length > 0) await updateRecord(tx, table, winner, fields)
  if (aliased.includes(table)) {
    const [gone, stays] = [locked.get(loser)?.fields ?? {}, locked.get(winner)?.fields ?? {}]
    await keepNames(tx, table, winner, gone, { ...stays, ...fields }, stays)
  }
  return moved
}

/** A team that hangs somewhere below the other takes its place first: it must not come to hang below itself. */
async function liftOut(tx: WriteTx, loser: string, winner: string): Promise<number> {
  const above = await tx.first<{ parent_id: string | null }>(sql`
    WITH RECURSIVE up (id, parent_id, steps) AS (
      SELECT id, parent_id, 0 FROM team WHERE org_id = ${tx.orgId} AND id = ${winner}
      UNION ALL SELECT t.id, t.parent_id, up.steps + 1 FROM up JOIN team t ON t.org_id = ${tx.orgId} AND t.id = up.parent_id WHERE up.steps < 100
    ) SELECT parent_id FROM up WHERE id = ${loser}`)
  if (!above) return 0
  await updateRecord(tx, 'team', winner, { parent_id: above.parent_id })
  return 1
}

async function moveFacts(
  tx: WriteTx,
  fact: FactTable,
  column: string,
  loser: string,
  winner: string,
): Promise<number> {
  const names = facts[fact]
  const list = sql.join(names.map((name) => sql.ref(name)))
  const moved = sql.join(
    names.map((name) => (name === column ? sql`${winner}::uuid` : sql.ref(`c.${name}`))),
  )
  const named = sql`f.org_id = ${tx.orgId} AND f.change_out IS NULL AND ${sql.ref(`f.${column}`)} = ${loser}`
  await tx.run(sql`
    SELECT count(*) FROM (SELECT 1 FROM ${sql.table(fact)} f WHERE ${named} ORDER BY f.id FOR UPDATE) locked`)
  return tx.run(sql`
    WITH closed AS (
      UPDATE ${sql.table(fact)} f SET change_out = ${tx.changeId} WHERE ${named} RETURNING f.*
    )
    INSERT INTO ${sql.table(fact)} (org_id, id, version, change_in, ${list})
    SELECT c.org_id, c.id, c.version + 1, ${tx.changeId}, ${moved} FROM closed c WHERE ${staysAlone(fact, column, winner)}`)
}

/**
 * A seller has one team at a time and a team one lead: where the winner has memberships of its own,
 * those of the loser end instead of doubling every fact.
 */
function staysAlone(fact: FactTable, column: string, winner: string) {
  // Two quotas for the same would be two targets: the winner's holds.
  if (fact === 'quota' && column !== 'decision_id') {
    return sql`NOT EXISTS (
      SELECT 1 FROM quota w WHERE w.org_id = c.org_id AND w.change_out IS NULL AND coalesce(w.seller_id, w.team_id, w.position_id) = ${winner} AND w.metric = c.metric
        AND w.period = c.period AND w.kind = c.kind AND w.narrowing = c.narrowing)`
  }
  if (fact !== 'membership' || column === 'person_id') return sql`true`
  return sql`NOT EXISTS (
    SELECT 1 FROM membership w WHERE w.org_id = c.org_id AND w.change_out IS NULL AND w.kind = c.kind
      AND ${sql.ref(`w.${column}`)} = ${winner}
      AND (${column === 'seller_id' ? sql`true` : sql`w.kind = 'lead'`})
      AND w.valid_from < c.valid_until AND c.valid_from < w.valid_until)`
}

/** Records of `table` that name the record `id` of `of` in `column`. */
function naming(
  tx: Tx,
  of: RecordTable,
  table: RecordTable,
  column: string,
  id: string,
): RawBuilder<unknown> {
  const known: readonly string[] = records[table]
  const kind =
    column === 'entity_id' && known.includes('entity') ? sql`AND x.entity = ${of}` : sql``
  return sql`x.org_id = ${tx.orgId} AND ${sql.ref(`x.${column}`)} = ${id} AND x.state <> 'removed' ${kind}`
}

async function moveRecords(
  tx: WriteTx,
  of: RecordTable,
  table: RecordTable,
  column: string,
  loser: string,
  winner: string,
): Promise<number> {
  const twin = twinOf(table)
  const stays = twin
    ? sql`EXISTS (SELECT 1 FROM ${sql.table(table)} w WHERE w.org_id = x.org_id AND w.state <> 'removed'
        AND ${sql.ref(`w.${column}`)} = ${winner} AND ${twin})`
    : sql`false`
  const { updated } = await writeRecords(tx, table, {
    columns: [column, 'state'],
    source: sql`
      SELECT m.id, false AS touched, CASE WHEN m.twin THEN ${loser}::uuid ELSE ${winner}::uuid END AS ${sql.ref(column)},
        CASE WHEN m.twin THEN 'removed' ELSE m.state END AS state
      FROM (SELECT x.id, x.state, ${stays} AS twin FROM ${sql.table(table)} x
        WHERE ${naming(tx, of, table, column, loser)} ORDER BY x.id OFFSET 0) m`,
  })
  return updated
}

/** What the winner has already, so that the loser's goes instead of standing there twice. */
function twinOf(table: RecordTable): RawBuilder<unknown> | undefined {
  if (table === 'tagging') return sql`w.tag_key COLLATE "C" = x.tag_key`
  if (table === 'price')
    return sql`w.currency = x.currency AND w.valid_from < x.valid_until AND x.valid_from < w.valid_until`
  if (table === 'work_calendar') return sql`w.valid_from = x.valid_from`
  if (table === 'person_role')
    return sql`w.role = x.role AND w.valid_from < x.valid_until AND x.valid_from < w.valid_until`
  return undefined
}

/** Every name and number that is not the winner's own any more means the winner from now on. */
async function keepNames(
  tx: WriteTx,
  table: RecordTable,
  winner: string,
  gone: Fields,
  stays: Fields,
  was: Fields,
): Promise<void> {
  const keys = new Set<string>()
  for (const side of [gone, was]) {
    const name = side.name_key ?? (typeof side.name === 'string' ? nameKey(side.name) : undefined)
    if (typeof name === 'string' && name !== stays.name_key) keys.add(name)
  }
  if (typeof gone.external_id === 'string' && gone.external_source === '')
    keys.add(numberKey(gone.external_id))
  for (const key of keys) {
    const known = await tx.first<{ id: string; entity_id: string | null }>(sql`
      SELECT id, entity_id FROM alias WHERE org_id = ${tx.orgId} AND entity = ${table} AND key COLLATE "C" = ${key} AND state <> 'removed'`)
    if (!known) await insertRecord(tx, 'alias', { entity: table, key, entity_id: winner })
    else if (known.entity_id !== winner)
      await updateRecord(tx, 'alias', known.id, { entity_id: winner, value: null })
  }
}

/** How many facts and records name a record, by their table; those of sales stand beside what made them. */
export async function countNaming(
  tx: Tx,
  table: RecordTable,
  id: string,
): Promise<Record<string, number>> {
  const parts = [
    ...(references[table] ?? []).map(
      (
        use,
      ) => sql`SELECT ${sql.lit(use.table)} AS name, count(*) AS n FROM ${sql.table(use.table)} f
        WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL AND ${sql.ref(`f.${use.column}`)} = ${id}`,
    ),
    ...(recordReferences[table] ?? []).map(
      (
        use,
      ) => sql`SELECT ${sql.lit(use.table)} AS name, count(*) AS n FROM ${sql.table(use.table)} x
        WHERE ${naming(tx, table, use.table, use.column, id)}`,
    ),
  ]
  const rows = await tx.rows<{ name: string; n: number }>(
    sql.join(parts, sql` UNION ALL `) as never,
  )
  return Object.fromEntries(rows.filter((row) => row.n > 0).map((row) => [row.name, row.n]))
}

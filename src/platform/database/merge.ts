// Two records that turn out to be one: facts move over, the losing record goes.
import { sql } from 'kysely'
import { updateRecord } from './records.ts'
import { type FactTable, facts, type RecordTable, references } from './tables.ts'
import type { WriteTx } from './with-org.ts'

/** Makes `loser` one with `winner`: its facts are replaced by ones that name the winner; it is removed. */
export async function mergeRecords(
  tx: WriteTx,
  table: RecordTable,
  loser: string,
  winner: string,
): Promise<number> {
  let moved = 0
  for (const { table: fact, column } of references[table] ?? [])
    moved += await moveFacts(tx, fact, column, loser, winner)
  if (table === 'team') {
    const children = await tx.rows<{ id: string }>(sql`
      SELECT id FROM team WHERE org_id = ${tx.orgId} AND parent_id = ${loser} AND state <> 'removed' ORDER BY id`)
    for (const child of children) await updateRecord(tx, 'team', child.id, { parent_id: winner })
  }
  await updateRecord(tx, table, loser, { state: 'removed' })
  return moved
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
  return tx.run(sql`
    WITH closed AS (
      UPDATE ${sql.table(fact)} f SET change_out = ${tx.changeId}
      WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL AND ${sql.ref(`f.${column}`)} = ${loser} RETURNING f.*
    )
    INSERT INTO ${sql.table(fact)} (org_id, id, version, change_in, ${list})
    SELECT c.org_id, c.id, c.version + 1, ${tx.changeId}, ${moved} FROM closed c WHERE ${staysAlone(fact, column, winner)}`)
}

/**
 * A seller has one team at a time and a team one lead: where the winner has memberships of its own,
 * those of the loser end instead of doubling every fact.
 */
function staysAlone(fact: FactTable, column: string, winner: string) {
  if (fact !== 'membership' || column === 'person_id') return sql`true`
  return sql`NOT EXISTS (
    SELECT 1 FROM membership w WHERE w.org_id = c.org_id AND w.change_out IS NULL AND w.kind = c.kind
      AND ${sql.ref(`w.${column}`)} = ${winner}
      AND (${column === 'seller_id' ? sql`true` : sql`w.kind = 'lead'`})
      AND w.valid_from < c.valid_until AND c.valid_from < w.valid_until)`
}

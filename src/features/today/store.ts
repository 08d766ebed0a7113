// The SQL of the start page: what a person has put off, and the feed; row security shows the own ones alone.
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/with-org.ts'

export interface SnoozeRow {
  id: string
  version: number
  entry_key: string
  until_on: string
}

/** Of the person asking, also those whose day has come. */
export function listSnoozes(tx: Tx): Promise<SnoozeRow[]> {
  return tx.rows<SnoozeRow>(sql`
    SELECT id, version, entry_key, until_on FROM snooze
    WHERE org_id = ${tx.orgId} AND owner_id = ${tx.personId} AND state = 'active'`)
}

export interface FeedRow {
  id: string
  version: number
  made_on: string
}

export function feedOf(tx: Tx): Promise<FeedRow | undefined> {
  return tx.first<FeedRow>(sql`
    SELECT id, version, made_on FROM calendar_feed
    WHERE org_id = ${tx.orgId} AND owner_id = ${tx.personId} AND state = 'active'`)
}

/** Who has the feed with this hash; before an organisation is entered. */
export async function feedWithHash(
  db: Database,
  hash: string,
): Promise<{ orgId: string; personId: string; hash: string } | undefined> {
  const [row] = await db.outside<{ org_id: string; person_id: string; token_hash: string }>(
    sql`SELECT org_id, person_id, token_hash FROM kontor_feed(${hash})`,
  )
  return row && { orgId: row.org_id, personId: row.person_id, hash: row.token_hash }
}

/** Which seller a person is. */
export async function sellerOfPerson(tx: Tx): Promise<{ id: string; name: string } | undefined> {
  return tx.first<{ id: string; name: string }>(sql`
    SELECT s.id, s.name FROM person p JOIN seller s ON s.org_id = p.org_id AND s.id = p.seller_id
    WHERE p.org_id = ${tx.orgId} AND p.id = ${tx.personId} AND p.state = 'active' AND s.state <> 'removed'`)
}

// Closed periods, and what the database knows of time zones.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

export interface PeriodLock {
  id: string
  version: number
  from: string
  until: string
  reason: string
}

/** Closed periods, latest first. */
export async function listPeriodLocks(tx: Tx): Promise<PeriodLock[]> {
  return tx.rows<PeriodLock>(sql`
    SELECT id, version, from_on AS "from", until_on AS until, reason FROM period_lock
    WHERE org_id = ${tx.orgId} AND state = 'active' ORDER BY from_on DESC, id`)
}

/** Whether the database can reckon days in the zone; its list may be older than the program's. */
export async function zoneIsKnown(tx: Tx, zone: string): Promise<boolean> {
  const row = await tx.first<{ known: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE lower(name) = lower(${zone})) AS known`)
  return row?.known ?? false
}

// Folds what writers left behind into the rollups, and refreshes the planner's statistics.
import { sql } from 'kysely'
import type { Actor, Database, Tx } from './with-org.ts'

/** From so many deltas on, reading them along costs more than folding them. */
const worthFolding = 1_000

/** As {@link foldRollups}, where that many are waiting. */
export async function foldWhenMany(db: Database, actor: Actor): Promise<boolean> {
  const waiting = await db.read(actor, (tx) =>
    tx.first<{ n: number }>(sql`
      SELECT count(*) AS n FROM (
        SELECT 1 FROM sale_day_seller_delta WHERE org_id = ${tx.orgId} LIMIT ${worthFolding}) few`),
  )
  return waiting?.n === worthFolding && (await foldRollups(db, actor))
}

/**
 * Folds what writers left behind. False when somebody else is folding: there is nothing to wait for,
 * because a reader adds rollup and deltas in one statement anyway.
 */
export async function foldRollups(db: Database, actor: Actor): Promise<boolean> {
  const folded = await fold(db, actor)
  if (folded) await db.housekeep(actor, refreshStatistics, { long: true })
  return folded
}

/** Statistics of everything, after much was stored at once: without them a full table is planned as an empty one. */
export async function refreshStatistics(tx: Tx): Promise<void> {
  await tx.run(sql`SELECT kontor_analyze()`)
}

async function fold(db: Database, actor: Actor): Promise<boolean> {
  try {
    return await db.housekeep(
      actor,
      async (tx) => {
        const lock = await tx.first<{ mine: boolean }>(
          sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${`fold ${actor.orgId}`}, 0)) AS mine`,
        )
        if (!lock?.mine) return false
        await tx.run(sql`SELECT kontor_fold(${actor.orgId})`)
        return true
      },
      { repeatableRead: true, long: true },
    )
  } catch (error) {
    // The snapshot is older than the lock: a folder that finished in between has taken the same deltas.
    if ((error as { code?: string }).code === '40001') return false
    throw error
  }
}

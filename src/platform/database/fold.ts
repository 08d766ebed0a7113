// After much was written: folds rollup deltas into the rollups and refreshes the planner's statistics.
import { sql } from 'kysely'
import type { Actor, Database } from './with-org.ts'

/**
 * Folds what writers left behind. False when somebody else is folding: there is nothing to wait for,
 * because a reader adds rollup and deltas in one statement anyway.
 */
export async function foldRollups(db: Database, actor: Actor): Promise<boolean> {
  await db.housekeep(actor, (tx) => tx.run(sql`SELECT kontor_analyze()`), { long: true })
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

// Brings the schema up to date: forward only, one transaction per step, as the owner.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { Refusal } from '../../basics/refusal.ts'

export const migrationsFolder = join(import.meta.dirname, '../../../db/migrations')

export interface MigrationStep {
  name: string
  sql: string
  hash: string
}

/** The planned steps in order, from folders `NNNN-<feature>-<what>/up.sql`. */
export async function plannedSteps(folder = migrationsFolder): Promise<MigrationStep[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'up.sql'), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Names of the steps still to be taken; refuses when the database is newer than this program. */
export async function pendingSteps(
  owner: pg.ClientBase,
  folder?: string,
): Promise<MigrationStep[]> {
  const steps = await plannedSteps(folder)
  await owner.query(`CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY, hash text NOT NULL, at timestamptz NOT NULL DEFAULT now())`)
  const { rows } = await owner.query<{ name: string; hash: string }>(
    'SELECT name, hash FROM migration ORDER BY name COLLATE "C"',
  )
  const known = new Map(steps.map((step) => [step.name, step]))
  for (const row of rows) {
    const step = known.get(row.name)
    if (!step) {
      throw new Refusal({
        code: 'data.newer',
        message: `This data was written by a newer Kontor (it knows the step ${row.name}).`,
        next: 'Start the newer version, or restore a backup made by this one.',
      })
    }
    if (step.hash !== row.hash) {
      throw new Refusal({
        code: 'data.step_altered',
        message: `The migration ${row.name} is not the one that made this data.`,
        next: 'Restore db/migrations as released; released steps are never edited.',
      })
    }
  }
  const done = new Set(rows.map((row) => row.name))
  return steps.filter((step) => !done.has(step.name))
}

/**
 * Takes the pending steps, each in a transaction of its own, under a lock so that two processes
 * starting together do not collide. Calls `before` once if there is anything to do in a database
 * that already holds data (the automatic backup).
 */
export async function migrate(
  owner: pg.ClientBase,
  options: { folder?: string; before?: (steps: MigrationStep[]) => Promise<void> } = {},
): Promise<string[]> {
  await owner.query('SELECT pg_advisory_lock($1)', [migrationLock])
  try {
    const pending = await pendingSteps(owner, options.folder)
    const { rows } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM migration')
    if (pending.length > 0 && (rows[0]?.n ?? 0) > 0) await options.before?.(pending)
    for (const step of pending) {
      await owner.query('BEGIN')
      try {
        await owner.query(step.sql)
        await owner.query('INSERT INTO migration (name, hash) VALUES ($1, $2)', [
          step.name,
          step.hash,
        ])
        await owner.query('COMMIT')
      } catch (error) {
        await owner.query('ROLLBACK')
        throw new Error(`Migration ${step.name} failed: ${(error as Error).message}`, {
          cause: error,
        })
      }
    }
    return pending.map((step) => step.name)
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [migrationLock])
  }
}

/** Any constant will do; it must only stay the same. */
const migrationLock = 7_165_011

// Background work on graphile-worker: its tables live in the same database, so a job is written once and survives.
import {
  Logger,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type TaskList,
} from 'graphile-worker'
import pg from 'pg'
import type { Jobs, Line } from './jobs.ts'

/** `signal`: the process is to stop; a task that takes long leaves off then, by throwing, and is run again at the next start. */
export type Task = (payload: Record<string, string>, signal: AbortSignal) => Promise<void>

const quiet = new Logger(() => () => {})

/**
 * Makes or updates the tables of the job queue, as owner, and lets the application role work with
 * them: the queue protects its tables by row security without any policy, which shuts out everybody
 * but their owner.
 */
export async function migrateJobs(owner: pg.PoolConfig): Promise<void> {
  const pool = quietPool(owner, 1)
  try {
    await runMigrations({ pgPool: pool, logger: quiet })
    await pool.query(`
      GRANT USAGE ON SCHEMA graphile_worker TO kontor_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO kontor_app;
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO kontor_app;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO kontor_app;
      DO $$ DECLARE tab text; BEGIN
        FOR tab IN SELECT tablename FROM pg_tables WHERE schemaname = 'graphile_worker' LOOP
          EXECUTE format('DROP POLICY IF EXISTS kontor_jobs ON graphile_worker.%I', tab);
          EXECUTE format('CREATE POLICY kontor_jobs ON graphile_worker.%I TO kontor_app USING (true) WITH CHECK (true)', tab);
        END LOOP;
      END $$`)
  } finally {
    await pool.end()
  }
}

/** When a task runs by itself. */
export interface Regular {
  /** As in a crontab, by UTC. */
  at: string
  /** What fell into so many milliseconds before a start, because nothing ran, is made up for. */
  madeUpMs?: number
  /** Absent: it is short, and waits for nothing. */
  line?: 'long'
}

export interface RunningJobs extends Jobs {
  /** Takes no new tasks, tells those that run to leave off, and waits for them. */
  stop(): Promise<void>
}

/**
 * Starts working. `regular`: tasks that run by themselves. `alone`: no other process works on this database (an embedded one), so jobs that
 * a killed process held are freed at once instead of after hours.
 */
export async function startJobs(
  app: pg.PoolConfig,
  tasks: Readonly<Record<string, Task>>,
  options: {
    alone: boolean
    regular?: Readonly<Record<string, Regular>>
    onError: (error: Error) => void
  },
): Promise<RunningJobs> {
  const pool = quietPool(app, 4, options.onError)
  if (options.alone) {
    await pool.query(`
      UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL WHERE locked_at IS NOT NULL`)
    await pool.query(`
      UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL WHERE locked_at IS NOT NULL`)
  }
  const stopping = new AbortController()
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown) => task(payload as Record<string, string>, stopping.signal),
    ]),
  )
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: parseCronItems(
      Object.entries(options.regular ?? {}).map(([task, { at: match, madeUpMs = 0, line }]) => ({
        task,
        match,
        options: { backfillPeriod: madeUpMs, ...(line ? standing(line, '') : {}) },
      })),
    ),
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 5_000,
    logger: quiet,
  })
  runner.promise.catch(options.onError)
  return {
    add: async (task, payload, key, line) => {
      const place = standing(line, payload.orgId)
      await runner.addJob(task, payload, { jobKey: key, maxAttempts: 3, ...place })
    },
    stop: async () => {
      stopping.abort()
      await runner.stop()
      await pool.end()
    },
  }
}

/** Of one queue one job runs at a time; a lower priority goes first. */
function standing(line: Line, orgId: string): { queueName: string; priority: number } {
  return line === 'changes'
    ? { queueName: orgId, priority: 0 }
    : { queueName: 'long', priority: 10 }
}

function quietPool(
  config: pg.PoolConfig,
  max: number,
  onError: (error: Error) => void = () => {},
): pg.Pool {
  const pool = new pg.Pool({ ...config, max, application_name: 'kontor jobs' })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

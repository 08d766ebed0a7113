// Jobs run as the application role, on a database where the owner made the queue.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { migrateJobs, startJobs } from './worker.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
  await migrateJobs(db.connection.owner)
})
afterAll(() => db.close())

test('a queued job is run once, with its payload', async () => {
  const seen: unknown[] = []
  let done = () => {}
  const ran = new Promise<void>((resolve) => {
    done = resolve
  })
  const jobs = await startJobs(
    db.connection.app,
    {
      greet: async (payload) => {
        seen.push(payload)
        done()
      },
    },
    { alone: true, onError: () => {} },
  )
  await jobs.add('greet', { orgId: 'o', personId: 'p', batch: 'b' }, 'key', 'changes')
  await ran
  await jobs.stop()
  expect(seen).toEqual([{ orgId: 'o', personId: 'p', batch: 'b' }])
})

test('a task that takes long hears that the process is to stop, and runs again at the next start', async () => {
  let begun = () => {}
  const running = new Promise<void>((resolve) => {
    begun = resolve
  })
  const long = (_: unknown, signal: AbortSignal) => {
    begun()
    return new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }
  const jobs = await startJobs(db.connection.app, { long }, { alone: true, onError: () => {} })
  await jobs.add('long', { orgId: 'o', personId: 'p' }, 'long', 'long')
  await running
  await jobs.stop()
  const { rows } = await db.owner.query<{ attempts: number; locked_at: Date | null }>(
    `SELECT attempts, locked_at FROM graphile_worker.jobs WHERE key = 'long'`,
  )
  expect(rows).toEqual([{ attempts: 1, locked_at: null }])
})

test('a job held by a killed process runs again when its database is ours alone', async () => {
  const stopped = await startJobs(db.connection.app, {}, { alone: true, onError: () => {} })
  await stopped.add('late', { orgId: 'o', personId: 'p' }, 'late', 'long')
  await stopped.stop()
  await db.owner.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'dead'`,
  )
  let done = () => {}
  const ran = new Promise<void>((resolve) => {
    done = resolve
  })
  const jobs = await startJobs(
    db.connection.app,
    { late: async () => done() },
    { alone: true, onError: () => {} },
  )
  await ran
  await jobs.stop()
})

test('what changes data waits for no long job, of its own organisation or of others', async () => {
  const release = Promise.withResolvers<void>()
  const begun: string[] = []
  const first = Promise.withResolvers<void>()
  const changed = Promise.withResolvers<void>()
  const jobs = await startJobs(
    db.connection.app,
    {
      count: async ({ orgId }) => {
        begun.push(orgId ?? '')
        first.resolve()
        await release.promise
      },
      change: async () => changed.resolve(),
    },
    { alone: true, onError: () => {} },
  )
  const who = (orgId: string) => ({ orgId, personId: 'p' })
  await jobs.add('count', who('one'), 'count one', 'long')
  await jobs.add('count', who('two'), 'count two', 'long')
  await first.promise
  await jobs.add('change', who('one'), 'change one', 'changes')
  await changed.promise
  expect(begun).toHaveLength(1)
  release.resolve()
  await jobs.stop()
})

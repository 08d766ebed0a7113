// R3: an acknowledged commit is on the disk: the settings say so, and the system calls show it.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test.each(['fsync', 'synchronous_commit', 'full_page_writes'])('%s is on', async (setting) => {
  const { rows } = await db.owner.query<Record<string, string>>(`SHOW ${setting}`)
  expect(rows[0]?.[setting]).toBe('on')
})

/** Attaches to a backend and waits until the tracer says so. */
async function traced(pid: number, file: string): Promise<ChildProcess> {
  const words = ['-p', String(pid), '-o', file, '-e', 'trace=fdatasync,fsync,sendto']
  const tracer = spawn('strace', words, { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    tracer.stderr.on('data', (part) => {
      if (String(part).includes('attached')) resolve()
    })
    tracer.once('close', (code) => reject(new Error(`strace ended with ${code}`)))
  })
  return tracer
}

// Where strace is absent, `npm test` says "not run" (and fails under CI); see scripts/test.ts.
describe.runIf(existsSync('/usr/bin/strace'))('with strace', () => {
  test('the commit is flushed before it is acknowledged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kontor-strace-'))
    const client = new pg.Client(db.connection.owner as pg.ClientConfig)
    await client.connect()
    await client.query('CREATE TABLE flushed (n int)')
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const file = join(folder, 'trace')
    const tracer = await traced(rows[0]?.pid ?? 0, file)
    await client.query('BEGIN')
    await client.query('INSERT INTO flushed VALUES (1)')
    await client.query('COMMIT')
    const ended = new Promise((resolve) => tracer.once('close', resolve))
    await client.end()
    await ended
    const calls = (await readFile(file, 'utf8')).split('\n')
    const acknowledged = calls.findIndex((call) => /^sendto\(.*COMMIT/.test(call))
    const flushed = calls.findIndex((call) => /^(fdatasync|fsync)\(/.test(call))
    expect(acknowledged, calls.join('\n')).toBeGreaterThan(-1)
    expect(flushed, calls.join('\n')).toBeGreaterThan(-1)
    expect(flushed).toBeLessThan(acknowledged)
    await rm(folder, { recursive: true, force: true })
  })
})

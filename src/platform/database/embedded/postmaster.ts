// One PostgreSQL server of one folder: its pid file, its socket folder, starting and stopping it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chown,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readlink,
  rename,
  stat,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../../basics/refusal.ts'
import { errorCode } from '../../files/disk.ts'
import { isAlive } from '../../files/server-file.ts'
import { type Account, asOwner } from './account.ts'
import { memoryBytes, serverSettings } from './settings.ts'

/** Socket paths are cut off by the operating system beyond about this many bytes. */
const socketPathMost = 100
const logKeptBytes = 4 * 1_048_576

/** What PostgreSQL itself wrote into postmaster.pid; Kontor reads that file and never deletes it. */
export interface PidFile {
  pid: number
  socketFolder: string
  port: number
}

export async function readPidFile(postgres: string): Promise<PidFile | undefined> {
  const text = await readFile(join(postgres, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3] ?? 0), socketFolder: (lines[4] ?? '').trim() }
}

/**
 * Whether the process of a pid file is a PostgreSQL of that folder. After a crash or in a copied
 * folder the number may belong to anything. A server we started names the folder among its words
 * (readable even for a root without rights over other users' processes); started by other means,
 * its working folder is the data folder.
 */
export async function isPostmasterOf(pid: number, postgres: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (words.split('\0').includes(postgres)) return true
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => '')
  return place === postgres
}

/**
 * The private folder of the socket. Its name depends on user and data folder only, so that pools
 * find a restarted server; when somebody else holds that name, another is made.
 * @throws Refusal `database.start_failed` when temporary folders have names too long for a socket
 */
export async function prepareSocketFolder(account: Account, postgres: string): Promise<string> {
  const base = await stat('/tmp').then(() => '/tmp', tmpdir)
  const digest = createHash('sha256').update(postgres).digest('hex').slice(0, 12)
  let folder = join(base, `kontor-${account.uid}-${digest}`)
  try {
    await mkdir(folder, { mode: 0o700 })
    if (account.owner) await chown(folder, account.owner.uid, account.owner.gid)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    const found = await lstat(folder)
    if (found.uid === 0 && account.owner && found.isDirectory()) {
      // Root died between making it and giving it away.
      await chown(folder, account.owner.uid, account.owner.gid)
    } else if (!found.isDirectory() || found.uid !== account.uid || (found.mode & 0o077) !== 0) {
      folder = await mkdtemp(join(base, 'kontor-'))
      if (account.owner) await chown(folder, account.owner.uid, account.owner.gid)
    }
  }
  if (Buffer.byteLength(folder) + '/.s.PGSQL.5432'.length > socketPathMost) {
    throw new Refusal({
      code: 'database.start_failed',
      message: `The temporary folder ${base} has too long a name for a socket.`,
      next: 'Set TMPDIR to a shorter path.',
      status: 503,
    })
  }
  return folder
}

/** A server process just started. */
export interface Launched {
  pid: number | undefined
  /** Settles when the process ends before `release`: what it printed. */
  ended: Promise<string>
  /** Whether it has ended. */
  hasEnded(): boolean
}

/**
 * Starts the server in a session of its own, so that Ctrl-C in the terminal reaches Kontor first
 * and Kontor stops it in order. Its messages go to the log file.
 */
export async function launchServer(options: {
  program: string
  account: Account
  postgres: string
  socketFolder: string
  logFile: string
}): Promise<Launched> {
  const { program, account, postgres, socketFolder, logFile } = options
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  )
  if (size > logKeptBytes) await rename(logFile, `${logFile}.1`)
  const log = await open(logFile, 'a', 0o600)
  const start = (await log.stat()).size
  const { env, ...how } = asOwner(account)
  const stale = await stalePid(postgres)
  const child = spawn(program, ['-D', postgres, ...serverSettings(socketFolder, memoryBytes())], {
    ...how,
    // PostgreSQL takes a pid file for a leftover when its number is that of its own ancestors;
    // this is its documented way (pg_ctl) to name one. It still checks the shared memory.
    env: { ...env, ...(stale ? { PG_GRANDPARENT_PID: String(stale) } : {}) },
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  child.unref()
  let ended = false
  const end = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  }).then(() => {
    ended = true
    // Whoever stopped it may have taken the whole folder away since; then there is nothing to tell.
    return readFrom(logFile, start).catch(() => '')
  })
  await log.close()
  return { pid: child.pid, ended: end, hasEnded: () => ended }
}

/** The pid on record if it belongs to a living process that is no server of this folder. */
async function stalePid(postgres: string): Promise<number | undefined> {
  const found = await readPidFile(postgres)
  if (!found || !isAlive(found.pid)) return undefined
  return (await isPostmasterOf(found.pid, postgres)) ? undefined : found.pid
}

async function readFrom(file: string, start: number): Promise<string> {
  const content = await readFile(file)
  return content.subarray(start).toString('utf8')
}

// Kontor's own PostgreSQL: attach to the one that runs on a data folder, or make and start it; the last one out stops it.
import { realpath, rmdir } from 'node:fs/promises'
import pg, { type PoolConfig } from 'pg'
import { Refusal } from '../../../basics/refusal.ts'
import { dataFolderAt, prepareDataFolder } from '../../files/data-folder.ts'
import { type Account, accountOfThisProcess, requireReachable } from './account.ts'
import { createDatabase, lookAtDatabase, writeAccess } from './create.ts'
import {
  isPostmasterOf,
  launchServer,
  type PidFile,
  prepareSocketFolder,
  readPidFile,
} from './postmaster.ts'
import { findPrograms, type Programs } from './program.ts'
import { refusalFromOutput } from './sentences.ts'

/** Everybody who uses the server holds this lock shared; who gets it alone may stop the server. */
const usersLock = [0x4b6f6e74, 1] as const

const lookAgainMs = 15
/** How long a living server may leave us without an answer; recovery after a crash takes a while. */
const patienceMs = 120_000
const sayAfterMs = 3_000
/** How long a connection that has been ended may still be listed; on a busy machine its process waits for its turn. */
const endingMs = 2_000

export interface EmbeddedOptions {
  /** The data folder; need not exist. */
  dataDir: string
  /** Statements run once as superuser when the database is made. */
  extraSql?: readonly string[]
  /** Tests only: make the database without waiting for the disk. */
  initdbWithoutSync?: boolean
  /** Hears one line per notable step. */
  log?: (line: string) => void
  /** Called once when the server goes away while in use. */
  onLost?: () => void
}

export interface Embedded {
  connection: { owner: PoolConfig; app: PoolConfig }
  startedByUs: boolean
  /** The database's folder inside the data folder, without symbolic links. */
  dataDirectory: string
  /** '18.4' */
  serverVersion: string
  /** Ends this use; the last user stops the server. End all pools before. */
  stop(): Promise<{ stopped: boolean }>
}

interface Place {
  account: Account
  programs: Programs
  root: string
  postgres: string
  logFile: string
  log: (line: string) => void
}

/**
 * Makes the data folder usable and its PostgreSQL answer.
 * @throws Refusal with codes data.*, install.damaged, user.unknown, platform.unsupported, disk.full,
 *   database.start_failed
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => {})
  const account = accountOfThisProcess()
  const root = await realpath((await prepareDataFolder(options.dataDir)).root)
  const { postgres, postgresLog } = dataFolderAt(root)
  await requireReachable(account, root)
  const programs = await findPrograms(account, root, log)
  while ((await lookAtDatabase(postgres, programs.major)) === 'nothing') {
    await createDatabase({
      programs,
      account,
      postgres,
      extraSql: options.extraSql ?? [],
      withoutSync: options.initdbWithoutSync ?? false,
      log,
    })
  }
  const place: Place = { account, programs, root, postgres, logFile: postgresLog, log }
  const { keeper, startedByUs, server } = await attachOrStart(place)
  const use = new Use(keeper, place, options.onLost ?? (() => {}))
  return {
    connection: {
      owner: connectionOf(server, 'kontor_owner'),
      app: connectionOf(server, 'kontor_app'),
    },
    startedByUs,
    dataDirectory: postgres,
    serverVersion: programs.version,
    stop: () => use.stop(),
  }
}

function connectionOf({ socketFolder, port }: PidFile, user: string): PoolConfig {
  return { host: socketFolder, port, user, database: 'kontor' }
}

interface Attached {
  keeper: pg.Client
  server: PidFile
}

async function attachOrStart(place: Place): Promise<Attached & { startedByUs: boolean }> {
  const { postgres, log } = place
  const begun = Date.now()
  let startedByUs = false
  let said = false
  for (;;) {
    const server = await readPidFile(postgres)
    const living = server !== undefined && (await isPostmasterOf(server.pid, postgres))
    if (living) {
      const keeper = await tryAttach(server, postgres)
      if (keeper) return { keeper, server, startedByUs }
      if (Date.now() - begun > patienceMs) throw noAnswer(server, place)
      if (!said && Date.now() - begun > sayAfterMs) {
        log('PostgreSQL is getting ready (after a crash it first repeats its log) …')
        said = true
      }
      await pause()
    } else {
      startedByUs = await startServer(place, begun)
    }
  }
}

/** Starts the server and waits until its pid file stands; false when another start was faster. */
async function startServer(place: Place, begun: number): Promise<boolean> {
  const { account, programs, postgres, root, logFile } = place
  await writeAccess(postgres, account)
  const socketFolder = await prepareSocketFolder(account, postgres)
  const launched = await launchServer({
    program: programs.postgres,
    account,
    postgres,
    socketFolder,
    logFile,
  })
  for (;;) {
    if (launched.hasEnded()) {
      const output = await launched.ended
      // Lost a race against another start, or what a killed server left is just being cleared away.
      const passing =
        /lock file "postmaster.pid" already exists|still in use|could not (?:create|bind|write).*(?:socket|\.s\.PGSQL)/
      const scene = { program: 'PostgreSQL', folder: root, account, logFile }
      if (!passing.test(output) || Date.now() - begun > 10_000) {
        throw refusalFromOutput(output, scene)
      }
      await pause()
      return false
    }
    const server = await readPidFile(postgres)
    // The server of another start may stand on record before ours has noticed that it lost the race.
    if (server?.socketFolder && server.pid === launched.pid) return true
    await pause()
  }
}

/** Connects and takes the users' lock; undefined while the server does not take connections. */
async function tryAttach(server: PidFile, postgres: string): Promise<pg.Client | undefined> {
  if (!server.socketFolder) return undefined
  const keeper = new pg.Client({
    host: server.socketFolder,
    port: server.port,
    user: 'kontor_owner',
    database: 'kontor',
    application_name: 'kontor keeper',
    connectionTimeoutMillis: 5_000,
  })
  // Without a listener a broken connection would end the process.
  keeper.on('error', () => {})
  try {
    await keeper.connect()
    const { rows } = await keeper.query<{ data_directory: string }>('SHOW data_directory')
    const served = rows[0]?.data_directory
    if (!served || (await realpath(served)) !== postgres) {
      throw new Error(`the server at ${server.socketFolder} serves ${served}, not ${postgres}`)
    }
    await keeper.query('SELECT pg_advisory_lock_shared($1, $2)', [...usersLock])
    return keeper
  } catch (error) {
    await keeper.end().catch(() => {})
    if (isPassing(error)) return undefined
    throw notLetIn(error, postgres)
  }
}

/** Starting up, shutting down, socket not yet or no longer there, connection cut by a shutdown. */
function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (
    ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300'].includes(
      code ?? '',
    ) || /Connection terminated|timeout/.test(message ?? '')
  )
}

function notLetIn(error: unknown, postgres: string): Error {
  const { code, message } = error as { code?: string; message: string }
  if (code !== '28000' && code !== 'EACCES') return error as Error
  return new Refusal({
    code: 'data.in_use',
    message: `PostgreSQL runs on ${postgres} for another user (${message}).`,
    next: 'Run Kontor as that user, or stop the other one first.',
  })
}

function noAnswer(server: PidFile, { postgres, logFile }: Place): Refusal {
  return new Refusal({
    code: 'data.in_use',
    message: `PostgreSQL (process ${server.pid}) runs on ${postgres} but does not answer at ${server.socketFolder}.`,
    next: `Stop it with: kill -INT ${server.pid} — then start again. ${logFile} says more.`,
    status: 503,
  })
}

function pause(ms = lookAgainMs): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** One process's use of the server, from attaching to leaving. */
class Use {
  #keeper: pg.Client | undefined
  readonly #place: Place
  #leaving: Promise<{ stopped: boolean }> | undefined

  constructor(keeper: pg.Client, place: Place, onLost: () => void) {
    this.#keeper = keeper
    this.#place = place
    keeper.once('end', () => {
      this.#keeper = undefined
      if (!this.#leaving) onLost()
    })
  }

  stop(): Promise<{ stopped: boolean }> {
    this.#leaving ??= this.#leave()
    return this.#leaving
  }

  async #leave(): Promise<{ stopped: boolean }> {
    const { postgres } = this.#place
    const server = await readPidFile(postgres)
    if (!server || !(await isPostmasterOf(server.pid, postgres))) return { stopped: false }
    const keeper = this.#keeper ?? (await tryAttach(server, postgres))
    if (!keeper) return { stopped: false }
    try {
      if (!(await isLast(keeper))) return { stopped: false }
      // Whoever attaches now waits for the lock, is cut off by the shutdown and starts anew.
      process.kill(server.pid, 'SIGINT')
      return { stopped: await this.#hasStopped(server) }
    } finally {
      await keeper.end().catch(() => {})
    }
  }

  async #hasStopped(server: PidFile): Promise<boolean> {
    const { postgres, log, logFile } = this.#place
    const until = Date.now() + patienceMs
    while ((await readPidFile(postgres))?.pid === server.pid) {
      if (Date.now() > until) {
        log(`PostgreSQL (process ${server.pid}) has not stopped yet; ${logFile} says more.`)
        return false
      }
      if (!(await isPostmasterOf(server.pid, postgres))) break
      await pause()
    }
    // The next start makes it anew; one that is just starting keeps it by its socket.
    await rmdir(server.socketFolder).catch(() => {})
    return true
  }
}

/** Nobody else holds the users' lock, and nobody else is connected by other means. */
async function isLast(keeper: pg.Client): Promise<boolean> {
  await keeper.query('SELECT pg_advisory_unlock_shared($1, $2)', [...usersLock])
  const { rows } = await keeper.query<{ alone: boolean }>(
    'SELECT pg_try_advisory_lock($1, $2) AS alone',
    [...usersLock],
  )
  if (!rows[0]?.alone) return false
  const others = `SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
      AND application_name <> 'kontor keeper'`
  for (const until = Date.now() + endingMs; Date.now() < until; await pause()) {
    const { rows: found } = await keeper.query<{ n: number }>(others)
    if (found[0]?.n === 0) return true
  }
  return false
}

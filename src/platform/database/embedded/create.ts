// Makes a new database folder, whole or not at all: it gets its final name only when everything is done.
import {
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../../basics/refusal.ts'
import { errorCode, requireFreeBytes } from '../../files/disk.ts'
import { isAlive } from '../../files/server-file.ts'
import { type Account, type Ran, runAsOwner } from './account.ts'
import type { Programs } from './program.ts'
import { refusalFromOutput } from './sentences.ts'
import { hbaContent, identContent } from './settings.ts'

/** Room for a new database with its first log files, in bytes. */
const newDatabaseBytes = 160 * 1_048_576
const makerDeadAfterMs = 15 * 60_000
const lookAgainMs = 100

export interface CreateOptions {
  programs: Programs
  account: Account
  /** Final folder of the database. */
  postgres: string
  extraSql: readonly string[]
  withoutSync: boolean
  log: (line: string) => void
}

/** What is at the database's place. */
export type Found = 'nothing' | 'database'

/**
 * Looks at the database's place without changing anything.
 * @throws Refusal `data.incomplete`, `data.other_major`, `data.restore_interrupted`
 */
export async function lookAtDatabase(postgres: string, major: number): Promise<Found> {
  const names = await namesIn(postgres)
  if (names === undefined || names.length === 0) {
    await refuseInterruptedRestore(postgres)
    return 'nothing'
  }
  const made = await readFile(join(postgres, 'PG_VERSION'), 'utf8').catch(() => '')
  if (!made || !names.includes('global')) {
    throw new Refusal({
      code: 'data.incomplete',
      message: `${postgres} is not empty, but no complete database either; it was left as it is.`,
      next: 'Move it away or restore a backup with --force.',
    })
  }
  if (made.trim() !== String(major)) {
    throw new Refusal({
      code: 'data.other_major',
      message: `The data in ${postgres} were made by PostgreSQL ${made.trim()}; this Kontor brings PostgreSQL ${major}.`,
      next: 'Use the Kontor they were made with, or name another folder with --data.',
    })
  }
  return 'database'
}

/** Makes the database, or waits for another start that is just making it. */
export async function createDatabase(options: CreateOptions): Promise<void> {
  const { postgres, account, log } = options
  if (await waitForOtherMaker(postgres, log)) return
  await requireFreeBytes(postgres, newDatabaseBytes, 'a new database')
  const draft = `${postgres}.making-${process.pid}`
  await sweepAway(draft)
  log('Making a new database …')
  try {
    await mkdir(draft, { mode: 0o700 })
    if (account.owner) await chown(draft, account.owner.uid, account.owner.gid)
    await fill(draft, options)
    await giveFinalName(draft, postgres)
  } finally {
    await sweepAway(draft)
  }
}

async function fill(draft: string, options: CreateOptions): Promise<void> {
  const { programs, account, extraSql, withoutSync } = options
  const args = ['-D', draft, '-U', 'kontor_super', '--auth-local=peer', '--auth-host=reject']
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8')
  args.push('--data-checksums', ...(withoutSync ? ['--no-sync'] : []))
  requireDone(await runAsOwner(account, programs.initdb, args), 'initdb', options)
  await writeAccess(draft, account)
  const single = async (database: string, statements: readonly string[]) => {
    const settings = ['-c', 'exit_on_error=on', '-c', 'shared_preload_libraries=pg_stat_statements']
    const run = ['--single', '-D', draft, ...settings, database]
    const lines = statements.map((statement) => statement.replaceAll(/\s+/g, ' '))
    const ran = await runAsOwner(account, programs.postgres, run, `${lines.join('\n')}\n`)
    requireDone(ran, 'postgres --single', options)
  }
  await single('postgres', rolesSql)
  await single('kontor', grantsSql)
  if (extraSql.length > 0) await single('postgres', extraSql)
}

const rolesSql = [
  // REPLICATION allows the slot that keeps an online backup's log; nobody can stream, the access file has no line for it.
  'CREATE ROLE kontor_owner LOGIN REPLICATION',
  'CREATE ROLE kontor_app LOGIN',
  'CREATE DATABASE kontor OWNER kontor_owner',
  'GRANT pg_checkpoint, pg_read_all_settings, pg_read_all_stats TO kontor_owner',
  'REVOKE ALL ON DATABASE kontor FROM PUBLIC',
  'GRANT CONNECT ON DATABASE kontor TO kontor_app',
]

const grantsSql = [
  'CREATE EXTENSION pg_stat_statements',
  'GRANT EXECUTE ON FUNCTION pg_backup_start(text, bool), pg_backup_stop(bool) TO kontor_owner',
]

function requireDone(ran: Ran, program: string, { postgres, account }: CreateOptions): void {
  const failed = ran.code !== 0 || /^(?:.*\s)?(?:ERROR|FATAL|PANIC): /m.test(ran.output)
  if (failed) throw refusalFromOutput(ran.output, { program, folder: dirname(postgres), account })
}

/** Writes who may connect, if it differs: a folder copied to another user's machine works there. */
export async function writeAccess(postgres: string, account: Account): Promise<void> {
  const files = { 'pg_hba.conf': hbaContent, 'pg_ident.conf': identContent(account.osUser) }
  for (const [name, content] of Object.entries(files)) {
    const file = join(postgres, name)
    if ((await readFile(file, 'utf8').catch(() => undefined)) === content) continue
    await writeFile(file, content, { mode: 0o600, flush: true })
    if (account.owner) await chown(file, account.owner.uid, account.owner.gid)
  }
}

/** The loser of two makers at once finds a full folder of that name and lets its own go. */
export async function giveFinalName(draft: string, final: string): Promise<void> {
  try {
    await rename(draft, final)
  } catch (error) {
    const code = errorCode(error)
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
  const folder = await open(dirname(final))
  await folder.sync().finally(() => folder.close())
}

/** Sweeps away what dead makers left and waits for a living one; true when the database is there. */
async function waitForOtherMaker(postgres: string, log: (line: string) => void): Promise<boolean> {
  for (let said = false; ; said = true) {
    const others = await livingMakers(postgres)
    if ((await namesIn(postgres))?.length) return true
    if (others === 0) {
      // An empty folder of that name is in nobody's way, but a rename needs it gone on some systems.
      await rmdir(postgres).catch(() => {})
      return false
    }
    if (!said) log('Another start is just making the database; waiting for it …')
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  }
}

async function livingMakers(postgres: string): Promise<number> {
  const root = dirname(postgres)
  const prefix = `${basename(postgres)}.making-`
  let living = 0
  for (const name of (await namesIn(root)) ?? []) {
    if (!name.startsWith(prefix)) continue
    const place = join(root, name)
    const pid = Number(name.slice(prefix.length))
    const age = await stat(place)
      .then(({ mtimeMs }) => Date.now() - mtimeMs)
      .catch(() => 0)
    if (pid !== process.pid && isAlive(pid) && age < makerDeadAfterMs) living++
    // Nothing of the person's can be in it: it was never started as a server.
    else await sweepAway(place)
  }
  return living
}

/**
 * Removes an unfinished folder. The program of a killed start may still write into it for a moment;
 * what then stays is in nobody's way and goes at the next start.
 */
export async function sweepAway(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 }).catch(() => {})
}

async function refuseInterruptedRestore(postgres: string): Promise<void> {
  const root = dirname(postgres)
  const aside = ((await namesIn(root)) ?? [])
    .filter((name) => name.startsWith(`${basename(postgres)}.before-restore-`))
    .sort()
    .at(-1)
  if (!aside) return
  throw new Refusal({
    code: 'data.restore_interrupted',
    message: `A restore into ${root} was interrupted: the data from before it lie in ${join(root, aside)}.`,
    next: `Restore again with --force, or go back: mv ${join(root, aside)} ${postgres}`,
  })
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

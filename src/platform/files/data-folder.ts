// The folder in which one person's or firm's data live: where it is, what it contains, who may enter.
import { randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { isId } from '../../basics/ids.ts'
import { Refusal } from '../../basics/refusal.ts'
import { diskFull, errorCode, isDiskFull } from './disk.ts'

/** Absolute paths of everything in a data folder. */
export interface DataFolder {
  root: string
  /** The database; belongs to the user PostgreSQL runs as. */
  postgres: string
  /** Files on their way in. */
  incoming: string
  backups: string
  serverFile: string
  keyFile: string
  idFile: string
  postgresLog: string
}

/** What the choice of a folder depends on besides `--data`. */
export interface Surroundings {
  env: Record<string, string | undefined>
  /** User id; absent where the system has none. */
  uid?: number
  home: string
  cwd: string
}

/**
 * The data folder to use: `--data`, else `KONTOR_DATA`, else the usual place of this user. Root's
 * home may not be entered by the user PostgreSQL runs as, therefore root gets a system folder.
 */
export function chooseDataDir(given: string | undefined, around = surroundings()): string {
  const named = given || around.env.KONTOR_DATA
  if (named) return resolve(around.cwd, named)
  if (around.uid === 0) return '/var/lib/kontor'
  const dataHome = around.env.XDG_DATA_HOME
  return dataHome && isAbsolute(dataHome)
    ? join(dataHome, 'kontor')
    : join(around.home, '.local', 'share', 'kontor')
}

function surroundings(): Surroundings {
  const uid = process.getuid?.()
  const around = { env: process.env, home: homedir(), cwd: process.cwd() }
  return uid === undefined ? around : { ...around, uid }
}

/** Paths only; touches nothing. */
export function dataFolderAt(root: string): DataFolder {
  const full = resolve(root)
  return {
    root: full,
    postgres: join(full, 'postgres'),
    incoming: join(full, 'incoming'),
    backups: join(full, 'backups'),
    serverFile: join(full, 'server.json'),
    keyFile: join(full, 'key'),
    idFile: join(full, 'id'),
    postgresLog: join(full, 'postgres.log'),
  }
}

/**
 * Makes the folder and its parts where missing. A normal user's folder is closed to everybody
 * else; root's may be passed through (not listed), so that PostgreSQL's user reaches its part.
 * @throws Refusal `data.not_writable`, `disk.full`
 */
export async function prepareDataFolder(root: string): Promise<DataFolder> {
  const folder = dataFolderAt(root)
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    const made = await mkdir(folder.root, { recursive: true, mode })
    // The umask may have closed what was just made, and a given folder may be closed to passers-by.
    for (let place = folder.root; made && place.startsWith(made); place = dirname(place)) {
      await chmod(place, mode)
    }
    const found = (await stat(folder.root)).mode & 0o777
    if (found !== mode && (found & ~mode) === 0) await chmod(folder.root, mode)
    for (const part of [folder.incoming, folder.backups]) {
      await mkdir(part, { recursive: true, mode: 0o700 })
    }
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(folder.root)
    throw notWritable(folder.root, error)
  }
  return folder
}

/** The stable identity (UUID) of the data in the folder, made at the first call. */
export async function dataId(folder: DataFolder): Promise<string> {
  const id = await readOrMake(folder.root, folder.idFile, () => randomUUID())
  if (!isId(id)) {
    throw new Refusal({
      code: 'data.incomplete',
      message: `${folder.idFile} does not hold an id.`,
      next: 'Delete that one file; Kontor makes a new one.',
    })
  }
  return id
}

/**
 * Content of a small private file, made when absent. The name appears only with its whole content
 * (link fails if somebody else was first), so two starts at once agree.
 */
export async function readOrMake(root: string, file: string, make: () => string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw notWritable(root, error)
  }
  const draft = `${file}.${process.pid}.${randomUUID().slice(0, 8)}`
  try {
    await writeFile(draft, `${make()}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, file).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error
    })
  } catch (error) {
    throw isDiskFull(error) ? diskFull(root) : notWritable(root, error)
  } finally {
    await unlink(draft).catch(() => {})
  }
  return (await readFile(file, 'utf8')).trim()
}

/** The refusal for a folder that this user may not use. */
export function notWritable(root: string, error: unknown): Refusal {
  return new Refusal({
    code: 'data.not_writable',
    message: `Kontor cannot use the data folder ${root}: ${(error as Error).message}.`,
    next: 'Start Kontor as the user who owns that folder, or name another one with --data.',
  })
}

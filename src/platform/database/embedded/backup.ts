// Backup of the running database into one file, while people go on writing.
import {
  access,
  type FileHandle,
  open,
  opendir,
  readdir,
  realpath,
  rename,
  rm,
} from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import pg from 'pg'
import { Refusal } from '../../../basics/refusal.ts'
import { diskFull, errorCode, isDiskFull } from '../../files/disk.ts'
import { type ArchiveWriter, writeArchive } from './archive.ts'
import { type BackupManifest, contentFolder, manifestName } from './read-backup.ts'
import type { Embedded } from './start.ts'

export interface BackupSummary {
  file: string
  bytes: number
  files: number
  startLsn: string
  stopLsn: string
  takenAt: string
}

export interface BackupOptions {
  embedded: Pick<Embedded, 'connection' | 'dataDirectory'>
  /** Must not exist yet. */
  file: string
  /** Kept in the manifest: version of Kontor, id of the data … */
  about?: Record<string, string>
  log?: (line: string) => void
}

const readBytes = 262_144

/** Folders whose contents a start makes anew; they stay as empty folders (PostgreSQL manual, 25.3). */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
const leftOut =
  /^(?:postmaster\.(?:pid|opts)|postgresql\.auto\.conf\.tmp|pg_internal\.init.*|pgsql_tmp.*|backup_label|tablespace_map)$/

/**
 * Takes a backup online (`pg_backup_start`/`pg_backup_stop` in one session); a slot keeps the log
 * that was written meanwhile. The file gets its name when it is complete and on the disk.
 * @throws Refusal `backup.exists`, `backup.not_writable`, `disk.full`
 */
export async function backupEmbedded(options: BackupOptions): Promise<BackupSummary> {
  const { embedded, file } = options
  const draft = `${file}.partial-${process.pid}`
  await refuseExisting(file)
  let archive: ArchiveWriter | undefined
  const client = new pg.Client({ ...embedded.connection.owner, application_name: 'kontor backup' })
  // A lost connection fails the next query, which says so.
  client.on('error', () => {})
  try {
    archive = await writeArchive(draft)
    await client.connect()
    const manifest = await fill(archive, client, options)
    const bytes = await archive.close()
    await refuseExisting(file)
    await rename(draft, file)
    await sync(dirname(file))
    const { startLsn, stopLsn, takenAt, files } = manifest
    return { file, bytes, files: files.length, startLsn, stopLsn, takenAt }
  } catch (error) {
    archive?.abandon()
    if (isDiskFull(error)) throw diskFull(file, 'for the backup')
    throw unwritable(error, file)
  } finally {
    await rm(draft, { force: true })
    await client.end().catch(() => {})
  }
}

async function fill(
  archive: ArchiveWriter,
  client: pg.Client,
  { embedded, about = {}, log = () => {} }: BackupOptions,
): Promise<BackupManifest> {
  const root = embedded.dataDirectory
  const one = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
    const { rows } = await client.query<Row>(text, values)
    const [row] = rows
    if (!row) throw new Error(`no answer to: ${text}`)
    return row
  }
  const { version, place } = await one<{ version: string; place: string }>(
    "SELECT current_setting('server_version_num') AS version, current_setting('data_directory') AS place",
  )
  if ((await realpath(place)) !== (await realpath(root)))
    throw new Error(`the server serves ${place}, not ${root}`)
  const slot = `kontor_backup_${process.pid}_${Date.now()}`
  await client.query('SELECT pg_create_physical_replication_slot($1, true, true)', [slot])
  const { lsn: startLsn } = await one<{ lsn: string }>(
    "SELECT pg_backup_start('kontor', true)::text AS lsn",
  )
  log('Backing up …')
  const files: BackupManifest['files'] = []
  const add = async (name: string) => {
    const found = await addFile(archive, root, name)
    if (found) files.push(found)
  }
  for await (const { name, kind } of walk(root)) {
    if (kind === 'folder') await archive.folder(`${contentFolder}/${name}`)
    // Last, as it says from where the log is repeated.
    else if (name !== 'global/pg_control') await add(name)
  }
  await add('global/pg_control')
  const stop = await one<{ lsn: string; label: string; last: string; at: Date }>(
    'SELECT lsn::text, labelfile AS label, pg_walfile_name(lsn) AS last, clock_timestamp() AS at FROM pg_backup_stop(false)',
  )
  const label = await archive.text(`${contentFolder}/backup_label`, stop.label)
  files.push({ name: 'backup_label', ...label })
  for (const name of await logFiles(root, stop.label, stop.last)) await add(`pg_wal/${name}`)
  const manifest: BackupManifest = {
    format: 1,
    postgres: Math.floor(Number(version) / 10_000),
    takenAt: new Date(stop.at).toISOString(),
    startLsn,
    stopLsn: stop.lsn,
    about,
    files,
  }
  await archive.text(manifestName, JSON.stringify(manifest))
  return manifest
}

/** Everything that belongs into a backup except the log, folders before what is in them. */
async function* walk(
  root: string,
  folder = '',
): AsyncGenerator<{ name: string; kind: 'file' | 'folder' }> {
  for await (const entry of await opendir(join(root, folder))) {
    if (leftOut.test(entry.name)) continue
    const name = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      yield { name, kind: 'folder' }
      if (!emptied.has(name)) yield* walk(root, name)
    } else if (entry.isFile()) yield { name, kind: 'file' }
    else throw new Error(`${join(root, name)} lies outside the data folder and cannot be backed up`)
  }
}

/** A file that went away meanwhile is skipped: repeating the log removes or makes it. */
async function addFile(
  archive: ArchiveWriter,
  root: string,
  name: string,
): Promise<BackupManifest['files'][number] | undefined> {
  const path = join(root, name)
  const source = await open(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (!source) return undefined
  try {
    const { size } = await source.stat()
    const { sha256 } = await archive.file(`${contentFolder}/${name}`, size, contentOf(source))
    return { name: relative(root, path), size, sha256 }
  } finally {
    await source.close()
  }
}

async function* contentOf(source: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    // A new buffer each time: the packer still holds the one before.
    const { bytesRead, buffer } = await source.read(Buffer.allocUnsafe(readBytes), 0, readBytes)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** Names of the log files from the label's first to the last, without a gap. */
async function logFiles(root: string, label: string, last: string): Promise<string[]> {
  const first = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/m.exec(label)?.[1]
  if (!first) throw new Error('the backup label names no log file')
  const names = (await readdir(join(root, 'pg_wal')))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
    .sort()
  if (names[0] !== first || names.at(-1) !== last) {
    throw new Error(`log files ${first} to ${last} are no longer all there`)
  }
  return names
}

async function refuseExisting(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (there) {
    throw new Refusal({
      code: 'backup.exists',
      message: `${file} exists already.`,
      next: 'Name another file.',
    })
  }
}

function unwritable(error: unknown, file: string): unknown {
  if (!['ENOENT', 'EACCES', 'EROFS', 'ENOTDIR', 'EPERM'].includes(errorCode(error) ?? ''))
    return error
  return new Refusal({
    code: 'backup.not_writable',
    message: `The backup cannot be written to ${file}: ${(error as Error).message}.`,
    next: 'Name a file in a folder that exists and that you may write in.',
  })
}

/** Makes a file, or a new name in a folder, survive a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path)
  await handle.sync().finally(() => handle.close())
}

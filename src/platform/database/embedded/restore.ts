// Puts a backup in place: unpacked beside the old data, checked, and only then given their name.
import { chown, lstat, mkdir, open, readdir, realpath, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../../basics/refusal.ts'
import { dataFolderAt, prepareDataFolder } from '../../files/data-folder.ts'
import { diskFull, errorCode, isDiskFull, requireFreeBytes } from '../../files/disk.ts'
import { isAlive } from '../../files/server-file.ts'
import { accountOfThisProcess, requireReachable } from './account.ts'
import { sync } from './backup.ts'
import { sweepAway } from './create.ts'
import { isPostmasterOf, readPidFile } from './postmaster.ts'
import { findPrograms } from './program.ts'
import { type BackupManifest, inspectBackup, readBackup } from './read-backup.ts'

export interface RestoreOptions {
  file: string
  /** Data folder to restore into. */
  dataDir: string
  /** Move data that are there aside instead of refusing. */
  force?: boolean
  log?: (line: string) => void
}

export interface Restored {
  manifest: BackupManifest
  /** Where the data from before lie now. */
  movedAside?: string
}

/**
 * Restores a backup. Until it is unpacked, checked and on the disk, nothing that was there changes.
 * @throws Refusal `backup.not_found`, `backup.damaged`, `backup.other_major`,
 *   `backup.target_not_empty`, `backup.target_running`, `disk.full` and those of the data folder
 */
export async function restoreEmbedded(options: RestoreOptions): Promise<Restored> {
  const { file, dataDir, force = false, log = () => {} } = options
  const account = accountOfThisProcess()
  log('Checking the backup …')
  const { files, postgres: major } = await inspectBackup(file)
  const root = await realpath((await prepareDataFolder(dataDir)).root)
  const { postgres } = dataFolderAt(root)
  await requireReachable(account, root)
  const programs = await findPrograms(account, root, log)
  if (programs.major !== major) {
    throw new Refusal({
      code: 'backup.other_major',
      message: `${file} was made by PostgreSQL ${major}; this Kontor brings PostgreSQL ${programs.major}.`,
      next: 'Restore it with the Kontor it was made with.',
    })
  }
  const occupied = await refuseTarget(postgres, force)
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  await requireFreeBytes(root, bytes, 'the restored data')
  const draft = `${postgres}.restoring-${process.pid}`
  try {
    await sweepRestores(postgres)
    log('Unpacking …')
    const manifest = await unpack(file, draft, account.owner)
    await refuseTarget(postgres, force)
    return { manifest, ...(await swap(draft, postgres, occupied)) }
  } catch (error) {
    throw isDiskFull(error) ? diskFull(root, 'for the restored data') : error
  } finally {
    await sweepAway(draft)
  }
}

/** Removes what killed restores left half-unpacked. */
async function sweepRestores(postgres: string): Promise<void> {
  const prefix = `${basename(postgres)}.restoring-`
  for (const name of await readdir(dirname(postgres))) {
    const pid = Number(name.slice(prefix.length))
    const ours = name.startsWith(prefix) && (pid === process.pid || !isAlive(pid))
    if (ours) await sweepAway(join(dirname(postgres), name))
  }
}

/** @returns whether data are there */
async function refuseTarget(postgres: string, force: boolean): Promise<boolean> {
  const server = await readPidFile(postgres)
  if (server && (await isPostmasterOf(server.pid, postgres))) {
    throw new Refusal({
      code: 'backup.target_running',
      message: `Kontor runs on ${dirname(postgres)}.`,
      next: 'Stop it first, or restore into another folder with --data.',
    })
  }
  const names = await readdir(postgres).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
  if (names.length > 0 && !force) {
    throw new Refusal({
      code: 'backup.target_not_empty',
      message: `${dirname(postgres)} holds data already.`,
      next: 'Name an empty folder with --data, or add --force: the data there are moved aside, not deleted.',
    })
  }
  return names.length > 0
}

type Owner = { uid: number; gid: number } | undefined

async function unpack(file: string, draft: string, owner: Owner): Promise<BackupManifest> {
  const folders = new Set<string>()
  const written: string[] = []
  const makeFolder = async (path: string) => {
    if (folders.has(path)) return
    await mkdir(path, { mode: 0o700, recursive: true })
    if (owner) await chown(path, owner.uid, owner.gid)
    folders.add(path)
  }
  await makeFolder(draft)
  const manifest = await readBackup(
    file,
    async (name, _size, content) => {
      const path = join(draft, name)
      await makeFolder(dirname(path))
      const target = await open(path, 'wx', 0o600)
      try {
        for await (const bytes of content) await target.writeFile(bytes)
        if (owner) await target.chown(owner.uid, owner.gid)
        written.push(path)
      } finally {
        await target.close()
      }
    },
    (name) => makeFolder(join(draft, name)),
  )
  await syncAll([...written, ...folders])
  return manifest
}

/** Waits for the disk for many files, several at a time: most of them share a write of its log. */
async function syncAll(paths: readonly string[]): Promise<void> {
  const left = paths.values()
  const worker = async () => {
    for (const path of left) await sync(path)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

async function swap(
  draft: string,
  postgres: string,
  occupied: boolean,
): Promise<{ movedAside?: string }> {
  const root = dirname(postgres)
  const movedAside = occupied ? await freeName(`${postgres}.before-restore-${stamp()}`) : undefined
  if (movedAside) await rename(postgres, movedAside)
  await rename(draft, postgres)
  await sync(root)
  return movedAside ? { movedAside } : {}
}

function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
}

async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    const taken = await lstat(name).then(
      () => true,
      () => false,
    )
    if (!taken) return name
  }
}

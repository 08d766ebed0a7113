// Reads a backup file and believes it only when every byte is as it was written.
import { createHash } from 'node:crypto'
import { Refusal } from '../../../basics/refusal.ts'
import { errorCode } from '../../files/disk.ts'
import { checkWhole, Damaged, readArchive } from './archive.ts'

/** Last entry of a backup: what it is and every file in it. */
export interface BackupManifest {
  format: 1
  /** Major version of the PostgreSQL that made it. */
  postgres: number
  /** Instant at which the state was taken; later writes are not in it. */
  takenAt: string
  startLsn: string
  stopLsn: string
  about: Record<string, string>
  files: { name: string; size: number; sha256: string }[]
}

export const manifestName = 'manifest.json'
/** Folder of the archive that holds the database. */
export const contentFolder = 'postgres'

/**
 * Reads a backup to its end and checks every file in it.
 * @throws Refusal `backup.not_found`, `backup.damaged`
 */
export async function inspectBackup(file: string): Promise<BackupManifest> {
  return readBackup(file, async (_name, _size, content) => {
    for await (const _bytes of content);
  })
}

/**
 * Reads a backup to its end. `eachFile` must consume the content it is given; what it did counts
 * only when this returns, for only then is everything known to be unchanged.
 * @throws Refusal `backup.not_found`, `backup.damaged`
 */
export async function readBackup(
  file: string,
  eachFile: (name: string, size: number, content: AsyncIterable<Uint8Array>) => Promise<void>,
  eachFolder: (name: string) => Promise<void> = async () => {},
): Promise<BackupManifest> {
  try {
    return await readChecked(file, eachFile, eachFolder)
  } catch (error) {
    if (error instanceof Damaged) {
      throw new Refusal({
        code: 'backup.damaged',
        message: `${file} is no whole and unchanged backup: ${error.message}.`,
        next: 'Use another backup; nothing was touched.',
      })
    }
    if (
      errorCode(error) === 'ENOENT' ||
      errorCode(error) === 'EISDIR' ||
      errorCode(error) === 'EACCES'
    ) {
      throw new Refusal({
        code: 'backup.not_found',
        message: `The backup ${file} cannot be read: ${(error as Error).message}.`,
      })
    }
    throw error
  }
}

async function readChecked(
  file: string,
  eachFile: (name: string, size: number, content: AsyncIterable<Uint8Array>) => Promise<void>,
  eachFolder: (name: string) => Promise<void>,
): Promise<BackupManifest> {
  const packed = await checkWhole(file)
  const found = new Map<string, string>()
  let manifest: BackupManifest | undefined
  for await (const entry of readArchive(file, packed)) {
    if (manifest) throw new Damaged('something follows its list of files')
    const hashed = hashedContent(entry.content)
    if (entry.name === manifestName) manifest = parseManifest(await textOf(hashed.content))
    else if (!entry.name.startsWith(`${contentFolder}/`))
      throw new Damaged(`it contains ${entry.name}`)
    else {
      const name = entry.name.slice(contentFolder.length + 1)
      if (entry.kind === 'folder') await eachFolder(name)
      else {
        await eachFile(name, entry.size, hashed.content)
        found.set(name, hashed.digest())
      }
    }
  }
  if (!manifest) throw new Damaged('its list of files is missing')
  if (manifest.files.length !== found.size) throw new Damaged('files are missing or too many')
  for (const { name, sha256 } of manifest.files) {
    if (found.get(name) !== sha256) throw new Damaged(`${name} is missing or altered`)
  }
  return manifest
}

function hashedContent(content: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  const through = async function* () {
    for await (const bytes of content) {
      hash.update(bytes)
      yield bytes
    }
  }
  return { content: through(), digest: () => hash.digest('hex') }
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const bytes of content) parts.push(bytes)
  return Buffer.concat(parts).toString('utf8')
}

function parseManifest(text: string): BackupManifest {
  try {
    const found = JSON.parse(text) as BackupManifest
    if (found.format === 1 && Number.isSafeInteger(found.postgres) && Array.isArray(found.files))
      return found
  } catch {
    throw new Damaged('its list of files cannot be read')
  }
  throw new Damaged('it was made by another version of Kontor')
}

// `kontor export --all FOLDER` and `kontor import --all FOLDER`: everything out as files, everything in again.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../basics/refusal.ts'
import { type Manifest, manifest, manifestName } from '../features/trust/manifest.ts'
import { openZip, type Zip } from '../platform/files/unzip.ts'
import { type ZipEntry, zipStream } from '../platform/files/zip-out.ts'
import { connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit } from './output.ts'

const limits = { packed: 8_000_000_000, unpacked: 100_000_000_000, entries: 1_000 }
const readmeName = 'README.md'

/** Files of an export, in the order in which they are written. */
function namesIn({ tables }: Manifest): string[] {
  return [readmeName, ...tables.flatMap((table) => [table.file, table.schema]), manifestName]
}

/** Writes everything the organisation holds into an empty folder. */
export async function exportWhole(folder: string, options: Common): Promise<number> {
  await requireEmpty(folder)
  const connection = await connect(options)
  const archive = join(folder, '.archive.zip')
  try {
    await pipeline(await connection.open('trust.export', {}), createWriteStream(archive))
    const contents = await unpackAll(archive, folder)
    if (options.json) answer(contents)
    else {
      const rows = contents.tables.reduce((sum, table) => sum + table.rows, 0)
      answer(
        `Exported to ${folder}: ${contents.tables.length} tables, ${rows} rows, revision ${contents.head.revision}.`,
      )
    }
    return exit.done
  } finally {
    await rm(archive, { force: true })
    await connection.close()
  }
}

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length === 0) return
  throw new Refusal({
    code: 'export.folder_not_empty',
    message: `${folder} is not empty.`,
    next: 'Name a new folder.',
  })
}

async function unpackAll(archive: string, folder: string): Promise<Manifest> {
  const zip = await openZip(archive, limits)
  try {
    const contents = manifest.parse(JSON.parse((await whole(zip, manifestName)).toString('utf8')))
    for (const name of namesIn(contents)) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await pipeline(zip.read(name), createWriteStream(path, { mode: 0o600 }))
    }
    return contents
  } finally {
    await zip.close()
  }
}

async function whole(zip: Zip, name: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of zip.read(name)) parts.push(part)
  return Buffer.concat(parts)
}

/** Takes in what {@link exportWhole} wrote, or the archive that the page gives. */
export async function importWhole(path: string, options: Common): Promise<number> {
  const place = await mkdtemp(join(tmpdir(), 'kontor-'))
  try {
    const found = await stat(path).catch(() => undefined)
    if (!found) throw noExport(path)
    const file = found.isDirectory() ? await packed(path, join(place, 'export.zip')) : path
    const connection = await connect(options)
    try {
      const done = await connection.call('trust.restore', {}, { file })
      if (options.json) answer(done)
      else {
        const rows = done.tables.reduce((sum, table) => sum + table.rows, 0)
        answer(
          `Imported ${done.name || 'the organisation'}: ${rows} rows, now at revision ${done.revision}.`,
        )
      }
      return exit.done
    } finally {
      await connection.close()
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function packed(folder: string, file: string): Promise<string> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined)
  if (text === undefined) throw noExport(folder)
  const contents = manifest.parse(JSON.parse(text))
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const name of namesIn(contents)) {
      yield { name, content: createReadStream(join(folder, name)) }
    }
  }
  await pipeline(zipStream(entries(), 'wide'), createWriteStream(file, { mode: 0o600 }))
  return file
}

function noExport(path: string): Refusal {
  return new Refusal({
    code: 'export.not_found',
    message: `There is no full export at ${path}.`,
    next: 'Name the folder that “kontor export --all” wrote, or the archive from the page.',
  })
}

// A full export on its way in: written to the data folder, judged, and its rows staged; nothing is left behind.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../basics/refusal.ts'
import { diskFull, isDiskFull, requireFreeBytes } from '../../platform/files/disk.ts'
import { openZip, type Zip, ZipFault } from '../../platform/files/unzip.ts'
import { CsvBroken, losslessRows } from './calc/lossless-csv.ts'
import type { ExportedColumn } from './calc/row-schema.ts'
import {
  formatVersion,
  type Manifest,
  type ManifestTable,
  manifest,
  manifestName,
} from './manifest.ts'
import { stagedLine } from './store-restore.ts'

export const archiveBytesMax = 8_000_000_000
const limits = { packed: archiveBytesMax, unpacked: 100_000_000_000, entries: 1_000 }
const manifestBytesMax = 5_000_000
/** Room that has to be there before anything is taken in. */
const roomAtLeast = 64 * 1024 * 1024

const placeOf = (dataDir: string) => join(dataDir, 'incoming', 'full-exports')

/** Removes what a crash has left behind. */
export async function sweepArchives(dataDir: string): Promise<void> {
  await rm(placeOf(dataDir), { recursive: true, force: true })
}

/** Writes the stream to a file, lets `work` read it, and removes it whatever comes of it. */
export async function withArchive<T>(
  dataDir: string,
  id: string,
  body: NodeJS.ReadableStream,
  signal: AbortSignal,
  work: (zip: Zip) => Promise<T>,
): Promise<T> {
  await mkdir(placeOf(dataDir), { recursive: true, mode: 0o700 })
  await requireFreeBytes(dataDir, roomAtLeast, 'a full export')
  const file = join(placeOf(dataDir), `${id}.zip`)
  try {
    await pipeline(body, createWriteStream(file, { mode: 0o600, flush: true }), { signal })
    const zip = await openZip(file, limits)
    try {
      return await work(zip)
    } finally {
      await zip.close()
    }
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(dataDir)
    throw error instanceof ZipFault ? broken(error.message) : error
  } finally {
    await rm(file, { force: true })
  }
}

export async function readManifest(zip: Zip): Promise<Manifest> {
  if ((zip.size(manifestName) ?? 0) > manifestBytesMax) throw broken('its manifest is too large')
  const parts: Uint8Array[] = []
  for await (const part of zip.read(manifestName)) parts.push(part)
  let content: unknown
  try {
    content = JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw broken('its manifest cannot be read')
  }
  const read = manifest.safeParse(content)
  if (!read.success) throw broken('its manifest is not that of a full export')
  if (read.data.formatVersion > formatVersion) throw newer(`form ${read.data.formatVersion}`)
  return read.data
}

/** Names of the columns of a table as its file begins, each known here; refuses `trust.export_newer`. */
function knownColumns(
  table: ManifestTable,
  header: readonly (string | null)[],
  known: ReadonlyMap<string, ExportedColumn[]>,
): ExportedColumn[] {
  const columns = known.get(table.name)
  if (!columns) throw newer(`the table ${table.name}`)
  return header.map((name) => {
    const column = columns.find((one) => one.name === name)
    if (!column) throw newer(`the column ${table.name}.${name ?? ''}`)
    return column
  })
}

/** Everything the archive holds as lines for staging; `columns` is filled with what each table brings. */
export async function* stagedLines(
  zip: Zip,
  { tables }: Manifest,
  known: ReadonlyMap<string, ExportedColumn[]>,
  key: { orgId: string; runId: string },
  columns: Record<string, string[]>,
): AsyncGenerator<string> {
  for (const table of tables) {
    let found: ExportedColumn[] | undefined
    let rows = 0
    for await (const row of rowsOf(zip, table)) {
      if (!found) {
        found = knownColumns(table, row, known)
        columns[table.name] = found.map((column) => column.name)
        continue
      }
      if (row.length !== found.length)
        throw broken(`row ${rows + 1} of ${table.name} has ${row.length} cells`)
      rows += 1
      yield stagedLine({ ...key, table: table.name }, found, row)
    }
    if (rows !== table.rows)
      throw broken(`${table.name} has ${rows} rows, and ${table.rows} were written`)
  }
}

async function* rowsOf(zip: Zip, table: ManifestTable) {
  const hash = createHash('sha256')
  async function* text() {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for await (const part of zip.read(table.file)) {
      hash.update(part)
      yield decoder.decode(part, { stream: true })
    }
    yield decoder.decode()
  }
  try {
    yield* losslessRows(text())
  } catch (error) {
    if (error instanceof CsvBroken) throw broken(`${table.name}: ${error.message}`)
    throw error instanceof TypeError ? broken(`${table.name} is not UTF-8`) : error
  }
  if (hash.digest('hex') !== table.sha256) throw broken(`${table.name} was altered`)
}

export function broken(why: string): Refusal {
  return new Refusal({
    code: 'trust.export_broken',
    message: `The export is not what was written: ${why}. Nothing was stored.`,
    next: 'Export again where it came from, and import that.',
    status: 422,
  })
}

function newer(what: string): Refusal {
  return new Refusal({
    code: 'trust.export_newer',
    message: `The export was written by a newer Kontor: ${what} is not known here.`,
    next: 'Update Kontor here, then import again.',
    status: 422,
  })
}

// A table becomes a file in the data folder and is sent from there: read in one revision, refused before anything is sent.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../basics/refusal.ts'
import { writeCsv } from '../../platform/files/csv-out.ts'
import { diskFull, isDiskFull, requireFreeBytes } from '../../platform/files/disk.ts'
import type { OutColumn, OutRow, OutRows } from '../../platform/files/table-out.ts'
import { writeXlsx } from '../../platform/files/xlsx-out.ts'
import { type ExportFormat, exportRowsMost } from './contract.ts'

/** Room that has to be there before anything is written. */
const roomAtLeast = 64 * 1024 * 1024

const placeOf = (dataDir: string) => join(dataDir, 'outgoing', 'tables')

/** Removes what a crash has left behind. */
export async function sweepTables(dataDir: string): Promise<void> {
  await rm(placeOf(dataDir), { recursive: true, force: true })
}

export interface FileWanted {
  dataDir: string
  id: string
  format: ExportFormat
  title: string
  columns: readonly OutColumn[]
  rows: OutRows
  signal: AbortSignal
}

/** Writes the whole file and gives its path; leaves nothing behind when that fails. */
export async function writeTable(wanted: FileWanted): Promise<string> {
  const { dataDir, format, columns, signal } = wanted
  await mkdir(placeOf(dataDir), { recursive: true, mode: 0o700 })
  await requireFreeBytes(dataDir, roomAtLeast, 'an export')
  const path = join(placeOf(dataDir), `${wanted.id}.${format}`)
  const rows = atMost(wanted.rows, exportRowsMost)
  const bytes =
    format === 'xlsx' ? writeXlsx(columns, rows, { title: wanted.title }) : writeCsv(columns, rows)
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }), { signal })
    return path
  } catch (error) {
    await rm(path, { force: true })
    if (isDiskFull(error)) throw diskFull(dataDir)
    throw error
  }
}

/** The file's bytes; it is gone once they were read, or nobody reads on. */
export async function* sentOnce(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** Passes rows on; refuses once there are more than one file holds. */
export async function* atMost(rows: OutRows, most: number): AsyncGenerator<readonly OutRow[]> {
  let count = 0
  for await (const some of rows) {
    count += some.length
    if (count > most) {
      throw new Refusal({
        code: 'export.too_many_rows',
        message: `These are more than ${most} rows; one file holds no more.`,
        next: 'Narrow the list by a filter and export it in parts.',
        status: 422,
      })
    }
    yield some
  }
}

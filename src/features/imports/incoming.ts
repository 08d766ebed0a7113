// Files on their way in: written to the data folder while they are hashed, and what was found out about them.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isId } from '../../basics/ids.ts'
import { Refusal } from '../../basics/refusal.ts'
import { faultPoint } from '../../platform/database/fault.ts'
import { diskFull, isDiskFull, requireFreeBytes } from '../../platform/files/disk.ts'
import type { Mapping } from './calc/mapping.ts'
import type { Inspection } from './calc/plan.ts'
import { inspectFile } from './read-file.ts'

export interface Received {
  /** Below the data folder. */
  filePath: string
  bytes: number
  hash: Uint8Array
}

/** Room that has to be there before a file is taken in, whatever its size. */
const roomAtLeast = 64 * 1024 * 1024

/**
 * Writes a stream to `incoming/<organisation>/<batch>`. Refuses `disk.full` and `import.too_large`; leaves nothing
 * behind when it does not come to its end.
 */
export async function receive(
  dataDir: string,
  orgId: string,
  batchId: string,
  body: NodeJS.ReadableStream,
  bytesMax: number,
  signal: AbortSignal,
): Promise<Received> {
  await mkdir(join(dataDir, 'incoming', orgId), { recursive: true, mode: 0o700 })
  await requireFreeBytes(dataDir, roomAtLeast, 'a file to import')
  const filePath = join('incoming', orgId, batchId)
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      if (bytes > bytesMax) done(tooLarge(bytesMax))
      else done(null, chunk)
    },
  })
  try {
    await pipeline(
      body,
      count,
      createWriteStream(join(dataDir, filePath), { mode: 0o600, flush: true }),
      { signal },
    )
    faultPoint()
  } catch (error) {
    await discard(dataDir, filePath)
    if (isDiskFull(error)) throw diskFull(dataDir)
    throw error
  }
  return { filePath, bytes, hash: hash.digest() }
}

function tooLarge(bytesMax: number): Refusal {
  return new Refusal({
    code: 'import.too_large',
    message: `The file is larger than ${Math.floor(bytesMax / 1e6)} MB.`,
    next: 'Divide it into several files.',
    status: 413,
  })
}

/** Removes a file that came in, and what is beside it; nothing happens when it is gone already. */
export async function discard(dataDir: string, filePath: string): Promise<void> {
  await rm(join(dataDir, filePath), { force: true })
  await rm(join(dataDir, inspectionOf(filePath)), { force: true })
}

/** Removes files that no batch needs: a crash left them between two steps. */
export async function sweep(
  dataDir: string,
  orgId: string,
  needed: (ids: string[]) => Promise<ReadonlySet<string>>,
): Promise<void> {
  const names = await readdir(join(dataDir, 'incoming', orgId)).catch(() => [])
  const ids = [...new Set(names.map((name) => name.split('.')[0] ?? ''))].filter(isId)
  if (ids.length === 0) return
  const keep = await needed(ids)
  for (const id of ids) if (!keep.has(id)) await discard(dataDir, join('incoming', orgId, id))
}

const inspectionOf = (filePath: string) => `${filePath}.inspection.json`

/**
 * What the file looks like. Kept beside it, so that answering a question does not read the file
 * again; `mapping` is given when it must be read otherwise than before.
 */
export async function inspect(
  dataDir: string,
  filePath: string,
  fileName: string,
  options: { mapping?: Mapping; signal?: AbortSignal } = {},
): Promise<Inspection> {
  const path = join(dataDir, inspectionOf(filePath))
  if (!options.mapping) {
    const kept = await readFile(path, 'utf8').catch(() => undefined)
    if (kept !== undefined) return JSON.parse(kept) as Inspection
  }
  const inspection = await inspectFile(join(dataDir, filePath), { name: fileName, ...options })
  await writeFile(path, JSON.stringify(inspection), { mode: 0o600 })
  return inspection
}

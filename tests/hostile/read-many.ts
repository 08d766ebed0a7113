// Reads many hostile files one after the other, and says how they ended and what memory it took.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostileFile } from './csv.ts'
import { survive } from './read-all.ts'

interface Sums {
  files: number
  refused: number
  rows: number
  rejects: number
  /** Most memory of the process, in bytes. */
  memory: number
}

export async function readMany(
  make: (seed: number) => HostileFile,
  firstSeed: number,
  count: number,
): Promise<Sums> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-hostile-'))
  const sums: Sums = { files: 0, refused: 0, rows: 0, rejects: 0, memory: 0 }
  try {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const file = make(seed)
      const outcome = await survive(file, seed, folder)
      if ('refused' in outcome) sums.refused++
      else {
        sums.rows += outcome.rows
        sums.rejects += outcome.rejects
      }
      sums.files++
      sums.memory = Math.max(sums.memory, process.memoryUsage().rss)
      await rm(join(folder, file.name))
    }
    return sums
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Generous: a reader that keeps a whole file of these tests in memory several times over exceeds it. */
export const memoryMost = 900_000_000

// F1, the long run: many more hostile files than the everyday tests read.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testSeed } from '../seed.ts'
import { hostileCsv } from './csv.ts'
import { survive } from './read-all.ts'

const files = Number(process.env.KONTOR_HOSTILE_FILES ?? 1000)

test(`F1: ${files} hostile files are read or refused`, {
  timeout: 60_000 + files * 2000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-hostile-'))
  try {
    let done = 0
    for (let i = 0; i < files; i++) {
      const seed = testSeed * 1000 + 500_000 + i
      const file = hostileCsv(seed)
      await survive(file, seed, folder)
      await rm(join(folder, file.name))
      done++
    }
    expect(done).toBe(files)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

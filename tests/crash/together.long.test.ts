// R4, the long version: fifty rounds of `serve` and `import` started in the same second.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTogether } from './together.ts'

const rounds = 50

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kontor-together-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

test('R4: serve and import started in the same second, fifty times', async () => {
  for (let round = 0; round < rounds; round++) {
    expect(await startTogether(dataDir, round), `round ${round}`).toEqual([])
  }
}, 1_800_000)

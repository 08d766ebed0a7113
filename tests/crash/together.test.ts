// R4, the short version: a few rounds of `serve` and `import` started together, and a second `serve`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runKontor, startKontor } from '../kontor-process.ts'
import { startTogether } from './together.ts'

const rounds = 4

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kontor-together-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

test('R4: serve and import started in the same second', async () => {
  for (let round = 0; round < rounds; round++) {
    expect(await startTogether(dataDir, round), `round ${round}`).toEqual([])
  }
}, 180_000)

test('R4: a second serve on the folder refuses in one sentence that names the first', async () => {
  const kontor = await startKontor({ dataDir })
  try {
    const second = await runKontor(['serve', '--port', '0', '--no-open'], { dataDir })
    expect(second.code).toBe(1)
    expect(second.stderr).toContain('Another Kontor already serves')
    expect(second.stderr).toContain(kontor.address)
  } finally {
    await kontor.stop()
  }
}, 60_000)

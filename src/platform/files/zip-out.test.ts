// What is written as a ZIP comes out again; broken sources break it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testSeed } from '../../../tests/seed.ts'
import { openZip } from './unzip.ts'
import { type ZipEntry, zipStream } from './zip-out.ts'

const limits = { packed: 1e8, unpacked: 1e8, entries: 100 }
let place: string
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'kontor-zip-'))
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function written(entries: Iterable<ZipEntry>): Promise<string> {
  const file = join(place, 'a.zip')
  await writeFile(file, zipStream(entries, 'wide'))
  return file
}

test('whatever the entries hold, they are read back', async () => {
  const content = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.array(content, { maxLength: 6 }), async (contents) => {
      const file = await written(
        contents.map((pieces, i) => ({ name: `t/${i}.bin`, content: pieces })),
      )
      const zip = await openZip(file, limits)
      for (const [i, pieces] of contents.entries()) {
        const parts: Uint8Array[] = []
        for await (const part of zip.read(`t/${i}.bin`)) parts.push(part)
        expect(Buffer.concat(parts)).toEqual(Buffer.concat(pieces))
      }
      await zip.close()
    }),
    { seed: testSeed, numRuns: 40 },
  )
})

test('an entry much larger than the buffers comes back whole, and small', async () => {
  const text = 'id,name\n'.repeat(200_000)
  const pieces = Array.from({ length: 100 }, (_, i) =>
    Buffer.from(text.slice(i * 16_000, (i + 1) * 16_000)),
  )
  const file = await written([{ name: 'tables/deal.csv', content: pieces }])
  const zip = await openZip(file, limits)
  expect(zip.size('tables/deal.csv')).toBe(text.length)
  expect(zip.fileBytes).toBeLessThan(text.length / 50)
  let read = 0
  for await (const part of zip.read('tables/deal.csv')) read += part.length
  expect(read).toBe(text.length)
  await zip.close()
})

test('a source that breaks leaves no directory behind', async () => {
  async function* breaking() {
    yield Buffer.from('begun')
    throw new Error('gone')
  }
  const seen: Uint8Array[] = []
  const reading = (async () => {
    for await (const part of zipStream([{ name: 'a', content: breaking() }], 'wide'))
      seen.push(part)
  })()
  await expect(reading).rejects.toThrow('gone')
  expect(Buffer.concat(seen).includes(Buffer.from([0x50, 0x4b, 1, 2]))).toBe(false)
})

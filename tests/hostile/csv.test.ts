// F1: whatever the file, counts add up or one refusal names file, line and column.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectFile } from '../../src/features/imports/read-file.ts'
import { testSeed } from '../seed.ts'
import { hostileCsv } from './csv.ts'
import { memoryMost, readMany } from './read-many.ts'

const files = Number(process.env.KONTOR_HOSTILE_FILES ?? 500)

describe('F1: hostile CSV files', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kontor-hostile-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  test(`${files} files are read or refused, never anything else`, {
    timeout: 60_000 + files * 2000,
  }, async () => {
    const sums = await readMany(hostileCsv, testSeed * 1000, files)
    // The generator must reach every way a file can end.
    expect(sums.refused).toBeGreaterThan(0)
    expect(sums.rejects).toBeGreaterThan(0)
    expect(sums.rows).toBeGreaterThan(0)
    expect(sums.memory).toBeLessThan(memoryMost)
  })

  test('an unclosed quote at the beginning of a large file is refused after a few chunks', async () => {
    const path = join(folder, 'unclosed.csv')
    await writeFile(path, `Number,Seller,Stage\n1,"Ana,Won\n${'2,Jo,Won\n'.repeat(4_000_000)}`)
    let readAgain = 0
    let reads = 0
    const inspecting = inspectFile(path, {
      onProgress: ({ bytes, fileBytes }) => {
        if (bytes === fileBytes) reads++
        else if (reads > 0) readAgain = Math.max(readAgain, bytes)
      },
    })
    await expect(inspecting).rejects.toMatchObject({
      detail: {
        code: 'import.unreadable',
        particulars: { file: 'unclosed.csv', line: 2, column: 2 },
      },
    })
    expect(readAgain).toBeLessThan(4_000_000)
  })
})

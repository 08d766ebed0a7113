// F1, the long run: ten thousand hostile files, half of them CSV and half spreadsheets.
import { expect, test } from 'vitest'
import { testSeed } from '../seed.ts'
import { hostileCsv } from './csv.ts'
import { memoryMost, readMany } from './read-many.ts'
import { hostileXlsx } from './xlsx.ts'

const files = Number(process.env.KONTOR_HOSTILE_FILES ?? 5000)

test.each([
  ['CSV', hostileCsv],
  ['XLSX', hostileXlsx],
])(
  `F1: ${files} hostile files of %s are read or refused`,
  {
    timeout: 60_000 + files * 2000,
  },
  async (_, make) => {
    const sums = await readMany(make, testSeed * 1000 + 500_000, files)
    expect(sums.files).toBe(files)
    expect(sums.memory).toBeLessThan(memoryMost)
  },
)

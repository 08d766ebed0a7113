// F1: whatever the spreadsheet, its rows come out as they were, or one refusal names file, line and column.
import { expect, test } from 'vitest'
import { testSeed } from '../seed.ts'
import { memoryMost, readMany } from './read-many.ts'
import { hostileXlsx } from './xlsx.ts'

const files = Number(process.env.KONTOR_HOSTILE_FILES ?? 500)

test(`F1: ${files} hostile spreadsheets are read or refused, never anything else`, {
  timeout: 60_000 + files * 2000,
}, async () => {
  const sums = await readMany(hostileXlsx, testSeed * 1000, files)
  // The generator must reach every way a file can end.
  expect(sums.refused).toBeGreaterThan(0)
  expect(sums.rejects).toBeGreaterThan(0)
  expect(sums.rows).toBeGreaterThan(0)
  expect(sums.memory).toBeLessThan(memoryMost)
})

// The demo's five years: back-tested by month and by week, a model shown only where it beats the baseline, quickly.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDemo } from '../../../demo/load.ts'
import { makeBooks } from '../../../tests/database/books.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type TestProgram, testProgram } from '../../../tests/program.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { orgBySlug, principalFor } from '../team/door.ts'
import type { forecastContract } from './contract.ts'

type BackTest = OutputOf<(typeof forecastContract)['forecast.backtest']>
type Shown = OutputOf<(typeof forecastContract)['forecast.show']>

let db: TestDatabase
let program: TestProgram
let who: Principal
const today = '2026-11-25'

beforeAll(async () => {
  db = await freshDatabase()
  program = await testProgram(db)
  const own = await principalFor(db.database, (await makeBooks(db)).orgId)
  await makeDemo(
    { db: db.database, who: own, clock: () => 0, newId: db.newId },
    { today, size: 'full' },
  )
  const demo = await orgBySlug(db.database, 'demo')
  who = await principalFor(db.database, demo?.id ?? '')
}, 120_000)
afterAll(() => db.close())

const backtest = (input: Record<string, unknown>) =>
  program.call<BackTest>(who, 'forecast.backtest', { today, ...input })
const two = (value: number | null) => value?.toFixed(2)

test.each([
  ['month', 6],
  ['week', 8],
  ['quarter', 2],
] as const)(
  'by %s: what is shown was better than the baseline, or is the baseline',
  async (by, horizon) => {
    const found = await backtest({ by, horizon })
    expect(found.missing).toBeNull()
    for (const one of found.models) {
      process.stdout.write(
        `demo by ${by}: ${one.shown ? '*' : ' '} ${one.method}: MASE ${two(one.mase)} (baseline ${two(one.naiveMase)}), inside 80 %: ${one.coverage80.inside} of ${one.coverage80.of}, inside 95 %: ${one.coverage95.inside} of ${one.coverage95.of}, ${one.origins} origins\n`,
      )
    }
    const { openDeals } = found
    process.stdout.write(
      `demo by ${by}: open deals alone: WAPE ${two(openDeals?.wape ?? null)}, bias ${Math.round((openDeals?.bias ?? 0) / 100)} of error ${Math.round((openDeals?.mae ?? 0) / 100)}, inside 80 %: ${openDeals?.coverage80.inside} of ${openDeals?.coverage80.of}, inside 95 %: ${openDeals?.coverage95.inside} of ${openDeals?.coverage95.of}, ${openDeals?.origins} origins\n`,
    )
    const shown = found.models.find((one) => one.shown)
    expect(shown?.method).toBe(found.method)
    if (found.method !== 'seasonal_naive') {
      expect(shown?.origins).toBeGreaterThanOrEqual(12)
      expect(shown?.mase ?? 9).toBeLessThan(shown?.naiveMase ?? 0)
    }
    for (const row of found.rows) {
      expect(row.low95 <= row.low80 && row.low80 <= row.high80 && row.high80 <= row.high95).toBe(
        true,
      )
      expect(row.origin <= row.from).toBe(true)
      expect(row.inside80).toBe(row.actual >= row.low80 && row.actual <= row.high80)
    }
  },
)

test('a method can be asked for by name, and the unfinished month is no part of any of it', async () => {
  const found = await backtest({ method: 'level', horizon: 1 })
  expect(found.method).toBe('level')
  expect(found.models.filter((one) => one.shown).map(({ method }) => method)).toEqual(['level'])
  expect(found.rows.at(-1)?.period).toBe('2026-10')
})

test('rows, total and pipeline of a forecast belong together', async () => {
  const shown = await program.call<Shown>(who, 'forecast.show', { today, horizon: 6 })
  expect(shown.rows.map(({ period }) => period)).toEqual([
    '2026-11',
    '2026-12',
    '2027-01',
    '2027-02',
    '2027-03',
    '2027-04',
  ])
  const sum = shown.rows.reduce((total, { mean }) => total + mean, 0)
  expect(shown.total?.mean).toBe(sum)
  expect(shown.rows[0]?.soFar).toBeGreaterThan(0)
  expect(shown.rows[0]?.mean).toBeGreaterThanOrEqual(shown.rows[0]?.soFar ?? 0)
  for (const { pipeline, low80, high80, low95, high95 } of shown.rows) {
    expect(low95 <= low80 && high80 <= high95).toBe(true)
    expect(pipeline && pipeline.low95 <= pipeline.low80).toBe(true)
  }
  expect(shown.pipeline?.stages.length).toBeGreaterThan(1)
  expect(shown.finding).toContain('November 2026 to April 2027: likely between')
})

test('what happens later changes nothing of a forecast for an earlier day', async () => {
  const earlier = await program.call<Shown>(who, 'forecast.show', { today: '2025-03-01' })
  expect(earlier.rows[0]).toMatchObject({ period: '2025-03', soFar: null })
  expect(earlier.history.at(-1)?.period).toBe('2025-02')
  expect(earlier.recordsEnded).toBe(false)
})

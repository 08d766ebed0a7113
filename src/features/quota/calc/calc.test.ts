// Quotas on paper: what is divided, and what is measured against it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { loadOf, partsOf, rampStep, remainderOf } from './allocate.ts'
import { attainmentOf, standingOf } from './attainment.ts'
import { allocationFairness } from './fairness.ts'
import { fitPotential } from './potential.ts'
import { kindOf, narrowingText, quotaPeriod, readNarrowing } from './quota-key.ts'

const calendar = { fiscalFirstMonth: 4, weekStart: 1 } as const

test('parts add up to the number exactly, and nobody with more weight gets less', () => {
  const holder = fc.record({
    base: fc.oneof(
      fc.integer({ min: -1000, max: 1_000_000_000 }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    ),
    load: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e15 }),
      fc.array(holder, { minLength: 1, maxLength: 60 }),
      (total, holders) => {
        const parts = partsOf(total, holders)
        const weight = ({ base, load }: { base: number; load: number }) => Math.max(0, base) * load
        if (parts === undefined) {
          expect(holders.map(weight).every((one) => one === 0)).toBe(true)
          return
        }
        expect(remainderOf(total, parts)).toBe(0)
        holders.forEach((one, i) => {
          holders.forEach((other, k) => {
            if (weight(one) > weight(other)) {
              expect(parts[i]).toBeGreaterThanOrEqual(parts[k] ?? 0)
            }
          })
        })
      },
    ),
    { seed: testSeed },
  )
})

test('equal parts of 100.00 among three: a cent more for the first', () => {
  const holders = [1, 1, 1].map((base) => ({ base, load: 1 }))
  expect(partsOf(10_000, holders)).toEqual([3_334, 3_333, 3_333])
  expect(partsOf(10_000, [])).toBeUndefined()
  expect(partsOf(5, [{ base: 0, load: 1 }])).toBeUndefined()
})

test('the ramp: the month of joining has the first step, and whoever was always here none', () => {
  const steps = [0.25, 0.5, 0.75]
  expect(rampStep(steps, '2026-02-20', '2026-02-01')).toBe(0.25)
  expect(rampStep(steps, '2026-02-20', '2026-04-01')).toBe(0.75)
  expect(rampStep(steps, '2026-02-20', '2026-05-01')).toBe(1)
  expect(rampStep(steps, '2026-02-20', '2026-01-01')).toBe(0.25)
  expect(rampStep(steps, undefined, '2026-01-01')).toBe(1)
  const months = [
    { whole: 20, worked: 0, from: '2026-01-01' },
    { whole: 20, worked: 10, from: '2026-02-01' },
    { whole: 20, worked: 20, from: '2026-03-01' },
  ]
  // Half of February at a quarter, March at a half.
  expect(loadOf(months, steps, '2026-02-15')).toBeCloseTo((10 * 0.25 + 20 * 0.5) / 60, 12)
  expect(loadOf(months, [], '2026-02-15')).toBe(0.5)
  expect(loadOf([], [], undefined)).toBe(0)
})

test('attainment is measure over quota, unrounded; nothing over nothing is not 0', () => {
  const quota = (amount: number) => ({ state: 'approved' as const, amount })
  expect(attainmentOf(quota(300), { value: 100 }, 'en').value).toBe(1 / 3)
  expect(attainmentOf(quota(0), { value: 100 }, 'en').missing?.code).toBe('undefined')
  const waiting = attainmentOf({ state: 'proposed', amount: 300 }, { value: 100 }, 'de')
  expect(waiting.missing?.text).toContain('vorgeschlagen und noch nicht freigegeben')
  const returned = attainmentOf({ state: 'returned', amount: 300 }, { value: 100 }, 'en')
  expect(returned.missing?.text).toContain('was returned')
  const missing = { code: 'rate_missing', text: 'No rate.' } as const
  expect(attainmentOf(quota(10), { missing }, 'en')).toEqual({ unit: 'rate', missing })
  const some = [1.2, 1, 0.9999, undefined].map((value) =>
    attainmentOf(quota(value === undefined ? 0 : 1), { value: value ?? 0 }, 'en'),
  )
  expect(standingOf(some)).toMatchObject({ n: 3, atOrAbove: 2, undefined: 1, median: 1 })
  expect(standingOf([])).toEqual({ n: 0, atOrAbove: 0, undefined: 0 })
})

test('a line through potential and results: what it expects, and when there is none', () => {
  const place = (before: number, result: number, more: object = {}) => ({
    before,
    now: before + 1,
    result,
    whole: true,
    ...more,
  })
  const ten = Array.from({ length: 10 }, (_, i) => place(i, 100 + 20 * i + (i % 2 === 0 ? 1 : -1)))
  const line = fitPotential([...ten, place(50, 0, { whole: false })])
  expect(line.fit).toMatchObject({ status: 'ok', n: 10, needed: 10 })
  expect(line.fit.slope).toBeCloseTo(20, 0)
  expect(line.fit.r2).toBeGreaterThan(0.99)
  expect(line.fit.predictedR2).toBeLessThan(line.fit.r2 ?? 0)
  expect(line.expected[0]?.value).toBeCloseTo(120, 0)
  expect(line.expected[0]?.low).toBeLessThan(120)
  // Whoever came during the year bends no line, and is expected something all the same.
  expect(line.expected[10]).toMatchObject({ extrapolates: true })
  expect(line.expected[0]?.extrapolates).toBe(false)
  expect(fitPotential([...ten.slice(1), place(3, 5, { whole: false })])).toMatchObject({
    fit: { status: 'not_enough_data', n: 9, needed: 10 },
    expected: Array(10).fill(undefined),
  })
  expect(fitPotential(ten.map((one) => ({ ...one, before: 7 }))).fit.status).toBe('no_variation')
  const falling = fitPotential(ten.map((one, i) => ({ ...one, result: 100 - i })))
  expect(falling).toMatchObject({ fit: { status: 'flat', slope: -1 } })
  expect(falling.expected.every((one) => one === undefined)).toBe(true)
  const unknown = fitPotential([...ten, place(4, 0, { now: undefined, before: undefined })])
  expect(unknown.expected[10]).toBeUndefined()
  // Nothing below zero is expected of anybody.
  const steep = fitPotential(ten.map((one) => ({ ...one, now: -100 })))
  expect(steep.expected[0]).toMatchObject({ value: 0, low: 0 })
})

test('filters are known again in whatever order they come, periods by their shape', () => {
  const text = narrowingText({ region: ['West', 'East'], family: ['Pumps'] })
  expect(text).toBe(narrowingText({ family: ['Pumps'], region: ['East', 'West', 'West'] }))
  expect(readNarrowing(text)).toEqual({ family: ['Pumps'], region: ['East', 'West'] })
  expect(narrowingText({ region: [] })).toBe('')
  for (const id of ['2026-03', '2026-Q1', '2026', 'FY2026-Q1', 'FY2026']) {
    expect(kindOf(id)).toBe(quotaPeriod(id, calendar).kind)
  }
  for (const id of ['2026-W09', '2026-03-01', '2026-01-01..2026-02-01']) {
    expect(() => quotaPeriod(id, calendar)).toThrow(/month, quarter or year/)
  }
})

test('equal quotas of unequal people favour the strong; shares of last year favour nobody', () => {
  const lastYear = [100, 200, 300, 400, 500, 600, 700, 800]
  const equal = allocationFairness(lastYear.map((value) => ({ amount: 450, lastYear: value })))
  expect(equal).toMatchObject({ gini: 0, favours: 'strong' })
  const shares = allocationFairness(
    lastYear.map((value) => ({ amount: value * 1.1, lastYear: value + (value % 3) })),
  )
  expect(shares.favours).toBeUndefined()
  expect(shares.implied).toMatchObject({ n: 8, atOrAbove: 0 })
  expect(allocationFairness([{ amount: 5, lastYear: undefined }])).toEqual({ gini: 0 })
})

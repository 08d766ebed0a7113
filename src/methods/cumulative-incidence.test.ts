// Competing ends: by hand, and without other ends the product-limit estimate.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { cumulativeIncidence, type Ended } from './cumulative-incidence.ts'
import { kaplanMeier, stepAt } from './kaplan-meier.ts'

test('four deals by hand: one won after a day, one lost after two, one won after three, one still open', () => {
  const found = cumulativeIncidence([
    { time: 1, end: 'event' },
    { time: 2, end: 'other' },
    { time: 2, end: 'waiting' },
    { time: 3, end: 'event' },
  ])
  expect(found.before(1)).toMatchObject({ happened: 0, waiting: 1, atRisk: 4 })
  expect(found.before(2)).toMatchObject({ happened: 1 / 4, waiting: 3 / 4, atRisk: 3 })
  expect(found.before(3)).toMatchObject({ happened: 1 / 4, waiting: 1 / 2, atRisk: 1 })
  expect(found.before(4)).toMatchObject({ happened: 3 / 4, waiting: 0, atRisk: 0 })
  expect(cumulativeIncidence([]).before(9)).toMatchObject({ happened: 0, waiting: 1, atRisk: 0 })
  expect(() => cumulativeIncidence([{ time: -1, end: 'event' }])).toThrow(RangeError)
})

const ends = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 30 }),
    end: fc.constantFrom<Ended['end']>('event', 'other', 'waiting'),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 40 },
)

test('shares rise and fall as they must, and without other ends it is the product-limit estimate', () => {
  fc.assert(
    fc.property(ends, (list) => {
      const found = cumulativeIncidence(list)
      for (let time = 1; time <= 31; time += 1) {
        const [before, now] = [found.before(time - 1), found.before(time)]
        expect(now.happened).toBeGreaterThanOrEqual(before.happened)
        expect(now.waiting).toBeLessThanOrEqual(before.waiting)
        expect(now.happened + now.waiting).toBeLessThanOrEqual(1 + 1e-9)
      }
      const alone = list.filter(({ end }) => end !== 'other')
      const curve = kaplanMeier(alone.map((one) => ({ ...one, event: one.end === 'event' })))
      const own = cumulativeIncidence(alone)
      for (let time = 1; time <= 31; time += 1) {
        const left = stepAt(curve, time - 1)?.survival ?? 1
        expect(own.before(time).happened).toBeCloseTo(1 - left, 9)
      }
    }),
    { seed: testSeed, numRuns: 60 },
  )
})

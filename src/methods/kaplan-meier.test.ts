// Time until an event: the curve never rises, agrees with plain shares where all is known, and stands still where nothing happens.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { atRiskAt, kaplanMeier, logRank, stepAt } from './kaplan-meier.ts'

const durations = fc.array(
  fc.record({ time: fc.integer({ min: 0, max: 60 }), event: fc.boolean() }),
  { minLength: 1, maxLength: 80 },
)

test('the curve never rises and its limits hold it', () => {
  fc.assert(
    fc.property(durations, (list) => {
      const curve = kaplanMeier(list)
      let before = 1
      for (const { survival, low = 0, high = 1 } of curve.steps) {
        expect(survival).toBeLessThanOrEqual(before)
        expect(low).toBeLessThanOrEqual(survival + 1e-12)
        expect(high).toBeGreaterThanOrEqual(survival - 1e-12)
        before = survival
      }
      expect(curve.events).toBe(list.filter(({ event }) => event).length)
      expect(atRiskAt(curve, 0)).toBe(list.length)
    }),
    { seed: testSeed },
  )
})

test('where everybody is watched to the end it is the share still waiting', () => {
  fc.assert(
    fc.property(durations, fc.integer({ min: 0, max: 60 }), (list, time) => {
      const curve = kaplanMeier(list.map((one) => ({ ...one, event: true })))
      const waiting = list.filter((one) => one.time > time).length / list.length
      expect(stepAt(curve, time)?.survival ?? 1).toBeCloseTo(waiting, 12)
    }),
    { seed: testSeed },
  )
})

test('two groups that are the same cannot be told apart, whichever comes first', () => {
  fc.assert(
    fc.property(durations, durations, (one, other) => {
      const a = { name: 'a', durations: one }
      const b = { name: 'b', durations: other }
      expect(logRank(a, a).chiSquare).toBeCloseTo(0, 9)
      expect(logRank(a, b).chiSquare).toBeCloseTo(logRank(b, a).chiSquare, 6)
    }),
    { seed: testSeed },
  )
})

test('no median before half got there; a negative time is an error', () => {
  const waiting = [1, 2, 3].map((time) => ({ time, event: false }))
  expect(kaplanMeier(waiting)).not.toHaveProperty('median')
  expect(() => kaplanMeier([{ time: -1, event: true }])).toThrow(RangeError)
})

// The periods offered are those that the calendar knows by the same names.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { addDays, parsePeriod } from '../../../basics/period.ts'
import { periodChoices } from './period-choices.ts'

test('every choice is a period with just these days, and the first ones hold today', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 12 }),
      (days, fiscalFirstMonth) => {
        const today = addDays('2000-01-01', days)
        const choices = periodChoices(today, fiscalFirstMonth)
        for (const { id, from, until } of choices) {
          const { from: first, until: end } = parsePeriod(id, { fiscalFirstMonth, weekStart: 1 })
          expect([id, from, until]).toEqual([id, first, end])
        }
        expect(choices[0]?.from && choices[0].from <= today && today < choices[0].until).toBe(true)
        expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length)
      },
    ),
    { seed: testSeed },
  )
})

// Days of cohorts against the calendar of the server.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { containing, parsePeriod, shifted } from '../../../basics/period.ts'
import { cohortWithin, periodAfter } from './cohort-days.ts'

const settings = { fiscalFirstMonth: 1, weekStart: 1 } as const

test('periods after a cohort are those of the calendar', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('month', 'quarter', 'year'),
      fc.date({
        min: new Date('1990-01-01'),
        max: new Date('2060-01-01'),
        noInvalidDate: true,
      }),
      fc.nat(60),
      (kind, date, count) => {
        const first = containing(kind, date.toISOString().slice(0, 10), settings)
        const { id, from, until } = shifted(first, count)
        expect(periodAfter(first.id, count)).toEqual({ id, from, until })
      },
    ),
    { seed: testSeed },
  )
})

test('a cohort is cut to the days asked for', () => {
  const asked = { ...parsePeriod('2023-01-15..2023-03-10', settings), byDefault: false }
  expect(cohortWithin('2023-01', asked)).toBe('2023-01-15..2023-02-01')
  expect(cohortWithin('2023-02', asked)).toBe('2023-02')
  expect(cohortWithin('2023-Q1', asked)).toBe('2023-01-15..2023-03-10')
  expect(cohortWithin('2023-Q1', { ...asked, byDefault: true })).toBe('2023-Q1')
})

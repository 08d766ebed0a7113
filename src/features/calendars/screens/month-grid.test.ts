// Weeks of a month, months after each other, days that a shorter month does not have.
import { expect, test } from 'vitest'
import { daysAfter } from '../../../web/format-period.ts'
import { monthLater, sameDayIn, shortSpan, weekdayNames, weeksOf } from './month-grid.ts'

test('weeks begin where the organisation lets them begin', () => {
  const monday = weeksOf('2026-11', 1)
  expect(monday).toHaveLength(6)
  expect(monday[0]).toEqual([...Array.from({ length: 6 }), '2026-11-01'])
  const sunday = weeksOf('2026-11', 7)
  expect(sunday).toHaveLength(5)
  expect(sunday[0]?.[0]).toBe('2026-11-01')
  expect(weeksOf('2028-02', 1).flat().filter(Boolean)).toHaveLength(29)
  expect(weekdayNames('de', 7, 'short').map(({ name }) => name)[0]).toBe('So')
  expect(weekdayNames('en', 1, 'long')[0]).toEqual({ index: 0, name: 'Monday' })
})

test('months and days go on across years and in the nights of clock changes', () => {
  expect(monthLater('2026-12', 1)).toBe('2027-01')
  expect(monthLater('2026-01', -1)).toBe('2025-12')
  expect(daysAfter('2026-03-28', 2)).toBe('2026-03-30')
  expect(daysAfter('2027-01-01', -1)).toBe('2026-12-31')
  expect(sameDayIn('2027-02', '2027-01-31')).toBe('2027-02-28')
})

test('a span of days is said as briefly as it goes', () => {
  const span = (from: string, until: string) => shortSpan('en', { from, until }, '2026')
  expect(span('2026-11-09', '2026-11-12')).toMatch(/^9\s?–\s?11 Nov$/)
  expect(span('2026-11-13', '2026-11-14')).toBe('13 Nov')
  expect(span('2026-12-28', '2027-01-04')).toMatch(/^28 Dec 2026\s–\s3 Jan 2027$/)
  expect(shortSpan('de', { from: '2026-11-09', until: '2026-11-12' }, '2026')).toMatch(
    /^9\.\s?–\s?11\. Nov\.$/,
  )
})

// Quick choices of days, and what months were on a day.
import { expect, test } from 'vitest'
import { monthAt, quickDay } from './between-days.ts'

test.each([
  ['yesterday', '2026-03-01', '2026-02-28'],
  ['yesterday', '2026-01-01', '2025-12-31'],
  ['last_month', '2026-03-31', '2026-02-28'],
  ['last_month', '2026-01-15', '2025-12-31'],
  ['last_quarter', '2026-03-31', '2025-12-31'],
  ['last_quarter', '2026-04-01', '2026-03-31'],
  ['last_quarter', '2026-11-28', '2026-09-30'],
  ['last_year', '2026-11-28', '2025-12-31'],
] as const)('%s of %s', (choice, today, day) => {
  expect(quickDay(choice, today)).toBe(day)
})

test('a month is over on its last day', () => {
  const march = { from: '2026-03-01', until: '2026-04-01' }
  expect(monthAt(march, '2026-03-31')).toBe('over')
  expect(monthAt(march, '2026-03-30')).toBe('running')
  expect(monthAt(march, '2026-03-01')).toBe('running')
  expect(monthAt(march, '2026-02-28')).toBe('later')
})

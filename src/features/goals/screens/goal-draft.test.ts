// Periods to choose from, their days, and by what they can come again: by the organisation's fiscal year.
import { expect, test } from 'vitest'
import { newDraft, periodsOf, repeatsOf, spanOf } from './goal-draft.ts'

const today = '2026-06-15'
const from = (fiscalFirstMonth: number) => ({ fiscalFirstMonth, weekStart: 1 }) as const
const days = (period: ReturnType<typeof periodsOf>[number], first: number) =>
  spanOf({ period, from: '', until: '', today }, from(first))

test('fiscal periods are offered where they are others than those of the calendar', () => {
  expect(periodsOf(from(1)).filter((one) => one.includes('fiscal'))).toEqual([])
  expect(periodsOf(from(4)).filter((one) => one.includes('fiscal'))).toEqual([
    'this_fiscal_year',
    'next_fiscal_year',
  ])
  expect(periodsOf(from(2)).filter((one) => one.includes('fiscal'))).toHaveLength(4)
})

test('their days are those of the fiscal year', () => {
  expect(days('this_fiscal_quarter', 2)).toEqual({ from: '2026-05-01', until: '2026-08-01' })
  expect(days('next_fiscal_quarter', 2)).toEqual({ from: '2026-08-01', until: '2026-11-01' })
  expect(days('this_fiscal_year', 10)).toEqual({ from: '2025-10-01', until: '2026-10-01' })
  expect(days('next_year', 10)).toEqual({ from: '2027-01-01', until: '2028-01-01' })
  expect(newDraft(null, today, from(2)).period).toBe('this_fiscal_quarter')
  expect(newDraft(null, today, from(4)).period).toBe('this_quarter')
})

test('only what is a whole period can come again by it', () => {
  expect(repeatsOf({ from: '2026-05-01', until: '2026-08-01' }, from(2))).toEqual([
    'none',
    'quarter',
  ])
  expect(repeatsOf({ from: '2026-05-01', until: '2026-08-01' }, from(1))).toEqual(['none'])
  expect(repeatsOf({ from: '2026-06-01', until: '2026-07-01' }, from(2))).toEqual(['none', 'month'])
  expect(repeatsOf({ from: '2025-10-01', until: '2026-10-01' }, from(10))).toEqual(['none', 'year'])
  expect(repeatsOf({ from: '2026-06-01', until: '' }, from(1))).toEqual(['none'])
})

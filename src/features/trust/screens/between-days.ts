// The days one compares the books of: quick choices, and which groups of months they make.
import { dayBefore } from '../../../web/format-period.ts'

export const quickDays = ['yesterday', 'last_month', 'last_quarter', 'last_year'] as const
export type QuickDay = (typeof quickDays)[number]

/** The day of a quick choice: yesterday, or the last day of the month, quarter or year before today's. */
export function quickDay(choice: QuickDay, today: string): string {
  const [year = '', month = ''] = today.split('-')
  switch (choice) {
    case 'yesterday':
      return dayBefore(today)
    case 'last_month':
      return dayBefore(`${year}-${month}-01`)
    case 'last_quarter': {
      const first = Math.floor((Number(month) - 1) / 3) * 3 + 1
      return dayBefore(`${year}-${String(first).padStart(2, '0')}-01`)
    }
    case 'last_year':
      return dayBefore(`${year}-01-01`)
  }
}

/** Whether a month was over at the end of a day, was running then, or came later. */
export function monthAt(
  month: { from: string; until: string },
  day: string,
): 'over' | 'running' | 'later' {
  if (dayBefore(month.until) <= day) return 'over'
  return month.from <= day ? 'running' : 'later'
}

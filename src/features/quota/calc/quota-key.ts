// What a quota is known by beside its holder: metric, filters in one order, and a period of the calendar.
import { type CalendarSettings, type Period, parsePeriod } from '../../../basics/period.ts'
import { Refusal } from '../../../basics/refusal.ts'

/** Kinds of period a quota can be set for. */
export const periodKinds = ['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** The filters of a quota: dimension → cells. */
export type Narrowing = Readonly<Record<string, readonly string[]>>

/** One text for the same filters, in whatever order they were given; none is the empty text. */
export function narrowingText(narrowing: Narrowing): string {
  const parts = Object.entries(narrowing)
    .filter(([, cells]) => cells.length > 0)
    .map(([dimension, cells]) => [dimension, [...new Set(cells)].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return parts.length === 0 ? '' : JSON.stringify(Object.fromEntries(parts))
}

export function readNarrowing(text: string): Record<string, string[]> {
  return text === '' ? {} : JSON.parse(text)
}

/** Reads a period that a quota can be set for. Refuses `quota.period_unfit` and what `parsePeriod` does. */
export function quotaPeriod(
  text: string,
  settings: CalendarSettings,
): Period & { kind: PeriodKind } {
  const period = parsePeriod(text, settings)
  const kind = periodKinds.find((one) => one === period.kind)
  if (kind) return { ...period, kind }
  throw new Refusal({
    code: 'quota.period_unfit',
    message: `A quota is set for a month, quarter or year, not for “${text}”.`,
    field: 'period',
    next: 'Write 2026-03, 2026-Q1, 2026, FY2026-Q1 or FY2026.',
    status: 422,
  })
}

/** The kind of a period that is on record: it was read once, so its shape tells. */
export function kindOf(period: string): PeriodKind {
  const fiscal = period.startsWith('FY')
  if (/-Q\d$/.test(period)) return fiscal ? 'fiscal-quarter' : 'quarter'
  if (fiscal) return 'fiscal-year'
  return period.length === 4 ? 'year' : 'month'
}

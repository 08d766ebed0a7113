// A row of a file of quotas: its period from one cell or from year, quarter and month, and its metric by name.
import { type CalendarSettings, type Period, parsePeriod } from '../../../basics/period.ts'
import { Refusal } from '../../../basics/refusal.ts'
import { periodKinds } from './quota-key.ts'

export interface PeriodCells {
  period: string | null
  year: number | null
  quarter: string | null
  month: string | null
}

/** `2026/Q3`, `Q3 2026`, `3. Quartal 2026`, `03/2026`, `2026-3` as the id of a period. */
function usualForm(text: string): string {
  const plain = text.trim().toUpperCase().replace(/\s+/g, ' ')
  const quarter =
    /^(?:Q ?([1-4])|([1-4])\. ?QUARTAL)[ /.-]*(\d{4})$/.exec(plain) ??
    /^(?:)(?:)(FY)?(\d{4})[ /.-]*Q ?([1-4])$/.exec(plain)
  if (quarter) {
    const [, first, second, third] = quarter
    return third?.length === 4
      ? `${third}-Q${first ?? second}`
      : `${first ?? ''}${second}-Q${third}`
  }
  const month = /^(\d{1,2})[ /.-](\d{4})$/.exec(plain) ?? undefined
  if (month) return `${month[2]}-${month[1]?.padStart(2, '0')}`
  const ordered = /^(\d{4})[ /.-](\d{1,2})$/.exec(plain) ?? undefined
  if (ordered) return `${ordered[1]}-${ordered[2]?.padStart(2, '0')}`
  return plain
}

/** The period that the cells name; undefined when they name none that a quota can have. */
export function periodOf(cells: PeriodCells, calendar: CalendarSettings): Period | undefined {
  const { period, year, quarter, month } = cells
  const text =
    period !== null
      ? usualForm(period)
      : year === null
        ? month !== null && usualForm(month).length === 7
          ? usualForm(month)
          : undefined
        : quarter !== null
          ? `${String(year).padStart(4, '0')}-Q${quarter.trim().toUpperCase().replace(/^Q/, '')}`
          : month !== null
            ? `${String(year).padStart(4, '0')}-${month.trim().padStart(2, '0')}`
            : String(year).padStart(4, '0')
  if (text === undefined) return undefined
  try {
    const read = parsePeriod(text, calendar)
    return periodKinds.some((kind) => kind === read.kind) ? read : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

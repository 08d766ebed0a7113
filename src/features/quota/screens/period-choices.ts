// Periods that are worth a quota now: those of today and the next ones, by kind.

export interface PeriodChoice {
  id: string
  from: string
  until: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** First day of a month counted from year 0. */
const monthStart = (month: number) =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${two((month % 12) + 1)}-01`

function span(id: string, first: number, months: number): PeriodChoice {
  return { id, from: monthStart(first), until: monthStart(first + months) }
}

/** This and the next quarters, years, months; fiscal ones where they differ from the calendar's. */
export function periodChoices(today: string, fiscalFirstMonth: number): PeriodChoice[] {
  const now = 12 * Number(today.slice(0, 4)) + Number(today.slice(5, 7)) - 1
  const quarter = now - (now % 3)
  const year = now - (now % 12)
  const quarterOf = (first: number) =>
    span(`${Math.floor(first / 12)}-Q${(first % 12) / 3 + 1}`, first, 3)
  const yearOf = (first: number) => span(String(Math.floor(first / 12)), first, 12)
  const monthOf = (first: number) => span(monthStart(first).slice(0, 7), first, 1)
  const calendar = [
    ...[0, 3, 6, 9].map((later) => quarterOf(quarter + later)),
    ...[0, 12].map((later) => yearOf(year + later)),
    ...[0, 1, 2, 3].map((later) => monthOf(now + later)),
  ]
  if (fiscalFirstMonth === 1) return calendar
  const start = now - ((now - (fiscalFirstMonth - 1) + 12) % 12)
  const named = (first: number) => `FY${Math.floor((first + 11) / 12)}`
  const fiscalYears = [0, 12].map((later) => span(named(start + later), start + later, 12))
  const passed = Math.floor((now - start) / 3)
  const fiscalQuarters = [0, 1, 2, 3].map((later) => {
    const at = passed + later
    const first = start + 12 * Math.floor(at / 4)
    return span(`${named(first)}-Q${(at % 4) + 1}`, first + 3 * (at % 4), 3)
  })
  return [...fiscalQuarters, ...fiscalYears, ...calendar]
}

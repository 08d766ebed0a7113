// The days of cohorts and of the periods after them, from their ids.

export interface Days {
  id: string
  from: string
  until: string
}

/** The period so many later (0: itself) of a month, quarter or year by its id. */
export function periodAfter(id: string, count: number): Days {
  const months = monthsIn(id)
  const year = Number(id.slice(0, 4))
  const place = months === 12 ? 0 : Number(id.slice(months === 3 ? 6 : 5)) - 1
  const first = year * 12 + (place + count) * months
  return { id: idOf(first, months), from: dayOf(first), until: dayOf(first + months) }
}

/** The days of a cohort that lie within what was asked for, as a period is written. */
export function cohortWithin(id: string, asked: Days & { byDefault: boolean }): string {
  const { from, until } = periodAfter(id, 0)
  if (asked.byDefault || (asked.from <= from && until <= asked.until)) return id
  const [, first] = [from, asked.from].sort()
  const [last] = [until, asked.until].sort()
  return `${first}..${last}`
}

function monthsIn(id: string): 1 | 3 | 12 {
  if (id.length === 4) return 12
  return id.includes('Q') ? 3 : 1
}

function idOf(month: number, months: 1 | 3 | 12): string {
  const [year, rest] = [Math.floor(month / 12), month % 12]
  if (months === 12) return String(year)
  return months === 3
    ? `${year}-Q${Math.floor(rest / 3) + 1}`
    : `${year}-${String(rest + 1).padStart(2, '0')}`
}

const dayOf = (month: number) =>
  new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)).toISOString().slice(0, 10)

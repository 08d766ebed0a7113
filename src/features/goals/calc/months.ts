// Attainment by person and month: what came in, and the part of the goals that falls on the month.
import { earlier, later } from '../../../basics/days.ts'
import { addDays, type Day } from '../../../basics/period.ts'
import { type Aim, type Known, monthAfter, seasonalParts, sumOf } from './outlook.ts'

interface Cell {
  value: number
  target: number
}

export interface MonthTable {
  /** 'YYYY-MM', oldest first. */
  months: string[]
  rows: { owner: string; cells: (Cell | null)[] }[]
}

/** A day may lie in several goals of one person; what came in then counts once. */
export function sumsByMonth(
  goals: readonly { owner: string; aim: Aim; known: Known }[],
  { today, months: count }: { today: Day; months: number },
): MonthTable {
  const months = lastMonths(today, count)
  const owners = [...new Set(goals.map(({ owner }) => owner))]
  const rows = owners.map((owner) => {
    const own = goals.filter((goal) => goal.owner === owner)
    const cells = months.map((month) => cellOf(own, `${month}-01`, today))
    return { owner, cells }
  })
  return { months, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)) }
}

function cellOf(goals: readonly { aim: Aim; known: Known }[], first: Day, today: Day): Cell | null {
  const until = monthAfter(first)
  const within = goals.filter(({ aim }) => aim.from < until && aim.until > first)
  const [any] = within
  if (!any) return null
  const target = within.reduce((sum, { aim, known }) => {
    const from = later(aim.from, first)
    const end = earlier(aim.until, until)
    const part = seasonalParts(aim, known)
    return sum + aim.target * (part(end) - part(from))
  }, 0)
  const from = within.map(({ aim }) => later(aim.from, first)).sort()[0] ?? first
  const end =
    within
      .map(({ aim }) => earlier(aim.until, until))
      .sort()
      .at(-1) ?? until
  const value = sumOf(any.known.daily, from, end > today ? addDays(today, 1) : end)
  return target > 0 ? { value, target } : null
}

function lastMonths(today: Day, count: number): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return Array.from({ length: count }, (_, i) => {
    const at = year * 12 + month - count + i
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

// Where a goal stands and where it leads: attained, expected by now, chance, what is needed; from daily values alone.
import { addDays, type Day, daysBetween } from '../../../basics/period.ts'
import { goalPace } from '../../../methods/goal-pace.ts'
import {
  type Courses,
  chanceOfReaching,
  courseQuantile,
  drawCourses,
  type PastDay,
} from '../../../methods/goal-probability.ts'
import { policy } from '../../../methods/policy.ts'
import { type SeasonAndGrowth, seasonAndGrowth } from '../../../methods/season-and-growth.ts'

/** What a goal asks, as far as numbers go. Days are [from, until). */
export interface Aim {
  target: number
  from: Day
  until: Day
  /** Not more than the target is what is wanted. */
  atMost: boolean
  of: 'counts' | 'amounts'
}

/** Working time, as the calendars have it. */
export interface WorkingDays {
  /** First day it is known for. */
  from: Day
  /** Share of a working day that a day is. */
  share(day: Day): number
  /** Working days in [from, until). */
  days(from: Day, until: Day): number
}

/** What is known: values by day, whole months behind, and working time over all of it and the goal. */
export interface Known {
  today: Day
  daily: ReadonlyMap<Day, number>
  /** First day of which anything is on record; undefined where nothing is. */
  since: Day | undefined
  /** Sums of whole months behind that tell the seasons, without a gap, 'YYYY-MM'. */
  months: readonly { month: string; value: number }[]
  time: WorkingDays
  /** Same data, same draws. */
  seed: number
}

/** What the chance is drawn from; the browser draws again from it when somebody asks “what if”. */
export interface Basis {
  past: PastDay[]
  ahead: number[]
  of: 'counts' | 'amounts'
  seed: number
  drift: number
  draws: number
}

export interface CoursePoint {
  /** Everything up to and including this day. */
  on: Day
  /** Null for days to come. */
  actual: number | null
  straight: number
  seasonal: number
  /** From today on: what 2.5, 10, 25, 50, 75, 90 and 97.5 of a hundred courses do not pass. */
  fan: number[] | null
}

export interface Outlook {
  attained: number
  /** By the end of yesterday along working days, and with seasons. */
  expected: number
  seasonal: number
  /** Working days over and in all. */
  elapsed: number
  total: number
  requiredPerDay: number | null
  currentPerDay: number | null
  /** Absent when it is over, or there is not enough behind. */
  chance?: number
  /** Where it ends: the middle, and the limits of 80 of a hundred courses. */
  ends?: { middle: number; low: number; high: number }
  /** Working days behind that are still missing before there is a chance. */
  more?: number
  basis?: Basis
}

/**
 * Standard deviation of the logarithm of the level over the time to come: sellers, customers and markets
 * move, which days behind cannot show. Found by `npm run bench calibration`.
 */
export const levelDrift = 0.2

export const fanShares = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const

export interface Drawn {
  outlook: Outlook
  points: CoursePoint[]
  /** Total of the whole period that so many courses reach at least. */
  total(share: number): number | undefined
  chanceOf(target: number): number | undefined
}

/** The part of a goal that falls on its days up to one, exclusive, by working days and seasons. */
export function seasonalParts({ from, until }: Aim, known: Known): (end: Day) => number {
  const { weights } = habitsOf(known)
  const whole = sumWeights(weights, known.time, from, until)
  return (end) => {
    if (end <= from) return 0
    if (end >= until || whole <= 0) return 1
    return sumWeights(weights, known.time, from, end) / whole
  }
}

/** Fewer courses where each is long: the words for a chance are tenths. */
function drawsFor(days: number): number {
  return Math.round(Math.min(2_000, Math.max(500, 300_000 / Math.max(1, days))))
}

export interface Charted {
  /** Days of the course, for a chart. */
  points?: readonly Day[]
  /** With what may come on each of them, even where the goal is reached. */
  fan?: boolean
}

/**
 * Outlook alone, or with days of the course for a chart. The chance is drawn in one step whatever is charted:
 * it is the same in a list, on the board and on the page of the goal.
 */
export function lookAhead(
  aim: Aim,
  known: Known,
  { points = [], fan = false }: Charted = {},
): Drawn {
  const { today, time } = known
  const { from, until, target } = aim
  const began = today < from ? from : earlier(today, until)
  const attained = sumOf(known.daily, from, earlier(until, addDays(today, 1)))
  const elapsed = time.days(from, began)
  const total = time.days(from, until)
  const { weights, growth } = habitsOf(known)
  const weighed = (first: Day, last: Day) => sumWeights(weights, time, first, last)
  const whole = weighed(from, until)
  const pace = goalPace({ target, done: attained, elapsed, total })
  const outlook: Outlook = {
    attained,
    expected: pace.expectedByNow,
    seasonal: whole > 0 ? (target * weighed(from, began)) / whole : target,
    elapsed,
    total,
    requiredPerDay: aim.atMost ? null : pace.requiredPerDay,
    currentPerDay: pace.currentPerDay,
  }
  const over = today >= until
  const past = over ? [] : pastDays(known, { weights, growth })
  const enough = past.length >= policy.goals.workingDays
  if (!over && !enough) outlook.more = policy.goals.workingDays - past.length
  const marks = ends(aim, points)
  let courses: Courses | undefined
  let fanned: Courses | undefined
  // What is reached needs no drawing, unless somebody wants to see the course.
  const settled = !aim.atMost && attained >= target && !fan
  // The last day of each step; the first one begins today, which is not over yet.
  const steps = marks.filter((day) => day >= today)
  if (settled && !over) outlook.chance = 1
  if (!over && enough && !settled) {
    // Before the goal begins nothing counts for it.
    let start = later(today, from)
    const ahead = steps.map((day) => {
      const next = addDays(day, 1)
      if (next <= start) return 0
      const weight = weighed(start, next) * grown(growth, today, start)
      start = next
      return weight
    })
    const days = ahead.reduce((sum, weight) => sum + weight, 0)
    const basis: Basis = {
      past,
      ahead: [days],
      of: aim.of,
      seed: known.seed,
      drift: levelDrift,
      draws: drawsFor(days),
    }
    courses = drawCourses(basis)
    if (fan) fanned = ahead.length === 1 ? courses : drawCourses({ ...basis, ahead })
    outlook.basis = basis
    outlook.chance = chanceIn(courses, aim, attained)
    outlook.ends = {
      middle: attained + courseQuantile(courses, 0.5, 0),
      low: attained + courseQuantile(courses, 0.1, 0),
      high: attained + courseQuantile(courses, 0.9, 0),
    }
  }
  const [whence, spread] = [courses, fanned]
  return {
    outlook,
    points: marks.map((on) => {
      const next = addDays(on, 1)
      const step = steps.indexOf(on)
      return {
        on,
        actual: on > today ? null : sumOf(known.daily, from, next),
        straight: total > 0 ? (target * time.days(from, next)) / total : target,
        seasonal: whole > 0 ? (target * weighed(from, next)) / whole : target,
        fan:
          spread && step >= 0
            ? fanShares.map((share) => attained + courseQuantile(spread, share, step))
            : null,
      }
    }),
    total: (share) => (whence ? attained + courseQuantile(whence, 1 - share, 0) : undefined),
    chanceOf: (other) =>
      whence ? chanceIn(whence, { ...aim, target: other }, attained) : undefined,
  }
}

function chanceIn(courses: Courses, aim: Aim, attained: number): number {
  const need = aim.target - attained
  if (!aim.atMost) return chanceOfReaching(courses, need, 0)
  // As much as the target is still within it.
  const beyond = aim.of === 'counts' ? Math.floor(need) + 1 : need + 1e-9 * Math.abs(aim.target)
  return beyond <= 0 ? 0 : 1 - chanceOfReaching(courses, beyond, 0)
}

/** The last days of the steps a chart shows; the last one is always the end of the goal. */
export function ends({ from, until }: Aim, points: readonly Day[]): Day[] {
  const last = addDays(until, -1)
  return [...points.filter((day) => day >= from && day < last), last]
}

/** Days of a chart: every day of up to nine weeks, then every seventh, counted back from the end. */
export function chartDays(from: Day, until: Day, also: readonly Day[] = []): Day[] {
  const count = daysBetween(from, until)
  const step = count <= 63 ? 1 : 7 * Math.ceil(count / (7 * 110))
  const days = new Set(also.filter((day) => day >= from && day < until))
  for (let at = count - 1; at >= 0; at -= step) days.add(addDays(from, at))
  return [...days].sort()
}

export const earlier = (a: Day, b: Day) => (a < b ? a : b)

export function sumOf(daily: ReadonlyMap<Day, number>, from: Day, until: Day): number {
  let sum = 0
  for (const [day, value] of daily) if (day >= from && day < until) sum += value
  return sum
}

/** Seasons and growth of the months behind. */
function habitsOf({ months, time }: Known): SeasonAndGrowth {
  const behind = months.map(({ month, value }) => {
    const first = `${month}-01`
    return {
      month: Number(month.slice(5, 7)),
      value,
      days: time.days(first, monthAfter(first)),
    }
  })
  return seasonAndGrowth(behind)
}

export function monthAfter(first: Day): Day {
  const [year = 0, month = 0] = first.split('-').map(Number)
  return month === 12
    ? `${String(year + 1).padStart(4, '0')}-01-01`
    : `${first.slice(0, 5)}${String(month + 1).padStart(2, '0')}-01`
}

function weightOf(weights: readonly number[], day: Day): number {
  return weights[Number(day.slice(5, 7)) - 1] ?? 1
}

/** Working days in [from, until), each as heavy as its month. */
function sumWeights(weights: readonly number[], time: WorkingDays, from: Day, until: Day): number {
  let sum = 0
  for (let start = from; start < until; ) {
    const end = earlier(until, monthAfter(`${start.slice(0, 8)}01`))
    sum += time.days(start, end) * weightOf(weights, start)
    start = end
  }
  return sum
}

/** Growth from one day to another, 1 where nothing grows. */
function grown(growth: number, today: Day, day: Day): number {
  return Math.exp((growth * daysBetween(today, day)) / 365.25)
}

/**
 * The working days behind today that are looked at, oldest first. What came in on a day off counts with
 * the working day before it, so that nothing is lost.
 */
function pastDays(known: Known, { weights, growth }: SeasonAndGrowth): PastDay[] {
  const { today, daily, time } = known
  const found: PastDay[] = []
  let waiting = 0
  // Nobody looks at days before anything was on record.
  const first = known.since === undefined ? today : later(time.from, known.since)
  for (let day = addDays(today, -1); day >= first; day = addDays(day, -1)) {
    const share = time.share(day)
    const value = daily.get(day) ?? 0
    if (share <= 0) {
      waiting += value
      continue
    }
    found.push({
      value: value + waiting,
      weight: share * weightOf(weights, day) * grown(growth, today, day),
    })
    waiting = 0
    if (found.length === policy.goals.workingDaysMost) break
  }
  return found.reverse()
}

export const later = (a: Day, b: Day) => (a > b ? a : b)

/** Goals are set in round numbers: two digits that count. */
export function rounded(value: number, unit: 'money' | 'count'): number {
  if (value <= 0) return 0
  const scale = 10 ** Math.max(unit === 'money' ? 2 : 0, Math.floor(Math.log10(value)) - 1)
  return Math.max(scale, Math.round(value / scale) * scale)
}

// Where a goal on a ratio leads: its value so far and its chance, from both sides of the ratio by day.
import { addDays, type Day } from '../../../basics/period.ts'
import { policy } from '../../../methods/policy.ts'
import {
  chanceOfRatio,
  drawRatios,
  type PastSides,
  type RatioCourses,
  ratioQuantile,
} from '../../../methods/ratio-probability.ts'
import {
  type Aim,
  type Charted,
  type CoursePoint,
  ends,
  fanShares,
  later,
  type WorkingDays,
} from './outlook.ts'

export interface Sides {
  top: number
  bottom: number
  /** Observations. */
  n: number
}

export interface RatioKnown {
  today: Day
  of: 'shares' | 'means'
  daily: ReadonlyMap<Day, Sides>
  /** Observations below which there is no value. */
  minimum: number
  time: WorkingDays
  /** Same data, same draws. */
  seed: number
}

export interface RatioDrawn {
  /** Absent when it is over, or there is not enough behind. */
  chance?: number
  ends?: { middle: number; low: number; high: number }
  /** Days on which anything counted that are still missing before there is a chance. */
  more?: number
  points: CoursePoint[]
  /** The ratio that so many courses reach at least. */
  total(share: number): number | undefined
  chanceOf(target: number): number | undefined
}

/**
 * Standard deviation of a shift of the ratio over the time to come, on its log odds or its logarithm: what
 * days behind cannot show. Found by `npm run bench calibration`.
 */
export const ratioShift = { shares: 0.15, means: 0.08 }

const draws = 1_000

/** Value so far by day, where it may end, and how likely the target is; the chance as everywhere in one step. */
export function lookAheadRatio(
  aim: Aim,
  known: RatioKnown,
  { points = [], fan = false }: Charted = {},
): RatioDrawn {
  const { today, daily, minimum, time, seed, of } = known
  const { from, until, target } = aim
  const over = today >= until
  const past = over ? [] : pastSides(known)
  const counting = past.filter(({ bottom }) => bottom !== 0).length
  const enough = counting >= policy.goals.workingDays
  const marks = ends(aim, points)
  const steps = marks.filter((day) => day >= today)
  let whence: RatioCourses | undefined
  let spread: RatioCourses | undefined
  if (!over && enough) {
    let start = later(today, from)
    const ahead = steps.map((day) => {
      const next = addDays(day, 1)
      if (next <= start) return 0
      const weight = time.days(start, next)
      start = next
      return weight
    })
    const begun = sidesOf(daily, from, addDays(today, 1))
    const basis = { past, begun, seed, of, draws, shift: ratioShift[of] }
    whence = drawRatios({ ...basis, ahead: [ahead.reduce((sum, one) => sum + one, 0)] })
    if (fan) spread = drawRatios({ ...basis, ahead })
  }
  const [drawn, fanned] = [whence, spread]
  const quantile = (share: number) => (drawn ? ratioQuantile(drawn, share, 0) : undefined)
  const side = aim.atMost ? 'most' : 'least'
  const chanceOf = (other: number) => (drawn ? chanceOfRatio(drawn, other, 0, side) : undefined)
  const [low, middle, high] = [quantile(0.1), quantile(0.5), quantile(0.9)]
  const chance = chanceOf(target)
  return {
    ...(chance === undefined ? {} : { chance }),
    ...(low === undefined || middle === undefined || high === undefined
      ? {}
      : { ends: { low, middle, high } }),
    ...(over || enough ? {} : { more: policy.goals.workingDays - counting }),
    points: marks.map((on) => {
      const so = sidesOf(daily, from, addDays(on, 1))
      return {
        on,
        actual: on > today || so.n < minimum || !(so.bottom > 0) ? null : so.top / so.bottom,
        straight: target,
        seasonal: target,
        fan: fanned ? fanOf(fanned, steps.indexOf(on)) : null,
      }
    }),
    total: (share) => quantile(1 - share),
    chanceOf,
  }
}

function fanOf(courses: RatioCourses, step: number): number[] | null {
  if (step < 0) return null
  const found = fanShares.map((share) => ratioQuantile(courses, share, step))
  const told = found.filter((one) => one !== undefined)
  return told.length < found.length ? null : told
}

function sidesOf(daily: ReadonlyMap<Day, Sides>, from: Day, until: Day): Sides {
  const sum = { top: 0, bottom: 0, n: 0 }
  for (const [day, { top, bottom, n }] of daily) {
    if (day < from || day >= until) continue
    sum.top += top
    sum.bottom += bottom
    sum.n += n
  }
  return sum
}

/** Working days behind, oldest first; what counted on a day off counts with the working day before it. */
function pastSides({ today, daily, time }: RatioKnown): PastSides[] {
  const first = [...daily.keys()].sort()[0]
  const found: PastSides[] = []
  if (first === undefined) return found
  let waiting = { top: 0, bottom: 0 }
  const begin = later(first, time.from)
  for (let day = addDays(today, -1); day >= begin; day = addDays(day, -1)) {
    const here = daily.get(day) ?? { top: 0, bottom: 0 }
    waiting = { top: waiting.top + here.top, bottom: waiting.bottom + here.bottom }
    const weight = time.share(day)
    if (weight <= 0) continue
    found.push({ ...waiting, weight })
    waiting = { top: 0, bottom: 0 }
    if (found.length === policy.goals.workingDaysMost) break
  }
  return found.reverse()
}

/** Ratios are aimed at in round numbers, too: half a percent, two digits of money, tenths of what is counted. */
export function roundedRatio(value: number, unit: 'money' | 'rate' | 'count' | 'days' | 'score') {
  if (unit === 'rate') return Math.round(value * 200) / 200
  if (unit !== 'money') return Math.round(value * 10) / 10
  const scale = 10 ** Math.max(2, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1)
  return Math.round(value / scale) * scale
}

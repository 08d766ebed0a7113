// Whether chances of goals mean what they say: demo goals over many seeds, forecasts against what happened.
import { demoWorld } from '../demo/world.ts'
import { addDays, type Day, daysBetween } from '../src/basics/period.ts'
import { type Aim, type Known, lookAhead, sumOf } from '../src/features/goals/calc/outlook.ts'
import { binomialCdf } from '../src/methods/beta.ts'
import { randomNumbers } from '../src/methods/random-numbers.ts'
import type { Line } from './measure.ts'

const today = '2024-06-30'
const seeds = Array.from({ length: 20 }, (_, i) => 101 + i)
export interface Forecast {
  chance: number
  reached: boolean
  of: 'counts' | 'amounts'
}

/** Mondays to Fridays, as the demo world works. */
const time: Known['time'] = {
  from: '2015-01-01',
  share: (day) => (weekday(day) < 5 ? 1 : 0),
  days: (from, until) => {
    if (until <= from) return 0
    const first = weekday(from)
    const count = daysBetween(from, until)
    const weeks = Math.floor(count / 7)
    let sum = weeks * 5
    for (let i = 0; i < count % 7; i += 1) if ((first + i) % 7 < 5) sum += 1
    return sum
  },
}

function weekday(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** Forecasts of all goals: made on a day within each, by the calculation that the pages show. */
export function forecasts(from: readonly number[] = seeds): Forecast[] {
  return from.flatMap((seed) => forecastsOf(seed))
}

function forecastsOf(seed: number): Forecast[] {
  const chance = randomNumbers(seed)
  const world = demoWorld({ seed, today, size: 'full', lang: 'en' })
  const series = {
    counts: new Map<string, Map<Day, number>>(),
    amounts: new Map<string, Map<Day, number>>(),
  }
  /** The same of everybody, by month: seasons are told by all together. */
  const whole = { counts: new Map<Day, number>(), amounts: new Map<Day, number>() }
  const add = (of: 'counts' | 'amounts', seller: string, day: Day, value: number) => {
    const daily: Map<Day, number> = series[of].get(seller) ?? new Map()
    daily.set(day, (daily.get(day) ?? 0) + value)
    series[of].set(seller, daily)
    whole[of].set(day, (whole[of].get(day) ?? 0) + value)
  }
  for (const deal of world.deals) {
    if (deal.outcome !== 'won' || deal.closedOn === undefined) continue
    add('counts', deal.seller, deal.closedOn, 1)
    add('amounts', deal.seller, deal.closedOn, deal.amount)
  }
  for (const back of world.returns) add('amounts', back.seller, back.onDay, back.amount)
  const found: Forecast[] = []
  for (const { key: seller } of world.sellers) {
    // Stretches of one seller follow each other: goals that overlap would be one goal told twice.
    for (let start = 24; start > 0; ) {
      const months = Math.min(start, [1, 3, 3, 6][Math.floor(chance() * 4)] ?? 3)
      const from = monthsBack('2024-06-01', start)
      const until = monthsBack('2024-06-01', start - months)
      start -= months
      const of = chance() < 0.5 ? 'counts' : 'amounts'
      const elapsed = 0.1 + 0.75 * chance()
      const stretch = 0.6 + 0.8 * chance()
      const daily = series[of].get(seller)
      if (!daily) continue
      const day = addDays(from, Math.round(elapsed * daysBetween(from, until)))
      const before = new Map([...daily].filter(([on]) => on < day))
      const known: Known = {
        today: day,
        daily: before,
        since: [...before.keys()].sort()[0],
        months: monthsOf(whole[of], day),
        time,
        seed: seed * 1000 + found.length,
      }
      // What a person might set by feeling: what half a year brought so far, more or less.
      const half = sumOf(before, addDays(day, -182), day)
      const left = daysBetween(day, until)
      const attained = sumOf(before, from, day)
      const raw = attained + (half / 182) * left * stretch
      const target = of === 'counts' ? Math.max(1, Math.round(raw)) : Math.round(raw)
      if (target <= attained) continue
      const aim: Aim = { target, from, until, atMost: false, of }
      const said = lookAhead(aim, known).outlook.chance
      if (said === undefined) continue
      found.push({ chance: said, reached: sumOf(daily, from, until) >= target, of })
    }
  }
  return found
}

function monthsBack(first: Day, count: number): Day {
  const [year = 0, month = 0] = first.split('-').map(Number)
  const at = year * 12 + month - 1 - count
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
}

/** Whole months behind, after the first one with anything. */
function monthsOf(daily: ReadonlyMap<Day, number>, day: Day): Known['months'] {
  const sums = new Map<string, number>()
  for (const [on, value] of daily) {
    if (on >= day) continue
    const month = on.slice(0, 7)
    sums.set(month, (sums.get(month) ?? 0) + value)
  }
  const [first] = [...sums.keys()].sort()
  const months: { month: string; value: number }[] = []
  if (first === undefined) return months
  for (
    let at = monthsBack(`${first}-01`, -1);
    at.slice(0, 7) < day.slice(0, 7);
    at = monthsBack(at, -1)
  )
    months.push({ month: at.slice(0, 7), value: sums.get(at.slice(0, 7)) ?? 0 })
  return months.slice(-48)
}

export interface Bin {
  n: number
  mean: number
  reached: number
  /** Limits within which 95 of 100 such bins would lie. */
  low: number
  high: number
  within: boolean
}

/** Ten bins of the forecast, each against the binomial limits of its mean. */
export function bins(all: readonly Forecast[]): Bin[] {
  return Array.from({ length: 10 }, (_, i) => {
    const inBin = all.filter(({ chance }) => Math.min(9, Math.floor(chance * 10)) === i)
    const n = inBin.length
    const mean = n === 0 ? 0 : inBin.reduce((sum, { chance }) => sum + chance, 0) / n
    const reached = inBin.filter((one) => one.reached).length
    const low = quantile(0.025, n, mean)
    const high = quantile(0.975, n, mean)
    return { n, mean, reached, low, high, within: reached >= low && reached <= high }
  })
}

function quantile(p: number, n: number, chance: number): number {
  let k = 0
  while (k < n && binomialCdf(k, n, chance) < p) k += 1
  return k
}

/** Mean squared error of the chances, and that of saying the share of all goals each time. */
export function brier(all: readonly Forecast[]): { score: number; base: number } {
  const share = all.filter(({ reached }) => reached).length / all.length
  const score =
    all.reduce((sum, { chance, reached }) => sum + (chance - (reached ? 1 : 0)) ** 2, 0) /
    all.length
  return { score, base: share * (1 - share) }
}

export async function calibrationArea(): Promise<Line[]> {
  const all = forecasts()
  const found = bins(all)
  const within = found.filter((one) => one.within).length
  const { score, base } = brier(all)
  const percent = (value: number) => `${Math.round(value * 100)} %`
  const line = (what: string, figure: string, met: boolean | undefined, goal?: string): Line => ({
    area: 'calibration',
    what,
    ...(goal === undefined ? {} : { goal }),
    figure,
    verdict: met === undefined ? 'told' : met ? 'kept' : 'missed',
    numbers: {},
  })
  return [
    line(
      'goals',
      `${all.length} over ${seeds.length} seeds`,
      all.length >= 500,
      '500 over 20 seeds',
    ),
    ...found.map(({ n, mean, reached, low, high, within: met }, i) =>
      line(
        `forecast ${i * 10}–${i * 10 + 10} %`,
        `n ${n}, forecast ${percent(mean)}, reached ${percent(n === 0 ? 0 : reached / n)} (${reached}; limits ${low}–${high})${met ? '' : ' outside'}`,
        undefined,
      ),
    ),
    line('bins within the binomial 95 % limits', `${within} of 10`, within >= 9, '9 of 10'),
    line(
      'Brier score against the base rate',
      `${score.toFixed(3)} to ${base.toFixed(3)}`,
      score < base,
      'lower',
    ),
  ]
}

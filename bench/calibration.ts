// Whether chances of goals mean what they say: demo goals over many seeds, forecasts against what happened.
import { demoWorld } from '../demo/world.ts'
import { addDays, type Day, daysBetween } from '../src/basics/period.ts'
import { type Aim, type Known, lookAhead, sumOf } from '../src/features/goals/calc/outlook.ts'
import { lookAheadRatio, type RatioKnown } from '../src/features/goals/calc/ratio-outlook.ts'
import { binomialCdf } from '../src/methods/beta.ts'
import { randomNumbers } from '../src/methods/random-numbers.ts'
import type { Line } from './measure.ts'

const today = '2024-06-30'
const seeds = Array.from({ length: 20 }, (_, i) => 101 + i)
export interface Forecast {
  chance: number
  reached: boolean
  of: 'counts' | 'amounts' | 'shares' | 'means'
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
  return from.flatMap((seed, i) => {
    const world = demoWorld({ seed, today, size: 'full', lang: 'en' })
    // Half of the worlds are plenty for ratios.
    return [...forecastsOf(seed, world), ...(i % 2 === 0 ? ratioForecastsOf(seed, world) : [])]
  })
}

type World = ReturnType<typeof demoWorld>

function forecastsOf(seed: number, world: World): Forecast[] {
  const chance = randomNumbers(seed)
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
    for (const { from, until } of stretches(chance)) {
      const of = chance() < 0.5 ? 'counts' : 'amounts'
      const day = dayWithin({ from, until }, chance)
      const stretch = 0.6 + 0.8 * chance()
      const daily = series[of].get(seller)
      if (!daily) continue
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

/** Stretches of one seller follow each other: goals that overlap would be one goal told twice. */
function* stretches(chance: () => number): Generator<{ from: Day; until: Day }> {
  for (let start = 24; start > 0; ) {
    const months = Math.min(start, [1, 3, 3, 6][Math.floor(chance() * 4)] ?? 3)
    yield {
      from: monthsBack('2024-06-01', start),
      until: monthsBack('2024-06-01', start - months),
    }
    start -= months
  }
}

/** A day within, on which the forecast is made. */
function dayWithin({ from, until }: { from: Day; until: Day }, chance: () => number): Day {
  const elapsed = 0.1 + 0.75 * chance()
  return addDays(from, Math.round(elapsed * daysBetween(from, until)))
}

type Sides = RatioKnown['daily']

/** Goals on the win rate and the average deal of each seller. */
function ratioForecastsOf(seed: number, world: World): Forecast[] {
  const chance = randomNumbers(seed + 7)
  const found: Forecast[] = []
  for (const { key: seller } of world.sellers) {
    const series = { shares: new Map(), means: new Map() }
    for (const deal of world.deals) {
      if (deal.seller !== seller || deal.closedOn === undefined || deal.outcome === 'open') continue
      const won = deal.outcome === 'won'
      addSides(series.shares, deal.closedOn, won ? 1 : 0)
      if (won) addSides(series.means, deal.closedOn, deal.amount)
    }
    for (const { from, until } of stretches(chance)) {
      const of = chance() < 0.5 ? 'shares' : 'means'
      const day = dayWithin({ from, until }, chance)
      const stretch = 0.7 + 0.6 * chance()
      const daily: Sides = series[of]
      const before = new Map([...daily].filter(([on]) => on < day))
      const half = ratioOf(before, addDays(day, -182), day)
      const ends = ratioOf(daily, from, until)
      if (half === undefined || ends === undefined) continue
      const target =
        of === 'shares' ? Math.round(100 * half * stretch) / 100 : Math.round(half * stretch)
      const aim: Aim = { target, from, until, atMost: false, of: 'amounts' }
      const known: RatioKnown = {
        today: day,
        of,
        daily: before,
        minimum: 1,
        time,
        seed: seed * 1000 + found.length,
      }
      const said = lookAheadRatio(aim, known).chance
      if (said !== undefined) found.push({ chance: said, reached: ends >= target - 1e-12, of })
    }
  }
  return found
}

function addSides(
  daily: Map<Day, { top: number; bottom: number; n: number }>,
  day: Day,
  top: number,
): void {
  const { top: before, bottom } = daily.get(day) ?? { top: 0, bottom: 0 }
  daily.set(day, { top: before + top, bottom: bottom + 1, n: bottom + 1 })
}

function ratioOf(daily: Sides, from: Day, until: Day): number | undefined {
  const sum = { top: 0, bottom: 0 }
  for (const [day, one] of daily) {
    if (day < from || day >= until) continue
    sum.top += one.top
    sum.bottom += one.bottom
  }
  return sum.bottom > 0 ? sum.top / sum.bottom : undefined
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
  const { ratios = [], sums = [] } = Object.groupBy(all, ({ of }) =>
    of === 'shares' || of === 'means' ? 'ratios' : 'sums',
  )
  return [
    line(
      'goals',
      `${sums.length} over ${seeds.length} seeds`,
      sums.length >= 500,
      '500 over 20 seeds',
    ),
    ...linesOf(sums, ''),
    line('goals on ratios', `${ratios.length} over ${seeds.length / 2} seeds`, undefined),
    ...linesOf(ratios, 'ratios: '),
  ]
}

const percent = (value: number) => `${Math.round(value * 100)} %`

const line = (what: string, figure: string, met: boolean | undefined, goal?: string): Line => ({
  area: 'calibration',
  what,
  ...(goal === undefined ? {} : { goal }),
  figure,
  verdict: met === undefined ? 'told' : met ? 'kept' : 'missed',
  numbers: {},
})

function linesOf(forecasts: readonly Forecast[], of: string): Line[] {
  const found = bins(forecasts)
  const within = found.filter((one) => one.within).length
  const { score, base } = brier(forecasts)
  return [
    ...found.map(({ n, mean, reached, low, high, within: met }, i) =>
      line(
        `${of}forecast ${i * 10}–${i * 10 + 10} %`,
        `n ${n}, forecast ${percent(mean)}, reached ${percent(n === 0 ? 0 : reached / n)} (${reached}; limits ${low}–${high})${met ? '' : ' outside'}`,
        undefined,
      ),
    ),
    line(`${of}bins within the binomial 95 % limits`, `${within} of 10`, within >= 9, '9 of 10'),
    line(
      `${of}Brier score against the base rate`,
      `${score.toFixed(3)} to ${base.toFixed(3)}`,
      score < base,
      'lower',
    ),
  ]
}

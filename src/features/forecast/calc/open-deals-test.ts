// The open deals tested on the past: what was open at earlier points, what it brought, and what both together were worth.
import { accuracy, shareInside } from '../../../methods/forecast-accuracy.ts'
import { policy } from '../../../methods/policy.ts'
import type { Prediction } from '../../../methods/prediction.ts'
import { combined, openOnDay } from './combination.ts'
import { type PipelineFacts, pipelineOf } from './open-deals.ts'
import { type BackTest, type BackTestSummary, summaryOf, type TestedStep } from './series-models.ts'

/** What was open when a period began, and what became of it. */
export interface Origin {
  /** Number of periods that were over. */
  origin: number
  facts: PipelineFacts
  /** What these deals brought in each period that is over by now. */
  brought: readonly number[]
}

/** What the open deals were to bring, beside what they brought; step 0: all periods together. */
export interface OpenStep extends Prediction {
  origin: number
  /** Periods ahead, from 1. */
  step: number
  actual: number
}

export interface OpenDealsTest {
  /** Open deals alone, against what these deals brought: not what was opened later. */
  steps: readonly OpenStep[]
  summary: Omit<BackTestSummary, 'mase' | 'naiveMase' | 'naiveMae'> | undefined
  /** Standard deviation of what all deals have in common, as a share of the mean, by step from 1 on. */
  common: readonly number[]
  commonTotal: number
  /** Least and most that the open deals, scaled up to the whole period, were ever to bring, by step from 1 on; null: never known. */
  ranges: readonly (Range | null)[]
  /** Both together, against the whole period, over the same forecasts as the baseline. */
  combination: (Omit<BackTest, 'method'> & { method: 'combination' }) | undefined
  /** The series alone over those forecasts. */
  alone: BackTestSummary | undefined
}

interface Range {
  least: number
  most: number
}

interface Off {
  /** Number of periods that must be over before this is known. */
  known: number
  mean: number
  actual: number
  /** Variance that chance alone explains. */
  own: number
}

/**
 * What all deals have in common: how much more the forecasts were off than chance of the single deals
 * explains, as a share of the mean; undefined while too few are over.
 */
export function commonOf(list: readonly Omit<Off, 'known'>[]): number | undefined {
  const told = list.filter(({ mean }) => mean > 0)
  if (told.length < policy.openDealsTest.commonFrom) return undefined
  const [more, scale] = told.reduce(
    ([sum, whole], { mean, actual, own }) => [
      sum + (actual - mean) ** 2 - own,
      whole + mean ** 2 + own,
    ],
    [0, 0],
  )
  // Measured from few, it is less sure: as much wider as the variance of Student's t with so many values.
  const few = told.length / Math.max(1, told.length - 2)
  return Math.sqrt(Math.max(0, few * (more / scale)))
}

interface Known {
  /** By step; place 0: all periods together. */
  off: Off[][]
  horizon: number
}

/** What is measured by the time so many periods are over. */
function commonAt({ off, horizon }: Known, over: number) {
  const of = (place: number) => commonOf((off[place] ?? []).filter(({ known }) => known <= over))
  const steps = Array.from({ length: horizon }, (_, i) => of(i + 1))
  // A step that is seldom over yet is taken to be like the last one before it.
  const filled = steps.map(
    (one, i) => one ?? steps.slice(0, i).findLast((other) => other !== undefined),
  )
  return { steps: filled, total: of(0) ?? filled.findLast((one) => one !== undefined) }
}

export interface TestSetting {
  horizon: number
  /** The test of the method that is shown. */
  series: BackTest | undefined
}

export interface OpenDealsTester {
  /** Goes on with the next point, a later one than before. */
  add(origin: Origin): void
  result(): OpenDealsTest
}

/**
 * Goes through earlier points as if the rest were not known, the oldest first. What the deals have in
 * common is measured at each from those before it alone; the first few points only measure.
 */
export function openDealsTester({ horizon, series }: TestSetting): OpenDealsTester {
  const known: Known = { off: Array.from({ length: horizon + 1 }, () => []), horizon }
  const steps: OpenStep[] = []
  const wholes: number[][] = Array.from({ length: horizon }, () => [])
  const both: TestedStep[] = []
  const alone: TestedStep[] = []
  const said = new Map(
    (series?.steps ?? []).map((step) => [`${step.origin} ${step.step}`, step] as const),
  )
  const add = ({ origin, facts, brought }: Origin) => {
    const common = commonAt(known, origin)
    const made = pipelineOf(facts, {
      common: common.steps.map((one) => one ?? 0),
      commonTotal: common.total ?? 0,
    })
    if (!made) return
    const { periods, total } = made.outlook
    for (const [i, actual] of brought.entries()) {
      const found = periods[i]
      if (!found) continue
      const { mean, low80, high80, low95, high95, ownSd } = found
      known.off[i + 1]?.push({ known: origin + i + 1, mean, actual, own: ownSd ** 2 })
      const share = openOnDay(facts.won, facts.wonPeriods, {
        ahead: i,
        over: 0,
        by: facts.counts,
      })
      if (share) wholes[i]?.push(mean / share)
      if (common.steps[i] === undefined) continue
      const prediction = { mean, low80, high80, low95, high95 }
      steps.push({ ...prediction, origin, step: i + 1, actual })
      const step = said.get(`${origin} ${i + 1}`)
      const together = step && combined(step, prediction, share, 0)
      if (!step || !together) continue
      alone.push(step)
      both.push({ ...step, ...together })
    }
    if (brought.length < horizon) return
    known.off[0]?.push({
      known: origin + horizon,
      mean: total.mean,
      actual: brought.reduce((sum, one) => sum + one, 0),
      own: total.ownSd ** 2,
    })
  }
  const result = (): OpenDealsTest => {
    const now = commonAt(known, Number.POSITIVE_INFINITY)
    return {
      steps,
      summary: steps.length === 0 ? undefined : openSummary(steps),
      common: now.steps.map((one) => one ?? 0),
      commonTotal: now.total ?? 0,
      ranges: wholes.map((list) =>
        list.length === 0 ? null : { least: Math.min(...list), most: Math.max(0, ...list) },
      ),
      combination:
        both.length === 0
          ? undefined
          : { method: 'combination', steps: both, summary: summaryOf(both) },
      alone: alone.length === 0 ? undefined : summaryOf(alone),
    }
  }
  return { add, result }
}

/** The same for points that are there already; yields before each, so that others get their turn. */
export function* testOpenDeals(
  origins: Iterable<Origin>,
  setting: TestSetting,
): Generator<{ origin: number }, OpenDealsTest> {
  const tester = openDealsTester(setting)
  for (const one of origins) {
    yield { origin: one.origin }
    tester.add(one)
  }
  return tester.result()
}

function openSummary(steps: readonly OpenStep[]): NonNullable<OpenDealsTest['summary']> {
  const { bias, wape, mae, coverage80 } = accuracy(
    steps.map((step) => ({ ...step, forecast: step.mean })),
    undefined,
  )
  return {
    origins: new Set(steps.map(({ origin }) => origin)).size,
    bias,
    ...(wape === undefined ? {} : { wape }),
    mae,
    inside80: coverage80,
    inside95: shareInside(steps, ({ low95, high95 }) => [low95, high95]),
  }
}

/**
 * Whether both together are what is shown: tested at enough points, and over the same forecasts nearer
 * than the baseline and than the series alone.
 */
export function combinationEarned(test: OpenDealsTest | undefined): boolean {
  const { combination, alone } = test ?? {}
  if (!combination) return false
  const { origins, mase, naiveMase } = combination.summary
  if (origins < policy.backTest.origins || mase === undefined || naiveMase === undefined)
    return false
  return mase < naiveMase && mase < (alone?.mase ?? 0)
}

/** So much beyond what they ever were, open deals still count as tested: business grows. */
const beyond = 1.5

/**
 * Whether what the open deals, scaled up, are to bring in a step (from 1) is like what it was at the points tested.
 * Where deals are no longer entered, or many at once, the past says nothing of it.
 */
export function likeTested({ ranges }: OpenDealsTest, step: number, whole: number): boolean {
  const range = ranges[step - 1]
  return range ? whole >= range.least / beyond && whole <= range.most * beyond : false
}

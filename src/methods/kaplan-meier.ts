// How long it takes until something happens, where for some it has not happened yet.

import { at } from './estimate.ts'
import { gammaUpperTail } from './gamma.ts'
import { twoSidedZ } from './normal.ts'
import { policy } from './policy.ts'

export interface Duration {
  readonly time: number
  /** False: still waiting when last looked at. */
  readonly event: boolean
  /** How many are alike; 1 unless said. */
  readonly count?: number
}

/** The curve at one time at which somebody left, by the event or by no longer being watched. */
export interface SurvivalStep {
  readonly time: number
  readonly atRisk: number
  readonly events: number
  /** Share for whom it has not happened up to and including this time. */
  readonly survival: number
  /** Greenwood's standard error of `survival`. */
  readonly se: number
  /** Limits on the log(−log) scale; not defined while nothing has happened, or at 0. */
  readonly low?: number
  readonly high?: number
}

export interface Survival {
  readonly n: number
  readonly events: number
  readonly steps: readonly SurvivalStep[]
  readonly confidence: number
  /** Time by which it has happened for half; absent while fewer than half got there. */
  readonly median?: number
  readonly medianLow?: number
  readonly medianHigh?: number
}

interface Counted {
  readonly time: number
  readonly events: number
  readonly left: number
}

function watched(durations: readonly Duration[]): number {
  return durations.reduce((sum, { count = 1 }) => sum + count, 0)
}

function counted(durations: readonly Duration[]): Counted[] {
  const byTime = new Map<number, { events: number; left: number }>()
  for (const { time, event, count = 1 } of durations) {
    if (!(time >= 0)) throw new RangeError('A duration is 0 or more')
    const found = byTime.get(time) ?? { events: 0, left: 0 }
    found.left += count
    if (event) found.events += count
    byTime.set(time, found)
  }
  return [...byTime].map(([time, counts]) => ({ time, ...counts })).sort((a, b) => a.time - b.time)
}

/** First time at which a falling curve is at or below one half; between two times where it rests on it. */
function crossing(
  steps: readonly SurvivalStep[],
  curve: (step: SurvivalStep) => number | undefined,
): number | undefined {
  const place = steps.findIndex((step) => (curve(step) ?? 1) <= 0.5 + 1e-12)
  const found = steps[place]
  if (found === undefined) return undefined
  const value = curve(found) ?? 0
  if (Math.abs(value - 0.5) > 1e-12) return found.time
  const next = steps.slice(place).find((step) => (curve(step) ?? 0) < 0.5 - 1e-12)
  return next === undefined ? found.time : (found.time + next.time) / 2
}

/**
 * Product-limit estimate. Who stopped being watched at a time counts as at risk there.
 * Sources: Kaplan & Meier (1958), JASA 53:457; limits after Kalbfleisch & Prentice (1980), medians after
 * Brookmeyer & Crowley (1982), Biometrics 38:29.
 */
export function kaplanMeier(
  durations: readonly Duration[],
  confidence: number = policy.confidence,
): Survival {
  const z = twoSidedZ(confidence)
  const n = watched(durations)
  let atRisk = n
  let survival = 1
  let greenwood = 0
  const steps = counted(durations).map(({ time, events, left }): SurvivalStep => {
    survival *= 1 - events / atRisk
    greenwood += events === 0 ? 0 : events / (atRisk * (atRisk - events))
    const step = { time, atRisk, events, survival, se: survival * Math.sqrt(greenwood) }
    atRisk -= left
    if (survival >= 1) return step
    if (survival <= 0) return { ...step, se: 0 }
    const log = Math.log(survival)
    const width = (z * Math.sqrt(greenwood)) / Math.abs(log)
    return { ...step, low: survival ** Math.exp(width), high: survival ** Math.exp(-width) }
  })
  const median = crossing(steps, (step) => step.survival)
  const medianLow = crossing(steps, (step) => step.low)
  const medianHigh = crossing(steps, (step) => step.high)
  return {
    n,
    events: steps.reduce((sum, step) => sum + step.events, 0),
    steps,
    confidence,
    ...(median === undefined ? {} : { median }),
    ...(medianLow === undefined ? {} : { medianLow }),
    ...(medianHigh === undefined ? {} : { medianHigh }),
  }
}

/** The last step at or before a time; undefined before the first. */
export function stepAt(curve: Survival, time: number): SurvivalStep | undefined {
  let low = 0
  let high = curve.steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(curve.steps, middle).time <= time) low = middle + 1
    else high = middle
  }
  return curve.steps[low - 1]
}

/** How many were still watched just before a time. */
export function atRiskAt(curve: Survival, time: number): number {
  return curve.steps.find((step) => step.time >= time)?.atRisk ?? 0
}

/** Limits on the plain log scale, as survival programs print them by default. */
export function logLimits(
  step: SurvivalStep,
  confidence: number,
): { low: number; high: number } | undefined {
  if (step.survival <= 0) return undefined
  const width = twoSidedZ(confidence) * (step.se / step.survival)
  return {
    low: step.survival * Math.exp(-width),
    high: Math.min(1, step.survival * Math.exp(width)),
  }
}

export interface LogRankGroup {
  readonly name: string
  readonly durations: readonly Duration[]
}

export interface LogRank {
  readonly groups: readonly {
    readonly name: string
    readonly observed: number
    readonly expected: number
  }[]
  readonly chiSquare: number
  readonly df: 1
  readonly pValue: number
}

/** Whether two groups get there equally fast. Source: Mantel (1966), Cancer Chemotherapy Reports 50:163. */
export function logRank(first: LogRankGroup, second: LogRankGroup): LogRank {
  const groups = [first, second]
  const steps = groups.map((group) => counted(group.durations))
  const times = [...new Set(steps.flat().map(({ time }) => time))].sort((a, b) => a - b)
  const remaining = groups.map((group) => watched(group.durations))
  const places = [0, 0]
  const observed = [0, 0]
  let expected = 0
  let variance = 0
  for (const time of times) {
    const [risk, otherRisk] = [at(remaining, 0), at(remaining, 1)]
    const total = risk + otherRisk
    let events = 0
    for (const [g, list] of steps.entries()) {
      const step = list[at(places, g)]
      if (step?.time !== time) continue
      places[g] = at(places, g) + 1
      remaining[g] = at(remaining, g) - step.left
      observed[g] = at(observed, g) + step.events
      events += step.events
    }
    expected += (events * risk) / total
    if (total > 1) {
      variance += (events * (risk / total) * (otherRisk / total) * (total - events)) / (total - 1)
    }
  }
  const all = at(observed, 0) + at(observed, 1)
  const chiSquare = variance === 0 ? 0 : (at(observed, 0) - expected) ** 2 / variance
  return {
    groups: [
      { name: first.name, observed: at(observed, 0), expected },
      { name: second.name, observed: at(observed, 1), expected: all - expected },
    ],
    chiSquare,
    df: 1,
    pValue: gammaUpperTail(chiSquare / 2, 0.5),
  }
}

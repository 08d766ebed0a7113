// Rates pulled towards the group: what a seller's few deals say, tempered by what all sellers do.

import { betaQuantile } from './beta.ts'
import type { Status } from './estimate.ts'
import { lbeta, lgamma } from './gamma.ts'
import { nelderMead } from './nelder-mead.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

export interface TrialRecord {
  readonly successes: number
  readonly trials: number
}

/** James–Stein estimates; `estimates` by position, empty unless status is `ok` or `no_overdispersion`. */
export interface JamesStein {
  readonly n: number
  readonly method: string
  readonly status: Status
  /** Mean of the raw rates, towards which all are pulled. */
  readonly grandMean?: number
  /** Share of the distance from the grand mean that is kept, 0 (chance only) to 1. */
  readonly shrinkFactor?: number
  readonly estimates: readonly number[]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function squaredDeviations(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
}

function jamesStein(
  method: string,
  scores: readonly number[],
  variance: number,
  back: (score: number) => number,
): JamesStein {
  const k = scores.length
  const common = { n: k, method }
  if (k < 4) return { ...common, status: 'not_enough_data', estimates: [] }
  const centre = mean(scores)
  const spread = squaredDeviations(scores)
  // A negative factor would turn the order of the units round; it is cut at 0 (positive part).
  const factor = spread === 0 ? 0 : Math.max(0, 1 - ((k - 3) * variance) / spread)
  return {
    ...common,
    status: factor === 0 ? 'no_overdispersion' : 'ok',
    grandMean: back(centre),
    shrinkFactor: factor,
    estimates: scores.map((score) => back(centre + factor * (score - centre))),
  }
}

/**
 * James–Stein estimates of rates with the same number of trials `n` each, on the scale of the rates.
 * Needs four units. Source: Efron & Morris (1977), Scientific American 236(5):119.
 */
export function jamesSteinEqualN(successes: readonly number[], n: number): JamesStein {
  if (!(n > 0)) throw new RangeError('James–Stein needs at least one trial per unit')
  const rates = successes.map((x) => x / n)
  const pooled = rates.length === 0 ? 0 : mean(rates)
  return jamesStein('james_stein_equal_n', rates, (pooled * (1 - pooled)) / n, (rate) => rate)
}

/**
 * The same on the arcsine scale, where the variance of a rate does not depend on the rate.
 * Source: Efron & Morris (1975), JASA 70:311.
 */
export function jamesSteinArcsine(successes: readonly number[], n: number): JamesStein {
  if (!(n > 0)) throw new RangeError('James–Stein needs at least one trial per unit')
  const root = Math.sqrt(n)
  const scores = successes.map((x) => root * Math.asin((2 * x) / n - 1))
  return jamesStein('james_stein_arcsine', scores, 1, (s) => (Math.sin(s / root) + 1) / 2)
}

/** One unit's shrunken rate with its 95 % limits; `n` is its number of trials. */
export interface ShrunkenRate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/**
 * Beta-binomial fit. `no_overdispersion`: the units differ no more than chance explains, and every
 * unit carries the pooled rate with the pooled interval. Else `units` is empty unless `ok`.
 */
export interface BetaBinomial {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  readonly units: readonly ShrunkenRate[]
  readonly alpha?: number
  readonly beta?: number
  /** Mean of the distribution the units' true rates come from. */
  readonly priorMean?: number
  /** How many trials of a unit weigh as much as the group does. */
  readonly priorSize?: number
  /** Correlation of two trials of one unit, 1/(1+priorSize). */
  readonly rho?: number
  /** Log-likelihood including the binomial coefficients. */
  readonly logLik?: number
}

const ASSUMPTIONS = ['independent_trials', 'prior_taken_as_known'] as const

/** Range of the prior size searched; beyond the upper limit the prior is a single point. */
const PRIOR_SIZE = { least: 1e-3, most: 1e9, chanceOnlyFrom: 1e6 } as const

function checkRecords(records: readonly TrialRecord[]): void {
  for (const { successes, trials } of records) {
    const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials)
    if (!(whole && successes >= 0 && successes <= trials)) {
      throw new RangeError('Successes and trials are whole numbers, successes within trials')
    }
  }
}

/** Σ ln C(trials, successes), the part of the likelihood that no parameter changes. */
function coefficients(records: readonly TrialRecord[]): number {
  return records.reduce(
    (sum, { successes: x, trials: n }) => sum + lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1),
    0,
  )
}

function logLikelihood(records: readonly TrialRecord[], alpha: number, beta: number): number {
  const prior = lbeta(alpha, beta)
  return records.reduce(
    (sum, { successes, trials }) =>
      sum + lbeta(successes + alpha, trials - successes + beta) - prior,
    0,
  )
}

function shrink(
  records: readonly TrialRecord[],
  alpha: number,
  beta: number,
  confidence: number,
): ShrunkenRate[] {
  const tail = (1 - confidence) / 2
  return records.map(({ successes, trials }) => {
    const a = successes + alpha
    const b = trials - successes + beta
    return {
      value: a / (a + b),
      low: betaQuantile(tail, a, b),
      high: betaQuantile(1 - tail, a, b),
      n: trials,
    }
  })
}

/** ln of the binomial likelihood with one rate for all, the limit of an infinite prior size. */
function pooledLogLikelihood(successes: number, failures: number): number {
  const part = (k: number) => (k === 0 ? 0 : k * Math.log(k / (successes + failures)))
  return part(successes) + part(failures)
}

/**
 * Maximum-likelihood fit of successesᵢ ~ BetaBinomial(trialsᵢ, α, β) and the shrunken rates
 * (x+α)/(n+α+β) with limits from Beta(x+α, n−x+β). The limits take α and β as known and are
 * somewhat narrow when there are few units. Too little data by policy, or a fit that did not
 * converge, give `not_enough_data`. Source: Gelman et al., Bayesian Data Analysis (2013), 5.1;
 * Skellam (1948), JRSS B 10:257.
 */
export function betaBinomialMle(
  records: readonly TrialRecord[],
  confidence: number = policy.confidence,
): BetaBinomial {
  checkRecords(records)
  const common = { n: records.length, method: 'beta_binomial_mle', assumptions: ASSUMPTIONS }
  const tried = records.filter(({ trials }) => trials > 0)
  const trials = tried.reduce((sum, record) => sum + record.trials, 0)
  const { unitsWithTrials, trials: trialsNeeded } = policy.shrunkenRates
  if (tried.length < unitsWithTrials || trials < trialsNeeded) {
    return { ...common, status: 'not_enough_data', units: [] }
  }
  const successes = tried.reduce((sum, record) => sum + record.successes, 0)
  const failures = trials - successes
  const shapes = ([logit = 0, logSize = 0]: readonly number[]) => {
    const size = Math.exp(logSize)
    return { size, alpha: size / (1 + Math.exp(-logit)), beta: size / (1 + Math.exp(logit)) }
  }
  const chanceOnly = (): BetaBinomial => {
    const { value = 0, low = 0, high = 1 } = wilson(successes, trials, confidence)
    const units = records.map((record) => ({ value, low, high, n: record.trials }))
    const logLik = coefficients(tried) + pooledLogLikelihood(successes, failures)
    return { ...common, status: 'no_overdispersion', units, priorMean: value, logLik }
  }
  if (successes === 0 || failures === 0) return chanceOnly()
  const fit = nelderMead(
    (point) => {
      const { size, alpha, beta } = shapes(point)
      if (!(size >= PRIOR_SIZE.least && size <= PRIOR_SIZE.most && alpha > 0 && beta > 0)) {
        return Number.POSITIVE_INFINITY
      }
      return -logLikelihood(tried, alpha, beta)
    },
    [Math.log(successes / failures), Math.log(20)],
  )
  const { size, alpha, beta } = shapes(fit.point)
  const gain = -fit.value - pooledLogLikelihood(successes, failures)
  if (size > PRIOR_SIZE.chanceOnlyFrom || gain < 1e-9) return chanceOnly()
  if (!fit.converged) return { ...common, status: 'not_enough_data', units: [] }
  return {
    ...common,
    status: 'ok',
    units: shrink(records, alpha, beta, confidence),
    alpha,
    beta,
    priorMean: alpha / size,
    priorSize: size,
    rho: 1 / (1 + size),
    logLik: coefficients(tried) - fit.value,
  }
}

/** Moment fit: cruder than maximum likelihood, and never fails to converge. */
export interface BetaBinomialMoments {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly meanRate?: number
  readonly sdRate?: number
  readonly alpha?: number
  readonly beta?: number
}

/**
 * Prior from mean m and variance v of the raw rates, unweighted: α+β = m(1−m)/v − 1. Units without
 * trials are left out; fewer than two give `not_enough_data`, equal rates `undefined_no_variation`.
 * Source: Gelman et al., Bayesian Data Analysis (2013), 5.1.
 */
export function betaBinomialMom(records: readonly TrialRecord[]): BetaBinomialMoments {
  checkRecords(records)
  const rates = records.filter(({ trials }) => trials > 0).map((r) => r.successes / r.trials)
  const common = { n: rates.length, method: 'beta_binomial_mom' }
  if (rates.length < 2) return { ...common, status: 'not_enough_data' }
  const meanRate = mean(rates)
  const variance = squaredDeviations(rates) / (rates.length - 1)
  const sdRate = Math.sqrt(variance)
  const size = variance === 0 ? 0 : (meanRate * (1 - meanRate)) / variance - 1
  if (size <= 0) return { ...common, status: 'undefined_no_variation', meanRate, sdRate }
  const alpha = meanRate * size
  return { ...common, status: 'ok', meanRate, sdRate, alpha, beta: size - alpha }
}

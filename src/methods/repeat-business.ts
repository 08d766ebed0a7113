// Customers who come back: scores, cohorts and churn, each from counts that can be shown beside the figure.

import type { Estimate } from './estimate.ts'
import { policy } from './policy.ts'
import { wilson } from './proportion-ci.ts'

export interface CustomerHistory {
  /** Days since the last purchase; fewer is better. */
  readonly recencyDays: number
  /** Number of purchases. */
  readonly frequency: number
  /** Money received, in minor units of one currency. */
  readonly monetary: number
}

/** Scores 1 (worst) to 5 (best). */
export interface RfmScore {
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
}

/** min(5, 1 + ⌊5·(number strictly worse)/n⌋) for each value; ties share a score. */
function quintiles(values: readonly number[]): number[] {
  const ascending = [...values].sort((a, b) => a - b)
  const worse = new Map<number, number>()
  ascending.forEach((value, position) => {
    if (!worse.has(value)) worse.set(value, position)
  })
  const n = values.length
  return values.map((value) => Math.min(5, 1 + Math.floor((5 * (worse.get(value) ?? 0)) / n)))
}

/**
 * Recency, frequency and monetary scores by position. Ties share a score, so the five groups need
 * not be equally large. Below `policy.quintiles.customers` customers the screen shows lists instead.
 * Source: Hughes (1994), Strategic Database Marketing.
 */
export function rfm(customers: readonly CustomerHistory[]): RfmScore[] {
  const recency = quintiles(customers.map((customer) => -customer.recencyDays))
  const frequency = quintiles(customers.map((customer) => customer.frequency))
  const monetary = quintiles(customers.map((customer) => customer.monetary))
  return customers.map((_, i) => ({
    recency: recency[i] ?? 1,
    frequency: frequency[i] ?? 1,
    monetary: monetary[i] ?? 1,
  }))
}

export interface Purchase {
  readonly customer: string
  /** Calendar date, or month, of the purchase; several on the same one count once. */
  readonly on: string
}

export interface Cohort {
  /** Month of the first purchase, 'YYYY-MM'. */
  readonly month: string
  readonly size: number
  /** Customers who bought in the k-th month after the first; months not over are absent, never 0. */
  readonly active: readonly number[]
  /** `active` as shares of `size`, each with its interval. */
  readonly rates: readonly Estimate[]
}

export interface CohortRetention {
  readonly cohorts: readonly Cohort[]
  /** Share of customers with purchases on two different dates. */
  readonly repeatRate: Estimate
}

function monthNumber(date: string): number {
  const parts = /^(\d{4})-(\d{2})/.exec(date)
  if (!parts) throw new RangeError(`Not a month or date: ${date}`)
  return Number(parts[1]) * 12 + Number(parts[2]) - 1
}

function monthName(number: number): string {
  const year = String(Math.floor(number / 12)).padStart(4, '0')
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`
}

/**
 * Retention by month of first purchase up to and including `throughMonth` ('YYYY-MM', the last month
 * that is over); later purchases are left out. Young cohorts have had less time, so compare them
 * only at the same distance from their first month.
 */
export function cohortRetention(
  purchases: readonly Purchase[],
  throughMonth: string,
  confidence: number = policy.confidence,
): CohortRetention {
  const end = monthNumber(throughMonth)
  const dates = new Map<string, Set<string>>()
  for (const { customer, on } of purchases) {
    if (monthNumber(on) > end) continue
    const seen = dates.get(customer)
    if (seen) seen.add(on)
    else dates.set(customer, new Set([on]))
  }
  const cohorts = new Map<number, number[]>()
  let repeaters = 0
  for (const seen of dates.values()) {
    if (seen.size > 1) repeaters += 1
    const months = new Set([...seen].map(monthNumber))
    const first = Math.min(...months)
    const active = cohorts.get(first) ?? new Array<number>(end - first + 1).fill(0)
    for (const month of months) active[month - first] = (active[month - first] ?? 0) + 1
    cohorts.set(first, active)
  }
  const rows = [...cohorts]
    .sort(([a], [b]) => a - b)
    .map(([month, active]): Cohort => {
      const size = active[0] ?? 0
      const rates = active.map((count) => wilson(count, size, confidence))
      return { month: monthName(month), size, active, rates }
    })
  return { cohorts: rows, repeatRate: wilson(repeaters, dates.size, confidence) }
}

export interface ChurnCounts {
  readonly customersAtStart: number
  /** Of those present at the start, how many were lost in the period. */
  readonly lostOfThose: number
  /** Won in the period; they never enter the rate. */
  readonly newCustomers: number
}

export interface Churn {
  readonly churn: Estimate
  readonly retention: Estimate
  readonly endCount: number
  /** Mean stay in periods if churn stayed as it is; absent when nobody was lost. */
  readonly expectedLifetimePeriods?: number
}

/** Churn of a period among the customers present at its start, with its complement. */
export function churn(counts: ChurnCounts, confidence: number = policy.confidence): Churn {
  const { customersAtStart, lostOfThose, newCustomers } = counts
  const lost = wilson(lostOfThose, customersAtStart, confidence)
  const lifetime = lostOfThose > 0 ? customersAtStart / lostOfThose : undefined
  return {
    churn: lost,
    retention: wilson(customersAtStart - lostOfThose, customersAtStart, confidence),
    endCount: customersAtStart - lostOfThose + newCustomers,
    ...(lifetime === undefined ? {} : { expectedLifetimePeriods: lifetime }),
  }
}

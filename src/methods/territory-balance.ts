// Whether territories carry the same work, and how many people the work asks for.

import type { Status } from './estimate.ts'
import { inequality } from './fairness.ts'

/** Numbers are absent unless `status` is `ok`. */
export interface TerritoryBalance {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly mean?: number
  /** Each territory's work as a multiple of the mean. */
  readonly index: readonly number[]
  readonly shareWithinBand?: number
  /** 1: all the same; the work that would have to move is 1 − this. */
  readonly balance?: number
  /** Absent where a territory has no work at all. */
  readonly maxMinRatio?: number
  readonly cv?: number
}

/** How far from the mean still counts as balanced. */
const customaryBand = 0.15

/**
 * Balance of workloads from 0 on. No territories give `not_enough_data`, no work `undefined_all_zero`.
 * Source: Zoltners & Lorimer (2000), Journal of Personal Selling & Sales Management 20:139.
 */
export function territoryBalance(
  workload: readonly number[],
  band: number = customaryBand,
): TerritoryBalance {
  if (!workload.every((work) => work >= 0 && Number.isFinite(work))) {
    throw new RangeError('Workloads are finite and not below 0')
  }
  const { n, status, mean, cv } = inequality(workload)
  const common = { n, method: 'territory_balance', status }
  if (status !== 'ok' || mean === undefined) return { ...common, index: [] }
  const sum = mean * n
  const away = workload.reduce((so, work) => so + Math.abs(work - mean), 0)
  const least = Math.min(...workload)
  const within = workload.filter((work) => Math.abs(work - mean) <= band * mean * (1 + 1e-12))
  return {
    ...common,
    mean,
    index: workload.map((work) => work / mean),
    shareWithinBand: within.length / n,
    balance: 1 - away / (2 * sum),
    ...(least > 0 ? { maxMinRatio: Math.max(...workload) / least } : {}),
    ...(cv === undefined ? {} : { cv }),
  }
}

/** A group of accounts that are visited alike. */
export interface AccountSegment {
  readonly accounts: number
  readonly callsPerYear: number
  readonly hoursPerCall: number
}

/**
 * How many people the calls of all segments ask for: hours of calls, and those hours divided by what
 * one person has for selling in a year. Source: Talley (1961), Journal of Marketing 25(3):7.
 */
export function workloadSizing(
  segments: readonly AccountSegment[],
  { hoursPerYear, sellingShare }: { readonly hoursPerYear: number; readonly sellingShare: number },
): { hours: number; people: number; peopleWhole: number } {
  if (!(hoursPerYear > 0 && sellingShare > 0 && sellingShare <= 1)) {
    throw new RangeError('A person has hours in a year and a share of them, above 0, for selling')
  }
  const hours = segments.reduce(
    (sum, { accounts, callsPerYear, hoursPerCall }) => sum + accounts * callsPerYear * hoursPerCall,
    0,
  )
  const people = hours / (hoursPerYear * sellingShare)
  return { hours, people, peopleWhole: Math.ceil(people) }
}

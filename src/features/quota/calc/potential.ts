// Quotas from potential: a line through what holders reached and what there was to be had, and what it expects now.
import { policy } from '../../../methods/policy.ts'
import { regress } from '../../../methods/quota-regression.ts'

export interface PlaceOfHolder {
  /** Potential before the period looked back at; undefined where it is not known. */
  before: number | undefined
  /** What was reached in it. */
  result: number | undefined
  /** Potential now. */
  now: number | undefined
  /** Whether the holder was there for all of it: part of a year would bend the line. */
  whole: boolean
}

export interface Expected {
  value: number
  low: number
  high: number
  /** The potential now lies outside of what the line was drawn through. */
  extrapolates: boolean
}

/** `flat`: results do not rise with the potential, so it says nothing about who should carry more. */
export type FitStatus = 'ok' | 'flat' | 'not_enough_data' | 'no_variation'

export interface PotentialFit {
  status: FitStatus
  /** Holders the line goes through, and how many it takes. */
  n: number
  needed: number
  intercept?: number
  slope?: number
  r2?: number
  predictedR2?: number
}

const fits = ({ before, result, whole }: PlaceOfHolder) =>
  whole && before !== undefined && result !== undefined

/** The line, and what it expects of each; nothing is expected where it does not hold. */
export function fitPotential(places: readonly PlaceOfHolder[]): {
  fit: PotentialFit
  expected: (Expected | undefined)[]
} {
  const seen = places.filter(fits)
  const needed = policy.potential.holders
  const none = places.map(() => undefined)
  const counts = { n: seen.length, needed }
  if (seen.length < needed) return { fit: { status: 'not_enough_data', ...counts }, expected: none }
  const asked = places.filter(({ now }) => now !== undefined)
  const line = regress(
    seen.map(({ result }) => result ?? 0),
    { potential: seen.map(({ before }) => before ?? 0) },
    { at: { potential: asked.map(({ now }) => now ?? 0) }, confidence: policy.confidence },
  )
  const [intercept, slope] = line.coefficients
  if (line.status !== 'ok' || !intercept || !slope) {
    return { fit: { status: 'no_variation', ...counts }, expected: none }
  }
  const numbers = {
    ...counts,
    intercept: intercept.value,
    slope: slope.value,
    ...(line.r2 === undefined ? {} : { r2: line.r2 }),
    ...(line.predictedR2 === undefined ? {} : { predictedR2: line.predictedR2 }),
  }
  if (slope.value <= 0) return { fit: { status: 'flat', ...numbers }, expected: none }
  const above = (value: number) => Math.max(0, value)
  return {
    fit: { status: 'ok', ...numbers },
    expected: places.map((place) => {
      const found = line.predictions[asked.indexOf(place)]
      return (
        found && {
          value: above(found.value),
          low: above(found.low),
          high: above(found.high),
          extrapolates: found.extrapolates,
        }
      )
    }),
  }
}

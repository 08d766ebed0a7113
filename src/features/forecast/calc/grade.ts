// Forecasts held against what came: errors, coverage, and whether the baseline would have been nearer.
import type { Prediction } from '../../../methods/prediction.ts'

/** A period of a kept forecast, as it stands in the record. */
export interface KeptPeriod extends Prediction {
  period: string
  from: string
  until: string
  /** What the baseline said; null where there was none. */
  naive: number | null
}

export interface GradedPeriod extends KeptPeriod {
  actual: number
  error: number
  inside80: boolean
  inside95: boolean
  naiveError: number | null
}

export function gradePeriod(period: KeptPeriod, actual: number): GradedPeriod {
  return {
    ...period,
    actual,
    error: period.mean - actual,
    inside80: actual >= period.low80 && actual <= period.high80,
    inside95: actual >= period.low95 && actual <= period.high95,
    naiveError: period.naive === null ? null : period.naive - actual,
  }
}

export interface Grades {
  mae: number
  naiveMae: number | null
  bias: number
  wape: number | null
  coverage80: { inside: number; of: number }
  coverage95: { inside: number; of: number }
  nearer: { inside: number; of: number } | null
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** All graded periods taken together; undefined where there are none. */
export function gradesOf(
  graded: readonly Pick<
    GradedPeriod,
    'actual' | 'error' | 'inside80' | 'inside95' | 'naiveError'
  >[],
): Grades | undefined {
  if (graded.length === 0) return undefined
  const of = graded.length
  const total = graded.reduce((sum, { actual }) => sum + Math.abs(actual), 0)
  const errors = graded.map(({ error }) => Math.abs(error))
  const beside = graded.filter((one) => one.naiveError !== null)
  const naive = beside.map(({ naiveError }) => Math.abs(naiveError ?? 0))
  return {
    mae: mean(errors),
    naiveMae: naive.length === 0 ? null : mean(naive),
    bias: mean(graded.map(({ error }) => error)),
    wape: total === 0 ? null : (mean(errors) * of) / total,
    coverage80: { inside: graded.filter(({ inside80 }) => inside80).length, of },
    coverage95: { inside: graded.filter(({ inside95 }) => inside95).length, of },
    nearer:
      beside.length === 0
        ? null
        : {
            inside: beside.filter(({ error }, i) => Math.abs(error) < (naive[i] ?? 0)).length,
            of: beside.length,
          },
  }
}

export interface GradedCall {
  personId: string
  person: string
  commit: number
  actual: number
}

export interface CallerGrade {
  person: { id: string; name: string }
  calls: number
  bias: number
  mae: number
  kept: { inside: number; of: number }
}

/** How far people were off on the whole, by name. */
export function callerGrades(graded: readonly GradedCall[]): CallerGrade[] {
  const byPerson = new Map<string, GradedCall[]>()
  for (const one of graded) byPerson.set(one.personId, [...(byPerson.get(one.personId) ?? []), one])
  return [...byPerson.values()]
    .map((list): CallerGrade => {
      const errors = list.map(({ commit, actual }) => commit - actual)
      return {
        person: { id: list[0]?.personId ?? '', name: list[0]?.person ?? '' },
        calls: list.length,
        bias: mean(errors),
        mae: mean(errors.map(Math.abs)),
        kept: { inside: errors.filter((error) => error <= 0).length, of: list.length },
      }
    })
    .sort((a, b) => a.person.name.localeCompare(b.person.name))
}

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

/** Graded periods, summed up. */
export interface GradeSums {
  graded: number
  /** Errors without their sign, and with it. */
  off: number
  bias: number
  /** What came, without its sign. */
  came: number
  inside80: number
  inside95: number
  /** Of how many the baseline said something, how far it was off there, and how often the forecast came nearer. */
  beside: number
  naiveOff: number
  nearer: number
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

/** All graded periods taken together. */
export function gradesOf({ graded, off, bias, came, ...sums }: GradeSums): Grades {
  const { inside80, inside95, beside, naiveOff, nearer } = sums
  return {
    mae: off / graded,
    naiveMae: beside === 0 ? null : naiveOff / beside,
    bias: bias / graded,
    wape: came === 0 ? null : off / came,
    coverage80: { inside: inside80, of: graded },
    coverage95: { inside: inside95, of: graded },
    nearer: beside === 0 ? null : { inside: nearer, of: beside },
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

// Whether a value fits what an own field says it holds.
import { isDay } from '../../../basics/period.ts'

export interface OwnFieldRule {
  kind: 'text' | 'number' | 'date' | 'choice'
  choices: readonly string[]
}

const number = /^[+-]?(\d+([.,]\d+)?|[.,]\d+)$/

/** Empty values fit every field: it is then not known. */
export function fits({ kind, choices }: OwnFieldRule, value: string): boolean {
  const text = value.trim()
  if (text === '') return true
  if (kind === 'number') return number.test(text)
  if (kind === 'date') return isDay(text)
  if (kind === 'choice') return choices.includes(text)
  return true
}

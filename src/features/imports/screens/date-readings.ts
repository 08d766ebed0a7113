// Shows what each way of reading dates would make of the same cell, where the ways differ.
import { type DatePattern, datePattern, readDate } from '../calc/dates.ts'
import type { BatchDetail } from './batch-words.ts'

type Question = BatchDetail['questions'][number]

export interface Reading {
  cell: string
  /** YYYY-MM-DD */
  day: string
}

/** Patterns of the question's column in an answer, which is a part of a mapping file. */
function patternsOf(value: unknown, column: string): DatePattern[] {
  if (typeof value !== 'object' || value === null || !('dates' in value)) return []
  const { dates } = value
  const given: unknown =
    typeof dates === 'object' && dates !== null && !Array.isArray(dates)
      ? Object.entries(dates).find(([name]) => name === column)?.[1]
      : dates
  const texts: unknown[] = Array.isArray(given) ? given : [given]
  return texts.flatMap((text) => (typeof text === 'string' ? (datePattern(text) ?? []) : []))
}

function dayOf(cell: string, patterns: readonly DatePattern[]): string | undefined {
  for (const pattern of patterns) {
    const day = readDate(cell, pattern)
    if (day !== undefined) return day
  }
  return undefined
}

/** For each option the first example on which the options disagree, as that option reads it. */
export function dateReadings(question: Question): (Reading | undefined)[] {
  const { column, options, examples } = question
  const patterns = options.map((option) =>
    column === undefined ? [] : patternsOf(option.value, column),
  )
  const telling = examples.find(
    ({ value }) => new Set(patterns.map((one) => dayOf(value, one))).size > 1,
  )
  return patterns.map((one) => {
    const day = telling && dayOf(telling.value, one)
    return telling && day !== undefined ? { cell: telling.value, day } : undefined
  })
}

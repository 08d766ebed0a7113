// Tests of what the names of stages say.
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './stages.ts'

describe('the name of a stage', () => {
  test.each([
    ['Won', 'won'],
    ['Closed Won', 'won'],
    ['gewonnen', 'won'],
    ['LOST', 'lost'],
    ['Abgeschlossen (verloren)', 'lost'],
    ['Prospecting', 'open'],
    ['Engaging', 'open'],
    ['Verhandlung', 'open'],
    ['Wonderful', undefined],
    ['', undefined],
    ['constructor', undefined],
  ] as const)('%j says %s', (name, outcome) => {
    expect(outcomeOf(name)).toBe(outcome)
  })
})

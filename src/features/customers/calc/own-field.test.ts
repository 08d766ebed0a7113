// What fits an own field and what does not.
import { expect, test } from 'vitest'
import { fits, type OwnFieldRule } from './own-field.ts'

const rule = (kind: OwnFieldRule['kind'], ...choices: string[]): OwnFieldRule => ({ kind, choices })

test.each([
  [rule('text'), 'anything at all', true],
  [rule('number'), '12', true],
  [rule('number'), '-3,5', true],
  [rule('number'), '.5', true],
  [rule('number'), '1.000.000', false],
  [rule('number'), 'twelve', false],
  [rule('number'), '  ', true],
  [rule('date'), '2024-02-29', true],
  [rule('date'), '2023-02-29', false],
  [rule('date'), '29.02.2024', false],
  [rule('choice', 'gold', 'silver'), 'gold', true],
  [rule('choice', 'gold', 'silver'), ' gold ', true],
  [rule('choice', 'gold', 'silver'), 'Gold', false],
  [rule('choice'), '', true],
])('%j and %j: %s', (field, value, expected) => {
  expect(fits(field, value)).toBe(expected)
})

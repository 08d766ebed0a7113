// What the address says about a figure comes back as it was asked.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { parseWhy, whyValue } from './why.ts'

test('every question survives the address, also values with bars and quotes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('revenue', 'win-rate'),
      fc.dictionary(fc.constantFrom('seller', 'product'), fc.array(fc.string()), {
        noNullPrototype: true,
      }),
      fc.constantFrom('2017-Q4', '2017-10-01..2018-01-01', undefined),
      (metric, where, period) => {
        const question = { metric, where, ...(period === undefined ? {} : { period }) }
        expect(parseWhy(whyValue(question))).toEqual(question)
      },
    ),
    { seed: testSeed },
  )
})

test('a mangled address asks nothing', () => {
  expect(parseWhy('')).toBeUndefined()
  expect(parseWhy('<script>|{}|')).toBeUndefined()
  expect(parseWhy('revenue|{"seller":3}|')).toBeUndefined()
  expect(parseWhy('revenue|{bad|')).toBeUndefined()
  expect(parseWhy('revenue')).toEqual({ metric: 'revenue' })
})

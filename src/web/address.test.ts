// The address holds plain text and gives it back unchanged.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { readSearch, writeSearch } from './address.tsx'

test('every value survives the address', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('period', 'why', 'team', 'q'),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        { noNullPrototype: true },
      ),
      (search) => {
        expect(readSearch(writeSearch(search))).toEqual(search)
      },
    ),
    { seed: testSeed },
  )
})

test('numbers stay text and what is not chosen is not there', () => {
  expect(readSearch('?a=1&b=true')).toEqual({ a: '1', b: 'true' })
  expect(writeSearch({ a: '', b: undefined })).toBe('')
  expect(writeSearch({ period: '2017-Q4', why: 'revenue||' })).toBe('?period=2017-Q4&why=revenue||')
})

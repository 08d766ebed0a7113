// Cells of set-aside rows survive being taken apart and put together.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { cellsOf, lineOf, replaced } from './quarantine.ts'

test('a row is taken apart as its file is written', () => {
  expect(cellsOf('a;"b;c";d', ';')).toEqual(['a', 'b;c', 'd'])
  expect(cellsOf('a\tb c', '\t')).toEqual(['a', 'b c'])
  expect(cellsOf(' 00004 0001  2', 'blank')).toEqual(['00004', '0001', '2'])
})

test('whatever the cells hold, the line reads back as them', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('', ' x', '"', 'a,b', "it's", '=1'),
  )
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), (cells) => {
      const plain = cells.map((one) => one.replace(/[\r\n\ufeff]/g, ''))
      expect(cellsOf(lineOf(plain).replace(/\r\n$/, ''), ',')).toEqual(plain)
    }),
    { seed: testSeed },
  )
})

test('an answer given once corrects every row it concerns, and no other', () => {
  const answers = [{ column: 1, value: 'Decmber', with: '2025-12-01' }]
  expect(replaced(['1', ' Decmber ', 'Decmber'], answers)).toEqual(['1', '2025-12-01', 'Decmber'])
  expect(replaced(['1', 'December'], answers)).toBeUndefined()
})

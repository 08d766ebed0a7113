// Tests of numbers: both writings, decisions over columns, exact money.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import {
  emptyNumberTally,
  integerOf,
  judgeNumbers,
  minorOf,
  readNumber,
  tallyNumber,
} from './numbers.ts'

function judge(cells: readonly string[], whole = false) {
  const tally = emptyNumberTally()
  for (const [i, cell] of cells.entries()) tallyNumber(tally, cell, i + 2)
  return judgeNumbers(tally, whole)
}

describe('a number in a cell', () => {
  test.each([
    ['1234', '.', '1234'],
    ['1,234.50', '.', '1234.50'],
    ['1.234,50', ',', '1234.50'],
    ['1 234,5', ',', '1234.5'],
    ['1\u00a0234\u00a0567,5', ',', '1234567.5'],
    ["1'234.50", '.', '1234.50'],
    ['-5', '.', '-5'],
    ['−5', '.', '-5'],
    ['5-', '.', '-5'],
    ['(1,234.5)', '.', '-1234.5'],
    ['+7', '.', '7'],
    ['€ 1.234,50', ',', '1234.50'],
    ['1.234,50 €', ',', '1234.50'],
    ['-$5.00', '.', '-5.00'],
    ['$-5.00', '.', '-5.00'],
    ['EUR 12,5', ',', '12.5'],
    ['12.5 USD', '.', '12.5'],
    ['.5', '.', '0.5'],
    ['7.', '.', '7'],
  ] as const)('%s with %s is %s', (cell, decimal, plain) => {
    expect(readNumber(cell, decimal)?.plain).toBe(plain)
  })

  test.each([
    ['1,23.4', '.'],
    ['1.2.3', ','],
    ['12,34,567', '.'],
    ['--5', '.'],
    ['(-5)', '.'],
    ['1e5', '.'],
    ['0x10', '.'],
    ['Infinity', '.'],
    ['NaN', '.'],
    ['5%', '.'],
    ['', '.'],
    ['.', '.'],
    ['١٢', '.'],
    ['=1+1', '.'],
    ['0,123', '.'],
  ] as const)('%s with %s is none', (cell, decimal) => {
    expect(readNumber(cell, decimal)).toBeUndefined()
  })

  test('carries the currencies its sign allows', () => {
    expect(readNumber('€5', '.')?.currencies).toEqual(['EUR'])
    expect(readNumber('CHF 5', '.')?.currencies).toEqual(['CHF'])
    expect(readNumber('$5', '.')?.currencies).toBeUndefined()
  })

  test('comes back from both writings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        fc.integer({ min: 0, max: 99 }),
        fc.boolean(),
        (whole, cents, german) => {
          const fraction = String(cents).padStart(2, '0')
          const digits = Math.abs(whole).toLocaleString(german ? 'de-DE' : 'en-US')
          const cell = `${whole < 0 ? '-' : ''}${digits}${german ? ',' : '.'}${fraction}`
          const read = readNumber(cell, german ? ',' : '.')
          expect(read && minorOf(read.plain, 'EUR')).toEqual({
            amount: whole * 100 + (whole < 0 ? -cents : cents) + 0,
          })
        },
      ),
      { seed: testSeed, numRuns: 500 },
    )
  })
})

describe('money', () => {
  test('is exact in the minor units of its currency', () => {
    expect(minorOf('0.29', 'EUR')).toEqual({ amount: 29 })
    expect(minorOf('1.15', 'USD')).toEqual({ amount: 115 })
    expect(minorOf('12.5000', 'EUR')).toEqual({ amount: 1250 })
    expect(minorOf('12', 'JPY')).toEqual({ amount: 12 })
    expect(minorOf('1.234', 'KWD')).toEqual({ amount: 1234 })
    expect(minorOf('-0.00', 'EUR')).toEqual({ amount: 0 })
  })

  test('rejects what would be rounded or cannot be kept', () => {
    expect(minorOf('1.234', 'EUR')).toEqual({ fault: 'too_many_decimals' })
    expect(minorOf('1.5', 'JPY')).toEqual({ fault: 'too_many_decimals' })
    expect(minorOf('99999999999999.99', 'EUR')).toEqual({ fault: 'number_too_large' })
  })
})

describe('a column of numbers', () => {
  test('is settled by any cell that only one writing reads', () => {
    expect(judge(['1.234', '5,5'])).toMatchObject({ kind: 'settled', decimal: ',' })
    expect(judge(['1,234', '5.5'])).toMatchObject({ kind: 'settled', decimal: '.' })
    expect(judge(['1', '20'])).toMatchObject({ kind: 'settled', evidence: 0 })
  })

  test('is asked when every cell is open, or when it holds both writings', () => {
    expect(judge(['1.234', '500'])).toEqual({ kind: 'ask', why: 'open' })
    expect(judge(['1,50', '1.50'])).toEqual({ kind: 'ask', why: 'mixed' })
  })

  test('of whole numbers takes the reading that makes all of them whole', () => {
    expect(judge(['1.234', '12.500'], true)).toMatchObject({ kind: 'settled', decimal: ',' })
    expect(judge(['1.000'], true)).toEqual({ kind: 'ask', why: 'open' })
  })
})

test('whole numbers refuse fractions and sizes they cannot keep', () => {
  expect(integerOf('12.00')).toEqual({ value: 12 })
  expect(integerOf('12.5')).toEqual({ fault: 'not_an_integer' })
  expect(integerOf('99999999999999999')).toEqual({ fault: 'number_too_large' })
})

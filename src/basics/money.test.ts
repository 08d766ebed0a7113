// Amounts stay exact: text to minor units and back, rounding, splitting, adding.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { addAll, fromMinor, minorDigits, multiply, roundRatio, split, toMinor } from './money.ts'
import { Refusal } from './refusal.ts'

const amounts = fc.maxSafeInteger()
const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF', 'ISK')

function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'no refusal'
}

describe('currencies', () => {
  test.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['HUF', 2],
    ['MRU', 2],
    ['UGX', 0],
  ])('%s has %i decimal places', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits)
  })

  test.each(['eur', 'EURO', '€', '', 'XAU', 'XXX'])('“%s” is refused', (currency) => {
    expect(refusalOf(() => minorDigits(currency))).toBe('money.currency_unknown')
  })
})

describe('text and minor units', () => {
  test.each([
    ['1234.5', 'EUR', 123450],
    ['-0.01', 'EUR', -1],
    ['.5', 'EUR', 50],
    ['7.', 'EUR', 700],
    ['+3', 'JPY', 3],
    ['1.2345', 'KWD', 1234],
    ['1.2355', 'KWD', 1236],
    ['0.125', 'EUR', 12],
    ['0.135', 'EUR', 14],
    ['-0.125', 'EUR', -12],
    ['0.1250000000000000000001', 'EUR', 13],
    ['90071992547409.91', 'EUR', 9007199254740991],
  ])('%s %s is %i', (text, currency, amount) => {
    expect(toMinor(text, currency)).toBe(amount)
  })

  test.each(['', '.', '-', '1,5', '1e3', '0x10', 'Infinity', '1 000', '--1', '1.2.3'])(
    '“%s” is refused',
    (text) => {
      expect(refusalOf(() => toMinor(text, 'EUR'))).toBe('money.unreadable')
    },
  )

  test('too large and too fine amounts are refused', () => {
    expect(refusalOf(() => toMinor('90071992547409.92', 'EUR'))).toBe('money.too_large')
    expect(refusalOf(() => toMinor('1.005', 'EUR', { finer: 'refuse' }))).toBe('money.too_fine')
    expect(toMinor('1.0500', 'EUR', { finer: 'refuse' })).toBe(105)
  })

  test('text made from an amount reads back as the amount', () => {
    const property = fc.property(amounts, currencies, (amount, currency) => {
      expect(toMinor(fromMinor(amount, currency), currency, { finer: 'refuse' })).toBe(amount)
    })
    fc.assert(property, { seed: testSeed })
  })
})

describe('rounding', () => {
  test('the nearest integer, half to the even neighbour', () => {
    const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    const property = fc.property(
      integers,
      integers.filter((n) => n !== 0n),
      (numerator, denominator) => {
        const rounded = roundRatio(numerator, denominator)
        const size = denominator < 0n ? -denominator : denominator
        const error = numerator - rounded * denominator
        const twice = 2n * (error < 0n ? -error : error)
        expect(twice <= size).toBe(true)
        if (twice === size) expect(rounded % 2n).toBe(0n)
      },
    )
    fc.assert(property, { seed: testSeed })
  })

  test('halves', () => {
    const halves = [-5n, -3n, -1n, 1n, 3n, 5n].map((n) => roundRatio(n, 2n))
    expect(halves).toEqual([-2n, -2n, 0n, 0n, 2n, 2n])
    expect(roundRatio(1n, -2n)).toBe(0n)
    expect(roundRatio(3n, -2n)).toBe(-2n)
  })

  test('price × quantity × (1 − discount) is rounded once', () => {
    expect(multiply(1999, '3', '0.9')).toBe(5397)
    expect(multiply(5, '0.1')).toBe(0)
    expect(multiply(15, '0.1')).toBe(2)
    expect(multiply(-15, '0.1')).toBe(-2)
    expect(multiply(333, '2.5', '0.333')).toBe(277)
    expect(multiply(1_000_000, '1e-7')).toBe(0)
  })
})

describe('splitting', () => {
  const shares = fc
    .array(fc.oneof(fc.nat(1000), fc.double({ min: 1e-9, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 12,
    })
    .filter((list) => list.some((share) => share > 0))

  test('parts add up to the whole and lie within one unit of what is due', () => {
    const property = fc.property(amounts, shares, (amount, list) => {
      const parts = split(amount, list)
      expect(addAll(parts)).toBe(amount)
      const total = list.reduce((sum, share) => sum + share, 0)
      parts.forEach((part, index) => {
        const share = list[index] ?? 0
        const due = (amount * share) / total
        expect(Math.abs(part - due)).toBeLessThanOrEqual(1 + Math.abs(due) * 1e-12)
        if (share === 0) expect(part).toBe(0)
      })
    })
    fc.assert(property, { seed: testSeed })
  })

  test('a return is divided like its sale', () => {
    const property = fc.property(amounts, shares, (amount, list) => {
      const mirrored = split(-amount, list).map((part) => 0 - part)
      expect(mirrored).toEqual(split(amount, list))
    })
    fc.assert(property, { seed: testSeed })
  })

  test('left-over cents go to the largest remainders, ties to the earlier', () => {
    expect(split(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(split(100, [0.5, 0.3, 0.2])).toEqual([50, 30, 20])
    expect(split(5, [0, 1, 0, 1])).toEqual([0, 3, 0, 2])
    expect(split(10, [0.1, 0.2, 1e-7])).toEqual([3, 7, 0])
    expect(split(-1, [0.5, 0.5])).toEqual([-1, 0])
  })

  test('shares of nothing are refused', () => {
    expect(refusalOf(() => split(10, [0, 0]))).toBe('money.no_shares')
    expect(refusalOf(() => split(10, []))).toBe('money.no_shares')
    expect(() => split(10, [-1, 2])).toThrow('share')
    expect(() => split(10, [Number.NaN])).toThrow('share')
  })
})

describe('adding', () => {
  test('the sum is exact, or refused, whatever the order', () => {
    const property = fc.property(fc.array(amounts, { maxLength: 8 }), (list) => {
      const exact = list.reduce((sum, amount) => sum + BigInt(amount), 0n)
      const fits = Number.isSafeInteger(Number(exact))
      const sum = () => addAll(list)
      if (fits) expect(BigInt(sum())).toBe(exact)
      else expect(refusalOf(sum)).toBe('money.too_large')
    })
    fc.assert(property, { seed: testSeed, numRuns: 500 })
  })

  test('fractions are our mistake', () => {
    expect(() => addAll([0.5])).toThrow('safe integer')
  })
})

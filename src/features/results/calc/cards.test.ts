// Shares, comparisons and baskets of cards, at their edges.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boughtWith, differ, isSmall, notBoughtYet, perHead, rest, shareOf } from './cards.ts'

describe('shares', () => {
  test('carry their interval, and say when there is nothing to go by', () => {
    const half = shareOf(5, 10, 'en')
    expect(half).toMatchObject({ unit: 'rate', n: 10, value: 0.5 })
    // Wilson by hand: (0.5 + z²/20) / (1 + z²/10) ± …
    expect(half.low).toBeCloseTo(0.2366, 4)
    expect(half.high).toBeCloseTo(0.7634, 4)
    expect(shareOf(0, 0, 'de').missing?.code).toBe('not_enough_data')
  })
  test.each([
    [75, 100, 3, 0.25],
    [100, 100, 1, 0],
    [110, 100, 1, -0.1],
  ])('what is left of %s in %s', (part, whole, n, value) => {
    expect(rest(part, whole, n, 'x').value).toBeCloseTo(value, 12)
  })
  test('nothing is left of nothing', () => {
    expect(rest(0, 0, 0, 'No list price.').missing).toEqual({
      code: 'not_measured',
      text: 'No list price.',
    })
    expect(perHead(6, 4, 'en')).toEqual({ unit: 'count', value: 1.5, n: 4 })
    expect(perHead(0, 0, 'en').missing?.code).toBe('not_enough_data')
    expect([isSmall(4), isSmall(5)]).toEqual([true, false])
  })
})

describe('two shares differ', () => {
  test.each([
    [{ k: 1, n: 100 }, { k: 60, n: 100 }, 1, true],
    [{ k: 60, n: 100 }, { k: 1, n: 100 }, 1, true],
    [{ k: 45, n: 100 }, { k: 55, n: 100 }, 1, false],
    [{ k: 0, n: 3 }, { k: 3, n: 3 }, 1, false],
    [{ k: 0, n: 0 }, { k: 3, n: 3 }, 1, false],
    // Apart on their own, not among a thousand comparisons.
    [{ k: 30, n: 100 }, { k: 58, n: 100 }, 1, true],
    [{ k: 30, n: 100 }, { k: 58, n: 100 }, 1_000, false],
  ])('%j and %j among %i: %s', (a, b, comparisons, expected) => {
    expect(differ(a, b, comparisons)).toBe(expected)
  })
  test('the same from both sides, and never for equal shares', () => {
    const counted = fc
      .tuple(fc.nat(200), fc.nat(200))
      .map(([x, y]) => ({ k: Math.min(x, y), n: Math.max(x, y) }))
    fc.assert(
      fc.property(counted, counted, fc.integer({ min: 1, max: 500 }), (a, b, m) => {
        expect(differ(a, b, m)).toBe(differ(b, a, m))
        expect(differ(a, a, m)).toBe(false)
      }),
    )
  })
})

describe('baskets', () => {
  const products = [
    { product: 'rare', buyers: 4, others: 50 },
    { product: 'half', buyers: 20, others: 55 },
    { product: 'all', buyers: 38, others: 20 },
    { product: 'never', buyers: 0, others: 70 },
  ]
  test('what is bought as well: from five buyers on, most frequent first', () => {
    const found = boughtWith(products, { buyers: 40, others: 100 }, 'en')
    expect(found.note).toBeNull()
    expect(found.rows.map((row) => [row.product, row.buyers, row.differs])).toEqual([
      ['all', 38, true],
      ['half', 20, false],
    ])
    expect(boughtWith(products, { buyers: 4, others: 100 }, 'en')).toEqual({
      rows: [],
      note: 'Not enough yet: 5 buying customers on each side are needed, so far there are 4.',
    })
    expect(boughtWith([], { buyers: 40, others: 100 }, 'de').note).toMatch(/Kein anderes Produkt/)
  })
  test('what is not bought yet: only what others buy demonstrably more often, largest gap first', () => {
    const found = notBoughtYet(products, { buyers: 40, others: 100 }, 'en')
    expect(found.rows.map((row) => row.product)).toEqual(['never', 'rare'])
    expect(notBoughtYet(products, { buyers: 9, others: 100 }, 'en').note).toMatch(/^Not enough yet/)
    expect(notBoughtYet(products, { buyers: 40, others: 1 }, 'de').note).toBe(
      'Noch nicht genug: nötig sind 10 kaufende Kunden auf jeder Seite, bisher ist es 1.',
    )
    expect(notBoughtYet(products.slice(1, 2), { buyers: 40, others: 100 }, 'en')).toEqual({
      rows: [],
      note: 'There is no product that others demonstrably buy more often.',
    })
  })
})

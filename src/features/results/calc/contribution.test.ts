// Parts of a change: they add up, turn round with the periods, and do not depend on how rows are cut.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import {
  type CellRatio,
  changeOfAmount,
  changeOfProduct,
  changeOfRatio,
  type ProductParts,
  type RatioParts,
} from './contribution.ts'

const names = ['Central', 'East', 'West', 'North', '-']
const cellName = fc.constantFrom(...names)
const amounts = fc.uniqueArray(
  fc.record({ cell: cellName, amount: fc.integer({ min: -1e9, max: 1e9 }) }),
  { selector: ({ cell }) => cell, maxLength: 5 },
)
/** Won of closed deals; a cell may be absent, or there without any deal. */
const counts = fc.uniqueArray(
  fc.tuple(cellName, fc.nat(60)).chain(([cell, denominator]) =>
    fc.record({
      cell: fc.constant(cell),
      numerator: fc.nat(denominator),
      denominator: fc.constant(denominator),
    }),
  ),
  { selector: ({ cell }) => cell, maxLength: 5 },
)
/** Margin of revenue in minor units; returns make both negative, cost can stand without a sale. */
const money = fc.uniqueArray(
  fc.record({
    cell: cellName,
    numerator: fc.integer({ min: -1e9, max: 1e9 }),
    denominator: fc.integer({ min: -1e6, max: 1e9 }),
  }),
  { selector: ({ cell }) => cell, minLength: 1, maxLength: 5 },
)
/** Revenue of sales; what came back may leave a number or an amount below 0. */
const sales = fc.uniqueArray(
  fc.record({
    cell: cellName,
    numerator: fc.integer({ min: -1e6, max: 1e8 }),
    denominator: fc.integer({ min: -5, max: 500 }),
  }),
  { selector: ({ cell }) => cell, maxLength: 5 },
)
const products = fc.oneof(fc.tuple(counts, counts), fc.tuple(sales, sales))
const either = fc.oneof(fc.tuple(counts, counts), fc.tuple(money, money))
const steps = fc.constantFrom(1, 10, 1000, 100_000)

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const byName = <T extends { cell: string }>(cells: readonly T[]) =>
  [...cells].sort((a, b) => (a.cell < b.cell ? -1 : 1))
/** Without −0, which is no other amount than 0. */
const turned = (value: number) => 0 - value
const ratioOf = (rows: readonly CellRatio[]) =>
  total(rows.map((row) => row.numerator)) / total(rows.map((row) => row.denominator))

describe('amounts', () => {
  test('the cells add up to the whole, and it turns round with the periods', () => {
    fc.assert(
      fc.property(amounts, amounts, (before, now) => {
        const there = changeOfAmount(before, now)
        const back = changeOfAmount(now, before)
        expect(total(there.cells.map(({ change }) => change))).toBe(there.total)
        expect(there.now - there.before).toBe(there.total)
        expect(back.total).toBe(turned(there.total))
        expect(back.cells.map(({ cell, change }) => [cell, turned(change)])).toEqual(
          there.cells.map(({ cell, change }) => [cell, change]),
        )
        expect(changeOfAmount(before.toReversed(), now.toReversed())).toEqual(there)
      }),
      { seed: testSeed },
    )
  })

  test('largest first; new and vanished cells; rows of one cell are added; nothing at all', () => {
    const found = changeOfAmount(
      [
        { cell: 'West', amount: 700 },
        { cell: 'East', amount: 50 },
        { cell: 'East', amount: 50 },
      ],
      [
        { cell: 'North', amount: 300 },
        { cell: 'East', amount: 110 },
      ],
    )
    expect(found.total).toBe(-390)
    expect(found.cells).toEqual([
      { cell: 'West', before: 700, now: 0, change: -700 },
      { cell: 'North', before: 0, now: 300, change: 300 },
      { cell: 'East', before: 100, now: 110, change: 10 },
    ])
    expect(changeOfAmount([], [])).toEqual({ before: 0, now: 0, total: 0, cells: [] })
    expect(() => changeOfAmount([{ cell: 'East', amount: 0.5 }], [])).toThrow('safe integer')
  })
})

describe('ratios', () => {
  test('two offices, by hand: 40 % and 20 % of equal weight become 50 % and 20 % at 1 : 3', () => {
    const before = [
      { cell: 'East', numerator: 40, denominator: 100 },
      { cell: 'West', numerator: 20, denominator: 100 },
    ]
    const now = [
      { cell: 'East', numerator: 50, denominator: 100 },
      { cell: 'West', numerator: 60, denominator: 300 },
    ]
    // Whole 0.30 → 0.275. East by rate ½(0.5+0.25)·0.1 = 0.0375; by mix −0.25·(0.45 − 0.2875)
    // = −0.040625; West by mix 0.25·(0.2 − 0.2875) = −0.021875.
    expect(changeOfRatio(before, now, 1_000_000)).toEqual({
      before: 300_000,
      now: 275_000,
      total: -25_000,
      byRate: 37_500,
      byMix: -62_500,
      cells: [
        {
          cell: 'West',
          before: { numerator: 20, denominator: 100 },
          now: { numerator: 60, denominator: 300 },
          total: -21_875,
          byRate: 0,
          byMix: -21_875,
        },
        {
          cell: 'East',
          before: { numerator: 40, denominator: 100 },
          now: { numerator: 50, denominator: 100 },
          total: -3_125,
          byRate: 37_500,
          byMix: -40_625,
        },
      ],
    })
  })

  test('everything adds up, to the difference of the ratios as shown', () => {
    fc.assert(
      fc.property(either, steps, ([before, now], scale) => {
        const found = changeOfRatio(before, now, scale)
        const bottoms = [before, now].map((rows) => total(rows.map((row) => row.denominator)))
        if (!found) {
          expect(Math.min(...bottoms)).toBeLessThanOrEqual(0)
          return
        }
        expect(found.total).toBe(found.now - found.before)
        expect(found.byRate + found.byMix).toBe(found.total)
        expect(total(found.cells.map((cell) => cell.byRate))).toBe(found.byRate)
        expect(total(found.cells.map((cell) => cell.byMix))).toBe(found.byMix)
        for (const cell of found.cells) expect(cell.byRate + cell.byMix).toBe(cell.total)
        const [was, is] = [ratioOf(before) * scale, ratioOf(now) * scale]
        const slack = 0.5 + 1e-9 * Math.max(Math.abs(was), Math.abs(is))
        expect(Math.abs(found.before - was)).toBeLessThanOrEqual(slack)
        expect(Math.abs(found.now - is)).toBeLessThanOrEqual(slack)
      }),
      { seed: testSeed },
    )
  })

  test('each part is within a step or two of its formula in floating point', () => {
    fc.assert(
      fc.property(counts, counts, (before, now) => {
        const found = changeOfRatio(before, now, 1000)
        if (!found) return
        const [d0, d1] = [before, now].map((rows) => total(rows.map((row) => row.denominator)))
        const middle = (ratioOf(before) + ratioOf(now)) / 2
        const share = (ratio: { denominator: number } | undefined, d: number | undefined) =>
          (ratio?.denominator ?? 0) / (d ?? Number.NaN)
        for (const cell of found.cells) {
          const [w0, w1] = [share(cell.before, d0), share(cell.now, d1)]
          const own = [cell.before, cell.now].flatMap((side) =>
            side && side.denominator > 0 ? [side.numerator / side.denominator] : [],
          )
          const mean = own.length === 0 ? middle : total(own) / own.length
          const rate = own.length < 2 ? 0 : ((w0 + w1) / 2) * ((own[1] ?? 0) - (own[0] ?? 0))
          expect(Math.abs(cell.byRate - 1000 * rate)).toBeLessThan(1.000001)
          expect(Math.abs(cell.byMix - 1000 * (w1 - w0) * (mean - middle))).toBeLessThan(1.000001)
        }
      }),
      { seed: testSeed },
    )
  })

  test('exchanging the periods turns every sign round; the order of rows does not matter', () => {
    fc.assert(
      fc.property(either, steps, ([before, now], scale) => {
        const there = changeOfRatio(before, now, scale)
        const back = changeOfRatio(now, before, scale)
        const parts = ({ total: all, byRate, byMix }: RatioParts) => [all, byRate, byMix]
        expect(changeOfRatio(before.toReversed(), now.toReversed(), scale)).toEqual(there)
        expect(back === undefined).toBe(there === undefined)
        if (!there || !back) return
        expect(parts(back).map(turned)).toEqual(parts(there))
        expect(back.cells.map((cell) => parts(cell).map(turned))).toEqual(there.cells.map(parts))
      }),
      { seed: testSeed },
    )
  })

  test('a cell cut into two equal ones changes nothing: not the whole, not the others', () => {
    fc.assert(
      fc.property(either, ([before, now]) => {
        const double = (rows: readonly CellRatio[]) =>
          rows.map(({ cell, numerator, denominator }) => ({
            cell,
            numerator: 2 * numerator,
            denominator: 2 * denominator,
          }))
        const cut = (rows: readonly CellRatio[]) =>
          rows.flatMap(({ cell, numerator, denominator }, i) =>
            cell === 'East'
              ? ['East 1', 'East 2'].map((half) => ({ cell: half, numerator, denominator }))
              : [double(rows)[i] ?? { cell, numerator, denominator }],
          )
        // So fine that rounding is below what is compared.
        const scale = 1_000_000
        const whole = changeOfRatio(double(before), double(now), scale)
        const halves = changeOfRatio(cut(before), cut(now), scale)
        expect(halves === undefined).toBe(whole === undefined)
        if (!whole || !halves) return
        expect(halves.total).toBe(whole.total)
        // Where rate and mix have the same remainder, either may get the step that is left.
        expect(Math.abs(halves.byRate - whole.byRate)).toBeLessThanOrEqual(1)
        expect(halves.byRate + halves.byMix).toBe(whole.total)
        for (const cell of whole.cells) {
          const same = halves.cells.filter((found) => found.cell.startsWith(cell.cell))
          expect(Math.abs(total(same.map((half) => half.byRate)) - cell.byRate)).toBeLessThan(4)
          expect(Math.abs(total(same.map((half) => half.byMix)) - cell.byMix)).toBeLessThan(4)
        }
      }),
      { seed: testSeed },
    )
  })

  test('empty cells change nothing', () => {
    fc.assert(
      fc.property(either, steps, ([before, now], scale) => {
        const empty = { cell: 'zz', numerator: 0, denominator: 0 }
        const there = changeOfRatio(before, now, scale)
        const more = changeOfRatio([...before, empty], now, scale)
        expect(more?.cells.filter(({ cell }) => cell !== 'zz')).toEqual(there?.cells)
        expect(more?.total).toBe(there?.total)
        const added = more?.cells.find(({ cell }) => cell === 'zz')
        if (more) expect(added).toMatchObject({ total: 0, byRate: 0, byMix: 0, now: undefined })
      }),
      { seed: testSeed },
    )
  })

  test('only rates move: no mix; only weights move: no rate', () => {
    const row = (cell: string, numerator: number, denominator: number) => ({
      cell,
      numerator,
      denominator,
    })
    const rates = changeOfRatio(
      [row('a', 10, 100), row('b', 50, 100)],
      [row('a', 30, 200), row('b', 80, 200)],
      1000,
    )
    expect(rates).toMatchObject({ total: -25, byRate: -25, byMix: 0 })
    const weights = changeOfRatio(
      [row('a', 10, 100), row('b', 50, 100)],
      [row('a', 30, 300), row('b', 50, 100)],
      1000,
    )
    expect(weights).toMatchObject({ total: -100, byRate: 0, byMix: -100 })
  })

  test('a cell of one period only is mix; cost without a sale is rate; no ratio, no change', () => {
    const row = (cell: string, numerator: number, denominator: number) => ({
      cell,
      numerator,
      denominator,
    })
    const found = changeOfRatio([row('a', 30, 100)], [row('a', 30, 100), row('b', 90, 100)], 1000)
    const b = found?.cells.find(({ cell }) => cell === 'b')
    expect(found).toMatchObject({ total: 300, byRate: 0, byMix: 300 })
    expect(b).toMatchObject({ before: undefined, byRate: 0, byMix: 225 })
    const cost = changeOfRatio([row('a', 30, 100)], [row('a', 30, 100), row('b', -10, 0)], 1000)
    expect(cost).toMatchObject({ total: -100, byRate: -100, byMix: 0 })
    expect(changeOfRatio([], [row('a', 1, 2)], 1000)).toBeUndefined()
    expect(changeOfRatio([row('a', 1, -2)], [row('a', 1, 2)], 1000)).toBeUndefined()
  })
})

describe('products', () => {
  test('two offices, by hand', () => {
    const found = changeOfProduct(
      [
        { cell: 'East', numerator: 1000, denominator: 10 },
        { cell: 'West', numerator: 3000, denominator: 10 },
      ],
      [
        { cell: 'East', numerator: 2400, denominator: 20 },
        { cell: 'West', numerator: 3000, denominator: 10 },
      ],
    )
    // Averages of the whole 200 → 180. East: 10 more at 190; 10·(110 − 190); ½·30·20.
    expect(found).toMatchObject({ before: 4000, now: 5400, total: 1400 })
    expect(found).toMatchObject({ byVolume: 1900, byMix: -800, byRate: 300 })
    expect(found.cells[1]).toMatchObject({ cell: 'West', total: 0, byVolume: 0, byRate: 0 })
  })

  test('every cell adds up to its own change, and the cells to the whole', () => {
    fc.assert(
      fc.property(products, fc.constantFrom(1, 10, 100), ([before, now], scale) => {
        const found = changeOfProduct(before, now, scale)
        const adds = (parts: ProductParts) => parts.byVolume + parts.byMix + parts.byRate
        expect(adds(found)).toBe(found.total)
        expect(found.now - found.before).toBe(found.total)
        for (const cell of found.cells) {
          const [was, is] = [cell.before?.numerator ?? 0, cell.now?.numerator ?? 0]
          expect(cell.total).toBe((is - was) * scale)
          expect(adds(cell)).toBe(cell.total)
        }
        for (const part of ['total', 'byVolume', 'byMix', 'byRate'] as const) {
          expect(total(found.cells.map((cell) => cell[part]))).toBe(found[part])
        }
      }),
      { seed: testSeed },
    )
  })

  test('what a finer cut says of the parts of a cell adds up to its change', () => {
    // Cells of a region: its cities. The change of each city is exact, whatever it is divided into.
    const region = (cell: string) => (cell < 'N' ? 'South' : 'North')
    fc.assert(
      fc.property(fc.tuple(sales, sales), ([before, now]) => {
        const coarse = (rows: readonly CellRatio[]) =>
          rows.map((row) => ({ ...row, cell: region(row.cell) }))
        const fine = changeOfProduct(before, now)
        const whole = changeOfProduct(coarse(before), coarse(now))
        expect(whole.total).toBe(fine.total)
        for (const { cell, total: change } of whole.cells) {
          const parts = fine.cells.filter((part) => region(part.cell) === cell)
          expect(total(parts.map((part) => part.total))).toBe(change)
        }
      }),
      { seed: testSeed },
    )
  })

  test('exchanging the periods turns every sign round; the order of rows does not matter', () => {
    fc.assert(
      fc.property(products, fc.constantFrom(1, 10, 100), ([before, now], scale) => {
        const there = changeOfProduct(before, now, scale)
        const back = changeOfProduct(now, before, scale)
        const parts = (p: ProductParts) => [p.total, p.byVolume, p.byMix, p.byRate]
        expect(changeOfProduct(before.toReversed(), now.toReversed(), scale)).toEqual(there)
        expect(parts(back).map(turned)).toEqual(parts(there))
        expect(byName(back.cells).map((cell) => parts(cell).map(turned))).toEqual(
          byName(there.cells).map(parts),
        )
      }),
      { seed: testSeed },
    )
  })

  test('all cells grow alike at the same averages: volume and nothing else', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 5 }), (before, factor) => {
        fc.pre(before.some(({ denominator }) => denominator > 0))
        const now = before.map(({ cell, numerator, denominator }) => ({
          cell,
          numerator: factor * numerator,
          denominator: factor * denominator,
        }))
        const found = changeOfProduct(before, now, 1000)
        expect(found.cells.every(({ byRate }) => byRate === 0)).toBe(true)
        expect(Math.abs(found.byMix)).toBeLessThanOrEqual(before.length)
        expect(Math.abs(found.byVolume - found.total)).toBeLessThanOrEqual(before.length)
      }),
      { seed: testSeed },
    )
  })

  test('nothing before: volume and mix; amounts without a number: rate', () => {
    const rows = [
      { cell: 'a', numerator: 100, denominator: 1 },
      { cell: 'b', numerator: 500, denominator: 2 },
    ]
    expect(changeOfProduct([], rows)).toMatchObject({
      total: 600,
      byVolume: 600,
      byMix: 0,
      byRate: 0,
    })
    const unnumbered = [{ cell: 'a', numerator: -70, denominator: 0 }]
    expect(changeOfProduct([], unnumbered)).toMatchObject({ byVolume: 0, byMix: 0, byRate: -70 })
    expect(changeOfProduct([], [])).toMatchObject({ total: 0, cells: [] })
  })
})

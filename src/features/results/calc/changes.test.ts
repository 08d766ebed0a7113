// Every metric that can be divided, at any counts: parts, cells and the figures as shown add up.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { divisibleIds } from '../contract-explore.ts'
import { type CellCount, type ChangeParts, divide } from './changes.ts'
import { finish } from './finish.ts'
import { metrics } from './metrics.ts'
import { counted } from './pieces.ts'

const nat = (most: number) => fc.integer({ min: 0, max: most })

/** Counts of one cell as they can be: no more lost than closed, no cents without a sale. */
const counts = fc
  .record({
    won: nat(40),
    lost: nat(40),
    activities: nat(300),
    soldCount: nat(60),
    cents: nat(1_000_000),
    returned: nat(50_000),
    returns: nat(5),
    list: nat(1_500_000),
    repeat: fc.double({ min: 0, max: 1, noNaN: true }),
    quantity: fc.integer({ min: -20, max: 500 }),
  })
  .map(({ won, lost, activities, soldCount, cents, returned, returns, list, repeat, quantity }) => {
    const sold = soldCount === 0 ? 0 : cents
    const back = returns === 0 ? 0 : -returned
    return {
      won,
      lost,
      activities,
      quantity,
      rows: soldCount + returns,
      sold: soldCount,
      returns,
      base: sold + back,
      soldBase: sold,
      returnBase: back,
      listed: soldCount,
      listedBase: sold,
      list: soldCount === 0 ? 0 : list,
      valued: soldCount,
      valuedBase: sold,
      repeatBase: Math.round(sold * repeat),
      wonRated: won,
      wonBase: won === 0 ? 0 : cents,
    }
  })
type Numbers = Parameters<typeof counted>[0] & Record<string, number>

const side = fc.uniqueArray(
  fc.record({ cell: fc.constantFrom('a', 'b', 'c', 'd', null), numbers: counts }),
  { selector: ({ cell }) => cell, minLength: 1, maxLength: 5 },
)

const cellsOf = (rows: readonly { cell: string | null; numbers: Numbers }[]): CellCount[] =>
  rows.map(({ cell, numbers }) => ({ cell, counted: counted(numbers) }))

function together(rows: readonly { numbers: Numbers }[]) {
  const all: Record<string, number> = {}
  for (const { numbers } of rows)
    for (const [piece, value] of Object.entries(numbers)) all[piece] = (all[piece] ?? 0) + value
  return counted(all)
}

const sum = (values: readonly (number | undefined)[]) =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0)
const parts = ['byVolume', 'byMix', 'byRate', 'byReturns'] as const

describe.each(divisibleIds)('%s', (id) => {
  test('cells and parts add up to the difference of the two figures', () => {
    let divided = 0
    fc.assert(
      fc.property(side, side, (before, now) => {
        const found = divide(id, cellsOf(before), cellsOf(now))
        const [was, is] = [before, now].map(
          (rows) => finish(id, together(rows), { currency: 'EUR', lang: 'en' }).figure.value,
        )
        if (!found) return
        divided += 1
        const adds = (one: ChangeParts) => {
          if (parts.every((part) => one[part] === undefined)) return
          expect(sum(parts.map((part) => one[part]))).toBe(one.total)
        }
        adds(found.whole)
        for (const cell of found.cells) adds(cell)
        for (const part of ['total', ...parts] as const) {
          if (found.whole[part] === undefined) continue
          expect(sum(found.cells.map((cell) => cell[part]))).toBe(found.whole[part])
        }
        if (was === undefined || is === undefined) return
        const exact = (is - was) * found.steps
        // Of a ratio both ends are shown in steps, and their difference is what is divided.
        const most = metrics[id].additive ? 0 : 1 + 1e-6
        expect(Math.abs(found.whole.total - exact)).toBeLessThanOrEqual(most)
      }),
      { seed: testSeed },
    )
    expect(divided).toBeGreaterThan(50)
  })

  test('exchanging the periods turns every part round', () => {
    fc.assert(
      fc.property(side, side, (before, now) => {
        const there = divide(id, cellsOf(before), cellsOf(now))
        const back = divide(id, cellsOf(now), cellsOf(before))
        expect(back === undefined).toBe(there === undefined)
        for (const part of ['total', ...parts] as const) {
          if (there?.whole[part] === undefined) continue
          expect(sum([there.whole[part], back?.whole[part]])).toBe(0)
        }
      }),
      { seed: testSeed },
    )
  })
})

// What a change is made of, against SQL on the raw files: by volume, mix and rate, cell by cell and in all.
import { expect } from 'vitest'
import type { divisibleIds } from '../src/features/results/contract-explore.ts'
import {
  type Answer,
  type Both,
  type Cut,
  expectNear,
  type Figure,
  naming,
  type Span,
  within,
} from './against-sql.ts'
import type { RawFiles } from './raw-files.ts'

/** What a metric is a sum or a quotient of, fact by fact. */
interface Divided {
  facts: 'sale' | 'deal'
  top: string
  bottom: string
  /** `amount`: the sum of `top`. `product`: that sum as number of facts × their mean. */
  form: 'amount' | 'product' | 'ratio'
}

const divided = {
  revenue: { facts: 'sale', form: 'product', top: 'cents', bottom: '1' },
  units: { facts: 'sale', form: 'amount', top: 'quantity', bottom: '1' },
  'repeat-share': {
    facts: 'sale',
    form: 'ratio',
    top: 'CASE WHEN day > first_day THEN cents ELSE 0 END',
    bottom: 'cents',
  },
  discount: {
    facts: 'sale',
    form: 'ratio',
    top: 'CASE WHEN list IS NULL THEN 0 ELSE list - cents END',
    bottom: 'coalesce(list, 0)',
  },
  'deals-won': { facts: 'deal', form: 'amount', top: 'won::INT', bottom: '1' },
  'deals-lost': { facts: 'deal', form: 'amount', top: '(NOT won)::INT', bottom: '1' },
  'win-rate': { facts: 'deal', form: 'ratio', top: 'won::INT', bottom: '1' },
  'average-deal': {
    facts: 'deal',
    form: 'ratio',
    top: 'CASE WHEN won THEN cents ELSE 0 END',
    bottom: 'won::INT',
  },
} as const satisfies Partial<Record<(typeof divisibleIds)[number], Divided>>
type DividedId = keyof typeof divided
export const dividedIds = Object.keys(divided) as DividedId[]

/** One cell in both periods, the whole with it, and its parts before they are rounded. */
interface CellBySql {
  cell: string
  /** Top and bottom before and now. */
  n0: number
  d0: number
  n1: number
  d1: number
  allN0: number
  allD0: number
  allN1: number
  allD1: number
  volume: number
  mix: number
  rate: number
}

/**
 * The parts of each cell, with means of both periods for what is held fixed: more or fewer at the average
 * of all (volume), weight moved to where the average is another (mix), and the cell's own average (rate).
 * Of a sum weights are numbers, of a ratio they are shares of the whole.
 */
async function cellsBySql(
  raw: RawFiles,
  { facts, form, top, bottom }: Divided,
  { cell, now, before }: { cell: string; now: Span; before: Span },
): Promise<CellBySql[]> {
  const side = (value: string, span: Span) =>
    `coalesce(sum(${value}) FILTER (WHERE ${within(span)}), 0)`
  const weight = (number: string, all: string) =>
    form === 'ratio' ? `${number}::DOUBLE / ${all}` : `${number}::DOUBLE`
  const rows = await raw.rows(`
    WITH side AS (
      SELECT coalesce(${cell}, '-') AS cell, ${side(top, before)} AS n0, ${side(bottom, before)} AS d0,
        ${side(top, now)} AS n1, ${side(bottom, now)} AS d1
      FROM ${facts} WHERE ${within(now)} OR ${within(before)} GROUP BY 1
    ), whole AS (
      SELECT sum(n0) AS allN0, sum(d0) AS allD0, sum(n1) AS allN1, sum(d1) AS allD1,
        (allN0::DOUBLE / allD0 + allN1::DOUBLE / allD1) / 2 AS average FROM side
    ), own AS (
      SELECT *, n0::DOUBLE / nullif(d0, 0) AS r0, n1::DOUBLE / nullif(d1, 0) AS r1,
        ${weight('d0', 'allD0')} AS w0, ${weight('d1', 'allD1')} AS w1
      FROM side CROSS JOIN whole
    )
    -- A cell of one period has its average of that one alone, and no change of it.
    SELECT * EXCLUDE (average, r0, r1, w0, w1), (w1 - w0) * average AS volume,
      (w1 - w0) * (coalesce((r0 + r1) / 2, r0, r1, average) - average) AS mix,
      (w0 + w1) / 2 * coalesce(r1 - r0, 0) AS rate
    FROM own`)
  return rows as unknown as CellBySql[]
}

/**
 * The change of a metric between two periods along a dimension. Parts add up exactly; each is what SQL
 * makes of the cell to less than the step it is shown in (cents, tenths of a point), those of the cells
 * of a ratio, which are rounded twice, to two steps. Returns how many cells were compared.
 */
export async function expectChange(
  both: Both,
  { metric, by, cell, now, before }: Cut & { metric: DividedId; now: Span; before: Span },
): Promise<number> {
  const { world, raw } = both
  const { form } = divided[metric]
  const ratio = form === 'ratio'
  const cells = await cellsBySql(raw, divided[metric], { cell, now, before })
  const answer = await world.call<Answer<'results.changes'>>('results.changes', {
    metric,
    by,
    ...now,
    against: `${before.from}..${before.until}`,
  })
  const about = `${metric} by ${by}`
  const [first] = cells
  if (!first || !answer.whole) return expect.fail(`${about} has nothing to divide`)
  const rate = answer.now.unit === 'rate'
  const step = rate ? 0.001 : 1
  const steps = (figure: Figure | undefined) => Math.round((figure?.value ?? 0) / step)

  const expectSide = (figure: Figure, n: number, d: number, name: string) => {
    // A mean of one deal is not shown.
    if (figure.value === undefined) expect(d, name).toBeLessThan(2)
    else if (ratio) expectNear(figure, n / d, rate ? 1e-9 : 0.5, name)
    else expectNear(figure, n, 0, name)
  }
  expectSide(answer.before, first.allN0, first.allD0, `${about} before`)
  expectSide(answer.now, first.allN1, first.allD1, `${about} now`)
  // Of a ratio both ends are shown in steps, and their difference is what is divided.
  const total = ratio
    ? Math.round(first.allN1 / first.allD1 / step) - Math.round(first.allN0 / first.allD0 / step)
    : first.allN1 - first.allN0
  expect(steps(answer.whole.total), `${about} as a whole`).toBe(total)

  const parts = (['byVolume', 'byMix', 'byRate'] as const).filter(
    (part) => form === 'product' || (ratio && part !== 'byVolume'),
  )
  const named = { byVolume: 'volume', byMix: 'mix', byRate: 'rate' } as const
  const expectParts = (
    shown: NonNullable<typeof answer.whole>,
    exact: readonly CellBySql[],
    most: number,
    name: string,
  ) => {
    for (const part of parts) {
      const wanted = sum(exact.map((one) => one[named[part]])) / step
      const off = Math.abs(steps(shown[part]) - wanted)
      expect(off, `${name} ${part}, by SQL ${wanted}`).toBeLessThan(most + 1e-6)
    }
    if (parts.length > 0)
      expect(sum(parts.map((part) => steps(shown[part]))), name).toBe(steps(shown.total))
  }
  // Parts of the whole of a sum are those shown for its cells.
  expectParts(answer.whole, cells, ratio ? 1 : cells.length, about)

  const nameOf = naming(both)
  const wanted = new Map(cells.map((one) => [one.cell, one]))
  for (const one of answer.cells) {
    const name = `${about}, ${nameOf(one.cell)}`
    const found = wanted.get(nameOf(one.cell))
    wanted.delete(nameOf(one.cell))
    if (!found) {
      // Somebody who sold nothing in either period.
      expect(steps(one.total), name).toBe(0)
      continue
    }
    expectSide(one.before, found.n0, found.d0, `${name} before`)
    expectSide(one.now, found.n1, found.d1, `${name} now`)
    if (!ratio) expect(steps(one.total), name).toBe(found.n1 - found.n0)
    expectParts(one, [found], ratio ? 2 : 1, name)
  }
  const listed = sum(answer.cells.map((one) => steps(one.total)))
  expect(listed + steps(answer.rest?.total), `cells of ${about}`).toBe(total)
  expect(answer.rest?.count ?? 0, `cells of ${about} that are not listed`).toBe(wanted.size)
  return cells.length
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

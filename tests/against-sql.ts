// Kontor's answers against SQL on the raw files: figures by segment, cohorts, and what a change is made of.
import { expect } from 'vitest'
import type { OutputOf } from '../src/basics/contract.ts'
import type { Cell } from '../src/basics/figure.ts'
import type { customersContract } from '../src/features/customers/contract.ts'
import type { DimensionId, MetricId, resultsContract } from '../src/features/results/contract.ts'
import type { divisibleIds } from '../src/features/results/contract-explore.ts'
import type { ImportWorld } from './import-world.ts'
import type { RawFiles, RawRow } from './raw-files.ts'

type Answer<Name extends keyof typeof resultsContract> = OutputOf<(typeof resultsContract)[Name]>

type Figure = Answer<'results.changes'>['now']

export interface Span {
  from: string
  until: string
}

/** What is compared: the answers of one organisation, and the files it was made of. */
export interface Both {
  world: ImportWorld
  raw: RawFiles
  /** Id of a customer → its number in the files, or its name where it has none: `customer` in SQL. */
  customers: ReadonlyMap<string, string>
}

export async function bothOf(world: ImportWorld, raw: RawFiles): Promise<Both> {
  const customers = new Map<string, string>()
  let cursor: string | undefined
  do {
    const page = await world.call<OutputOf<(typeof customersContract)['customers.list']>>(
      'customers.list',
      { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
    )
    for (const { id, externalId, name } of page.rows) customers.set(id, externalId ?? name)
    cursor = page.next
  } while (cursor !== undefined)
  return { world, raw, customers }
}

/** Aggregates over a table of facts, as the sentence of each metric says; NULL where there is no value. */
export type InSql = Partial<Record<MetricId, string>>

/**
 * Over `sale(day, cents, list, quantity, customer, first_day, first, …)`. A purchase is `first` when its
 * customer had none before it.
 */
export const salesInSql = {
  revenue: 'coalesce(sum(cents), 0)',
  units: 'coalesce(sum(quantity), 0)',
  customers: 'count(DISTINCT customer)',
  'new-customers': 'count(*) FILTER (WHERE first)',
  'repeat-share':
    'coalesce(sum(cents) FILTER (WHERE day > first_day), 0)::DOUBLE / nullif(sum(cents), 0)',
  'repurchase-rate': `len(list_filter(map_values(list_histogram(list_transform(
      list(DISTINCT {'customer': customer, 'day': day}), lambda one: one.customer))), lambda days: days >= 2))::DOUBLE
    / nullif(count(DISTINCT customer), 0)`,
  discount: '1 - (sum(cents) FILTER (WHERE list IS NOT NULL))::DOUBLE / nullif(sum(list), 0)',
} as const satisfies InSql

/** Over `deal(day, won, cents, days, …)`: the deals closed. */
export const dealsInSql = {
  'deals-won': 'count(*) FILTER (WHERE won)',
  'deals-lost': 'count(*) FILTER (WHERE NOT won)',
  'win-rate': 'count(*) FILTER (WHERE won) / nullif(count(*), 0)::DOUBLE',
  // Of one deal there is no mean to speak of, and of fewer than six no median.
  'average-deal':
    'CASE WHEN count(*) FILTER (WHERE won) >= 2 THEN round(avg(cents) FILTER (WHERE won)) END',
  'sales-cycle':
    'CASE WHEN count(*) FILTER (WHERE won) >= 6 THEN median(days) FILTER (WHERE won) END',
} as const satisfies InSql

const quarter = (day: string) => `(year(${day}) || '-Q' || quarter(${day}))`
const month = (day: string) => `strftime(${day}, '%Y-%m')`
const grains = { quarter, month }

/** A cell as it is called in SQL; sales of nobody known and customers of no country are `-`. */
const naming =
  ({ customers }: Both) =>
  (cell: Cell): string =>
    cell === null ? '-' : typeof cell === 'string' ? cell : (customers.get(cell.id) ?? cell.name)

const within = ({ from, until }: Span) => `day >= DATE '${from}' AND day < DATE '${until}'`

/** Exactly for amounts and counts; to 1e-9 for the rest. Of a row without a value there is no value. */
function expectFigure(figure: Figure | null | undefined, value: unknown, about: string): void {
  if (value === undefined) {
    // No facts at all: 0 of what can be counted, no value of a ratio, or no cell.
    expect(figure?.value ?? 0, about).toBe(0)
  } else if (value === null) {
    expect(figure?.value, about).toBeUndefined()
    expect(figure?.missing, about).toBeDefined()
  } else {
    expectNear(figure, Number(value), figure?.unit === 'rate' ? 1e-9 : 0, about)
  }
}

function expectNear(
  figure: Figure | null | undefined,
  value: number,
  most: number,
  about: string,
): void {
  const off = Math.abs((figure?.value ?? Number.NaN) - value)
  if (!(off <= most))
    expect.fail(
      `${about}: ${figure?.value ?? figure?.missing?.text ?? 'no figure'}, by SQL ${value}`,
    )
}

/**
 * Every figure by one dimension and quarter: total, rows, columns and cells, each by aggregates of its
 * own. `cell`: SQL of the cell's name over `facts`. Returns how many values were compared.
 */
export async function expectSegments(
  both: Both,
  {
    by,
    cell,
    facts,
    metrics,
    span,
  }: {
    by: DimensionId
    cell: string
    facts: 'sale' | 'deal'
    metrics: InSql
    span: Span
  },
): Promise<number> {
  const { world, raw } = both
  const nameOf = naming(both)
  const ids = Object.keys(metrics) as MetricId[]
  const found = await raw.rows(`
    SELECT grouping(cell) = 0 AS has_cell, grouping(quarter) = 0 AS has_quarter, cell, quarter,
      ${ids.map((id) => `${metrics[id]} AS "${id}"`).join(', ')}
    FROM (SELECT *, coalesce(${cell}, '-') AS cell, ${quarter('day')} AS quarter FROM ${facts} WHERE ${within(span)})
    GROUP BY CUBE (cell, quarter)`)
  const at = (row: string | null, column: string | null): RawRow | undefined =>
    found.find(
      (one) =>
        one.has_cell === (row !== null) &&
        one.has_quarter === (column !== null) &&
        one.cell === row &&
        one.quarter === column,
    )
  const named = found.filter((one) => one.has_cell && !one.has_quarter).length
  const quarters = found.filter((one) => !one.has_cell && one.has_quarter).length
  let compared = 0
  const check = (figure: Figure | null | undefined, row: RawRow | undefined, id: MetricId) => {
    const about = `${id} of ${by} ${row?.cell ?? 'all'} ${row?.quarter ?? ''}`
    expectFigure(figure, row?.[id], about)
    compared += 1
  }
  const ask = (metric: MetricId[], dimensions: DimensionId[]) =>
    world.call<Answer<'results.cross'>>('results.cross', {
      metric,
      by: dimensions,
      ...span,
      limit: 5000,
      columns: 60,
    })

  const whole = await ask(ids, [by])
  const names = whole.rows.map((row) => nameOf(row.cell))
  expect(new Set(names).size, `names of ${by}`).toBe(names.length)
  expect(names.filter((name) => at(name, null)).length, `cells of ${by}`).toBe(named)
  for (const id of ids) check(whole.total[id]?.now, at(null, null), id)
  for (const row of whole.rows)
    for (const id of ids) check(row.figures[id]?.now, at(nameOf(row.cell), null), id)

  for (const id of ids) {
    const crossed = await ask([id], [by, 'quarter'])
    expect(crossed.columnCount, `quarters of ${id}`).toBeGreaterThanOrEqual(quarters)
    for (const { cell: column, total } of crossed.columns)
      check(total, at(null, nameOf(column)), id)
    for (const row of crossed.rows) {
      crossed.columns.forEach(({ cell: column }, place) => {
        check(row.cells[place], at(nameOf(row.cell), nameOf(column)), id)
      })
    }
  }
  return compared
}

/**
 * Cohorts of customers by their first purchase: how many of them bought, and for how much, in each
 * period from then on, up to the last one with sales. Returns how many cells were compared.
 */
export async function expectCohorts(
  both: Both,
  grain: 'month' | 'quarter',
  span: Span,
): Promise<number> {
  const { world, raw } = both
  const period = grains[grain]
  const cells = await raw.rows(`
    WITH period AS (
      SELECT DISTINCT ${period('one_day')} AS id
      FROM (SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY)) AS one_day FROM sale)
    ), member AS (SELECT customer, ${period('min(day)')} AS cohort FROM sale GROUP BY customer)
    SELECT cohort, id AS bought, count(DISTINCT s.customer) AS customers, coalesce(sum(cents), 0) AS revenue
    FROM (SELECT DISTINCT cohort FROM member) JOIN period ON id >= cohort
    LEFT JOIN (SELECT m.cohort AS of_cohort, ${period('day')} AS within, s.* FROM sale s JOIN member m USING (customer)) s
      ON of_cohort = cohort AND within = id
    GROUP BY cohort, id ORDER BY cohort, id`)
  const { rows } = await world.call<Answer<'results.cohorts'>>('results.cohorts', { grain })
  const byCohort = Map.groupBy(cells, (row) => String(row.cohort))
  expect(rows.map(({ cohort }) => cohort)).toEqual([...byCohort.keys()])
  for (const { cohort, customers, active } of rows) {
    const wanted = byCohort.get(cohort) ?? []
    const size = Number(wanted[0]?.customers)
    expect(customers, cohort).toBe(size)
    expect(active.length, `periods of ${cohort}`).toBe(wanted.length)
    for (const [place, figure] of active.entries()) {
      const { bought, customers: came } = wanted[place] ?? {}
      expectNear(figure, Number(came) / size, 1e-9, `of ${cohort} in ${bought}`)
    }
    await expectMembers(both, grain, span, cohort, wanted)
  }
  return cells.length
}

/** The customers of a cohort one by one: how many bought and for how much, as figures by period say it. */
async function expectMembers(
  { world, raw, customers: known }: Both,
  grain: 'month' | 'quarter',
  span: Span,
  cohort: string,
  wanted: readonly RawRow[],
): Promise<void> {
  const members = await raw.rows(
    `SELECT customer FROM sale GROUP BY customer HAVING ${grains[grain]('min(day)')} = '${cohort}'`,
  )
  const keys = new Set(members.map(({ customer }) => customer))
  const customer = [...known].flatMap(([id, key]) => (keys.has(key) ? [id] : []))
  expect(customer, `customers of ${cohort}`).toHaveLength(keys.size)
  // As many as one filter takes.
  if (customer.length > 200) return
  const { rows } = await world.call<Answer<'results.cross'>>('results.cross', {
    metric: ['revenue', 'customers'],
    by: [grain],
    ...span,
    where: { customer },
    limit: 5000,
  })
  const found = new Map(rows.map((row) => [row.cell, row.figures]))
  for (const { bought, customers, revenue } of wanted) {
    const figures = found.get(String(bought))
    expect(figures?.customers?.now.value ?? 0, `customers of ${cohort} in ${bought}`).toBe(
      customers,
    )
    expect(figures?.revenue?.now.value ?? 0, `revenue of ${cohort} in ${bought}`).toBe(revenue)
  }
}

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

/**
 * The change of a metric between two periods along a dimension. Parts add up exactly; each is, to less
 * than the step it is shown in (cents, tenths of a point), what SQL makes of the cell: with means of
 * both periods for what is held fixed, more or fewer at the average of all (volume), weight moved to
 * where the average is another (mix), and the cell's own average (rate). Parts of the cells of a ratio
 * are rounded twice, to two steps.
 */
export async function expectChange(
  both: Both,
  {
    metric,
    by,
    cell,
    now,
    before,
  }: {
    metric: DividedId
    by: DimensionId
    cell: string
    now: Span
    before: Span
  },
): Promise<number> {
  const { world, raw } = both
  const nameOf = naming(both)
  const { facts, form, top, bottom }: Divided = divided[metric]
  const side = (value: string, span: Span) =>
    `coalesce(sum(${value}) FILTER (WHERE ${within(span)}), 0)`
  const found = await raw.rows(`
    WITH side AS (
      SELECT coalesce(${cell}, '-') AS cell, ${side(top, before)} AS n0, ${side(bottom, before)} AS d0,
        ${side(top, now)} AS n1, ${side(bottom, now)} AS d1
      FROM ${facts} WHERE ${within(now)} OR ${within(before)} GROUP BY 1
    ), whole AS (
      SELECT sum(n0) AS an0, sum(d0) AS ad0, sum(n1) AS an1, sum(d1) AS ad1,
        (an0::DOUBLE / nullif(ad0, 0) + an1::DOUBLE / nullif(ad1, 0)) / 2 AS average FROM side
    ), own AS (
      SELECT *, n0::DOUBLE / nullif(d0, 0) AS r0, n1::DOUBLE / nullif(d1, 0) AS r1,
        -- A cell of one period has its average of that one alone.
        coalesce((r0 + r1) / 2, r0, r1) AS r, coalesce(r1 - r0, 0) AS moved,
        d0::DOUBLE / ad0 AS w0, d1::DOUBLE / ad1 AS w1
      FROM side CROSS JOIN whole
    )
    SELECT cell, n1 - n0 AS total, an0, ad0, an1, ad1,
      (d1 - d0) * average AS volume, (d1 - d0) * (r - average) AS mix, (d0 + d1) / 2.0 * moved AS rate,
      coalesce((w1 - w0) * (r - average), 0) AS ratio_mix, (w0 + w1) / 2 * moved AS ratio_rate
    FROM own`)
  const answer = await world.call<Answer<'results.changes'>>('results.changes', {
    metric,
    by,
    ...now,
    against: `${before.from}..${before.until}`,
  })
  const about = `${metric} by ${by}`
  const [any] = found
  expect(answer.whole, about).toBeDefined()
  const rate = answer.now.unit === 'rate'
  const step = rate ? 0.001 : 1
  const inSteps = (figure: Figure | undefined) => Math.round((figure?.value ?? 0) / step)
  const shownRatio = (n: unknown, d: unknown) => Math.round(Number(n) / Number(d) / step)
  const ratio = form === 'ratio'
  const wholeTotal = ratio
    ? shownRatio(any?.an1, any?.ad1) - shownRatio(any?.an0, any?.ad0)
    : Number(any?.an1) - Number(any?.an0)
  expect(inSteps(answer.whole?.total), `${about} as a whole`).toBe(wholeTotal)

  const parts = ['byVolume', 'byMix', 'byRate'] as const
  const bySql = (row: RawRow) =>
    ratio
      ? { byMix: Number(row.ratio_mix) / step, byRate: Number(row.ratio_rate) / step }
      : { byVolume: Number(row.volume), byMix: Number(row.mix), byRate: Number(row.rate) }
  const wanted = new Map(found.map((row) => [String(row.cell), row]))
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
  for (const one of answer.cells) {
    const name = nameOf(one.cell)
    const row = wanted.get(name)
    if (!row) {
      expect(inSteps(one.total), `${about} ${name} has no facts`).toBe(0)
      continue
    }
    if (!ratio) expect(inSteps(one.total), `${about} ${name}`).toBe(row.total)
    if (form === 'amount') continue
    const exact: Partial<Record<(typeof parts)[number], number>> = bySql(row)
    for (const part of parts) {
      if (exact[part] === undefined) continue
      const off = Math.abs(inSteps(one[part]) - exact[part])
      expect(off, `${about} ${name} ${part} ${exact[part]}`).toBeLessThan((ratio ? 2 : 1) + 1e-6)
    }
    expect(sum(parts.map((part) => inSteps(one[part]))), `parts of ${name}`).toBe(
      inSteps(one.total),
    )
  }
  expect(
    sum(answer.cells.map(({ total }) => inSteps(total))) + inSteps(answer.rest?.total),
    `cells of ${about}`,
  ).toBe(inSteps(answer.whole?.total))
  const listed = new Set(answer.cells.map((one) => nameOf(one.cell)))
  expect(answer.rest?.count ?? 0, `cells not listed of ${about}`).toBe(
    found.filter((row) => !listed.has(String(row.cell))).length,
  )
  if (form === 'amount') return found.length
  for (const part of parts) {
    const exact = found.map((row) => bySql(row) as Partial<Record<typeof part, number>>)
    if (exact[0]?.[part] === undefined) continue
    const off = Math.abs(inSteps(answer.whole?.[part]) - sum(exact.map((row) => row[part] ?? 0)))
    expect(off, `${about} ${part} in all`).toBeLessThan((ratio ? 1 : found.length) + 1e-6)
  }
  expect(sum(parts.map((part) => inSteps(answer.whole?.[part])))).toBe(wholeTotal)
  return found.length
}

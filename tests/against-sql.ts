// Kontor's answers against SQL on the raw files: figures by segment, and cohorts.
import { expect } from 'vitest'
import type { OutputOf } from '../src/basics/contract.ts'
import type { Cell } from '../src/basics/figure.ts'
import type { customersContract } from '../src/features/customers/contract.ts'
import type { DimensionId, MetricId, resultsContract } from '../src/features/results/contract.ts'
import type { ImportWorld } from './import-world.ts'
import type { RawFiles, RawRow } from './raw-files.ts'

export type Answer<Name extends keyof typeof resultsContract> = OutputOf<
  (typeof resultsContract)[Name]
>

export type Figure = Answer<'results.changes'>['now']

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
export const naming =
  ({ customers }: Both) =>
  (cell: Cell): string =>
    cell === null ? '-' : typeof cell === 'string' ? cell : (customers.get(cell.id) ?? cell.name)

export const within = ({ from, until }: Span) => `day >= DATE '${from}' AND day < DATE '${until}'`

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

export function expectNear(
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

/** A dimension with SQL of its cell over a table of facts. */
export interface Cut {
  by: DimensionId
  cell: string
}
const byQuarter: Cut = { by: 'quarter', cell: quarter('day') }

/**
 * Every figure by two dimensions: total, rows, columns and cells, each by aggregates of its own. Every
 * row of the SQL must be met by a figure of every metric. Returns how many figures were compared.
 */
export async function expectSegments(
  both: Both,
  {
    by,
    cell,
    across = byQuarter,
    facts,
    metrics,
    span,
  }: Cut & { across?: Cut; facts: 'sale' | 'deal'; metrics: InSql; span: Span },
): Promise<number> {
  const { world, raw } = both
  const nameOf = naming(both)
  const ids = Object.keys(metrics) as MetricId[]
  const found = await raw.rows(`
    SELECT grouping(row_cell) = 0 AS has_row, grouping(column_cell) = 0 AS has_column, row_cell, column_cell,
      ${ids.map((id) => `${metrics[id]} AS "${id}"`).join(', ')}
    FROM (
      SELECT *, coalesce(${cell}, '-') AS row_cell, coalesce(${across.cell}, '-') AS column_cell
      FROM ${facts} WHERE ${within(span)}
    ) GROUP BY CUBE (row_cell, column_cell)`)
  const keyOf = (row: unknown, column: unknown) => JSON.stringify([row, column])
  const bySql = new Map(
    found.map((one) => [
      keyOf(one.has_row ? one.row_cell : null, one.has_column ? one.column_cell : null),
      one,
    ]),
  )
  const met = new Set<string>()
  let compared = 0
  const check = (
    id: MetricId,
    row: string | null,
    column: string | null,
    figure: Figure | null | undefined,
  ) => {
    const key = keyOf(row, column)
    expectFigure(figure, bySql.get(key)?.[id], `${id} by ${by} and ${across.by}, ${key}`)
    if (bySql.has(key)) met.add(`${id} ${key}`)
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
  for (const id of ids) {
    check(id, null, null, whole.total[id]?.now)
    for (const row of whole.rows) check(id, nameOf(row.cell), null, row.figures[id]?.now)
    const crossed = await ask([id], [by, across.by])
    for (const { cell: column, total } of crossed.columns) check(id, null, nameOf(column), total)
    for (const { cell: row, cells } of crossed.rows) {
      for (const [place, { cell: column }] of crossed.columns.entries())
        check(id, nameOf(row), nameOf(column), cells[place])
    }
  }
  expect(met.size, `figures by ${by} and ${across.by} that SQL has`).toBe(ids.length * found.length)
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

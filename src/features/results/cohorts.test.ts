// Cells of the cohort grid and steps of the funnel against the rows behind them: figure = rows, for everybody who asks.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { GivenInputOf } from '../../basics/contract.ts'
import { insertFacts } from '../../platform/database/bulk.ts'
import type { Asking } from './asked.ts'
import { resultsContract } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'
import type { FactRow } from './store-rows.ts'

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
  await enterLostWays()
})
afterAll(() => db.close())

/** The ways of all lost deals are put on record, so that the funnel has steps. */
async function enterLostWays(): Promise<void> {
  const { rows } = await db.owner.query(
    `SELECT d.id, coalesce(d.opened_on, '2022-01-01') AS opened_on,
       (SELECT array_agg(s.id ORDER BY s.position) FROM stage s WHERE s.org_id = $1 AND s.outcome = 'open') AS stages
     FROM deal d WHERE d.org_id = $1 AND d.outcome = 'lost'
       AND NOT EXISTS (SELECT 1 FROM stage_entry e WHERE e.org_id = $1 AND e.deal_id = d.id) ORDER BY d.id`,
    [world.actor.orgId],
  )
  await db.database.write(world.actor, 'test.ways', (tx) =>
    insertFacts(
      tx,
      'stage_entry',
      rows.map(({ id, opened_on, stages }, i) => ({
        id: db.newId(),
        deal_id: id,
        stage_id: stages[i % stages.length],
        entered_on: opened_on,
      })),
    ),
  )
}

type Rows = (typeof resultsContract)['results.rows']
const schema = resultsContract['results.rows'].input

async function allRows(asking: Asking, given: GivenInputOf<Rows>): Promise<FactRow[]> {
  const rows: FactRow[] = []
  let cursor: string | undefined
  do {
    const page = await operations['results.rows'](
      asking,
      schema.parse({ ...given, limit: 200, ...(cursor === undefined ? {} : { cursor }) }),
    )
    rows.push(...page.rows)
    cursor = page.next
    if (cursor === undefined) expect(rows.length).toBe(page.total)
  } while (cursor !== undefined)
  return rows
}
const why = (asking: Asking, given: GivenInputOf<Rows>) =>
  operations['results.why'](asking, { ...schema.parse(given), lang: 'en' })

const everybody = () => world.asking()
/** Whoever leads the first team, which one of its sellers has left. */
const leader = () => world.asking('team', { personId: world.leader })
const teamOf = () => ({ team: [world.moved.from] })
const sellerOf = () => ({ seller: [world.moved.seller] })

const asks = [
  ['everybody', everybody, () => ({})],
  ['one team', everybody, teamOf],
  ['one seller', everybody, sellerOf],
  ['a leader', leader, () => ({})],
] as const

const monthAfter = (month: string, k: number) =>
  Temporal.PlainDate.from(`${month}-01`).add({ months: k }).toString().slice(0, 7)

function median(days: number[]): number | undefined {
  const sorted = days.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return sorted.length === 0
    ? undefined
    : ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

describe.each(asks)('%s', (_name, asking, whereOf) => {
  test.each([undefined, '2023-02-10..2023-09-20'])('cohort cells, %s', async (period) => {
    const where = whereOf()
    const grid = await operations['results.cohorts'](asking(), {
      groups: 30,
      grain: 'month',
      where,
      ...(period === undefined ? {} : { period }),
    })
    // A selection may have few customers; everybody together has enough.
    if (asking === everybody && period === undefined && Object.keys(where).length === 0)
      expect(grid.rows.length).toBeGreaterThan(2)
    const step = Math.ceil(grid.rows.length / 4)
    for (const { cohort, customers, active } of grid.rows.filter((_, i) => i % step === 0)) {
      // Of a period that begins or ends within a month only its days make the cohort.
      const { from, until } = grid.period
      const [first, next] = [`${cohort}-01`, `${monthAfter(cohort, 1)}-01`]
      const whole = grid.period.byDefault
      const days = `${whole || first > from ? first : from}..${whole || next < until ? next : until}`
      for (const [age, figure] of active.entries()) {
        if (age > 0 && age % 4 !== 1) continue
        const given = { metric: 'customers', cohort: days, where } as const
        const rows = await allRows(asking(), { ...given, period: monthAfter(cohort, age) })
        const bought = new Set(rows.map(({ customer }) => customer?.id)).size
        expect(bought, `${cohort} + ${age}`).toBe(Math.round((figure.value ?? 0) * customers))
        const told = await why(asking(), { ...given, period: monthAfter(cohort, age) })
        expect([told.figure.value, told.total]).toEqual([bought, rows.length])
        expect(told.cohort).toContain('first purchase')
      }
    }
  })

  test.each([undefined, '2023', '2023-02-10..2023-09-20'])(
    'steps of the funnel, %s',
    async (period) => {
      const where = whereOf()
      const within = period === undefined ? {} : { period }
      const funnel = await operations['results.funnel'](asking(), { groups: 30, where, ...within })
      expect(funnel.steps.length).toBeGreaterThan(2)
      for (const [i, { stage, reached, onward, days }] of funnel.steps.entries()) {
        const here = { metric: 'deals-opened', where, ...within, reached: stage.id } as const
        const rows = await allRows(asking(), here)
        expect(rows.length, stage.name).toBe(reached)
        expect((await why(asking(), here)).figure.value).toBe(reached)
        const next = funnel.steps[i + 1]?.reached ?? funnel.won
        expect(onward.value).toBeCloseTo(next / reached, 12)
        const stays = await allRows(asking(), {
          metric: 'time-in-stage',
          where: { ...where, stage: [stage.id] },
          cohort: period ?? 'all',
        })
        expect(days.n, stage.name).toBe(stays.length)
        expect(days.value).toBe(median(stays.map((row) => row.days ?? Number.NaN)))
      }
      const cohort = period ?? 'all'
      const closed = await allRows(asking(), { metric: 'win-rate', where, cohort })
      expect(closed.length).toBe(funnel.won + funnel.lost)
      const cycle = await why(asking(), { metric: 'sales-cycle', where, cohort })
      // The metric asks for six deals at least.
      if ((funnel.cycle.n ?? 0) >= 6) expect(cycle.figure.value).toBe(funnel.cycle.value)
      expect(cycle.total).toBe(funnel.cycle.n)
    },
  )
})

test.each(['seller', 'team', 'region', 'family', 'quarter'] as const)(
  'by %s: each group is what its filter alone gives, and they add up',
  async (by) => {
    const asked = { where: {}, by, groups: 1000 } as const
    const funnel = await operations['results.funnel'](everybody(), { ...asked, period: '2023' })
    const add = (
      take: (one: { opened: number; won: number; lost: number; open: number }) => number,
    ) => funnel.groups.reduce((sum, one) => sum + take(one), 0)
    expect(funnel.groups.length).toBe(funnel.groupCount)
    expect(funnel.groups.length).toBeGreaterThan(2)
    for (const take of ['opened', 'won', 'lost', 'open', 'unknown'] as const) {
      expect(
        add((one) => (one as typeof funnel)[take]),
        take,
      ).toBe(funnel[take])
    }
    const grid = await operations['results.cohorts'](everybody(), { ...asked, grain: 'quarter' })
    const whole = grid.rows.reduce((sum, { customers }) => sum + customers, 0)
    expect(grid.groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(whole)
    const idOf = (cell: unknown) =>
      cell === null ? '-' : typeof cell === 'object' ? (cell as { id: string }).id : String(cell)
    for (const { cell, ...group } of funnel.groups.slice(0, 4)) {
      const where = { [by]: [idOf(cell)] }
      const alone = await operations['results.funnel'](everybody(), {
        groups: 30,
        where,
        period: '2023',
      })
      expect(alone, idOf(cell)).toMatchObject(group)
    }
    // Where customers first bought: the filter would keep their later purchases there alone.
    const firsts = await operations['results.figures'](everybody(), {
      metric: ['new-customers'],
      by: [by],
      from: '0001-01-01',
      until: '9999-12-31',
      where: {},
    })
    const found = new Map(grid.groups.map(({ cell, customers }) => [idOf(cell), customers]))
    for (const row of firsts.rows) {
      const customers = (row['new-customers'] as { value?: number }).value
      expect(found.get(idOf(row[by])) ?? 0, idOf(row[by])).toBe(customers)
    }
    for (const { active, customers } of grid.groups) {
      expect(active[0]?.n ?? 0).toBeLessThanOrEqual(customers)
      active.forEach((figure, age) => {
        if (age > 0) expect(figure.n).toBeLessThanOrEqual(active[age - 1]?.n ?? 0)
      })
    }
  },
)

test('groups beyond the limit are counted', async () => {
  const funnel = await operations['results.funnel'](everybody(), {
    where: {},
    by: 'customer',
    groups: 3,
  })
  expect(funnel.groups).toHaveLength(3)
  expect(funnel.groupCount).toBeGreaterThan(20)
  const opened = funnel.groups.map((one) => one.opened)
  expect(opened).toEqual(opened.toSorted((a, b) => b - a))
  await expect(
    operations['results.funnel'](everybody(), { where: {}, by: 'stage', groups: 30 }),
  ).rejects.toMatchObject({ detail: { code: 'results.dimension_not_allowed' } })
})

test('a whole cohort adds up to its customers, whatever the metric of sales', async () => {
  const grid = await operations['results.cohorts'](everybody(), {
    groups: 30,
    grain: 'year',
    where: {},
  })
  const cohort = grid.rows[0]?.cohort ?? ''
  const given = { metric: 'revenue', cohort, period: '2018-01-01..2024-07-01', where: {} } as const
  const rows = await allRows(everybody(), given)
  const sum = rows.reduce((all, { baseAmount }) => all + (baseAmount ?? 0), 0)
  expect((await why(everybody(), given)).figure.value).toBe(sum)
  const { rows: ledger } = await db.owner.query(
    `WITH first AS (SELECT customer_id FROM sale WHERE org_id = $1 AND kind = 'sale' AND customer_id IS NOT NULL
       GROUP BY 1 HAVING to_char(min(on_day), 'YYYY') = $2)
     SELECT sum(base_amount)::int8 AS base FROM sale JOIN first USING (customer_id)
     WHERE org_id = $1 AND on_day >= '2018-01-01' AND on_day < '2024-07-01'`,
    [world.actor.orgId, cohort],
  )
  expect(sum).toBe(Number(ledger[0]?.base))
  expect(sum).toBeGreaterThan(0)
})

test('what has no cohort is refused, and says what has', async () => {
  const { rows } = await db.owner.query(
    `SELECT id, outcome FROM stage WHERE org_id = $1 ORDER BY position`,
    [world.actor.orgId],
  )
  const stage = rows[0]?.id
  for (const [given, refused] of [
    [
      { metric: 'pipeline', cohort: '2023' },
      { code: 'results.dimension_not_allowed', field: 'cohort' },
    ],
    [
      { metric: 'velocity', cohort: '2023' },
      { code: 'results.dimension_not_allowed', field: 'cohort' },
    ],
    [
      { metric: 'revenue', reached: stage },
      { code: 'results.dimension_not_allowed', field: 'reached' },
    ],
    [{ metric: 'customers', cohort: 'soon' }, { code: 'period.unreadable' }],
    [{ metric: 'deals-opened', reached: db.newId() }, { code: 'results.unknown_cell' }],
  ] as const) {
    for (const ask of [allRows, why]) {
      await expect(ask(everybody(), given), JSON.stringify(given)).rejects.toMatchObject({
        detail: refused,
      })
    }
  }
})

// Cohorts and funnel counted again from the bare tables in plain TypeScript.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import { insertFacts } from '../../platform/database/bulk.ts'
import { resultsOperations as operations } from './operations.ts'

interface Sale {
  id: string
  customer_id: string | null
  kind: string
  on_day: string
}
interface Deal {
  id: string
  outcome: 'open' | 'won' | 'lost'
  stage_id: string
  opened_on: string | null
}
interface Entry {
  deal_id: string
  stage_id: string
}
interface Stage {
  id: string
  position: number
  outcome: string
}

let db: TestDatabase
let world: SmallWorld
const read = async <Row>(table: string) =>
  (await db.owner.query(`SELECT * FROM ${table} WHERE org_id = $1`, [world.actor.orgId]))
    .rows as Row[]
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
})
afterAll(() => db.close())

const monthAfter = (month: string, k: number) =>
  Temporal.PlainDate.from(`${month}-01`).add({ months: k }).toString().slice(0, 7)

test('cohorts by month of first purchase; months not over are absent', async () => {
  const sales = (await read<Sale>('sale')).filter(
    ({ kind, customer_id }) => kind === 'sale' && customer_id !== null,
  )
  const months = new Map<string, Set<string>>()
  for (const { customer_id, on_day } of sales) {
    const key = customer_id ?? ''
    months.set(key, (months.get(key) ?? new Set()).add(on_day.slice(0, 7)))
  }
  const firstOf = (set: Set<string>) => [...set].sort()[0] ?? ''
  const answer = await operations['results.cohorts'](world.asking(), {
    groups: 30,
    grain: 'month',
    where: {},
  })
  const whole = answer.rows.reduce((sum, { customers }) => sum + customers, 0)
  expect(whole).toBe(months.size)
  expect(answer.rows.length).toBeGreaterThan(5)
  for (const { cohort, customers, active } of answer.rows) {
    const members = [...months.values()].filter((set) => firstOf(set) === cohort)
    expect(customers, cohort).toBe(members.length)
    active.forEach((figure, k) => {
      const then = members.filter((set) => set.has(monthAfter(cohort, k))).length
      expect(figure.value, `${cohort} + ${k}`).toBeCloseTo(then / members.length, 12)
      expect(figure.n).toBe(members.length)
    })
    // The world ends with June 2024, and that month is over on its last day at the earliest tomorrow.
    expect(monthAfter(cohort, active.length - 1) <= '2024-06').toBe(true)
  }
  expect(answer.rows[0]?.active[0]?.value).toBe(1)
})

test('cohorts of a period are those who first bought in it, and others by a filter', async () => {
  const all = await operations['results.cohorts'](world.asking(), {
    groups: 30,
    grain: 'quarter',
    where: {},
  })
  const some = await operations['results.cohorts'](world.asking(), {
    groups: 30,
    grain: 'quarter',
    period: '2023',
    where: {},
  })
  expect(some.rows).toEqual(all.rows.filter(({ cohort }) => cohort.startsWith('2023')))
  await expect(
    operations['results.cohorts'](world.asking(), {
      groups: 30,
      grain: 'month',
      where: { stage: ['x'] },
    }),
  ).rejects.toMatchObject({ detail: { code: 'results.dimension_not_allowed' } })
})

test('the funnel says when the way of lost deals is not known', async () => {
  const deals = (await read<Deal>('deal')).filter(({ opened_on }) => opened_on?.startsWith('2023'))
  const funnel = await operations['results.funnel'](world.asking(), {
    groups: 30,
    period: '2023',
    where: {},
  })
  const of = (outcome: string) => deals.filter((deal) => deal.outcome === outcome).length
  expect(funnel).toMatchObject({
    opened: deals.length,
    won: of('won'),
    lost: of('lost'),
    open: of('open'),
    steps: [],
  })
  expect(funnel.note).toContain(String(funnel.unknown))
  expect(funnel.winRate.value).toBeCloseTo(of('won') / (of('won') + of('lost')), 12)
})

test('the same deals followed: no step holds more than the one before', async () => {
  // The ways of all lost deals are entered by hand.
  const deals = await read<Deal>('deal')
  const entries = await read<Entry>('stage_entry')
  const stages = (await read<Stage>('stage'))
    .filter(({ outcome }) => outcome === 'open')
    .sort((a, b) => a.position - b.position)
  const known = new Set(entries.map(({ deal_id }) => deal_id))
  const added = deals
    .filter(({ outcome, id }) => outcome === 'lost' && !known.has(id))
    .map(({ id, opened_on }, i) => ({
      id: db.newId(),
      deal_id: id,
      stage_id: stages[i % stages.length]?.id ?? '',
      entered_on: opened_on ?? '2022-01-01',
    }))
  await db.database.write(world.actor, 'test.ways', (tx) => insertFacts(tx, 'stage_entry', added))
  const all = [...entries, ...added]
  const position = new Map(stages.map(({ id, position: at }) => [id, at]))
  const mine = deals.filter(({ opened_on }) => opened_on?.startsWith('2023'))
  const reached = (deal: Deal) =>
    deal.outcome === 'won'
      ? Number.POSITIVE_INFINITY
      : Math.max(
          position.get(deal.stage_id) ?? 0,
          ...all
            .filter(({ deal_id }) => deal_id === deal.id)
            .map((e) => position.get(e.stage_id) ?? 0),
        )
  const funnel = await operations['results.funnel'](world.asking(), {
    groups: 30,
    period: '2023',
    where: {},
  })
  expect(funnel.note).toBeNull()
  expect(funnel.steps.map(({ stage }) => stage.id)).toEqual(stages.map(({ id }) => id))
  const won = mine.filter(({ outcome }) => outcome === 'won').length
  funnel.steps.forEach((step, i) => {
    const here = mine.filter((deal) => reached(deal) >= (stages[i]?.position ?? 0)).length
    const next = stages[i + 1]
    const onward = next ? mine.filter((deal) => reached(deal) >= next.position).length : won
    expect(step.reached).toBe(here)
    expect(step.onward.value).toBeCloseTo(onward / here, 12)
  })
})

// Figures counted again from the bare tables in plain TypeScript, sharing nothing with the compiler.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { Figure } from '../../basics/figure.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'

interface Deal {
  id: string
  seller_id: string | null
  outcome: string
  stage_id: string
  opened_on: string | null
  closed_on: string | null
  base_amount: number | null
}
interface Sale {
  id: string
  seller_id: string | null
  customer_id: string | null
  product_id: string | null
  kind: string
  on_day: string
  base_amount: number | null
}
interface Answer {
  seller_id: string | null
  customer_id: string | null
  on_day: string
  measure: string
  score: number
  scale_low: number
  scale_high: number
}
interface Case {
  seller_id: string | null
  on_day: string
  kind: string
}
interface Activity {
  seller_id: string | null
  kind: string
  done_on: string | null
}
interface Way {
  id: string
  entered_on: string
  deal_id: string
  stage_id: string
}
interface Stage {
  id: string
  position: number
  outcome: string
}
interface Member {
  kind: string
  team_id: string
  seller_id: string | null
  person_id: string | null
  valid_from: string
  valid_until: string
}
interface Team {
  id: string
  kind: string
  parent_id: string | null
}

let db: TestDatabase
let world: SmallWorld
let deals: Deal[]
let sales: Sale[]
let answers: Answer[]
let cases: Case[]
let activities: Activity[]
let ways: Way[]
let stages: Stage[]
let members: Member[]
let teams: Map<string, Team>

beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
  const read = async <Row>(table: string) =>
    (await db.owner.query(`SELECT * FROM ${table} WHERE org_id = $1`, [world.actor.orgId]))
      .rows as Row[]
  ;[deals, sales, answers, cases, activities, ways, stages, members] = await Promise.all([
    read<Deal>('deal'),
    read<Sale>('sale'),
    read<Answer>('survey_answer'),
    read<Case>('customer_case'),
    read<Activity>('activity'),
    read<Way>('stage_entry'),
    read<Stage>('stage'),
    read<Member>('membership'),
  ])
  teams = new Map((await read<Team>('team')).map((team) => [team.id, team]))
})
afterAll(() => db.close())

const months = Array.from({ length: 12 }, (_, i) => `2023-${String(i + 1).padStart(2, '0')}`)
const after = (month: string) =>
  Temporal.PlainDate.from(`${month}-01`).add({ months: 1 }).toString()
const inMonth = (day: string | null, month: string) => day?.startsWith(month) ?? false

function teamOn(seller: string | null, day: string): string | null {
  const found = members.filter(
    (m) =>
      m.kind === 'member' && m.seller_id === seller && m.valid_from <= day && day < m.valid_until,
  )
  expect(found.length).toBeLessThanOrEqual(1)
  return found[0]?.team_id ?? null
}
function officeOn(seller: string | null, day: string): string | null {
  let team = teams.get(teamOn(seller, day) ?? '')
  while (team && team.kind !== 'office') team = teams.get(team.parent_id ?? '')
  return team?.id ?? null
}
function managerOn(seller: string | null, day: string): string | null {
  const team = teamOn(seller, day)
  const lead = members.find(
    (m) => m.kind === 'lead' && m.team_id === team && m.valid_from <= day && day < m.valid_until,
  )
  return lead?.person_id ?? null
}

async function answer(metric: MetricId, by: DimensionId, period = '2023') {
  const { rows } = await operations['results.figures'](world.asking(), {
    metric: [metric],
    by: [by],
    period,
    where: {},
  })
  return new Map(
    rows.map((row) => {
      const cell = row[by] as string | null | { id: string }
      return [cell !== null && typeof cell === 'object' ? cell.id : cell, row[metric] as Figure]
    }),
  )
}
const total = (values: (number | null)[]) =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

test('the pipeline at the end of each month', async () => {
  const shown = await answer('pipeline', 'month')
  for (const month of months) {
    const end = after(month)
    const open = deals.filter(
      ({ opened_on, closed_on }) =>
        (opened_on === null ? closed_on === null : opened_on < end) &&
        (closed_on === null || closed_on >= end),
    )
    expect(shown.get(month)?.value, month).toBe(total(open.map((deal) => deal.base_amount)))
    expect(shown.get(month)?.n).toBe(open.filter((deal) => deal.base_amount !== null).length)
  }
  // A deal closed on the first day of a month was still open at the end of the one before.
  const onTheFirst = deals.find(
    ({ closed_on, opened_on }) => closed_on?.endsWith('-01') && opened_on && opened_on < closed_on,
  )
  const first = onTheFirst?.closed_on ?? ''
  const day = Temporal.PlainDate.from(first).subtract({ days: 1 }).toString()
  const { rows } = await operations['results.rows'](world.asking(), {
    metric: 'pipeline',
    period: day,
    where: {},
    limit: 200,
  })
  expect(rows.some(({ id }) => id === onTheFirst?.id)).toBe(true)
})

test.each([
  ['team', teamOn],
  ['office', officeOn],
  ['manager', managerOn],
] as const)('revenue and deals lost by %s of the day', async (dimension, cellOn) => {
  const revenue = await answer('revenue', dimension)
  const lost = await answer('deals-lost', dimension)
  const cells = new Set([...revenue.keys(), ...lost.keys()])
  expect(cells.size).toBeGreaterThan(2)
  for (const cell of cells) {
    const sold = sales.filter(
      (sale) => sale.on_day.startsWith('2023') && cellOn(sale.seller_id, sale.on_day) === cell,
    )
    expect(revenue.get(cell)?.value ?? 0).toBe(total(sold.map((sale) => sale.base_amount)))
    const gone = deals.filter(
      (deal) =>
        deal.outcome === 'lost' &&
        deal.closed_on?.startsWith('2023') &&
        cellOn(deal.seller_id, deal.closed_on) === cell,
    )
    expect(lost.get(cell)?.value ?? 0).toBe(gone.length)
  }
})

test('new customers, repeat share and repurchase rate by month', async () => {
  const purchases = sales.filter((sale) => sale.kind === 'sale' && sale.customer_id !== null)
  const firstDay = new Map<string, string>()
  for (const { customer_id, on_day } of purchases) {
    const known = firstDay.get(customer_id ?? '')
    if (known === undefined || on_day < known) firstDay.set(customer_id ?? '', on_day)
  }
  const [fresh, share, again] = await Promise.all(
    (['new-customers', 'repeat-share', 'repurchase-rate'] as const).map((metric) =>
      answer(metric, 'month'),
    ),
  )
  for (const month of months) {
    expect(fresh?.get(month)?.value ?? 0, month).toBe(
      [...firstDay.values()].filter((day) => inMonth(day, month)).length,
    )
    const bought = purchases.filter((sale) => inMonth(sale.on_day, month))
    const whole = total(bought.map((sale) => sale.base_amount))
    const repeat = total(
      bought
        .filter((sale) => (firstDay.get(sale.customer_id ?? '') ?? '') < sale.on_day)
        .map((sale) => sale.base_amount),
    )
    expect(share?.get(month)?.value ?? 0).toBeCloseTo(whole === 0 ? 0 : repeat / whole, 12)
    const days = Map.groupBy(bought, (sale) => sale.customer_id)
    const twice = [...days.values()].filter(
      (list) => new Set(list.map((sale) => sale.on_day)).size >= 2,
    ).length
    expect(again?.get(month)?.value ?? 0).toBeCloseTo(days.size === 0 ? 0 : twice / days.size, 12)
  }
})

test.each([
  ['team', teamOn],
  ['office', officeOn],
  ['seller', (seller: string | null) => seller],
  ['month', (_: string | null, day: string) => day.slice(0, 7)],
] as const)('satisfaction, recommendation and complaint rate by %s', async (dimension, cellOn) => {
  const [satisfaction, nps, rate] = await Promise.all(
    (['satisfaction', 'nps', 'complaint-rate'] as const).map((metric) =>
      answer(metric, dimension, '2022-01-01..2024-07-01'),
    ),
  )
  const complaints = cases.filter(({ kind }) => kind === 'complaint')
  const since = complaints.map(({ on_day }) => on_day).sort()[0] ?? ''
  // The world has sales before its first complaint in the time asked for.
  expect(sales.some(({ on_day }) => '2022' < on_day && on_day < since)).toBe(true)
  let told = 0
  for (const cell of new Set([...(satisfaction?.keys() ?? []), ...(rate?.keys() ?? [])])) {
    const here = ({ seller_id, on_day }: { seller_id: string | null; on_day: string }) =>
      '2022-01-01' <= on_day && on_day < '2024-07-01' && cellOn(seller_id, on_day) === cell
    const scores = answers.filter((one) => one.measure === 'satisfaction' && here(one))
    // 4 and 5 of five boxes, 8 to 10 of ten.
    const upper = scores.filter((one) => one.score >= (one.scale_high === 5 ? 4 : 8)).length
    expect(satisfaction?.get(cell)?.value, `${cell}`).toBe(
      scores.length < 10 ? undefined : upper / scores.length,
    )
    const asked = answers.filter((one) => one.measure === 'nps' && here(one))
    const points = asked.map(({ score }): number => (score > 8 ? 100 : score < 7 ? -100 : 0))
    if (asked.length < 10) expect(nps?.get(cell)?.value).toBeUndefined()
    else expect(nps?.get(cell)?.value).toBeCloseTo(total(points) / asked.length, 9)
    const sold = sales.filter((one) => one.kind === 'sale' && one.on_day >= since && here(one))
    const complained = complaints.filter(here).length
    if (sold.length === 0) expect(rate?.get(cell)?.value).toBeUndefined()
    else expect(rate?.get(cell)?.value).toBeCloseTo(complained / sold.length, 12)
    told += scores.length >= 10 && asked.length >= 10 && complained > 0 ? 1 : 0
  }
  // Months and sellers have few answers each; teams and offices have enough of all three.
  if (dimension === 'team' || dimension === 'office') expect(told).toBeGreaterThan(1)
})

test.each([
  ['team', teamOn],
  ['month', (_: string | null, day: string) => day.slice(0, 7)],
] as const)('activities, and activities per win, by %s', async (dimension, cellOn) => {
  const [done, perWin] = await Promise.all([
    answer('activities', dimension),
    answer('activities-per-win', dimension),
  ])
  expect(done?.size).toBeGreaterThan(2)
  for (const [cell, figure] of done ?? []) {
    const acted = activities.filter(
      ({ kind, done_on, seller_id }) =>
        kind !== 'task' && done_on?.startsWith('2023') && cellOn(seller_id, done_on) === cell,
    ).length
    const won = deals.filter(
      ({ outcome, closed_on, seller_id }) =>
        outcome === 'won' && closed_on?.startsWith('2023') && cellOn(seller_id, closed_on) === cell,
    ).length
    expect(figure.value, `${cell}`).toBe(acted)
    const ratio = perWin?.get(cell)?.value
    if (won === 0 || acted === 0) expect(ratio).toBeUndefined()
    else expect(ratio).toBeCloseTo(acted / won, 12)
  }
})

test.each([
  ['team', teamOn],
  ['month', (_: string | null, day: string) => day.slice(0, 7)],
] as const)('deals opened, and the time in stage, by %s', async (dimension, cellOn) => {
  const [opened, time, byStage] = await Promise.all([
    answer('deals-opened', dimension),
    answer('time-in-stage', dimension),
    answer('time-in-stage', 'stage'),
  ])
  // Each stay, with the day it ended: the next stage entered, for the last one the day of closing.
  const open = new Set(stages.filter(({ outcome }) => outcome === 'open').map(({ id }) => id))
  const stays = deals.flatMap((deal) => {
    const way = ways
      .filter(({ deal_id }) => deal_id === deal.id)
      .sort((a, b) => (`${a.entered_on} ${a.id}` < `${b.entered_on} ${b.id}` ? -1 : 1))
    return way.flatMap(({ stage_id, entered_on }, i) => {
      const left = way[i + 1]?.entered_on ?? deal.closed_on
      if (left === null || left < entered_on || !left.startsWith('2023') || !open.has(stage_id))
        return []
      const days = Temporal.PlainDate.from(entered_on).until(left, { largestUnit: 'day' }).days
      return [{ stage: stage_id, days, cell: cellOn(deal.seller_id, left) }]
    })
  })
  const median = (days: number[]) => {
    const sorted = days.toSorted((a, b) => a - b)
    const middle = (sorted.length - 1) / 2
    return sorted.length < 6
      ? undefined
      : ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
  }
  expect(time?.size).toBeGreaterThan(2)
  for (const [cell, figure] of time ?? []) {
    expect(figure.value, `${cell}`).toBe(
      median(stays.filter((stay) => stay.cell === cell).map(({ days }) => days)),
    )
  }
  expect(byStage?.size).toBe(open.size)
  for (const [stage, figure] of byStage ?? []) {
    const here = stays.filter((stay) => stay.stage === stage).map(({ days }) => days)
    expect([figure.value, figure.n]).toEqual([median(here), here.length])
  }
  for (const [cell, figure] of opened ?? []) {
    expect(figure.value, `${cell}`).toBe(
      deals.filter(
        ({ opened_on, seller_id }) =>
          opened_on?.startsWith('2023') && cellOn(seller_id, opened_on) === cell,
      ).length,
    )
  }
})

test('retention by cohort: who came back within 365 days, of those whose 365 days are over', async () => {
  const shown = await answer('retention', 'month', '2018-01-01..2024-07-01')
  const days = Map.groupBy(
    sales.filter(({ kind, customer_id }) => kind === 'sale' && customer_id !== null),
    ({ customer_id }) => customer_id,
  )
  const last =
    sales
      .map(({ on_day }) => on_day)
      .sort()
      .at(-1) ?? ''
  const yearAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 365 }).toString()
  let [watched, young] = [0, 0]
  for (const [month, figure] of shown) {
    const firsts = [...days.values()]
      .map((bought) => [...new Set(bought.map(({ on_day }) => on_day))].sort())
      .filter(([first = '']) => first.startsWith(String(month)))
    const over = firsts.filter(([first = '']) => yearAfter(first) <= last)
    const back = over.filter(([first = '', second]) => second && second <= yearAfter(first))
    if (over.length === 0) expect(figure.value, `${month}`).toBeUndefined()
    else expect(figure.value, `${month}`).toBeCloseTo(back.length / over.length, 12)
    expect(figure.n).toBe(over.length)
    watched += over.length
    young += firsts.length - over.length
  }
  expect(watched).toBeGreaterThan(20)
  expect(young).toBeGreaterThan(0)
})

test('the weighted pipeline at the end of 2023', async () => {
  const closed = deals.filter(({ outcome }) => outcome !== 'open')
  const won = closed.filter(({ outcome }) => outcome === 'won')
  const opens = stages.filter(({ outcome }) => outcome === 'open')
  const chance = new Map(
    opens.map(({ id, position }) => {
      const came = closed.filter((deal) => {
        const passed = ways.filter(({ deal_id }) => deal_id === deal.id)
        const far = passed.map((way) => opens.find((one) => one.id === way.stage_id)?.position ?? 0)
        return passed.length > 0 && (deal.outcome === 'won' || Math.max(...far) >= position)
      })
      const wins = came.filter(({ outcome }) => outcome === 'won').length
      return [id, (wins + (10 * won.length) / closed.length) / (came.length + 10)] as const
    }),
  )
  // Deals that came further had the better chance, and none is certain.
  const inOrder = [...opens].sort((a, b) => a.position - b.position).map(({ id }) => chance.get(id))
  expect(inOrder.at(-1)).toBeGreaterThan(inOrder[0] ?? 1)
  const whole = won.length / closed.length
  // The stage at the end of the year: the last one entered, else for deals still open the one of today.
  const stageThen = (deal: Deal) => {
    const entered = ways
      .filter(({ deal_id, entered_on }) => deal_id === deal.id && entered_on < '2024-01-01')
      .sort((a, b) =>
        a.entered_on === b.entered_on
          ? a.id < b.id
            ? 1
            : -1
          : a.entered_on < b.entered_on
            ? 1
            : -1,
      )
    return entered[0]?.stage_id ?? (deal.outcome === 'open' ? deal.stage_id : undefined)
  }
  const open = deals.filter(
    ({ opened_on, closed_on, base_amount }) =>
      base_amount !== null &&
      (opened_on === null ? closed_on === null : opened_on < '2024-01-01') &&
      (closed_on === null || closed_on >= '2024-01-01'),
  )
  expect(open.some((deal) => stageThen(deal) !== undefined)).toBe(true)
  expect(open.some((deal) => stageThen(deal) === undefined)).toBe(true)
  const shown = await answer('weighted-pipeline', 'year')
  const expected = total(
    open.map((deal) =>
      Math.round((deal.base_amount ?? 0) * (chance.get(stageThen(deal) ?? '') ?? whole)),
    ),
  )
  // Each deal is rounded to the cent by exact arithmetic there and by doubles here.
  expect(Math.abs((shown.get('2023')?.value ?? 0) - expected)).toBeLessThanOrEqual(2)
})

// Goals against the program: values, who sees them, reached once, re-opened, private, what comes again, and refusals.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { GivenInputOf, OutputOf, Role } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { copyingOut } from '../../platform/database/copy-out.ts'
import type { goalsContract } from './contract.ts'
import type { Asking } from './measured.ts'
import { goalsWithState } from './standing.ts'

type Contract = typeof goalsContract
type Goal = OutputOf<Contract['goals.get']>
type Listed = OutputOf<Contract['goals.list']>
type Adding = GivenInputOf<Contract['goals.add']>
type Refreshed = OutputOf<Contract['goals.refresh']>
interface Written {
  id: string
  version: number
  changeId: string
}

/** A Monday in the middle of the year; the deals of the world were won on 10 February. */
const today = '2026-06-15'

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  world.program.clock = () => Date.parse(`${today}T10:00:00Z`)
}, 60_000)
afterAll(() => db.close())

const as = (role: Role) => world.as(role)
const code = (value: string) => ({ detail: { code: value } })
const seller = () => world.of.own.sellerId
const year = { from: '2026-01-01', until: '2027-01-01' }

const add = (who: Principal, more: Partial<Adding> = {}) =>
  world.call<Written>(who, 'goals.add', {
    name: 'Revenue this year',
    kind: 'metric',
    metric: 'revenue',
    target: 1_000,
    ...year,
    ...more,
  })
const get = (who: Principal, id: string) => world.call<Goal>(who, 'goals.get', { id })
const refresh = (who: Principal) => world.call<Refreshed>(who, 'goals.refresh')
const names = async (who: Principal) =>
  (await world.call<Listed>(who, 'goals.list', { limit: 200 })).rows.map(({ name }) => name)

/** A deal of our seller, won on this day. */
async function win(closedOn: string, amount: number): Promise<Written> {
  return world.call(world.admin, 'deals.create', {
    seller: { id: seller() },
    customer: { id: world.of.own.customerId },
    stageId: world.of.own.stageId,
    openedOn: '2026-01-02',
    closedOn,
    amount,
  })
}

test('a goal has the value that results have, within reach', async () => {
  const { id } = await add(as('seller'), { sellerId: seller() })
  const goal = await get(as('seller'), id)
  const { rows } = await world.call<{ rows: { revenue: { value: number } }[] }>(
    as('seller'),
    'results.figures',
    { metric: ['revenue'], ...year, where: { seller: [seller()] } },
  )
  expect(goal.outlook.attained).toEqual({
    value: rows[0]?.revenue.value,
    unit: 'money',
    currency: 'EUR',
  })
  expect(goal.course.at(-1)?.on).toBe('2026-12-31')
  expect(goal.course.filter(({ actual }) => actual !== null).at(-1)).toMatchObject({
    on: today,
    actual: 100,
  })
  expect(await names(as('manager'))).toContain('Revenue this year')
  await world.call(world.admin, 'goals.remove', { id })
})

test('reached on the day the data say, noted once by two at a time, and re-opened when they change', async () => {
  const who = as('seller')
  const { id } = await add(who, { sellerId: seller(), target: 600, name: 'Six hundred' })
  expect((await get(who, id)).state).toBe('running')
  const first = await win('2026-03-02', 300)
  const second = await win('2026-05-04', 300)
  const both = await Promise.all([refresh(who), refresh(who), refresh(who)])
  expect(both.flatMap(({ reached }) => reached)).toEqual([{ id, name: 'Six hundred' }])
  const goal = await get(who, id)
  expect(goal).toMatchObject({ state: 'reached', reachedOn: '2026-05-04', mine: true })
  expect(goal.marks).toEqual([{ kind: 'reached', on: '2026-05-04', value: 700, celebrated: false }])
  expect(await refresh(who)).toEqual({ reached: [], reopened: [], made: [] })

  // The manager sees it, but it is not theirs to celebrate.
  expect((await get(as('manager'), id)).mine).toBe(false)
  await world.call(who, 'goals.celebrate', { id })
  expect((await get(who, id)).marks[0]?.celebrated).toBe(true)

  await world.call(world.admin, 'changes.undo', { id: second.changeId })
  expect((await get(who, id)).state).toBe('running')
  expect((await refresh(who)).reopened).toEqual([{ id, name: 'Six hundred' }])
  expect((await get(who, id)).marks.at(-1)).toMatchObject({ kind: 'reopened', on: today })
  await expect(world.call(who, 'goals.celebrate', { id })).rejects.toMatchObject(
    code('goal.not_reached'),
  )
  // Reached again: told, but celebrated already.
  const again = await win('2026-06-01', 400)
  expect((await refresh(who)).reached).toHaveLength(1)
  expect((await get(who, id)).marks.map(({ kind, celebrated }) => [kind, celebrated])).toEqual([
    ['reached', true],
    ['reopened', true],
    ['reached', true],
  ])
  for (const { changeId } of [again, first])
    await world.call(world.admin, 'changes.undo', { id: changeId })
  await world.call(who, 'goals.remove', { id })
})

test('marks are written by who sees the whole; a manager sees what lies within reach', async () => {
  const { id } = await add(as('seller'), { sellerId: seller(), target: 100, name: 'A hundred' })
  expect((await refresh(as('manager'))).reached).toEqual([])
  expect((await get(as('manager'), id)).state).toBe('reached')
  expect((await refresh(as('seller'))).reached).toHaveLength(1)
  await world.call(as('seller'), 'goals.remove', { id })
})

describe('private goals', () => {
  test('no operation returns them to anybody else', async () => {
    const who = as('seller')
    const { id, changeId } = await add(who, {
      name: 'Secret boat',
      why: 'Secret sail',
      private: true,
      target: 100,
    })
    await refresh(who)
    await world.call(who, 'goals.check-in', { id, moved: 'Secret step' })
    expect(await names(who)).toContain('Secret boat')
    // The week is written to be pasted for others.
    expect(JSON.stringify(await world.call(who, 'goals.summary'))).not.toMatch(/Secret/)
    const others = [as('manager'), as('compensation-admin'), as('auditor'), as('admin')]
    for (const other of [...others, world.foreignAdmin]) {
      const answers = [
        await world.call(other, 'goals.list', { limit: 200 }),
        await world.call(other, 'goals.board'),
        await world.call(other, 'goals.summary'),
        ...(other.roles.includes('auditor') ? [] : [await refresh(other)]),
      ]
      expect(JSON.stringify(answers)).not.toMatch(/Secret/)
      await expect(get(other, id)).rejects.toMatchObject(code('goal.not_found'))
    }
    for (const other of [as('manager'), as('admin'), world.foreignAdmin]) {
      for (const [name, input] of [
        ['goals.edit', { id, name: 'Mine' }],
        ['goals.step', { id, step: 0, doneOn: null }],
        ['goals.remove', { id }],
        ['goals.celebrate', { id }],
        ['goals.check-in', { id, moved: 'x' }],
      ] as const) {
        await expect(world.call(other, name, input)).rejects.toMatchObject(code('goal.not_found'))
      }
    }
    const changes = JSON.stringify(await world.call(as('admin'), 'changes.list', { limit: 200 }))
    expect(changes).toContain(changeId)
    expect(changes).not.toMatch(/Secret/)
    // Nor does somebody else take it away by undoing it.
    await world.call(as('admin'), 'changes.undo', { id: changeId }).catch(() => undefined)
    expect(await names(who)).toContain('Secret boat')
    for (const table of ['goal', 'goal_mark', 'goal_checkin']) {
      const rows = sql`SELECT 1 FROM ${sql.table(table)} WHERE owner_id IS NOT NULL`
      expect(await db.database.read(who, (tx) => tx.rows(rows)), table).toHaveLength(1)
      expect(await db.database.read(as('admin'), (tx) => tx.rows(rows)), table).toEqual([])
      const taken = sql`UPDATE ${sql.table(table)} SET owner_id = NULL`
      await db.database.write(as('admin'), 'test', (tx) => tx.run(taken)).catch(() => undefined)
      expect(await db.database.read(who, (tx) => tx.rows(rows)), table).toHaveLength(1)
    }
  })

  test('the check and the full export hold them, whoever asks', async () => {
    const result = await checkOrganisation(db.database, as('auditor'))
    expect(result.findings).toEqual([])
    let text = ''
    const pieces = copyingOut(db.database, as('admin'), (copying) =>
      textOf(copying.copy('goal', ['name'], ['id']).pieces),
    )
    for await (const piece of pieces) text += piece
    expect(text).toContain('Secret boat')
  })

  test('one of somebody else is not set, nor one of a team', async () => {
    const { id } = await add(as('seller'), {
      name: 'My own',
      private: true,
      sellerId: world.of.mate.sellerId,
    })
    expect((await get(as('seller'), id)).seller?.id).toBe(seller())
    await expect(
      add(as('manager'), { private: true, teamId: world.of.own.teamId }),
    ).rejects.toMatchObject(code('goal.not_yours'))
  })
})

async function* textOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.toString()
}

test('a team goal adds up its people, and outlives its team', async () => {
  const { id } = await add(as('manager'), {
    teamId: world.of.own.teamId,
    target: 5_000,
    name: 'Team',
  })
  const goal = await get(as('manager'), id)
  expect(goal.outlook.attained.value).toBe(1_100)
  expect(goal.contributions.map(({ seller: who, value }) => [who?.name, value])).toEqual([
    ['Seller mate', 1_000],
    ['Seller own', 100],
  ])
  const empty = await world.call<Written>(world.admin, 'teams.create', {
    name: 'Short-lived',
    kind: 'team',
  })
  const gone = await add(world.admin, { teamId: empty.id, name: 'Of a team that goes' })
  await world.call(world.admin, 'teams.set-state', { id: empty.id, state: 'archived' })
  expect(await get(world.admin, gone.id)).toMatchObject({
    ownerGone: true,
    outlook: { attained: { value: 0 } },
  })
  await expect(
    world.call(world.admin, 'goals.edit', { id: gone.id, target: 5 }),
  ).rejects.toMatchObject(code('goal.owner_gone'))
  await expect(add(world.admin, { teamId: empty.id })).rejects.toMatchObject(
    code('goal.owner_gone'),
  )
  // A word on it is kept all the same.
  await world.call(world.admin, 'goals.edit', { id: gone.id, missedBecause: 'No team any more.' })
})

test('activities of chosen kinds and outcome are counted, all kinds as results count them', async () => {
  const done = (kind: string, outcome: string | null, doneOn: string) =>
    world.call(as('seller'), 'activities.create', {
      kind,
      subject: 'Talk',
      doneOn,
      outcome,
      seller: { id: seller() },
    })
  await done('meeting', 'Interested', '2026-04-01')
  await done('meeting', null, '2026-04-02')
  await done('call', 'interested', '2026-04-02')
  await done('task', null, '2026-04-02')
  const goal = async (more: Partial<Adding>) => {
    const { id } = await add(as('seller'), {
      kind: 'activity',
      metric: null,
      target: 10,
      sellerId: seller(),
      ...more,
    })
    return (await get(as('seller'), id)).outlook.attained.value
  }
  expect(await goal({ activities: ['meeting'] })).toBe(2)
  expect(await goal({ activities: ['meeting', 'call'], outcome: 'INTERESTED' })).toBe(2)
  const { rows } = await world.call<{ rows: { activities: { value: number } }[] }>(
    as('seller'),
    'results.figures',
    { metric: ['activities'], ...year, where: { seller: [seller()] } },
  )
  expect(await goal({ activities: ['call', 'mail', 'meeting', 'visit', 'message'] })).toBe(
    rows[0]?.activities.value,
  )
  const { id } = await add(as('manager'), {
    kind: 'activity',
    metric: null,
    activities: ['meeting'],
    target: 9,
    teamId: world.of.own.teamId,
  })
  expect((await get(as('manager'), id)).contributions).toMatchObject([{ value: 2 }])
})

test('steps are done by hand; the last one reaches the goal on its day', async () => {
  const { id } = await add(as('seller'), {
    kind: 'steps',
    metric: null,
    name: 'Closing book',
    steps: [{ name: 'Read it' }, { name: 'Use it in a talk' }],
    sellerId: seller(),
  })
  const step = (at: number, doneOn: string | null) =>
    world.call<Written>(as('seller'), 'goals.step', { id, step: at, doneOn })
  await step(0, '2026-06-01')
  expect(await get(as('seller'), id)).toMatchObject({
    state: 'running',
    target: 2,
    outlook: { attained: { value: 1 } },
  })
  const { changeId } = await step(1, '2026-06-10')
  expect(await get(as('seller'), id)).toMatchObject({ state: 'reached', reachedOn: '2026-06-10' })
  await world.call(as('seller'), 'changes.undo', { id: changeId })
  expect((await get(as('seller'), id)).state).toBe('running')
  await expect(step(2, '2026-06-10')).rejects.toMatchObject(code('goal.incomplete'))
  await expect(step(0, '2026-06-16')).rejects.toMatchObject(code('goal.step_later'))
})

test('a goal that comes again: the next one is made once, and follows the rule', async () => {
  const who = as('seller')
  const { id } = await add(who, {
    name: 'Every month',
    from: '2026-05-01',
    until: '2026-06-01',
    repeats: 'month',
    sellerId: seller(),
    target: 10_000,
  })
  const made = (await Promise.all([refresh(who), refresh(who)])).flatMap((one) => one.made)
  expect(made).toHaveLength(1)
  const next = await get(who, made[0]?.id ?? '')
  expect(next).toMatchObject({ from: '2026-06-01', until: '2026-07-01', repeats: 'month' })
  expect((await refresh(who)).made).toEqual([])
  await expect(
    add(who, {
      from: '2026-06-01',
      until: '2026-07-01',
      repeats: 'month',
      sellerId: seller(),
    }),
  ).rejects.toMatchObject(code('goal.overlaps'))
  // The rule is stopped at the last one.
  await world.call(who, 'goals.edit', { id: next.id, repeats: null })
  for (const one of [id, next.id]) await world.call(who, 'goals.remove', { id: one })
})

test('check-ins: once a week, replaced within it', async () => {
  const { id } = await add(as('seller'), { sellerId: seller() })
  const checkIn = (input: object) =>
    world.call<Written>(as('seller'), 'goals.check-in', { id, ...input })
  await checkIn({ moved: 'Two talks' })
  await checkIn({ moved: 'Three talks', nextStep: 'Write the offer', on: '2026-06-15' })
  await checkIn({ blocks: 'Holidays', on: '2026-06-10' })
  const { checkIns, checkedIn } = await get(as('seller'), id)
  expect(checkIns.map(({ weekOn, moved, blocks }) => [weekOn, moved, blocks])).toEqual([
    ['2026-06-15', 'Three talks', null],
    ['2026-06-08', null, 'Holidays'],
  ])
  expect(checkedIn).toBe('2026-06-15')
  const { text } = await world.call<{ text: string }>(as('seller'), 'goals.summary')
  expect(text).toContain('  Moved: Three talks\n  Next: Write the offer')
  expect(text).not.toContain('Holidays')
  await expect(checkIn({})).rejects.toMatchObject(code('goal.incomplete'))
  await expect(checkIn({ moved: 'x', on: '2026-06-22' })).rejects.toMatchObject(
    code('goal.check_in_later'),
  )
  // Weeks begin on Sunday from now on: it still is the week of the last check-in.
  await world.call(world.admin, 'organisations.edit', { weekStart: 7 })
  expect(JSON.stringify(await world.call(as('seller'), 'goals.summary'))).toContain('Three talks')
  await checkIn({ moved: 'Four talks' })
  await world.call(world.admin, 'organisations.edit', { weekStart: 1 })
  expect((await get(as('seller'), id)).checkIns.map(({ moved }) => moved)).toEqual([
    'Four talks',
    null,
  ])
})

test('goals of others are neither set nor seen', async () => {
  await expect(add(as('seller'), { sellerId: world.of.mate.sellerId })).rejects.toMatchObject(
    code('goal.not_yours'),
  )
  await expect(add(as('seller'))).rejects.toMatchObject(code('goal.not_yours'))
  await expect(add(as('manager'), { sellerId: world.of.other.sellerId })).rejects.toMatchObject(
    code('goal.not_yours'),
  )
  await expect(add(as('manager'), { teamId: world.of.other.teamId })).rejects.toMatchObject(
    code('goal.not_yours'),
  )
  const { id } = await add(world.admin, { name: 'Everybody together', shared: false })
  await expect(get(as('manager'), id)).rejects.toMatchObject(code('goal.not_found'))
  expect((await get(world.admin, id)).contributions.length).toBeGreaterThan(1)
})

test('who asks for the own ones gets them, however many of others end before', async () => {
  const who = { ...world.admin, sellerId: seller() }
  const soon = { from: '2026-06-01', until: '2026-06-17' }
  await add(who, { name: 'Ends before', sellerId: world.of.mate.sellerId, ...soon })
  await add(who, { name: 'Own', sellerId: seller() })
  const { db: database, clock } = world.program
  const asking: Asking = { who, reach: 'all', clock, read: (work) => database.read(who, work) }
  const first = (mine: boolean) =>
    database.read(who, (tx) => goalsWithState(asking, tx, { endsAfter: today, mine, limit: 1 }))
  expect(await first(false)).toMatchObject([{ name: 'Ends before', mine: false }])
  expect(await first(true)).toMatchObject([{ mine: true }])
})

test.each<[string, Partial<Adding>]>([
  ['goal.backwards', { from: '2026-02-01', until: '2026-02-01' }],
  ['goal.too_long', { until: '2037-01-01' }],
  ['goal.target', { target: 0 }],
  ['goal.target', { target: 1.5 }],
  ['goal.target', { metric: 'win-rate', target: 40 }],
  ['goal.target', { metric: 'nps', target: 101 }],
  ['goal.target', { metric: 'deals-won', target: 2e15 }],
  ['goal.incomplete', { metric: null }],
  ['goal.incomplete', { kind: 'activity' }],
  ['goal.incomplete', { kind: 'steps' }],
  ['goal.filter', { where: { team: ['Ours'] } }],
  ['goal.filter', { where: { month: ['2026-03'] } }],
  ['goal.filter', { kind: 'activity', activities: ['call'], where: { region: ['West'] } }],
  ['goal.milestone', { milestones: [{ on: '2027-01-01', value: 5 }] }],
  ['goal.milestone', { milestones: [{ on: '2026-03-01', value: 2_000 }] }],
  [
    'goal.milestone',
    {
      milestones: [
        { on: '2026-03-01', value: 500 },
        { on: '2026-04-01', value: 400 },
      ],
    },
  ],
  ['goal.not_whole', { repeats: 'month' }],
  ['request.invalid', { from: '2026-02-30' }],
])('%s: %o', async (refusal, more) => {
  await expect(add(as('seller'), { sellerId: seller(), ...more })).rejects.toMatchObject(
    code(refusal),
  )
})

test('a filter that names what is not there is refused; one that went later is said', async () => {
  await expect(
    add(as('seller'), { sellerId: seller(), where: { product: ['Nothing of ours'] } }),
  ).rejects.toMatchObject(code('results.unknown_cell'))
  await expect(
    add(as('seller'), { sellerId: seller(), metric: 'activities', where: { product: ['x'] } }),
  ).rejects.toMatchObject(code('results.dimension_not_allowed'))
  const product = await world.call<Written>(world.admin, 'products.create', { name: 'Passing' })
  const { id } = await add(as('seller'), {
    sellerId: seller(),
    where: { product: [product.id] },
  })
  await world.call(world.admin, 'changes.undo', { id: product.changeId })
  const goal = await get(as('seller'), id)
  expect(goal.outlook.missing).toMatch(/removed/)
  expect(await names(as('seller'))).toContain('Revenue this year')
})

test('what was changed is undone; two who change at once are told', async () => {
  const { id, changeId } = await add(as('seller'), { sellerId: seller(), name: 'First name' })
  const edited = await world.call<Written>(as('seller'), 'goals.edit', {
    id,
    version: 1,
    name: 'Second name',
    target: 2_000,
  })
  await expect(
    world.call(as('seller'), 'goals.edit', { id, version: 1, target: 3_000 }),
  ).rejects.toMatchObject(code('record.changed'))
  await world.call(as('seller'), 'changes.undo', { id: edited.changeId })
  expect(await get(as('seller'), id)).toMatchObject({ name: 'First name', target: 1_000 })
  await world.call(as('seller'), 'changes.undo', { id: changeId })
  await expect(get(as('seller'), id)).rejects.toMatchObject(code('goal.not_found'))
})

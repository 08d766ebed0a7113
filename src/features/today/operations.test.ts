// The start page as operations: what stands where and why, whose it is, putting off, and the feed nobody else has.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { callOperation } from '../../platform/operations.ts'
import { goalDays } from '../goals/door.ts'
import type { todayContract } from './contract.ts'
import { calendarFeed } from './feed.ts'

type List = OutputOf<(typeof todayContract)['today.list']>
interface Written {
  id: string
  version: number
  changeId: string
}

let db: TestDatabase
let world: World
let seller: Principal
/** A Friday, so that the next working day is not the next day. */
const now = '2026-11-27'
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  seller = world.as('seller')
  world.program.clock = () => Date.parse(`${now}T09:00:00Z`)
}, 60_000)
afterAll(() => db.close())

const code = (value: string) => ({ detail: { code: value } })
const list = (who: Principal, given: object = {}) => world.call<List>(who, 'today.list', given)
const keys = async (who: Principal, given: object = {}) =>
  (await list(who, given)).rows.map(({ key }) => key)
const call = (name: string, given: object, who = world.admin) =>
  world.call<Written>(who, name, given)

async function openStage(): Promise<string> {
  const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>(
    world.admin,
    'stages.list',
  )
  return rows.find(({ outcome }) => outcome === 'open')?.id ?? ''
}
async function openDeal(target: 'own' | 'mate' | 'other', amount: number, openedOn = '2026-11-01') {
  const { sellerId, customerId } = world.of[target]
  const deal = await call('deals.create', {
    seller: { id: sellerId },
    customer: { id: customerId },
    stageId: await openStage(),
    openedOn,
    amount,
  })
  return deal.id
}

describe('what waits', () => {
  let own: string
  let mates: string
  beforeAll(async () => {
    own = await openDeal('own', 50_000_00)
    mates = await openDeal('mate', 9_000_00)
    await openDeal('other', 7_000_00)
  })

  test('an open deal with nothing planned, with what is at stake and how often such deals were lost', async () => {
    const { rows, waiting, currency } = await list(seller)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      key: `deal:${own}`,
      kind: 'deal-without-step',
      place: 'stake',
      link: { path: `deals/${own}` },
      values: { name: 'Customer own', days: 26 },
      // One deal of the seller was won after 36 days: one of each outcome is added.
      stake: { amount: 50_000_00, loss: { by: 'history', closed: 1, lost: 0, days: 26 } },
      expected: Math.round(50_000_00 / 3),
      deed: { do: 'plan-step', dealId: own },
    })
    expect({ waiting, currency }).toEqual({
      waiting: { deals: 1, amount: 50_000_00 },
      currency: 'EUR',
    })
  })

  test('a manager sees the team, whoever sees all the books everything', async () => {
    expect(await keys(world.as('manager'))).toEqual([`deal:${own}`, `deal:${mates}`])
    expect((await list(world.admin)).waiting).toEqual({ deals: 3, amount: 66_000_00 })
    expect(await keys(world.foreignAdmin)).toEqual([])
  })

  test('a planned step takes its place once it is due, and doing it is one operation', async () => {
    const step = await call('activities.create', {
      kind: 'call',
      subject: 'Ask for the crane',
      seller: { id: world.of.own.sellerId },
      dealId: own,
      dueOn: '2026-12-01',
    })
    expect(await keys(seller)).toEqual([])
    const early = await call('activities.edit', { id: step.id, dueOn: '2026-11-25' })
    const { rows, counts } = await list(seller)
    expect(rows[0]).toMatchObject({
      key: `activity:${step.id}`,
      place: 'due',
      due: '2026-11-25',
      deed: { do: 'complete-activity', id: step.id, version: early.version },
      stake: { amount: 50_000_00 },
    })
    expect(counts).toEqual({ due: 1, all: 1, snoozed: 0, more: false })
    const deed = rows[0]?.deed
    await call(
      'activities.complete',
      { id: step.id, version: deed?.do === 'complete-activity' ? deed.version : 0 },
      seller,
    )
    expect(await keys(seller)).toEqual([`deal:${own}`])
  })

  test('a deal that outlasts nine of ten won ones is said to stand', async () => {
    const { customerId, sellerId, stageId } = world.of.other
    for (let i = 0; i < 20; i++) {
      await call('deals.create', {
        seller: { id: sellerId },
        customer: { id: customerId },
        stageId,
        openedOn: '2026-01-05',
        closedOn: '2026-01-25',
        amount: 1,
        externalId: `W-${i}`,
      })
    }
    const old = await openDeal('other', 100_00, '2026-03-01')
    const { rows } = await list(world.admin, { limit: 200 })
    expect(rows.find(({ key }) => key === `deal:${old}`)).toMatchObject({ kind: 'deal-stalled' })
    expect(rows.find(({ key }) => key === `deal:${own}`)).toMatchObject({
      kind: 'deal-without-step',
    })
    // Among the seller's own there are too few to tell.
    expect((await list(seller)).rows[0]?.kind).toBe('deal-without-step')
  })

  test('contracts: what ends is at stake, what renews itself has a last day of notice', async () => {
    const base = { customer: { id: world.of.own.customerId }, from: '2026-01-01', currency: 'EUR' }
    const mine = { seller: { id: world.of.own.sellerId } }
    const ends = await call('contracts.create', {
      ...base,
      ...mine,
      name: 'Care',
      until: '2026-12-31',
      amount: 100_00,
      every: 'month',
    })
    const renews = await call('contracts.create', {
      ...base,
      ...mine,
      name: 'Rent',
      until: '2027-03-01',
      renewal: 'automatic',
      noticeDays: 90,
      amount: 100_00,
      every: 'month',
    })
    await call('contracts.create', { ...base, name: 'Later', until: '2027-12-31' })
    const { rows } = await list(seller)
    expect(rows.find(({ key }) => key === `contract:${ends.id}`)).toMatchObject({
      kind: 'contract-ending',
      place: 'stake',
      due: '2026-12-31',
      expected: 1_200_00,
      stake: { loss: { by: 'end', chance: 1 } },
    })
    expect(rows.find(({ key }) => key === `contract:${renews.id}`)).toMatchObject({
      kind: 'contract-notice',
      place: 'ahead',
      due: '2026-12-01',
      stake: null,
    })
    expect(rows.filter(({ kind }) => kind.startsWith('contract'))).toHaveLength(2)
  })

  test('findings about the data are for those who look after them', async () => {
    await call('deals.create', { stageId: await openStage(), openedOn: '2026-11-01', amount: 5 })
    const kinds = async (who: Principal) =>
      (await list(who, { limit: 200 })).rows.map(({ kind }) => kind)
    expect(await kinds(world.admin)).toContain('quality-finding')
    expect(await kinds(world.as('manager'))).not.toContain('quality-finding')
  })
})

describe('putting off', () => {
  test('hides an entry from its owner alone, until its day, and can be taken back', async () => {
    const [first = ''] = await keys(seller)
    const { nextWorkingDay } = await list(seller)
    expect(nextWorkingDay).toBe('2026-11-30')
    const written = await call('today.snooze', { key: first, until: nextWorkingDay }, seller)
    expect(await keys(seller)).not.toContain(first)
    expect((await list(seller, { snoozed: true })).rows).toMatchObject([
      { key: first, snoozed: { id: written.id, until: nextWorkingDay } },
    ])
    expect((await list(seller)).counts.snoozed).toBe(1)
    expect(await keys(world.as('manager'))).toContain(first)
    const there = sql`SELECT 1 FROM snooze WHERE id = ${written.id}`
    expect(await db.database.read(world.admin, (tx) => tx.rows(there))).toHaveLength(0)
    await expect(call('today.wake', { id: written.id })).rejects.toMatchObject(
      code('snooze.not_found'),
    )

    await call('changes.undo', { id: written.changeId }, seller)
    expect(await keys(seller)).toContain(first)
    const again = await call('today.snooze', { key: first, until: '2026-12-24' }, seller)
    world.program.clock = () => Date.parse('2026-12-24T09:00:00Z')
    expect(await keys(seller)).toContain(first)
    world.program.clock = () => Date.parse(`${now}T09:00:00Z`)
    await call('today.wake', { id: again.id }, seller)
    expect(await keys(seller)).toContain(first)
  })

  test('refuses a day that is none', async () => {
    const key = `deal:${world.of.own.dealId}`
    for (const [until, refused] of [
      [now, 'snooze.past'],
      ['2030-01-01', 'snooze.too_far'],
    ] as const)
      await expect(call('today.snooze', { key, until }, seller)).rejects.toMatchObject(
        code(refused),
      )
    await expect(
      call('today.snooze', { key: 'x; DROP TABLE', until: '2026-12-01' }, seller),
    ).rejects.toMatchObject(code('request.invalid'))
    await expect(call('today.wake', { id: world.of.own.dealId }, seller)).rejects.toMatchObject(
      code('snooze.not_found'),
    )
    await db.owner.query(
      `INSERT INTO snooze (org_id, id, owner_id, entry_key, until_on)
       SELECT $1, gen_random_uuid(), $2, 'deal:' || n, '2026-12-31' FROM generate_series(1, 2000) n`,
      [seller.orgId, seller.personId],
    )
    await expect(call('today.snooze', { key, until: '2026-12-01' }, seller)).rejects.toMatchObject(
      code('snooze.too_many'),
    )
    await db.owner.query(`DELETE FROM snooze WHERE entry_key ~ '^deal:[0-9]+$'`)
  })
})

describe('the calendar feed', () => {
  const feed = (path: string) =>
    calendarFeed(world.program, path.replace(/^\/feeds\/|\.ics$/g, ''), 'http://x')
  const make = (who = seller) => world.call<Written & { path: string }>(who, 'today.create-feed')

  test('holds what the person has planned, and nothing of others', async () => {
    await db.owner.query('UPDATE person SET seller_id = $1 WHERE id = $2', [
      world.of.own.sellerId,
      seller.personId,
    ])
    for (const target of ['own', 'mate'] as const)
      await call('activities.create', {
        kind: 'visit',
        subject: `Visit ${target}; bring, all`,
        seller: { id: world.of[target].sellerId },
        customer: { id: world.of[target].customerId },
        dueOn: '2026-12-03',
      })
    const { path } = await make()
    expect(path).toMatch(/^\/feeds\/[\w-]{43}\.ics$/)
    const text = (await feed(path)) ?? ''
    expect(text).toContain('SUMMARY:Visit: Visit own\\; bring\\, all (Customer own)')
    expect(text).toContain('DTSTART;VALUE=DATE:20261203')
    expect(text).not.toContain('Visit mate')
    // Reminded when business opens, and not on a day off.
    expect(text.match(/TRIGGER:.*/g)).toEqual(['TRIGGER:PT540M'])
    const off = await call('calendar-exceptions.create', {
      sellerId: world.of.own.sellerId,
      from: '2026-12-03',
      until: '2026-12-04',
      kind: 'off',
    })
    expect(await feed(path)).not.toContain('VALARM')
    await call('calendar-exceptions.remove', { id: off.id })
    await db.owner.query('UPDATE person SET seller_id = NULL WHERE id = $1', [seller.personId])
    expect(await feed(path)).not.toContain('BEGIN:VEVENT')
  })

  test('the word stands nowhere, an earlier one stops working, and so does one taken back', async () => {
    const first = await make()
    const second = await make()
    const token = second.path.slice(7, -4)
    expect(await feed(first.path)).toBeUndefined()
    expect(await feed(second.path)).toBeDefined()
    for (const table of ['calendar_feed', 'history', 'change', 'idempotency']) {
      const { rows } = await db.owner.query(`SELECT 1 FROM ${table} t WHERE t::text LIKE $1`, [
        `%${token}%`,
      ])
      expect(rows, table).toEqual([])
    }
    expect(await world.call(seller, 'today.feed')).toMatchObject({ feed: { madeOn: now } })
    expect(await world.call(world.as('manager'), 'today.feed')).toMatchObject({ feed: null })
    await expect(call('changes.undo', { id: second.changeId }, seller)).rejects.toMatchObject(
      code('change.not_undoable'),
    )
    await call('today.revoke-feed', {}, seller)
    expect(await feed(second.path)).toBeUndefined()
    await expect(call('today.revoke-feed', {}, seller)).rejects.toMatchObject(
      code('calendar_feed.not_found'),
    )
    expect(await feed('/feeds/nonsense.ics')).toBeUndefined()
  })

  test('a request sent twice shows the address once', async () => {
    const send = () =>
      callOperation(world.program, seller, 'today.create-feed', {}, { idempotencyKey: 'feed-0001' })
    const made = (await send()) as { path: string }
    await expect(send()).rejects.toMatchObject(code('calendar_feed.shown_once'))
    expect(await feed(made.path)).toBeDefined()
  })
})

test('after all that the organisation holds', async () => {
  expect((await checkOrganisation(db.database, world.admin)).findings).toEqual([])
})

describe('goals', () => {
  const set = (who: Principal, given: object) =>
    call(
      'goals.add',
      {
        kind: 'metric',
        metric: 'revenue',
        from: '2026-09-01',
        until: '2026-12-01',
        sellerId: world.of.own.sellerId,
        ...given,
      },
      who,
    )
  const row = async (who: Principal, key: string) =>
    (await list(who, { limit: 200 })).rows.find((one) => one.key === key)

  test('at risk first of all, with what is missing and its chance; checked in by its deed', async () => {
    const { id } = await set(seller, { name: 'Out of reach', target: 1e12 })
    const { rows } = await list(seller, { limit: 200 })
    expect(rows[0]).toMatchObject({
      key: `goal:${id}`,
      kind: 'goal-at-risk',
      place: 'goal',
      values: { name: 'Out of reach', chance_en: 'unlikely', chance_de: 'unwahrscheinlich' },
      deed: { do: 'check-in', id },
    })
    expect(rows[0]?.stake?.amount).toBeGreaterThan(0)
    expect(rows[0]?.stake?.loss).toMatchObject({ by: 'chance' })
    await call('goals.check-in', { id, moved: 'Two talks' }, seller)
    expect(await row(seller, `goal:${id}`)).toMatchObject({ deed: null })
  })

  test('the check-in is asked anew each week of the organisation, due on its last working day', async () => {
    const { id } = await set(seller, { name: 'No chance yet', target: 0.9, metric: 'win-rate' })
    const asked = () => row(seller, `checkin:${id}`)
    const weeks = (weekStart: 1 | 7) => world.call(world.admin, 'organisations.edit', { weekStart })
    expect(await asked()).toMatchObject({ kind: 'goal-check-in', due: '2026-11-27' })
    await call('goals.check-in', { id, moved: 'All well' }, seller)
    expect(await asked()).toBeUndefined()
    const clock = world.program.clock
    try {
      // The Sunday ends a week that began on Monday, and begins the next one of an organisation that counts so.
      world.program.clock = () => Date.parse('2026-11-29T09:00:00Z')
      expect(await asked()).toBeUndefined()
      await weeks(7)
      expect(await asked()).toMatchObject({ due: '2026-12-04', place: 'ahead' })
      world.program.clock = () => Date.parse('2026-11-30T09:00:00Z')
      expect(await asked()).toMatchObject({ due: '2026-12-04' })
    } finally {
      world.program.clock = clock
      await weeks(1)
    }
  })

  test('what was missed asks why, until it is said or two weeks are over', async () => {
    const missed = { from: '2026-10-01', until: '2026-11-20', target: 1e12 }
    const { id } = await set(seller, { name: 'Missed', ...missed })
    expect(await row(seller, `missed:${id}`)).toMatchObject({ kind: 'goal-missed', place: 'due' })
    await call('goals.edit', { id, version: 1, missedBecause: 'Too high' }, seller)
    expect(await row(seller, `missed:${id}`)).toBeUndefined()
    const old = await set(seller, { name: 'Long ago', ...missed, until: '2026-11-10' })
    expect(await row(seller, `missed:${old.id}`)).toBeUndefined()
  })

  test('a private one stands on nobody else’s page', async () => {
    const { id } = await set(seller, { name: 'Between us', target: 1e12, private: true })
    expect(await row(seller, `goal:${id}`)).toBeDefined()
    const others = await list(world.admin, { whose: 'all', limit: 200 })
    expect(JSON.stringify(others)).not.toContain('Between us')
  })

  test('the calendar has their last day and milestones', async () => {
    const { id } = await set(seller, {
      name: 'With a milestone',
      target: 1_000,
      from: '2026-08-01',
      milestones: [
        { on: '2026-08-15', value: 200 },
        { on: '2026-11-30', value: 500 },
      ],
    })
    const secret = { name: 'Kept to myself', target: 1_000, private: true }
    await set(seller, secret)
    const sells = (sellerId: string | null) =>
      db.owner.query('UPDATE person SET seller_id = $1 WHERE id = $2', [sellerId, seller.personId])
    await sells(world.of.own.sellerId)
    const { path } = await world.call<{ path: string }>(seller, 'today.create-feed')
    const token = path.slice('/feeds/'.length, -'.ics'.length)
    const text = await calendarFeed(world.program, token, 'http://localhost')
    await sells(null)
    expect(text).toContain('SUMMARY:Milestone: With a milestone')
    expect(text).toContain(`UID:${id}-end@kontor`)
    // The first milestone is more than 90 days back.
    expect(text).toContain(`UID:${id}-milestone-2@kontor`)
    expect(text).not.toContain(`UID:${id}-milestone-1@kontor`)
    expect(text).not.toContain(secret.name)
    // The limit is one of days, not of goals.
    const days = (limit: number) =>
      world.program.db.read(seller, (tx) =>
        goalDays(tx, { sellerId: world.of.own.sellerId, from: now, limit }),
      )
    const all = await days(200)
    expect(all.filter((one) => one.id === id)).toMatchObject([
      { part: 'milestone-2', day: '2026-11-30', kind: 'milestone' },
      { part: 'end', day: '2026-11-30', kind: 'ends' },
    ])
    expect(await days(all.length - 1)).toEqual(all.slice(0, -1))
  })
})

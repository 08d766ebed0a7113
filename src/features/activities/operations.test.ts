// Activities by hand: planned, done, the next one at once, by reach; and handing everything open over.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { insertRecord } from '../../platform/database/records.ts'
import type { activitiesContract } from './contract.ts'

type Page = OutputOf<(typeof activitiesContract)['activities.list']>
type HandOver = OutputOf<(typeof activitiesContract)['deals.hand-over']>
interface Written {
  id: string
  version: number
  changeId: string
}

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

async function worldOfSellers() {
  const world = await importWorld(db)
  const { rows } = await world.call<{ rows: { id: string; name: string }[] }>('stages.list')
  const stage = (name: string) => rows.find((row) => row.name === name)?.id ?? ''
  const seller = (name: string) => world.call<Written>('sellers.create', { name })
  const [ana, ben, cem] = [await seller('Ana'), await seller('Ben'), await seller('Cem')]
  const plan = (fields: object, as?: Principal) =>
    world.call<Written>(
      'activities.create',
      { kind: 'call', subject: 'Call', ...fields },
      as ? { as } : {},
    )
  const list = (input: object = {}, as?: Principal) =>
    world.call<Page>('activities.list', input, as ? { as } : {})
  const as = (id: string): Principal => ({ ...world.who, sellerId: id, roles: ['seller'] })
  return { world, stage, ana, ben, cem, plan, list, as }
}

test('planned first by day, then done, newest first, page by page without gap', async () => {
  const { plan, list } = await worldOfSellers()
  for (let i = 0; i < 11; i++) {
    const day = `2026-0${1 + (i % 4)}-1${i % 3}`
    const done = i % 2 === 0
    await plan(done ? { doneOn: day } : { dueOn: day })
  }
  const days = (rows: Page['rows']) => rows.map((row) => row.doneOn ?? row.dueOn)
  const all = (await list({ limit: 200 })).rows
  expect(all.length).toBe(11)
  const planned = all.filter((row) => row.doneOn === null)
  const done = all.filter((row) => row.doneOn !== null)
  expect(all).toEqual([...planned, ...done])
  expect(days(planned)).toEqual(days(planned).toSorted())
  expect(days(done)).toEqual(days(done).toSorted().toReversed())
  for (const limit of [1, 3]) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page: Page = await list({ limit, ...(cursor ? { cursor } : {}) })
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(all.map((row) => row.id))
  }
  expect((await list({ is: 'done', limit: 200 })).rows.length).toBe(6)
  expect(
    (await list({ dueUntil: '2026-02-11' })).rows.every((row) => (row.dueOn ?? '') <= '2026-02-11'),
  ).toBe(true)
})

test('completing notes the outcome and plans the next one in the same change; undo takes both back', async () => {
  const { world, stage, plan, list, ana } = await worldOfSellers()
  const deal = await world.call<Written>('deals.create', {
    stageId: stage('Qualified'),
    seller: { id: ana.id },
    customer: { name: 'Acme' },
    externalId: 'D-7',
  })
  const first = await plan({ dealId: deal.id, dueOn: '2026-02-01' })
  const done = await world.call<Written & { nextId: string }>('activities.complete', {
    id: first.id,
    doneOn: '2026-02-02',
    outcome: 'Wants an offer',
    next: { kind: 'visit', subject: 'Show it', dueOn: '2026-02-20' },
  })
  expect((await list({ dealId: deal.id })).rows).toMatchObject([
    {
      id: done.nextId,
      kind: 'visit',
      dueOn: '2026-02-20',
      customer: { name: 'Acme' },
      seller: { name: 'Ana' },
      deal: { name: 'D-7' },
    },
    { id: first.id, doneOn: '2026-02-02', outcome: 'Wants an offer' },
  ])
  await world.call('changes.undo', { id: done.changeId })
  expect((await list({ dealId: deal.id })).rows).toMatchObject([{ id: first.id, doneOn: null }])
  await world.call('activities.remove', { id: first.id })
  expect((await list({ dealId: deal.id })).rows).toEqual([])
})

test.each([
  [{}, 'activity.needs_day'],
  [{ doneOn: '2999-01-01' }, 'activity.done_later'],
  [{ dueOn: '2026-01-01', dealId: '00000000-0000-7000-8000-000000000000' }, 'deal.not_found'],
  [{ dueOn: '2026-01-01', contactId: '00000000-0000-7000-8000-000000000000' }, 'contact.not_found'],
])('%o is refused: %s', async (fields, code) => {
  const { plan } = await worldOfSellers()
  await expect(plan(fields)).rejects.toMatchObject({ detail: { code } })
})

test('a seller sees and changes own activities only, also those of a common customer', async () => {
  const { world, ana, ben, plan, list, as } = await worldOfSellers()
  const own = await plan({ dueOn: '2026-01-01', customer: { name: 'Acme' } }, as(ana.id))
  const others = await plan({
    dueOn: '2026-01-01',
    customer: { name: 'Acme' },
    seller: { id: ben.id },
  })
  expect((await list({}, as(ana.id))).rows.map((row) => row.id)).toEqual([own.id])
  expect((await list()).rows.length).toBe(2)
  const notYours = { detail: { code: 'activity.not_yours' } }
  await expect(
    world.call('activities.complete', { id: others.id }, { as: as(ana.id) }),
  ).rejects.toMatchObject(notYours)
  await expect(
    world.call('activities.edit', { id: own.id, seller: { id: ben.id } }, { as: as(ana.id) }),
  ).rejects.toMatchObject(notYours)
})

test('handing over: counted before, customers in turn, sales stay, and all of it comes back', async () => {
  const { world, stage, ana, ben, cem, plan } = await worldOfSellers()
  const deal = (customer: string, fields: object) =>
    world.call<Written>('deals.create', {
      stageId: stage('Qualified'),
      seller: { id: ana.id },
      customer: { name: customer },
      ...fields,
    })
  const first = await deal('Acme', { amount: 100 })
  await deal('Beta', { amount: 50 })
  await deal('Acme', { amount: 30 })
  await deal('Acme', { stageId: stage('Won'), closedOn: '2026-01-05', amount: 700 })
  await world.call('deals.set-sellers', {
    id: first.id,
    owner: { id: ana.id },
    sellers: [
      { seller: { id: ana.id }, share: 0.7 },
      { seller: { id: ben.id }, share: 0.3 },
    ],
  })
  await plan({ dueOn: '2030-01-01', customer: { name: 'Acme' }, seller: { id: ana.id } })
  await plan({ dueOn: '2026-01-01', customer: { name: 'Beta' }, seller: { id: ana.id } })
  await plan({ doneOn: '2026-01-01', customer: { name: 'Beta' }, seller: { id: ana.id } })
  await db.database.write(world.who, 'test', async (tx) => {
    const contract = {
      name: 'Care',
      name_key: 'care',
      valid_from: '2025-01-01',
      seller_id: ana.id,
      every: 'year',
    }
    await insertRecord(tx, 'contract', contract)
    await insertRecord(tx, 'contract', { ...contract, valid_until: '2025-06-01' })
  })
  const input = { id: ana.id, to: [ben.id, cem.id], on: '2026-03-01' }
  const preview = await world.call<HandOver>('deals.hand-over', { ...input, preview: true })
  expect(preview).toMatchObject({
    deals: 3,
    amount: 180,
    activities: 2,
    contracts: 1,
    rows: [
      { seller: { name: 'Ben' }, customers: 1, deals: 2, amount: 130, activities: 1 },
      { seller: { name: 'Cem' }, customers: 1, deals: 1, amount: 50, activities: 1 },
    ],
  })
  expect(preview.changeId).toBeUndefined()
  const given = await world.call<HandOver>('deals.hand-over', input)
  expect(given).toMatchObject({ ...preview, changeId: given.changeId })
  const revenue = async () => {
    const [row] = await db.database.read(world.who, (tx) =>
      tx.rows<{ amount: number }>(sql`SELECT sum(amount)::int8 AS amount FROM sale
        WHERE org_id = ${world.who.orgId} AND change_out IS NULL AND seller_id = ${ana.id}`),
    )
    return row?.amount
  }
  expect(await revenue()).toBe(700)
  expect(await world.call('deals.get', { id: first.id })).toMatchObject({
    seller: { name: 'Ben' },
    sellers: [{ seller: { name: 'Ben' }, share: 1 }],
  })
  await expect(world.call('deals.hand-over', input)).rejects.toMatchObject({
    detail: { code: 'hand_over.nothing' },
  })
  await expect(world.call('deals.hand-over', { ...input, to: [ana.id] })).rejects.toMatchObject({
    detail: { code: 'hand_over.to_self' },
  })
  await world.call('changes.undo', { id: given.changeId, whenChangedSince: 'refuse' })
  expect(await world.call('deals.hand-over', { ...input, preview: true })).toEqual(preview)
  expect(await world.call('deals.get', { id: first.id })).toMatchObject({
    sellers: [
      { seller: { name: 'Ana' }, share: 0.7 },
      { seller: { name: 'Ben' }, share: 0.3 },
    ],
  })
})

// Deals by hand: the sale and the way through the stages follow, and nobody reaches beyond their own.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { Principal } from '../../platform/context.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Written {
  id: string
  version: number
  changeId: string
}

async function worldWithStages() {
  const world = await importWorld(db)
  const { rows } = await world.call<{ rows: { id: string; outcome: string; name: string }[] }>(
    'stages.list',
  )
  const stage = (name: string) => rows.find((row) => row.name === name)?.id ?? ''
  const edit = (id: string, fields: object) => world.call<Written>('deals.edit', { id, ...fields })
  const create = (fields: object, as?: Principal) =>
    world.call<Written>(
      'deals.create',
      { stageId: stage('Qualified'), ...fields },
      as ? { as } : {},
    )
  return { world, stage, edit, create }
}

const sales = (world: ImportWorld) =>
  db.database.read(world.who, (tx) =>
    tx.rows<Record<string, unknown>>(sql`
      SELECT version, on_day, quantity, amount, base_amount, cost, list_amount FROM sale
      WHERE org_id = ${world.who.orgId} AND change_out IS NULL`),
  )

test('a deal entered as won is a sale at once; names nobody knows become records', async () => {
  const { world, stage, create } = await worldWithStages()
  await world.call('products.create', {
    name: 'Pump',
    currency: 'EUR',
    listPrice: 5_001,
    cost: 2_001,
  })
  const deal = await create({
    stageId: stage('Won'),
    seller: { name: 'Ana' },
    customer: { name: 'Acme' },
    product: { name: 'pump' },
    openedOn: '2026-01-02',
    closedOn: '2026-03-04',
    quantity: 2.5,
    amount: 12_000,
  })
  expect(await sales(world)).toEqual([
    {
      version: 1,
      on_day: '2026-03-04',
      quantity: 2.5,
      amount: 12_000,
      base_amount: 12_000,
      cost: 5_002,
      list_amount: 12_502,
    },
  ])
  expect(await world.call('deals.get', { id: deal.id })).toMatchObject({
    outcome: 'won',
    seller: { name: 'Ana' },
    customer: { name: 'Acme' },
    product: { name: 'Pump' },
    entries: [{ stage: { name: 'Won' }, on: '2026-03-04' }],
  })
})

test('winning, changing and opening again keep exactly one or no sale; the same content leaves it alone', async () => {
  const { world, stage, create, edit } = await worldWithStages()
  const { id } = await create({ customer: { name: 'Acme' }, openedOn: '2026-01-02', amount: 100 })
  expect(await sales(world)).toEqual([])
  await edit(id, { stageId: stage('Won'), closedOn: '2026-02-01' })
  expect(await sales(world)).toMatchObject([{ version: 1, amount: 100, on_day: '2026-02-01' }])
  await edit(id, { openedOn: '2026-01-03' })
  expect(await sales(world)).toMatchObject([{ version: 1 }])
  await edit(id, { amount: 150 })
  expect(await sales(world)).toMatchObject([{ version: 2, amount: 150 }])
  await edit(id, { stageId: stage('Negotiation') })
  expect(await sales(world)).toEqual([])
  expect(await world.call('deals.get', { id })).toMatchObject({ closedOn: null, outcome: 'open' })
  const won = await edit(id, { stageId: stage('Won'), closedOn: '2026-02-05' })
  expect(await sales(world)).toMatchObject([{ version: 3, on_day: '2026-02-05' }])
  await world.call('changes.undo', { id: won.changeId })
  expect(await sales(world)).toEqual([])
  await world.call('deals.remove', { id })
  await expect(world.call('deals.get', { id })).rejects.toMatchObject({
    detail: { code: 'deal.not_found' },
  })
})

test('steps between open stages are recorded with the stage it began in', async () => {
  const { world, stage, create, edit } = await worldWithStages()
  const { id } = await create({ openedOn: '2026-01-02' })
  expect(await world.call('deals.get', { id })).toMatchObject({
    entries: [{ stage: { name: 'Qualified' }, on: '2026-01-02' }],
  })
  await edit(id, { stageId: stage('Proposal') })
  await edit(id, { stageId: stage('Lost'), closedOn: '2026-11-20', lostReason: { name: 'Price' } })
  const deal = await world.call<{ entries: { stage: { name: string } }[] }>('deals.get', { id })
  expect(deal.entries.map((entry) => entry.stage.name)).toEqual(['Qualified', 'Proposal', 'Lost'])
  expect(deal).toMatchObject({ outcome: 'lost', lostReason: { name: 'Price' } })
  expect(await world.call('lost-reasons.list')).toMatchObject({ rows: [{ name: 'Price' }] })
})

test.each([
  [{ stage: 'Won', amount: 5 }, 'deal.closed_needs_day'],
  [{ stage: 'Won', closedOn: '2026-01-01' }, 'deal.won_needs_amount'],
  [{ stage: 'Lost', openedOn: '2026-02-01', closedOn: '2026-01-01' }, 'deal.backwards'],
  [
    { stage: 'Qualified', customer: { id: '00000000-0000-7000-8000-000000000000' } },
    'customer.not_found',
  ],
])('%o is refused: %s', async ({ stage: name, ...fields }, code) => {
  const { stage, create } = await worldWithStages()
  await expect(create({ stageId: stage(name), ...fields })).rejects.toMatchObject({
    detail: { code },
  })
})

test('a number given twice, and a version that is not the current one, are refused', async () => {
  const { create, edit } = await worldWithStages()
  const { id } = await create({ externalId: 'D-1', amount: 5 })
  await expect(create({ externalId: 'D-1' })).rejects.toMatchObject({
    detail: { code: 'deal.exists' },
  })
  await edit(id, { amount: 6, version: 1 })
  await expect(edit(id, { amount: 7, version: 1 })).rejects.toMatchObject({
    detail: { code: 'record.changed', particulars: { version: 2, theirs: { amount: 6 } } },
  })
})

test('a seller writes own deals only, a manager those of the own teams', async () => {
  const { world, create } = await worldWithStages()
  const ana = await world.call<Written>('sellers.create', { name: 'Ana' })
  const ben = await world.call<Written>('sellers.create', { name: 'Ben' })
  const team = await world.call<Written>('teams.create', { name: 'West', kind: 'team' })
  await world.call('memberships.set', { teamId: team.id, kind: 'member', sellerId: ana.id })
  await world.call('memberships.set', { teamId: team.id, kind: 'lead', personName: 'Jo' })
  const { rows: people } = await world.call<{ rows: { id: string; name: string }[] }>('people.list')
  const jo: Principal = {
    ...world.who,
    personId: people.find((one) => one.name === 'Jo')?.id ?? '',
    roles: ['manager'],
  }
  const asAna: Principal = { ...world.who, sellerId: ana.id, roles: ['seller'] }
  const own = await create({ amount: 1 }, asAna)
  const others = await create({ seller: { id: ben.id }, amount: 2 })
  const notYours = { detail: { code: 'deal.not_yours' } }
  await expect(create({ seller: { id: ben.id } }, asAna)).rejects.toMatchObject(notYours)
  await expect(
    world.call('deals.edit', { id: own.id, seller: { id: ben.id } }, { as: asAna }),
  ).rejects.toMatchObject(notYours)
  await expect(
    world.call('deals.edit', { id: others.id, amount: 3 }, { as: jo }),
  ).rejects.toMatchObject(notYours)
  await expect(world.call('deals.remove', { id: others.id }, { as: asAna })).rejects.toMatchObject(
    notYours,
  )
  await world.call('deals.edit', { id: own.id, amount: 3 }, { as: jo })
  for (const as of [asAna, jo]) {
    const list = await world.call<{ rows: { id: string }[] }>('deals.list', {}, { as })
    expect(list.rows.map((row) => row.id)).toEqual([own.id])
    await expect(world.call('deals.get', { id: others.id }, { as })).rejects.toMatchObject({
      detail: { code: 'deal.not_found' },
    })
  }
})

test('the list shows open deals first, then closed ones, newest first, page by page without gap', async () => {
  const { world, stage, create } = await worldWithStages()
  const made: { id: string; key: string }[] = []
  for (let i = 0; i < 17; i++) {
    const day = `2026-0${1 + (i % 5)}-1${i % 3}`
    const kind = i % 3
    const fields =
      kind === 0 ? {} : kind === 1 ? { openedOn: day } : { stageId: stage('Lost'), closedOn: day }
    const { id } = await create(fields)
    made.push({ id, key: `${kind === 2 ? 0 : 1} ${kind === 0 ? '0' : day} ${id}` })
  }
  const expected = made.toSorted((a, b) => (a.key < b.key ? 1 : -1)).map((one) => one.id)
  for (const limit of [1, 4, 50]) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await world.call<{ rows: { id: string }[]; next?: string }>('deals.list', {
        limit,
        ...(cursor ? { cursor } : {}),
      })
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(expected)
  }
})

test('stages are added and renamed, and no two have the same name', async () => {
  const { world } = await worldWithStages()
  const made = await world.call<Written>('stages.create', {
    name: 'Trial',
    position: 2,
    outcome: 'open',
  })
  await world.call('stages.edit', { id: made.id, name: 'Pilot' })
  await expect(
    world.call('stages.create', { name: 'pilot', position: 1, outcome: 'open' }),
  ).rejects.toMatchObject({ detail: { code: 'stage.exists' } })
  const { rows } = await world.call<{ rows: { name: string }[] }>('stages.list')
  expect(rows.map((row) => row.name)).toEqual([
    'Qualified',
    'Pilot',
    'Proposal',
    'Negotiation',
    'Won',
    'Lost',
  ])
})

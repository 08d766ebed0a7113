// The board, moving, several sellers and the timeline: what open deals need day by day.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { equalShares } from './calc/shares.ts'
import type { dealsContract } from './contract.ts'

type Board = OutputOf<(typeof dealsContract)['deals.board']>
type Timeline = OutputOf<(typeof dealsContract)['deals.timeline']>
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

async function worldWithStages(currency = 'EUR') {
  const world = await importWorld(db, { currency })
  const { rows } = await world.call<{ rows: { id: string; name: string }[] }>('stages.list')
  const stage = (name: string) => rows.find((row) => row.name === name)?.id ?? ''
  const create = (fields: object, as?: Principal) =>
    world.call<Written>(
      'deals.create',
      { stageId: stage('Qualified'), ...fields },
      as ? { as } : {},
    )
  const board = (input: object = {}, as?: Principal) =>
    world.call<Board>('deals.board', input, as ? { as } : {})
  return { world, stage, create, board }
}

const sales = (world: ImportWorld) =>
  db.database.read(world.who, (tx) =>
    tx.rows<{ id: string; seller_id: string; amount: number; base_amount: number; owner: boolean }>(
      sql`SELECT id, seller_id, owner, amount, base_amount FROM sale
        WHERE org_id = ${world.who.orgId} AND change_out IS NULL ORDER BY owner DESC, id`,
    ),
  )

test('the board counts and adds each stage, pages its cards, and shows the next step', async () => {
  const { world, stage, create, board } = await worldWithStages()
  const deals: string[] = []
  for (let i = 1; i <= 5; i++) {
    deals.push(
      (await create({ customer: { name: 'Acme' }, openedOn: `2026-01-0${i}`, amount: 100 * i })).id,
    )
  }
  await create({ stageId: stage('Proposal') })
  await create({ stageId: stage('Proposal'), amount: 7, currency: 'CHF', openedOn: '2026-01-01' })
  for (const dueOn of ['2026-05-09', '2026-05-02']) {
    await world.call('activities.create', {
      kind: 'call',
      subject: `Call ${dueOn}`,
      dueOn,
      dealId: deals[4],
    })
  }
  const { stages, currency } = await board({ limit: 2 })
  expect(currency).toBe('EUR')
  const [qualified, proposal, negotiation] = stages
  expect(qualified).toMatchObject({ count: 5, amount: 1_500, withoutAmount: 0, rateMissing: 0 })
  expect(proposal).toMatchObject({ count: 2, amount: 0, withoutAmount: 1, rateMissing: 1 })
  expect(negotiation).toMatchObject({ count: 0, amount: 0, cards: [] })
  expect(qualified?.cards[0]?.nextStep).toMatchObject({ subject: 'Call 2026-05-02' })
  const seen = qualified?.cards.map((card) => card.id) ?? []
  let cursor = qualified?.next
  while (cursor) {
    const page = await world.call<{ rows: { id: string }[]; next?: string }>('deals.board-cards', {
      stageId: stage('Qualified'),
      limit: 2,
      cursor,
    })
    seen.push(...page.rows.map((row) => row.id))
    cursor = page.next
  }
  expect(seen).toEqual(deals.toReversed())
})

test('below twenty won deals nothing is stalled; then those that outlasted nine of ten are', async () => {
  const { world, stage, create, board } = await worldWithStages()
  await create({ openedOn: '2020-01-01', amount: 1 })
  const cards = async () => (await board()).stages[0]?.cards ?? []
  const won = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await create({
        stageId: stage('Won'),
        openedOn: '2026-01-01',
        closedOn: '2026-01-31',
        amount: 1,
      })
    }
  }
  await won(19)
  expect((await board()).stalled).toEqual({ wonDeals: 19, needed: 20 })
  expect(await cards()).toMatchObject([{ stalled: false }])
  await won(1)
  expect((await board()).stalled).toEqual({ wonDeals: 20, needed: 20, days: 22 })
  expect(await cards()).toMatchObject([{ stalled: true }])
  // What nobody works on makes no deal old: of 22 working days eleven were given to the week of the fair.
  await world.call('calendar-exceptions.create', {
    from: '2026-01-12',
    until: '2026-01-27',
    kind: 'off',
  })
  expect((await board()).stalled).toMatchObject({ days: 11 })
})

test('where the last deal was won years ago, what was usual then is what there is', async () => {
  const { world, stage, create, board } = await worldWithStages()
  world.program.clock = () => Date.parse('2026-08-15T12:00:00Z')
  const won = (openedOn: string, closedOn: string) =>
    create({ stageId: stage('Won'), openedOn, closedOn, amount: 1 })
  for (let i = 0; i < 20; i++) await won('2015-01-01', '2015-01-31')
  // Won in a day, but before all that is usual.
  for (let i = 0; i < 20; i++) await won('2004-03-01', '2004-03-02')
  await create({ openedOn: '2026-08-03', amount: 1 })
  await create({ openedOn: '2026-07-01', amount: 1 })
  await create({ openedOn: '2012-01-01', amount: 1 })
  const { stalled, stages } = await board()
  expect(stalled).toEqual({ wonDeals: 20, needed: 20, days: 22 })
  expect(stages[0]?.cards).toMatchObject([{ stalled: false }, { stalled: true }, { stalled: true }])
})

test('moving closes today, keeps a closing day, opens again, and can be undone', async () => {
  const { world, stage, create } = await worldWithStages()
  const { id } = await create({ openedOn: '2026-01-02', amount: 100 })
  const get = () =>
    world.call<{ closedOn: string | null; stage: { name: string } }>('deals.get', { id })
  const move = (name: string, fields: object = {}) =>
    world.call<Written>('deals.move', { id, stageId: stage(name), ...fields })
  const won = await move('Won')
  const today = (await get()).closedOn ?? ''
  expect(today).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(await sales(world)).toMatchObject([{ amount: 100 }])
  await world.call('changes.undo', { id: won.changeId })
  expect(await get()).toMatchObject({ closedOn: null, stage: { name: 'Qualified' } })
  await move('Lost', { closedOn: '2026-02-03', lostReason: { name: 'Price' } })
  await move('Won')
  expect((await get()).closedOn).toBe('2026-02-03')
  await move('Proposal')
  expect((await get()).closedOn).toBeNull()
  const bare = await create({ openedOn: '2026-01-02' })
  await expect(
    world.call('deals.move', { id: bare.id, stageId: stage('Won') }),
  ).rejects.toMatchObject({ detail: { code: 'deal.won_needs_amount' } })
})

test('the parts of several sellers add to the cent, in both currencies, however the shares are', async () => {
  const { world, stage, create } = await worldWithStages()
  await world.call('rates.set', { currency: 'USD', day: '2026-03-01', rate: 0.9137 })
  const sellers = await Promise.all(
    ['Ana', 'Ben', 'Cem', 'Dia'].map((name) => world.call<Written>('sellers.create', { name })),
  )
  const deal = await create({
    stageId: stage('Won'),
    seller: { id: sellers[0]?.id },
    openedOn: '2026-01-02',
    closedOn: '2026-03-02',
    amount: 1,
    currency: 'USD',
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 4 }),
      async (amount, weights) => {
        const sum = weights.reduce((a, b) => a + b, 0)
        const parts = weights.map((weight) => Math.floor((weight / sum) * 1e6))
        parts[0] = (parts[0] ?? 0) + 1e6 - parts.reduce((a, b) => a + b, 0)
        await world.call('deals.edit', { id: deal.id, amount })
        await world.call('deals.set-sellers', {
          id: deal.id,
          owner: { id: sellers[0]?.id },
          sellers: parts.map((part, index) => ({
            seller: { id: sellers[index]?.id },
            share: part / 1e6,
          })),
        })
        const rows = await sales(world)
        expect(rows.length).toBe(weights.length)
        expect(rows.filter((row) => row.owner)).toMatchObject([{ id: deal.id }])
        const added = (key: 'amount' | 'base_amount') =>
          rows.reduce((all, row) => all + row[key], 0)
        const { baseAmount } = await world.call<{ baseAmount: number }>('deals.get', {
          id: deal.id,
        })
        expect(added('amount')).toBe(amount)
        expect(added('base_amount')).toBe(baseAmount)
      },
    ),
    { seed: testSeed, numRuns: 12 },
  )
})

test('results show each seller their part; a new owner takes the share over; removing leaves nothing', async () => {
  const { world, stage, create } = await worldWithStages()
  const [ana, ben, cem] = await Promise.all(
    ['Ana', 'Ben', 'Cem'].map((name) => world.call<Written>('sellers.create', { name })),
  )
  const deal = await create({
    stageId: stage('Won'),
    seller: { id: ana?.id },
    openedOn: '2026-01-02',
    closedOn: '2026-03-02',
    amount: 1_001,
  })
  const share = (owner: string | undefined, sellers: [string | undefined, number][]) =>
    world.call<Written>('deals.set-sellers', {
      id: deal.id,
      owner: { id: owner },
      sellers: sellers.map(([id, part]) => ({ seller: { id }, share: part })),
    })
  const shared = await share(ana?.id, [
    [ana?.id, 0.5],
    [ben?.id, 0.5],
  ])
  const bySeller = async () => {
    const { rows } = await world.call<{
      rows: { seller: { name: string }; revenue: { value: number } }[]
    }>('results.figures', {
      metric: ['revenue'],
      by: ['seller'],
      from: '2026-01-01',
      until: '2027-01-01',
    })
    return Object.fromEntries(rows.map((row) => [row.seller?.name, row.revenue.value]))
  }
  const parts = await bySeller()
  expect((parts.Ana ?? 0) + (parts.Ben ?? 0)).toBe(1_001)
  expect(Math.abs((parts.Ana ?? 0) - (parts.Ben ?? 0))).toBe(1)
  await world.call('deals.edit', { id: deal.id, seller: { id: cem?.id } })
  expect(await world.call('deals.get', { id: deal.id })).toMatchObject({
    seller: { name: 'Cem' },
    sellers: [
      { seller: { name: 'Cem' }, share: 0.5 },
      { seller: { name: 'Ben' }, share: 0.5 },
    ],
  })
  const after = await bySeller()
  expect((after.Ben ?? 0) + (after.Cem ?? 0)).toBe(1_001)
  expect(after.Ana ?? 0).toBe(0)
  for (const [owner, sellers, code] of [
    [
      ana?.id,
      [
        [ana?.id, 0.5],
        [ben?.id, 0.4],
      ],
      'deal.shares_not_whole',
    ],
    [
      ana?.id,
      [
        [ana?.id, 0.5],
        [ana?.id, 0.5],
      ],
      'deal.seller_twice',
    ],
    [
      cem?.id,
      [
        [ana?.id, 0.5],
        [ben?.id, 0.5],
      ],
      'deal.owner_without_share',
    ],
  ] as [string, [string, number][], string][]) {
    await expect(share(owner, sellers)).rejects.toMatchObject({ detail: { code } })
  }
  await expect(
    world.call('changes.undo', { id: shared.changeId, whenChangedSince: 'refuse' }),
  ).rejects.toMatchObject({ detail: { code: 'change.changed_since' } })
  await world.call('deals.remove', { id: deal.id })
  expect(await sales(world)).toEqual([])
  expect(equalShares(3)).toEqual([0.333334, 0.333333, 0.333333])
})

test('whoever has a share sees the deal; only the owner changes it', async () => {
  const { world, create, board } = await worldWithStages()
  const ana = await world.call<Written>('sellers.create', { name: 'Ana' })
  const ben = await world.call<Written>('sellers.create', { name: 'Ben' })
  const { id } = await create({ seller: { id: ana.id }, amount: 10 })
  const asBen: Principal = { ...world.who, sellerId: ben.id, roles: ['seller'] }
  expect((await board({}, asBen)).stages[0]?.count).toBe(0)
  await world.call('deals.set-sellers', {
    id,
    owner: { id: ana.id },
    sellers: [ana, ben].map((one) => ({ seller: { id: one.id }, share: 0.5 })),
  })
  expect((await board({}, asBen)).stages[0]?.count).toBe(1)
  expect((await board({ sellerId: ben.id })).stages[0]?.count).toBe(1)
  await expect(world.call('deals.edit', { id, amount: 11 }, { as: asBen })).rejects.toMatchObject({
    detail: { code: 'deal.not_yours' },
  })
})

test('the timeline tells stages, activities, versions with who and what, and the sale, page by page', async () => {
  const { world, stage, create } = await worldWithStages()
  const { id } = await create({ customer: { name: 'Acme' }, openedOn: '2026-01-02', amount: 100 })
  await world.call('activities.create', {
    kind: 'call',
    subject: 'First call',
    doneOn: '2026-01-05',
    dealId: id,
  })
  await world.call('deals.move', { id, stageId: stage('Proposal') })
  await world.call('deals.edit', { id, amount: 150 })
  await world.call('deals.move', { id, stageId: stage('Won') })
  const events: Timeline['rows'] = []
  let cursor: string | undefined
  do {
    const page: Timeline = await world.call('deals.timeline', {
      id,
      limit: 2,
      ...(cursor ? { cursor } : {}),
    })
    events.push(...page.rows)
    cursor = page.next
  } while (cursor)
  const kinds = events.map((event) => event.kind)
  expect(kinds.filter((kind) => kind === 'version').length).toBe(4)
  expect(kinds.filter((kind) => kind === 'sale').length).toBe(1)
  const stages = events.flatMap((event) => (event.kind === 'stage' ? [event.stage.name] : []))
  expect(stages.toSorted()).toEqual(['Proposal', 'Qualified', 'Won'])
  expect(events.find((event) => event.kind === 'activity')).toMatchObject({
    subject: 'First call',
    done: true,
    day: '2026-01-05',
  })
  expect(
    events.filter((event) => event.kind === 'version').map((event) => event.fields),
  ).toMatchObject([
    { stage: ['Proposal', 'Won'], outcome: ['open', 'won'] },
    { amount: [100, 150] },
    { stage: ['Qualified', 'Proposal'] },
    { customer: [null, 'Acme'], amount: [null, 100] },
  ])
  expect(events.at(-1)).toMatchObject({
    kind: 'stage',
    stage: { name: 'Qualified' },
    day: '2026-01-02',
  })
})

test('reasons for lost deals are added, renamed, archived and brought back', async () => {
  const { world } = await worldWithStages()
  const price = await world.call<Written>('lost-reasons.create', { name: 'Price' })
  await expect(world.call('lost-reasons.create', { name: 'PRICE' })).rejects.toMatchObject({
    detail: { code: 'lost_reason.exists' },
  })
  await world.call('lost-reasons.edit', { id: price.id, name: 'Too dear', version: 1 })
  await world.call('lost-reasons.set-state', { id: price.id, state: 'archived' })
  expect(await world.call('lost-reasons.list')).toEqual({ rows: [] })
  expect(await world.call('lost-reasons.list', { state: 'archived' })).toMatchObject({
    rows: [{ name: 'Too dear', state: 'archived', version: 3 }],
  })
})

test('a file that names another owner hands the share over with the deal', async () => {
  const { world } = await worldWithStages()
  const file = (seller: string) =>
    `number,seller,customer,stage,opened on,closed on,amount\nD-1,${seller},Acme,Won,2026-01-02,2026-02-03,1001\n`
  const kind = { kind: 'deals' as const }
  await world.take('deals.csv', file('Ana'), kind)
  const { rows } = await world.call<{ rows: { id: string }[] }>('deals.list')
  const id = rows[0]?.id ?? ''
  await world.call('deals.set-sellers', {
    id,
    owner: { name: 'Ana' },
    sellers: [
      { seller: { name: 'Ana' }, share: 0.75 },
      { seller: { name: 'Ben' }, share: 0.25 },
    ],
  })
  await world.take('later.csv', file('Cem'), kind)
  expect(await world.call('deals.get', { id })).toMatchObject({
    sellers: [
      { seller: { name: 'Cem' }, share: 0.75 },
      { seller: { name: 'Ben' }, share: 0.25 },
    ],
  })
  const ledger = await sales(world)
  expect(ledger.map((row) => row.owner)).toEqual([true, false])
  expect(ledger.reduce((sum, row) => sum + row.amount, 0)).toBe(100_100)
})

// Orders, contracts and the source of revenue by hand: exact amounts, removal and undo; the ledger follows each time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { create, get, holds, revenue, sales, type Written } from '../../../tests/orders-world.ts'
import { insertFact } from '../../platform/database/facts.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

describe('an order', () => {
  test('is entered with its lines, half a cent goes to the even neighbour, and it is what counts', async () => {
    const world = await importWorld(db)
    const { id } = await create(world)
    // 3 × 0.335 × 0.9 = 0.9045 → 90
    expect(await get(world, id)).toMatchObject({
      number: '2026-0001',
      lines: 2,
      amount: 140,
      rows: [
        { amount: 90, quantity: 3, price: '0.335' },
        { amount: 50, quantity: 1, price: null },
      ],
    })
    expect(await revenue(world)).toBe(140)
    expect(await world.call('revenue-source.list')).toMatchObject({
      rows: [{ source: 'orders', from: '0001-01-01' }],
    })
    await create(world, { lines: [{ quantity: 1, price: '0.125' }] })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([50, 90, 12])
    await holds(world)
  })

  test('is changed line by line; what is not given goes; undo brings all of it back', async () => {
    const world = await importWorld(db)
    const { id } = await create(world)
    const before = await get(world, id)
    const [first] = before.rows
    const edited = await world.call<Written>('orders.edit', {
      id,
      version: before.version,
      on: '2026-04-05',
      lines: [{ id: first?.id, product: { name: 'Pump' }, quantity: 4, price: '2' }, { amount: 7 }],
    })
    expect((await sales(world)).map(({ amount, on_day }) => [amount, on_day])).toEqual([
      [7, '2026-04-05'],
      [800, '2026-04-05'],
    ])
    await expect(
      world.call('orders.edit', { id, version: before.version, on: '2026-04-06' }),
    ).rejects.toMatchObject({ detail: { code: 'record.changed' } })
    await world.call('changes.undo', { id: edited.changeId })
    expect((await get(world, id)).rows.map(({ amount }) => amount)).toEqual([90, 50])
    expect(await revenue(world)).toBe(140)
    await holds(world)
  })

  test('is removed with its sales, and comes back', async () => {
    const world = await importWorld(db)
    const { id, version } = await create(world)
    const { changeId } = await world.call<Written>('orders.remove', { id, version })
    expect(await sales(world)).toEqual([])
    await expect(get(world, id)).rejects.toMatchObject({ detail: { code: 'order.not_found' } })
    await world.call('changes.undo', { id: changeId })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([50, 90])
    await holds(world)
  })

  test('keeps its currency while its lines keep theirs', async () => {
    const world = await importWorld(db)
    const { id } = await create(world)
    await expect(world.call('orders.edit', { id, currency: 'USD' })).rejects.toMatchObject({
      detail: { code: 'order.currency_of_lines' },
    })
    await world.call('orders.edit', { id, currency: 'JPY', lines: [{ amount: 7 }] })
    expect(await get(world, id)).toMatchObject({ amount: 7, currency: 'JPY' })
  })

  test('gets a number of its own, however many are entered at the same moment', async () => {
    const world = await importWorld(db)
    const made = await Promise.all(Array.from({ length: 12 }, () => create(world)))
    const numbers = await Promise.all(made.map(async ({ id }) => (await get(world, id)).number))
    expect(new Set(numbers).size).toBe(12)
    const same = await Promise.allSettled(
      Array.from({ length: 5 }, () => create(world, { number: 'A-1' })),
    )
    const refusals = same.flatMap((one) =>
      one.status === 'rejected' ? [one.reason.detail?.code] : [],
    )
    expect(refusals).toEqual(Array(4).fill('order.exists'))
    await holds(world)
  })

  test('comes back in part, but not more of it than was sold', async () => {
    const world = await importWorld(db)
    const { id } = await create(world)
    const { rows } = await get(world, id)
    const [pump] = rows
    const back = (quantity: number) =>
      world.call<Written>('orders.return', {
        id,
        on: '2026-05-06',
        lines: [{ id: pump?.id, quantity }],
      })
    const first = await back(2)
    expect(await get(world, first.id)).toMatchObject({
      number: '2026-0001-R1',
      kind: 'return',
      amount: -60,
    })
    expect(await sales(world)).toContainEqual({
      order_no: '2026-0001-R1',
      kind: 'return',
      quantity: -2,
      amount: -60,
      on_day: '2026-05-06',
    })
    expect(await revenue(world)).toBe(80)
    await expect(back(2)).rejects.toMatchObject({ detail: { code: 'order.returns_too_much' } })
    await back(1)
    await holds(world)
  })

  test('is refused under a number there is, without an amount, and with a line of another', async () => {
    const world = await importWorld(db)
    await create(world, { number: 'A-1' })
    const refused = (fields: object, code: string) =>
      expect(create(world, fields)).rejects.toMatchObject({ detail: { code } })
    await refused({ number: 'A-1' }, 'order.exists')
    await refused({ lines: [{ quantity: 1 }] }, 'order.line_needs_amount')
    await refused({ lines: [{ id: db.newId(), amount: 1 }] }, 'order.line_unknown')
    await refused({ lines: [] }, 'request.invalid')
    await refused({ lines: [{ quantity: 1e9, price: '999999999999' }] }, 'order.too_large')
    await refused({ lines: [{ amount: 1e15 }, { amount: 1 }] }, 'order.too_large')
    await refused({ on: '0000-01-01' }, 'request.invalid')
  })
})

describe('a purchase without a number', () => {
  test('is an order of one line: changed, removed, and never returned', async () => {
    const world = await importWorld(db)
    await world.take(
      'purchases.csv',
      'customer,order date,quantity,amount\n0001,2026-01-01,1,11.77\n0001,2026-01-01,1,11.77\n0002,2026-01-02,2,0\n',
      { kind: 'orders' },
    )
    const list = () =>
      world.call<{
        rows: { id: string; version: number; number: null; customer: { name: string } }[]
      }>('orders.list')
    const { rows } = await list()
    expect(rows.map(({ customer }) => customer.name)).toEqual(['0002', '0001', '0001'])
    const [free, one, other] = rows
    expect(await get(world, one?.id ?? '')).toMatchObject({ amount: 1_177, lines: 1 })
    await world.call('orders.edit', {
      id: one?.id,
      version: one?.version,
      on: '2026-01-05',
      lines: [{ id: one?.id, quantity: 1, amount: 1_000 }],
    })
    expect(await revenue(world)).toBe(2_177)
    const refused = (name: string, fields: object, code: string) =>
      expect(world.call(name, fields)).rejects.toMatchObject({ detail: { code } })
    await refused('orders.edit', { id: one?.id, version: 1, on: '2026-01-06' }, 'record.changed')
    await refused(
      'orders.edit',
      { id: one?.id, lines: [{ amount: 1 }, { amount: 2 }] },
      'order.line_unknown',
    )
    await refused(
      'orders.return',
      { id: one?.id, on: '2026-02-01', lines: [{ id: one?.id, quantity: 1 }] },
      'order.needs_number',
    )
    await world.call('orders.remove', { id: other?.id, version: other?.version })
    await world.call('orders.remove', { id: free?.id, version: free?.version })
    expect((await list()).rows).toHaveLength(1)
    expect(await revenue(world)).toBe(1_000)
    await holds(world)
  })
})

test('orders are listed by pages, newest first, and filtered', async () => {
  const world = await importWorld(db)
  for (let day = 1; day <= 5; day++)
    await create(world, {
      on: `2026-01-0${day}`,
      customer: { name: day % 2 === 0 ? 'Even' : 'Odd' },
    })
  const pages: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await world.call<{ rows: { on: string }[]; next?: string }>('orders.list', {
      limit: 2,
      ...(cursor ? { cursor } : {}),
    })
    pages.push(page.rows.map(({ on }) => on.slice(-1)).join(''))
    if (page.next === undefined) break
    cursor = page.next
  }
  expect(pages).toEqual(['54', '32', '1'])
  const { rows: customers } = await world.call<{ rows: { id: string; name: string }[] }>(
    'customers.list',
  )
  const odd = customers.find(({ name }) => name === 'Odd')?.id
  expect(await world.call('orders.list', { customerId: odd, from: '2026-01-02' })).toMatchObject({
    rows: [{ on: '2026-01-05' }, { on: '2026-01-03' }],
  })
})

test('an order of several sellers says so, and is found by each of them', async () => {
  const world = await importWorld(db)
  await world.take(
    'orders.csv',
    'order number,line number,order date,seller,product,quantity,amount\nA-1,1,2026-02-03,Ana,Pump,2,20\nA-1,2,2026-02-03,Ben,Pump,3,45\nA-2,1,2026-02-03,Ana,Pump,1,5\n',
    { kind: 'orders' },
  )
  const { rows: sellers } = await world.call<{ rows: { id: string; name: string }[] }>(
    'sellers.list',
  )
  const idOf = (name: string) => sellers.find((one) => one.name === name)?.id ?? ''
  const found = async (input: object, options?: Parameters<typeof world.call>[2]) => {
    const { rows } = await world.call<{
      rows: { number: string; sellers: number; seller: { name: string } | null }[]
    }>('orders.list', input, options)
    return rows
      .map(({ number, sellers, seller }) => `${number} ${sellers} ${seller?.name ?? '-'}`)
      .sort()
  }
  expect(await found({})).toEqual(['A-1 2 -', 'A-2 1 Ana'])
  expect(await found({ sellerId: idOf('Ben') })).toEqual(['A-1 2 -'])
  expect(await found({ sellerId: idOf('Ana') })).toEqual(['A-1 2 -', 'A-2 1 Ana'])
  const as = { ...world.who, sellerId: idOf('Ben'), roles: ['seller' as const] }
  expect(await found({}, { as })).toEqual(['A-1 2 -'])
  const { groups } = await world.call<{ groups: { rows: { name: string }[] }[] }>(
    'search.find',
    { text: 'A-', kinds: ['order'] },
    { as },
  )
  expect(groups.flatMap((group) => group.rows.map((row) => row.name))).toEqual(['A-1'])
  const { rows } = await world.call<{ rows: { id: string }[] }>('orders.list', {}, { as })
  await expect(
    world.call('orders.edit', { id: rows[0]?.id, on: '2026-02-04' }, { as }),
  ).rejects.toMatchObject({ detail: { code: 'order.not_yours' } })
})

test('pages go on through orders without a day and purchases without a number', async () => {
  const world = await importWorld(db)
  await world.take(
    'orders.csv',
    'order number,order date,customer,amount\nA,2026-01-02,Acme,1\nB,2026-01-01,Acme,1\n,2026-01-01,Acme,2\n',
    { kind: 'orders' },
  )
  await world.take(
    'purchases.csv',
    'order date,customer,product,amount\n2026-01-03,Acme,Pump,3\n2026-01-01,Acme,Pump,4\n',
    { kind: 'orders' },
  )
  // Nobody enters an order without a day, but other systems have such heads.
  await db.database.write(world.who, 'test.heads', async (tx) => {
    for (const number of ['X', 'Y', 'Z'])
      await insertFact(tx, 'order_head', { external_id: number, amount: 5, currency: 'EUR' })
  })
  const seen: (number | string)[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await world.call<{
      rows: { number: string | null; amount: number }[]
      next?: string
    }>('orders.list', { limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.rows.map(({ number, amount }) => number ?? amount))
    if (page.next === undefined) break
    cursor = page.next
  }
  expect(seen.slice(0, 2)).toEqual([300, 'A'])
  expect(new Set(seen.slice(2, 5))).toEqual(new Set(['B', 200, 400]))
  expect(seen.slice(5)).toEqual(['Z', 'Y', 'X'])
})

test('which source counts is decided by the month; what was before stays', async () => {
  const world = await importWorld(db)
  const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>('stages.list')
  const won = rows.find(({ outcome }) => outcome === 'won')?.id
  for (const [closedOn, amount] of [
    ['2026-01-10', 1_000],
    ['2026-03-10', 2_000],
  ])
    await world.call('deals.create', { stageId: won, closedOn, amount })
  for (const on of ['2026-01-20', '2026-03-20']) await create(world, { on, lines: [{ amount: 7 }] })
  // Deals were there first, so that orders do not count by themselves.
  expect(await revenue(world)).toBe(3_000)
  const set = await world.call<Written>('revenue-source.set', {
    source: 'orders',
    from: '2026-03-01',
  })
  expect(await revenue(world)).toBe(1_007)
  await expect(
    world.call('revenue-source.set', { source: 'orders', from: '2026-03-02' }),
  ).rejects.toMatchObject({ detail: { code: 'revenue_source.not_first' } })
  await world.call('changes.undo', { id: set.changeId })
  expect(await revenue(world)).toBe(3_000)
  const { id, version } = await world.call<Written>('revenue-source.set', { source: 'orders' })
  expect(await revenue(world)).toBe(14)
  await world.call('revenue-source.remove', { id, version })
  expect(await revenue(world)).toBe(3_000)
  await expect(world.call('revenue-source.remove', { id, version })).rejects.toMatchObject({
    detail: { code: 'revenue_source.not_found' },
  })
  await holds(world)
})

describe('contracts', () => {
  test('are listed by their end, changed, archived, and imported by number', async () => {
    const world = await importWorld(db)
    const text =
      'name,contract number,customer,from,until,renewal,amount,every\nCare,K-1,Acme,2026-01-01,2027-01-01,automatic,100,year\nLease,K-2,Bolt,2026-01-01,2026-07-01,none,10,month\nOpen,K-3,Bolt,2026-01-01,,none,,\n'
    const first = await world.take('contracts.csv', text, { kind: 'contracts' })
    expect(first.counts).toMatchObject({ added: 3, rejected: 0 })
    const list = await world.call<{ rows: { id: string; version: number; name: string }[] }>(
      'contracts.list',
    )
    expect(list.rows).toMatchObject([
      {
        name: 'Lease',
        until: '2026-07-01',
        amount: 1_000,
        every: 'month',
        customer: { name: 'Bolt' },
      },
      { name: 'Care', renewal: 'automatic', currency: 'EUR' },
      { name: 'Open', until: null, amount: null },
    ])
    const [lease] = list.rows
    await expect(
      world.call('contracts.edit', { id: lease?.id, until: '2025-01-01' }),
    ).rejects.toMatchObject({ detail: { code: 'contract.backwards' } })
    await world.call('contracts.edit', { id: lease?.id, version: lease?.version, noticeDays: 30 })
    expect((await world.take('contracts.csv', text, { kind: 'contracts' })).counts).toMatchObject({
      unchanged: 3,
    })
    expect(await world.call('contracts.get', { id: lease?.id })).toMatchObject({ noticeDays: 30 })
    await world.call('contracts.set-state', { id: lease?.id, state: 'archived' })
    expect((await world.call<{ rows: unknown[] }>('contracts.list')).rows).toHaveLength(2)
    await holds(world)
  })

  test('without a number keep none when changed, and are known again by their row', async () => {
    const world = await importWorld(db)
    const text = 'name,customer,from\nCare,Acme,2026-01-01\n'
    await world.take('contracts.csv', text, { kind: 'contracts' })
    const list = () =>
      world.call<{ rows: { id: string; number: string | null }[] }>('contracts.list')
    const [care] = (await list()).rows
    expect(care?.number).toBeNull()
    await world.call('contracts.edit', { id: care?.id, number: null, noticeDays: 30 })
    const again = await world.take('contracts.csv', text, { kind: 'contracts' })
    expect(again.counts).toMatchObject({ added: 0, unchanged: 1 })
    await world.call('contracts.edit', { id: care?.id, number: 'K-1' })
    expect((await list()).rows).toMatchObject([{ number: 'K-1' }])
    await expect(
      world.call('contracts.create', { name: 'Twin', number: 'K-1', from: '2026-01-01' }),
    ).rejects.toMatchObject({ detail: { code: 'contract.exists' } })
  })

  test('keep their currency where only the amount changes, and always have one with an amount', async () => {
    const world = await importWorld(db)
    const { id } = await world.call<Written>('contracts.create', {
      name: 'Care',
      from: '2026-01-01',
      amount: 500,
      currency: 'USD',
    })
    const edit = async (fields: object) => {
      await world.call('contracts.edit', { id, ...fields })
      return world.call('contracts.get', { id })
    }
    expect(await edit({ amount: 700 })).toMatchObject({ amount: 700, currency: 'USD' })
    expect(await edit({ currency: null })).toMatchObject({ amount: 700, currency: 'USD' })
    expect(await edit({ amount: null, currency: null })).toMatchObject({ currency: null })
    expect(await edit({ amount: 9 })).toMatchObject({ amount: 9, currency: 'EUR' })
  })

  test('entered at the same moment bring a new customer and product along once', async () => {
    const world = await importWorld(db)
    const contract = {
      name: 'Care',
      from: '2026-01-01',
      customer: { name: 'Acme' },
      product: { name: 'Pump' },
    }
    await Promise.all(Array.from({ length: 6 }, () => world.call('contracts.create', contract)))
    for (const list of ['customers.list', 'products.list'])
      expect((await world.call<{ rows: unknown[] }>(list)).rows).toHaveLength(1)
  })

  test('that end before they begin are set aside', async () => {
    const world = await importWorld(db)
    const { counts } = await world.take(
      'contracts.csv',
      'name,from,until\nBad,2026-02-01,2026-01-01\nGood,2026-01-01,2026-02-01\n',
      {
        kind: 'contracts',
      },
    )
    expect(counts).toMatchObject({ added: 1, rejected: 1 })
  })
})

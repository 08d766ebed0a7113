// Orders from files: heads and lines find each other, whole lines bring their orders along.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { create, holds, revenue, sales } from '../../../tests/orders-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

describe('imported', () => {
  test('heads and lines find each other, and what a line says itself counts before its head', async () => {
    const world = await importWorld(db)
    await world.take(
      'lines.csv',
      'order number,line number,product,quantity,price\nA-1,1,Pump,2,10\nA-1,2,Valve,1,5\nA-2,1,Pump,1,10\n',
      {
        kind: 'order-lines',
      },
    )
    expect(await sales(world)).toEqual([])
    await world.take(
      'heads.csv',
      'order number,order date,seller,customer\nA-1,2026-02-03,Ana,Acme\n',
      {
        kind: 'orders',
      },
    )
    expect((await sales(world)).map(({ order_no, amount }) => [order_no, amount])).toEqual([
      ['A-1', 500],
      ['A-1', 2_000],
    ])
    const list = await world.call<{ rows: { number: string; amount: number }[] }>('orders.list')
    expect(list.rows).toMatchObject([
      { number: 'A-1', amount: 2_500, lines: 2, seller: { name: 'Ana' } },
    ])
    const changed = await world.take(
      'lines.csv',
      'order number,line number,product,quantity,price\nA-1,1,Pump,3,10\nA-1,2,Valve,1,5\nA-2,1,Pump,1,10\n',
      { kind: 'order-lines' },
    )
    expect(changed.counts).toMatchObject({ updated: 1, unchanged: 2 })
    expect(await revenue(world)).toBe(3_500)
    await world.call('imports.undo', { id: changed.id })
    expect(await revenue(world)).toBe(2_500)
    await holds(world)
  })

  test('whole lines bring their orders along; negative ones are returns; a file again changes nothing', async () => {
    const world = await importWorld(db)
    const text =
      'order number,order date,seller,product,quantity,amount\nB-1,2026-02-03,Ana,Pump,2,20\nB-1,2026-02-03,Ana,Valve,1,5\nB-2,2026-02-04,Ben,Pump,-1,-10\n'
    await world.take('orders.csv', text, { kind: 'orders' })
    expect(await world.call('orders.list')).toMatchObject({
      rows: [
        { number: 'B-2', kind: 'return', amount: -1_000, seller: { name: 'Ben' } },
        { number: 'B-1', kind: 'sale', amount: 2_500, lines: 2 },
      ],
    })
    expect(await revenue(world)).toBe(1_500)
    const again = await world.take('orders.csv', text, { kind: 'orders' })
    expect(again).toMatchObject({ changeId: null, counts: { unchanged: 3 } })
    await holds(world)
  })

  test('a minus sign makes a return, whatever the row says of itself; a head alone as well', async () => {
    const world = await importWorld(db)
    await world.take(
      'orders.csv',
      'order number,order date,kind,quantity,unit price,amount\nA,2026-01-01,sale,-2,1.50,\nB,2026-01-01,sale,1,-11.25,\nC,2026-01-01,return,1,2,\nD,2026-01-01,,-1,3,3\nE,2026-01-01,,-1,-4,\nF,2026-01-01,sale,1,0,\n',
      { kind: 'orders' },
    )
    expect(
      (await sales(world)).map((row) => [row.order_no, row.kind, row.quantity, row.amount]),
    ).toEqual([
      ['A', 'return', -2, -300],
      ['B', 'return', -1, -1_125],
      ['C', 'return', -1, -200],
      ['D', 'return', -1, -300],
      ['E', 'sale', 1, 400],
      ['F', 'sale', 1, 0],
    ])
    const heads = await importWorld(db)
    const text = (sign: string) => `order number,order date,amount\nH,2026-01-01,${sign}5\n`
    await heads.take('heads.csv', text('-'), { kind: 'orders' })
    expect(await revenue(heads)).toBe(-500)
    await heads.take('heads.csv', text(''), { kind: 'orders' })
    expect(await revenue(heads)).toBe(500)
    await holds(heads)
  })

  test('an order of which a line comes back stays a sale, and is worth what is left', async () => {
    const world = await importWorld(db)
    const header = 'order number,line number,order date,quantity,amount\n'
    await world.take('a.csv', `${header}A,1,2026-01-01,-1,-3\n`, { kind: 'orders' })
    await world.take('b.csv', `${header}A,2,2026-01-01,1,10\n`, { kind: 'orders' })
    expect(await world.call('orders.list')).toMatchObject({
      rows: [{ number: 'A', kind: 'sale', amount: 700, lines: 2 }],
    })
    expect(await revenue(world)).toBe(700)
  })

  test('a changed seller and day of an imported order go on to its lines', async () => {
    const world = await importWorld(db)
    await world.take(
      'orders.csv',
      'order number,order date,seller,product,amount\nA,2026-01-01,Ana,Pump,3\nA,2026-01-01,Ana,Valve,4\n',
      { kind: 'orders' },
    )
    const { rows } = await world.call<{ rows: { id: string; version: number }[] }>('orders.list')
    const [{ id, version } = { id: '', version: 0 }] = rows
    await world.call('orders.edit', { id, version, on: '2026-02-01', seller: { name: 'Ben' } })
    const by = await world.call<{ rows: { seller: { name: string }; revenue: object }[] }>(
      'results.figures',
      { metric: ['revenue'], by: ['seller'], from: '2026-02-01', until: '2026-03-01' },
    )
    expect(by.rows).toMatchObject([
      { seller: { name: 'Ana' }, revenue: { value: 0 } },
      { seller: { name: 'Ben' }, revenue: { value: 700 } },
    ])
    expect((await sales(world)).map(({ on_day }) => on_day)).toEqual(['2026-02-01', '2026-02-01'])
    await holds(world)
  })

  test('the orders of an import are found by it, also when it brought lines alone', async () => {
    const world = await importWorld(db)
    const heads = await world.take(
      'heads.csv',
      'order number,order date\nA,2026-01-01\nB,2026-01-02\n',
      { kind: 'orders' },
    )
    const lines = await world.take('lines.csv', 'order number,product,price\nA,Pump,3\n', {
      kind: 'order-lines',
    })
    const of = async ({ id }: { id: string }) => {
      const list = await world.call<{ rows: { number: string }[] }>('orders.list', { batchId: id })
      return list.rows.map(({ number }) => number)
    }
    expect(await of(heads)).toEqual(['B', 'A'])
    expect(await of(lines)).toEqual(['A'])
    await expect(create(world, { number: 'A' })).rejects.toMatchObject({
      detail: { code: 'order.exists' },
    })
  })

  test.each([
    ['heads', 'order number,order date,deal,amount\nA,2026-01-02,D-1,20\n'],
    [
      'whole lines',
      'order number,order date,deal,product,amount\nA,2026-01-02,D-1,Pump,15\nA,2026-01-02,D-1,Valve,5\n',
    ],
  ])('%s find their deal, whichever comes first', async (_, orders) => {
    const deals = 'deal number,stage,closed on,amount\nD-1,Won,2026-01-01,20\n'
    for (const order of [
      ['deals', 'orders'],
      ['orders', 'deals'],
    ] as const) {
      const world = await importWorld(db)
      for (const kind of order)
        await world.take(`${kind}.csv`, kind === 'deals' ? deals : orders, { kind })
      const { rows } = await world.call<{ rows: { id: string; deal: object }[] }>('orders.list')
      expect(rows).toMatchObject([{ number: 'A', deal: { number: 'D-1' }, amount: 2_000 }])
      const linked = await db.database.read(world.who, (tx) =>
        tx.rows(sql`SELECT 1 FROM sale s JOIN deal d ON d.org_id = s.org_id AND d.id = s.deal_id
          WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.source = 'orders' AND d.external_id = 'D-1'`),
      )
      expect(linked.length).toBe(orders.trim().split('\n').length - 1)
      const again = await world.take('orders.csv', orders, { kind: 'orders' })
      expect(again).toMatchObject({ changeId: null })
      await holds(world)
    }
  })

  test('prices that come later fill cost and list price of sales and returns', async () => {
    const world = await importWorld(db)
    await world.take(
      'orders.csv',
      'order number,order date,product,quantity,amount\nA,2026-01-01,Pump,2,20\nB,2026-01-02,Pump,-1,-10\n',
      { kind: 'orders' },
    )
    await world.take('products.csv', 'name,list price,cost\nPump,12,4\n', { kind: 'products' })
    const rows = await db.database.read(world.who, (tx) =>
      tx.rows(sql`SELECT order_no, cost, list_amount FROM sale
        WHERE org_id = ${tx.orgId} AND change_out IS NULL ORDER BY order_no COLLATE "C"`),
    )
    expect(rows).toEqual([
      { order_no: 'A', cost: 800, list_amount: 2_400 },
      { order_no: 'B', cost: -400, list_amount: -1_200 },
    ])
    await holds(world)
  })
})

test('a line whose price and quantity make more than can be kept is set aside', async () => {
  const world = await importWorld(db)
  const { counts } = await world.take(
    'lines.csv',
    'order number,order date,product,quantity,price,currency\nA-1,2026-01-02,Pump,999999999,999999999999,EUR\nA-2,2026-01-02,Pump,2,1.25,EUR\nA-3,2026-01-02,Pump,2,1.25,XAU\n',
    { kind: 'orders' },
  )
  expect(counts).toMatchObject({ read: 3, added: 1, rejected: 2 })
  expect((await sales(world)).map(({ amount }) => amount)).toEqual([250])
})

// What comes back of an order: its parts add to the whole, it is never more than was sold, and it holds its order.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { create, get, holds, revenue, sales, type Written } from '../../../tests/orders-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

describe('a return', () => {
  const lines = (world: ImportWorld) =>
    db.database.read(world.who, (tx) =>
      tx.rows<{ order_no: string; amount: number; cost: number | null; seller: string | null }>(sql`
        SELECT s.order_no, s.amount, s.cost, v.name AS seller FROM sale s LEFT JOIN seller v ON v.org_id = s.org_id AND v.id = s.seller_id
        WHERE s.org_id = ${tx.orgId} AND s.change_out IS NULL AND s.kind = 'return' ORDER BY s.amount`),
    )
  const back = (
    world: ImportWorld,
    id: string,
    lines: { id: string | undefined; quantity: number }[],
    number?: string,
  ) =>
    world.call<Written>('orders.return', {
      id,
      on: '2026-05-06',
      lines,
      ...(number === undefined ? {} : { number }),
    })
  const refused = (what: Promise<unknown>, code: string) =>
    expect(what).rejects.toMatchObject({ detail: { code } })

  test('under a number of its own counts like any other', async () => {
    const world = await importWorld(db)
    const { id } = await create(world, { number: 'A-1', lines: [{ quantity: 2, amount: 101 }] })
    const [line] = (await get(world, id)).rows
    const first = await back(world, id, [{ id: line?.id, quantity: 1 }], 'CREDIT-7')
    expect(await get(world, first.id)).toMatchObject({ number: 'CREDIT-7', returnOf: 'A-1' })
    await refused(back(world, id, [{ id: line?.id, quantity: 2 }]), 'order.returns_too_much')
    await refused(
      back(world, first.id, [{ id: (await get(world, first.id)).rows[0]?.id, quantity: 1 }]),
      'order.is_return',
    )
    await holds(world)
  })

  test('of one of two lines of a product leaves the other; amount, cost and seller come back too', async () => {
    const world = await importWorld(db)
    await world.take(
      'orders.csv',
      'order number,line number,order date,seller,product,quantity,amount,cost\nA-1,1,2026-02-03,Ana,Pump,2,20,8\nA-1,2,2026-02-03,Ben,Pump,3,45,10\n',
      { kind: 'orders' },
    )
    const { rows: orders } = await world.call<{ rows: { id: string }[] }>('orders.list')
    const id = orders[0]?.id ?? ''
    const [ana, ben] = (await get(world, id)).rows
    await back(world, id, [{ id: ana?.id, quantity: 2 }])
    await back(world, id, [{ id: ben?.id, quantity: 2 }])
    expect(await lines(world)).toEqual([
      { order_no: 'A-1-R2', amount: -3_000, cost: -667, seller: 'Ben' },
      { order_no: 'A-1-R1', amount: -2_000, cost: -800, seller: 'Ana' },
    ])
    await refused(back(world, id, [{ id: ben?.id, quantity: 2 }]), 'order.returns_too_much')
    await holds(world)
  })

  test('in parts adds to the whole, also with quantities that are no whole numbers', async () => {
    const world = await importWorld(db)
    const take = async (sold: number, amount: number, parts: number[]) => {
      const product = { name: 'Pump' }
      const { id } = await create(world, { lines: [{ product, quantity: sold, amount, cost: 50 }] })
      const [line] = (await get(world, id)).rows
      for (const quantity of parts) await back(world, id, [{ id: line?.id, quantity }])
      return { id, line }
    }
    const thirds = await take(3, 100, [1, 1, 1])
    expect((await lines(world)).map(({ amount }) => amount)).toEqual([-34, -33, -33])
    await take(0.3, 7, [0.1, 0.2])
    expect(await revenue(world)).toBe(0)
    const once = { id: thirds.line?.id, quantity: 1 }
    await refused(back(world, thirds.id, [once]), 'order.returns_too_much')
    await refused(back(world, thirds.id, [once, once]), 'order.line_unknown')
    await refused(
      world.call('orders.return', { id: thirds.id, on: '2026-05-06' }),
      'order.returns_nothing',
    )
    await holds(world)
  })

  test('of an order known only as a whole is a part of its amount', async () => {
    const world = await importWorld(db)
    await world.take(
      'orders.csv',
      'order number,order date,customer,amount\nA-1,2026-02-03,Acme,10\n',
      {
        kind: 'orders',
      },
    )
    const { rows } = await world.call<{ rows: { id: string }[] }>('orders.list')
    const whole = (amount?: number) =>
      world.call<Written>('orders.return', { id: rows[0]?.id, on: '2026-05-06', amount })
    const first = await whole(400)
    expect(await get(world, first.id)).toMatchObject({
      number: 'A-1-R1',
      amount: -400,
      related: [{ id: rows[0]?.id, number: 'A-1' }],
    })
    expect(await revenue(world)).toBe(600)
    await refused(whole(601), 'order.returns_too_much')
    await refused(whole(), 'order.returns_nothing')
    await holds(world)
  })

  test('entered twice at the same moment counts once', async () => {
    const world = await importWorld(db)
    const { id } = await create(world, { lines: [{ quantity: 1, amount: 100 }] })
    const [line] = (await get(world, id)).rows
    const all = await Promise.allSettled(
      ['B-1', 'B-2', 'B-3', 'B-4'].map((number) =>
        back(world, id, [{ id: line?.id, quantity: 1 }], number),
      ),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await revenue(world)).toBe(0)
    await holds(world)
  })

  test('holds its order: that is neither removed nor made smaller nor undone before', async () => {
    const world = await importWorld(db)
    const made = await create(world, {
      lines: [{ product: { name: 'Pump' }, quantity: 2, amount: 100 }],
    })
    const { id } = made
    const [line] = (await get(world, id)).rows
    const came = await back(world, id, [{ id: line?.id, quantity: 2 }])
    await expect(world.call('orders.remove', { id })).rejects.toMatchObject({
      detail: { code: 'order.has_returns', message: expect.stringContaining('2026-0001-R1') },
    })
    const smaller = [{ id: line?.id, product: { name: 'Pump' }, quantity: 1, amount: 50 }]
    await refused(world.call('orders.edit', { id, lines: smaller }), 'order.returns_too_much')
    const [returned] = (await get(world, came.id)).rows
    const larger = [{ id: returned?.id, product: { name: 'Pump' }, quantity: 3, amount: 150 }]
    await refused(
      world.call('orders.edit', { id: came.id, lines: larger }),
      'order.returns_too_much',
    )
    // What stays keeps its sales.
    const undone = await world.call<{ kept: { entity: string; reason: string }[] }>(
      'changes.undo',
      { id: made.changeId },
    )
    expect(undone.kept).toContainEqual({ entity: 'order_head', id, reason: 'referred_to' })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([100, -100])
    // Without its order it does not come back either.
    const gone = await world.call<Written>('orders.remove', { id: came.id })
    const removed = await world.call<Written>('orders.remove', { id })
    const still = await world.call<{ kept: unknown[] }>('changes.undo', { id: gone.changeId })
    expect(still.kept).toMatchObject([{ id: came.id, reason: 'refers_to_removed' }])
    expect(await sales(world)).toEqual([])
    await world.call('changes.undo', { id: removed.changeId })
    expect((await sales(world)).map(({ amount }) => amount)).toEqual([100])
    await holds(world)
  })

  test('may be entered without an order it belongs to', async () => {
    const world = await importWorld(db)
    await create(world, { kind: 'return', lines: [{ amount: 12 }] })
    expect(await revenue(world)).toBe(-12)
  })
})

import { afterAll, beforeAll, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())
test('perf', { timeout: 600_000 }, async () => {
  const world = await importWorld(db, { currency: 'USD' })
  const n = 300_000
  const rows = ['order number,order date,seller,customer,product,quantity,unit price,discount']
  for (let i = 0; i < n; i++) {
    const o = Math.floor(i / 3)
    const d = new Date(Date.UTC(2020, 0, 1) + (o % 1500) * 86400000).toISOString().slice(0, 10)
    rows.push(
      `${o % 10 === 0 ? '' : 'O' + o},${d},Seller ${o % 40},Cust ${o % 5000},Prod ${i % 300},${1 + (i % 7)},${((i % 1000) / 7).toFixed(4)},${(i % 4) / 20}`,
    )
  }
  const time = async (name: string, f: () => Promise<unknown>) => {
    const t = performance.now()
    const r = await f()
    console.log(name, Math.round(performance.now() - t), 'ms')
    return r
  }
  const b = (await time('upload', () =>
    world.upload('o.csv', rows.join('\n'), { kind: 'orders' }),
  )) as { id: string }
  await time('apply', () => world.apply(b.id))
  await time('analyze', () => db.owner.query('ANALYZE'))
  const w = (await time('create', () =>
    world.call('orders.create', { on: '2026-03-04', lines: [{ quantity: 1, amount: 50 }] }),
  )) as { id: string }
  await time('create2', () =>
    world.call('orders.create', { on: '2026-03-04', lines: [{ quantity: 1, amount: 50 }] }),
  )
  await time('get', () => world.call('orders.get', { id: w.id }))
  await time('edit', () => world.call('orders.edit', { id: w.id, on: '2026-03-05' }))
  const p = (await time('list', () => world.call('orders.list', { limit: 50 }))) as { next: string }
  await time('list2', () => world.call('orders.list', { limit: 50, cursor: p.next }))
  const cs = await world.call<{ rows: { id: string }[] }>('customers.list', {})
  await time('list customer', () =>
    world.call('orders.list', { limit: 50, customerId: cs.rows[0]?.id }),
  )
  const pr = await world.call<{ rows: { id: string }[] }>('products.list', {})
  await time('list product', () =>
    world.call('orders.list', { limit: 50, productId: pr.rows[0]?.id }),
  )
  await time('list batch', () => world.call('orders.list', { limit: 50, batchId: b.id }))
  await time('again', async () => {
    const c = await world.take('o.csv', rows.join('\n'), { kind: 'orders' })
    console.log(JSON.stringify(c.counts))
  })
})

// Prices with dates: half-open, no two for the same day and currency, and taken by the sales of their days.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

async function withProduct(): Promise<{ world: ImportWorld; productId: string }> {
  const world = await importWorld(db)
  const { id } = await world.call<{ id: string }>('products.create', {
    name: 'Pump',
    currency: 'EUR',
    listPrice: 1_000,
    cost: 400,
  })
  return { world, productId: id }
}

test('prices follow each other day by day, and refuse what overlaps by naming it', async () => {
  const { world, productId } = await withProduct()
  const add = (input: object) =>
    world.call<{ id: string }>('prices.create', { productId, currency: 'EUR', ...input })
  const refusal = (input: object) =>
    add(input).then(
      () => 'done',
      (thrown: { code: string }) => thrown.code,
    )
  const first = await add({ listPrice: 1_100, from: '2025-01-01', until: '2025-07-01' })
  await add({ listPrice: 1_200, cost: 500, from: '2025-07-01' })
  await add({ listPrice: 900, currency: 'USD', from: '2025-02-01', until: '2025-03-01' })
  await expect(
    add({ listPrice: 1, from: '2024-12-31', until: '2025-01-02' }),
  ).rejects.toMatchObject({
    code: 'price.overlaps',
    detail: {
      message: 'Another EUR price holds from 2025-01-01 until 2025-07-01.',
      particulars: { other: { id: first.id } },
    },
  })
  expect(await refusal({ listPrice: 1, from: '2031-01-01', until: '2031-01-02' })).toBe(
    'price.overlaps',
  )
  expect(await refusal({ listPrice: 1, from: '2024-12-31', until: '2025-01-01' })).toBe('done')
  expect(await refusal({ listPrice: 1, from: '2020-01-01', until: '2020-01-01' })).toBe(
    'price.backwards',
  )
  expect(await refusal({ from: '2020-01-01', until: '2020-02-01' })).toBe('price.empty')
  expect(
    await world
      .call('prices.edit', { id: first.id, until: '2025-07-02' })
      .catch((thrown: { code: string }) => thrown.code),
  ).toBe('price.overlaps')
  await world.call('prices.edit', { id: first.id, version: 1, until: '2025-06-01', cost: 450 })
  expect(await world.call('prices.list', { productId })).toMatchObject({
    rows: [
      { from: '2025-07-01', until: null, listPrice: 1_200, cost: 500 },
      { from: '2025-02-01', currency: 'USD' },
      { from: '2025-01-01', until: '2025-06-01', cost: 450 },
      { from: '2024-12-31' },
    ],
  })
  await world.call('prices.remove', { id: first.id })
  expect(await refusal({ listPrice: 2, from: '2025-01-01', until: '2025-07-01' })).toBe('done')
})

test('a sale takes the price of its day, and the product’s own on days without one', async () => {
  const { world, productId } = await withProduct()
  await world.call('prices.create', {
    productId,
    currency: 'EUR',
    cost: 600,
    from: '2025-02-01',
    until: '2025-03-01',
  })
  const { rows: stages } = await world.call<{ rows: { id: string; outcome: string }[] }>(
    'stages.list',
  )
  const stageId = stages.find((stage) => stage.outcome === 'won')?.id
  for (const closedOn of ['2025-01-31', '2025-02-01', '2025-02-28', '2025-03-01'])
    await world.call('deals.create', {
      product: { id: productId },
      stageId,
      closedOn,
      amount: 1_000,
      quantity: 1,
    })
  const { rows } = await world.call<{ rows: { on: string; cost: number }[] }>('results.rows', {
    metric: 'revenue',
    period: '2025',
  })
  expect(rows.map((row) => [row.on, row.cost]).sort()).toEqual([
    ['2025-01-31', 400],
    ['2025-02-01', 600],
    ['2025-02-28', 600],
    ['2025-03-01', 400],
  ])
})

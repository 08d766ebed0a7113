// Each check finds what it should and nothing more, over a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import type { CheckId, qualityContract } from './contract.ts'

type Listed = OutputOf<(typeof qualityContract)['quality.list']>['checks'][number]
type Row = OutputOf<(typeof qualityContract)['quality.rows']>['rows'][number]

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

async function result(world: ImportWorld, check: CheckId): Promise<Listed> {
  const { checks } = await world.call<{ checks: Listed[] }>('quality.list', { only: [check] })
  const [one] = checks
  if (!one) throw new Error(`no check ${check}`)
  return one
}

async function rows(
  world: ImportWorld,
  check: CheckId,
  more: Partial<InputOf<(typeof qualityContract)['quality.rows']>> = {},
): Promise<Row[]> {
  const found: Row[] = []
  let cursor: string | undefined
  do {
    const page = await world.call<{ rows: Row[]; next?: string }>('quality.rows', {
      check,
      limit: 2,
      ...more,
      ...(cursor ? { cursor } : {}),
    })
    found.push(...page.rows)
    cursor = page.next
  } while (cursor)
  expect(new Set(found.map((row) => row.id)).size, check).toBe(found.length)
  return found
}

/** Counted, exemplified and listed alike. */
async function expectFound(world: ImportWorld, check: CheckId, names: string[], of: number) {
  const listed = await result(world, check)
  const found = await rows(world, check)
  expect(found.map((row) => row.name).sort(), check).toEqual(names.toSorted())
  expect(listed, check).toMatchObject({ count: names.length, of })
  expect(listed.share).toBe(of > 0 ? names.length / of : null)
  if (names.length > 0) expect(names, check).toContain(listed.example?.name)
  return found
}

const customers = `number,name,country,region,industry,employees
K-1,Alder,Spain,North,Tools,12
K-2,Birch,Spain,,Tools,40
K-3,Cedar,Spain,North,Tols,12
K-4,Dogwood,,,Tools,9
`
const deals = `number,seller,customer,product,stage,opened on,closed on,amount,currency,quantity
D-1,Ana Weber,Alder,Pump,Won,2026-01-05,2026-02-01,100,EUR,2
D-2,,Birch,Pump,Won,2026-01-05,2026-02-02,200,EUR,1
D-3,Ana Weber,,Pump,Lost,2026-01-05,2026-02-03,50,EUR,1
D-4,Ana Weber,Cedar,Pump,Won,2026-01-05,2026-02-04,0,EUR,1
D-5,Ana Weber,Cedar,Pump,Won,1949-12-31,2026-02-05,70,CHF,1
D-6,Ana Weber,Cedar,Pump,Won,2026-01-05,2199-02-05,70,EUR,1
`

async function filled(): Promise<ImportWorld> {
  const world = await importWorld(db)
  await world.take('customers.csv', customers, { kind: 'customers' })
  await world.take('deals.csv', deals, { kind: 'deals' })
  return world
}

test('an empty organisation has nothing to find, and none finds what another holds', async () => {
  await filled()
  const empty = await importWorld(db)
  const { checks } = await empty.call<{ checks: Listed[] }>('quality.list')
  expect(checks.length).toBeGreaterThan(15)
  for (const { id, count, of, share, example } of checks)
    expect({ id, count, of, share, example }).toEqual({ id, count: 0, of: 0, share: null })
  for (const { id } of checks) expect(await rows(empty, id), id).toEqual([])
})

describe('deals', () => {
  test('without seller, customer or amount, on impossible days, and in money without a rate', async () => {
    const world = await filled()
    await expectFound(world, 'deals-without-owner', ['D-2 · Birch · Pump'], 6)
    await expectFound(world, 'deals-without-customer', ['D-3 · Pump'], 6)
    await expectFound(world, 'won-without-value', ['D-4 · Cedar · Pump'], 5)
    await expectFound(world, 'impossible-dates', ['D-5 · Cedar · Pump', 'D-6 · Cedar · Pump'], 6)
    const [francs] = await rows(world, 'missing-rates')
    expect(francs).toMatchObject({ name: 'CHF', count: 1, day: '2026-02-05', amount: 7_000 })
    expect(await result(world, 'missing-rates')).toMatchObject({ count: 1, of: 5 })
    // What is mended is found no more, at once.
    await world.call('rates.set', { currency: 'CHF', day: '2026-02-05', rate: 1.1 })
    await expectFound(world, 'missing-rates', [], 5)
  })

  test('sold before the first contact', async () => {
    const world = await filled()
    const customer = async (name: string) => {
      const { rows: found } = await world.call<{ rows: { id: string }[] }>('customers.list', {
        search: name,
      })
      return { id: found[0]?.id }
    }
    const meet = async (name: string, doneOn: string) =>
      world.call('activities.create', {
        kind: 'call',
        subject: 'Hello',
        customer: await customer(name),
        doneOn,
      })
    await meet('Alder', '2026-01-31')
    await meet('Birch', '2026-02-03')
    const [found] = await expectFound(world, 'sale-before-contact', ['Birch'], 2)
    expect(found).toMatchObject({ day: '2026-02-02', until: '2026-02-03' })
  })
})

describe('customers and products', () => {
  test('gaps only where others have an entry, by field', async () => {
    const world = await filled()
    // Nobody has a source: that is no gap of anyone.
    const found = await expectFound(world, 'missing-demographics', ['Birch', 'Dogwood'], 4)
    expect(found.map(({ name, fields }) => [name, fields])).toEqual([
      ['Birch', ['region']],
      ['Dogwood', ['country', 'region']],
    ])
    expect((await result(world, 'missing-demographics')).parts).toEqual([
      { field: 'region', count: 2 },
      { field: 'country', count: 1 },
    ])
    const ofCountry = await rows(world, 'missing-demographics', { field: 'country' })
    expect(ofCountry.map((row) => row.name)).toEqual(['Dogwood'])
    // The filter of customers chooses just these.
    const { rows: without } = await world.call<{ rows: { name: string }[] }>('customers.list', {
      missing: 'region',
    })
    expect(without.map((row) => row.name)).toEqual(['Birch', 'Dogwood'])
  })

  test('who never bought, and products without cost', async () => {
    const world = await filled()
    await expectFound(world, 'never-bought', ['Dogwood'], 4)
    const [pump] = await expectFound(world, 'products-without-cost', ['Pump'], 1)
    expect(pump?.count).toBe(5)
    const { rows: products } = await world.call<{ rows: { id: string }[] }>('products.list')
    await world.call('prices.create', {
      productId: products[0]?.id,
      currency: 'EUR',
      listPrice: 100,
      cost: 60,
      from: '2026-01-01',
      until: '2027-01-01',
    })
    await expectFound(world, 'products-without-cost', [], 1)
  })

  test('values that no list knows, of fields that have one', async () => {
    const world = await filled()
    await expectFound(world, 'unlisted-demographics', [], 0)
    await world.call('demographics.add', { field: 'industry', values: ['Tools'] })
    const [value] = await expectFound(world, 'unlisted-demographics', ['Tols'], 2)
    expect(value).toMatchObject({ entity: 'value', count: 1, fields: ['industry'] })
  })
})

describe('orders', () => {
  const heads = 'order number,order date,customer,seller\nA-1,2026-02-10,Alder,Ana Weber\n'
  const lines =
    'order number,line,product,quantity,price,currency\nA-1,1,Pump,1,80,EUR\nA-2,1,Pump,1,90,EUR\n'

  test('lines whose order is still to come, and months that stand in both', async () => {
    const world = await filled()
    await world.take('heads.csv', heads, { kind: 'orders' })
    await world.take('lines.csv', lines, { kind: 'order-lines' })
    await expectFound(world, 'lines-without-head', ['A-2'], 2)
    const [month] = await expectFound(world, 'overlap', ['2026-02'], 2)
    expect(month).toMatchObject({ day: '2026-02-01', amount: 30_000, otherAmount: 8_000 })
  })
})

test('an import with day and month swapped, until it is taken back', async () => {
  const world = await importWorld(db)
  const pad = (n: number) => String(n).padStart(2, '0')
  const file = (swapped: boolean, prefix: string) => {
    const found = ['number,seller,customer,product,stage,closed on,amount,currency']
    for (let i = 0; i < 320; i++) {
      const at = new Date(Date.UTC(2026, 2, 1 + (i % 80)))
      const [month, day] = [pad(at.getUTCMonth() + 1), pad(at.getUTCDate())]
      const written = swapped && Number(day) <= 12 ? `2026-${day}-${month}` : `2026-${month}-${day}`
      found.push(`${prefix}-${i},Ana Weber,Alder,Pump,Lost,${written},10,EUR`)
    }
    return `${found.join('\n')}\n`
  }
  await world.take('honest.csv', file(false, 'H'), { kind: 'deals' })
  await expectFound(world, 'swapped-dates', [], 1)
  const batch = await world.take('swapped.csv', file(true, 'S'), { kind: 'deals' })
  const [found] = await expectFound(world, 'swapped-dates', ['swapped.csv'], 2)
  expect(found).toMatchObject({ id: batch.id, entity: 'import', fields: ['closed_on'], of: 320 })
  await world.call('imports.undo', { id: batch.id })
  await expectFound(world, 'swapped-dates', [], 1)
})

test('near-duplicates of each kind of record', async () => {
  const world = await importWorld(db)
  await world.take('c.csv', 'name\nNordlicht GmbH\nNordlicht\nSüdwind\n', { kind: 'customers' })
  await world.take('p.csv', 'name\nCrane 20\nCrane-20\nLift\n', { kind: 'products' })
  await world.take('s.csv', 'name\nAna Petersen\nAna Peterssen\nJo Falk\n', { kind: 'sellers' })
  await world.take(
    'k.csv',
    'name,customer\nLea Johansen,Nordlicht\nLea Johannsen,Nordlicht\nLea Johansen,Südwind\n',
    { kind: 'contacts' },
  )
  const pairs = async (check: CheckId) =>
    (await rows(world, check)).map(({ name, other }) => [name, other?.name].sort())
  expect(await pairs('duplicate-customers')).toEqual([['Nordlicht', 'Nordlicht GmbH']])
  expect(await pairs('duplicate-products')).toEqual([['Crane 20', 'Crane-20']])
  expect(await pairs('duplicate-sellers')).toEqual([['Ana Petersen', 'Ana Peterssen']])
  expect(await pairs('duplicate-contacts')).toEqual([['Lea Johannsen', 'Lea Johansen']])
  expect(await result(world, 'duplicate-contacts')).toMatchObject({ count: 1, of: 3 })
})

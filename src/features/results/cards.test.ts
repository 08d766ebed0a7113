// Cards of products and segments: their numbers are those of results.figures for the same cells.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Figure } from '../../basics/figure.ts'
import type { cardsContract } from './contract-cards.ts'

type ProductCard = OutputOf<(typeof cardsContract)['results.product-card']>
type SegmentCard = OutputOf<(typeof cardsContract)['results.segment-card']>
type Rows = { rows: Record<string, Figure & { id?: string; name?: string }>[] }

let db: TestDatabase
let world: ImportWorld
const ids: Record<string, string> = {}
beforeAll(async () => {
  db = await freshDatabase()
  world = await importWorld(db)
  const customers = ['Customer,Industry,Country']
  const deals = ['Deal ID,Customer,Product,Stage,Opened on,Closed on,Amount,Currency,Lost reason']
  let number = 0
  const deal = (who: string, product: string, stage: string, reason = '') => {
    number += 1
    const day = `2025-0${1 + (number % 9)}-1${number % 10}`
    deals.push(
      `D${number},${who},${product},${stage},2025-01-01,${day},${90 + (number % 7)},EUR,${reason}`,
    )
  }
  for (let i = 0; i < 40; i++) {
    const medical = i < 20
    const who = `C${i}`
    customers.push(`${who},${medical ? 'medical' : 'retail'},${i % 8 === 0 ? 'Malta' : 'Italy'}`)
    deal(who, 'Pump', 'Won')
    // Valves are for retail alone; half of all take hoses with their pump.
    if (!medical) deal(who, 'Valve', 'Won')
    if (i % 2 === 0) deal(who, 'Hose', 'Won')
    if (medical) deal(who, 'Pump', 'Lost', i < 12 ? 'price' : '')
  }
  deal('Lonely', 'Filter', 'Won')
  await world.take('products.csv', 'Product,List price,Cost,Currency\nPump,100.00,40.00,EUR\n')
  await world.take('customers.csv', customers.join('\n'))
  await world.take('deals.csv', deals.join('\n'))
  const { rows } = await world.call<{ rows: { id: string; name: string }[] }>('products.list')
  for (const { id, name } of rows) ids[name] = id
}, 60_000)
afterAll(() => db.close())

const productCard = (name: string, input: object = {}) =>
  world.call<ProductCard>('results.product-card', { id: ids[name], ...input })
const segmentCard = (where: object, input: object = {}) =>
  world.call<SegmentCard>('results.segment-card', { where, ...input })
const figures = (input: object) => world.call<Rows>('results.figures', input)

describe('of a product', () => {
  test('says what results say of the same cells', async () => {
    for (const name of ['Pump', 'Valve', 'Hose', 'Filter']) {
      const card = await productCard(name)
      const about = { from: card.period.from, until: card.period.until, where: { product: [name] } }
      const whole = await figures({
        metric: [
          'revenue',
          'units',
          'margin',
          'win-rate',
          'average-deal',
          'deals-won',
          'deals-lost',
        ],
        ...about,
      })
      expect(whole.rows).toEqual([
        {
          revenue: card.figures.revenue,
          units: card.figures.units,
          margin: card.figures.margin,
          'win-rate': card.figures.winRate,
          'average-deal': card.figures.averageDeal,
          'deals-won': card.figures.won,
          'deals-lost': card.figures.lost,
        },
      ])
      for (const { dimension, groups } of card.buyers) {
        const { rows } = await figures({ metric: ['revenue'], by: [dimension], ...about })
        expect(new Set(groups.map(({ cell, revenue }) => ({ cell, revenue })))).toEqual(
          new Set(rows.map((row) => ({ cell: row[dimension], revenue: row.revenue }))),
        )
      }
    }
  })

  test('who buys it, with what, at what margin and discount, and why it is lost', async () => {
    const card = await productCard('Pump', { lang: 'en' })
    expect(card.buyers.find(({ dimension }) => dimension === 'industry')?.groups).toMatchObject([
      { cell: 'medical', buyers: 20, customers: 20, share: { value: 1, n: 20 }, small: false },
      { cell: 'retail', buyers: 20, customers: 20, small: false },
    ])
    expect(card.figures.buyers).toMatchObject({ value: 40 })
    expect(card.figures.marginRate.value).toBeCloseTo(
      1 - (40 * 4_000) / (card.figures.revenue.value ?? 0),
      12,
    )
    expect(card.figures.discount.value).toBeCloseTo(
      1 - (card.figures.revenue.value ?? 0) / (40 * 10_000),
      12,
    )
    expect(card.with.rows.map((row) => [row.product.name, row.buyers])).toEqual([
      ['Hose', 20],
      ['Valve', 20],
    ])
    expect(card.lost).toMatchObject([
      { reason: { name: 'price' }, count: 12, share: { value: 0.6, n: 20 } },
      { reason: null, count: 8 },
    ])
  })

  test('small groups are marked, and too small baskets say so', async () => {
    const valve = await productCard('Valve')
    const countries = valve.buyers.find(({ dimension }) => dimension === 'country')?.groups
    expect(countries?.map(({ cell, buyers, small }) => [cell, buyers, small])).toEqual([
      ['Italy', 18, false],
      ['Malta', 2, false],
    ])
    const filter = await productCard('Filter', { lang: 'en' })
    expect(filter.buyers).toEqual([])
    expect(filter.with).toEqual({
      rows: [],
      note: 'Not enough yet: 5 buying customers on each side are needed, so far there is 1.',
    })
    expect(filter.figures.discount.missing?.text).toBe(
      'No sale in this period has a known list price. Give products a price to measure it.',
    )
    expect(filter.lost).toEqual([])
  })
})

describe('of a segment', () => {
  test('says what results say of the same cells', async () => {
    for (const where of [{ industry: ['medical'] }, { industry: ['retail'], country: ['Malta'] }]) {
      const card = await segmentCard(where)
      const about = { from: card.period.from, until: card.period.until, where }
      const { rows } = await figures({
        metric: [
          'revenue',
          'win-rate',
          'average-deal',
          'repurchase-rate',
          'deals-won',
          'deals-lost',
        ],
        ...about,
      })
      expect(rows).toEqual([
        {
          revenue: card.figures.revenue,
          'win-rate': card.figures.winRate,
          'average-deal': card.figures.averageDeal,
          'repurchase-rate': card.figures.repurchaseRate,
          'deals-won': card.figures.won,
          'deals-lost': card.figures.lost,
        },
      ])
      const products = await figures({ metric: ['revenue'], by: ['product'], ...about })
      const byName = new Map(products.rows.map((row) => [row.product?.name, row.revenue]))
      for (const row of card.buys) expect(row.revenue).toEqual(byName.get(row.product.name))
    }
  })

  test('what it buys, how often, won or lost, and what it does not buy yet', async () => {
    const card = await segmentCard({ industry: ['medical'] })
    expect(card.segment).toEqual([{ dimension: 'industry', cells: ['medical'] }])
    expect(card.figures.buyers).toMatchObject({ value: 20 })
    expect(card.figures.purchases).toMatchObject({ value: 1.5, n: 20 })
    expect(card.buys.map((row) => [row.product.name, row.buyers, row.small])).toEqual([
      ['Pump', 20, false],
      ['Hose', 10, false],
    ])
    expect(card.notYet.rows.map((row) => row.product.name)).toEqual(['Valve'])
    expect(card.notYet.rows[0]).toMatchObject({ buyers: 0, others: { value: 20 / 21, n: 21 } })
    expect(card.others).toMatchObject({ winRate: { value: 1, n: 51 }, differs: true })
  })

  test('small segments are not compared, unknown ones and three demographics are refused', async () => {
    const small = await segmentCard({ country: ['Malta'] }, { lang: 'de' })
    expect(small.notYet.note).toMatch(/^Noch nicht genug: nötig sind 10/)
    expect(await segmentCard({ industry: ['-'] })).toMatchObject({
      buys: [{ product: { name: 'Filter' }, buyers: 1, small: true }],
    })
    const refusal = (where: object) =>
      segmentCard(where).then(
        () => 'done',
        (thrown: { code: string }) => thrown.code,
      )
    expect(await refusal({ industry: ['space'] })).toBe('results.unknown_cell')
    expect(await refusal({})).toBe('request.invalid')
    expect(await refusal({ industry: ['-'], country: ['-'], size: ['-'] })).toBe('request.invalid')
  })

  test('a period narrows the whole card', async () => {
    const card = await segmentCard({ industry: ['medical'] }, { period: '2025-Q1' })
    expect(card.period).toMatchObject({ id: '2025-Q1', byDefault: false })
    expect(card.figures.buyers.value).toBeLessThan(20)
  })
})

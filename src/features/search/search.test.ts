// The search against the database: words, accents, slips, numbers, other names, reach, and hostile text.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type TestProgram, testProgram } from '../../../tests/program.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { wordsOf } from './calc/words.ts'
import type { SearchKind, searchContract } from './contract.ts'

type Found = OutputOf<(typeof searchContract)['search.find']>

let db: TestDatabase
let program: TestProgram
let ours: Principal
let theirs: Principal
const made: Record<string, string> = {}

async function make(operation: string, input: Record<string, unknown>, who = ours) {
  const { id } = await program.call<{ id: string }>(who, operation, input)
  made[String(input.name ?? input.number ?? input.externalId)] = id
  return id
}

const find = (text: string, more: { kinds?: SearchKind[]; limit?: number } = {}, who = ours) =>
  program.call<Found>(who, 'search.find', { text, ...more })

/** What was found, as `kind name` in the order shown. */
async function found(
  text: string,
  more: { kinds?: SearchKind[]; limit?: number } = {},
  who = ours,
) {
  const { groups } = await find(text, more, who)
  return groups.flatMap(({ rows }) => rows.map(({ kind, name }) => `${kind} ${name}`))
}

beforeAll(async () => {
  db = await freshDatabase()
  program = await testProgram(db)
  ours = await program.organisation('ours')
  theirs = await program.organisation('theirs')
  for (const name of [
    'Müller Werkzeugbau GmbH',
    'Mueller Logistik',
    'Muller Freight',
    'Stadtwerke Kiel',
    'Kiel Yards',
    'Straßenbau Groß',
    "O'Brien Ltd",
    '50% Off_Store\\Co',
    'شركة النور',
    'Søren Ærø',
    'Nordlicht Maschinenbau',
  ])
    await make('customers.create', { name, city: 'Kiel', country: 'Germany' })
  await make('customers.create', { name: 'Numbered', externalId: 'K-2001' })
  await make('customers.create', { name: 'Müller Elsewhere' }, theirs)
  await make('contacts.create', {
    name: 'Jana Müller',
    jobTitle: 'Buyer',
    customer: { id: made['Kiel Yards'] },
  })
  await make('products.create', { name: 'Kielwasser Pumpe', family: 'Pumps' })
  const team = await make('teams.create', { name: 'Kiel Nord', kind: 'team' })
  await make('sellers.create', { name: 'Kim Kielmann', teamId: team })
  await make('sellers.create', { name: 'Nobody Else' })
  await make('contracts.create', {
    name: 'Service Kiel 2026',
    from: '2026-01-01',
    customer: { id: made['Kiel Yards'] },
  })
  const { rows: stages } = await program.call<{ rows: { id: string; outcome: string }[] }>(
    ours,
    'stages.list',
  )
  const open = stages.find((stage) => stage.outcome === 'open')?.id
  for (const [externalId, seller] of [
    ['D-7001', 'Kim Kielmann'],
    ['D-7002', 'Nobody Else'],
  ] as const) {
    await make('deals.create', {
      externalId,
      stageId: open,
      seller: { id: made[seller] },
      customer: { id: made['Kiel Yards'] },
      openedOn: '2026-01-05',
      amount: 120_000,
    })
  }
  for (const [number, seller] of [
    ['D-7003', 'Kim Kielmann'],
    ['D-7004', 'Nobody Else'],
  ] as const) {
    await make('orders.create', {
      number,
      on: '2026-02-12',
      seller: { id: made[seller] },
      customer: { id: made['Kiel Yards'] },
      lines: [{ quantity: 2, price: '1.50' }],
    })
  }
}, 60_000)
afterAll(() => db.close())

describe('names', () => {
  test('the beginning of a name comes before the beginning of a word in it', async () => {
    expect(await found('kiel', { kinds: ['customer'] })).toEqual([
      'customer Kiel Yards',
      'customer Stadtwerke Kiel',
    ])
  })
  test('every kind is found, with what tells it apart', async () => {
    const { groups } = await find('kiel')
    expect(groups.map((group) => group.kind)).toEqual([
      'customer',
      'contract',
      'product',
      'seller',
      'team',
    ])
    const rows = Object.fromEntries(groups.map(({ kind, rows: [row] }) => [kind, row]))
    expect(rows.customer).toMatchObject({ city: 'Kiel', country: 'Germany', rank: 1 })
    expect(rows.contract?.customer?.name).toBe('Kiel Yards')
    expect(rows.product?.family).toBe('Pumps')
    expect(rows.seller?.team?.name).toBe('Kiel Nord')
    const [contact] = (await find('jana')).groups
    expect(contact?.rows[0]).toMatchObject({ jobTitle: 'Buyer', customer: { name: 'Kiel Yards' } })
  })
  test('every word typed begins a word, in any order', async () => {
    expect(await found('yards ki')).toEqual(['customer Kiel Yards'])
    expect((await find('ards')).groups[0]?.rows[0]?.rank).toBe(3)
    expect(await found('rds')).toEqual([])
  })
  test.each(['Müller', 'mueller', 'MULLER', 'mülle', 'muelle'])(
    '%s finds all three spellings',
    async (text) => {
      expect(await found(text, { kinds: ['customer'] })).toEqual([
        'customer Mueller Logistik',
        'customer Muller Freight',
        'customer Müller Werkzeugbau GmbH',
      ])
    },
  )
  test.each([
    ['strassenbau gross', 'Straßenbau Groß'],
    ['soeren', 'Søren Ærø'],
    ['sören', 'Søren Ærø'],
    ["o'br", "O'Brien Ltd"],
    ['obrien', "O'Brien Ltd"],
    ['شركة', 'شركة النور'],
    ['nordlciht', 'Nordlicht Maschinenbau'],
    ['Nordlicht Machinenbau', 'Nordlicht Maschinenbau'],
    ['werkzeugbua', 'Müller Werkzeugbau GmbH'],
  ])('%s finds %s', async (text, name) => {
    expect((await found(text, { kinds: ['customer'] }))[0]).toBe(`customer ${name}`)
  })
  test('what is merely alike stays away where something fits', async () => {
    expect(await found('nordlicht')).toEqual(['customer Nordlicht Maschinenbau'])
    const { groups } = await find('nordlciht')
    expect(groups[0]?.rows[0]?.rank).toBe(3)
  })
  test('the exact name goes first, and a full group says that there is more', async () => {
    await make('customers.create', { name: 'Kiel' })
    const { groups } = await find('Kiel', { limit: 1 })
    expect(groups[0]).toMatchObject({ kind: 'customer', more: true })
    expect(groups[0]?.rows.map(({ name, rank }) => [name, rank])).toEqual([['Kiel', 0]])
  })
})

test('the words of stored names are those of calc/words', async () => {
  const names = [
    'Müller',
    'GROẞ',
    'Ærøskøbing',
    'Łódź Œuvre',
    'Þór ı',
    'Ελλάδα',
    'Дом-Сервис',
    'a\'b"c%d_e\\f',
    'x\u0007y\u202ez\u3000w',
    'Bauer Queue Samuel',
    'e\u0301te\u0301',
    '株式会社「山」',
  ]
  const { rows } = await db.owner.query<{ name: string; words: string }>(
    'SELECT name, kontor_words(name) AS words FROM unnest($1::text[]) AS name',
    [names],
  )
  expect(rows.map((row) => [row.name, row.words])).toEqual(
    names.map((name) => [name, ` ${wordsOf(name)}`]),
  )
})

describe('numbers', () => {
  test.each(['D-7', 'd-7'])('%s finds deals and orders', async (text) => {
    expect(await found(text)).toEqual([
      'deal D-7001',
      'deal D-7002',
      'order D-7003',
      'order D-7004',
    ])
  })
  test('a whole number goes first, with customer, day and amount', async () => {
    const [order] = (await find('D-7003')).groups
    expect(order?.rows[0]).toMatchObject({
      kind: 'order',
      rank: 0,
      day: '2026-02-12',
      amount: 300,
      currency: 'EUR',
      customer: { name: 'Kiel Yards' },
    })
    expect((await find('d-7001')).groups[0]?.rows[0]).toMatchObject({
      kind: 'deal',
      amount: 120_000,
      stage: { name: 'Qualified' },
    })
  })
  test('a customer is found by number and says so', async () => {
    const [customer] = (await find('K-2001')).groups
    expect(customer?.rows[0]).toMatchObject({ name: 'Numbered', knownAs: 'K-2001', rank: 0 })
  })
})

describe('archived, merged, removed', () => {
  test('archived is found after the active, and says so', async () => {
    const id = await make('customers.create', { name: 'Archi A' })
    await make('customers.create', { name: 'Archi B' })
    await program.call(ours, 'customers.set-state', { id, state: 'archived' })
    const [group] = (await find('archi')).groups
    expect(group?.rows.map(({ name, state }) => [name, state])).toEqual([
      ['Archi B', 'active'],
      ['Archi A', 'archived'],
    ])
  })
  test('a merged record is found by its old name and old number, as what it is now', async () => {
    const winnerId = await make('customers.create', { name: 'Hansa Tools' })
    const loserId = await make('customers.create', { name: 'Zephyr Werke', externalId: 'Z-99' })
    await program.call(ours, 'quality.merge', { entity: 'customer', winnerId, loserId })
    for (const [text, knownAs] of [
      ['zeph', 'zephyr werke'],
      ['Z-99', 'Z-99'],
      ['zephir', 'zephyr werke'],
    ] as const) {
      const { groups } = await find(text)
      expect(groups.flatMap(({ rows }) => rows)).toMatchObject([
        { id: winnerId, name: 'Hansa Tools', knownAs },
      ])
    }
  })
  test('a removed deal is not found', async () => {
    const { rows } = await program.call<{ rows: { id: string }[] }>(ours, 'stages.list')
    const id = await make('deals.create', { externalId: 'GONE-1', stageId: rows[0]?.id })
    expect(await found('gone')).toEqual(['deal GONE-1'])
    await program.call(ours, 'deals.remove', { id })
    expect(await found('gone-1')).toEqual([])
  })
})

describe('who sees what', () => {
  const seller = (): Principal => ({
    ...ours,
    sellerId: made['Kim Kielmann'] ?? '',
    roles: ['seller'],
  })
  test('a seller finds every record, and own deals and orders only', async () => {
    expect(await found('D-7', {}, seller())).toEqual(['deal D-7001', 'order D-7003'])
    expect(await found('yards', {}, seller())).toEqual(['customer Kiel Yards'])
  })
  test('own deals are found however many of others come before them', async () => {
    expect(
      await found('D-70', { limit: 1 }, { ...seller(), sellerId: made['Nobody Else'] ?? '' }),
    ).toEqual(['deal D-7002', 'order D-7004'])
  })
  test('nothing of another organisation', async () => {
    expect(await found('müller elsewhere')).not.toContain('customer Müller Elsewhere')
    expect(await found('müller', {}, theirs)).toEqual(['customer Müller Elsewhere'])
    expect(await found('D-7', {}, theirs)).toEqual([])
    expect(await found('zephyr', {}, theirs)).toEqual([])
  })
})

describe('hostile text', () => {
  test.each(['%', '_', '\\', "'", '%%%', '   ', '\u0007', '\u202e', '()', ''])(
    '%j finds nothing and breaks nothing',
    async (text) => {
      expect(await found(text)).toEqual([])
    },
  )
  test.each(['50%', '50% off_store\\co', "50'; DROP TABLE customer; --"])('%j', async (text) => {
    const answer = await found(text, { kinds: ['customer'] })
    expect(answer.every((one) => one.startsWith('customer 50%'))).toBe(true)
  })
  test('signs stand for blanks, never for anything else', async () => {
    expect(await found('k_el', { kinds: ['customer'] })).not.toContain('customer Kiel Yards')
    expect(await found('k%l', { kinds: ['customer'] })).not.toContain('customer Stadtwerke Kiel')
    expect(await found('\u202eKiel\u0007yards')).toEqual(['customer Kiel Yards'])
  })
  test('200 characters of single letters are answered; more are refused, and so is what cannot be stored', async () => {
    expect(await found('q x '.repeat(50))).toEqual([])
    await expect(find('a'.repeat(10_000))).rejects.toMatchObject({
      detail: { code: 'request.invalid', field: 'text' },
    })
    await expect(find('a\u0000b')).rejects.toMatchObject({ detail: { code: 'request.invalid' } })
  })
})

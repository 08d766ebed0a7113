// Undo: what a change did is taken back, what came after stays, and the books hold in between.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setMembership } from '../../src/features/team/door.ts'
import { insertFact, replaceFact } from '../../src/platform/database/facts.ts'
import { insertRecord, updateRecord } from '../../src/platform/database/records.ts'
import { undoChange } from '../../src/platform/database/undo.ts'
import type { Actor, WriteTx } from '../../src/platform/database/with-org.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import {
  addDeal,
  addNamed,
  type Books,
  changeDeal,
  expectBooks,
  makeBooks,
  openDeals,
  removeDeal,
} from './books.ts'

let db: TestDatabase
let books: Books
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

async function write<T>(
  actor: Actor,
  work: (tx: WriteTx) => Promise<T>,
): Promise<{ result: T; changeId: string }> {
  const { result, changeId = '' } = await db.database.write(actor, 'test', work)
  return { result, changeId }
}
const undo = (changeId: string, whenChangedSince: 'keep' | 'refuse' = 'keep') =>
  write(books, (tx) => undoChange(tx, changeId, { whenChangedSince }))
const deals = () => db.database.read(books, openDeals)
const record = (table: string, id: string) =>
  db.database.read(books, (tx) =>
    tx.first<Record<string, unknown>>(
      sql`SELECT * FROM ${sql.table(table)} WHERE org_id = ${books.orgId} AND id = ${id}`,
    ),
  )

const expectBooksHold = () => expectBooks(db, books)

describe('facts', () => {
  beforeAll(async () => {
    books = await makeBooks(db)
  })

  test('adding, changing and removing a deal are undone step by step', async () => {
    const before = await deals()
    const added = await write(books, (tx) =>
      addDeal(tx, books, { amount: 100, wonOn: '2024-05-02' }),
    )
    const changed = await write(books, (tx) =>
      changeDeal(tx, books, added.result, { amount: 700, wonOn: '2024-06-01' }),
    )
    const removed = await write(books, (tx) => removeDeal(tx, added.result))
    expect(await deals()).toEqual(before)

    expect((await undo(removed.changeId)).result).toEqual({ restored: 1, kept: [], keptCount: 0 })
    expect((await deals())[added.result]).toEqual([700, '2024-06-01'])
    expect((await undo(changed.changeId)).result).toEqual({ restored: 1, kept: [], keptCount: 0 })
    expect((await deals())[added.result]).toEqual([100, '2024-05-02'])
    expect((await undo(added.changeId)).result).toEqual({ restored: 1, kept: [], keptCount: 0 })
    expect(await deals()).toEqual(before)
    await expect(undo(added.changeId)).rejects.toMatchObject({
      detail: { code: 'change.already_undone' },
    })
    await expectBooksHold()
  })

  test('an undo can itself be undone, and that again', async () => {
    const added = await write(books, (tx) =>
      addDeal(tx, books, { amount: 100, wonOn: '2024-05-02' }),
    )
    const there = await deals()
    const once = await undo(added.changeId)
    const gone = await deals()
    expect(gone[added.result]).toBeUndefined()
    const twice = await undo(once.changeId)
    expect(await deals()).toEqual(there)
    await undo(twice.changeId)
    expect(await deals()).toEqual(gone)
    await expectBooksHold()
  })

  test('what was changed since stays and is named; or nothing is undone', async () => {
    const both = await write(books, async (tx) => [
      await addDeal(tx, books, { amount: 1, wonOn: '2024-05-02' }),
      await addDeal(tx, books, { amount: 2, wonOn: '2024-05-02' }),
    ])
    const [first = '', second = ''] = both.result
    await write(books, (tx) => changeDeal(tx, books, first, { amount: 3, wonOn: '2024-05-02' }))
    await expect(undo(both.changeId, 'refuse')).rejects.toMatchObject({
      detail: {
        code: 'change.changed_since',
        particulars: { keptCount: 1, kept: [{ entity: 'deal', id: first }] },
      },
    })
    expect((await deals())[second]).toEqual([2, '2024-05-02'])
    expect((await undo(both.changeId)).result).toEqual({
      restored: 1,
      kept: [{ entity: 'deal', id: first, reason: 'changed_since' }],
      keptCount: 1,
    })
    expect((await deals())[first]).toEqual([3, '2024-05-02'])
    expect((await deals())[second]).toBeUndefined()
    await expectBooksHold()
  })

  test('a deal and its sale stay together: a return entered later keeps both', async () => {
    const added = await write(books, (tx) =>
      addDeal(tx, books, { amount: 900, wonOn: '2024-05-02' }),
    )
    await write(books, (tx) =>
      insertFact(tx, 'sale', {
        deal_id: added.result,
        source: 'deals',
        kind: 'return',
        on_day: '2024-05-09',
        quantity: -1,
        amount: -900,
        base_amount: -900,
        currency: 'EUR',
      }),
    )
    expect((await undo(added.changeId)).result.kept).toEqual([
      { entity: 'deal', id: added.result, reason: 'referred_to' },
    ])
    await expectBooksHold()
  })

  test('a sale whose cost was filled in later goes with its deal', async () => {
    const added = await write(books, (tx) =>
      addDeal(tx, books, { amount: 900, wonOn: '2024-05-02' }),
    )
    await write(books, (tx) => replaceFact(tx, 'sale', added.result, { cost: 400 }))
    const undone = await undo(added.changeId)
    expect(undone.result.kept).toEqual([])
    await expectBooksHold()
    await undo(undone.changeId)
    expect(await record('sale', added.result)).toBeDefined()
    await expectBooksHold()
  })

  test('a number that another deal has by now is not taken from it', async () => {
    const first = await write(books, (tx) => addDeal(tx, books, { amount: 1, externalId: 'D-1' }))
    const undone = await undo(first.changeId)
    await write(books, (tx) => addDeal(tx, books, { amount: 2, externalId: 'D-1' }))
    expect((await undo(undone.changeId)).result.kept).toEqual([
      { entity: 'deal', id: first.result, reason: 'exists_since' },
    ])
    await expectBooksHold()
  })

  test('a row that one change put in and closed again is nothing to bring back', async () => {
    const change = await write(books, async (tx) => {
      const id = await addDeal(tx, books, { amount: 5 })
      await changeDeal(tx, books, id, { amount: 6, wonOn: '2024-07-01' })
      return id
    })
    await undo(change.changeId)
    expect((await deals())[change.result]).toBeUndefined()
    await expectBooksHold()
  })
})

describe('memberships', () => {
  test('an old membership does not come back over days that are taken', async () => {
    books = await makeBooks(db)
    const { result: seller } = await write(books, (tx) => addNamed(tx, 'seller', 'Ana'))
    const team = (name: string) =>
      write(books, (tx) =>
        insertRecord(tx, 'team', { name, name_key: name, kind: 'team', parent_id: null }),
      )
    const [north, south] = [(await team('north')).result, (await team('south')).result]
    const put = (teamId: string, from: string, until = '9999-12-31') =>
      write(books, (tx) =>
        setMembership(tx, { kind: 'member', teamId, sellerId: seller }, { from, until }),
      )
    await put(north, '0001-01-01')
    const ended = await write(books, (tx) =>
      tx
        .first<{ id: string }>(
          sql`SELECT id FROM membership WHERE org_id = ${tx.orgId} AND seller_id = ${seller}`,
        )
        .then((row) => replaceFact(tx, 'membership', row?.id ?? '', { valid_until: '2020-01-01' })),
    )
    const moved = await put(south, '2020-01-01')
    expect((await undo(ended.changeId)).result.kept).toMatchObject([
      { entity: 'membership', reason: 'exists_since' },
    ])
    await undo(moved.changeId)
    await expectBooksHold()
    const overlap = await db.database.read(books, (tx) =>
      tx.rows(sql`SELECT 1 FROM membership a JOIN membership b ON b.org_id = a.org_id AND b.seller_id = a.seller_id AND b.id > a.id
        AND a.valid_from < b.valid_until AND b.valid_from < a.valid_until
        WHERE a.org_id = ${tx.orgId} AND a.change_out IS NULL AND b.change_out IS NULL`),
    )
    expect(overlap).toEqual([])
  })

  test('cutting a membership in two is undone whole', async () => {
    books = await makeBooks(db)
    const { result: seller } = await write(books, (tx) => addNamed(tx, 'seller', 'Ana'))
    const team = async (name: string) =>
      (await write(books, (tx) => insertRecord(tx, 'team', { name, name_key: name, kind: 'team' })))
        .result
    const [north, south] = [await team('north'), await team('south')]
    const put = (teamId: string, from: string, until: string) =>
      write(books, (tx) =>
        setMembership(tx, { kind: 'member', teamId, sellerId: seller }, { from, until }),
      )
    const spans = () =>
      db.database.read(books, (tx) =>
        tx.rows(
          sql`SELECT team_id, valid_from, valid_until FROM membership WHERE org_id = ${tx.orgId} AND change_out IS NULL ORDER BY valid_from`,
        ),
      )
    await put(north, '0001-01-01', '9999-12-31')
    const before = await spans()
    const cut = await put(south, '2020-01-01', '2021-01-01')
    expect(await spans()).toEqual([
      { team_id: north, valid_from: '0001-01-01', valid_until: '2020-01-01' },
      { team_id: south, valid_from: '2020-01-01', valid_until: '2021-01-01' },
      { team_id: north, valid_from: '2021-01-01', valid_until: '9999-12-31' },
    ])
    await undo(cut.changeId)
    expect(await spans()).toEqual(before)
    await expectBooksHold()
  })
})

describe('records', () => {
  beforeAll(async () => {
    books = await makeBooks(db)
  })

  test('fields are set back where they still hold what the change wrote', async () => {
    const { result: id } = await write(books, (tx) =>
      addNamed(tx, 'customer', 'Acme', { city: 'Kiel', industry: 'Food', traits: { a: '1' } }),
    )
    const edit = await write(books, (tx) =>
      updateRecord(tx, 'customer', id, { city: 'Bremen', industry: null, traits: { b: '2' } }),
    )
    await write(books, (tx) => updateRecord(tx, 'customer', id, { industry: 'Steel' }))
    const { result } = await undo(edit.changeId)
    expect(result).toEqual({
      restored: 1,
      kept: [{ entity: 'customer', id, reason: 'changed_since' }],
      keptCount: 1,
    })
    expect(await record('customer', id)).toMatchObject({
      city: 'Kiel',
      industry: 'Steel',
      traits: { a: '1' },
      version: 4,
    })
    await expectBooksHold()
  })

  test('a name keeps its search key, and a price its currency', async () => {
    const { result: id } = await write(books, (tx) => addNamed(tx, 'product', 'Foo'))
    const renamed = await write(books, (tx) =>
      updateRecord(tx, 'product', id, { name: 'Acme', name_key: 'acme' }),
    )
    await write(books, (tx) => updateRecord(tx, 'product', id, { name: 'ACME' }))
    await undo(renamed.changeId)
    expect(await record('product', id)).toMatchObject({ name: 'ACME', name_key: 'acme' })
    const priced = await write(books, (tx) =>
      updateRecord(tx, 'product', id, { list_price: 100, currency: 'EUR' }),
    )
    await write(books, (tx) => updateRecord(tx, 'product', id, { cost: 50 }))
    expect((await undo(priced.changeId)).result.kept).toEqual([
      { entity: 'product', id, reason: 'changed_since' },
    ])
    expect(await record('product', id)).toMatchObject({
      list_price: 100,
      currency: 'EUR',
      cost: 50,
    })
    await expectBooksHold()
  })

  test('a record made by the change goes with it, unless something needs it', async () => {
    const change = await write(books, async (tx) => {
      const used = await addNamed(tx, 'customer', 'Used')
      const alone = await addNamed(tx, 'customer', 'Alone', { external_id: 'C-1' })
      const deal = await addDeal(tx, books, { amount: 1, customerId: alone })
      return { used, alone, deal }
    })
    const { used, alone } = change.result
    await write(books, (tx) => addDeal(tx, books, { amount: 2, customerId: used }))
    const undone = await undo(change.changeId)
    expect(undone.result.kept).toEqual([{ entity: 'customer', id: used, reason: 'referred_to' }])
    expect(await record('customer', alone)).toMatchObject({ state: 'removed' })
    await expectBooksHold()
    // The same number comes in again: neither the old customer nor its deal can come back.
    await write(books, (tx) => addNamed(tx, 'customer', 'Alone again', { external_id: 'C-1' }))
    expect((await undo(undone.changeId)).result.kept).toEqual([
      { entity: 'customer', id: alone, reason: 'exists_since' },
      { entity: 'deal', id: change.result.deal, reason: 'refers_to_removed' },
    ])
    await expectBooksHold()
  })

  test('a record brought back does not go again while something needs it', async () => {
    const made = await write(books, (tx) => addNamed(tx, 'customer', 'Back'))
    const back = await undo((await undo(made.changeId)).changeId)
    const used = await write(books, (tx) =>
      addDeal(tx, books, { amount: 1, customerId: made.result }),
    )
    expect((await undo(back.changeId)).result.kept).toEqual([
      { entity: 'customer', id: made.result, reason: 'referred_to' },
    ])
    await expectBooksHold()
    await undo(used.changeId)
    await expectBooksHold()
  })

  test('a record made and edited is undone step by step', async () => {
    const made = await write(books, (tx) =>
      addNamed(tx, 'seller', 'Ana', { email: 'ana@example.org' }),
    )
    const edited = await write(books, (tx) =>
      updateRecord(tx, 'seller', made.result, { email: null, left_on: '2024-01-01' }),
    )
    expect((await undo(edited.changeId)).result.kept).toEqual([])
    expect((await undo(made.changeId)).result).toEqual({ restored: 1, kept: [], keptCount: 0 })
    expect(await record('seller', made.result)).toMatchObject({ state: 'removed' })
    await expectBooksHold()
  })

  test('a whole tree of teams made by one change goes', async () => {
    const change = await write(books, async (tx) => {
      const ids: string[] = []
      for (const name of ['a', 'b', 'c']) {
        ids.push(
          await insertRecord(tx, 'team', {
            name,
            name_key: name,
            kind: 'team',
            parent_id: ids.at(-1) ?? null,
          }),
        )
      }
      return ids
    })
    expect((await undo(change.changeId)).result).toEqual({ restored: 3, kept: [], keptCount: 0 })
    await expectBooksHold()
  })

  test('a parent is not set back into a circle', async () => {
    const make = async (name: string, parent: string | null) =>
      (
        await write(books, (tx) =>
          insertRecord(tx, 'team', { name, name_key: name, kind: 'team', parent_id: parent }),
        )
      ).result
    const a = await make('a', null)
    const b = await make('b', a)
    const up = await write(books, (tx) => updateRecord(tx, 'team', b, { parent_id: null }))
    await write(books, (tx) => updateRecord(tx, 'team', a, { parent_id: b }))
    await expect(undo(up.changeId)).rejects.toMatchObject({
      detail: { code: 'change.changed_since' },
    })
  })
})

describe('what cannot be undone', () => {
  test('unknown changes, the making of an organisation, closing a period, the same change twice', async () => {
    books = await makeBooks(db)
    await expect(undo(db.newId())).rejects.toMatchObject({ detail: { code: 'change.not_found' } })
    const first = await db.database.read(books, (tx) =>
      tx.first<{ id: string }>(
        sql`SELECT id FROM change WHERE org_id = ${tx.orgId} AND revision = 1`,
      ),
    )
    await expect(undo(first?.id ?? '')).rejects.toMatchObject({
      detail: { code: 'change.not_undoable' },
    })
    const lock = await write(books, (tx) =>
      insertRecord(tx, 'period_lock', {
        from_on: '2020-01-01',
        until_on: '2021-01-01',
        reason: 'closed',
      }),
    )
    await expect(undo(lock.changeId)).rejects.toMatchObject({
      detail: { code: 'change.not_undoable' },
    })
    const added = await write(books, (tx) => addDeal(tx, books, { amount: 1, wonOn: '2024-01-01' }))
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => undo(added.changeId)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expectBooksHold()
  })

  test('a change in a period that was closed since', async () => {
    const added = await write(books, (tx) => addDeal(tx, books, { amount: 1, wonOn: '2024-03-01' }))
    await write(books, (tx) =>
      insertRecord(tx, 'period_lock', {
        from_on: '2024-03-01',
        until_on: '2024-04-01',
        reason: 'closed',
      }),
    )
    await expect(undo(added.changeId)).rejects.toMatchObject({ detail: { code: 'period.locked' } })
    await expectBooksHold()
  })
})

// P4: undo of many rows, also while somebody edits them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertFacts, insertRecords } from '../../src/platform/database/bulk.ts'
import { undoChange } from '../../src/platform/database/undo.ts'
import type { Actor, WriteTx } from '../../src/platform/database/with-org.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Books, changeDeal, expectBooks, makeBooks, openDeals, removeDeal } from './books.ts'

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
const undo = (changeId: string) =>
  write(books, (tx) => undoChange(tx, changeId, { whenChangedSince: 'keep' }))
const deals = () => db.database.read(books, openDeals)

const expectBooksHold = () => expectBooks(db, books)

describe('many at once', () => {
  const load = (count: number) =>
    write(books, async (tx) => {
      const customers = Array.from({ length: count / 10 }, (_, index) => ({
        id: tx.newId(),
        name: `Customer ${index}`,
        name_key: `customer ${index}`,
        external_id: `C-${index}`,
      }))
      const deals = Array.from({ length: count }, (_, index) => ({
        id: tx.newId(),
        external_id: `D-${index}`,
        customer_id: customers[index % customers.length]?.id,
        stage_id: books.stages.won,
        outcome: 'won',
        closed_on: '2024-05-01',
        amount: index,
        base_amount: index,
        currency: 'EUR',
      }))
      await insertRecords(tx, 'customer', customers)
      await insertFacts(tx, 'deal', deals)
      await insertFacts(
        tx,
        'sale',
        deals.map(({ id, customer_id, amount }) => ({
          id,
          deal_id: id,
          customer_id,
          source: 'deals',
          kind: 'sale',
          on_day: '2024-05-01',
          quantity: 1,
          amount,
          base_amount: amount,
          currency: 'EUR',
        })),
      )
      return deals.map(({ id }) => id)
    })

  test('an import of many rows is undone and comes back', async () => {
    books = await makeBooks(db)
    const change = await load(1_000)
    const before = await deals()
    const [edited = '', removed = ''] = change.result
    await write(books, (tx) => changeDeal(tx, books, edited, { amount: 7, wonOn: '2024-05-02' }))
    await write(books, (tx) => removeDeal(tx, removed))
    const undone = await undo(change.changeId)
    expect(undone.result).toMatchObject({ keptCount: 2, restored: 998 + 100 })
    expect(Object.keys(await deals())).toEqual([edited])
    await expectBooksHold()
    expect((await undo(undone.changeId)).result).toMatchObject({ kept: [], restored: 998 + 100 })
    expect(Object.keys(await deals())).toHaveLength(Object.keys(before).length - 1)
    await expectBooksHold()
  })

  test('P4: rows edited while the import is being undone are undone or kept, never half', async () => {
    books = await makeBooks(db)
    const change = await load(400)
    const edits = change.result.slice(0, 40)
    const answers = await Promise.allSettled([
      undo(change.changeId),
      ...edits.map((id) =>
        write(books, (tx) => changeDeal(tx, books, id, { amount: 5, wonOn: '2024-06-01' })),
      ),
    ])
    const [undone, ...edited] = answers
    expect(undone.status).toBe('fulfilled')
    const there = await deals()
    edits.forEach((id, index) => {
      // Whoever was told that the edit is in finds it there; whoever was refused finds the deal gone.
      expect([edited[index]?.status, there[id]]).toEqual(
        there[id] ? ['fulfilled', [5, '2024-06-01']] : ['rejected', undefined],
      )
    })
    await expectBooksHold()
  })
})

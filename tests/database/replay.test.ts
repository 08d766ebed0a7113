// Random sequences of entering, changing, removing, undoing and redoing: the past stays what it was.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../src/basics/refusal.ts'
import { foldRollups } from '../../src/platform/database/fold.ts'
import { updateRecord } from '../../src/platform/database/records.ts'
import { undoChange } from '../../src/platform/database/undo.ts'
import type { WriteTx } from '../../src/platform/database/with-org.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { testSeed } from '../seed.ts'
import {
  addDeal,
  addNamed,
  type Books,
  changeDeal,
  expectBooks,
  ledgerSum,
  makeBooks,
  openDeals,
  removeDeal,
} from './books.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const day = fc
  .integer({ min: 1, max: 28 })
  .map((number) => `2024-02-${String(number).padStart(2, '0')}`)
const amount = fc.integer({ min: -1_000, max: 1_000_000 })
/** Which of what there is: taken modulo the number there is. */
const which = fc.nat(50)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      amount,
      wonOn: fc.option(day, { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      which,
      amount,
      wonOn: fc.option(day, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('customer' as const),
      name: fc.constantFrom('Acme', 'Bolt', 'Cole'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('rename' as const),
      which,
      name: fc.constantFrom('Acme', 'Bolt', 'Cole'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('undo' as const),
      which,
      whenChangedSince: fc.constantFrom('keep' as const, 'refuse' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)]

interface Known {
  deals: string[]
  customers: string[]
  changes: string[]
}

/** What a step writes; undefined when there is nothing for it to work on. */
function workOf(
  books: Books,
  known: Known,
  current: Step,
): ((tx: WriteTx) => Promise<void>) | undefined {
  const withWon = (wonOn: string | undefined) => (wonOn === undefined ? {} : { wonOn })
  /** The latest customer that is there, as a form would offer it. */
  const customer = async (tx: WriteTx): Promise<string | null> => {
    const row = await tx.first<{ id: string }>(sql`
      SELECT id FROM customer WHERE org_id = ${tx.orgId} AND state = 'active' ORDER BY id DESC LIMIT 1`)
    return row?.id ?? null
  }
  switch (current.do) {
    case 'add':
      return async (tx) => {
        known.deals.push(
          await addDeal(tx, books, {
            amount: current.amount,
            customerId: await customer(tx),
            ...withWon(current.wonOn),
          }),
        )
      }
    case 'change': {
      const id = pick(known.deals, current.which)
      return id === undefined
        ? undefined
        : async (tx) =>
            changeDeal(tx, books, id, {
              amount: current.amount,
              customerId: await customer(tx),
              ...withWon(current.wonOn),
            })
    }
    case 'remove': {
      const id = pick(known.deals, current.which)
      return id === undefined ? undefined : (tx) => removeDeal(tx, id)
    }
    case 'customer':
      return async (tx) => {
        known.customers.push(await addNamed(tx, 'customer', current.name))
      }
    case 'rename': {
      const id = pick(known.customers, current.which)
      return id === undefined
        ? undefined
        : (tx) =>
            updateRecord(tx, 'customer', id, {
              name: current.name,
              name_key: current.name.toLowerCase(),
            }).then(() => {})
    }
    case 'undo': {
      const id = pick(known.changes, current.which)
      return id === undefined
        ? undefined
        : (tx) => undoChange(tx, id, { whenChangedSince: current.whenChangedSince }).then(() => {})
    }
    case 'fold':
      return undefined
  }
}

/** Deals as they were known at a revision, in the form of the data's law. */
function dealsAsOf(
  books: Books,
  revision: number,
): Promise<Record<string, [number, string | null]>> {
  return db.database.read(books, async (tx) => {
    const rows = await tx.rows<{ id: string; amount: number; closed_on: string | null }>(sql`
      SELECT d.id, d.amount, d.closed_on FROM deal d JOIN change i ON i.org_id = ${tx.orgId} AND i.id = d.change_in
      LEFT JOIN change o ON o.org_id = ${tx.orgId} AND o.id = d.change_out
      WHERE d.org_id = ${tx.orgId} AND i.revision <= ${revision} AND (o.revision IS NULL OR o.revision > ${revision})
        AND d.change_out IS DISTINCT FROM d.change_in ORDER BY d.id`)
    return Object.fromEntries(rows.map((row) => [row.id, [row.amount, row.closed_on]]))
  })
}

test('as-of is what was there, rollups are the ledger, the chain holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const books = await makeBooks(db)
      const known: Known = { deals: [], customers: [], changes: [] }
      const seen: { revision: number; deals: Record<string, [number, string | null]> }[] = []
      for (const current of steps) {
        const work = workOf(books, known, current)
        if (current.do === 'fold') await foldRollups(db.database, books)
        if (!work) continue
        try {
          const { revision = 0, changeId = '' } = await db.database.write(books, current.do, work)
          known.changes.push(changeId)
          seen.push({ revision, deals: await db.database.read(books, openDeals) })
        } catch (error) {
          // A deal that is gone, a change undone already: refused, and nothing has happened.
          expect(error).toBeInstanceOf(Refusal)
        }
      }
      for (const { revision, deals } of seen)
        expect(await dealsAsOf(books, revision)).toEqual(deals)
      await expectBooks(db, books)
    }),
    { seed: testSeed, numRuns: 20, endOnFailure: true },
  )
}, 120_000)

test('undoing everything, newest first, leads back to nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), async (steps) => {
      const books = await makeBooks(db)
      const known: Known = { deals: [], customers: [], changes: [] }
      const made: string[] = []
      for (const current of steps) {
        const work = current.do === 'undo' ? undefined : workOf(books, known, current)
        if (!work) continue
        try {
          made.push((await db.database.write(books, current.do, work)).changeId ?? '')
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }
      for (const changeId of made.reverse()) {
        await db.database.write(books, 'changes.undo', (tx) =>
          undoChange(tx, changeId, { whenChangedSince: 'refuse' }),
        )
      }
      expect(await db.database.read(books, openDeals)).toEqual({})
      expect(await db.database.read(books, ledgerSum)).toBe(0)
      const left = await db.database.read(books, (tx) =>
        tx.rows(sql`SELECT 1 FROM customer WHERE org_id = ${tx.orgId} AND state <> 'removed'`),
      )
      expect(left).toEqual([])
      await expectBooks(db, books)
    }),
    { seed: testSeed, numRuns: 12, endOnFailure: true },
  )
}, 120_000)

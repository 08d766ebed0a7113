// Sums that writers leave beside the rollups are folded when there are many.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDeal, makeBooks, rolledSum } from '../../../tests/database/books.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { foldWhenMany } from './fold.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('a few sums stay beside the rollup; a thousand are folded into it, and nothing is lost', async () => {
  const books = await makeBooks(db)
  const waiting = async () => {
    const { rows } = await db.owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM sale_day_seller_delta WHERE org_id = $1',
      [books.orgId],
    )
    return rows[0]?.n
  }
  const add = (days: number) =>
    db.database.write(books, 'x', async (tx) => {
      for (let day = 0; day < days; day++) {
        const wonOn = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)
        await addDeal(tx, books, { amount: 1, wonOn })
      }
    })
  await add(2)
  expect(await foldWhenMany(db.database, books)).toBe(false)
  expect(await waiting()).toBe(2)
  await add(1_000)
  expect(await foldWhenMany(db.database, books)).toBe(true)
  expect(await waiting()).toBe(0)
  expect(await db.database.read(books, (tx) => rolledSum(tx, 'sale_day_seller'))).toBe(1_002)
  const [sums] = await db.database.read(books, (tx) =>
    tx.rows<{ n: number }>(
      sql`SELECT count(*) AS n FROM sale_day_seller WHERE org_id = ${tx.orgId}`,
    ),
  )
  expect(sums?.n).toBe(1_000)
})

// Random lives of an organisation: see model.ts.
import { afterAll, beforeAll, test } from 'vitest'
import { freshDatabase, type TestDatabase } from './database.ts'
import { livesAgree } from './model.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('rows, ledger and rollups agree after anything; earlier revisions stay what they were', async () => {
  await livesAgree(db, 14)
}, 240_000)

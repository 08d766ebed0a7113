// Many writers at once: revisions without gaps, rollups that lose nothing, locks that nobody passes.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../src/basics/refusal.ts'
import { checkOrganisation } from '../../src/platform/database/check.ts'
import { foldRollups } from '../../src/platform/database/fold.ts'
import { insertRecord } from '../../src/platform/database/records.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import {
  addDeal,
  addNamed,
  changeDeal,
  ledgerSum,
  makeBooks,
  removeDeal,
  rolledSum,
} from './books.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

test('eight writers, and the revisions have no gap and hold', async () => {
  const books = await makeBooks(db)
  const revisions = await Promise.all(
    upTo(8).map(async (writer) => {
      const made: (number | undefined)[] = []
      for (const round of upTo(25)) {
        const { revision } = await db.database.write(books, 'deals.create', (tx) =>
          addDeal(tx, books, { amount: writer * 100 + round, wonOn: '2024-01-01' }),
        )
        made.push(revision)
      }
      return made
    }),
  )
  // The first revision made the organisation itself.
  expect(revisions.flat().sort((a, b) => Number(a) - Number(b))).toEqual(
    upTo(200).map((index) => index + 2),
  )
  expect(await checkOrganisation(db.database, books)).toMatchObject({
    holds: true,
    revision: 201,
    findings: [],
  })
})

test('rollup and deltas together are the ledger at every moment while writers write and folders fold', async () => {
  const books = await makeBooks(db)
  let writing = true
  const writer = async (number: number) => {
    for (const round of upTo(15)) {
      const day = `2024-0${1 + ((number + round) % 9)}-0${1 + (round % 9)}`
      const { result: id } = await db.database.write(books, 'deals.create', (tx) =>
        addDeal(tx, books, { amount: 1 + number * 1_000 + round, wonOn: day }),
      )
      if (round % 3 === 1) {
        await db.database.write(books, 'deals.edit', (tx) =>
          changeDeal(tx, books, id, { amount: 7, wonOn: '2023-12-31' }),
        )
      }
      if (round % 3 === 2)
        await db.database.write(books, 'deals.remove', (tx) => removeDeal(tx, id))
    }
  }
  const whileWriting = async (work: () => Promise<void>): Promise<number> => {
    let rounds = 0
    while (writing) {
      await work()
      rounds += 1
    }
    return rounds
  }
  const folder = () => whileWriting(() => foldRollups(db.database, books).then(() => {}))
  const reader = () =>
    whileWriting(async () => {
      const sums = await db.database.read(books, async (tx) => [
        await ledgerSum(tx),
        await rolledSum(tx, 'sale_day_seller'),
        await rolledSum(tx, 'sale_month_product'),
      ])
      expect(new Set(sums).size).toBe(1)
    })
  const background = [folder(), folder(), reader()]
  await Promise.all(upTo(4).map(writer)).finally(() => {
    writing = false
  })
  for (const rounds of await Promise.all(background)) expect(rounds).toBeGreaterThan(0)
  await foldRollups(db.database, books)
  const left = await db.owner.query('SELECT 1 FROM sale_day_seller_delta WHERE org_id = $1', [
    books.orgId,
  ])
  expect(left.rowCount).toBe(0)
  expect((await checkOrganisation(db.database, books)).findings).toEqual([])
})

test('a folder that comes late folds nothing twice', async () => {
  const books = await makeBooks(db)
  await db.database.write(books, 'x', (tx) =>
    addDeal(tx, books, { amount: 5, wonOn: '2024-01-01' }),
  )
  const answers = await Promise.all(upTo(10).map(() => foldRollups(db.database, books)))
  expect(answers).toContain(true)
  expect(await db.database.read(books, (tx) => rolledSum(tx, 'sale_day_seller'))).toBe(5)
})

test('P5: a period being closed while five hundred write: what got in is in it before the lock, then nothing', async () => {
  const books = await makeBooks(db)
  /** Who finds no connection free tries again, as a browser does after a 503. */
  const write = async (index: number): Promise<unknown> => {
    try {
      return await db.database.write(books, 'deals.create', (tx) =>
        addDeal(tx, books, { amount: 1, wonOn: index % 5 === 4 ? '2024-04-01' : '2024-03-15' }),
      )
    } catch (error) {
      if (error instanceof Refusal && error.code === 'database.unreachable') return write(index)
      throw error
    }
  }
  const lock = () =>
    db.database.write(books, 'period-locks.set', (tx) =>
      insertRecord(tx, 'period_lock', {
        from_on: '2024-03-01',
        until_on: '2024-04-01',
        reason: 'closed',
      }),
    )
  const answers = await Promise.allSettled([
    ...upTo(250).map(write),
    lock(),
    ...upTo(250).map(write),
  ])
  const refused = answers.filter((answer) => answer.status === 'rejected')
  for (const answer of refused)
    expect(answer.reason).toMatchObject({ detail: { code: 'period.locked' } })
  const { rows } = await db.owner.query<{ locked_at: number; late: number; outside: number }>(
    `SELECT l.revision::int AS locked_at,
      (SELECT count(*)::int FROM sale s JOIN change c ON c.org_id = s.org_id AND c.id = s.change_in
        WHERE s.org_id = $1 AND s.on_day < '2024-04-01' AND c.revision > l.revision) AS late,
      (SELECT count(*)::int FROM sale s WHERE s.org_id = $1 AND s.on_day >= '2024-04-01') AS outside
     FROM change l WHERE l.org_id = $1 AND l.operation = 'period-locks.set'`,
    [books.orgId],
  )
  // The day after the period is open all the time.
  expect(rows).toEqual([{ locked_at: expect.any(Number), late: 0, outside: 100 }])
  await expect(write(0)).rejects.toMatchObject({ detail: { code: 'period.locked' } })
  await expect(write(4)).resolves.toBeDefined()
  expect((await checkOrganisation(db.database, books)).findings).toEqual([])
}, 60_000)

test('a deal in a closed period is neither changed, moved out, removed nor moved in', async () => {
  const books = await makeBooks(db)
  const add = (wonOn: string) =>
    db.database
      .write(books, 'x', (tx) => addDeal(tx, books, { amount: 1, wonOn }))
      .then(({ result }) => result)
  const [inside, outside] = [await add('2024-03-31'), await add('2024-04-01')]
  await db.database.write(books, 'x', (tx) =>
    insertRecord(tx, 'period_lock', {
      from_on: '2024-03-01',
      until_on: '2024-04-01',
      reason: 'closed',
    }),
  )
  const before = await db.database.read(books, ledgerSum)
  const tries = [
    db.database.write(books, 'x', (tx) =>
      changeDeal(tx, books, inside, { amount: 2, wonOn: '2024-03-31' }),
    ),
    db.database.write(books, 'x', (tx) =>
      changeDeal(tx, books, inside, { amount: 1, wonOn: '2024-05-01' }),
    ),
    db.database.write(books, 'x', (tx) => changeDeal(tx, books, inside, { amount: 1 })),
    db.database.write(books, 'x', (tx) => removeDeal(tx, inside)),
    db.database.write(books, 'x', (tx) =>
      changeDeal(tx, books, outside, { amount: 1, wonOn: '2024-03-01' }),
    ),
  ]
  for (const answer of await Promise.allSettled(tries)) {
    expect(answer).toMatchObject({
      status: 'rejected',
      reason: { detail: { code: 'period.locked' } },
    })
  }
  expect(await db.database.read(books, ledgerSum)).toBe(before)
})

test('the same write with the same key, twenty at once, has one effect and one answer', async () => {
  const books = await makeBooks(db)
  const idempotency = { key: 'the-same-key', inputDigest: Buffer.from('the same input') }
  const answers = await Promise.all(
    upTo(20).map(() =>
      db.database.write(
        books,
        'deals.create',
        (tx) => addDeal(tx, books, { amount: 3, wonOn: '2024-01-01' }),
        { idempotency },
      ),
    ),
  )
  expect(new Set(answers.map(({ result }) => result)).size).toBe(1)
  expect(answers.filter(({ revision }) => revision !== undefined)).toHaveLength(1)
  expect(await db.database.read(books, ledgerSum)).toBe(3)
  await expect(
    db.database.write(books, 'deals.create', (tx) => addDeal(tx, books, { amount: 4 }), {
      idempotency: { ...idempotency, inputDigest: Buffer.from('another input') },
    }),
  ).rejects.toMatchObject({ detail: { code: 'request.key_reused' } })
})

test('a write that was refused leaves its key free', async () => {
  const books = await makeBooks(db)
  const idempotency = { key: 'refused-at-first', inputDigest: Buffer.from('x') }
  const write = (name: string | null) =>
    db.database.write(books, 'x', (tx) => addNamed(tx, 'seller', name as string), { idempotency })
  await expect(write(null)).rejects.toThrow()
  await expect(write('Ana')).resolves.toMatchObject({ revision: 2 })
})

test('eight writers replacing the same few deals never leave two open rows', async () => {
  const books = await makeBooks(db)
  const { result: ids } = await db.database.write(books, 'x', async (tx) => {
    const made: string[] = []
    for (const index of upTo(4))
      made.push(await addDeal(tx, books, { amount: index, wonOn: '2024-01-01' }))
    return made
  })
  const answers = await Promise.allSettled(
    upTo(8).flatMap((writer) =>
      upTo(6).map((round) =>
        db.database.write(books, 'deals.edit', async (tx) => {
          for (const id of [...ids].sort())
            await changeDeal(tx, books, id, { amount: writer * 10 + round, wonOn: '2024-01-01' })
        }),
      ),
    ),
  )
  for (const answer of answers) {
    if (answer.status === 'rejected')
      expect(answer.reason).toMatchObject({ detail: { code: 'record.changed' } })
  }
  expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
  const open = await db.database.read(books, (tx) =>
    tx.rows<{ n: number }>(
      sql`SELECT count(*) AS n FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL GROUP BY id`,
    ),
  )
  expect(open).toEqual(ids.map(() => ({ n: 1 })))
  expect((await checkOrganisation(db.database, books)).findings).toEqual([])
})

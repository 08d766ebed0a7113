// Answers of surveys by hand: scales, who sees them, and that they are removed and brought back whole.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { answerFault, usualScales } from './calc/scales.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

interface Written {
  id: string
  version: number
  changeId: string
}
interface Page {
  rows: { id: string; day: string; score: number; externalId: string | null }[]
  next?: string
  total?: number
}

test('an answer takes the usual scale of its measure; names nobody knows become records', async () => {
  const world = await importWorld(db)
  const { id } = await world.call<Written>('surveys.create', {
    day: '2026-02-03',
    measure: 'satisfaction',
    score: 4,
    customer: { name: 'Acme' },
    seller: { name: 'Ana' },
    product: { name: 'Pump' },
    externalId: 'A-1',
  })
  expect(await world.call('surveys.get', { id })).toMatchObject({
    externalId: 'A-1',
    day: '2026-02-03',
    score: 4,
    scaleLow: 1,
    scaleHigh: 5,
    customer: { name: 'Acme' },
    seller: { name: 'Ana' },
    product: { name: 'Pump' },
  })
  const other = await world.call<Written>('surveys.create', {
    day: '2026-02-03',
    measure: 'satisfaction',
    score: 9.5,
    scaleHigh: 10,
  })
  expect(await world.call('surveys.get', { id: other.id })).toMatchObject({
    score: 9.5,
    scaleLow: 1,
    scaleHigh: 10,
    customer: null,
  })
})

test('an answer outside its scale, and a recommendation on another scale, are refused', async () => {
  const world = await importWorld(db)
  const refused = (input: object, code: string) =>
    expect(world.call('surveys.create', { day: '2026-02-03', ...input })).rejects.toMatchObject({
      detail: { code },
    })
  await refused({ measure: 'nps', score: 11 }, 'survey.out_of_scale')
  await refused({ measure: 'effort', score: 0 }, 'survey.out_of_scale')
  await refused({ measure: 'nps', score: 4, scaleHigh: 5 }, 'survey.nps_scale')
  await refused({ measure: 'effort', score: 4, scaleLow: 9 }, 'survey.scale_backwards')
  const numbered = { measure: 'nps', score: 4, externalId: 'N-1' }
  await world.call('surveys.create', { day: '2026-02-03', ...numbered })
  await refused(numbered, 'survey.exists')
  await refused({ measure: 'mood', score: 4 }, 'request.invalid')
  for (const [measure, { low, high }] of Object.entries(usualScales)) {
    const of = measure as keyof typeof usualScales
    expect(answerFault(of, low, { low, high })).toBeUndefined()
    expect(answerFault(of, high, { low, high })).toBeUndefined()
    expect(answerFault(of, Number.NaN, { low, high })).toBe('survey.out_of_scale')
  }
})

test('removed and brought back; the number is free in between', async () => {
  const world = await importWorld(db)
  const answer = { day: '2026-02-03', measure: 'nps', score: 10, externalId: 'N-7' }
  const { id } = await world.call<Written>('surveys.create', answer)
  const refused = (input: object, code: string) =>
    expect(world.call('surveys.remove', input)).rejects.toMatchObject({ detail: { code } })
  await refused({ id, version: 2 }, 'record.changed')
  const removed = await world.call<Written>('surveys.remove', { id, version: 1 })
  await refused({ id }, 'survey_answer.not_found')
  expect(await world.call<Page>('surveys.list')).toMatchObject({ rows: [] })
  await world.call('changes.undo', { id: removed.changeId })
  expect(await world.call<Page>('surveys.list')).toMatchObject({ rows: [{ id, version: 2 }] })
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('the list: newest first, page by page, counted and filtered', async () => {
  const world = await importWorld(db)
  const days = ['2026-01-05', '2026-03-01', '2026-02-01', '2026-02-01', '2026-02-01']
  for (const [i, day] of days.entries()) {
    await world.call('surveys.create', {
      day,
      measure: i < 3 ? 'nps' : 'effort',
      score: 5,
      ...(i === 0 ? { customer: { name: 'Acme' } } : {}),
    })
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await world.call<Page>('surveys.list', {
      limit: 2,
      count: true,
      ...(cursor === undefined ? {} : { cursor }),
    })
    expect(page.total).toBe(cursor === undefined ? 5 : undefined)
    seen.push(...page.rows.map(({ day }) => day))
    cursor = page.next
  } while (cursor !== undefined)
  expect(seen).toEqual([...days].sort().reverse())
  const fits = async (filter: object) =>
    (await world.call<Page>('surveys.list', { ...filter, count: true })).total
  expect(await fits({ measure: 'effort' })).toBe(2)
  expect(await fits({ from: '2026-02-01', until: '2026-03-01' })).toBe(3)
  const { rows } = await world.call<{ rows: { id: string }[] }>('customers.list')
  expect(await fits({ customerId: rows[0]?.id })).toBe(1)
})

// Real complaints and practice answers, against the figures counted independently.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { Figure } from '../../basics/figure.ts'

const folder = process.env.KONTOR_REAL_DATA ?? '../shared/data'
const complaints = join(folder, 'comcast-complaints', 'comcast_complaints.csv')
const answers = join(folder, 'nps-bank', 'nps_responses.csv')

let db: TestDatabase
beforeAll(async () => {
  expect(existsSync(complaints) && existsSync(answers), `the data is in ${folder}`).toBe(true)
  db = await freshDatabase()
})
afterAll(() => db.close())

type Case = { externalId: string; status: string; state: string; channel: string; day: string }

async function allRows<Row>(world: ImportWorld, name: string): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await world.call<{ rows: Row[]; next?: string }>(name, {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.rows)
    cursor = page.next
  } while (cursor !== undefined)
  return rows
}

const tally = (values: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([k, v]) => [k, v.length]))

const asCases = {
  kind: 'cases' as const,
  mapping: {
    columns: {
      'Ticket #': 'external_id',
      Date: 'on_day',
      Status: 'status',
      'Received Via': 'channel',
    },
    dates: { Date: ['DD-MM-YYYY'] },
  },
}

test('2,224 complaints: open and closed by their words, the trap in their dates is named', {
  timeout: 300_000,
}, async () => {
  const world = await importWorld(db)
  const batch = await world.upload('comcast.csv', await readFile(complaints), asCases)
  expect(batch.notes.map(({ code }) => code)).toEqual(['dates_swapped'])
  // Outside April to June only the 4th to 6th occur in any month.
  expect(batch.notes[0]?.text.en).toContain('In “Date”, 9 of 12 months have no day but 4, 5, 6.')
  const applied = await world.apply(batch.id)
  expect(applied.counts).toEqual({
    read: 2224,
    added: 2224,
    updated: 0,
    unchanged: 0,
    rejected: 0,
  })
  const rows = await allRows<Case>(world, 'cases.list')
  expect(rows).toHaveLength(2224)
  expect(tally(rows.map((row) => row.status))).toEqual({
    Solved: 973,
    Closed: 734,
    Open: 363,
    Pending: 154,
  })
  expect(tally(rows.map((row) => row.state))).toEqual({ closed: 1707, open: 517 })
  expect(tally(rows.map((row) => row.channel))).toEqual({
    'Customer Care Call': 1119,
    Internet: 1105,
  })
  expect(tally(rows.map((row) => row.day.slice(0, 7)))).toEqual({
    '2015-01': 55,
    '2015-02': 59,
    '2015-03': 45,
    '2015-04': 375,
    '2015-05': 317,
    '2015-06': 1046,
    '2015-07': 49,
    '2015-08': 67,
    '2015-09': 55,
    '2015-10': 53,
    '2015-11': 38,
    '2015-12': 65,
  })
  // One ticket is a text instead of a number: kept as it is written.
  expect(rows.filter(({ externalId }) => /\D/.test(externalId))).toHaveLength(1)
  const again = await world.take('comcast.csv', await readFile(complaints), asCases)
  expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 2224 })
  expect(again.changeId).toBeNull()
  // Complaints alone are no rate: there is no sale to set them against.
  const { rows: figures } = await world.call<{ rows: { 'complaint-rate': Figure }[] }>(
    'results.figures',
    { metric: ['complaint-rate'], period: '2015' },
  )
  expect(figures[0]?.['complaint-rate'].missing?.code).toBe('undefined')
})

test('5,000 answers with dates in five shapes, day first: recommendation by quarter and month', {
  timeout: 300_000,
}, async () => {
  const world = await importWorld(db)
  const options = {
    kind: 'surveys' as const,
    mapping: {
      columns: { id: 'external_id', survey_date: 'on_day', rating: 'score' },
      constants: { measure: 'nps' },
      dates: { survey_date: ['D/M/YYYY', 'D/M/YY'] },
    },
  }
  const applied = await world.take('nps.csv', await readFile(answers), options)
  expect(applied.counts).toMatchObject({ read: 5000, added: 5000, rejected: 0 })
  const by = async (dimension?: 'quarter' | 'month') => {
    const { rows } = await world.call<{ rows: Record<string, Figure>[] }>('results.figures', {
      metric: ['nps'],
      by: dimension ? [dimension] : [],
      period: '2021',
    })
    return rows.map((row) => row.nps as Figure)
  }
  const [whole] = await by()
  expect(whole).toMatchObject({ n: 5000, unit: 'score' })
  expect(whole?.value).toBeCloseTo(11.8, 10)
  const close = (found: readonly Figure[], wanted: readonly number[]) => {
    expect(found).toHaveLength(wanted.length)
    for (const [i, value] of wanted.entries()) expect(found[i]?.value).toBeCloseTo(value, 4)
  }
  close(await by('quarter'), [14.1234, 11.5166, 9.9017, 11.7987])
  close(
    await by('month'),
    [
      13.2558, 10.0503, 19.0594, 9.4629, 15.873, 8.7282, 9.7252, 9.5349, 10.4762, 8.3333, 12.0192,
      15.0,
    ],
  )
  expect((await by('month')).map(({ n }) => n)).toEqual([
    430, 398, 404, 391, 441, 401, 473, 430, 420, 396, 416, 400,
  ])
  const again = await world.take('nps.csv', await readFile(answers), options)
  expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 5000 })
})

test('untold, the order of day and month is asked, with the right one among the answers', {
  timeout: 300_000,
}, async () => {
  const world = await importWorld(db)
  const batch = await world.upload('nps.csv', await readFile(answers), {
    kind: 'surveys',
    mapping: {
      columns: { id: 'external_id', survey_date: 'on_day', rating: 'score' },
      constants: { measure: 'nps' },
    },
  })
  expect(batch.state).toBe('asking')
  expect(batch.questions.map(({ code, column }) => [code, column])).toEqual([
    ['ambiguous_dates', 'survey_date'],
  ])
  expect(batch.questions[0]?.options.map(({ value }) => value)).toContainEqual({
    dates: { survey_date: ['D/M/YYYY', 'D/M/YY'] },
  })
})

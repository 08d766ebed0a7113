// Rates, survey answers and cases from files: stored once, recognised again, and taken back whole.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import { checkOrganisation } from '../../platform/database/check.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const messages = async (world: ImportWorld, id: string) =>
  (
    await world.call<{ rows: { line: number; code: string }[] }>('imports.rejects', { id })
  ).rows.map(({ line, code }) => [line, code])

describe('rates', () => {
  const salesIn = async (world: ImportWorld) =>
    (
      await db.database.read(world.who, (tx) =>
        tx.rows<{ on_day: string; base_amount: number | null }>(sql`
          SELECT on_day, base_amount FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL ORDER BY on_day, currency`),
      )
    ).map(({ on_day, base_amount }) => [on_day, base_amount])

  test('a file of rates values the sales it reaches, and undoing it takes that back', async () => {
    const world = await importWorld(db)
    await world.take(
      'deals.csv',
      'number,stage,closed_on,amount,currency\n1,Won,2026-03-02,100.00,USD\n2,Won,2026-03-02,100.00,CHF\n3,Won,2026-03-20,100.00,USD\n',
      { kind: 'deals' },
    )
    const file =
      'Currency,Date,Rate\nUSD,2026-03-01,0.9\nCHF,2026-02-27,1.05\nUSD,2026-03-01,0.7\nEUR,2026-03-01,1\n'
    const batch = await world.take('rates.csv', file, { kind: 'rates' })
    expect(batch.counts).toEqual({ read: 4, added: 2, updated: 0, unchanged: 0, rejected: 2 })
    expect(await messages(world, batch.id)).toEqual([
      [4, 'duplicate_in_file'],
      [5, 'rate.of_base'],
    ])
    const valued = [
      ['2026-03-02', 10_500],
      ['2026-03-02', 9_000],
      ['2026-03-20', null],
    ]
    expect(await salesIn(world)).toEqual(valued)
    const again = await world.take('rates.csv', file, { kind: 'rates' })
    expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
    expect(again.changeId).toBeNull()
    const corrected = await world.take('r.csv', 'Currency,Date,Rate\nUSD,2026-03-01,0.8\n', {
      kind: 'rates',
    })
    expect(corrected.counts).toMatchObject({ added: 0, updated: 1 })
    expect((await salesIn(world))[1]).toEqual(['2026-03-02', 8_000])
    await world.call('imports.undo', { id: corrected.id })
    expect(await salesIn(world)).toEqual(valued)
    await world.call('imports.undo', { id: batch.id })
    expect((await salesIn(world)).map(([, base]) => base)).toEqual([null, null, null])
    expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
  })

  test('it does not matter whether rates or deals come in first', async () => {
    const files = {
      rates: 'Currency,Date,Rate\nUSD,2026-03-01,0.9\nUSD,2026-03-04,0.8\n',
      deals:
        'number,stage,closed_on,opened_on,amount,currency\n1,Won,2026-03-03,,100.00,USD\n2,Won,2026-03-11,,10.01,USD\n3,Won,2026-03-12,,1.00,USD\n4,Proposal,,2026-03-05,7.00,USD\n',
    } as const
    for (const order of [['rates', 'deals'] as const, ['deals', 'rates'] as const]) {
      const world = await importWorld(db)
      for (const kind of order) await world.take(`${kind}.csv`, files[kind], { kind })
      expect(await salesIn(world)).toEqual([
        ['2026-03-03', 9_000],
        ['2026-03-11', 801],
        ['2026-03-12', null],
      ])
      const { rows } = await world.call<{ rows: { pipeline: { value?: number } }[] }>(
        'results.figures',
        { metric: ['pipeline'], period: '2026-03' },
      )
      expect(rows[0]?.pipeline.value).toBe(560)
    }
  })

  test('the kind is recognised by its headers, in German too', async () => {
    const world = await importWorld(db)
    const batch = await world.upload('kurse.csv', 'Währung;Datum;Kurs\nUSD;01.03.2026;0,9231\n')
    expect([batch.kind, batch.questions]).toEqual(['rates', []])
    await world.apply(batch.id)
    expect(await world.call('rates.list')).toMatchObject({
      rows: [{ currency: 'USD', day: '2026-03-01', rate: 0.9231 }],
    })
  })
})

describe('survey answers', () => {
  type Answers = { rows: Record<string, unknown>[] }

  test('scales by default, equal answers without a number survive, a second time changes nothing', async () => {
    const world = await importWorld(db)
    const file =
      'Date,Score,Customer,Seller\n2026-02-01,9,Acme,Ana\n2026-02-01,9,Acme,Ana\n2026-02-02,11,Acme,Ana\n2026-02-03,0,Beta,\n'
    const options = { kind: 'surveys' as const, mapping: { constants: { measure: 'nps' } } }
    const batch = await world.take('nps.csv', file, options)
    expect(batch.counts).toEqual({ read: 4, added: 3, updated: 0, unchanged: 0, rejected: 1 })
    expect(await messages(world, batch.id)).toEqual([[4, 'survey.out_of_scale']])
    const { rows } = await world.call<Answers>('surveys.list')
    expect(rows).toMatchObject([
      { day: '2026-02-03', score: 0, customer: { name: 'Beta' }, seller: null, externalId: null },
      { day: '2026-02-01', score: 9, scaleLow: 0, scaleHigh: 10, seller: { name: 'Ana' } },
      { day: '2026-02-01', score: 9, measure: 'nps' },
    ])
    // Where nothing was sold yet, the answers say which period has data.
    expect(await world.call('results.overview')).toMatchObject({
      period: { id: '2026-Q1', byDefault: true },
      figures: { nps: { now: { n: 3, missing: { code: 'not_enough_data', more: 7 } } } },
    })
    expect(await world.call('results.periods', { kind: 'month' })).toMatchObject({
      rows: [{ id: '2026-02' }],
    })
    const again = await world.take('nps.csv', file, options)
    expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 3 })
    await world.call('imports.undo', { id: batch.id })
    expect((await world.call<Answers>('surveys.list')).rows).toEqual([])
    expect((await world.call<Answers>('customers.list')).rows).toEqual([])
    expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
  })

  test('which question was answered is asked, and one answer may hold for all rows', async () => {
    const world = await importWorld(db)
    const file = 'Number,Date,Score\n1,2026-02-01,9\n'
    const batch = await world.upload('a.csv', file, { kind: 'surveys' })
    expect(batch.state).toBe('asking')
    const [question] = batch.questions
    const chosen = question?.options.find(({ label }) => label.en.includes('NPS'))
    expect(chosen?.label.de).toBe('Alle Zeilen: Weiterempfehlung (NPS)')
    const answered = await world.call<{ id: string; state: string }>('imports.set-mapping', {
      id: batch.id,
      answers: [{ code: question?.code, value: chosen?.value }],
    })
    expect(answered.state).toBe('ready')
    await world.apply(batch.id)
    expect((await world.call<Answers>('surveys.list')).rows).toMatchObject([
      { measure: 'nps', score: 9, scaleHigh: 10 },
    ])
  })

  test('numbered answers are corrected; what the file does not say stays', async () => {
    const world = await importWorld(db)
    await world.take(
      'a.csv',
      'Number,Date,Question,Score,Scale to,Customer\nA-1,2026-02-01,CSAT,8,10,Acme\nA-2,2026-02-01,Zufriedenheit,4,,Acme\n',
      { kind: 'surveys' },
    )
    const next = await world.take('b.csv', 'Number,Date,Question,Score\nA-2,2026-02-02,csat,5\n', {
      kind: 'surveys',
    })
    expect(next.counts).toMatchObject({ added: 0, updated: 1 })
    expect((await world.call<Answers>('surveys.list')).rows).toMatchObject([
      { externalId: 'A-2', score: 5, scaleHigh: 5, customer: { name: 'Acme' }, version: 2 },
      { externalId: 'A-1', score: 8, scaleHigh: 10, version: 1 },
    ])
  })
})

describe('cases', () => {
  type Cases = { rows: Record<string, unknown>[] }

  test('open or closed by status and closing day; unknown words count as open and are named', async () => {
    const world = await importWorld(db)
    const file =
      'Ticket,Date,Closed on,Status,Type,Received via,Customer\n' +
      '1,2026-02-01,,Open,Complaint,Phone,Acme\n' +
      '2,2026-02-01,2026-02-03,Pending,,Mail,Acme\n' +
      '3,2026-02-01,,Gelöst,Streitfall,,Beta\n' +
      '4,2026-02-01,,Purple,,,\n' +
      '5,2026-02-02,2026-02-01,Closed,,,\n'
    const batch = await world.upload('cases.csv', file, { kind: 'cases' })
    expect(batch.notes).toMatchObject([{ code: 'statuses_unknown' }])
    expect(batch.notes[0]?.text.en).toContain('Purple (rows: 1)')
    const applied = await world.apply(batch.id)
    expect(applied.counts).toEqual({ read: 5, added: 4, updated: 0, unchanged: 0, rejected: 1 })
    expect(await messages(world, batch.id)).toEqual([[6, 'case.backwards']])
    const { rows } = await world.call<Cases>('cases.list')
    expect(new Map(rows.map((row) => [row.externalId, [row.state, row.kind, row.status]]))).toEqual(
      new Map([
        ['1', ['open', 'complaint', 'Open']],
        ['2', ['closed', 'complaint', 'Pending']],
        ['3', ['closed', 'dispute', 'Gelöst']],
        ['4', ['open', 'complaint', 'Purple']],
      ]),
    )
    const again = await world.take('cases.csv', file, { kind: 'cases' })
    expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 4 })
  })

  test('a later file closes a case; one without status leaves it as it is', async () => {
    const world = await importWorld(db)
    const take = (text: string) => world.take('c.csv', text, { kind: 'cases' })
    await take('Ticket,Date,Status,Channel\n7,2026-02-01,Open,Phone\n')
    const closed = await take('Ticket,Date,Status\n7,2026-02-01,Closed\n')
    expect(closed.counts).toMatchObject({ updated: 1 })
    const silent = await take('Ticket,Date,Channel\n7,2026-02-01,Mail\n')
    expect(silent.counts).toMatchObject({ updated: 1 })
    const { rows } = await world.call<Cases>('cases.list')
    expect(rows).toMatchObject([{ state: 'closed', status: 'Closed', channel: 'Mail', version: 3 }])
    await world.call('imports.undo', { id: silent.id })
    expect((await world.call<Cases>('cases.list')).rows).toMatchObject([{ channel: 'Phone' }])
  })

  test('dates whose day and month were swapped are noticed before anything is stored', async () => {
    const world = await importWorld(db)
    const days = Array.from({ length: 91 }, (_, i) =>
      Temporal.PlainDate.from('2025-04-01').add({ days: i }),
    )
    const cell = (day: Temporal.PlainDate, swapped: boolean) =>
      swapped && day.day <= 12 ? `${day.year}-${pad(day.day)}-${pad(day.month)}` : day.toString()
    const pad = (n: number) => String(n).padStart(2, '0')
    const file = (swapped: boolean) =>
      `Ticket,Date\n${days
        .flatMap((day, i) => [0, 1, 2, 3].map((k) => `${i}-${k},${cell(day, swapped)}`))
        .join('\n')}\n`
    const honest = await world.upload('h.csv', file(false), { kind: 'cases' })
    expect(honest.notes).toEqual([])
    const swapped = await world.upload('s.csv', file(true), { kind: 'cases' })
    expect(swapped.notes).toMatchObject([{ code: 'dates_swapped' }])
    expect(swapped.notes[0]?.text.en).toContain(
      'In “Date”, 9 of 12 months have no day but 4, 5, 6.',
    )
  })
})

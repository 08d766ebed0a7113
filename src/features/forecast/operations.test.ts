// Forecasts are kept as they were made, graded by what came, and taken back whole; calls are one's own.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { copyingOut } from '../../platform/database/copy-out.ts'
import type { forecastContract } from './contract.ts'

type Contract = typeof forecastContract
let db: TestDatabase
let world: World
let admin: Principal

beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  admin = world.admin
  const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>(
    admin,
    'stages.list',
  )
  const won = rows.find(({ outcome }) => outcome === 'won')?.id
  // A deal a month for three years: 100 in the first month, 101 in the next …
  for (let month = 0; month < 36; month += 1) {
    const on = `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`
    await world.call(admin, 'deals.create', {
      seller: { id: world.of.mate.sellerId },
      stageId: won,
      openedOn: on,
      closedOn: on,
      amount: 100 + month,
    })
  }
}, 120_000)
afterAll(() => db.close())

const call = <Name extends keyof Contract>(
  name: Name,
  input: GivenInputOf<Contract[Name]>,
  who = admin,
) => world.call<OutputOf<Contract[Name]>>(who, name, input)
const code = (value: string) => ({ detail: { code: value } })
const asked = { today: '2024-10-01', horizon: 3 } as const

describe('a kept forecast', () => {
  test('is kept once a day, stays as it was, and goes with its change', async () => {
    const made = await call('forecast.make', asked)
    expect(made.forecast.rows.map(({ period }) => period)).toEqual([
      '2024-10',
      '2024-11',
      '2024-12',
    ])
    expect(made.forecast.kept?.id).toBe(made.id)
    const again = await call('forecast.make', asked)
    expect([again.id, again.changeId]).toEqual([made.id, null])
    expect((await call('forecast.show', asked)).kept?.id).toBe(made.id)
    const { rows } = await call('forecast.list', {})
    expect(rows).toMatchObject([
      {
        id: made.id,
        madeOn: '2024-10-01',
        asIf: true,
        horizon: 3,
        scope: { kind: 'organisation' },
      },
    ])
    const rewrite = sql`UPDATE forecast SET periods = '[]' WHERE id = ${made.id}`
    await expect(
      db.database.write(admin, 'test.rewrite', (tx) => tx.run(rewrite)),
    ).rejects.toThrow()
    expect(await checkOrganisation(db.database, admin)).toMatchObject({ findings: [] })
    let text = ''
    const pieces = copyingOut(db.database, admin, (copying) =>
      pieceByPiece(copying.copy('forecast', ['id'], ['id']).pieces),
    )
    for await (const piece of pieces) text += piece
    expect(text).toContain(made.id)
    await world.call(admin, 'changes.undo', { id: made.changeId })
    expect((await call('forecast.list', {})).rows).toEqual([])
    expect((await call('forecast.show', asked)).kept).toBeNull()
    expect(await checkOrganisation(db.database, admin)).toMatchObject({ findings: [] })
  })

  test('is graded by what came, beside the baseline', async () => {
    const made = await call('forecast.make', asked)
    const grades = await call('forecast.grades', { today: '2024-12-01' })
    expect([grades.graded, grades.waiting]).toEqual([2, 1])
    expect(grades.rows.map(({ period, actual }) => [period, actual])).toEqual([
      ['2024-10', 133],
      ['2024-11', 134],
    ])
    for (const [i, row] of grades.rows.entries()) {
      expect(row.error).toBe((made.forecast.rows[i]?.mean ?? 0) - row.actual)
      // The baseline says what was a year ago, 12 less.
      expect(row.naiveError).toBe(-12)
    }
    expect(grades.summary?.naiveMae).toBe(12)
    expect(grades.summary?.coverage95.of).toBe(2)
    // What is summed up is what the rows say one by one.
    const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / 2
    const inside = (low: number, actual: number, high: number) => low <= actual && actual <= high
    for (const { actual, low80, high80, low95, high95, ...row } of grades.rows) {
      expect(row.inside80).toBe(inside(low80, actual, high80))
      expect(row.inside95).toBe(inside(low95, actual, high95))
    }
    expect(grades.summary?.mae).toBeCloseTo(mean(grades.rows.map(({ error }) => Math.abs(error))))
    expect(grades.summary?.bias).toBeCloseTo(mean(grades.rows.map(({ error }) => error)))
    expect(grades.summary).toMatchObject({
      coverage80: { inside: grades.rows.filter(({ inside80 }) => inside80).length, of: 2 },
      coverage95: { inside: grades.rows.filter(({ inside95 }) => inside95).length, of: 2 },
      nearer: { inside: grades.rows.filter(({ error }) => Math.abs(error) < 12).length, of: 2 },
    })
    const nothing = await call('forecast.grades', { metric: 'units', today: '2024-12-01' })
    expect(nothing).toMatchObject({ missing: { code: 'not_enough_data' }, summary: null })
  })

  test('grows no better by what is entered later: the record stays, the grade follows', async () => {
    const before = await call('forecast.grades', { today: '2024-11-01' })
    const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>(
      admin,
      'stages.list',
    )
    const deal = await world.call<{ changeId: string }>(admin, 'deals.create', {
      seller: { id: world.of.mate.sellerId },
      stageId: rows.find(({ outcome }) => outcome === 'won')?.id,
      openedOn: '2024-10-20',
      closedOn: '2024-10-20',
      amount: 1000,
    })
    const after = await call('forecast.grades', { today: '2024-11-01' })
    expect(after.rows[0]?.mean).toBe(before.rows[0]?.mean)
    expect(after.rows[0]?.actual).toBe((before.rows[0]?.actual ?? 0) + 1000)
    await world.call(admin, 'changes.undo', { id: deal.changeId })
    expect((await call('forecast.grades', { today: '2024-11-01' })).rows).toEqual(before.rows)
  })
})

describe('what can be asked', () => {
  test('of a team or a seller, by name or id', async () => {
    const team = await call('forecast.show', { ...asked, team: 'Ours' })
    expect(team.scope).toMatchObject({ kind: 'team', of: { name: 'Ours' } })
    const mate = await call('forecast.show', { ...asked, seller: world.of.mate.sellerId })
    expect(mate.scope.of?.name).toBe('Seller mate')
    expect(mate.history.map(({ value }) => value)).toEqual(team.history.map(({ value }) => value))
    const own = await call('forecast.show', asked, world.as('seller'))
    expect(own.scope.kind).toBe('seller')
    expect(own.history).toEqual([])
  })

  test('the unfinished month is not part of the series but counts as begun', async () => {
    const shown = await call('forecast.show', { ...asked, today: '2024-10-20' })
    expect(shown.history.at(-1)?.period).toBe('2024-09')
    expect(shown.rows[0]).toMatchObject({ period: '2024-10', soFar: 133 })
    expect(shown.rows[0]?.mean).toBeGreaterThan(133)
    // When nobody works any more in the month, nothing is added to what is there.
    const off = { from: '2024-10-20', until: '2024-11-01', kind: 'off' }
    const { id } = await world.call<{ id: string }>(admin, 'calendar-exceptions.create', off)
    const free = await call('forecast.show', { ...asked, today: '2024-10-20' })
    expect(free.rows[0]).toMatchObject({ period: '2024-10', soFar: 133, mean: 133 })
    await world.call(admin, 'calendar-exceptions.remove', { id })
  })

  test('little of the past is a plain answer', async () => {
    const shown = await call('forecast.show', { today: '2022-11-01', metric: 'units' })
    expect(shown.rows).toEqual([])
    expect(shown.missing?.text).toContain('Not enough data yet: 10 of 36 months.')
    expect(shown.keepable).toBe(false)
    const german = await call('forecast.backtest', { today: '2022-11-01', lang: 'de' })
    expect(german.finding).toContain('Noch nicht genug Daten: 10 von 36 Monaten.')
    await expect(
      call('forecast.make', { today: '2022-11-01', metric: 'units' }),
    ).rejects.toMatchObject(code('forecast.nothing_to_keep'))
  })

  test('each number is explained, and no other', async () => {
    const why = await call('forecast.why', { ...asked, period: '2024-11' })
    expect(why.sentence).toContain('November 2024')
    expect(why.steps.map(({ title }) => title)).toContain('Tested on the past')
    await expect(call('forecast.why', { ...asked, period: '2025-11' })).rejects.toMatchObject(
      code('forecast.no_such_period'),
    )
  })

  test('what makes no sense is refused', async () => {
    await expect(call('forecast.make', { today: '2999-01-01' })).rejects.toMatchObject(
      code('forecast.day_to_come'),
    )
    await expect(call('forecast.show', { today: '2024-02-30' })).rejects.toMatchObject(
      code('request.invalid'),
    )
    await expect(call('forecast.show', { metric: 'win-rate' })).rejects.toMatchObject(
      code('results.not_in_series'),
    )
    await expect(call('forecast.show', { metric: 'pipeline' })).rejects.toMatchObject(
      code('results.not_in_series'),
    )
    await expect(
      call('forecast.show', { team: 'Ours', seller: 'Seller own' }),
    ).rejects.toMatchObject(code('forecast.team_and_seller'))
    await expect(call('forecast.show', { team: 'Nobody' })).rejects.toMatchObject(
      code('results.unknown_cell'),
    )
    await expect(
      call('forecast.make', { ...asked, team: 'Others' }, world.as('manager')),
    ).rejects.toMatchObject(code('forecast.beyond_reach'))
  })
})

describe('calls', () => {
  const period = '2024-10'

  test('are set, changed, seen by who reaches them, and taken back by their owner', async () => {
    const manager = world.as('manager')
    const first = await call(
      'forecast.call',
      { period, team: 'Ours', commit: 120, best: 150 },
      manager,
    )
    const second = await call(
      'forecast.call',
      { period, team: 'Ours', commit: 130, best: null },
      manager,
    )
    expect(second).toMatchObject({ id: first.id, version: 2 })
    const seen = (await call('forecast.calls', { team: 'Ours' })).rows
    expect(seen).toMatchObject([
      { commit: 130, best: null, mine: false, by: { name: 'Manager' }, scope: { kind: 'team' } },
    ])
    expect((await call('forecast.calls', {}, world.as('seller'))).rows).toEqual([])
    await expect(
      call('forecast.call', { period, team: 'Ours', commit: 1, best: null, version: 1 }, manager),
    ).rejects.toMatchObject(code('record.changed'))
    const grades = await call('forecast.grades', { today: '2024-11-01' })
    // 130 was committed to, 133 came.
    expect(grades.people).toMatchObject([
      { person: { name: 'Manager' }, calls: 1, bias: -3, mae: 3, kept: { inside: 1, of: 1 } },
    ])
    await expect(call('forecast.remove-call', { id: first.id })).rejects.toMatchObject(
      code('forecast_call.not_found'),
    )
    const removed = await call('forecast.remove-call', { id: first.id }, manager)
    expect((await call('forecast.calls', {})).rows).toEqual([])
    await world.call(manager, 'changes.undo', { id: removed.changeId })
    expect((await call('forecast.calls', {})).rows).toHaveLength(1)
    expect(await checkOrganisation(db.database, admin)).toMatchObject({ findings: [] })
  })

  test('that say nothing, contradict themselves or reach too far are refused', async () => {
    const refused = (input: GivenInputOf<Contract['forecast.call']>, why: string, who = admin) =>
      expect(call('forecast.call', input, who)).rejects.toMatchObject(code(why))
    await refused({ period, commit: null, best: null }, 'forecast.call_without_amount')
    await refused({ period, commit: 9, best: 8 }, 'forecast.best_below_commit')
    await refused({ period: '2024-10-05', commit: 9, best: null }, 'forecast.no_call_period')
    await refused({ period: 'soon', commit: 9, best: null }, 'period.unreadable')
    await refused(
      { period, team: 'Others', commit: 9, best: null },
      'forecast.beyond_reach',
      world.as('manager'),
    )
  })
})

async function* pieceByPiece(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.toString()
}

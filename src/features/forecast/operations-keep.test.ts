// Forecasts kept by themselves, and tests of open deals that run as a job: once, within reach, stopped when asked.
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { Database, Tx } from '../../platform/database/with-org.ts'
import { callOperation } from '../../platform/operations.ts'
import type { forecastContract } from './contract.ts'
import { keepForecasts, recoverTests, testInBackground } from './operations.ts'
import { lastTest, testById } from './store-tests.ts'

type Contract = typeof forecastContract
let db: TestDatabase
let world: World
let day = '2025-01-15'

beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  const stage = await world.stagesOf(world.admin)
  const deal = (month: number, openedOn: string, outcome: string, closedOn?: string) =>
    world.call(world.admin, 'deals.create', {
      seller: { id: world.of.mate.sellerId },
      stageId: stage(outcome),
      openedOn,
      ...(closedOn ? { closedOn } : {}),
      amount: 100 + (month % 12),
    })
  // Three years: each month one deal won and one lost, both opened a month before.
  for (let month = 0; month < 36; month += 1) {
    const on = (at: number, date: number) =>
      new Date(Date.UTC(2021, 11 + at, date)).toISOString().slice(0, 10)
    await deal(month, on(month, 10), 'won', on(month + 1, 15))
    await deal(month, on(month, 12), 'lost', on(month + 1, 20))
  }
  await deal(0, '2024-12-20', 'open')
}, 120_000)
afterAll(() => db.close())

const call = <Name extends keyof Contract>(
  name: Name,
  input: GivenInputOf<Contract[Name]>,
  who = world.admin,
): Promise<OutputOf<Contract[Name]>> =>
  callOperation(
    { ...world.program, clock: () => Date.parse(`${day}T12:00:00Z`) },
    who,
    name,
    input,
  ) as Promise<never>
const code = (value: string) => ({ detail: { code: value } })

describe('what is kept by itself', () => {
  test('of the organisation and its teams each day, of sellers each week, in one change', async () => {
    const first = await call('forecast.keep-daily', {})
    // Revenue and deals won: of all, of “Ours” and of the one seller who has a past.
    expect(first).toMatchObject({ kept: 6, there: 0 })
    expect(first.short).toBeGreaterThan(0)
    const { rows } = await call('forecast.list', {})
    expect(
      rows.map(({ scope, metric }) => `${metric} ${scope.of?.name ?? scope.kind}`).sort(),
    ).toEqual([
      'deals-won Ours',
      'deals-won Seller mate',
      'deals-won organisation',
      'revenue Ours',
      'revenue Seller mate',
      'revenue organisation',
    ])
    expect(new Set(rows.map(({ at }) => at)).size).toBe(1)
    expect(await call('forecast.keep-daily', {})).toMatchObject({
      changeIds: [],
      kept: 0,
      there: 6,
    })
    day = '2025-01-16'
    expect(await call('forecast.keep-daily', {})).toMatchObject({ kept: 4, there: 2 })
    day = '2025-01-20'
    expect(await call('forecast.keep-daily', {})).toMatchObject({ kept: 6 })
    // A seller sees the own forecasts, and those of others never.
    expect((await call('forecast.list', {}, world.as('seller'))).rows).toEqual([])
    const led = (await call('forecast.list', {}, world.as('manager'))).rows
    expect(new Set(led.map(({ scope }) => scope.kind))).toEqual(new Set(['team', 'seller']))
    expect(await checkOrganisation(db.database, world.admin)).toMatchObject({ findings: [] })
  }, 60_000)

  test('is graded for each on its own, a period and day once however far ahead was asked', async () => {
    const asked = { metric: 'revenue', today: '2025-02-01' } as const
    const before = await call('forecast.grades', asked)
    expect(before.scope).toEqual({ kind: 'organisation', of: null })
    expect(before.rows.map(({ madeOn }) => madeOn)).toEqual([
      '2025-01-20',
      '2025-01-16',
      '2025-01-15',
    ])
    const scopes = await call('forecast.scope-grades', asked)
    expect(scopes.rows.map(({ scope, graded }) => [scope.of?.name, graded])).toEqual([
      ['Ours', 3],
      ['Seller mate', 2],
    ])
    const first = await call('forecast.scope-grades', { ...asked, limit: 1 })
    const second = await call('forecast.scope-grades', { ...asked, limit: 1, cursor: first.next })
    expect([...first.rows, ...second.rows]).toEqual(scopes.rows)
    expect(second.next).toBeUndefined()
    // Each as if it were asked for alone.
    for (const { scope, ...grades } of scopes.rows) {
      const alone = await call('forecast.grades', { ...asked, [scope.kind]: scope.of?.id })
      expect({ graded: alone.graded, ...alone.summary }).toMatchObject(grades)
    }
    expect((await call('forecast.scope-grades', asked, world.as('manager'))).rows).toEqual(
      scopes.rows,
    )
    expect((await call('forecast.scope-grades', asked, world.as('seller'))).rows).toEqual([])
    await call('forecast.make', { horizon: 3 })
    expect((await call('forecast.grades', asked)).rows).toEqual(before.rows)
    const team = await call('forecast.grades', { ...asked, team: 'Ours' }, world.as('manager'))
    expect(team).toMatchObject({ graded: 3, scope: { of: { name: 'Ours' } } })
    expect((await call('forecast.grades', { ...asked, limit: 1 })).rows).toHaveLength(1)
    await expect(
      call('forecast.grades', { team: 'Ours', seller: 'Seller own' }),
    ).rejects.toMatchObject(code('forecast.team_and_seller'))
  })

  test('all that was kept is graded, however many of one were kept since', async () => {
    const asked = { metric: 'revenue', today: '2025-02-01', limit: 2 } as const
    const before = await call('forecast.grades', asked)
    await db.owner.query(`
      INSERT INTO forecast SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(),
        'made_on', t.made_on - later))).* FROM forecast t, generate_series(1, 1001) later
      WHERE t.scope = 'organisation' AND t.metric = 'revenue' AND t.made_on = '2025-01-15' AND t.horizon = 6`)
    const after = await call('forecast.grades', asked)
    expect(after.graded).toBe(before.graded + 1001)
    expect(after.summary?.coverage80.of).toBe(after.graded)
    expect(after.rows).toEqual(before.rows)
    await db.owner.query(`DELETE FROM forecast WHERE made_on < '2025-01-15'`)
  })

  test('a team that was taken away is not graded, and stops no grade of others', async () => {
    const asked = { metric: 'revenue', today: '2025-02-01' } as const
    const said = await call('forecast.call', {
      ...{ period: '2025-01', team: 'Ours', commit: 5, best: null },
    })
    const before = await call('forecast.grades', asked)
    expect(before.people).toHaveLength(1)
    const state = (value: string) =>
      db.owner.query(`UPDATE team SET state = $1 WHERE org_id = $2 AND name = 'Ours'`, [
        value,
        world.admin.orgId,
      ])
    await state('removed')
    expect(await call('forecast.grades', asked)).toEqual({ ...before, people: [] })
    const { rows } = await call('forecast.scope-grades', asked)
    expect(rows.map(({ scope }) => scope.of?.name)).toEqual(['Seller mate'])
    await state('active')
    await call('forecast.remove-call', { id: said.id })
  })

  test('what was taken back is not kept again by itself', async () => {
    const asked = { metric: 'revenue', horizon: 2 } as const
    expect(await call('forecast.show', asked)).toMatchObject({ kept: null, takenBack: false })
    const made = await call('forecast.make', asked)
    await world.call(world.admin, 'changes.undo', { id: made.changeId })
    expect(await call('forecast.show', asked)).toMatchObject({ kept: null, takenBack: true })
    const again = await call('forecast.make', asked)
    expect(again.id).not.toBe(made.id)
    expect((await call('forecast.show', asked)).kept?.id).toBe(again.id)
  })

  test('each night in every organisation that is in use', async () => {
    day = '2025-01-27'
    const clock = () => Date.parse(`${day}T03:20:00Z`)
    const quietly = { signal: new AbortController().signal, log: () => {} }
    await keepForecasts({ ...world.program, clock }, quietly)
    await keepForecasts({ ...world.program, clock }, quietly)
    const { rows } = await call('forecast.list', { limit: 200 })
    expect(rows.filter(({ madeOn }) => madeOn === day)).toHaveLength(6)
    const theirs = await call('forecast.list', {}, world.foreignAdmin)
    expect(theirs.rows).toEqual([])
  }, 60_000)

  test('two who look at once keep one', async () => {
    const asked = { metric: 'revenue', horizon: 4 } as const
    const both = await Promise.all([call('forecast.make', asked), call('forecast.make', asked)])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
  })
})

describe('a test of open deals', () => {
  const question = { metric: 'deals-won', horizon: 2 } as const
  const payload = (testId: string) => ({
    orgId: world.admin.orgId,
    personId: world.admin.personId,
    testId,
  })

  test('as a job says the same as with the forecast itself', async () => {
    const { id } = await call('forecast.start-test', question)
    expect((await call('forecast.start-test', question)).id).toBe(id)
    expect((await call('forecast.tests', question)).rows).toMatchObject([
      { id, state: 'waiting', done: 0, of: 36 },
    ])
    await testInBackground(world.program, payload(id))
    expect((await call('forecast.tests', question)).rows).toMatchObject([
      { id, state: 'done', done: 36, of: 36 },
    ])
    const stored = await db.database.read(world.admin, async (tx) => {
      const stands = await testById(tx, id)
      return stands && lastTest(tx, stands)
    })
    const atOnce = await call('forecast.backtest', { ...question, method: 'pipeline' })
    expect(atOnce.testNeedsJob).toBe(false)
    expect(atOnce.rows.length).toBeGreaterThan(20)
    expect(atOnce.rows.map(({ mean, low80, high95 }) => [mean, low80, high95])).toEqual(
      stored?.result.steps.map(({ mean, low80, high95 }) => [mean, low80, high95]),
    )
    // The one deal that was open was won in the month that began, or was lost in it.
    expect(
      atOnce.rows.filter(({ horizon }) => horizon === 1).every(({ actual }) => actual === 1),
    ).toBe(true)
    // Who does not reach all of it sees no test of it, and stops none.
    await expect(
      call('forecast.tests', { ...question, team: 'Others' }, world.as('manager')),
    ).rejects.toMatchObject(code('forecast.beyond_reach'))
  })

  test('how far it is, calls, and what was shown a moment ago are told without the series being counted', async () => {
    const readBy = async (name: keyof Contract, more: object = {}) => {
      const seen = new Set<string>()
      const read: Database['read'] = (actor, work) =>
        db.database.read(actor, (tx) => {
          const rows: Tx['rows'] = async (query) => {
            const plan = await tx.first(sql`EXPLAIN (FORMAT JSON) ${query as RawBuilder<unknown>}`)
            for (const [, table] of JSON.stringify(plan).matchAll(/"Relation Name":"(\w+)"/g)) {
              seen.add(table ?? '')
            }
            return tx.rows(query)
          }
          return work({ ...tx, rows })
        })
      const program = { ...world.program, db: { ...db.database, read } }
      await callOperation(program, world.admin, name, { metric: 'revenue', ...more })
      return [...seen].filter((table) => /^sale_(day|month)/.test(table))
    }
    const asked = { horizon: 9, today: '2025-01-27' }
    expect(await readBy('forecast.show', asked)).not.toEqual([])
    expect(await readBy('forecast.tests', asked)).toEqual([])
    expect(await readBy('forecast.calls')).toEqual([])
    // Kept and explained is what was shown; after a change it is counted anew.
    expect(await readBy('forecast.why', { ...asked, period: '2025-02' })).toEqual([])
    const shown = await call('forecast.show', { metric: 'revenue', ...asked })
    const made = await call('forecast.make', { metric: 'revenue', ...asked })
    expect(made.forecast).toEqual({ ...shown, kept: made.forecast.kept })
    expect(await readBy('forecast.show', asked)).not.toEqual([])
  })

  test('is stopped while it waits, and between two points', async () => {
    const waiting = await call('forecast.start-test', question)
    await expect(
      call('forecast.cancel-test', { id: waiting.id }, world.as('manager')),
    ).rejects.toMatchObject(code('forecast.test_not_found'))
    await call('forecast.cancel-test', { id: waiting.id })
    await testInBackground(world.program, payload(waiting.id))
    const running = await call('forecast.start-test', question)
    await db.owner.query('UPDATE forecast_test SET cancel_requested = true WHERE id = $1', [
      running.id,
    ])
    await testInBackground(world.program, payload(running.id))
    const { rows } = await call('forecast.tests', question)
    expect(rows.slice(0, 2).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    await expect(call('forecast.cancel-test', { id: running.id })).rejects.toMatchObject(
      code('forecast.test_not_found'),
    )
  })

  test('that a stopped process left is over, and what cannot be tested is not begun', async () => {
    const { id } = await call('forecast.start-test', question)
    await db.owner.query(`UPDATE forecast_test SET state = 'running' WHERE id = $1`, [id])
    await recoverTests(world.program, world.admin)
    expect((await call('forecast.tests', question)).rows[0]).toMatchObject({ id, state: 'failed' })
    await expect(call('forecast.start-test', { metric: 'activities' })).rejects.toMatchObject(
      code('forecast.nothing_to_test'),
    )
    const seen = await db.database.read(world.foreignAdmin, (tx) =>
      tx.rows(sql`SELECT id FROM forecast_test`),
    )
    expect(seen).toEqual([])
  })

  test('of too many to test at once stays of its own periods, whatever is brought in before them or taken out', async () => {
    await db.owner.query(`
      INSERT INTO deal (org_id, id, version, change_in, seller_id, stage_id, outcome, opened_on, currency)
      SELECT d.org_id, gen_random_uuid(), 1, d.change_in, d.seller_id, d.stage_id, 'open', '2025-01-02', 'EUR'
      FROM deal d, generate_series(1, 3001) WHERE d.outcome = 'open' AND d.opened_on = '2024-12-20'`)
    const { id } = await call('forecast.start-test', question)
    await testInBackground(world.program, payload(id))
    const rowsOf = async () => {
      const found = await call('forecast.backtest', { ...question, method: 'pipeline' })
      expect(found.testNeedsJob).toBe(true)
      return found.rows.map(({ origin, period, actual }) => [origin, period, actual])
    }
    const before = await rowsOf()
    // Who reaches only a part is told of the past too, and that no test of it can be started.
    expect(await call('forecast.backtest', question)).toMatchObject({ mayTest: true })
    expect(await call('forecast.backtest', question, world.as('manager'))).toMatchObject({
      scope: { kind: 'person' },
      testNeedsJob: true,
      mayTest: false,
    })
    expect(before.at(-1)).toEqual(['2024-12-01', '2024-12', 1])
    const { rows: stages } = await world.call<{ rows: { id: string; outcome: string }[] }>(
      world.admin,
      'stages.list',
    )
    const older = await world.call<{ changeId: string }>(world.admin, 'deals.create', {
      seller: { id: world.of.mate.sellerId },
      stageId: stages.find(({ outcome }) => outcome === 'won')?.id,
      openedOn: '2021-01-10',
      closedOn: '2021-02-15',
      amount: 100,
    })
    expect(await rowsOf()).toEqual(before)
    // Tested with the older ones in, and without them since.
    day = '2025-01-28'
    const later = await call('forecast.start-test', question)
    await testInBackground(world.program, payload(later.id))
    await world.call(world.admin, 'changes.undo', { id: older.changeId })
    expect((await rowsOf()).at(-1)).toEqual(['2024-12-01', '2024-12', 1])
  }, 60_000)
})

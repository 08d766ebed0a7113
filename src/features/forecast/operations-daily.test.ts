// Forecasts of the day: the same as on the page, read once, kept in batches, broken off when asked, over when nothing is left.
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import { background } from '../../app.ts'
import type { GivenInputOf, OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { callOperation } from '../../platform/operations.ts'
import type { forecastContract } from './contract.ts'
import { keepForecasts } from './operations.ts'

type Contract = typeof forecastContract
const sellers = 24
const own = new AbortController().signal
let db: TestDatabase
let world: World
let day = '2025-01-15'
let statements: string[] = []
let onStatement: (text: string) => void = () => {}

beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  listen()
  for (const who of [world.admin, world.foreignAdmin]) await deals(who)
}, 120_000)
afterAll(() => db.close())

/** Every statement that is sent from now on. */
function listen(): void {
  const heard = new WeakSet<pg.PoolClient>()
  db.database.pools.main.on('acquire', (client) => {
    if (heard.has(client)) return
    heard.add(client)
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    client.query = ((config: pg.QueryConfig | string, ...given: unknown[]) => {
      const text = typeof config === 'string' ? config : config.text
      statements.push(text)
      onStatement(text)
      return query(config, ...given)
    }) as typeof client.query
  })
}

/** Deals of three years, so that chances are known; in ours each of many sellers has an open one. */
async function deals(who: Principal): Promise<void> {
  const stage = await world.stagesOf(who)
  const add = (sellerId: string, outcome: string, openedOn: string, closedOn?: string) =>
    world.call(who, 'deals.create', {
      seller: { id: sellerId },
      stageId: stage(outcome),
      openedOn,
      ...(closedOn ? { closedOn } : {}),
      amount: 100,
    })
  const { mate, elsewhere } = world.of
  const sellerId = (who === world.admin ? mate : elsewhere).sellerId
  const on = (month: number, date: number) =>
    new Date(Date.UTC(2021, 11 + month, date)).toISOString().slice(0, 10)
  for (let month = 0; month < 36; month += 1) {
    await add(sellerId, 'won', on(month, 10), on(month + 1, 15))
    await add(sellerId, 'lost', on(month, 12), on(month + 1, 20))
  }
  if (who !== world.admin) return
  for (let i = 0; i < sellers; i += 1) {
    const { id } = await world.call<{ id: string }>(who, 'sellers.create', {
      name: `Seller ${i}`,
      teamId: mate.teamId,
    })
    await add(id, 'open', '2024-12-20')
  }
}

const clock = () => Date.parse(`${day}T12:00:00Z`)
const call = <Name extends keyof Contract>(
  name: Name,
  input: GivenInputOf<Contract[Name]>,
  who = world.admin,
  signal = own,
): Promise<OutputOf<Contract[Name]>> =>
  callOperation({ ...world.program, clock }, who, name, input, { signal }) as Promise<never>
const sent = (part: string) => statements.filter((text) => text.includes(part)).length

test('a command that opens the data for a moment keeps none', () => {
  const { program } = world
  const log = () => {}
  expect(background(program, { serving: true, log }).regular).toHaveProperty(['forecast.keep'])
  const { tasks, regular } = background(program, { serving: false, log })
  expect(tasks).not.toHaveProperty(['forecast.keep'])
  expect(regular).not.toHaveProperty(['forecast.keep'])
  expect(tasks).toHaveProperty(['imports.apply'])
})

test('broken off in the middle it has kept whole batches, and goes on where it was', async () => {
  const stop = new AbortController()
  // The first change is on its way when the process is to stop.
  onStatement = (text) => {
    if (text.includes('kontor_commit')) stop.abort()
  }
  await expect(call('forecast.keep-daily', {}, world.admin, stop.signal)).rejects.toThrow('aborted')
  onStatement = () => {}
  const { rows } = await call('forecast.list', { limit: 200 })
  expect(rows).toHaveLength(50)
  // Revenue and deals won: of all, of “Ours”, of the seller with a past and of those with an open deal.
  const all = 2 * (1 + 1 + 1 + sellers)
  const rest = await call('forecast.keep-daily', {})
  expect(rest).toMatchObject({ kept: all - 50, there: 50 })
  expect(rest.changeIds).toHaveLength(1)
  expect(await call('forecast.keep-daily', {})).toMatchObject({ changeIds: [], there: all })
}, 60_000)

test('what was not asked for by anybody says what the page says', async () => {
  const { rows } = await db.owner.query<{ metric: 'revenue'; scope: string; scope_id: string }>(
    `SELECT metric, scope, scope_id, periods FROM forecast WHERE org_id = $1 AND made_on = $2
       AND (scope <> 'seller' OR scope_id = $3 OR scope_id = (SELECT id FROM seller WHERE name = 'Seller 7'))`,
    [world.admin.orgId, day, world.of.mate.sellerId],
  )
  expect(rows).toHaveLength(8)
  for (const { metric, scope, scope_id, ...kept } of rows) {
    const whose = scope === 'organisation' ? {} : { [scope]: scope_id }
    const shown = await call('forecast.show', { metric, ...whose })
    expect(kept).toEqual({ periods: shown.rows })
  }
}, 60_000)

test('reads what became of all deals once, not for every seller and metric again', async () => {
  day = '2025-01-20'
  statements = []
  expect((await call('forecast.keep-daily', {})).kept).toBe(2 * (3 + sellers))
  // As of today, and as of all the points of the tests.
  expect(sent('done AS MATERIALIZED')).toBe(2)
  expect(sent('ended AS MATERIALIZED')).toBe(2)
  expect(sent('FROM calendar')).toBeLessThanOrEqual(2)
}, 60_000)

test('the fault of one organisation is said, and the others go on', async () => {
  day = '2025-01-27'
  await db.owner.query(
    `ALTER TABLE forecast ADD CONSTRAINT none_today CHECK (org_id <> '${world.admin.orgId}' OR made_on <> '2025-01-27')`,
  )
  const lines: string[] = []
  await keepForecasts({ ...world.program, clock }, { signal: own, log: (line) => lines.push(line) })
  await db.owner.query('ALTER TABLE forecast DROP CONSTRAINT none_today')
  expect(lines).toEqual([
    expect.stringMatching(/^The forecasts of the organisation “ours” could not all be kept: ./),
  ])
  const { rows } = await call('forecast.list', {}, world.foreignAdmin)
  expect(rows.length).toBeGreaterThan(0)
  expect((await call('forecast.keep-daily', {})).kept).toBe(2 * (3 + sellers))
}, 60_000)

test('where records have ended nothing is forecast again until something is changed', async () => {
  day = '2026-08-01'
  const who = world.foreignAdmin
  // The last deal was closed on 2026-02-10.
  const first = await call('forecast.keep-daily', {}, who)
  expect(first.kept).toBeGreaterThan(0)
  const { rows } = await call('forecast.list', {}, who)
  expect(rows[0]).toMatchObject({ madeOn: '2026-02-11', asIf: true })
  // Of a seller without any past there is nothing to say, whenever it is asked.
  const { teamId } = world.of.elsewhere
  await world.call(who, 'sellers.create', { name: 'New', teamId })
  expect(await call('forecast.keep-daily', {}, who)).toMatchObject({ kept: 0, short: 2 })
  for (day of ['2026-08-02', '2026-09-10']) {
    statements = []
    const again = await call('forecast.keep-daily', {}, who)
    expect(again).toMatchObject({ changeIds: [], kept: 0, there: first.kept + first.there })
    expect(sent('BEGIN')).toBe(1)
  }
  await world.call(who, 'sellers.create', { name: 'Newer', teamId })
  expect(await call('forecast.keep-daily', {}, who)).toMatchObject({ kept: 0, short: 4 })
  // Nor where there is nothing on record at all.
  const empty = await world.organisation('empty')
  statements = []
  expect(await call('forecast.keep-daily', {}, empty)).toMatchObject({ kept: 0, short: 0 })
  expect(sent('BEGIN')).toBe(1)
}, 60_000)

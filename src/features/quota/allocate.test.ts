// A number handed down: proposed, to the cent, released as one change, taken back as one.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { quotaContract } from './contract.ts'
import { type Firm, quotaFirm } from './quota.fixture.ts'

type Contract = typeof quotaContract
type Plan = OutputOf<Contract['quotas.plan']>
type Allocated = OutputOf<Contract['quotas.allocate']>
type List = OutputOf<Contract['quotas.list']>

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const refused = (promise: Promise<unknown>, code: string) =>
  expect(promise).rejects.toMatchObject({ detail: { code } })
const partsOf = ({ rows }: Plan) => rows.map(({ holder, part }) => [holder.name, part])
const proposed = ({ rows }: Plan) =>
  rows.map(({ holder, part }) => ({ [holder.kind]: holder.id, amount: part }))
const amountsOf = (rows: List['rows']) =>
  Object.fromEntries(rows.map((row) => [row.holder.name, row.amount]))

test('equal parts and shares of last year, ramp and working days', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  const plan = (input: object) =>
    firm.call<Plan>('quotas.plan', { period: '2026-Q3', total: 100_000, ...input })
  expect(partsOf(await plan({ team: 'Office', to: 'level' }))).toEqual([
    ['North', 50_000],
    ['South', 50_000],
  ])
  expect(partsOf(await plan({ team: 'Office' }))).toEqual([
    ['Ana', 25_000],
    ['Ben', 25_000],
    ['Cleo', 25_000],
    ['Dan', 25_000],
  ])
  // From the top: the office, and whoever is in no team.
  expect(partsOf(await plan({ to: 'level' }))).toEqual([
    ['Office', 50_000],
    ['Eva', 50_000],
  ])
  await refused(plan({ method: 'last-year' }), 'quota.no_basis')
  await firm.sell(seller.ana, '2025-07-01', 200)
  await firm.sell(seller.cleo, '2025-09-30', 100)
  await firm.sell(seller.cleo, '2025-10-01', 999)
  const shares = await plan({ method: 'last-year', team: 'Office' })
  expect(partsOf(shares)).toEqual([
    ['Ana', 66_667],
    ['Ben', 0],
    ['Cleo', 33_333],
    ['Dan', 0],
  ])
  expect(shares.rows.map((row) => row.lastYear.value)).toEqual([200, 0, 100, 0])
  expect(partsOf(await plan({ method: 'last-year', team: 'Office', to: 'level' }))).toEqual([
    ['North', 66_667],
    ['South', 33_333],
  ])
  // Ben joined in August: July and August on the first step, September on the second.
  const ramped = await plan({ team: 'North', ramp: [0.2, 0.8] })
  expect(ramped.rows.map((row) => row.load)).toEqual([1, expect.closeTo((0.2 + 0.2 + 0.8) / 3, 12)])
  expect(ramped).toMatchObject({ remainder: 0, mayApprove: true })
  // July has 23 working days, August 21, September 22.
  const worked = await plan({ team: 'North', workingDays: true })
  expect(worked.rows[1]?.load).toBeCloseTo(43 / 66, 12)
  const both = await plan({ team: 'North', workingDays: true, ramp: [0.2, 0.8] })
  expect(both.rows[1]?.load).toBeCloseTo((21 * 0.2 + 22 * 0.8) / 66, 12)
  expect(both.rows.reduce((sum, row) => sum + row.part, 0)).toBe(100_000)
})

test('parts follow potential where ten holders show a line, and stay as they are where they do not', async () => {
  const firm = await quotaFirm(db)
  const people: string[] = []
  for (let i = 0; i < 10; i++) {
    const { id } = await firm.call<{ id: string }>('sellers.create', {
      name: `Seller ${i}`,
      teamId: firm.team.south,
    })
    people.push(id)
    // Two years ago, and a year ago twice as much and a bit.
    await firm.sell(id, '2024-08-01', 1_000 * (i + 1))
    await firm.sell(id, '2025-08-01', 2_000 * (i + 1) + (i % 2 === 0 ? 50 : -50))
  }
  const plan = (input: object) =>
    firm.call<Plan>('quotas.plan', {
      period: '2026-Q3',
      total: 100_000,
      method: 'potential',
      driver: 'last-year',
      ...input,
    })
  const answer = await plan({ team: 'South' })
  expect(answer).toMatchObject({
    remainder: 0,
    potential: { driver: 'last-year', unit: 'money', fit: { status: 'ok', n: 12, needed: 10 } },
  })
  expect(answer.potential?.fit.slope).toBeCloseTo(2, 1)
  const last = answer.rows.find(({ holder }) => holder.id === people[9])
  expect(last?.potential).toMatchObject({ before: { value: 10_000 }, now: { value: 19_950 } })
  // Beyond anything the line was drawn through.
  expect(last?.expected).toMatchObject({ extrapolates: true })
  expect(last?.expected?.value).toBeCloseTo(39_900, -3)
  const weights = answer.rows.map((row) => row.expected?.value ?? 0)
  const all = weights.reduce((sum, one) => sum + one, 0)
  expect(last?.part).toBeCloseTo((100_000 * (last?.expected?.value ?? 0)) / all, -1)
  // Two are not ten: nothing is proposed, and it is said how many there are.
  const few = await plan({ team: 'North' })
  expect(few).toMatchObject({
    remainder: 100_000,
    potential: { fit: { status: 'not_enough_data', n: 1, needed: 10 } },
  })
  expect(few.rows.map((row) => [row.part, row.expected])).toEqual([
    [0, null],
    [0, null],
  ])
  // Nobody has bought from anybody by name, and nothing is open: no line.
  expect((await plan({ team: 'South', driver: 'customers' })).potential?.fit.status).toBe(
    'no_variation',
  )
  await firm.call('deals.create', {
    seller: { id: people[0] },
    openedOn: '2026-05-01',
    stageId: firm.openStage,
    amount: 700,
  })
  const open = await plan({ team: 'South', driver: 'pipeline' })
  expect(open.rows.find(({ holder }) => holder.id === people[0])?.potential).toMatchObject({
    before: { value: 0 },
    now: { value: 700 },
  })
})

test('released as one change with the number itself, and undone as one', async () => {
  const firm = await quotaFirm(db)
  const { seller, team } = firm
  const about = { period: '2026-Q4', team: 'Office' }
  await firm.call('quotas.set', { seller: seller.ana, period: '2026-Q4', amount: 7, approve: true })
  const plan = await firm.call<Plan>('quotas.plan', { ...about, total: 100_001 })
  const allocation = { ...about, total: 100_001, parts: proposed(plan), approve: true }
  const preview = await firm.call<Allocated>('quotas.allocate', { ...allocation, preview: true })
  expect(preview).toEqual({ added: 4, changed: 1, same: 0, state: 'approved' })
  expect((await firm.call<List>('quotas.list')).rows).toHaveLength(1)
  const done = await firm.call<Allocated>('quotas.allocate', {
    ...allocation,
    reason: 'Year plan of the board',
  })
  expect(done).toMatchObject({ added: 4, changed: 1, same: 0 })
  const { rows } = await firm.call<List>('quotas.list')
  expect(amountsOf(rows)).toEqual({
    Ana: 25_001,
    Ben: 25_000,
    Cleo: 25_000,
    Dan: 25_000,
    Office: 100_001,
  })
  expect(rows[0]?.decision?.reason).toBe('Year plan of the board')
  // The office's number stands there for the next one who opens the page.
  expect(await firm.call<Plan>('quotas.plan', { ...about, method: 'by-hand' })).toMatchObject({
    total: 100_001,
    teamQuota: 100_001,
    remainder: 0,
  })
  // The same again changes nothing.
  expect(await firm.call('quotas.allocate', allocation)).toMatchObject({
    added: 0,
    changed: 0,
    same: 5,
  })
  await firm.call('changes.undo', { id: done.changeId })
  expect(amountsOf((await firm.call<List>('quotas.list')).rows)).toEqual({ Ana: 7 })
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
  expect(team.office).toBeDefined()
})

test('a lead hands down what was given, and cannot change the number itself', async () => {
  const firm = await quotaFirm(db)
  const { team } = firm
  await firm.call('quotas.set', { team: team.north, period: '2026-Q4', amount: 901, approve: true })
  const about = { period: '2026-Q4', team: team.north }
  const plan = await firm.call<Plan>('quotas.plan', about, { as: firm.lead })
  expect(plan).toMatchObject({ total: 901, teamQuota: 901, mayApprove: true })
  await firm.call(
    'quotas.allocate',
    { ...about, total: 901, parts: proposed(plan), approve: true },
    { as: firm.lead },
  )
  expect(amountsOf((await firm.call<List>('quotas.list')).rows)).toEqual({
    Ana: 451,
    Ben: 450,
    North: 901,
  })
  await refused(
    firm.call('quotas.plan', { period: '2026-Q4', team: team.south }, { as: firm.lead }),
    'quota.not_yours',
  )
  await refused(
    firm.call('quotas.plan', { period: '2026-Q4' }, { as: firm.lead }),
    'quota.not_yours',
  )
})

test('an allocation that cannot be is refused, and nothing is written', async () => {
  const firm = await quotaFirm(db)
  const { seller, team } = firm
  const allocate = (parts: object[], more: object = {}) =>
    firm.call('quotas.allocate', { period: '2026-Q4', team: 'North', total: 100, parts, ...more })
  const whole = [
    { seller: seller.ana, amount: 60 },
    { seller: 'ben', amount: 40 },
  ]
  await expect(allocate([{ seller: seller.ana, amount: 99 }])).rejects.toMatchObject({
    detail: {
      code: 'quota.does_not_add_up',
      message: 'The parts are 0.01 EUR short of 1.00 EUR.',
      particulars: { remainder: 1 },
    },
  })
  await refused(allocate([...whole, { seller: seller.ana, amount: 0 }]), 'quota.holder_twice')
  await refused(allocate([{ seller: seller.cleo, amount: 100 }]), 'quota.not_below')
  await refused(allocate([{ team: team.north, amount: 100 }]), 'quota.not_below')
  await refused(allocate([{ amount: 100 }]), 'quota.one_holder')
  await refused(allocate(whole, { period: '2026-W44' }), 'quota.period_unfit')
  const empty = await firm.call<{ id: string }>('teams.create', { name: 'Empty', kind: 'team' })
  await refused(firm.call('quotas.plan', { period: '2026-Q4', team: 'Empty' }), 'quota.nobody')
  await firm.call('teams.set-state', { id: empty.id, state: 'archived' })
  await refused(
    firm.call('quotas.plan', { period: '2026-Q4', team: empty.id }),
    'quota.team_dissolved',
  )
  expect((await firm.call<List>('quotas.list')).rows).toEqual([])
  await allocate(whole)
})

test('whatever is allocated adds up, and every undo leads back', async () => {
  const firm: Firm = await quotaFirm(db)
  const { seller } = firm
  const step = fc.record({
    total: fc.integer({ min: 0, max: 1e12 }),
    method: fc.constantFrom('equal', 'last-year'),
    team: fc.constantFrom('Office', 'North', 'South'),
    ramp: fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { maxLength: 4 }),
    workingDays: fc.boolean(),
    undo: fc.boolean(),
  })
  for (const [i, id] of Object.values(seller).entries()) {
    await firm.sell(id, '2025-11-03', 1_000 * (i + 1) + i)
  }
  const now = async () => amountsOf((await firm.call<List>('quotas.list')).rows)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      for (const { undo, ...given } of steps) {
        const about = { period: '2026-Q4', team: given.team, total: given.total }
        const before = await now()
        const plan = await firm.call<Plan>('quotas.plan', { ...given, ...about })
        expect(plan.remainder).toBe(0)
        const done = await firm.call<Allocated>('quotas.allocate', {
          ...about,
          parts: proposed(plan),
          approve: true,
        })
        const after = await now()
        expect(plan.rows.reduce((sum, row) => sum + (after[row.holder.name] ?? 0), 0)).toBe(
          given.total,
        )
        expect(after[given.team]).toBe(given.total)
        if (!undo) continue
        await firm.call('changes.undo', { id: done.changeId })
        expect(await now()).toEqual(before)
      }
    }),
    { seed: testSeed, numRuns: 15 },
  )
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

// Quotas by hand: set, corrected, decided, undone, as they were known, and who may do what.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { quotaContract } from './contract.ts'
import { quotaFirm, type Written } from './quota.fixture.ts'

type Contract = typeof quotaContract
type Attainment = OutputOf<Contract['quotas.attainment']>
type List = OutputOf<Contract['quotas.list']>
type Got = OutputOf<Contract['quotas.get']>

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const refused = (promise: Promise<unknown>, code: string) =>
  expect(promise).rejects.toMatchObject({ detail: { code } })

/** Amount, measure and attainment by holder and period. */
const cellsOf = ({ rows }: Attainment) =>
  Object.fromEntries(
    rows.map(({ holder, cells }) => [
      holder.name,
      cells.map((cell) => cell && [cell.amount, cell.measure.value, cell.attainment.value]),
    ]),
  )

test('a quota of a person for a quarter, and what was attained of it', async () => {
  const firm = await quotaFirm(db)
  const { seller, team } = firm
  await firm.sell(seller.ana, '2026-07-01', 30_000)
  await firm.sell(seller.ana, '2026-09-30', 60_001)
  await firm.sell(seller.ana, '2026-10-01', 500)
  await firm.sell(seller.cleo, '2026-08-01', 7_000)
  const set = (input: object) =>
    firm.call<Written>('quotas.set', { period: '2026-Q3', approve: true, ...input })
  await set({ seller: 'ana', amount: 90_000 })
  await set({ seller: seller.cleo, amount: 0 })
  await set({ team: 'Office', amount: 100_000 })
  await set({ team: team.north, amount: 200_000 })
  const people = await firm.call<Attainment>('quotas.attainment')
  expect(people).toMatchObject({
    metric: 'revenue',
    currency: 'EUR',
    grain: 'quarter',
    span: { id: '2026' },
    focus: '2026-Q3',
    periods: [
      {
        id: '2026-Q3',
        begun: true,
        over: false,
        standing: { n: 1, atOrAbove: 1, undefined: 1 },
        without: 3,
        quota: 90_000,
        measure: { value: 97_001 },
      },
    ],
  })
  expect(cellsOf(people)).toEqual({
    Ana: [[90_000, 90_001, 90_001 / 90_000]],
    Cleo: [[0, 7_000, undefined]],
  })
  // A team counts everybody below it.
  expect(cellsOf(await firm.call<Attainment>('quotas.attainment', { by: 'team' }))).toEqual({
    North: [[200_000, 90_001, 90_001 / 200_000]],
    Office: [[100_000, 97_001, 97_001 / 100_000]],
  })
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

test('corrected, returned with a reason, approved: every version says by whom and why', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  const set = (amount: number, more: object = {}) =>
    firm.call<Written & { state: string }>(
      'quotas.set',
      { seller: seller.ana, period: '2026-08', amount, ...more },
      { as: firm.lead },
    )
  const first = await set(5_000, { reason: 'As agreed in July' })
  expect(first).toMatchObject({ version: 1, state: 'proposed' })
  const decide = (decision: string, reason?: string) =>
    firm.call<{ changeId: string; decided: number }>(
      'quotas.decide',
      { ids: [first.id], decision, ...(reason ? { reason } : {}) },
      { as: firm.head },
    )
  await refused(decide('returned'), 'quota.reason_missing')
  await decide('returned', 'Too low')
  expect(await set(6_000)).toMatchObject({ id: first.id, version: 3, state: 'proposed' })
  // Not approved: nobody is measured against it.
  const open = await firm.call<Attainment>('quotas.attainment')
  expect(open).toMatchObject({ proposed: 1, periods: [{ standing: { n: 0 }, quota: 0 }] })
  // It is there: what is said of it is that nobody has approved it.
  expect(open.rows[0]?.cells[0]?.attainment.missing?.text).toContain('not yet approved')
  const approved = await decide('approved')
  await refused(decide('approved'), 'quota.nothing_to_decide')
  const got = await firm.call<Got>('quotas.get', { id: first.id })
  expect(got).toMatchObject({
    state: 'approved',
    amount: 6_000,
    decision: { decision: 'approved', reason: null, by: { name: 'Hank Head' } },
  })
  expect(
    got.versions.map((one) => [one.version, one.amount, one.state, one.reason, one.by.name]),
  ).toEqual([
    [4, 6_000, 'approved', null, 'Hank Head'],
    [3, 6_000, 'proposed', null, 'Lea Lead'],
    [2, 5_000, 'returned', 'Too low', 'Hank Head'],
    [1, 5_000, 'proposed', 'As agreed in July', 'Lea Lead'],
  ])
  // The same again is no new version.
  expect(
    await firm.call('quotas.set', {
      seller: seller.ana,
      period: '2026-08',
      amount: 6_000,
      approve: true,
    }),
  ).toMatchObject({ version: 4 })
  await firm.call('changes.undo', { id: approved.changeId })
  const [row] = (await firm.call<List>('quotas.list')).rows
  expect(row).toMatchObject({ state: 'proposed', amount: 6_000, version: 5 })
  await refused(set(7_000, { version: 4 }), 'record.changed')
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

test('a quota said in another currency is measured in the base currency, at a rate that stays', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  const rate = (day: string, value: number) =>
    firm.call<Written>('rates.set', { currency: 'USD', day, rate: value })
  const june = await rate('2026-06-30', 0.9)
  await rate('2026-08-14', 0.8)
  await firm.sell(seller.ana, '2026-07-03', 45_000)
  const set = (input: object) =>
    firm.call<Written & { baseAmount: number }>('quotas.set', {
      seller: seller.ana,
      currency: 'USD',
      amount: 100_000,
      approve: true,
      ...input,
    })
  // The period has begun: its first day. Later ones: today.
  expect(await set({ period: '2026-Q3' })).toMatchObject({ version: 1, baseAmount: 90_000 })
  expect(await set({ period: '2026-Q4' })).toMatchObject({ baseAmount: 80_000 })
  const { rows } = await firm.call<List>('quotas.list')
  expect(rows.map((row) => [row.amount, row.currency, row.baseAmount, row.rateOn])).toEqual([
    [100_000, 'USD', 80_000, '2026-08-15'],
    [100_000, 'USD', 90_000, '2026-07-01'],
  ])
  const attained = await firm.call<Attainment>('quotas.attainment', { period: '2026-Q3' })
  expect(attained).toMatchObject({ currency: 'EUR', periods: [{ quota: 90_000 }] })
  expect(attained.rows[0]?.cells[0]).toMatchObject({
    amount: 90_000,
    said: { amount: 100_000, currency: 'USD', rateOn: '2026-07-01' },
    attainment: { value: 0.5 },
  })
  // A corrected rate moves no target; setting the quota again does.
  await firm.call('rates.edit', { id: june.id, rate: 0.5 })
  expect(cellsOf(await firm.call<Attainment>('quotas.attainment', { period: '2026-Q3' }))).toEqual({
    Ana: [[90_000, 45_000, 0.5]],
  })
  expect(await set({ period: '2026-Q3' })).toMatchObject({ version: 2, baseAmount: 50_000 })
  expect(await set({ period: '2026-Q3' })).toMatchObject({ version: 2 })
  expect(await set({ period: '2026-Q3', currency: 'EUR' })).toMatchObject({
    version: 3,
    baseAmount: 100_000,
  })
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

test('attainment as it was known: quotas and sales of then', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  await firm.sell(seller.ana, '2026-01-05', 100)
  const set = (amount: number) =>
    firm.call('quotas.set', { seller: seller.ana, period: '2026-Q1', amount, approve: true })
  await set(1_000)
  const { rows } = await firm.call<{ rows: { revision: number }[] }>('changes.list')
  const then = rows[0]?.revision ?? 0
  await firm.sell(seller.ana, '2026-01-06', 400)
  await set(2_000)
  await db.owner.query('UPDATE change SET at = $1 WHERE org_id = $2 AND revision <= $3', [
    '2026-02-01T12:00:00Z',
    firm.who.orgId,
    then,
  ])
  expect(cellsOf(await firm.call<Attainment>('quotas.attainment', { asOf: '2026-02-01' }))).toEqual(
    {
      Ana: [[1_000, 100, 0.1]],
    },
  )
  expect(cellsOf(await firm.call<Attainment>('quotas.attainment'))).toEqual({
    Ana: [[2_000, 500, 0.25]],
  })
})

test('each sees the own quotas, a lead those of the team, and approves none of the own', async () => {
  const firm = await quotaFirm(db)
  const { seller, team } = firm
  const set = (input: object, as = firm.who) =>
    firm.call<Written>('quotas.set', { period: '2026-Q3', amount: 10, ...input }, { as })
  for (const who of Object.values(seller)) await set({ seller: who })
  for (const one of Object.values(team)) await set({ team: one })
  const seen = async (as: typeof firm.ana) =>
    (await firm.call<List>('quotas.list', {}, { as })).rows.map((row) => row.holder.name).sort()
  expect(await seen(firm.ana)).toEqual(['Ana'])
  expect(await seen(firm.lead)).toEqual(['Ana', 'Ben', 'North'])
  expect(await seen(firm.head)).toEqual(['Ana', 'Ben', 'Cleo', 'Dan', 'North', 'Office', 'South'])
  await refused(set({ seller: seller.cleo }, firm.lead), 'quota.not_yours')
  await refused(set({ team: team.office }, firm.lead), 'quota.not_yours')
  await refused(set({ seller: seller.ana }, firm.ana), 'request.no_right')
  await refused(set({ team: team.north, approve: true }, firm.lead), 'quota.own_approval')
  await set({ team: team.north, amount: 11, approve: true }, firm.head)
  await set({ seller: seller.ana, amount: 11, approve: true }, firm.lead)
  // The own quota of a lead who also sells.
  const selling = { ...firm.lead, sellerId: seller.ana }
  await refused(
    set({ seller: seller.ana, amount: 9, approve: true }, selling),
    'quota.own_approval',
  )
  const [mine] = (await firm.call<List>('quotas.list', {}, { as: firm.ana })).rows
  await refused(firm.call('quotas.remove', { id: mine?.id }, { as: firm.ana }), 'quota.not_yours')
  await refused(firm.call('quotas.get', { id: seller.ana }), 'quota.not_found')
})

test('a commitment stands beside the quota, and its owner takes it back', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  await firm.call('quotas.set', {
    seller: seller.ana,
    period: '2026-Q3',
    amount: 900,
    approve: true,
  })
  const said = await firm.call<Written>(
    'quotas.commit',
    { period: '2026-Q3', amount: 950 },
    { as: firm.ana },
  )
  const mine = () => firm.call<List>('quotas.list', {}, { as: firm.ana })
  expect((await mine()).rows).toMatchObject([
    { kind: 'commitment', amount: 950 },
    { kind: 'quota', amount: 900, commitment: 950 },
  ])
  await refused(
    firm.call(
      'quotas.commit',
      { seller: seller.ben, period: '2026-Q3', amount: 1 },
      { as: firm.ana },
    ),
    'quota.not_yours',
  )
  const removed = await firm.call<Written>('quotas.remove', { id: said.id }, { as: firm.ana })
  expect((await mine()).rows).toMatchObject([{ kind: 'quota', commitment: null }])
  await firm.call('changes.undo', { id: removed.changeId })
  expect((await mine()).rows).toHaveLength(2)
})

test('what cannot be is said: metric, filter, period, unit, currency, who is gone', async () => {
  const firm = await quotaFirm(db)
  const { seller, team } = firm
  const set = (input: object) =>
    firm.call('quotas.set', { seller: seller.ana, period: '2026-Q3', amount: 10, ...input })
  await refused(set({ metric: 'win-rate' }), 'quota.metric_unfit')
  await refused(set({ metric: 'sales-cycle' }), 'quota.metric_unfit')
  await refused(set({ where: { seller: ['Ben'] } }), 'quota.filter_unfit')
  await refused(set({ where: { family: ['Nothing'] } }), 'results.unknown_cell')
  await refused(set({ period: '2026-W09' }), 'quota.period_unfit')
  await refused(set({ period: '2026-13' }), 'period.impossible')
  await refused(set({ period: 'soon' }), 'period.unreadable')
  await refused(set({ period: '9999' }), 'period.out_of_range')
  await refused(set({ currency: 'USD' }), 'quota.rate_missing')
  await refused(set({ metric: 'units', currency: 'EUR' }), 'quota.unit')
  await refused(set({ amount: -1 }), 'request.invalid')
  await refused(set({ amount: 1.5 }), 'request.invalid')
  await refused(set({ seller: 'Anna' }), 'results.unknown_cell')
  await refused(set({ team: 'North' }), 'quota.one_holder')
  await refused(set({ seller: undefined }), 'quota.one_holder')
  await firm.call('sellers.edit', { id: seller.dan, leftOn: '2026-06-30' })
  await refused(set({ seller: 'Dan' }), 'quota.seller_left')
  await firm.call('sellers.set-state', { id: seller.eva, state: 'archived' })
  await refused(set({ seller: seller.eva }), 'quota.seller_left')
  const gone = await firm.call<Written>('teams.create', { name: 'Gone', kind: 'team' })
  await firm.call('quotas.set', { team: 'Gone', period: '2026-Q3', amount: 10, approve: true })
  await firm.call('teams.set-state', { id: gone.id, state: 'archived' })
  await refused(set({ seller: undefined, team: 'Gone' }), 'quota.team_dissolved')
  // A quota that is there stays, and says whose team is gone.
  const found = await firm.call<Attainment>('quotas.attainment', { by: 'team' })
  expect(found.rows).toMatchObject([{ holder: { name: 'Gone', gone: true } }])
  await firm.call('period-locks.set', { from: '2026-03-01', until: '2026-04-01', reason: 'closed' })
  await refused(set({ period: '2026-Q1' }), 'period.locked')
  await set({ period: '2026' })
  await refused(
    firm.call('quotas.attainment', { where: { team: ['North'] } }),
    'quota.filter_unfit',
  )
  expect(team.north).toBeDefined()
})

test('quotas of what is counted and of a part of it', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  await firm.sell(seller.ana, '2026-07-02', 100)
  await firm.sell(seller.ana, '2026-07-03', 100)
  await firm.call('customers.create', { name: 'Acme', region: 'West' })
  const set = (input: object) =>
    firm.call('quotas.set', { seller: seller.ana, approve: true, ...input })
  await set({ metric: 'deals-won', period: '2026-07', amount: 4 })
  await set({ where: { region: ['west'] }, period: '2026-07', amount: 50 })
  const won = await firm.call<Attainment>('quotas.attainment', { metric: 'deals-won' })
  expect(won).toMatchObject({ unit: 'count', currency: null, grain: 'month' })
  expect(cellsOf(won)).toEqual({ Ana: [[4, 2, 0.5]] })
  const west = await firm.call<Attainment>('quotas.attainment', { where: { region: ['West'] } })
  expect(cellsOf(west)).toEqual({ Ana: [[50, 0, 0]] })
  expect(west.filters).toMatchObject([{ dimension: 'region', cells: [{ name: 'West' }] }])
  expect(west.sets).toHaveLength(2)
  expect(await firm.call('quotas.attainment', { metric: 'revenue' })).toMatchObject({
    rows: [],
    focus: null,
    periods: [],
  })
})

test('two who set the same quota at once leave one', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  await Promise.all(
    [1, 2, 3, 4].map((amount) =>
      firm.call('quotas.set', { seller: seller.ana, period: '2026-Q4', amount, approve: true }),
    ),
  )
  expect((await firm.call<List>('quotas.list')).rows).toMatchObject([{ version: 4 }])
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

test('pages of the list and of attainment hold every row once', async () => {
  const firm = await quotaFirm(db)
  for (const seller of Object.values(firm.seller)) {
    for (const period of ['2026-01', '2026-02']) {
      await firm.call('quotas.set', { seller, period, amount: 1, approve: true })
    }
  }
  const walk = async (name: string, limit: number) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page: { rows: { id?: string; holder: { id: string } }[]; next?: string } =
        await firm.call(name, { limit, ...(cursor ? { cursor } : {}) })
      seen.push(...page.rows.map((row) => row.id ?? row.holder.id))
      cursor = page.next
    } while (cursor !== undefined)
    return seen
  }
  expect(new Set(await walk('quotas.list', 3)).size).toBe(10)
  expect(await walk('quotas.attainment', 2)).toHaveLength(5)
})

test('two sellers made one: the quota of the one that stays holds, others move over', async () => {
  const firm = await quotaFirm(db)
  const { seller } = firm
  const set = (who: string, period: string, amount: number) =>
    firm.call('quotas.set', { seller: who, period, amount, approve: true })
  await set(seller.ana, '2026-Q1', 1)
  await set(seller.eva, '2026-Q1', 2)
  await set(seller.eva, '2026-Q2', 3)
  const merged = await firm.call<{ changeId: string }>('quality.merge', {
    entity: 'seller',
    winnerId: seller.ana,
    loserId: seller.eva,
  })
  const told = async () =>
    (await firm.call<List>('quotas.list')).rows
      .map((row) => `${row.holder.name} ${row.period.id} ${row.amount}`)
      .sort()
  expect(await told()).toEqual(['Ana 2026-Q1 1', 'Ana 2026-Q2 3'])
  await firm.call('changes.undo', { id: merged.changeId })
  expect(await told()).toEqual(['Ana 2026-Q1 1', 'Eva 2026-Q1 2', 'Eva 2026-Q2 3'])
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

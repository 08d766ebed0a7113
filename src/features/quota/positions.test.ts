// Quotas of positions: they stay with the seat, and whoever held it on the day counts.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { OutputOf } from '../../basics/contract.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { quotaContract } from './contract.ts'
import { type Firm, quotaFirm, type Written } from './quota.fixture.ts'

type Contract = typeof quotaContract
type Attainment = OutputOf<Contract['quotas.attainment']>
type List = OutputOf<Contract['quotas.list']>
type Plan = OutputOf<Contract['quotas.plan']>

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const refused = (promise: Promise<unknown>, code: string) =>
  expect(promise).rejects.toMatchObject({ detail: { code } })

/** “Area North” of north: held by ana until the end of July, then by ben. */
async function seat(firm: Firm): Promise<string> {
  const given = { name: 'Area North', teamId: firm.team.north }
  const { id } = await firm.call<Written>('positions.create', given)
  const held = (sellerId: string, validFrom: string) =>
    firm.call('positions.fill', { id, sellerId, validFrom })
  await held(firm.seller.ana, '2025-01-01')
  await held(firm.seller.ben, '2026-08-01')
  return id
}

const set = (firm: Firm, input: object, as = firm.who) =>
  firm.call<Written>('quotas.set', { period: '2026-Q3', amount: 1_000, ...input }, { as })
const byPosition = (firm: Firm, input: object = {}, as = firm.who) =>
  firm.call<Attainment>('quotas.attainment', { by: 'position', ...input }, { as })
const cellOf = ({ rows }: Attainment) => rows[0]?.cells[0]

test('a position counts what its holders made on the days they held it', async () => {
  const firm = await quotaFirm(db)
  const { ana, ben, cleo } = firm.seller
  const position = await seat(firm)
  await firm.sell(ana, '2026-07-31', 100)
  await firm.sell(ana, '2026-08-01', 5_000)
  await firm.sell(ben, '2026-07-31', 7_000)
  await firm.sell(ben, '2026-08-01', 20)
  await firm.sell(cleo, '2026-08-01', 9_000)
  await set(firm, { position: 'area north', approve: true })
  const answer = await byPosition(firm)
  expect(answer).toMatchObject({
    metric: 'revenue',
    rows: [{ holder: { kind: 'position', id: position, name: 'Area North', gone: false } }],
    sets: [{ by: 'position', quotas: 1 }],
  })
  expect(cellOf(answer)).toMatchObject({
    measure: { value: 120, unit: 'money', currency: 'EUR' },
    attainment: { value: 0.12 },
    heldBy: [
      { name: 'Ana', from: '2026-07-01', until: '2026-08-01' },
      { name: 'Ben', from: '2026-08-01', until: '2026-10-01' },
    ],
  })
  // Whoever holds a position with a quota is not without one.
  await set(firm, { seller: cleo, approve: true })
  const people = await firm.call<Attainment>('quotas.attainment')
  expect(people.periods[0]?.without).toBe(2)
  expect((await byPosition(firm, { teamId: firm.team.south })).rows).toEqual([])
  expect((await byPosition(firm, { teamId: firm.team.office })).rows).toHaveLength(1)
  expect((await byPosition(firm, { positionId: position })).rows).toHaveLength(1)
  expect((await checkOrganisation(db.database, firm.who)).findings).toEqual([])
})

test('a position nobody held has no attainment, and says so; earlier knowledge has its own holders', async () => {
  const firm = await quotaFirm(db)
  const { id } = await firm.call<Written>('positions.create', { name: 'Key accounts' })
  await firm.sell(firm.seller.dan, '2026-07-05', 400)
  await set(firm, { position: id, approve: true })
  expect(cellOf(await byPosition(firm))).toMatchObject({
    heldBy: [],
    measure: { missing: { code: 'undefined', text: 'Nobody held the position in these days.' } },
    attainment: { missing: { code: 'undefined' } },
  })
  const { rows } = await firm.call<{ rows: { revision: number }[] }>('changes.list')
  await db.owner.query('UPDATE change SET at = $1 WHERE org_id = $2 AND revision <= $3', [
    '2026-08-01T12:00:00Z',
    firm.who.orgId,
    rows[0]?.revision,
  ])
  await firm.call('positions.fill', { id, sellerId: firm.seller.dan })
  expect(cellOf(await byPosition(firm))).toMatchObject({ attainment: { value: 0.4 } })
  expect(cellOf(await byPosition(firm, { asOf: '2026-08-01' }))?.heldBy).toEqual([])
})

test('whoever holds it sees it, the lead of its team sets it, and nobody approves the own', async () => {
  const firm = await quotaFirm(db)
  const position = await seat(firm)
  await firm.sell(firm.seller.ben, '2026-08-02', 50)
  await set(firm, { position, approve: true })
  await set(firm, { position, period: '2027-Q1' })
  const seen = async (as: typeof firm.ana) =>
    (await firm.call<List>('quotas.list', {}, { as })).rows.map((row) => row.period.id).sort()
  // Ana held it in the third quarter, and does not any more in the next year.
  expect(await seen(firm.ana)).toEqual(['2026-Q3'])
  expect(await seen(firm.lead)).toEqual(['2026-Q3', '2027-Q1'])
  const cleo = { ...firm.ana, sellerId: firm.seller.cleo }
  expect(await seen(cleo)).toEqual([])
  // She sees what the position attained, also by who came after.
  expect(cellOf(await byPosition(firm, {}, firm.ana))?.measure.value).toBe(50)
  await set(firm, { position, amount: 2_000, approve: true }, firm.lead)
  await refused(set(firm, { position }, firm.ana), 'request.no_right')
  const { id } = await firm.call<Written>('positions.create', {
    name: 'South',
    teamId: firm.team.south,
  })
  await refused(set(firm, { position: id }, firm.lead), 'quota.not_yours')
  // A lead who holds a position proposes its quota and approves it not.
  const selling = { ...firm.lead, sellerId: firm.seller.ben }
  await set(firm, { position, amount: 3 }, selling)
  await refused(set(firm, { position, amount: 3, approve: true }, selling), 'quota.own_approval')
})

test('an allocation gives their part to positions, and not again to who holds them', async () => {
  const firm = await quotaFirm(db)
  const position = await seat(firm)
  const vacant = await firm.call<Written>('positions.create', {
    name: 'Area South',
    teamId: firm.team.south,
  })
  await firm.sell(firm.seller.ana, '2025-08-01', 300)
  await firm.sell(firm.seller.cleo, '2025-08-01', 100)
  const plan = (input: object) =>
    firm.call<Plan>('quotas.plan', { period: '2026-Q3', total: 1_000, ...input })
  const parts = ({ rows }: Plan) => rows.map((row) => [row.holder.name, row.heldBy, row.part])
  expect(parts(await plan({ team: 'Office' }))).toEqual([
    ['Ana', null, 200],
    ['Cleo', null, 200],
    ['Dan', null, 200],
    ['Area North', 'Ben', 200],
    ['Area South', null, 200],
  ])
  expect(parts(await plan({ team: 'North', to: 'level' }))).toEqual([
    ['Ana', null, 500],
    ['Area North', 'Ben', 500],
  ])
  expect(parts(await plan({ to: 'level' }))).toEqual([
    ['Office', null, 500],
    ['Eva', null, 500],
  ])
  // What Ana made a year ago she made for the position.
  const lastYear = await plan({ team: 'Office', method: 'last-year' })
  expect(lastYear.rows.map((row) => row.lastYear.value)).toEqual([300, 100, 0, 300, undefined])
  const allocated = {
    period: '2026-Q3',
    team: 'Office',
    total: 1_000,
    parts: [
      { position, amount: 600 },
      { position: vacant.id, amount: 400 },
    ],
  }
  expect(await firm.call('quotas.allocate', allocated)).toMatchObject({ added: 3 })
  const elsewhere = { ...allocated, team: 'North' }
  await refused(firm.call('quotas.allocate', elsewhere), 'quota.not_below')
  await refused(
    firm.call('quotas.allocate', { ...allocated, total: 1_001 }),
    'quota.does_not_add_up',
  )
})

test('so many positions that all days by all holders are more cells than a question may have', async () => {
  const firm = await quotaFirm(db)
  // Each position is held from a day of its own, and all sell on the last day of the year.
  const many = Array.from({ length: 145 }, (_, i) => ({
    name: `No ${String(i).padStart(3, '0')}`,
    from: new Date(Date.UTC(2025, 0, 2 + i)).toISOString().slice(0, 10),
  }))
  const sales = many.map(({ name }, i) => `${name},${i + 1},2025-12-31,Won`)
  await firm.take('sales.csv', ['Seller,Amount,Close date,Stage', ...sales].join('\n'), {
    kind: 'deals',
  })
  const quotas = many.map(({ name }) => `Seat ${name},2025,1000`)
  await firm.take('quotas.csv', ['Position,Period,Amount', ...quotas].join('\n'), {
    kind: 'quotas',
  })
  type Names = { rows: { id: string; name: string }[] }
  const idsOf = async (list: string) =>
    new Map((await firm.call<Names>(list, { limit: 200 })).rows.map(({ id, name }) => [name, id]))
  const [sellers, positions] = [await idsOf('sellers.list'), await idsOf('positions.list')]
  for (const { name, from } of many) {
    await firm.call('positions.fill', {
      id: positions.get(`Seat ${name}`),
      sellerId: sellers.get(name),
      validFrom: from,
    })
  }
  const answer = await byPosition(firm, { period: '2025', limit: 200 })
  expect(answer.rows.map(({ cells }) => cells[0]?.measure.value)).toEqual(
    many.map((_, i) => (i + 1) * 100),
  )
})

test('a customer who bought from each of those who held a position counts once', async () => {
  const firm = await quotaFirm(db)
  const { ana, ben, cleo } = firm.seller
  const { id: position } = await firm.call<Written>('positions.create', {
    name: 'Area North',
    teamId: firm.team.north,
  })
  const held = (sellerId: string, validFrom: string) =>
    firm.call('positions.fill', { id: position, sellerId, validFrom })
  await held(ana, '2025-01-01')
  await held(ben, '2026-01-01')
  const stages = await firm.call<{ rows: { id: string; outcome: string }[] }>('stages.list')
  const stageId = stages.rows.find(({ outcome }) => outcome === 'won')?.id
  const buys = (name: string, id: string, closedOn: string) =>
    firm.call('deals.create', { seller: { id }, customer: { name }, stageId, closedOn, amount: 1 })
  await buys('Acme', ana, '2025-11-03')
  await buys('Acme', ben, '2026-02-03')
  await buys('Beta', ben, '2026-03-03')
  // On days when the other one held it, and of somebody who never did.
  await buys('Gamma', ben, '2025-11-03')
  await buys('Delta', ana, '2026-02-03')
  await buys('Zeta', cleo, '2026-02-03')
  const plan = await firm.call<Plan>('quotas.plan', {
    period: '2026-Q3',
    team: 'North',
    total: 1_000,
    method: 'potential',
    driver: 'customers',
  })
  const row = plan.rows.find(({ holder }) => holder.id === position)
  expect(row?.potential).toMatchObject({ before: { value: 0 }, now: { value: 2 } })
})

test('what cannot be is refused with a way out', async () => {
  const firm = await quotaFirm(db)
  const position = await seat(firm)
  await refused(set(firm, { position: 'Area West' }), 'position.not_found')
  await refused(set(firm, { position, seller: firm.seller.ana }), 'quota.one_holder')
  await refused(set(firm, { position, metric: 'customers' }), 'quota.metric_unfit')
  const free = await firm.call<Written>('positions.create', { name: 'Spare' })
  await firm.call('positions.set-state', { id: free.id, state: 'archived' })
  await refused(set(firm, { position: free.id }), 'quota.position_gone')
})

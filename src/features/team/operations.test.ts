// The team's operations as anybody calls them: by name, with input checked and policy asked.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../basics/contract.ts'
import { callOperation, type Program } from '../../platform/operations.ts'
import type { Principal } from '../../platform/context.ts'
import { closeFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { insertRecord } from '../../platform/database/records.ts'
import { type TestDatabase, freshDatabase } from '../../../tests/database.ts'
import { makeBooks } from '../../../tests/database/books.ts'
import { may } from './calc/may.ts'
import { teamContract } from './contract.ts'
import { principalFor, withinReach } from './door.ts'
import { makeTeamOperations } from './operations.ts'

let db: TestDatabase
let program: Program
let who: Principal
/** Half past eleven at night on 31 March in Berlin, where it is summer time. */
let now = Date.parse('2026-03-31T21:30:00Z')

beforeAll(async () => {
  db = await freshDatabase()
  program = {
    contract: teamContract,
    handlers: makeTeamOperations({ makeDemo: () => Promise.reject(new Error('not asked for here')) }),
    may,
    db: db.database,
    jobs: { add: () => Promise.resolve() },
    clock: () => now,
    newId: db.newId,
    dataDir: '/nowhere',
  }
})
afterAll(() => db.close())

type Answer = Record<string, unknown> & { id: string; version: number; changeId: string; rows: Answer[] }
const call = (name: keyof typeof teamContract, input: unknown = {}, as: Principal = who) =>
  callOperation(program, as, name, input) as Promise<Answer>
const refused = (code: string) => ({ detail: { code } })
const as = (roles: Role[], more: Partial<Principal> = {}): Principal => ({ ...who, roles, ...more })

beforeEach(async () => {
  const books = await makeBooks(db)
  who = await principalFor(db.database, books.orgId)
})

describe('the organisation', () => {
  const answers = {
    name: 'Halle KG', zone: 'America/St_Johns', baseCurrency: 'USD', fiscalFirstMonth: 4, weekStart: 7, locale: 'de',
    personName: 'Ana Sol', sellerIs: 'self',
  }

  test('is set up, and the person is a seller of the same name', async () => {
    who = await principalFor(db.database, (await makeBooks(db, { setUp: false })).orgId)
    expect(await call('organisations.get')).toMatchObject({ setUp: false, me: { seller: null } })
    await call('organisations.set-up', answers)
    const found = await call('organisations.get')
    expect(found).toMatchObject({
      setUp: true,
      settings: { name: 'Halle KG', zone: 'America/St_Johns', baseCurrency: 'USD', fiscalFirstMonth: 4, weekStart: 7, locale: 'de' },
      me: { person: { name: 'Ana Sol' }, seller: { name: 'Ana Sol' }, solo: true },
      counts: { sellers: 1, deals: 0 },
      dataFrom: null,
    })
    expect((await principalFor(db.database, who.orgId)).sellerId).toBe((found.me as { seller: { id: string } }).seller.id)
    await expect(call('changes.undo', { id: (await call('changes.list')).rows[0]?.id })).rejects.toMatchObject(
      refused('change.not_undoable'),
    )
  })

  test.each(['Mars/Olympus', '+02:00', 'Europe', "x'; DROP TABLE org; --"])('is not set up in the zone %s', async (zone) => {
    await expect(call('organisations.set-up', { ...answers, zone })).rejects.toMatchObject(refused('organisation.unknown_zone'))
  })

  test('keeps its currency once there are amounts, and its settings are edited with undo', async () => {
    const edit = await call('organisations.edit', { name: 'New', baseCurrency: 'CHF', version: 1 })
    await expect(call('organisations.edit', { name: 'Newer', version: 1 })).rejects.toMatchObject(refused('record.changed'))
    const { rows: stages } = await db.owner.query<{ id: string }>(`SELECT id FROM stage WHERE org_id = $1 AND outcome = 'open'`, [who.orgId])
    await db.database.write(who, 'x', (tx) =>
      insertFact(tx, 'deal', { stage_id: stages[0]?.id, outcome: 'open', amount: 1, currency: 'CHF' }),
    )
    await expect(call('organisations.edit', { baseCurrency: 'EUR' })).rejects.toMatchObject(refused('organisation.currency_in_use'))
    // The name goes back; the currency stays, because amounts are reckoned in it by now.
    expect(await call('changes.undo', { id: edit.changeId })).toMatchObject({ restored: 1, kept: [{ entity: 'org' }] })
    expect(await call('organisations.get')).toMatchObject({ settings: { name: 'Books', baseCurrency: 'CHF' } })
  })

  test('says who one is', async () => {
    const seller = await call('sellers.create', { name: 'Ana' })
    const set = await call('me.set-seller', { sellerId: seller.id })
    expect(await call('organisations.get')).toMatchObject({ me: { seller: { id: seller.id } } })
    await expect(call('me.set-seller', { sellerId: db.newId() })).rejects.toMatchObject(refused('seller.not_found'))
    await call('changes.undo', { id: set.changeId })
    expect(await call('organisations.get')).toMatchObject({ me: { seller: null } })
  })

  test('lists itself among others, and is checked', async () => {
    expect((await call('organisations.list')).rows.map(({ id }) => id)).toContain(who.orgId)
    const report = await call('check.run', { at: 1 })
    expect(report).toMatchObject({ holds: true, revision: 1, hashAt: report.hash })
  })
})

describe('sellers', () => {
  test('are created, found by the beginning of their name, paged, edited, archived', async () => {
    const names = ['Ángel Ruiz', 'Ana Sol', 'ana Two', 'Bo']
    const made: Answer[] = []
    for (const name of names) made.push(await call('sellers.create', { name }))
    const first = await call('sellers.list', { limit: 2 })
    expect(first.rows.map(({ name }) => name)).toEqual(['Ana Sol', 'ana Two'])
    const second = await call('sellers.list', { limit: 2, cursor: first.next })
    expect(second.rows.map(({ name }) => name)).toEqual(['Bo', 'Ángel Ruiz'])
    expect(second.next).toBeUndefined()
    expect((await call('sellers.list', { search: 'AN' })).rows).toHaveLength(2)
    const [, ana] = made
    const edited = await call('sellers.edit', { id: ana?.id, version: 1, email: 'ana@example.org', leftOn: '2026-12-31' })
    expect(edited.version).toBe(2)
    await expect(call('sellers.edit', { id: ana?.id, version: 1, email: 'x' })).rejects.toMatchObject({
      detail: { code: 'record.changed', particulars: { theirs: { email: 'ana@example.org' }, mine: { email: 'x' } } },
    })
    await call('sellers.set-state', { id: ana?.id, state: 'archived' })
    expect((await call('sellers.list', { state: 'archived' })).rows.map(({ id }) => id)).toEqual([ana?.id])
    await expect(call('sellers.get', { id: db.newId() })).rejects.toMatchObject(refused('seller.not_found'))
  })

  test('with a name or number that is there are refused, also when two come at once', async () => {
    await call('sellers.create', { name: 'Ana', externalId: 'S-1' })
    await expect(call('sellers.create', { name: ' ANA ' })).rejects.toMatchObject(refused('seller.exists'))
    await expect(call('sellers.create', { name: 'Other', externalId: 'S-1' })).rejects.toMatchObject(refused('seller.exists'))
    const twins = await Promise.allSettled(Array.from({ length: 6 }, () => call('sellers.create', { name: 'Twin' })))
    expect(twins.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a cursor that this list did not give is refused', async () => {
    for (const cursor of ['x', 'W10', Buffer.from('["a"]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')]) {
      await expect(call('sellers.list', { cursor })).rejects.toMatchObject(refused('request.bad_cursor'))
    }
  })
})

describe('teams and memberships', () => {
  test('form a tree without circles', async () => {
    const company = await call('teams.create', { name: 'Company', kind: 'company' })
    const office = await call('teams.create', { name: 'Office', kind: 'office', parentId: company.id })
    const team = await call('teams.create', { name: 'Team', kind: 'team', parentId: office.id })
    expect((await call('teams.list')).rows.map(({ name }) => name)).toEqual(['Company', 'Office', 'Team'])
    for (const parentId of [team.id, office.id, company.id]) {
      await expect(call('teams.edit', { id: company.id, parentId })).rejects.toMatchObject(refused('team.circle'))
    }
    await expect(call('teams.create', { name: 'x', kind: 'team', parentId: db.newId() })).rejects.toMatchObject(refused('team.not_found'))
    await expect(call('teams.set-state', { id: office.id, state: 'archived' })).rejects.toMatchObject(refused('team.has_members'))
    // Two moves, harmless alone, that would close a circle together.
    const [a, b] = [await call('teams.create', { name: 'a', kind: 'team' }), await call('teams.create', { name: 'b', kind: 'team' })]
    const moves = await Promise.allSettled([
      call('teams.edit', { id: a.id, parentId: b.id }),
      call('teams.edit', { id: b.id, parentId: a.id }),
    ])
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const moved = await call('teams.edit', { id: team.id, parentId: null })
    await call('changes.undo', { id: moved.changeId })
    expect(await call('teams.get', { id: team.id })).toMatchObject({ parent: { id: office.id } })
  })

  test('a seller is in one team at a time, a team has one lead', async () => {
    const office = await call('teams.create', { name: 'Office', kind: 'office' })
    const [north, south] = [
      await call('teams.create', { name: 'North', kind: 'team', parentId: office.id }),
      await call('teams.create', { name: 'South', kind: 'team' }),
    ]
    const ana = await call('sellers.create', { name: 'Ana', teamId: north.id })
    await call('memberships.set', { teamId: north.id, kind: 'lead', personName: 'Mo' })
    expect(await call('sellers.get', { id: ana.id })).toMatchObject({
      team: { name: 'North' }, manager: { name: 'Mo' }, office: { name: 'Office' },
    })
    // From tomorrow, as it is today in the organisation's zone.
    const moved = await call('memberships.set', { teamId: south.id, kind: 'member', sellerId: ana.id, validFrom: '2026-04-01' })
    expect(await call('sellers.get', { id: ana.id })).toMatchObject({ team: { name: 'North' } })
    now += 3_600_000
    expect(await call('sellers.get', { id: ana.id })).toMatchObject({ team: { name: 'South' }, manager: null, office: null })
    now -= 3_600_000
    const { memberships } = (await call('sellers.get', { id: ana.id })) as unknown as { memberships: { validFrom: string; validUntil: string }[] }
    expect(memberships.map(({ validFrom, validUntil }) => [validFrom, validUntil])).toEqual([
      ['2026-04-01', '9999-12-31'],
      ['0001-01-01', '2026-04-01'],
    ])
    await call('memberships.set', { teamId: north.id, kind: 'lead', personName: 'Lu', validFrom: '2026-01-01' })
    expect(await call('teams.get', { id: north.id })).toMatchObject({ lead: { name: 'Lu' }, memberCount: 1 })
    await call('changes.undo', { id: moved.changeId })
    expect(((await call('sellers.get', { id: ana.id })) as unknown as { memberships: unknown[] }).memberships).toHaveLength(1)
    expect(await call('check.run')).toMatchObject({ findings: [] })
  })

  test('memberships end, and say what they lack', async () => {
    const team = await call('teams.create', { name: 'North', kind: 'team' })
    const ana = await call('sellers.create', { name: 'Ana' })
    await expect(call('memberships.set', { teamId: team.id, kind: 'member' })).rejects.toMatchObject(refused('membership.incomplete'))
    await expect(call('memberships.set', { teamId: team.id, kind: 'lead' })).rejects.toMatchObject(refused('membership.incomplete'))
    await expect(
      call('memberships.set', { teamId: team.id, kind: 'member', sellerId: ana.id, validFrom: '2026-01-01', validUntil: '2026-01-01' }),
    ).rejects.toMatchObject(refused('membership.backwards'))
    const set = await call('memberships.set', { teamId: team.id, kind: 'member', sellerId: ana.id, validFrom: '2026-01-01' })
    await expect(call('memberships.end', { id: set.id, on: '2026-01-01' })).rejects.toMatchObject(refused('membership.backwards'))
    await expect(call('memberships.end', { id: set.id, version: 9, on: '2026-02-01' })).rejects.toMatchObject(refused('record.changed'))
    await call('memberships.end', { id: set.id, version: 1, on: '2026-03-01' })
    expect(await call('sellers.get', { id: ana.id })).toMatchObject({ team: null })
    await expect(call('memberships.end', { id: db.newId(), on: '2026-03-01' })).rejects.toMatchObject(refused('membership.not_found'))
  })

  test('the same seller put into eight teams at once is in one', async () => {
    const ana = await call('sellers.create', { name: 'Ana' })
    const teams = await Promise.all(Array.from({ length: 8 }, (_, i) => call('teams.create', { name: `t${i}`, kind: 'team' })))
    await Promise.all(teams.map(({ id }) => call('memberships.set', { teamId: id, kind: 'member', sellerId: ana.id })))
    const found = (await call('sellers.get', { id: ana.id })) as unknown as { memberships: unknown[] }
    expect(found.memberships).toHaveLength(1)
  })

  test('people are listed', async () => {
    expect((await call('people.list', { search: 'test' })).rows).toMatchObject([{ name: 'Tester', seller: null }])
  })
})

describe('changes', () => {
  test('are listed newest first with who and what, and with what took them back', async () => {
    const made = await call('sellers.create', { name: 'Ana' })
    const undone = await call('changes.undo', { id: made.changeId })
    const { rows } = await call('changes.list')
    expect(rows).toMatchObject([
      { id: undone.changeId, revision: 3, operation: 'changes.undo', undoes: made.changeId, undoneBy: null, subject: { undone: 'sellers.create' } },
      { id: made.changeId, operation: 'sellers.create', actor: { name: 'Tester' }, undoneBy: undone.changeId, subject: { name: 'Ana' } },
      { revision: 1 },
    ])
    const page = await call('changes.list', { limit: 1 })
    expect((await call('changes.list', { limit: 1, cursor: page.next })).rows[0]?.id).toBe(made.changeId)
  })

  test('of others are not undone by those who reach only their own', async () => {
    const made = await call('sellers.create', { name: 'Ana' })
    const other = as(['manager'], { personId: db.newId() })
    await expect(call('changes.undo', { id: made.changeId }, other)).rejects.toMatchObject(refused('change.not_yours'))
    await expect(call('changes.undo', { id: db.newId() }, other)).rejects.toMatchObject(refused('change.not_found'))
    await expect(call('changes.undo', { id: made.changeId }, as(['seller']))).resolves.toMatchObject({ restored: 1 })
    await expect(call('changes.list', {}, as(['seller']))).rejects.toMatchObject(refused('request.no_right'))
  })

  test('the history of a record tells fields by the names of the contract', async () => {
    const parent = await call('teams.create', { name: 'Company', kind: 'company' })
    const team = await call('teams.create', { name: 'North', kind: 'team' })
    await call('teams.edit', { id: team.id, parentId: parent.id, name: 'Northern' })
    const { rows } = await call('history.list', { entity: 'team', id: team.id })
    expect(rows).toMatchObject([
      { version: 2, actor: { name: 'Tester' }, operation: 'teams.edit', fields: { name: ['North', 'Northern'], parent: [null, 'Company'] } },
      { version: 1, operation: 'teams.create', fields: { name: [null, 'North'], kind: [null, 'team'] } },
    ])
    expect(Object.keys(rows[0]?.fields ?? {})).toEqual(expect.not.arrayContaining(['nameKey', 'name_key', 'parent_id']))
    await expect(call('history.list', { entity: 'team', id: db.newId() })).rejects.toMatchObject(refused('record.not_found'))
  })

  test('the history of a deal is its versions, seen by those who reach it', async () => {
    const [ana, bo] = [await call('sellers.create', { name: 'Ana' }), await call('sellers.create', { name: 'Bo' })]
    const { rows: stages } = await db.owner.query<{ id: string }>(`SELECT id FROM stage WHERE org_id = $1 AND outcome = 'open'`, [who.orgId])
    const { result: id } = await db.database.write(who, 'deals.create', (tx) =>
      insertFact(tx, 'deal', { stage_id: stages[0]?.id, outcome: 'open', amount: 100, currency: 'EUR', seller_id: ana.id }),
    )
    const { changeId } = await db.database.write(who, 'deals.edit', (tx) =>
      replaceFact(tx, 'deal', id, { amount: 150, seller_id: bo.id }),
    )
    await db.database.write(who, 'deals.remove', (tx) => closeFact(tx, 'deal', id))
    const { rows } = await call('history.list', { entity: 'deal', id })
    expect(rows).toMatchObject([
      { operation: 'deals.remove', fields: { state: ['active', 'removed'] } },
      { operation: 'deals.edit', changeId, version: 2, fields: { amount: [100, 150], seller: ['Ana', 'Bo'] } },
      { operation: 'deals.create', version: 1, fields: { amount: [null, 100], seller: [null, 'Ana'] } },
    ])
    expect(Object.keys(rows[1]?.fields ?? {}).sort()).toEqual(['amount', 'seller'])
    await expect(call('history.list', { entity: 'deal', id }, as(['seller'], { sellerId: ana.id }))).rejects.toMatchObject(
      refused('record.not_found'),
    )
    await expect(call('history.list', { entity: 'deal', id }, as(['seller'], { sellerId: bo.id }))).resolves.toBeDefined()
  })
})

test('periods are closed and opened again', async () => {
  await expect(call('period-locks.set', { from: '2026-02-01', until: '2026-02-01', reason: 'x' })).rejects.toMatchObject(
    refused('period.backwards'),
  )
  const lock = await call('period-locks.set', { from: '2026-01-01', until: '2026-02-01', reason: 'paid' })
  expect((await call('period-locks.list')).rows).toEqual([
    { id: lock.id, version: 1, from: '2026-01-01', until: '2026-02-01', reason: 'paid' },
  ])
  await call('period-locks.remove', { id: lock.id, version: 1 })
  expect((await call('period-locks.list')).rows).toEqual([])
  await expect(call('period-locks.remove', { id: lock.id })).rejects.toMatchObject(refused('period_lock.not_found'))
})

test('who reaches which facts follows the team of the day and the lead of today', async () => {
  const [north, below, south] = await Promise.all(
    ['North', 'Below', 'South'].map((name) => call('teams.create', { name, kind: 'team' })),
  )
  await call('teams.edit', { id: below?.id, parentId: north?.id })
  const person = await db.database.write(who, 'x', (tx) => insertRecord(tx, 'person', { name: 'Mo', name_key: 'mo' }))
  await call('memberships.set', { teamId: north?.id, kind: 'lead', personId: person.result, validFrom: '2026-03-01' })
  const ana = await call('sellers.create', { name: 'Ana', teamId: south?.id })
  await call('memberships.set', { teamId: below?.id, kind: 'member', sellerId: ana.id, validFrom: '2025-01-01', validUntil: '2026-01-01' })
  const reaches = (reach: 'own' | 'team' | 'all', day: string, own: string | null, sellerId: string | null = ana.id) =>
    db.database.read(who, (tx) =>
      withinReach({ who: { ...who, personId: person.result, sellerId: own }, reach, clock: () => now }, tx, { sellerId, day }),
    )
  expect(await reaches('all', '2020-01-01', null)).toBe(true)
  expect(await reaches('own', '2020-01-01', ana.id)).toBe(true)
  expect(await reaches('own', '2020-01-01', null)).toBe(false)
  expect(await reaches('own', '2020-01-01', ana.id, null)).toBe(false)
  expect(await reaches('team', '2024-12-31', null)).toBe(false)
  expect(await reaches('team', '2025-01-01', null)).toBe(true)
  expect(await reaches('team', '2025-12-31', null)).toBe(true)
  expect(await reaches('team', '2026-01-01', null)).toBe(false)
  expect(await reaches('team', '2026-01-01', ana.id)).toBe(true)
  await call('memberships.set', { teamId: north?.id, kind: 'lead', personName: 'Lu', validFrom: '2026-03-31' })
  expect(await reaches('team', '2025-06-01', null)).toBe(false)
})

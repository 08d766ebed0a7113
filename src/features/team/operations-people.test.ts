// Sellers, teams and memberships as anybody asks for them, and who reaches whose facts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkOrganisation } from '../../platform/database/check.ts'
import { insertRecord } from '../../platform/database/records.ts'
import { withinReach } from './door.ts'
import { type Answer, refused, startTeam, type TeamProgram } from './operations.fixture.ts'

let kontor: TeamProgram
beforeAll(async () => {
  kontor = await startTeam()
})
beforeEach(() => kontor.enter())
afterAll(() => kontor.db.close())

describe('sellers', () => {
  test('are created, found by the beginning of their name, paged, edited, archived', async () => {
    const names = ['Ángel Ruiz', 'Ana Sol', 'ana Two', 'Bo']
    const made: Answer[] = []
    for (const name of names) made.push(await kontor.call('sellers.create', { name }))
    const first = await kontor.call('sellers.list', { limit: 2 })
    expect(first.rows.map(({ name }) => name)).toEqual(['Ana Sol', 'ana Two'])
    const second = await kontor.call('sellers.list', { limit: 2, cursor: first.next })
    expect(second.rows.map(({ name }) => name)).toEqual(['Bo', 'Ángel Ruiz'])
    expect(second.next).toBeUndefined()
    expect((await kontor.call('sellers.list', { search: 'AN' })).rows).toHaveLength(2)
    const [, ana] = made
    const edited = await kontor.call('sellers.edit', {
      id: ana?.id,
      version: 1,
      email: 'ana@example.org',
      leftOn: '2026-12-31',
    })
    expect(edited.version).toBe(2)
    await expect(
      kontor.call('sellers.edit', { id: ana?.id, version: 1, email: 'x' }),
    ).rejects.toMatchObject({
      detail: {
        code: 'record.changed',
        particulars: { theirs: { email: 'ana@example.org' }, mine: { email: 'x' } },
      },
    })
    await kontor.call('sellers.set-state', { id: ana?.id, state: 'archived' })
    expect(
      (await kontor.call('sellers.list', { state: 'archived' })).rows.map(({ id }) => id),
    ).toEqual([ana?.id])
    await expect(kontor.call('sellers.get', { id: kontor.db.newId() })).rejects.toMatchObject(
      refused('seller.not_found'),
    )
  })

  test('with a name or number that is there are refused, also when two come at once', async () => {
    await kontor.call('sellers.create', { name: 'Ana', externalId: 'S-1' })
    await expect(kontor.call('sellers.create', { name: ' ANA ' })).rejects.toMatchObject(
      refused('seller.exists'),
    )
    await expect(
      kontor.call('sellers.create', { name: 'Other', externalId: 'S-1' }),
    ).rejects.toMatchObject(refused('seller.exists'))
    const twins = await Promise.allSettled(
      Array.from({ length: 6 }, () => kontor.call('sellers.create', { name: 'Twin' })),
    )
    expect(twins.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a cursor that this list did not give is refused', async () => {
    for (const cursor of [
      'x',
      'W10',
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('["a","b"]').toString('base64url'),
    ]) {
      await expect(kontor.call('sellers.list', { cursor })).rejects.toMatchObject(
        refused('request.bad_cursor'),
      )
    }
  })
})

describe('teams and memberships', () => {
  test('form a tree without circles', async () => {
    const company = await kontor.call('teams.create', { name: 'Company', kind: 'company' })
    const office = await kontor.call('teams.create', {
      name: 'Office',
      kind: 'office',
      parentId: company.id,
    })
    const team = await kontor.call('teams.create', {
      name: 'Team',
      kind: 'team',
      parentId: office.id,
    })
    expect((await kontor.call('teams.list')).rows.map(({ name }) => name)).toEqual([
      'Company',
      'Office',
      'Team',
    ])
    for (const parentId of [team.id, office.id, company.id]) {
      await expect(kontor.call('teams.edit', { id: company.id, parentId })).rejects.toMatchObject(
        refused('team.circle'),
      )
    }
    await expect(
      kontor.call('teams.create', { name: 'x', kind: 'team', parentId: kontor.db.newId() }),
    ).rejects.toMatchObject(refused('team.not_found'))
    await expect(
      kontor.call('teams.set-state', { id: office.id, state: 'archived' }),
    ).rejects.toMatchObject(refused('team.has_members'))
    // Two moves, harmless alone, that would close a circle together.
    const [a, b] = [
      await kontor.call('teams.create', { name: 'a', kind: 'team' }),
      await kontor.call('teams.create', { name: 'b', kind: 'team' }),
    ]
    const moves = await Promise.allSettled([
      kontor.call('teams.edit', { id: a.id, parentId: b.id }),
      kontor.call('teams.edit', { id: b.id, parentId: a.id }),
    ])
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const moved = await kontor.call('teams.edit', { id: team.id, parentId: null })
    await kontor.call('changes.undo', { id: moved.changeId })
    expect(await kontor.call('teams.get', { id: team.id })).toMatchObject({
      parent: { id: office.id },
    })
  })

  test('a seller is in one team at a time, a team has one lead', async () => {
    const office = await kontor.call('teams.create', { name: 'Office', kind: 'office' })
    const [north, south] = [
      await kontor.call('teams.create', { name: 'North', kind: 'team', parentId: office.id }),
      await kontor.call('teams.create', { name: 'South', kind: 'team' }),
    ]
    const ana = await kontor.call('sellers.create', { name: 'Ana', teamId: north.id })
    await kontor.call('memberships.set', { teamId: north.id, kind: 'lead', personName: 'Mo' })
    expect(await kontor.call('sellers.get', { id: ana.id })).toMatchObject({
      team: { name: 'North' },
      manager: { name: 'Mo' },
      office: { name: 'Office' },
    })
    // From tomorrow, as it is today in the organisation's zone.
    const moved = await kontor.call('memberships.set', {
      teamId: south.id,
      kind: 'member',
      sellerId: ana.id,
      validFrom: '2026-04-01',
    })
    expect(await kontor.call('sellers.get', { id: ana.id })).toMatchObject({
      team: { name: 'North' },
    })
    kontor.now += 3_600_000
    expect(await kontor.call('sellers.get', { id: ana.id })).toMatchObject({
      team: { name: 'South' },
      manager: null,
      office: null,
    })
    kontor.now -= 3_600_000
    const { memberships } = (await kontor.call('sellers.get', { id: ana.id })) as unknown as {
      memberships: { validFrom: string; validUntil: string }[]
    }
    expect(memberships.map(({ validFrom, validUntil }) => [validFrom, validUntil])).toEqual([
      ['2026-04-01', '9999-12-31'],
      ['0001-01-01', '2026-04-01'],
    ])
    await kontor.call('memberships.set', {
      teamId: north.id,
      kind: 'lead',
      personName: 'Lu',
      validFrom: '2026-01-01',
    })
    expect(await kontor.call('teams.get', { id: north.id })).toMatchObject({
      lead: { name: 'Lu' },
      memberCount: 1,
    })
    await kontor.call('changes.undo', { id: moved.changeId })
    expect(
      ((await kontor.call('sellers.get', { id: ana.id })) as unknown as { memberships: unknown[] })
        .memberships,
    ).toHaveLength(1)
    expect(await checkOrganisation(kontor.db.database, kontor.who)).toMatchObject({ findings: [] })
  })

  test('memberships end, and say what they lack', async () => {
    const team = await kontor.call('teams.create', { name: 'North', kind: 'team' })
    const ana = await kontor.call('sellers.create', { name: 'Ana' })
    await expect(
      kontor.call('memberships.set', { teamId: team.id, kind: 'member' }),
    ).rejects.toMatchObject(refused('membership.incomplete'))
    await expect(
      kontor.call('memberships.set', { teamId: team.id, kind: 'lead' }),
    ).rejects.toMatchObject(refused('membership.incomplete'))
    await expect(
      kontor.call('memberships.set', {
        teamId: team.id,
        kind: 'member',
        sellerId: ana.id,
        validFrom: '2026-01-01',
        validUntil: '2026-01-01',
      }),
    ).rejects.toMatchObject(refused('membership.backwards'))
    const set = await kontor.call('memberships.set', {
      teamId: team.id,
      kind: 'member',
      sellerId: ana.id,
      validFrom: '2026-01-01',
    })
    await expect(
      kontor.call('memberships.end', { id: set.id, on: '2026-01-01' }),
    ).rejects.toMatchObject(refused('membership.backwards'))
    await expect(
      kontor.call('memberships.end', { id: set.id, version: 9, on: '2026-02-01' }),
    ).rejects.toMatchObject(refused('record.changed'))
    await kontor.call('memberships.end', { id: set.id, version: 1, on: '2026-03-01' })
    expect(await kontor.call('sellers.get', { id: ana.id })).toMatchObject({ team: null })
    await expect(
      kontor.call('memberships.end', { id: kontor.db.newId(), on: '2026-03-01' }),
    ).rejects.toMatchObject(refused('membership.not_found'))
  })

  test('the same seller put into eight teams at once is in one', async () => {
    const ana = await kontor.call('sellers.create', { name: 'Ana' })
    const teams = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        kontor.call('teams.create', { name: `t${i}`, kind: 'team' }),
      ),
    )
    await Promise.all(
      teams.map(({ id }) =>
        kontor.call('memberships.set', { teamId: id, kind: 'member', sellerId: ana.id }),
      ),
    )
    const found = (await kontor.call('sellers.get', { id: ana.id })) as unknown as {
      memberships: unknown[]
    }
    expect(found.memberships).toHaveLength(1)
  })

  test('people are listed', async () => {
    expect((await kontor.call('people.list', { search: 'test' })).rows).toMatchObject([
      { name: 'Tester', seller: null },
    ])
  })
})

test('who reaches which facts follows the team of the day and the lead of today', async () => {
  const [north, below, south] = await Promise.all(
    ['North', 'Below', 'South'].map((name) => kontor.call('teams.create', { name, kind: 'team' })),
  )
  await kontor.call('teams.edit', { id: below?.id, parentId: north?.id })
  const person = await kontor.db.database.write(kontor.who, 'x', (tx) =>
    insertRecord(tx, 'person', { name: 'Mo', name_key: 'mo' }),
  )
  await kontor.call('memberships.set', {
    teamId: north?.id,
    kind: 'lead',
    personId: person.result,
    validFrom: '2026-03-01',
  })
  const ana = await kontor.call('sellers.create', { name: 'Ana', teamId: south?.id })
  await kontor.call('memberships.set', {
    teamId: below?.id,
    kind: 'member',
    sellerId: ana.id,
    validFrom: '2025-01-01',
    validUntil: '2026-01-01',
  })
  const reaches = (
    reach: 'own' | 'team' | 'all',
    day: string,
    own: string | null,
    sellerId: string | null = ana.id,
  ) =>
    kontor.db.database.read(kontor.who, (tx) =>
      withinReach(
        {
          who: { ...kontor.who, personId: person.result, sellerId: own },
          reach,
          clock: () => kontor.now,
        },
        tx,
        { sellerId, day },
      ),
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
  await kontor.call('memberships.set', {
    teamId: north?.id,
    kind: 'lead',
    personName: 'Lu',
    validFrom: '2026-03-31',
  })
  expect(await reaches('team', '2025-06-01', null)).toBe(false)
})

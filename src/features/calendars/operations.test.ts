// Calendars as operations: defaults, settings from a day on, whose word counts, days off, undo, merging.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { calendarsContract } from './contract.ts'
import { workingDays, workingTime, workingTimes } from './door.ts'

type Days = OutputOf<(typeof calendarsContract)['calendars.days']>
interface Written {
  id: string
  version: number
  changeId: string
}

let db: TestDatabase
let world: World
let who: Principal
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
  who = world.admin
}, 60_000)
afterAll(() => db.close())

const code = (value: string) => ({ detail: { code: value } })
const nothing = { place: null, weekdays: null, hours: null }
const november = { from: '2026-11-01', until: '2026-12-01' }
const ask = (given: object, as = who) => world.call<Days>(as, 'calendars.days', given)
const set = (given: object, as = who) =>
  world.call<Written>(as, 'calendars.set', { ...nothing, ...given })
const addOff = (given: object, as = who) =>
  world.call<Written>(as, 'calendar-exceptions.create', given)
const undo = ({ changeId }: Written) => world.call(who, 'changes.undo', { id: changeId })
const seller = (target: 'own' | 'mate' | 'other' = 'own') => ({
  sellerId: world.of[target].sellerId,
})

test('without any setting: Monday to Friday, no holidays, and nobody who says otherwise', async () => {
  const told = await ask(november)
  expect(told).toMatchObject({
    workingDays: 21,
    owner: { kind: 'organisation', name: 'ours' },
    months: [{ month: '2026-11', workingDays: 21 }],
    rules: { place: null, weekdays: { value: [1, 1, 1, 1, 1, 0, 0], owner: null } },
    exceptions: [],
  })
  expect(told.rows).toHaveLength(30)
})

test('a country brings its holidays; a team in another one has others; taking it back takes them back', async () => {
  const year = { from: '2026-01-01', until: '2027-01-01' }
  const before = (await ask(year)).workingDays
  const bavaria = await set({ place: { country: 'DE', region: 'BY' } })
  const germany = await ask(year)
  expect(germany.rows.find(({ day }) => day === '2026-06-04')?.holiday?.de).toBe('Fronleichnam')
  expect(germany.rules.place).toMatchObject({
    name: { de: 'Deutschland, Bayern' },
    owner: { kind: 'organisation', name: 'ours' },
  })
  expect(germany.workingDays).toBe(before - 9)

  const { teamId } = world.of.own
  await set({ teamId, place: { country: 'US' } })
  const american = await ask({ ...seller(), ...year })
  expect(american.rules.place).toMatchObject({ owner: { kind: 'team', name: 'Ours' } })
  expect(american.rows.find(({ day }) => day === '2026-11-26')?.holiday?.en).toBe(
    'Thanksgiving Day',
  )
  expect(american.rows.find(({ day }) => day === '2026-06-04')?.holiday).toBeNull()
  expect((await ask({ ...seller('other'), ...year })).workingDays).toBe(germany.workingDays)

  await undo(bavaria)
  expect((await ask(year)).workingDays).toBe(before)
  const { rows } = await world.call<{ rows: { id: string; owner: { name: string } }[] }>(
    who,
    'calendars.list',
  )
  expect(rows.map(({ owner }) => owner.name)).toEqual(['Ours'])
  await world.call(who, 'calendars.remove', { id: rows[0]?.id })
})

test('part-time holds from its day; setting the same day again changes that entry', async () => {
  const mate = seller('mate')
  const first = await set({ ...mate, from: '2026-11-16', weekdays: [1, 1, 1, 0, 0, 0, 0] })
  expect((await ask({ ...mate, ...november })).workingDays).toBe(10 + 7)
  const second = await set({
    ...mate,
    from: '2026-11-16',
    weekdays: [1, 1, 1, 0.5, 0, 0, 0],
    version: first.version,
  })
  expect(second).toMatchObject({ id: first.id, version: 2 })
  expect((await ask({ ...mate, ...november })).workingDays).toBe(10 + 8)
  await expect(
    set({ ...mate, from: '2026-11-16', weekdays: [1, 0, 0, 0, 0, 0, 0], version: 1 }),
  ).rejects.toMatchObject(code('record.changed'))
  await undo(second)
  expect((await ask({ ...mate, ...november })).workingDays).toBe(10 + 7)
  await world.call(who, 'calendars.remove', { id: first.id })
  expect((await ask({ ...mate, ...november })).workingDays).toBe(21)
})

describe('days off', () => {
  test('are added, changed, removed and taken back', async () => {
    const own = seller()
    const week = await addOff({ ...own, from: '2026-11-02', until: '2026-11-07', reason: 'Sea' })
    const told = await ask({ ...own, ...november })
    expect(told.workingDays).toBe(16)
    expect(told.exceptions).toMatchObject([{ reason: 'Sea', mine: true, share: 1, kind: 'off' }])
    expect(told.rows[1]?.exceptions).toEqual([week.id])
    await world.call(who, 'calendar-exceptions.edit', {
      id: week.id,
      version: 1,
      until: '2026-11-04',
      share: 0.5,
      reason: '',
    })
    expect((await ask({ ...own, ...november })).workingDays).toBe(20)
    const gone = await world.call<Written>(who, 'calendar-exceptions.remove', { id: week.id })
    expect((await ask({ ...own, ...november })).workingDays).toBe(21)
    await undo(gone)
    expect((await ask({ ...own, ...november })).workingDays).toBe(20)
    await world.call(who, 'calendar-exceptions.remove', { id: week.id })
  })

  test('of the company are everybody’s, and a team can work on them', async () => {
    const closed = await addOff({ from: '2026-11-30', until: '2026-12-01', reason: 'Stocktaking' })
    const { teamId } = world.of.own
    const works = await addOff({
      teamId,
      from: '2026-11-30',
      until: '2026-12-01',
      kind: 'works',
      share: 0.5,
    })
    expect((await ask(november)).workingDays).toBe(20)
    expect((await ask({ teamId, ...november })).workingDays).toBe(20.5)
    expect((await ask({ ...seller(), ...november })).exceptions).toHaveLength(2)
    expect((await ask({ ...seller('other'), ...november })).workingDays).toBe(20)
    for (const one of [closed, works]) await undo(one)
    expect((await ask(november)).workingDays).toBe(21)
  })

  test('why somebody is away does not stand in the list of changes', async () => {
    const made = await addOff({
      ...seller(),
      from: '2026-11-02',
      until: '2026-11-03',
      reason: 'Ill',
    })
    const changes = JSON.stringify(await world.call(who, 'changes.list', { limit: 5 }))
    expect(changes).toContain(made.changeId)
    expect(changes).not.toContain('Ill')
    await undo(made)
  })
})

describe('who may do what', () => {
  test('a seller: the own days off, nothing of others', async () => {
    const me = world.as('seller')
    const day = { from: '2026-11-05', until: '2026-11-06' }
    const mine = await addOff({ ...seller(), ...day }, me)
    await expect(addOff({ ...seller('mate'), ...day }, me)).rejects.toMatchObject(
      code('calendar.not_yours'),
    )
    await expect(addOff(day, me)).rejects.toMatchObject(code('calendar.not_yours'))
    await expect(addOff({ teamId: world.of.own.teamId, ...day }, me)).rejects.toMatchObject(
      code('calendar.not_yours'),
    )
    await expect(ask({ ...seller('mate'), ...november }, me)).rejects.toMatchObject(
      code('calendar.not_yours'),
    )
    expect((await ask({ ...seller(), ...november }, me)).may).toEqual({
      setCalendar: false,
      addExceptions: true,
    })
    const all = await addOff({ from: '2026-11-09', until: '2026-11-10' })
    const told = await ask({ ...seller(), ...november }, me)
    expect(told.exceptions.map(({ mine: own }) => own)).toEqual([true, false])
    for (const [name, more] of [
      ['calendar-exceptions.edit', { share: 0.5 }],
      ['calendar-exceptions.remove', {}],
    ] as const)
      await expect(world.call(me, name, { id: all.id, ...more })).rejects.toMatchObject(
        code('calendar.not_yours'),
      )
    for (const one of [mine, all]) await undo(one)
  })

  test('a manager: the own team and who is in it, not others, not the organisation', async () => {
    const lead = world.as('manager')
    const { teamId } = world.of.own
    const kept = [
      await set({ teamId, weekdays: [1, 1, 1, 1, 0.5, 0, 0] }, lead),
      await set({ ...seller('mate'), weekdays: [1, 1, 1, 0, 0, 0, 0] }, lead),
    ]
    expect((await ask({ teamId, ...november }, lead)).may.setCalendar).toBe(true)
    for (const elsewhere of [{}, { teamId: world.of.other.teamId }, seller('other')]) {
      await expect(set(elsewhere, lead)).rejects.toMatchObject(code('calendar.not_yours'))
    }
    const theirs = await set({ teamId: world.of.other.teamId })
    await expect(world.call(lead, 'calendars.remove', { id: theirs.id })).rejects.toMatchObject(
      code('calendar.not_yours'),
    )
    await expect(world.call(lead, 'calendars.list', seller('other'))).rejects.toMatchObject(
      code('calendar.not_yours'),
    )
    expect((await ask({ teamId: world.of.other.teamId, ...november }, lead)).may).toEqual({
      setCalendar: false,
      addExceptions: false,
    })
    for (const one of [...kept, theirs]) await undo(one)
  })
})

test('what cannot be is refused with the way out', async () => {
  const id = '00000000-0000-7000-8000-000000000000'
  for (const [name, given, refused] of [
    [
      'calendars.days',
      { ...november, ...seller(), teamId: world.of.own.teamId },
      'calendar.two_owners',
    ],
    ['calendars.days', { ...november, sellerId: id }, 'seller.not_found'],
    ['calendars.days', { ...november, teamId: id }, 'team.not_found'],
    ['calendars.days', { from: '2026-12-01', until: '2026-11-01' }, 'period.backwards'],
    ['calendars.days', { from: '2020-01-01', until: '2026-11-01' }, 'calendar.too_long'],
    ['calendars.set', { ...nothing, place: { country: 'XX' } }, 'calendar.unknown_place'],
    [
      'calendars.set',
      {
        ...nothing,
        hours: [{ from: '17:00', until: '09:00' }, null, null, null, null, null, null],
      },
      'calendar.hours_backwards',
    ],
    ['calendars.set', { ...nothing, weekdays: [2, 1, 1, 1, 1, 0, 0] }, 'request.invalid'],
    ['calendars.remove', { id }, 'work_calendar.not_found'],
    ['calendars.holidays', { country: 'DE', region: 'XX', year: 2026 }, 'calendar.unknown_place'],
    ['calendar-exceptions.create', { from: '2026-11-02', until: '2026-11-02' }, 'period.backwards'],
    ['calendar-exceptions.create', { from: '2026-02-30', until: '2026-03-02' }, 'request.invalid'],
    ['calendar-exceptions.edit', { id }, 'calendar_exception.not_found'],
    ['calendar-exceptions.remove', { id }, 'calendar_exception.not_found'],
  ] as const)
    await expect(world.call(who, name, given), `${name} ${refused}`).rejects.toMatchObject(
      code(refused),
    )
})

test('a calendar does not grow without end', async () => {
  const team = await world.call<Written>(who, 'teams.create', { name: 'Full', kind: 'team' })
  await db.owner.query(
    `INSERT INTO calendar_exception (org_id, id, owner, owner_id, valid_from, valid_until, kind)
     SELECT $1, gen_random_uuid(), 'team', $2, '2026-01-01', '2026-01-02', 'off' FROM generate_series(1, 2000)`,
    [who.orgId, team.id],
  )
  await expect(
    addOff({ teamId: team.id, from: '2026-01-01', until: '2026-01-02' }),
  ).rejects.toMatchObject(code('calendar.too_many'))
  await db.owner.query('DELETE FROM calendar_exception WHERE owner_id = $1', [team.id])
})

test('the door tells the working time of several at once as of each alone', async () => {
  const kept = [
    await set({ ...seller('mate'), weekdays: [1, 1, 0, 0, 0, 0, 0] }),
    await addOff({ ...seller(), from: '2026-11-02', until: '2026-11-03' }),
  ]
  const whose = [
    { kind: 'organisation' as const },
    ...(['own', 'mate', 'other'] as const).map((target) => ({
      kind: 'seller' as const,
      id: world.of[target].sellerId,
    })),
  ]
  const { together, alone } = await db.database.read(who, async (tx) => {
    const together = await workingTimes(tx, whose, november.from, november.until)
    const alone = []
    for (const one of whose) alone.push(await workingTime(tx, one, november.from, november.until))
    return { together, alone }
  })
  expect(together).toEqual(alone)
  expect(together.map((time) => workingDays(time, november.from, november.until))).toEqual([
    21, 20, 9, 21,
  ])
  for (const one of kept) await undo(one)
})

test('two sellers who are one have the calendar of the one that stays, and all days off', async () => {
  const make = async (name: string) =>
    (await world.call<Written>(who, 'sellers.create', { name })).id
  const [winner, loser] = [await make('Mia Berg'), await make('M. Berg')]
  await set({ sellerId: winner, weekdays: [1, 1, 1, 1, 0, 0, 0] })
  await set({ sellerId: loser, weekdays: [1, 0, 0, 0, 0, 0, 0] })
  await addOff({ sellerId: loser, from: '2026-11-02', until: '2026-11-03' })
  const merged = await world.call<Written>(who, 'quality.merge', {
    entity: 'seller',
    loserId: loser,
    winnerId: winner,
  })
  expect((await ask({ sellerId: winner, ...november })).workingDays).toBe(16)
  await undo(merged)
  expect((await ask({ sellerId: loser, ...november })).workingDays).toBe(4)
})

test('after all that the organisation holds', async () => {
  expect((await checkOrganisation(db.database, who)).findings).toEqual([])
})

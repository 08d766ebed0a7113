// Goals from files: every way to say what counts, whose they are, what is set aside and why, again, back out; private ones.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { FileAnswer, OutputOf } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import type { goalsContract } from '../goals/contract.ts'

type Goal = OutputOf<(typeof goalsContract)['goals.list']>['rows'][number]

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const goalsOf = async (world: ImportWorld, as?: Principal) =>
  (await world.call<{ rows: Goal[] }>('goals.list', { limit: 200 }, as ? { as } : {})).rows
const told = (rows: readonly Goal[]) =>
  rows
    .map(({ name, seller, team, kind, metric, target, from, until }) =>
      [name, seller?.name ?? team?.name ?? 'all', kind, metric, target, from, until].join(' '),
    )
    .sort()

async function firm(): Promise<ImportWorld> {
  const world = await importWorld(db)
  await world.call('sellers.create', { name: 'Ana', externalId: 'S-1' })
  await world.call('sellers.create', { name: 'Ben' })
  await world.call('teams.create', { name: 'North', kind: 'team' })
  await world.call('products.create', { name: 'P 200', family: 'Pumps; small' })
  await world.call('products.create', { name: 'V 1', family: 'Valves' })
  return world
}

const file = `Goal,Number,Seller,Team,Metric,Activities,Steps,Only,Target,First day,Last day,Milestones,Reason,Reward
Spring,,Ana,,Umsatz,,,family: Pumps;; small | Valves,1000.50,2026-04-01,2026-06-30,2026-04-30: 300.25; 2026-05-31: 600 Half way,House,A day off
Calls,Z-1,S-1,,,"Anrufe, visit",,,40,2026-04-01,2026-04-30,,,
Rate,,Ben,,win-rate,,,,0.35,2026-01-01,2026-12-31,,,
Book,,Ben,,,,Read it [2026-03-01]; Use it; Use it,,,2026-01-01,2026-03-31,,,
All,,,,Deals won,,,,12,2026-01-01,2026-12-31,,,
Team,,,North,margin,,,,5000,2026-01-01,2026-12-31,,,
`

test('metrics, activities and steps; people, teams and all; again nothing, one cell more one change, and back', async () => {
  const world = await firm()
  const batch = await world.take('goals.csv', file, { kind: 'goals' })
  expect(batch.counts).toMatchObject({ read: 6, added: 6, rejected: 0 })
  expect(batch.created).toEqual({})
  const rows = await goalsOf(world)
  expect(told(rows)).toEqual([
    'All all metric deals-won 12 2026-01-01 2027-01-01',
    'Book Ben steps  3 2026-01-01 2026-04-01',
    'Calls Ana activity  40 2026-04-01 2026-05-01',
    'Rate Ben metric win-rate 0.35 2026-01-01 2027-01-01',
    'Spring Ana metric revenue 100050 2026-04-01 2026-07-01',
    'Team North metric margin 500000 2026-01-01 2027-01-01',
  ])
  const named = (name: string) => rows.find((row) => row.name === name)
  expect(named('Spring')).toMatchObject({
    where: { family: ['Pumps; small', 'Valves'] },
    milestones: [
      { on: '2026-04-30', value: 30_025 },
      { on: '2026-05-31', value: 60_000, name: 'Half way' },
    ],
    why: 'House',
    reward: 'A day off',
  })
  expect(named('Calls')).toMatchObject({ activities: ['call', 'visit'], externalId: 'Z-1' })
  expect(named('Book')?.steps).toEqual([
    { name: 'Read it', doneOn: '2026-03-01' },
    { name: 'Use it', doneOn: null },
    { name: 'Use it', doneOn: null },
  ])
  const again = await world.take('goals.csv', file, { kind: 'goals' })
  expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 6 })
  expect(again.changeId).toBeNull()
  // By its number a goal may have another name and other days; by its name, another target.
  const next = file
    .replace('Calls,Z-1', 'Calls and visits,Z-1')
    .replace('2026-04-30,,,\n', '2026-05-15,,,\n')
    .replace('0.35', '0.4')
    .replace('Team,,', 'Another,,')
  const corrected = await world.take('goals.csv', next, { kind: 'goals' })
  expect(corrected.counts).toMatchObject({ added: 1, updated: 2, unchanged: 3 })
  await world.call('imports.undo', { id: corrected.id })
  expect(told(await goalsOf(world))).toEqual(told(rows))
  await world.call('imports.undo', { id: batch.id })
  expect(await goalsOf(world)).toEqual([])
  expect((await checkOrganisation(db.database, world.who)).findings).toEqual([])
})

test('a goal set by hand is known by name, owner and first day, and takes the number of the row', async () => {
  const world = await firm()
  const { rows: sellers } = await world.call<{ rows: { id: string; name: string }[] }>(
    'sellers.list',
  )
  const ana = sellers.find(({ name }) => name === 'Ana')?.id
  await world.call('goals.add', {
    name: 'Spring',
    kind: 'metric',
    metric: 'revenue',
    sellerId: ana,
    target: 1_000,
    from: '2026-04-01',
    until: '2026-07-01',
    where: { family: ['Valves'] },
    milestones: [{ on: '2026-05-01', value: 500 }],
    why: 'House',
  })
  const bare = (number: string) =>
    `Goal,Number,Seller,Metric,Target,First day,Last day\n spring ,${number},Ana,revenue,20,2026-04-01,2026-06-30\n`
  const batch = await world.take('g.csv', bare('Z-9'), { kind: 'goals' })
  expect(batch.counts).toMatchObject({ added: 0, updated: 1 })
  // What the file has no column for stays.
  expect((await goalsOf(world))[0]).toMatchObject({
    externalId: 'Z-9',
    target: 2_000,
    why: 'House',
    where: { family: ['Valves'] },
    milestones: [{ on: '2026-05-01', value: 500 }],
  })
  // Another number is another goal.
  const other = await world.take('g.csv', bare('Z-10'), { kind: 'goals' })
  expect(other.counts).toMatchObject({ added: 1, updated: 0 })
})

test('what a file does not say of a goal has to fit what it says: milestones that stay, days of a series', async () => {
  const world = await firm()
  const columns = 'Goal,Number,Seller,Metric,Target,First day,Last day'
  const spring = 'Spring,Z-1,Ana,revenue,1000,2026-04-01,2026-06-30'
  const call = 'Calls,Z-2,Ana,deals won,10,2026-04-01,2026-06-30'
  await world.take(
    'g.csv',
    `${columns},Milestones\n${spring},2026-04-30: 300; 2026-05-31: 600\n${call},\n`,
    { kind: 'goals' },
  )
  const before = await goalsOf(world)
  const series = before.find(({ name }) => name === 'Calls')
  await world.call('goals.edit', { id: series?.id, version: 1, repeats: 'quarter' })
  const refused = async (row: string, more = '') => {
    const batch = await world.upload('g.csv', `${columns}${more}\n${row}\n`, { kind: 'goals' })
    const { rows } = await world.call<{
      rows: { code: string; column: string }[]
    }>('imports.rejects', { id: batch.id })
    return rows.map(({ code, column }) => `${code} ${column}`)
  }
  const [kept, moved] = ['goal.milestones_kept', 'goal.in_series']
  expect(await refused(spring.replace('04-01', '05-01'))).toEqual([`${kept} First day`])
  expect(await refused(spring.replace('06-30', '05-30'))).toEqual([`${kept} Last day`])
  expect(await refused(spring.replace('1000', '599'))).toEqual([`${kept} Target`])
  expect(await refused(spring.replace('revenue', 'margin'))).toEqual([`${kept} Metric`])
  expect(await refused(call.replace('04-01', '07-01').replace('06-30', '09-30'))).toEqual([
    `${moved} First day`,
  ])
  expect(await refused(call.replace('06-30', '07-15'))).toEqual([`${moved} Last day`])
  const all = 'All,Z-3,,revenue,1000,2026-04-01,2026-06-30'
  await world.take('g.csv', `${columns},Only\n${all},team: North\n`, { kind: 'goals' })
  expect(await refused(all.replace(',,', ',Ana,'))).toEqual(['goal.filters_kept Seller'])
  expect(await refused(`${all.replace(',,', ',Ana,')},`, ',Only')).toEqual([])
  expect(await refused(all)).toEqual([])
  // What fits, and milestones that the file has itself, come in.
  expect(await refused(spring.replace('06-30', '07-31'))).toEqual([])
  expect(await refused(`${spring.replace('1000', '500')},2026-05-01: 200`, ',Milestones')).toEqual(
    [],
  )
  expect(await refused(call.replace('10', '12'))).toEqual([])

  // Changed after it was looked at.
  const looked = await world.upload('g.csv', `${columns}\n${spring.replace('1000', '700')}\n`, {
    kind: 'goals',
  })
  const { id } = before.find(({ name }) => name === 'Spring') ?? {}
  await world.call('goals.edit', {
    id,
    version: 1,
    milestones: [{ on: '2026-05-01', value: 80_000 }],
  })
  expect(await world.apply(looked.id)).toMatchObject({
    state: 'failed',
    error: { code: 'record.changed' },
  })
})

test('a file shows no goal to more people: shared stays what was shared, and never what is of one person', async () => {
  const world = await firm()
  const { rows: teams } = await world.call<{ rows: { id: string }[] }>('teams.list')
  await world.call('goals.add', {
    name: 'Ours',
    kind: 'metric',
    metric: 'revenue',
    teamId: teams[0]?.id,
    target: 1_000,
    from: '2026-04-01',
    until: '2026-07-01',
  })
  const shared = async () => (await goalsOf(world)).map(({ name, shared: is }) => [name, is]).sort()
  const take = (...rows: string[]) =>
    world.take(
      'g.csv',
      `Goal,Number,Seller,Team,Metric,Target,First day,Last day\n${rows.join('\n')}\n`,
      {
        kind: 'goals',
      },
    )
  await take(
    'Ours,T-1,,North,revenue,20,2026-04-01,2026-06-30',
    'New,T-2,,North,revenue,20,2026-04-01,2026-06-30',
  )
  expect(await shared()).toEqual([
    ['New', false],
    ['Ours', true],
  ])
  await take('Ours,T-1,Ana,,revenue,20,2026-04-01,2026-06-30')
  expect(await shared()).toEqual([
    ['New', false],
    ['Ours', false],
  ])
})

test('what cannot be is set aside by line and column', async () => {
  const world = await firm()
  const bad = `Goal,Seller,Team,Private,Metric,Activities,Steps,Only,Target,Unit,Currency,First day,Last day,Milestones
A,Ana,North,,revenue,,,,1,,,2026-01-01,2026-12-31,
B,Nobody,,,revenue,,,,1,,,2026-01-01,2026-12-31,
C,,Nowhere,,revenue,,,,1,,,2026-01-01,2026-12-31,
D,Ana,,,happiness,,,,1,,,2026-01-01,2026-12-31,
E,Ana,,,revenue,calls,,,1,,,2026-01-01,2026-12-31,
F,Ana,,,,singing,,,1,,,2026-01-01,2026-12-31,
G,Ana,,,win-rate,,,,35,,,2026-01-01,2026-12-31,
H,Ana,,,deals won,,,,5,money,,2026-01-01,2026-12-31,
I,Ana,,,revenue,,,,5,,USD,2026-01-01,2026-12-31,
J,Ana,,,revenue,,,,5,,,2026-12-31,2026-01-01,
K,Ana,,,revenue,,,,5,,,2026-01-01,2036-12-31,
L,Ana,,,revenue,,,,5,,,2026-02-30,2026-12-31,
M,Ana,,,revenue,,,family: Nothing,5,,,2026-01-01,2026-12-31,
N,Ana,,,revenue,,,team: North,5,,,2026-01-01,2026-12-31,
O,Ana,,,revenue,,,,5,,,2026-01-01,2026-12-31,2026-05-01: 6
P,Ana,,,revenue,,,,0.001,,,2026-01-01,2026-12-31,
Q,Ana,,yes,revenue,,,,5,,,2026-01-01,2026-12-31,
R,Ana,,,revenue,,,,5,,,2026-01-01,2026-12-31,
r,Ana,,,margin,,,,6,,,2026-01-01,2026-12-30,
S,Ana,,,,,; ;,,,,,2026-01-01,2026-12-31,
`
  const batch = await world.take('bad.csv', bad, { kind: 'goals' })
  expect(batch.counts).toMatchObject({ read: 20, added: 1, rejected: 19 })
  expect(batch.created).toEqual({})
  const { rows } = await world.call<{
    rows: { line: number; code: string; column: string | null; message: { de: string } }[]
  }>('imports.rejects', { id: batch.id, limit: 200 })
  expect(rows.map(({ line, code, column }) => [line, code, column])).toEqual([
    [2, 'goal.one_owner', 'Team'],
    [3, 'goal.owner_not_found', 'Seller'],
    [4, 'goal.owner_not_found', 'Team'],
    [5, 'goal.metric_unknown', 'Metric'],
    [6, 'goal.one_measure', 'Metric'],
    [7, 'goal.activity_unknown', 'Activities'],
    [8, 'goal.target', 'Target'],
    [9, 'goal.unit', 'Unit'],
    [10, 'goal.currency', 'Currency'],
    [11, 'goal.backwards', 'Last day'],
    [12, 'goal.too_long', 'Last day'],
    [13, 'not_a_date', 'First day'],
    [14, 'goal.filter', 'Only'],
    [15, 'goal.filter', 'Only'],
    [16, 'goal.milestone', 'Milestones'],
    [17, 'goal.target', 'Target'],
    [18, 'goal.private_owner', 'Seller'],
    [20, 'duplicate_in_file', null],
    [21, 'goal.step', 'Steps'],
  ])
  expect(rows[1]?.message.de).toContain('Niemand hier hat diesen Namen')
  // Nobody was made.
  expect((await world.call<{ rows: unknown[] }>('sellers.list')).rows).toHaveLength(2)
})

test('a name that is probably another misspelt is suggested, and its row comes in once it is accepted', async () => {
  const world = await firm()
  await world.call('sellers.create', { name: 'Ana Weberknecht' })
  const row =
    'Goal,Seller,Metric,Target,First day,Last day\nA,Ana Weberkncht,revenue,5,2026-01-01,2026-12-31\n'
  const batch = await world.upload('g.csv', row, { kind: 'goals' })
  expect(batch.counts).toMatchObject({ added: 0, rejected: 1 })
  const [suggested] = batch.suggestions
  expect(suggested).toMatchObject({ value: 'Ana Weberkncht', like: 'Ana Weberknecht' })
  const next = await world.call<typeof batch>('imports.set-mapping', {
    id: batch.id,
    accept: [{ kind: 'sellers', value: 'Ana Weberkncht', like: 'Ana Weberknecht' }],
  })
  expect(next.counts).toMatchObject({ added: 1, rejected: 0 })
  expect((await world.apply(batch.id)).state).toBe('applied')
  expect((await goalsOf(world))[0]?.seller?.name).toBe('Ana Weberknecht')
})

test('a seller taken away between looking and storing: nothing is stored, and it says why', async () => {
  const world = await firm()
  const row =
    'Goal,Seller,Metric,Target,First day,Last day\nA,Ben,revenue,5,2026-01-01,2026-12-31\n'
  const batch = await world.upload('g.csv', row, { kind: 'goals' })
  await db.owner.query(
    `UPDATE seller SET state = 'removed' WHERE org_id = $1 AND name_key = 'ben'`,
    [world.who.orgId],
  )
  expect(await world.apply(batch.id)).toMatchObject({
    state: 'failed',
    error: { code: 'goal.owner_gone' },
  })
  expect(await goalsOf(world)).toEqual([])
})

test('private goals are of whoever brings them in, and nobody else sees them, nor their import', async () => {
  const world = await firm()
  const rows = `Goal,Private,Metric,Target,First day,Last day
My own,ja,revenue,5,2026-01-01,2026-12-31
Open,no,revenue,5,2026-01-01,2026-12-31
`
  const batch = await world.take('goals.csv', rows, { kind: 'goals' })
  expect(batch.counts).toMatchObject({ added: 2 })
  expect((await goalsOf(world)).map(({ name, private: own }) => [name, own]).sort()).toEqual([
    ['My own', true],
    ['Open', false],
  ])
  const other: Principal = { ...world.who, personId: await otherPerson(world) }
  expect((await goalsOf(world, other)).map(({ name }) => name)).toEqual(['Open'])
  await expect(world.call('imports.get', { id: batch.id }, { as: other })).rejects.toMatchObject({
    detail: { code: 'import.not_found' },
  })
  await expect(
    world.call('imports.rejects', { id: batch.id }, { as: other }),
  ).rejects.toMatchObject({ detail: { code: 'import.not_found' } })
  const { rows: seen } = await world.call<{ rows: unknown[] }>('imports.list', {}, { as: other })
  expect(seen).toEqual([])
  // The other's file of the same goals: theirs is one of their own.
  const [own] = await goalsOf(world, other)
  expect(own?.name).toBe('Open')
  // Goals without private ones are an import as any other.
  const open = await world.take('open.csv', rows.replaceAll(/,(Private|ja|no),/g, ','), {
    kind: 'goals',
  })
  expect((await world.call<{ id: string }>('imports.get', { id: open.id }, { as: other })).id).toBe(
    open.id,
  )
})

async function otherPerson(world: ImportWorld): Promise<string> {
  const id = db.newId()
  await db.database.write(world.who, 'people.add', (tx) =>
    tx.run(
      sql`INSERT INTO person (org_id, id, name, name_key) VALUES (${world.who.orgId}, ${id}, 'Other', 'other')`,
    ),
  )
  return id
}

test('the list as a file comes back in unchanged, in both formats and languages, private ones too', async () => {
  const world = await firm()
  await world.take('goals.csv', file, { kind: 'goals' })
  await world.call('goals.add', {
    name: 'Quiet; one | two',
    kind: 'steps',
    metric: null,
    private: true,
    steps: [{ name: 'One; two' }, { name: 'Done', doneOn: '2026-02-01' }],
    from: '2026-01-01',
    until: '2026-04-01',
  })
  for (const [format, lang] of [
    ['csv', 'en'],
    ['xlsx', 'de'],
  ] as const) {
    const answer = await world.call<FileAnswer>('exports.table', { table: 'goals', format, lang })
    const parts: Uint8Array[] = []
    for await (const part of answer.bytes) parts.push(part)
    const batch = await world.take(answer.name, Buffer.concat(parts), { kind: 'goals' })
    expect(batch.counts).toMatchObject({ read: 7, unchanged: 7, rejected: 0 })
  }
  const other: Principal = { ...world.who, personId: await otherPerson(world) }
  const theirs = await world.call<FileAnswer>('exports.table', { table: 'goals' }, { as: other })
  let text = ''
  for await (const part of theirs.bytes) text += Buffer.from(part).toString()
  expect(text).toContain('Spring')
  expect(text).not.toContain('Quiet')
})

// Views under a name: one's own is seen by nobody else, sharing takes the right to it, everything can be undone.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { policyWorld, type World } from '../../../tests/policy/world.ts'
import type { Role } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { checkOrganisation } from '../../platform/database/check.ts'
import { copyingOut } from '../../platform/database/copy-out.ts'

interface View {
  id: string
  version: number
  name: string
  question: Record<string, string>
  shared: boolean
  pinned: boolean
}
interface Written {
  id: string
  version: number
  changeId: string
}

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
}, 60_000)
afterAll(() => db.close())

const list = async (who: Principal) =>
  (await world.call<{ rows: View[] }>(who, 'views.list')).rows.map(({ name }) => name)
const save = (who: Principal, name: string, more: Record<string, unknown> = {}) =>
  world.call<Written>(who, 'views.save', { name, question: { metric: 'win-rate' }, ...more })
const as = (role: Role) => world.as(role)
const code = (value: string) => ({ detail: { code: value } })

test('a view of one’s own is seen by its owner only, and not named in the list of changes', async () => {
  const { id, changeId } = await save(as('seller'), 'Secret plans')
  expect(await list(as('seller'))).toContain('Secret plans')
  for (const other of [as('manager'), as('admin'), world.foreignAdmin]) {
    expect(await list(other)).not.toContain('Secret plans')
    for (const [name, more] of [
      ['views.rename', { name: 'Mine now' }],
      ['views.pin', { pinned: true }],
      ['views.remove', {}],
    ] as const) {
      await expect(world.call(other, name, { id, ...more })).rejects.toMatchObject(
        code('result_view.not_found'),
      )
    }
  }
  const changes = JSON.stringify(await world.call(as('admin'), 'changes.list', { limit: 200 }))
  expect(changes).toContain(changeId)
  expect(changes).not.toContain('Secret plans')
  // Nor do the rows come to others who read the table as it is, or write into it.
  const there = sql`SELECT 1 FROM result_view WHERE id = ${id}`
  expect(await db.database.read(as('seller'), (tx) => tx.rows(there))).toHaveLength(1)
  expect(await db.database.read(as('admin'), (tx) => tx.rows(there))).toEqual([])
  const taken = sql`UPDATE result_view SET owner_id = NULL WHERE id = ${id}`
  const { result } = await db.database.write(as('admin'), 'test', (tx) => tx.run(taken))
  expect(result).toBe(0)
})

test('shared views: everybody sees them, the auditor writes none', async () => {
  const { id } = await save(as('manager'), 'For all', { shared: true })
  expect(await list(as('auditor'))).toContain('For all')
  expect(await list(world.foreignAdmin)).not.toContain('For all')
  const refused = code('result_view.shared_by_others')
  await expect(save(as('auditor'), 'Mine for all', { shared: true })).rejects.toMatchObject(refused)
  await expect(world.call(as('auditor'), 'views.pin', { id, pinned: true })).rejects.toMatchObject(
    refused,
  )
  await expect(world.call(as('auditor'), 'views.rename', { id, name: 'x' })).rejects.toMatchObject(
    refused,
  )
  await expect(world.call(as('auditor'), 'views.remove', { id })).rejects.toMatchObject(refused)
  await save(as('auditor'), 'My own')
  expect(await list(as('auditor'))).toContain('My own')
  await world.call(as('seller'), 'views.pin', { id, pinned: true })
  const { rows } = await world.call<{ rows: View[] }>(as('auditor'), 'views.list')
  expect(rows.find((view) => view.id === id)).toMatchObject({ shared: true, pinned: true })
})

test('the same name again replaces; another name that is taken, or an old version, is refused', async () => {
  const who = as('compensation-admin')
  const first = await save(who, 'Wins')
  const again = await world.call<Written>(who, 'views.save', {
    name: ' wins ',
    question: { metric: 'revenue', by: 'team,month' },
  })
  expect(again).toMatchObject({ id: first.id, version: 2 })
  const { rows } = await world.call<{ rows: View[] }>(who, 'views.list')
  expect(rows.find(({ id }) => id === first.id)?.question).toEqual({
    metric: 'revenue',
    by: 'team,month',
  })
  const other = await save(who, 'Losses')
  await expect(
    world.call(who, 'views.rename', { id: other.id, name: 'WINS' }),
  ).rejects.toMatchObject(code('result_view.exists'))
  for (const [name, more] of [
    ['views.rename', { name: 'Old' }],
    ['views.pin', { pinned: true }],
    ['views.remove', {}],
  ] as const) {
    await expect(
      world.call(who, name, { id: first.id, version: 1, ...more }),
    ).rejects.toMatchObject(code('record.changed'))
  }
  // A shared one of the same name is another view.
  expect((await save(who, 'Wins', { shared: true })).id).not.toBe(first.id)
})

test('renaming, pinning and removing are undone', async () => {
  const who = as('manager')
  const { id } = await save(who, 'North')
  const changes = [
    await world.call<Written>(who, 'views.rename', { id, name: 'South' }),
    await world.call<Written>(who, 'views.pin', { id, pinned: true }),
    await world.call<Written>(who, 'views.remove', { id }),
  ]
  expect(await list(who)).not.toContain('South')
  for (const { changeId } of changes.reverse())
    await world.call(who, 'changes.undo', { id: changeId })
  const { rows } = await world.call<{ rows: View[] }>(who, 'views.list')
  expect(rows.find((view) => view.id === id)).toMatchObject({ name: 'North', pinned: false })
})

test('a question that is too large, or has parts no address has, is refused', async () => {
  const who = as('seller')
  for (const question of [
    { metric: 'revenue', script: 'x' },
    { customer: 'a'.repeat(2001) },
    { customer: 'ü'.repeat(1500), seller: 'ü'.repeat(1500) },
    { metric: '' },
  ]) {
    await expect(world.call(who, 'views.save', { name: 'No', question })).rejects.toMatchObject(
      code('request.invalid'),
    )
  }
})

test('no more than 200 of one’s own', async () => {
  const who = world.foreignAdmin
  for (let at = 0; at < 200; at += 1) await save(who, `View ${at}`)
  await expect(save(who, 'One more')).rejects.toMatchObject(code('result_view.too_many'))
  await save(who, 'View 7')
})

test('a full export holds the views of all, whoever asks for it', async () => {
  await save(as('seller'), 'Kept for me')
  let text = ''
  const pieces = copyingOut(db.database, as('admin'), (copying) =>
    pieceByPiece(copying.copy('result_view', ['name'], ['id']).pieces),
  )
  for await (const piece of pieces) text += piece
  expect(text).toContain('Kept for me')
  expect(text).not.toContain('View 7')
})

async function* pieceByPiece(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.toString()
}

test('the check holds whoever asks, with views of others in the books', async () => {
  for (const who of [as('admin'), as('auditor')]) {
    const result = await checkOrganisation(db.database, who)
    expect(result.findings).toEqual([])
  }
})

// Checks are kept with what they found, can be stopped, and tell a past that was rewritten.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type TestProgram, testProgram } from '../../../tests/program.ts'
import type { Principal } from '../../platform/context.ts'
import { checkInBackground, recoverChecks } from './operations.ts'

interface Checks {
  head: { org: string; revision: number; hash: string }
  rows: {
    id: string
    state: string
    holds: boolean | null
    doneSteps: number
    findings: { what: string }[]
  }[]
}

let db: TestDatabase
let kontor: TestProgram
let who: Principal
let counter = 0
beforeAll(async () => {
  db = await freshDatabase()
  kontor = await testProgram(db)
})
beforeEach(async () => {
  who = await kontor.organisation(`checks ${++counter}`)
  await kontor.call(who, 'customers.create', { name: 'Acme' })
})
afterAll(() => db.close())

const checks = () => kontor.call<Checks>(who, 'trust.checks')
const payload = (checkId: string) => ({ orgId: who.orgId, personId: who.personId, checkId })

test('one in the background is kept with its result, and a second start gives the same one', async () => {
  const { id } = await kontor.call<{ id: string }>(who, 'trust.start-check')
  expect(await kontor.call(who, 'trust.start-check')).toEqual({ id })
  expect((await checks()).rows).toMatchObject([{ id, state: 'waiting', holds: null }])
  await checkInBackground(kontor.program, payload(id))
  const { head, rows } = await checks()
  expect(rows).toMatchObject([{ id, state: 'done', holds: true, doneSteps: 6, findings: [] }])
  expect(head).toMatchObject({ org: who.orgId, revision: 2 })
})

test('one that was stopped does not run, and one that is over cannot be stopped', async () => {
  const { id } = await kontor.call<{ id: string }>(who, 'trust.start-check')
  await kontor.call(who, 'trust.cancel-check', { id })
  await checkInBackground(kontor.program, payload(id))
  expect((await checks()).rows).toMatchObject([{ id, state: 'cancelled', holds: null }])
  await expect(kontor.call(who, 'trust.cancel-check', { id })).rejects.toMatchObject({
    code: 'trust.check_not_found',
  })
})

test('one that a crash left half-way counts as not finished', async () => {
  const { id } = await kontor.call<{ id: string }>(who, 'trust.start-check')
  await db.owner.query(`UPDATE check_run SET state = 'running' WHERE id = $1`, [id])
  await recoverChecks(kontor.program, who)
  expect((await checks()).rows).toMatchObject([{ id, state: 'failed' }])
})

test('what was altered past the program is found and kept', async () => {
  await db.owner.query(`UPDATE customer SET name = 'Evil' WHERE org_id = $1`, [who.orgId])
  expect(await kontor.call(who, 'check.run')).toMatchObject({ holds: false })
  expect((await checks()).rows).toMatchObject([
    { state: 'done', holds: false, findings: [{ what: 'record' }] },
  ])
})

test('an anchor holds until the past is rewritten', async () => {
  const { head } = await checks()
  const compare = (anchor: object) => kontor.call(who, 'trust.compare-anchor', anchor)
  const { org, revision, hash } = head
  await kontor.call(who, 'customers.create', { name: 'Later' })
  expect(await compare({ org, revision, hash })).toMatchObject({ same: true })
  expect(await compare({ revision: revision + 5, hash })).toMatchObject({ reason: 'chain_shorter' })
  expect(await compare({ org: db.newId(), revision, hash })).toMatchObject({
    reason: 'other_organisation',
  })
  await db.owner.query(
    `UPDATE change SET hash = sha256(hash) WHERE org_id = $1 AND revision = $2`,
    [org, revision],
  )
  expect(await compare({ org, revision, hash })).toMatchObject({ reason: 'other_hash' })
})

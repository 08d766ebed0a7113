// Activities from a file: planned and done, known again by number or by what they say.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'
import type { OutputOf } from '../../basics/contract.ts'
import type { activitiesContract } from './contract.ts'

type Page = OutputOf<(typeof activitiesContract)['activities.list']>

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const head =
  'Number,Subject,Activity type,Due date,Done on,Outcome,Owner,Customer,Contact person,Deal number'
const file = (...rows: string[]) => [head, ...rows].join('\n')

test('rows become activities with seller, customer, contact and deal; again they are unchanged', async () => {
  const world = await importWorld(db)
  const { rows: stages } = await world.call<{ rows: { id: string }[] }>('stages.list')
  await world.call('deals.create', { stageId: stages[0]?.id, externalId: 'D-1', amount: 5 })
  const text = file(
    'T-1,Call about the offer,Phone,2026-03-10,,,Ana,Acme,Eva Lindner,D-1',
    'T-2,Show it,Visit,2026-03-01,2026-03-02,Wants two,Ana,Acme,Eva Lindner,D-9',
    ',Write,email,,2026-03-05,,Ben,Beta,,',
    'T-4,Nothing said,call,,,,Ana,Acme,,',
  )
  const done = await world.take('activities.csv', text, { kind: 'activities' })
  expect(done.counts).toMatchObject({ added: 3, rejected: 1 })
  const list = async () => (await world.call<Page>('activities.list')).rows
  expect(await list()).toMatchObject([
    {
      kind: 'call',
      subject: 'Call about the offer',
      dueOn: '2026-03-10',
      doneOn: null,
      seller: { name: 'Ana' },
      customer: { name: 'Acme' },
      contact: { name: 'Eva Lindner' },
      deal: { name: 'D-1' },
    },
    { kind: 'mail', doneOn: '2026-03-05', seller: { name: 'Ben' }, contact: null },
    { kind: 'visit', doneOn: '2026-03-02', outcome: 'Wants two', deal: null },
  ])
  const { rows: contacts } = await world.call<{
    rows: { name: string; customer: { name: string } }[]
  }>('contacts.list')
  expect(contacts).toMatchObject([{ name: 'Eva Lindner', customer: { name: 'Acme' } }])
  const again = await world.take('again.csv', `${text}\n`, { kind: 'activities' })
  expect(again.counts).toMatchObject({ added: 0, updated: 0, unchanged: 3 })
  const moved = text.replace('2026-03-10,,', '2026-03-10,2026-03-11,Reached')
  const third = await world.take('third.csv', moved, { kind: 'activities' })
  expect(third.counts).toMatchObject({ added: 0, updated: 1, unchanged: 2 })
  await world.call('imports.undo', { id: done.id, whenChangedSince: 'keep' })
  expect((await list()).map((row) => row.subject)).toEqual(['Call about the offer'])
})

// Names that stand in two columns, first and last.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('sellers by first and last name; a row with neither is set aside; again nothing changes', async () => {
  const world = await importWorld(db)
  const text =
    'EmployeeID,LastName,FirstName,Title,HireDate\n7,Weber,Ana,Rep,2020-01-01\n8,,Cher,Rep,2020-01-01\n9,,,Rep,2020-01-01\n'
  const first = await world.take('employees.csv', text, { kind: 'sellers' })
  expect(first.counts).toMatchObject({ added: 2, rejected: 1 })
  const { rows } = await world.call<{ rows: { name: string }[] }>('sellers.list')
  expect(rows.map(({ name }) => name).sort()).toEqual(['Ana Weber', 'Cher'])
  const rejects = await world.call<{ rows: object[] }>('imports.rejects', { id: first.id })
  expect(rejects.rows).toMatchObject([{ line: 4, code: 'missing_required' }])
  expect((await world.take('employees.csv', text, { kind: 'sellers' })).counts).toMatchObject({
    unchanged: 2,
  })
})

test('without any column of a name, it is asked for', async () => {
  const world = await importWorld(db)
  const batch = await world.upload('employees.csv', 'EmployeeID,Team\n7,West\n', {
    kind: 'sellers',
  })
  expect(batch.questions.map(({ code }) => code)).toEqual(['field_missing'])
})

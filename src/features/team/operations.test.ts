// Changes, undo and histories as anybody asks for them.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { refused, startTeam, type TeamProgram } from './operations.fixture.ts'

let kontor: TeamProgram
beforeAll(async () => {
  kontor = await startTeam()
})
beforeEach(() => kontor.enter())
afterAll(() => kontor.db.close())

describe('changes', () => {
  test('are listed newest first with who and what, and with what took them back', async () => {
    const made = await kontor.call('sellers.create', { name: 'Ana' })
    const undone = await kontor.call('changes.undo', { id: made.changeId })
    const { rows } = await kontor.call('changes.list')
    expect(rows).toMatchObject([
      {
        id: undone.changeId,
        revision: 3,
        operation: 'changes.undo',
        undoes: made.changeId,
        undoneBy: null,
        subject: { undone: 'sellers.create' },
      },
      {
        id: made.changeId,
        operation: 'sellers.create',
        actor: { name: 'Tester' },
        undoneBy: undone.changeId,
        subject: { name: 'Ana' },
      },
      { revision: 1 },
    ])
    const page = await kontor.call('changes.list', { limit: 1 })
    expect((await kontor.call('changes.list', { limit: 1, cursor: page.next })).rows[0]?.id).toBe(
      made.changeId,
    )
  })

  test('of others are not undone by those who reach only their own', async () => {
    const made = await kontor.call('sellers.create', { name: 'Ana' })
    const other = kontor.as(['manager'], { personId: kontor.db.newId() })
    await expect(kontor.call('changes.undo', { id: made.changeId }, other)).rejects.toMatchObject(
      refused('change.not_yours'),
    )
    await expect(
      kontor.call('changes.undo', { id: kontor.db.newId() }, other),
    ).rejects.toMatchObject(refused('change.not_found'))
    await expect(
      kontor.call('changes.undo', { id: made.changeId }, kontor.as(['seller'])),
    ).resolves.toMatchObject({ restored: 1 })
    await expect(kontor.call('changes.list', {}, kontor.as(['seller']))).rejects.toMatchObject(
      refused('request.no_right'),
    )
  })

  test('the history of a record tells fields by the names of the contract', async () => {
    const parent = await kontor.call('teams.create', { name: 'Company', kind: 'company' })
    const team = await kontor.call('teams.create', { name: 'North', kind: 'team' })
    await kontor.call('teams.edit', { id: team.id, parentId: parent.id, name: 'Northern' })
    const { rows } = await kontor.call('history.list', { entity: 'team', id: team.id })
    expect(rows).toMatchObject([
      {
        version: 2,
        actor: { name: 'Tester' },
        operation: 'teams.edit',
        fields: { name: ['North', 'Northern'], parent: [null, 'Company'] },
      },
      {
        version: 1,
        operation: 'teams.create',
        fields: { name: [null, 'North'], kind: [null, 'team'] },
      },
    ])
    expect(Object.keys(rows[0]?.fields ?? {})).toEqual(
      expect.not.arrayContaining(['nameKey', 'name_key', 'parent_id']),
    )
    await expect(
      kontor.call('history.list', { entity: 'team', id: kontor.db.newId() }),
    ).rejects.toMatchObject(refused('record.not_found'))
  })

  test('the history of a deal is its versions, seen by those who reach it', async () => {
    const [ana, bo] = [
      await kontor.call('sellers.create', { name: 'Ana' }),
      await kontor.call('sellers.create', { name: 'Bo' }),
    ]
    const { rows: stages } = await kontor.db.owner.query<{ id: string }>(
      `SELECT id FROM stage WHERE org_id = $1 AND outcome = 'open'`,
      [kontor.who.orgId],
    )
    const { result: id } = await kontor.db.database.write(kontor.who, 'deals.create', (tx) =>
      insertFact(tx, 'deal', {
        stage_id: stages[0]?.id,
        outcome: 'open',
        amount: 100,
        currency: 'EUR',
        seller_id: ana.id,
      }),
    )
    const { changeId } = await kontor.db.database.write(kontor.who, 'deals.edit', (tx) =>
      replaceFact(tx, 'deal', id, { amount: 150, seller_id: bo.id }),
    )
    await kontor.db.database.write(kontor.who, 'deals.remove', (tx) => closeFact(tx, 'deal', id))
    const { rows } = await kontor.call('history.list', { entity: 'deal', id })
    expect(rows).toMatchObject([
      { operation: 'deals.remove', fields: { state: ['active', 'removed'] } },
      {
        operation: 'deals.edit',
        changeId,
        version: 2,
        fields: { amount: [100, 150], seller: ['Ana', 'Bo'] },
      },
      {
        operation: 'deals.create',
        version: 1,
        fields: { amount: [null, 100], seller: [null, 'Ana'] },
      },
    ])
    expect(Object.keys(rows[1]?.fields ?? {}).sort()).toEqual(['amount', 'seller'])
    await expect(
      kontor.call(
        'history.list',
        { entity: 'deal', id },
        kontor.as(['seller'], { sellerId: ana.id }),
      ),
    ).rejects.toMatchObject(refused('record.not_found'))
    await expect(
      kontor.call(
        'history.list',
        { entity: 'deal', id },
        kontor.as(['seller'], { sellerId: bo.id }),
      ),
    ).resolves.toBeDefined()
  })
})

// The organisation as anybody asks for it: first start, settings, closed periods.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkOrganisation } from '../../platform/database/check.ts'
import { insertFact } from '../../platform/database/facts.ts'
import { principalFor } from './door.ts'
import { refused, startTeam, type TeamProgram } from './operations.fixture.ts'

let kontor: TeamProgram
beforeAll(async () => {
  kontor = await startTeam()
})
beforeEach(() => kontor.enter())
afterAll(() => kontor.db.close())

describe('the organisation', () => {
  const answers = {
    name: 'Halle KG',
    zone: 'America/St_Johns',
    baseCurrency: 'USD',
    fiscalFirstMonth: 4,
    weekStart: 7,
    locale: 'de',
    personName: 'Ana Sol',
    sellerIs: 'self',
  }

  test('is set up, and the person is a seller of the same name', async () => {
    await kontor.enter({ setUp: false })
    expect(await kontor.call('organisations.get')).toMatchObject({
      setUp: false,
      me: { seller: null },
    })
    await kontor.call('organisations.set-up', answers)
    const found = await kontor.call('organisations.get')
    expect(found).toMatchObject({
      setUp: true,
      settings: {
        name: 'Halle KG',
        zone: 'America/St_Johns',
        baseCurrency: 'USD',
        fiscalFirstMonth: 4,
        weekStart: 7,
        locale: 'de',
      },
      me: { person: { name: 'Ana Sol' }, seller: { name: 'Ana Sol' }, solo: true },
      counts: { sellers: 1, deals: 0 },
      dataFrom: null,
    })
    expect((await principalFor(kontor.db.database, kontor.who.orgId)).sellerId).toBe(
      (found.me as { seller: { id: string } }).seller.id,
    )
    await expect(
      kontor.call('changes.undo', { id: (await kontor.call('changes.list')).rows[0]?.id }),
    ).rejects.toMatchObject(refused('change.not_undoable'))
  })

  test.each(['Mars/Olympus', '+02:00', 'Europe', "x'; DROP TABLE org; --"])(
    'is not set up in the zone %s',
    async (zone) => {
      await expect(kontor.call('organisations.set-up', { ...answers, zone })).rejects.toMatchObject(
        refused('organisation.unknown_zone'),
      )
    },
  )

  test('keeps its currency once there are amounts, and its settings are edited with undo', async () => {
    const edit = await kontor.call('organisations.edit', {
      name: 'New',
      baseCurrency: 'CHF',
      version: 1,
    })
    await expect(
      kontor.call('organisations.edit', { name: 'Newer', version: 1 }),
    ).rejects.toMatchObject(refused('record.changed'))
    const { rows: stages } = await kontor.db.owner.query<{ id: string }>(
      `SELECT id FROM stage WHERE org_id = $1 AND outcome = 'open'`,
      [kontor.who.orgId],
    )
    await kontor.db.database.write(kontor.who, 'x', (tx) =>
      insertFact(tx, 'deal', {
        stage_id: stages[0]?.id,
        outcome: 'open',
        amount: 1,
        currency: 'CHF',
      }),
    )
    await expect(kontor.call('organisations.edit', { baseCurrency: 'EUR' })).rejects.toMatchObject(
      refused('organisation.currency_in_use'),
    )
    // The name goes back; the currency stays, because amounts are reckoned in it by now.
    expect(await kontor.call('changes.undo', { id: edit.changeId })).toMatchObject({
      restored: 1,
      kept: [{ entity: 'org' }],
    })
    expect(await kontor.call('organisations.get')).toMatchObject({
      settings: { name: 'Books', baseCurrency: 'CHF' },
    })
  })

  test('says who one is', async () => {
    const seller = await kontor.call('sellers.create', { name: 'Ana' })
    const set = await kontor.call('me.set-seller', { sellerId: seller.id })
    expect(await kontor.call('organisations.get')).toMatchObject({
      me: { seller: { id: seller.id } },
    })
    await expect(
      kontor.call('me.set-seller', { sellerId: kontor.db.newId() }),
    ).rejects.toMatchObject(refused('seller.not_found'))
    await kontor.call('changes.undo', { id: set.changeId })
    expect(await kontor.call('organisations.get')).toMatchObject({ me: { seller: null } })
  })

  test('lists itself among others, and holds', async () => {
    expect((await kontor.call('organisations.list')).rows.map(({ id }) => id)).toContain(
      kontor.who.orgId,
    )
    const report = await checkOrganisation(kontor.db.database, kontor.who, { at: 1 })
    expect(report).toMatchObject({ holds: true, revision: 1, hashAt: report.hash })
  })
})

test('periods are closed and opened again', async () => {
  await expect(
    kontor.call('period-locks.set', { from: '2026-02-01', until: '2026-02-01', reason: 'x' }),
  ).rejects.toMatchObject(refused('period.backwards'))
  const lock = await kontor.call('period-locks.set', {
    from: '2026-01-01',
    until: '2026-02-01',
    reason: 'paid',
  })
  expect((await kontor.call('period-locks.list')).rows).toEqual([
    { id: lock.id, version: 1, from: '2026-01-01', until: '2026-02-01', reason: 'paid' },
  ])
  await kontor.call('period-locks.remove', { id: lock.id, version: 1 })
  expect((await kontor.call('period-locks.list')).rows).toEqual([])
  await expect(kontor.call('period-locks.remove', { id: lock.id })).rejects.toMatchObject(
    refused('period_lock.not_found'),
  )
})

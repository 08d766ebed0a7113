// Positions: added, changed, archived; who holds one from when until when, one at a time.
import type { Implements, InputOf } from '../../basics/contract.ts'
import type { Day } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertFact, replaceFact } from '../../platform/database/facts.ts'
import { insertRecord, lockRecord, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { sinceEver, untilFurtherNotice } from './calc/succession.ts'
import type { positionsContract } from './contract-positions.ts'
import { todayIn } from './door.ts'
import { readSeller } from './store.ts'
import {
  type Holding,
  holdersWithin,
  holdingsOfPositions,
  isPositionTaken,
  listPositions,
  readHolding,
  readPosition,
} from './store-positions.ts'
import { readTeam } from './store-teams.ts'

type Contract = typeof positionsContract

export const positionOperations: Implements<Contract, Ctx> = {
  'positions.list': (ctx, input) =>
    ctx.read(async (tx) => listPositions(tx, await todayIn(ctx, tx), input)),
  'positions.get': (ctx, { id }) =>
    ctx.read(async (tx) => ({
      ...(await readPosition(tx, await todayIn(ctx, tx), id)),
      holders: (await holdingsOfPositions(tx, [id])).map(({ position: _, ...holder }) => holder),
    })),
  'positions.create': (ctx, { name, teamId }) =>
    ctx.write(async (tx) => {
      if (teamId) await readTeam(tx, sinceEver, teamId)
      await refuseTwin(tx, name)
      tx.describe({ name })
      const id = await insertRecord(tx, 'position', {
        name,
        name_key: nameKey(name),
        team_id: teamId ?? null,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'positions.edit': (ctx, { id, version, name, teamId }) =>
    ctx.write(async (tx) => {
      const before = await readPosition(tx, sinceEver, id)
      if (teamId) await readTeam(tx, sinceEver, teamId)
      if (name !== undefined) await refuseTwin(tx, name, id)
      tx.describe({ name: name ?? before.name })
      const fields = {
        ...(name === undefined ? {} : { name, name_key: nameKey(name) }),
        ...(teamId === undefined ? {} : { team_id: teamId }),
      }
      return {
        id,
        version: await updateRecord(tx, 'position', id, fields, version),
        changeId: tx.changeId,
      }
    }),
  'positions.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      // Whoever fills it at this moment waits, or has been waited for.
      await lockRecord(tx, 'position', id)
      const { name } = await readPosition(tx, sinceEver, id)
      if (state === 'active') await refuseTwin(tx, name, id)
      else await refuseHeld(tx, { id, name }, await todayIn(ctx, tx))
      tx.describe({ name, state })
      return {
        id,
        version: await updateRecord(tx, 'position', id, { state }, version),
        changeId: tx.changeId,
      }
    }),
  'positions.fill': (ctx, input) => ctx.write((tx) => fill(tx, input)),
  'positions.vacate': (ctx, { id, version, on }) =>
    ctx.write(async (tx) => {
      const holding = await readHolding(tx, id)
      // A later end could run into who came after; that is what filling is for.
      if (on <= holding.validFrom || on > holding.validUntil) throw backwards()
      tx.describe({ name: holding.position.name, holder: holding.seller.name })
      return {
        id,
        version: await replaceFact(tx, 'position_holder', id, { valid_until: on }, version),
        changeId: tx.changeId,
      }
    }),
}

async function fill(tx: WriteTx, input: InputOf<Contract['positions.fill']>) {
  const { id, sellerId } = input
  const span = {
    from: input.validFrom ?? sinceEver,
    until: input.validUntil ?? untilFurtherNotice,
  }
  if (span.from >= span.until) throw backwards()
  // Two who fill the same position wait for each other.
  await lockRecord(tx, 'position', id)
  const position = await readPosition(tx, sinceEver, id)
  if (position.state === 'archived') throw archived(position.name)
  const seller = await readSeller(tx, sinceEver, sellerId)
  for (const there of await holdersWithin(tx, id, span)) {
    const followed = there.validFrom < span.from && there.validUntil === untilFurtherNotice
    if (!followed) throw held(position.name, there)
    await replaceFact(tx, 'position_holder', there.id, { valid_until: span.from }, there.version)
  }
  tx.describe({ name: position.name, holder: seller.name, from: span.from })
  const holding = await insertFact(tx, 'position_holder', {
    position_id: id,
    seller_id: sellerId,
    valid_from: span.from,
    valid_until: span.until,
  })
  return { id: holding, changeId: tx.changeId }
}

async function refuseTwin(tx: WriteTx, name: string, exceptId?: string): Promise<void> {
  if (!(await isPositionTaken(tx, name, exceptId))) return
  throw new Refusal({
    code: 'position.exists',
    message: `There is already a position called “${name}”.`,
    field: 'name',
    next: 'Open that one, or say which region or team this one is of.',
  })
}

async function refuseHeld(
  tx: Tx,
  { id, name }: { id: string; name: string },
  from: Day,
): Promise<void> {
  const [there] = await holdersWithin(tx, id, { from, until: untilFurtherNotice })
  if (!there) return
  throw new Refusal({
    code: 'position.in_use',
    message: `${there.seller.name} still holds the position “${name}”.`,
    next: 'Say first on which day that ends.',
    particulars: { name, holder: there.seller.name },
  })
}

function held(name: string, { seller, validFrom, validUntil }: Holding): Refusal {
  const from = validFrom === sinceEver ? undefined : validFrom
  const until = validUntil === untilFurtherNotice ? undefined : validUntil
  const text = {
    en: `${seller.name} holds the position “${name}” ${from ? `from ${from}` : 'since ever'} ${until ? `until before ${until}` : 'until further notice'}; only one person can at a time.`,
    de: `${seller.name} hat die Stelle „${name}“ ${from ? `ab ${from}` : 'seit jeher'} ${until ? `bis vor dem ${until}` : 'bis auf Weiteres'} inne; es kann immer nur eine Person sein.`,
  }
  return new Refusal({
    code: 'position.held',
    message: text.en,
    field: 'validFrom',
    next: 'Choose other days, or end that time first.',
    particulars: { name, holder: seller.name, text },
  })
}

function archived(name: string): Refusal {
  return new Refusal({
    code: 'position.archived',
    message: `The position “${name}” is archived, and nobody can hold it.`,
    next: 'Bring it back first, or choose another one.',
    particulars: { name },
  })
}

function backwards(): Refusal {
  return new Refusal({
    code: 'position.backwards',
    message: 'The end must come after the beginning, and not after the end that was set before.',
    field: 'validUntil',
    next: 'Choose another day.',
    status: 422,
  })
}

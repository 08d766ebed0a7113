// Sellers, people, teams and who is where when.
import type { Implements, InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Fields, insertRecord, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { sinceEver, untilFurtherNotice } from './calc/succession.ts'
import type { teamContract } from './contract.ts'
import { findOrMakePerson, todayIn } from './door.ts'
import { isTaken, listPeople, listSellers, readPerson, readSeller } from './store.ts'
import {
  endMembership,
  isAtOrAbove,
  isInUse,
  listTeams,
  lockTree,
  membershipsOf,
  readTeam,
  setMembership,
} from './store-teams.ts'

type Team = typeof teamContract
type PeopleContract = Pick<
  Team,
  | 'sellers.list'
  | 'sellers.get'
  | 'sellers.create'
  | 'sellers.edit'
  | 'sellers.set-state'
  | 'teams.list'
  | 'teams.get'
  | 'teams.create'
  | 'teams.edit'
  | 'teams.set-state'
  | 'memberships.set'
  | 'memberships.end'
  | 'people.list'
>

export const peopleOperations: Implements<PeopleContract, Ctx> = {
  'sellers.list': (ctx, input) =>
    ctx.read(async (tx) => listSellers(tx, await todayIn(ctx, tx), input)),
  'sellers.get': (ctx, { id }) =>
    ctx.read(async (tx) => ({
      ...(await readSeller(tx, await todayIn(ctx, tx), id)),
      memberships: await membershipsOf(tx, { sellerId: id }),
    })),
  'sellers.create': (ctx, { teamId, ...input }) =>
    ctx.write(async (tx) => {
      await refuseTwin(tx, input)
      const id = await insertRecord(tx, 'seller', sellerFields(input))
      if (teamId) {
        await setMembership(
          tx,
          { kind: 'member', teamId, sellerId: id },
          { from: sinceEver, until: untilFurtherNotice },
        )
      }
      tx.describe({ name: input.name })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'sellers.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await readSeller(tx, sinceEver, id)
      const renamed = input.name !== undefined && nameKey(input.name) !== nameKey(before.name)
      await refuseTwin(tx, { ...input, name: renamed ? input.name : undefined }, id)
      tx.describe({ name: input.name ?? before.name })
      return {
        id,
        version: await updateRecord(tx, 'seller', id, sellerFields(input), version),
        changeId: tx.changeId,
      }
    }),
  'sellers.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const { name } = await readSeller(tx, sinceEver, id)
      tx.describe({ name, state })
      return {
        id,
        version: await updateRecord(tx, 'seller', id, { state }, version),
        changeId: tx.changeId,
      }
    }),
  'teams.list': (ctx, { state }) =>
    ctx.read(async (tx) => ({ rows: await listTeams(tx, await todayIn(ctx, tx), state) })),
  'teams.get': (ctx, { id }) =>
    ctx.read(async (tx) => ({
      ...(await readTeam(tx, await todayIn(ctx, tx), id)),
      memberships: await membershipsOf(tx, { teamId: id }),
    })),
  'teams.create': (ctx, { name, kind, parentId }) =>
    ctx.write(async (tx) => {
      await lockTree(tx)
      if (parentId) await readTeam(tx, sinceEver, parentId)
      tx.describe({ name })
      const id = await insertRecord(tx, 'team', {
        name,
        name_key: nameKey(name),
        kind,
        parent_id: parentId ?? null,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'teams.edit': (ctx, { id, version, name, kind, parentId }) =>
    ctx.write(async (tx) => {
      await lockTree(tx)
      const before = await readTeam(tx, sinceEver, id)
      if (parentId) {
        await readTeam(tx, sinceEver, parentId)
        if (await isAtOrAbove(tx, id, parentId)) throw circle()
      }
      tx.describe({ name: name ?? before.name })
      const fields: Fields = {
        ...(name === undefined ? {} : { name, name_key: nameKey(name) }),
        ...(kind === undefined ? {} : { kind }),
        ...(parentId === undefined ? {} : { parent_id: parentId }),
      }
      return {
        id,
        version: await updateRecord(tx, 'team', id, fields, version),
        changeId: tx.changeId,
      }
    }),
  'teams.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      await lockTree(tx)
      const { name } = await readTeam(tx, sinceEver, id)
      if (state === 'archived' && (await isInUse(tx, id, await todayIn(ctx, tx))))
        throw hasMembers(name)
      tx.describe({ name, state })
      return {
        id,
        version: await updateRecord(tx, 'team', id, { state }, version),
        changeId: tx.changeId,
      }
    }),
  'memberships.set': (ctx, input) =>
    ctx.write(async (tx) => {
      const span = {
        from: input.validFrom ?? sinceEver,
        until: input.validUntil ?? untilFurtherNotice,
      }
      const { name: teamName } = await readTeam(tx, sinceEver, input.teamId)
      const { who, ...place } = await placeOf(tx, input)
      tx.describe({ name: who, team: teamName, kind: input.kind, from: span.from })
      return { id: await setMembership(tx, place.place, span), changeId: tx.changeId }
    }),
  'memberships.end': (ctx, { id, version, on }) =>
    ctx.write(async (tx) => ({
      id,
      version: await endMembership(tx, id, on, version),
      changeId: tx.changeId,
    })),
  'people.list': (ctx, input) => ctx.read((tx) => listPeople(tx, input)),
}

/** Whom a membership puts where; for a lead the person is made if only a new name is given. */
async function placeOf(tx: WriteTx, input: InputOf<Team['memberships.set']>) {
  const { teamId, kind, sellerId, personId, personName } = input
  if (kind === 'member') {
    if (!sellerId) throw incomplete('sellerId', 'Say which seller joins the team.')
    const { name } = await readSeller(tx, sinceEver, sellerId)
    return { who: name, place: { kind, teamId, sellerId } as const }
  }
  if (!personId && !personName) throw incomplete('personId', 'Say who leads the team.')
  const meant = personId ? { id: personId } : { name: personName ?? '' }
  const { id } = await findOrMakePerson(tx, meant)
  const { name } = await readPerson(tx, id)
  return { who: name, place: { kind, teamId, personId: id } as const }
}

function sellerFields(input: Partial<InputOf<Team['sellers.edit']>>): Fields {
  return {
    ...(input.name === undefined ? {} : { name: input.name, name_key: nameKey(input.name) }),
    ...(input.email === undefined ? {} : { email: input.email || null }),
    ...(input.externalId === undefined ? {} : { external_id: input.externalId || null }),
    ...(input.hiredOn === undefined ? {} : { hired_on: input.hiredOn }),
    ...(input.leftOn === undefined ? {} : { left_on: input.leftOn }),
  }
}

async function refuseTwin(
  tx: WriteTx,
  given: { name?: string | undefined; externalId?: string | null | undefined },
  exceptId?: string,
): Promise<void> {
  if (
    !(await isTaken(
      tx,
      'seller',
      { name: given.name, externalId: given.externalId || null },
      exceptId,
    ))
  )
    return
  throw new Refusal({
    code: 'seller.exists',
    message: 'There is already a seller with this name or number.',
    field: 'name',
    next: 'Open that one, or tell the two apart by their names.',
  })
}

function circle(): Refusal {
  return new Refusal({
    code: 'team.circle',
    message: 'A team cannot hang below itself.',
    field: 'parentId',
    next: 'Choose a team that is not below this one.',
  })
}

function hasMembers(name: string): Refusal {
  return new Refusal({
    code: 'team.has_members',
    message: `Somebody is still in “${name}”, or a team or position hangs below it.`,
    next: 'Move them first.',
  })
}

function incomplete(field: string, next: string): Refusal {
  return new Refusal({
    code: 'membership.incomplete',
    message: 'It is not said who this is about.',
    field,
    next,
    status: 422,
  })
}

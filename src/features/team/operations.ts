// Operations of the team feature: the parts put together, with changes and history here.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { undoChange } from '../../platform/database/undo.ts'
import type { teamContract } from './contract.ts'
import { today } from './door.ts'
import { type Injected, makeOrganisationOperations } from './operations-organisation.ts'
import { peopleOperations } from './operations-people.ts'
import { actorOf, dealHistory, listChanges, placeOfDeal, recordHistory } from './store-changes.ts'
import { withinReach } from './store-reach.ts'
import { settingsOf } from './store-settings.ts'

type Team = typeof teamContract
type ChangesContract = Pick<Team, 'changes.list' | 'changes.undo' | 'history.list'>

const changesOperations = ({ afterUndo }: Injected): Implements<ChangesContract, Ctx> => ({
  'changes.list': (ctx, input) => ctx.read((tx) => listChanges(tx, input)),
  'changes.undo': (ctx, { id, whenChangedSince }) =>
    ctx.write(
      async (tx) => {
        const actor = await actorOf(tx, id)
        if (ctx.reach !== 'all' && actor !== undefined && actor !== ctx.who.personId)
          throw notYours()
        const outcome = await undoChange(tx, id, { whenChangedSince })
        await afterUndo(tx)
        return { changeId: tx.changeId, ...outcome }
      },
      { long: true },
    ),
  'history.list': (ctx, { entity, id, ...query }) =>
    ctx.read(async (tx) => {
      if (entity === 'deal') {
        const place = await placeOfDeal(tx, id)
        const day = place?.closedOn ?? today(ctx.clock, (await settingsOf(tx)).zone)
        const within = place && (await withinReach(ctx, tx, { sellerId: place.sellerId, day }))
        if (!within) throw unknown()
        return dealHistory(tx, id, query)
      }
      // Records are visible to the whole organisation, and so is what became of them.
      const page = await recordHistory(tx, entity, id, query)
      if (page.rows.length === 0 && query.cursor === undefined) throw unknown()
      return page
    }),
})

/** All operations of the team's contract; what is injected comes from those who know the later features. */
export function makeTeamOperations(injected: Injected): Implements<Team, Ctx> {
  return {
    ...makeOrganisationOperations(injected),
    ...peopleOperations,
    ...changesOperations(injected),
  }
}

function notYours(): Refusal {
  return new Refusal({
    code: 'change.not_yours',
    message: 'This change was made by somebody else.',
    next: 'Ask that person, or an administrator.',
    status: 403,
  })
}

function unknown(): Refusal {
  return new Refusal({
    code: 'record.not_found',
    message: 'There is nothing under this id.',
    next: 'It may have been removed; go back to the list.',
    status: 404,
  })
}

// Operations of the team feature: the parts put together, with changes here.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { undoChange } from '../../platform/database/undo.ts'
import type { teamContract } from './contract.ts'
import { makeHistoryOperations } from './operations-history.ts'
import { type Injected, makeOrganisationOperations } from './operations-organisation.ts'
import { peopleOperations } from './operations-people.ts'
import { positionOperations } from './operations-positions.ts'
import { actorOf, listChanges } from './store-changes.ts'

type Team = typeof teamContract
type ChangesContract = Pick<Team, 'changes.list' | 'changes.undo'>

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
})

/** All operations of the team's contract; what is injected comes from those who know the later features. */
export function makeTeamOperations(injected: Injected): Implements<Team, Ctx> {
  return {
    ...makeOrganisationOperations(injected),
    ...peopleOperations,
    ...positionOperations,
    ...changesOperations(injected),
    ...makeHistoryOperations(injected),
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

// What other features may use of the team: settings, reach, who is who, organisations.
import type { Clock } from '../../basics/ids.ts'
import { type Day, dayOf } from '../../basics/period.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { findOrMake, type Reference } from './store.ts'
import { settingsOf } from './store-settings.ts'

export { may } from './calc/may.ts'
export { sinceEver, untilFurtherNotice } from './calc/succession.ts'
export { lockName } from './store.ts'
export {
  arrangeTeams,
  countTeamRows,
  importTeamRows,
  makeMentionedPeople,
  makeMentionedPositions,
  makeMentionedSellers,
  makeMentionedTeams,
  resolveTeamMentions,
} from './store-import.ts'
export { nameManagersKnownByNumber, nameNumberedManagers } from './store-numbered.ts'
export {
  createOrganisation,
  organisations,
  orgBySlug,
  principalFor,
  principalOf,
} from './store-organisations.ts'
export { type Holding, holdingsOfPositions, positionByName } from './store-positions.ts'
export {
  reachCondition,
  teamReachCondition,
  teamsAround,
  teamsBelow,
  teamsLed,
  teamTrees,
  withinReach,
} from './store-reach.ts'
export { adoptCurrency, type Settings, settingsOf } from './store-settings.ts'
export { setMembership } from './store-teams.ts'

/** The day it is in the zone. */
export function today(clock: Clock, zone: string): Day {
  return dayOf(new Date(clock()).toISOString(), zone)
}

/** The day it is in the organisation's zone. */
export async function todayIn({ clock }: { clock: Clock }, tx: Tx): Promise<Day> {
  return today(clock, (await settingsOf(tx)).zone)
}

/** The seller meant by an id, a name or an alias; made if unknown. Refuses `seller.not_found`, `seller.ambiguous`. */
export function findOrMakeSeller(
  tx: WriteTx,
  meant: Reference,
): Promise<{ id: string; made: boolean }> {
  return findOrMake(tx, 'seller', meant)
}

/** The person meant; made if unknown. Refuses `person.not_found`, `person.ambiguous`. */
export function findOrMakePerson(
  tx: WriteTx,
  meant: Reference,
): Promise<{ id: string; made: boolean }> {
  return findOrMake(tx, 'person', meant)
}

// Sellers and teams: who is in which team, and who leads it.
import type { Tx, WriteTx } from '../../../platform/database/with-org.ts'
import {
  arrangeTeams,
  countTeamRows,
  importTeamRows,
  makeMentionedPeople,
  makeMentionedTeams,
  nameManagersKnownByNumber,
} from '../../team/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { mention, mentionName, named, type PlacedRow, type Placing, text } from '../placed-row.ts'
import type { KindWork, Stored, Storing } from './kind.ts'

const teamWork = (kind: 'sellers' | 'teams') => ({
  count: (tx: Tx, { batchId, present }: Pick<Storing, 'batchId' | 'present'>) =>
    countTeamRows(tx, batchId, kind, present),
  store: async (tx: WriteTx, { batchId, present, today, follow }: Storing): Promise<Stored> => {
    const counts = await importTeamRows(tx, batchId, kind, present)
    await follow()
    let written = kind === 'sellers' ? await nameManagersKnownByNumber(tx, batchId) : 0
    written += await makeMentionedPeople(tx, batchId)
    written += await makeMentionedTeams(tx, batchId)
    written += await arrangeTeams(tx, batchId, kind, today)
    return { counts, written }
  },
})

export const sellers: KindWork = {
  place: (row, placing) => ({ row: placeSeller(row, placing) }),
  known: 'seller',
  ...teamWork('sellers'),
}

export const teams: KindWork = {
  place: (row, placing) => ({ row: placeTeam(row, placing) }),
  known: 'team',
  ...teamWork('teams'),
}

/** Without a team of its own a seller belongs to the team of the manager, else to the office itself. */
function placeSeller(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  const manager = text(row, 'manager')
  const teamName =
    text(row, 'team') ?? (manager === null ? text(row, 'office') : placing.meant('person', manager))
  const withOffice = teamName !== text(row, 'office')
  return {
    ...record,
    seller: saidToBe,
    manager: mention(row, 'manager', 'person', placing),
    office: withOffice ? mention(row, 'office', 'office', placing) : null,
    team:
      teamName === null
        ? null
        : mentionName(teamName, 'team', placing, withOffice ? 'team' : 'office'),
    opened_on: text(row, 'valid_from'),
    fields: {
      email: text(row, 'email'),
      hired_on: text(row, 'hired_on'),
      left_on: text(row, 'left_on'),
    },
  }
}

function placeTeam(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  return {
    ...record,
    team: saidToBe,
    parent: mention(row, 'parent', 'parent', placing, 'office'),
    manager: mention(row, 'manager', 'person', placing),
    fields: { kind: text(row, 'kind') },
  }
}

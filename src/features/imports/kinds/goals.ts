// Goals of sellers, teams or the organisation, and private ones of whoever brings the file in.
import { nameKey } from '../../../platform/database/tables.ts'
import { countImportedGoals, goalOfRow, importGoals, settleStagedGoals } from '../../goals/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'

export const goals: KindWork = {
  place: placeGoal,
  known: 'number',
  unfit: settleStagedGoals,
  makesNobody: true,
  count: (tx, { batchId, present }) => countImportedGoals(tx, batchId, present),
  store: async (tx, { batchId, present }) => ({
    counts: await importGoals(tx, batchId, present),
    written: 0,
  }),
}

/** Known by its number, else by name, owner and first day. */
function placeGoal(row: TypedRow, placing: Placing): Placed {
  const name = text(row, 'name') ?? ''
  const [firstDay, lastDay] = [text(row, 'first_day') ?? '', text(row, 'last_day') ?? '']
  const isPrivate = text(row, 'private') === 'yes'
  const read = goalOfRow(
    {
      seller: text(row, 'seller'),
      team: text(row, 'team'),
      private: isPrivate,
      metric: text(row, 'metric'),
      activities: text(row, 'activities'),
      outcome: text(row, 'outcome'),
      steps: text(row, 'steps'),
      filters: text(row, 'filters'),
      target: amount(row, 'target'),
      unit: text(row, 'unit'),
      currency: text(row, 'currency'),
      milestones: text(row, 'milestones'),
      firstDay,
      lastDay,
    },
    placing.baseCurrency,
  )
  if ('fault' in read) return read
  const { from, until, ...goal } = read.goal
  const keys = {
    seller: mention(row, 'seller', 'seller', placing),
    team: mention(row, 'team', 'team', placing),
  }
  const number = text(row, 'external_id')
  return {
    row: {
      ...keys,
      ...(number === null
        ? {
            external_source: 'name',
            external_id: JSON.stringify([
              isPrivate,
              isPrivate ? null : keys.seller,
              keys.team,
              nameKey(name),
              from,
            ]),
          }
        : { external_source: '', external_id: number }),
      name,
      name_key: nameKey(name),
      opened_on: from,
      closed_on: until,
      fields: {
        ...goal,
        private: isPrivate,
        why: text(row, 'reason'),
        reward: text(row, 'reward'),
      },
    },
  }
}

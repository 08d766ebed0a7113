// Operations on positions: named seats of a team that stay when the person changes, and who held them when.
import { z } from 'zod'
import { adminsOnly, everybody, operation } from '../../basics/contract.ts'
import {
  day,
  id,
  name,
  named,
  page,
  pageOf,
  shortText,
  state,
  version,
  written,
} from '../../basics/schema.ts'

const position = z.object({
  id,
  version: z.int(),
  state,
  name: z.string(),
  team: named.nullable(),
  /** Who holds it today; null: it is vacant. */
  holder: named.nullable(),
})
const holding = z.object({
  id,
  version: z.int(),
  seller: named,
  validFrom: day,
  validUntil: day,
})

export const positionsContract = {
  'positions.list': operation({
    sentence: 'Lists positions by name, with who holds them today.',
    method: 'GET',
    path: '/positions',
    input: z.object({
      ...page,
      search: shortText.optional(),
      /** Only those of this team itself. */
      teamId: id.optional(),
      state: state.default('active'),
    }),
    output: pageOf(position),
    policy: everybody,
    refusals: [],
  }),
  'positions.get': operation({
    sentence: 'Gives one position with everybody who held or holds it.',
    method: 'GET',
    path: '/positions/:id',
    input: z.object({ id }),
    output: position.extend({ holders: z.array(holding) }),
    policy: everybody,
    refusals: ['position.not_found'],
  }),
  'positions.create': operation({
    sentence: 'Adds a position to a team, or to the organisation itself.',
    method: 'POST',
    path: '/positions',
    input: z.object({ name, teamId: id.nullable().optional() }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['position.exists', 'team.not_found'],
  }),
  'positions.edit': operation({
    sentence: 'Changes name or team of a position.',
    method: 'PATCH',
    path: '/positions/:id',
    input: z.object({ id, version, name: name.optional(), teamId: id.nullable().optional() }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['position.not_found', 'position.exists', 'team.not_found', 'record.changed'],
  }),
  'positions.set-state': operation({
    sentence: 'Archives a position, or brings one back.',
    method: 'PUT',
    path: '/positions/:id/state',
    input: z.object({ id, version, state }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['position.not_found', 'position.exists', 'position.in_use', 'record.changed'],
  }),
  'positions.fill': operation({
    sentence:
      'Says who holds a position from a day on; who held it until further notice is followed.',
    method: 'POST',
    path: '/positions/:id/holders',
    input: z.object({
      id,
      sellerId: id,
      /** Absent: since ever. */
      validFrom: day.optional(),
      /** Absent: until further notice. */
      validUntil: day.optional(),
    }),
    output: z.object({ id, changeId: id }),
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: [
      'position.not_found',
      'position.archived',
      'seller.not_found',
      'position.held',
      'position.backwards',
    ],
  }),
  'positions.vacate': operation({
    sentence: 'Ends the time in which somebody holds a position.',
    method: 'PUT',
    path: '/position-holders/:id/end',
    input: z.object({ id, version, on: day }),
    output: written,
    policy: adminsOnly,
    changes: true,
    undo: true,
    refusals: ['position_holder.not_found', 'position.backwards', 'record.changed'],
  }),
} as const

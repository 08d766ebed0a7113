// Questions under a name: one's own, seen by nobody else, and shared ones; some stand on the overview.
import { z } from 'zod'
import { everybody, operation } from '../../basics/contract.ts'
import { id, name, version, written } from '../../basics/schema.ts'
import { dimensionIds } from './contract-asked.ts'

/** Parts of the address of the page “Explore” that make a question. */
export const questionParts = [
  'metric',
  'by',
  'form',
  'compare',
  'grain',
  'sort',
  'down',
  'period',
  'asOf',
  ...dimensionIds,
  ...dimensionIds.map((one) => `vs-${one}` as const),
] as const

const bytesMost = 4096

const question = z
  .partialRecord(z.enum(questionParts), z.string().min(1).max(2000))
  .refine((given) => new TextEncoder().encode(JSON.stringify(given)).length <= bytesMost, {
    message: `a view holds at most ${bytesMost} bytes: filter by fewer values`,
  })
  .describe('The question as the page “Explore” has it in its address')

const view = z.object({
  id,
  version: z.int(),
  name: z.string(),
  question,
  shared: z.boolean(),
  pinned: z.boolean(),
})

export const viewsContract = {
  'views.list': operation({
    sentence: 'Lists the views that the person has saved, and the shared ones, by name.',
    method: 'GET',
    path: '/views',
    input: z.object({}),
    output: z.object({ rows: z.array(view) }),
    policy: everybody,
    refusals: [],
  }),
  'views.save': operation({
    sentence: 'Keeps a question under a name; the same name again replaces what was under it.',
    method: 'POST',
    path: '/views',
    input: z.object({ name, question, shared: z.boolean().default(false) }),
    output: written,
    policy: everybody,
    changes: true,
    undo: true,
    refusals: ['result_view.shared_by_others', 'result_view.too_many'],
  }),
  'views.rename': operation({
    sentence: 'Gives a view another name.',
    method: 'PATCH',
    path: '/views/:id',
    input: z.object({ id, version, name }),
    output: written,
    policy: everybody,
    changes: true,
    undo: true,
    refusals: [
      'result_view.not_found',
      'result_view.shared_by_others',
      'result_view.exists',
      'record.changed',
    ],
  }),
  'views.pin': operation({
    sentence: 'Puts a view on the overview, or takes it off; a shared one for everybody.',
    method: 'PUT',
    path: '/views/:id/pinned',
    input: z.object({ id, version, pinned: z.boolean() }),
    output: written,
    policy: everybody,
    changes: true,
    undo: true,
    refusals: ['result_view.not_found', 'result_view.shared_by_others', 'record.changed'],
  }),
  'views.remove': operation({
    sentence: 'Removes a view.',
    method: 'DELETE',
    path: '/views/:id',
    input: z.object({ id, version }),
    output: written,
    policy: everybody,
    changes: true,
    undo: true,
    refusals: ['result_view.not_found', 'result_view.shared_by_others', 'record.changed'],
  }),
} as const

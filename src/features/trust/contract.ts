// Operations on trust in the data: checks, anchors, everything out and in, and what changed between two days.
import { z } from 'zod'
import { adminsOnly, fileTypes, operation } from '../../basics/contract.ts'
import { id, instant, named } from '../../basics/schema.ts'
import { betweenContract } from './contract-between.ts'

const reads = { auditor: 'all', admin: 'all' } as const

const finding = z.object({ what: z.string(), revision: z.int().optional(), text: z.string() })
const checkRun = z.object({
  id,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  startedBy: named,
  startedAt: instant,
  finishedAt: instant.nullable(),
  /** What is being looked at, while it runs. */
  step: z.string().nullable(),
  doneSteps: z.int(),
  allSteps: z.int(),
  /** The rest is known once it is done. */
  holds: z.boolean().nullable(),
  revision: z.int().nullable(),
  hash: z.string().nullable(),
  findings: z.array(finding),
})
/** The end of a chain as somebody wrote it down outside. */
const anchor = {
  org: id.optional().describe('Id of the organisation; older anchors do not name it'),
  revision: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'a hash has 64 hexadecimal digits'),
}

export const trustContract = {
  ...betweenContract,
  'check.run': operation({
    sentence:
      'Recomputes chain, digests and rollups, reports what does not hold, and keeps the result.',
    method: 'POST',
    path: '/check',
    /** `at`: also give the hash of that revision, to compare with an anchor. */
    input: z.object({ at: z.int().min(0).optional() }),
    output: z.object({
      holds: z.boolean(),
      revision: z.int(),
      hash: z.string(),
      hashAt: z.string().optional(),
      findings: z.array(finding),
    }),
    policy: reads,
    durationMsMax: 600_000,
    refusals: ['trust.check_cancelled'],
  }),
  'trust.start-check': operation({
    sentence: 'Starts a check in the background; a check that runs already is given instead.',
    method: 'POST',
    path: '/checks',
    input: z.object({}),
    output: z.object({ id }),
    policy: reads,
    refusals: [],
  }),
  'trust.cancel-check': operation({
    sentence: 'Stops a check that runs in the background after its present step.',
    method: 'POST',
    path: '/checks/:id/cancel',
    input: z.object({ id }),
    output: z.object({ id }),
    policy: reads,
    refusals: ['trust.check_not_found'],
  }),
  'trust.checks': operation({
    sentence: 'Gives the head of the chain and the last checks with what they found.',
    method: 'GET',
    path: '/checks',
    input: z.object({ limit: z.int().min(1).max(50).default(10) }),
    output: z.object({
      head: z.object({ org: id, revision: z.int(), hash: z.string(), at: instant }),
      rows: z.array(checkRun),
    }),
    policy: reads,
    refusals: [],
  }),
  'trust.compare-anchor': operation({
    sentence: 'Compares an anchor that was written down outside with the chain as it is.',
    method: 'POST',
    path: '/anchor/compare',
    input: z.object(anchor),
    output: z.object({
      same: z.boolean(),
      /** `same`, or in what they differ. */
      reason: z.enum(['same', 'other_organisation', 'chain_shorter', 'other_hash']),
      revision: z.int(),
    }),
    policy: reads,
    refusals: [],
  }),
  'trust.export': operation({
    sentence:
      'Gives everything the organisation holds, with all that was ever changed, as one archive.',
    method: 'GET',
    path: '/export',
    input: z.object({}),
    output: z.unknown(),
    policy: reads,
    answers: fileTypes.zip,
    durationMsMax: 3_600_000,
    refusals: [],
  }),
  'trust.restore': operation({
    sentence: 'Takes the archive of a full export into an organisation that is still empty.',
    method: 'POST',
    path: '/export/restore',
    input: z.object({}),
    output: z.object({
      revision: z.int(),
      changeId: id,
      name: z.string(),
      tables: z.array(z.object({ name: z.string(), rows: z.int() })),
    }),
    policy: adminsOnly,
    changes: true,
    body: 'file',
    bodyBytesMax: 8_000_000_000,
    durationMsMax: 3_600_000,
    refusals: [
      'trust.not_empty',
      'trust.lives_here',
      'trust.export_broken',
      'trust.export_newer',
      'disk.full',
    ],
  }),
} as const

// Checks, at once and in the background, and anchors.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import {
  type CheckReport,
  checkOrganisation,
  checkSteps,
  hashOf,
} from '../../platform/database/check.ts'
import { cancelRun, carryOut, failLeftRuns } from '../../platform/database/runs.ts'
import type { Actor } from '../../platform/database/with-org.ts'
import type { Program } from '../../platform/operations.ts'
import type { trustContract } from './contract.ts'
import { beginCheck, foundBy, headOf, lastChecks, stepNamed } from './store-checks.ts'

type Trust = typeof trustContract
type Checks = Pick<
  Trust,
  'check.run' | 'trust.start-check' | 'trust.cancel-check' | 'trust.checks' | 'trust.compare-anchor'
>

type Part = Pick<Program, 'db' | 'clock'>

const now = ({ clock }: Part) => new Date(clock()).toISOString()

const table = 'check_run'

/** Runs a check that was written down; undefined when somebody stopped it. */
function runCheck(
  program: Part,
  actor: Actor,
  id: string,
  at?: number,
): Promise<CheckReport | undefined> {
  return carryOut(
    program,
    actor,
    { table, id },
    {
      work: (step) =>
        checkOrganisation(program.db, actor, {
          at,
          before: (name) => step(checkSteps.indexOf(name), stepNamed(name)),
        }),
      kept: foundBy,
    },
  )
}

/** The background task: safe to run again, because each run begins afresh. */
export async function checkInBackground(
  program: Part,
  payload: Record<string, string>,
): Promise<void> {
  const { orgId = '', personId = '', checkId = '' } = payload
  await runCheck(program, { orgId, personId }, checkId)
}

/** After a crash: a check that ran then does not run now. */
export async function recoverChecks(program: Part, actor: Actor): Promise<void> {
  await program.db.housekeep(actor, (tx) => failLeftRuns(tx, table, now(program)))
}

export const checksOperations: Implements<Checks, Ctx> = {
  'check.run': async (ctx, { at }) => {
    const run = {
      id: ctx.newId(),
      state: 'running',
      at: now(ctx),
      allSteps: checkSteps.length,
    } as const
    await ctx.db.housekeep(ctx.who, (tx) => beginCheck(tx, run, false))
    const report = await runCheck(ctx, ctx.who, run.id, at)
    if (!report) {
      throw new Refusal({
        code: 'trust.check_cancelled',
        message: 'Somebody stopped this check.',
        next: 'Run it again.',
      })
    }
    const { holds, revision, hash, hashAt, findings } = report
    return { holds, revision, hash, findings, ...(hashAt === undefined ? {} : { hashAt }) }
  },

  'trust.start-check': async (ctx) => {
    const run = {
      id: ctx.newId(),
      state: 'waiting',
      at: now(ctx),
      allSteps: checkSteps.length,
    } as const
    const id = await ctx.db.housekeep(ctx.who, (tx) => beginCheck(tx, run, true))
    if (id === run.id) {
      const { orgId, personId } = ctx.who
      await ctx.jobs.add('trust.check', { orgId, personId, checkId: id }, `check ${id}`, 'long')
    }
    return { id }
  },

  'trust.cancel-check': async (ctx, { id }) => {
    if (!(await ctx.db.housekeep(ctx.who, (tx) => cancelRun(tx, { table, id }, now(ctx))))) {
      throw new Refusal({
        code: 'trust.check_not_found',
        message: 'There is no such check that runs.',
        next: 'It may be over already; look at its result.',
        status: 404,
      })
    }
    return { id }
  },

  'trust.checks': (ctx, { limit }) =>
    ctx.read(async (tx) => ({ head: await headOf(tx), rows: await lastChecks(tx, limit) })),

  'trust.compare-anchor': (ctx, anchor) =>
    ctx.read(async (tx) => {
      const { revision } = await headOf(tx)
      if (anchor.org !== undefined && anchor.org !== ctx.who.orgId)
        return { same: false, reason: 'other_organisation', revision }
      if (anchor.revision > revision) return { same: false, reason: 'chain_shorter', revision }
      const same = (await hashOf(tx, anchor.revision)) === anchor.hash
      return { same, reason: same ? 'same' : 'other_hash', revision }
    }),
}

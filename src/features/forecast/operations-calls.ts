// Calls: what people commit to for a period, and their best case, as records with history.
import type { Implements } from '../../basics/contract.ts'
import { type Day, parsePeriod } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Settings } from '../team/door.ts'
import type { forecastContract } from './contract.ts'
import { shownScope } from './operations-made.ts'
import { type Question, readAsked, type Scope, scopeOf } from './read.ts'
import { type CallRow, callOwner, calls, ownCall } from './store.ts'

type Names = 'forecast.calls' | 'forecast.call' | 'forecast.remove-call'

export const callsOperations: Implements<Pick<typeof forecastContract, Names>, Ctx> = {
  'forecast.calls': (ctx, { from, until, ...input }) =>
    ctx.read(async (tx) => {
      const { scope, today } = await place(ctx, tx, input)
      const narrowed = input.team === undefined && input.seller === undefined ? undefined : scope
      const rows = await calls(ctx, tx, today, {
        metric: input.metric,
        from,
        until,
        scope: narrowed,
        gradable: false,
      })
      return { rows: rows.map((row) => shownCall(row, ctx.who.personId)) }
    }),

  'forecast.call': (ctx, { period, commit, best, version, ...input }) =>
    ctx.write(async (tx) => {
      checkAmounts(commit, best)
      const { scope, today, settings } = await place(ctx, tx, input)
      if (!scope.covered) throw beyondReach(scope)
      const named = parsePeriod(period, settings)
      if (named.kind === 'custom' || named.kind === 'day') throw noCallPeriod(period)
      tx.describe({ name: named.id })
      const fields = { commit_amount: commit, best_amount: best, called_on: today }
      const key = { metric: input.metric, period: named.id, scope: scope.kind, scopeId: scope.id }
      const there = await ownCall(tx, key)
      if (there) {
        const next = await updateRecord(tx, 'forecast_call', there.id, fields, version)
        return { id: there.id, version: next, changeId: tx.changeId }
      }
      const id = await insertRecord(tx, 'forecast_call', {
        owner_id: tx.personId,
        metric: input.metric,
        period: named.id,
        from_on: named.from,
        until_on: named.until,
        scope: scope.kind,
        scope_id: scope.id,
        ...fields,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),

  'forecast.remove-call': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const owner = await callOwner(tx, id)
      // Nobody takes back what somebody else said; to others it is not there.
      if (owner?.owner_id !== tx.personId) throw notFound('forecast_call')
      const next = await updateRecord(tx, 'forecast_call', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

async function place(
  ctx: Ctx,
  tx: Tx,
  question: Pick<Question, 'metric' | 'team' | 'seller'>,
): Promise<{
  scope: Scope
  today: Day
  settings: Settings
}> {
  const asked = await readAsked(ctx, tx, { ...question, by: 'month' })
  const { settings, today } = asked.about
  return { scope: await scopeOf(ctx, tx, asked), today, settings }
}

export function shownCall(row: CallRow, personId: string) {
  return {
    id: row.id,
    version: row.version,
    period: row.period,
    from: row.from_on,
    until: row.until_on,
    by: { id: row.owner_id, name: row.owner },
    scope: shownScope({ kind: row.scope, id: row.scope_id, name: row.scope_name, covered: true }),
    commit: row.commit_amount,
    best: row.best_amount,
    at: row.at,
    mine: row.owner_id === personId,
  }
}

function checkAmounts(commit: number | null, best: number | null): void {
  if (commit === null && best === null) {
    throw new Refusal({
      code: 'forecast.call_without_amount',
      message: 'A call says a commit, a best case, or both.',
      field: 'commit',
      next: 'Enter an amount, or remove the call.',
      status: 422,
    })
  }
  if (commit !== null && best !== null && best < commit) {
    throw new Refusal({
      code: 'forecast.best_below_commit',
      message: 'The best case is below what is committed to.',
      field: 'best',
      next: 'Enter a best case at least as high as the commit.',
      status: 422,
    })
  }
}

function beyondReach(scope: Scope): Refusal {
  return new Refusal({
    code: 'forecast.beyond_reach',
    message: 'You do not reach all of this, so that a call for it would not be yours to make.',
    field: scope.kind,
    next: 'Make the call for yourself, or for a team that you lead.',
    status: 403,
  })
}

function noCallPeriod(period: string): Refusal {
  return new Refusal({
    code: 'forecast.no_call_period',
    message: `A call is made for a week, a month, a quarter or a year, not for ${period}.`,
    field: 'period',
    next: 'Write 2017-10, 2017-Q4 or 2017.',
    status: 422,
  })
}

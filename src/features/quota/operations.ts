// What can be done with quotas: list, read, set, commit, remove, decide; allocation and attainment beside it.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { baseAmountOn, rateDaysMax } from '../../platform/database/base-amount.ts'
import { closeFact, replaceFact } from '../../platform/database/facts.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { changedSince, notFound } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { knownAt, metrics, type NarrowedTo, namesOfCells } from '../results/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { readNarrowing } from './calc/quota-key.ts'
import type { quotaContract } from './contract.ts'
import { allocate, plan } from './operations-allocate.ts'
import { attainment } from './operations-attainment.ts'
import {
  holderOf,
  listQuotas,
  type QuotaRow,
  type QuotaState,
  quotaById,
  quotaOf,
  quotasById,
  versionsOf,
} from './store.ts'
import { type Rated, recordDecision, writeQuotas } from './store-write.ts'
import {
  readHolders,
  readSubject,
  refuseOthers,
  refuseOwnApproval,
  refusePositionsOf,
  type Subject,
  withinOf,
} from './subject.ts'

type Contract = typeof quotaContract
type Quota = OutputOf<Contract['quotas.list']>['rows'][number]

export const quotaOperations: Implements<Contract, Ctx> = {
  'quotas.list': (ctx, { cursor, limit, asOf, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { from: String(place[0]), id: String(place[1]) }
      const { zone } = await settingsOf(tx)
      const known = await knownAt(tx, asOf, zone)
      const rows = await listQuotas(tx, filter, await withinOf(ctx, tx), {
        revision: known.past ? known.revision : undefined,
        after,
        limit: limit + 1,
      })
      const page = pageOfRows(rows, limit, (row) => [row.valid_from, row.id])
      return { ...page, rows: await quotasFrom(tx, page.rows) }
    }),
  'quotas.get': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const row = await quotaById(tx, id, await withinOf(ctx, tx))
      if (!row) throw notFound('quota')
      const [quota] = await quotasFrom(tx, [row])
      const versions = await versionsOf(tx, id)
      return {
        ...(quota as Quota),
        versions: versions.map(({ person_id, person_name, ...version }) => ({
          ...version,
          by: { id: person_id, name: person_name },
        })),
      }
    }),
  'quotas.set': (ctx, input) => ctx.write((tx) => setQuota(ctx, tx, input)),
  'quotas.commit': (ctx, { seller, amount, ...given }) =>
    ctx.write(async (tx) => {
      const subject = await readSubject(tx, given)
      const meant = seller ?? ctx.who.sellerId ?? undefined
      const [holder] = await readHolders(
        tx,
        [meant === undefined ? {} : { seller: meant }],
        subject.period,
        subject.settings,
      )
      if (!holder) throw notFound('seller')
      await refuseOthers(ctx, tx, [holder], subject.period)
      const writing = { subject, kind: 'commitment', state: 'proposed', decisionId: null } as const
      await writeQuotas(tx, [{ holder, amount }], writing)
      tx.describe({ name: holder.name, period: subject.period.id, metric: subject.metric, amount })
      const { id, version } = await written(tx, holder.id, writing)
      return { id, version, changeId: tx.changeId }
    }),
  'quotas.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const [row] = await quotasById(tx, [id])
      if (!row) throw notFound('quota')
      const holder = holderOf(row)
      await refuseOthers(ctx, tx, [holder], { from: row.valid_from, until: row.valid_until })
      // A quota was set from above: whoever carries it takes back the own commitment only.
      if (ctx.reach === 'own' && row.kind === 'quota') throw notYours(holder.name)
      const closed = await closeFact(tx, 'quota', id, version)
      tx.describe({ name: holder.name, period: row.period, metric: row.metric, amount: row.amount })
      return { id, version: closed.version, changeId: tx.changeId }
    }),
  'quotas.decide': (ctx, input) => ctx.write((tx) => decide(ctx, tx, input)),
  'quotas.plan': (ctx, input) => ctx.read((tx) => plan(ctx, tx, input)),
  'quotas.allocate': (ctx, input) => allocate(ctx, input),
  'quotas.attainment': (ctx, input) => ctx.read((tx) => attainment(ctx, tx, input)),
}

async function setQuota(ctx: Ctx, tx: WriteTx, input: InputOf<Contract['quotas.set']>) {
  const { seller, team, position, amount, currency, version, approve, reason, ...given } = input
  const subject = await readSubject(tx, given)
  const meant = [{ seller, team, position }]
  const [holder] = await readHolders(tx, meant, subject.period, subject.settings)
  if (!holder) throw notFound('seller')
  refusePositionsOf(subject.metric, [holder])
  await refuseOthers(ctx, tx, [holder], subject.period)
  if (approve) await refuseOwnApproval(ctx, tx, [holder])
  const rated = await ratedOf(ctx, tx, { amount, currency }, subject)
  const state: QuotaState = approve ? 'approved' : 'proposed'
  const there = await quotaOf(tx, {
    holderId: holder.id,
    kind: 'quota',
    metric: subject.metric,
    narrowing: subject.narrowing,
    period: subject.period.id,
  })
  if (version !== undefined && there && there.version !== version) {
    throw changedSince(
      { version: there.version, fields: { amount: there.amount, state: there.state } },
      { amount, state },
    )
  }
  const decisionId =
    approve || reason
      ? await recordDecision(tx, ctx.clock, subject.settings.zone, { decision: state, reason })
      : null
  const writing = { subject, kind: 'quota', state, decisionId } as const
  await writeQuotas(tx, [{ holder, amount, ...(rated ? { rated } : {}) }], writing)
  tx.describe({
    name: holder.name,
    period: subject.period.id,
    metric: subject.metric,
    amount: rated?.base ?? amount,
  })
  const { id, version: now, base_amount } = await written(tx, holder.id, writing)
  return { id, version: now, changeId: tx.changeId, state, baseAmount: base_amount }
}

async function written(
  tx: WriteTx,
  holderId: string,
  {
    subject: { metric, narrowing, period },
    kind,
  }: {
    subject: { metric: string; narrowing: string; period: { id: string } }
    kind: Quota['kind']
  },
) {
  const row = await quotaOf(tx, { holderId, kind, metric, narrowing, period: period.id })
  if (!row) throw notFound('quota')
  return row
}

/**
 * What an amount in another currency is in the base one; undefined where it is said in that. The rate is
 * that of the first day of the period, or of today where the period begins later, and stays as it is
 * until the quota is set again: a target does not move with the market.
 */
async function ratedOf(
  ctx: Ctx,
  tx: WriteTx,
  { amount, currency }: { amount: number; currency: string | undefined },
  { currency: base, metric, period, settings }: Subject,
): Promise<Rated | undefined> {
  if (currency === undefined || currency === base) return undefined
  if (base === null) {
    throw new Refusal({
      code: 'quota.unit',
      message: `${metrics[metric].name.en} is counted and has no currency.`,
      field: 'currency',
      next: 'Give the number alone.',
      status: 422,
    })
  }
  const now = today(ctx.clock, settings.zone)
  const [on = now] = [period.from, now].sort()
  const given = { amount, currency, day: on, baseCurrency: base }
  const inBase = await baseAmountOn(tx, given)
  if (inBase !== null) return { currency, base: inBase, on }
  throw new Refusal({
    code: 'quota.rate_missing',
    message: `There is no rate from ${currency} to ${base} on ${on}, nor in the ${rateDaysMax} days before.`,
    field: 'currency',
    next: `Enter the rate under Rates, or give the amount in ${base}.`,
    status: 422,
    particulars: { currency, base, day: on },
  })
}

async function decide(
  ctx: Ctx,
  tx: WriteTx,
  { ids, decision, reason }: InputOf<Contract['quotas.decide']>,
) {
  if (decision === 'returned' && !reason) {
    throw new Refusal({
      code: 'quota.reason_missing',
      message: 'Whoever proposed the quota wants to know why it comes back.',
      field: 'reason',
      next: 'Say in a sentence what should be different.',
      status: 422,
    })
  }
  const wanted = [...new Set(ids)]
  const rows = (await quotasById(tx, wanted)).filter(({ kind }) => kind === 'quota')
  if (rows.length < wanted.length) throw notFound('quota')
  for (const row of rows) {
    const days = { from: row.valid_from, until: row.valid_until }
    await refuseOthers(ctx, tx, [holderOf(row)], days)
  }
  await refuseOwnApproval(ctx, tx, rows.map(holderOf))
  const open = rows.filter(({ state }) => state !== decision)
  if (open.length === 0) {
    throw new Refusal({
      code: 'quota.nothing_to_decide',
      message: 'All of these are so already.',
      next: 'Choose quotas that wait for a decision.',
    })
  }
  const { zone } = await settingsOf(tx)
  const decisionId = await recordDecision(tx, ctx.clock, zone, { decision, reason })
  // In the order of ids, as every writer takes its locks.
  for (const { id } of open) {
    await replaceFact(tx, 'quota', id, { state: decision, decision_id: decisionId })
  }
  tx.describe({ quotas: open.length, decision })
  return { decided: open.length, same: rows.length - open.length, changeId: tx.changeId }
}

function notYours(name: string): Refusal {
  return new Refusal({
    code: 'quota.not_yours',
    message: `The quota of ${name} lies outside what you may change.`,
    next: 'Ask who leads the team, or an administrator.',
    status: 403,
    particulars: { name },
  })
}

async function quotasFrom(tx: Tx, rows: readonly QuotaRow[]): Promise<Quota[]> {
  const named = new Map<string, NarrowedTo[]>()
  for (const narrowing of new Set(rows.map((row) => row.narrowing))) {
    named.set(narrowing, await namesOfCells(tx, readNarrowing(narrowing)))
  }
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    kind: row.kind,
    holder: holderOf(row),
    metric: row.metric as MetricId,
    where: readNarrowing(row.narrowing),
    filters: named.get(row.narrowing) ?? [],
    period: { id: row.period, from: row.valid_from, until: row.valid_until },
    amount: row.amount,
    currency: row.currency,
    baseAmount: row.base_amount,
    rateOn: row.rate_on,
    state: row.state,
    decision:
      row.decision === null || row.decider_id === null || row.decided_on === null
        ? null
        : {
            decision: row.decision,
            reason: row.reason,
            by: { id: row.decider_id, name: row.decider_name ?? '?' },
            on: row.decided_on,
          },
    commitment: row.commitment,
  }))
}

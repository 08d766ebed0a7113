// Writes quotas by what they are known by: new ones, corrected ones, and none where nothing changes.
import { sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import { countFacts, writeFacts } from '../../platform/database/facts-bulk.ts'
import { insertRecord } from '../../platform/database/records.ts'
import type { RecordCounts } from '../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { today } from '../team/door.ts'
import { type QuotaRow, type QuotaState, quotasOf } from './store.ts'
import type { HolderRow } from './store-holders.ts'
import type { Subject } from './subject.ts'

export interface Wanted {
  holder: Pick<HolderRow, 'kind' | 'id'>
  amount: number
  /** Of an amount in another currency than the base one. */
  rated?: Rated
}

/** What an amount said in another currency is in the base currency, at the rate of a day. */
export interface Rated {
  currency: string
  base: number
  on: Day
}

interface Writing {
  subject: Subject
  kind: 'quota' | 'commitment'
  state: QuotaState
  /** Of the decision that this write is; null keeps none. */
  decisionId: string | null
}

/** Rows as they should be, with the versions they replace. */
function wantedRows(
  tx: Tx,
  rows: readonly Wanted[],
  current: ReadonlyMap<string, QuotaRow>,
  newId: () => string,
  { subject, kind, state, decisionId }: Writing,
) {
  const { metric, narrowing, period } = subject
  const values = rows.map(({ holder, amount, rated }) => {
    const there = current.get(holder.id)
    const currency = rated?.currency ?? subject.currency
    // The same amount in the same state is no new decision.
    const same =
      there !== undefined &&
      there.amount === amount &&
      there.currency === currency &&
      there.base_amount === (rated?.base ?? amount) &&
      there.state === state
    return {
      id: there?.id ?? newId(),
      old_version: there?.version ?? null,
      seller_id: holder.kind === 'seller' ? holder.id : null,
      team_id: holder.kind === 'team' ? holder.id : null,
      position_id: holder.kind === 'position' ? holder.id : null,
      amount,
      currency,
      base_amount: rated?.base ?? null,
      rate_on: rated?.on ?? null,
      keeps: same,
      decision_id: decisionId,
    }
  })
  return sql`
    SELECT w.id, w.old_version, ${kind}::text AS kind, w.seller_id, w.team_id, w.position_id, ${metric}::text AS metric, ${narrowing}::text AS narrowing,
      ${period.id}::text AS period,
      CASE WHEN w.keeps THEN t.valid_from ELSE ${period.from}::date END AS valid_from,
      CASE WHEN w.keeps THEN t.valid_until ELSE ${period.until}::date END AS valid_until,
      w.amount, w.currency, w.base_amount, CASE WHEN w.keeps THEN t.rate_on ELSE w.rate_on END AS rate_on, ${state}::text AS state,
      CASE WHEN w.keeps THEN t.decision_id ELSE w.decision_id END AS decision_id
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) AS w (
      id uuid, old_version int, seller_id uuid, team_id uuid, position_id uuid, amount int8, currency text, base_amount int8, rate_on date,
      keeps boolean, decision_id uuid)
    LEFT JOIN quota t ON t.org_id = ${tx.orgId} AND t.id = w.id AND t.version = w.old_version`
}

async function currentRows(tx: Tx, rows: readonly Wanted[], { subject, kind }: Writing) {
  const holders = rows.map(({ holder }) => holder.id)
  const { metric, narrowing, period } = subject
  const found = await quotasOf(tx, holders, { kind, metric, narrowing, period: period.id })
  return new Map(found.map((row) => [row.holder_id, row]))
}

/** What {@link writeQuotas} would do. */
export async function countQuotas(
  tx: Tx,
  newId: () => string,
  rows: readonly Wanted[],
  writing: Omit<Writing, 'decisionId'>,
): Promise<RecordCounts> {
  const all = { ...writing, decisionId: null }
  const current = await currentRows(tx, rows, all)
  return countFacts(tx, 'quota', wantedRows(tx, rows, current, newId, all))
}

/** Writes them in this change; the rows there are stay locked until it ends. */
export async function writeQuotas(
  tx: WriteTx,
  rows: readonly Wanted[],
  writing: Writing,
): Promise<RecordCounts & { current: ReadonlyMap<string, QuotaRow> }> {
  const { subject, kind } = writing
  const holders = rows.map(({ holder }) => holder.id)
  await tx.run(sql`
    SELECT count(*) FROM (SELECT 1 FROM quota WHERE org_id = ${tx.orgId} AND change_out IS NULL AND coalesce(seller_id, team_id, position_id) = ANY(${holders}::uuid[])
      AND metric = ${subject.metric} AND period = ${subject.period.id} AND kind = ${kind} AND narrowing = ${subject.narrowing}
      ORDER BY id FOR UPDATE) locked`)
  const current = await currentRows(tx, rows, writing)
  const counts = await writeFacts(
    tx,
    'quota',
    wantedRows(tx, rows, current, () => tx.newId(), writing),
  )
  return { ...counts, current }
}

/** One record for all that is decided together. */
export function recordDecision(
  tx: WriteTx,
  clock: () => number,
  zone: string,
  { decision, reason }: { decision: QuotaState; reason?: string | undefined },
): Promise<string> {
  return insertRecord(tx, 'quota_decision', {
    decision,
    reason: reason === undefined || reason === '' ? null : reason,
    person_id: tx.personId,
    decided_on: today(clock, zone),
  })
}

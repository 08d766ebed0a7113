// The SQL of quotas: rows of a revision with names, decision and commitment, and everything by version.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition } from '../team/door.ts'

type Sql<T = unknown> = RawBuilder<T>

export type QuotaState = 'proposed' | 'approved' | 'returned'

export interface QuotaRow {
  id: string
  version: number
  kind: 'quota' | 'commitment'
  seller_id: string | null
  team_id: string | null
  position_id: string | null
  holder_id: string
  holder_name: string
  holder_state: string
  metric: string
  narrowing: string
  period: string
  valid_from: Day
  valid_until: Day
  amount: number
  currency: string | null
  /** The amount in the base currency, whatever it was said in. */
  base_amount: number
  rate_on: Day | null
  state: QuotaState
  decision: QuotaState | null
  reason: string | null
  decider_id: string | null
  decider_name: string | null
  decided_on: Day | null
  commitment: number | null
}

/** Whoever carries the quota of a row. */
export const holderOf = (row: QuotaRow) => ({
  kind:
    row.seller_id !== null
      ? ('seller' as const)
      : row.team_id !== null
        ? ('team' as const)
        : ('position' as const),
  id: row.holder_id,
  name: row.holder_name,
  gone: row.holder_state !== 'active',
})

/** Whom the person asking sees: `team` names the teams led. */
export interface Within {
  asking: Parameters<typeof reachCondition>[0]
  teams: readonly string[]
}

/**
 * Whether a quota lies within reach: of a seller, by the team on the first or the last day of its
 * period; of a team, if it is led; of a position, if its team is, or who asks holds it on some day of
 * the period. Rights go by memberships as they are today.
 */
function reachSql({ asking, teams }: Within): Sql<boolean> {
  if (asking.reach === 'all') return sql<boolean>`true`
  const on = (day: Sql) => reachCondition(asking, { seller: 'q.seller_id', day })
  const { orgId, sellerId } = asking.who
  const held = sql`EXISTS (
    SELECT 1 FROM position_holder h WHERE h.org_id = ${orgId} AND h.change_out IS NULL AND h.position_id = q.position_id
      AND h.seller_id = ${sellerId}::uuid AND h.valid_from < q.valid_until AND h.valid_until > q.valid_from)`
  const ofTeam = sql`EXISTS (
    SELECT 1 FROM position p WHERE p.org_id = ${orgId} AND p.id = q.position_id AND p.team_id = ANY(${[...teams]}::uuid[]))`
  return sql<boolean>`(${on(sql`q.valid_from`)} OR ${on(sql`(q.valid_until - 1)`)} OR coalesce(q.team_id = ANY(${[...teams]}::uuid[]), false)
    OR (q.position_id IS NOT NULL AND (${held} OR ${ofTeam})))`
}

/** Quotas as they were known at a revision; undefined: as things stand. */
function known(tx: Tx, revision: number | undefined): Sql {
  const columns = sql`org_id, id, version, change_in, kind, seller_id, team_id, position_id, coalesce(seller_id, team_id, position_id) AS holder_id, metric, narrowing, period, valid_from, valid_until, amount, currency, coalesce(base_amount, amount) AS base_amount, rate_on, state, decision_id`
  const open = sql`SELECT ${columns} FROM quota WHERE org_id = ${tx.orgId} AND change_out IS NULL`
  if (revision === undefined) return sql`(${open})`
  const later = sql`(SELECT id FROM change WHERE org_id = ${tx.orgId} AND revision > ${revision}::int8)`
  return sql`(
    ${open} AND change_in NOT IN ${later}
    UNION ALL
    SELECT ${columns} FROM quota WHERE org_id = ${tx.orgId} AND change_out IS NOT NULL
      AND change_in NOT IN ${later} AND change_out IN ${later})`
}

function selected(tx: Tx, revision: number | undefined): Sql {
  return sql`
    SELECT q.id, q.version, q.kind, q.seller_id, q.team_id, q.position_id, q.holder_id, coalesce(s.name, t.name, o.name, '?') AS holder_name,
      coalesce(s.state, t.state, o.state, 'removed') AS holder_state, q.metric, q.narrowing, q.period, q.valid_from, q.valid_until, q.amount,
      q.currency, q.base_amount, q.rate_on, q.state, d.decision, d.reason, d.person_id AS decider_id, p.name AS decider_name, d.decided_on,
      CASE WHEN q.kind = 'quota' THEN c.amount END AS commitment
    FROM ${known(tx, revision)} q
    LEFT JOIN ${known(tx, revision)} c ON c.holder_id = q.holder_id AND c.metric = q.metric AND c.period = q.period
      AND c.narrowing = q.narrowing AND c.kind = 'commitment' AND q.kind = 'quota'
    LEFT JOIN seller s ON s.org_id = q.org_id AND s.id = q.seller_id
    LEFT JOIN team t ON t.org_id = q.org_id AND t.id = q.team_id
    LEFT JOIN position o ON o.org_id = q.org_id AND o.id = q.position_id
    LEFT JOIN quota_decision d ON d.org_id = q.org_id AND d.id = q.decision_id
    LEFT JOIN person p ON p.org_id = q.org_id AND p.id = d.person_id`
}

export interface QuotaFilter {
  kind?: 'quota' | 'commitment' | undefined
  metric?: string | undefined
  narrowing?: string | undefined
  state?: QuotaState | undefined
  sellerId?: string | undefined
  teamId?: string | undefined
  positionId?: string | undefined
  batchId?: string | undefined
  period?: string | undefined
  from?: Day | undefined
  until?: Day | undefined
}

function conditions(tx: Tx, filter: QuotaFilter, within: Within): Sql {
  const all: Sql[] = [reachSql(within)]
  const equal = (column: string, value: string | undefined) => {
    if (value !== undefined) all.push(sql`${sql.ref(`q.${column}`)} = ${value}`)
  }
  equal('kind', filter.kind)
  equal('metric', filter.metric)
  equal('narrowing', filter.narrowing)
  equal('state', filter.state)
  equal('seller_id', filter.sellerId)
  equal('team_id', filter.teamId)
  equal('position_id', filter.positionId)
  equal('period', filter.period)
  if (filter.from !== undefined) all.push(sql`q.valid_until > ${filter.from}::date`)
  if (filter.until !== undefined) all.push(sql`q.valid_from < ${filter.until}::date`)
  if (filter.batchId !== undefined) {
    all.push(sql`q.change_in = (
      SELECT b.change_id FROM import_batch b WHERE b.org_id = ${tx.orgId} AND b.id = ${filter.batchId})`)
  }
  return sql.join(all, sql` AND `)
}

/** From a place on, newest period first. */
export function listQuotas(
  tx: Tx,
  filter: QuotaFilter,
  within: Within,
  page: {
    revision?: number | undefined
    after?: { from: Day; id: string } | undefined
    limit: number
  },
): Promise<QuotaRow[]> {
  const { after } = page
  const place = after
    ? sql`AND (q.valid_from, q.id) < (${after.from}::date, ${after.id}::uuid)`
    : sql``
  return tx.rows<QuotaRow>(sql`${selected(tx, page.revision)}
    WHERE ${conditions(tx, filter, within)} ${place}
    ORDER BY q.valid_from DESC, q.id DESC LIMIT ${page.limit}`)
}

export function quotaById(tx: Tx, id: string, within: Within): Promise<QuotaRow | undefined> {
  return tx.first<QuotaRow>(
    sql`${selected(tx, undefined)} WHERE q.id = ${id} AND ${reachSql(within)}`,
  )
}

/** Open rows by id, whether within reach or not. */
export function quotasById(tx: Tx, ids: readonly string[]): Promise<QuotaRow[]> {
  return tx.rows<QuotaRow>(
    sql`${selected(tx, undefined)} WHERE q.id = ANY(${[...ids]}::uuid[]) ORDER BY q.id`,
  )
}

export interface QuotaKey {
  holderId: string
  kind: 'quota' | 'commitment'
  metric: string
  narrowing: string
  period: string
}

/** The open row of a key. */
export function quotaOf(tx: Tx, key: QuotaKey): Promise<QuotaRow | undefined> {
  return tx.first<QuotaRow>(sql`${selected(tx, undefined)}
    WHERE q.holder_id = ${key.holderId} AND q.metric = ${key.metric} AND q.period = ${key.period}
      AND q.kind = ${key.kind} AND q.narrowing = ${key.narrowing}`)
}

/** The same for many holders. */
export function quotasOf(
  tx: Tx,
  holders: readonly string[],
  key: Omit<QuotaKey, 'holderId'>,
): Promise<QuotaRow[]> {
  return tx.rows<QuotaRow>(sql`${selected(tx, undefined)}
    WHERE q.holder_id = ANY(${[...holders]}::uuid[]) AND q.metric = ${key.metric} AND q.period = ${key.period}
      AND q.kind = ${key.kind} AND q.narrowing = ${key.narrowing}`)
}

export interface VersionRow {
  version: number
  amount: number
  currency: string | null
  state: QuotaState
  reason: string | null
  person_id: string
  person_name: string
  at: string
  revision: number
  current: boolean
}

/** Every version of a quota, newest first. */
export function versionsOf(tx: Tx, id: string): Promise<VersionRow[]> {
  return tx.rows<VersionRow>(sql`
    SELECT q.version, q.amount, q.currency, q.state, d.reason, c.actor AS person_id, coalesce(p.name, '?') AS person_name, c.at, c.revision,
      q.change_out IS NULL AS current
    FROM quota q JOIN change c ON c.org_id = q.org_id AND c.id = q.change_in
    LEFT JOIN quota_decision d ON d.org_id = q.org_id AND d.id = q.decision_id
    LEFT JOIN person p ON p.org_id = q.org_id AND p.id = c.actor
    WHERE q.org_id = ${tx.orgId} AND q.id = ${id} ORDER BY q.version DESC`)
}

export interface SetRow {
  metric: string
  narrowing: string
  by: 'seller' | 'team' | 'position'
  /** Shape of the period's id: its length and whether it is fiscal. */
  example: string
  quotas: number
  last: Day
  begun: Day | null
}

/** What there are quotas for, that of the newest period first. */
export function quotaSets(
  tx: Tx,
  within: Within,
  revision: number | undefined,
  today: Day,
): Promise<SetRow[]> {
  const carrier = sql`(CASE WHEN q.seller_id IS NOT NULL THEN 'seller' WHEN q.team_id IS NOT NULL THEN 'team' ELSE 'position' END)`
  return tx.rows<SetRow>(sql`
    SELECT q.metric, q.narrowing, ${carrier} AS by, min(q.period) AS example,
      count(*) AS quotas, max(q.valid_from) AS last, max(q.valid_from) FILTER (WHERE q.valid_from <= ${today}::date) AS begun
    FROM ${known(tx, revision)} q WHERE q.kind = 'quota' AND ${reachSql(within)}
    GROUP BY q.metric, q.narrowing, ${carrier}, length(q.period), q.period LIKE 'FY%', q.period LIKE '%-Q%'
    ORDER BY last DESC, quotas DESC, q.metric COLLATE "C", q.narrowing COLLATE "C" LIMIT 100`)
}

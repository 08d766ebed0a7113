// How many activities of which kind were done on which day by whom, for features that count on from there.
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { reachCondition } from '../team/door.ts'
import type { ActivityKind } from './store.ts'

export interface DoneAsked {
  kinds: readonly ActivityKind[]
  /** Exactly this outcome, whatever its case. */
  outcome?: string | undefined
  /** Of these sellers, or of those who were in one of these teams on the day; of everybody without. */
  sellers?: readonly string[] | undefined
  teams?: readonly string[] | undefined
  from: string
  until: string
}

export interface DoneOnDay {
  sellerId: string | null
  on: string
  count: number
}

/** Activities done within reach, by seller and day, as results count them: whoever wants tasks asks for them. */
export async function countDone(
  ctx: Pick<Ctx, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  { kinds, outcome, sellers, teams, from, until }: DoneAsked,
): Promise<DoneOnDay[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`a.kind = ANY(${[...kinds]}::text[])`,
    reachCondition(ctx, { seller: 'a.seller_id', day: 'a.done_on' }),
  ]
  if (outcome !== undefined) conditions.push(sql`lower(a.outcome) = lower(${outcome})`)
  if (sellers) conditions.push(sql`a.seller_id = ANY(${[...sellers]}::uuid[])`)
  if (teams) {
    conditions.push(sql`EXISTS (
      SELECT 1 FROM membership m WHERE m.org_id = a.org_id AND m.change_out IS NULL AND m.kind = 'member'
        AND m.seller_id = a.seller_id AND m.team_id = ANY(${[...teams]}::uuid[])
        AND m.valid_from <= a.done_on AND m.valid_until > a.done_on)`)
  }
  return tx.rows<DoneOnDay>(sql`
    SELECT a.seller_id AS "sellerId", a.done_on AS "on", count(*)::int AS count FROM activity a
    WHERE a.org_id = ${tx.orgId} AND a.state <> 'removed' AND a.done_on >= ${from}::date AND a.done_on < ${until}::date
      AND ${sql.join(conditions, sql` AND `)}
    GROUP BY a.seller_id, a.done_on ORDER BY a.done_on`)
}

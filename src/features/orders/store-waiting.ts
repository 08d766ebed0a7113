// The SQL of contracts that end soon, or whose last day of notice comes.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

export interface EndingRow {
  id: string
  name: string
  customer_id: string | null
  customer: string | null
  valid_until: string
  renewal: 'none' | 'automatic' | 'on-request'
  /** Last day of notice of a contract that renews itself. */
  notice_on: string
  amount: number | null
  currency: string | null
  every: 'month' | 'quarter' | 'year' | 'once'
}

export function listEnding(
  tx: Tx,
  asked: {
    today: string
    sellerId: string | undefined
    endsUntil: string
    noticeUntil: string
    limit: number
  },
): Promise<EndingRow[]> {
  const { today, sellerId, endsUntil, noticeUntil, limit } = asked
  return tx.rows<EndingRow>(sql`
    SELECT * FROM (
      SELECT k.id, k.name, k.customer_id, c.name AS customer, k.valid_until, k.renewal, k.amount, k.currency, k.every,
        k.valid_until - coalesce(k.notice_days, 0) AS notice_on
      FROM contract k LEFT JOIN customer c ON c.org_id = k.org_id AND c.id = k.customer_id
      WHERE k.org_id = ${tx.orgId} AND k.state = 'active' AND k.valid_until > ${today}::date
        AND ${sellerId === undefined ? sql`true` : sql`k.seller_id = ${sellerId}`}
    ) k
    WHERE CASE WHEN renewal = 'automatic' THEN notice_on BETWEEN ${today}::date AND ${noticeUntil}::date
      ELSE valid_until <= ${endsUntil}::date END
    ORDER BY valid_until, id LIMIT ${limit}`)
}

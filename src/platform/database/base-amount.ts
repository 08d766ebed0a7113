// Amounts in the base currency: the rate of the day, else the nearest earlier one within a week.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './with-org.ts'

type Sql<T = unknown> = RawBuilder<T>

/** A rate stands for the days after it until the next one, but for no more than these. */
export const rateDaysMax = 7

export interface Amount {
  orgId: string
  /** Amount in minor units of `currency`. */
  amount: Sql
  currency: Sql
  /** The day whose rate counts; without one there is no rate. */
  day: Sql
  /** The organisation's base currency. */
  base: Sql
}

/**
 * `LEFT JOIN LATERAL` of the rate that counts, as `alias (rate_id, rate)`; no row where the currency is
 * the base currency itself, or no rate is near enough.
 */
export function rateJoin(alias: string, { orgId, currency, day, base }: Amount): Sql {
  return sql`LEFT JOIN LATERAL (
    SELECT x.id AS rate_id, x.rate FROM rate x
    WHERE ${currency} <> ${base} AND x.org_id = ${orgId}::uuid AND x.change_out IS NULL AND x.currency = ${currency}
      AND x.on_day <= ${day} AND x.on_day >= ${day} - ${sql.lit(rateDaysMax)}
    ORDER BY x.on_day DESC LIMIT 1
  ) ${sql.ref(alias)} ON true`
}

/** Largest amount, in minor units: sums of such amounts are still exact. A mistyped rate goes beyond it. */
const amountMax = 1_000_000_000_000_000

/**
 * The amount in minor units of the base currency, half-even; null where a rate is missing, or would
 * make more of it than any amount may be.
 */
export function baseAmount(alias: string, { amount, currency, base }: Amount): Sql {
  const valued = sql`${amount} * ${sql.ref(`${alias}.rate`)} * power(10::numeric, kontor_digits(${base}) - kontor_digits(${currency}))`
  return sql`(CASE WHEN ${currency} = ${base} THEN ${amount}
    WHEN abs(${valued}) <= ${sql.lit(amountMax)} THEN kontor_half_even(${valued}) END)`
}

/**
 * Held until the change ends: by whoever values amounts together with others (`read`), by
 * whoever writes rates alone (`write`). Otherwise a rate and an amount of the same moment would miss each other.
 * A statement of its own: only the next one sees what was written while this one waited.
 */
export async function lockRates(tx: Tx, purpose: 'read' | 'write'): Promise<void> {
  const take = purpose === 'read' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`
  await tx.run(sql`SELECT ${take}(hashtextextended(${`rates ${tx.orgId}`}, 0))`)
}

/** Base amount of one amount on a day; null without an amount, or where a rate is missing. */
export async function baseAmountOn(
  tx: Tx,
  {
    amount,
    currency,
    day,
    baseCurrency,
  }: { amount: number | null; currency: string; day: string | null; baseCurrency: string },
): Promise<number | null> {
  if (currency === baseCurrency) return amount
  await lockRates(tx, 'read')
  const of: Amount = {
    orgId: tx.orgId,
    amount: sql`g.amount`,
    currency: sql`g.currency`,
    day: sql`g.day`,
    base: sql`g.base`,
  }
  const row = await tx.first<{ base: number | null }>(sql`
    SELECT ${baseAmount('r', of)} AS base
    FROM (SELECT ${amount}::int8 AS amount, ${currency}::text AS currency, ${day}::date AS day, ${baseCurrency}::text AS base) g
    ${rateJoin('r', of)}`)
  return row?.base ?? null
}

// The SQL of the checks: for each the rows it finds, and out of how many.
import { type RawBuilder, sql } from 'kysely'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { CheckId } from './contract.ts'

export interface FoundRow {
  id: string
  entity:
    | 'customer'
    | 'contact'
    | 'product'
    | 'seller'
    | 'deal'
    | 'order_head'
    | 'order_line'
    | 'activity'
    | 'survey_answer'
    | 'customer_case'
    | 'currency'
    | 'month'
    | 'value'
  name: string
  count: number | null
  day: string | null
  until: string | null
  amount: number | null
  other_amount: number | null
  currency: string | null
  fields: string[] | null
}

export type SqlCheck = Exclude<
  CheckId,
  | 'duplicate-customers'
  | 'duplicate-contacts'
  | 'duplicate-products'
  | 'duplicate-sellers'
  | 'swapped-dates'
>

export interface Setting {
  orgId: string
  today: string
  baseCurrency: string
}

interface Found {
  /** Rows that stand in the list: what they are, and what to order them by. */
  rows: RawBuilder<unknown>
  /** How many there are in all, of what the rows are some. */
  of: RawBuilder<unknown>
  /** What to count instead of rows. */
  count?: RawBuilder<unknown>
}

/** Nothing that is sold today was sold before. */
const firstDay = '1950-01-01'

/** A row with its further columns; those not given are null. */
function row(
  entity: FoundRow['entity'],
  id: RawBuilder<unknown>,
  name: RawBuilder<unknown>,
  sort: RawBuilder<unknown>,
  more: Partial<
    Record<
      'count' | 'day' | 'until' | 'amount' | 'other_amount' | 'currency' | 'fields',
      RawBuilder<unknown>
    >
  > = {},
): RawBuilder<unknown> {
  const column = (key: keyof typeof more, type: string) =>
    sql`${more[key] ?? sql`NULL`}::${sql.raw(type)} AS ${sql.ref(key)}`
  return sql`SELECT ${sql.lit(entity)} AS entity, ${id} AS id, ${name} AS name, ${sort} AS sort, ${column('count', 'int8')},
    ${column('day', 'date')}, ${column('until', 'date')}, ${column('amount', 'int8')}, ${column('other_amount', 'int8')},
    ${column('currency', 'text')}, ${column('fields', 'text[]')}`
}

const listedFields = ['country', 'region', 'industry', 'source'] as const
const customerFields = ['country', 'region', 'industry', 'size', 'source'] as const

const found: Readonly<Record<SqlCheck, (setting: Setting) => Found>> = {
  'missing-rates': ({ orgId }) => ({
    rows: sql`${row(
      'currency',
      sql`md5('currency ' || s.currency)::uuid`,
      sql`s.currency`,
      sql`s.currency`,
      {
        count: sql`count(*)`,
        day: sql`min(s.on_day)`,
        until: sql`max(s.on_day)`,
        amount: sql`sum(s.amount)`,
        currency: sql`s.currency`,
      },
    )} FROM sale s WHERE s.org_id = ${orgId} AND s.change_out IS NULL AND s.base_amount IS NULL GROUP BY s.currency`,
    of: sql`SELECT count(*) FROM sale s WHERE s.org_id = ${orgId} AND s.change_out IS NULL`,
    count: sql`coalesce(sum(f.count), 0)`,
  }),
  'lines-without-head': ({ orgId }) => ({
    rows: sql`${row('order_line', sql`l.id`, sql`coalesce(l.order_no, l.external_id)`, sql`coalesce(l.order_no, '')`, { count: sql`l.line_no`, amount: sql`l.amount`, currency: sql`l.currency` })}
      FROM order_line l WHERE l.org_id = ${orgId} AND l.change_out IS NULL AND l.on_day IS NULL AND NOT EXISTS (
        SELECT 1 FROM order_head h WHERE h.org_id = ${orgId} AND h.external_id = l.order_no AND h.change_out IS NULL AND h.on_day IS NOT NULL)`,
    of: sql`SELECT count(*) FROM order_line l WHERE l.org_id = ${orgId} AND l.change_out IS NULL`,
  }),
  'impossible-dates': (setting) => ({
    rows: sql.join(dated(setting), sql` UNION ALL `),
    of: sql`SELECT sum(n) FROM (${sql.join(
      (['deal', 'order_head', 'survey_answer', 'customer_case'] as const).map(
        (table) =>
          sql`SELECT count(*) AS n FROM ${sql.table(table)} WHERE org_id = ${setting.orgId} AND change_out IS NULL`,
      ),
      sql` UNION ALL `,
    )} UNION ALL SELECT count(*) FROM activity WHERE org_id = ${setting.orgId} AND state <> 'removed') counted`,
  }),
  overlap: ({ orgId, baseCurrency }) => {
    const months = (source: string) => sql`(
      SELECT m.month_on, sum(m.base_amount) AS amount FROM (
        SELECT month_on, row_count, base_amount FROM sale_month_product WHERE org_id = ${orgId} AND source = ${source}
        UNION ALL SELECT month_on, row_count, base_amount FROM sale_month_product_delta WHERE org_id = ${orgId} AND source = ${source}
      ) m GROUP BY m.month_on HAVING sum(m.row_count) > 0)`
    return {
      rows: sql`${row('month', sql`md5('month ' || d.month_on)::uuid`, sql`to_char(d.month_on, 'YYYY-MM')`, sql`to_char(d.month_on, 'YYYY-MM')`, { day: sql`d.month_on`, amount: sql`d.amount`, other_amount: sql`o.amount`, currency: sql`${baseCurrency}::text` })}
        FROM ${months('deals')} d JOIN ${months('orders')} o ON o.month_on = d.month_on`,
      of: sql`SELECT count(DISTINCT month_on) FROM (
        SELECT month_on FROM sale_month_product WHERE org_id = ${orgId} UNION SELECT month_on FROM sale_month_product_delta WHERE org_id = ${orgId}) m`,
    }
  },
  'deals-without-owner': ({ orgId }) => deals(orgId, sql`d.seller_id IS NULL`),
  'deals-without-customer': ({ orgId }) => deals(orgId, sql`d.customer_id IS NULL`),
  'won-without-value': ({ orgId }) => ({
    ...deals(orgId, sql`d.outcome = 'won' AND coalesce(d.amount, 0) = 0`),
    of: sql`SELECT count(*) FROM deal d WHERE d.org_id = ${orgId} AND d.change_out IS NULL AND d.outcome = 'won'`,
  }),
  'sale-before-contact': ({ orgId }) => {
    // Both sides in one pass over what is there; a join of the two would be at the mercy of its plan.
    const firsts = sql`(
      SELECT e.customer_id, min(e.day) FILTER (WHERE e.sale) AS sold, min(e.day) FILTER (WHERE NOT e.sale) AS met FROM (
        SELECT a.customer_id, a.done_on AS day, false AS sale FROM activity a
        WHERE a.org_id = ${orgId} AND a.state <> 'removed' AND a.done_on IS NOT NULL AND a.customer_id IS NOT NULL
        UNION ALL SELECT s.customer_id, s.on_day, true FROM sale s
        WHERE s.org_id = ${orgId} AND s.change_out IS NULL AND s.kind = 'sale' AND s.customer_id IS NOT NULL
      ) e GROUP BY e.customer_id)`
    return {
      rows: sql`${row('customer', sql`c.id`, sql`c.name`, sql`c.name_key`, { day: sql`f.sold`, until: sql`f.met` })}
        FROM ${firsts} f JOIN customer c ON c.org_id = ${orgId} AND c.id = f.customer_id AND c.state <> 'removed'
        WHERE f.sold < f.met`,
      of: sql`SELECT count(*) FROM ${firsts} f WHERE f.sold IS NOT NULL AND f.met IS NOT NULL`,
    }
  },
  'missing-demographics': ({ orgId }) => {
    const used = sql.join(
      customerFields.map(
        (name) =>
          sql`EXISTS (SELECT 1 FROM customer u WHERE u.org_id = ${orgId} AND u.state = 'active' AND ${sql.ref(`u.${name}`)} IS NOT NULL) AS ${sql.ref(name)}`,
      ),
    )
    const gaps = customerFields.map(
      (name) => sql`(${sql.ref(`used.${name}`)} AND ${sql.ref(`c.${name}`)} IS NULL)`,
    )
    const missing = sql`array_remove(ARRAY[${sql.join(customerFields.map((name, at) => sql`CASE WHEN ${gaps[at] ?? sql`false`} THEN ${sql.lit(name)} END`))}], NULL)`
    return {
      rows: sql`${row('customer', sql`c.id`, sql`c.name`, sql`c.name_key`, { fields: missing })}
        FROM (SELECT ${used}) used JOIN customer c ON c.org_id = ${orgId} AND c.state = 'active' AND (${sql.join(gaps, sql` OR `)})`,
      of: activeCount('customer', orgId),
    }
  },
  'unlisted-demographics': ({ orgId }) => {
    const listed = (name: string) =>
      sql`SELECT 1 FROM demographic l WHERE l.org_id = ${orgId} AND l.field = ${name} AND l.state <> 'removed'`
    const values = listedFields.map(
      (
        name,
      ) => sql`SELECT ${sql.lit(name)} AS field, ${sql.ref(`c.${name}`)} AS value, count(*) AS n FROM customer c
        WHERE c.org_id = ${orgId} AND c.state = 'active' AND ${sql.ref(`c.${name}`)} IS NOT NULL AND EXISTS (${listed(name)}) GROUP BY 2`,
    )
    const all = sql`(${sql.join(values, sql` UNION ALL `)}) v`
    return {
      rows: sql`${row('value', sql`md5(v.field || ' ' || v.value)::uuid`, sql`v.value`, sql`v.field || ' ' || v.value`, { count: sql`v.n`, fields: sql`ARRAY[v.field]` })}
        FROM ${all} WHERE NOT EXISTS (SELECT 1 FROM demographic l
          WHERE l.org_id = ${orgId} AND l.field = v.field AND l.value COLLATE "C" = v.value AND l.state <> 'removed')`,
      of: sql`SELECT count(*) FROM ${all}`,
    }
  },
  'products-without-cost': ({ orgId }) => ({
    rows: sql`${row('product', sql`p.id`, sql`p.name`, sql`p.name_key`, { count: sql`coalesce(n.sales, 0)` })}
      FROM product p LEFT JOIN (
        SELECT product_id, sum(row_count) AS sales FROM (
          SELECT product_id, row_count FROM sale_month_product WHERE org_id = ${orgId}
          UNION ALL SELECT product_id, row_count FROM sale_month_product_delta WHERE org_id = ${orgId}) m GROUP BY product_id
      ) n ON n.product_id = p.id
      WHERE p.org_id = ${orgId} AND p.state = 'active' AND p.cost IS NULL AND NOT EXISTS (
        SELECT 1 FROM price x WHERE x.org_id = ${orgId} AND x.product_id = p.id AND x.state <> 'removed' AND x.cost IS NOT NULL)`,
    of: activeCount('product', orgId),
  }),
  'never-bought': ({ orgId }) => ({
    rows: sql`${row('customer', sql`c.id`, sql`c.name`, sql`c.name_key`)}
      FROM customer c WHERE c.org_id = ${orgId} AND c.state = 'active' AND NOT EXISTS (
        SELECT 1 FROM sale s WHERE s.org_id = ${orgId} AND s.customer_id = c.id AND s.change_out IS NULL)`,
    of: activeCount('customer', orgId),
  }),
}

function activeCount(table: 'customer' | 'product', orgId: string): RawBuilder<unknown> {
  return sql`SELECT count(*) FROM ${sql.table(table)} WHERE org_id = ${orgId} AND state = 'active'`
}

function deals(orgId: string, when: RawBuilder<unknown>): Found {
  return {
    rows: sql`${dealRow()} WHERE d.org_id = ${orgId} AND d.change_out IS NULL AND ${when}`,
    of: sql`SELECT count(*) FROM deal d WHERE d.org_id = ${orgId} AND d.change_out IS NULL`,
  }
}

/** Names are looked up for the rows that are shown: neither counting nor sorting needs them. */
function dealRow(): RawBuilder<unknown> {
  const day = sql`coalesce(d.closed_on, d.opened_on)`
  const name = (table: 'customer' | 'product') =>
    sql`(SELECT x.name FROM ${sql.table(table)} x WHERE x.org_id = d.org_id AND x.id = ${sql.ref(`d.${table}_id`)})`
  return sql`${row(
    'deal',
    sql`d.id`,
    sql`coalesce(nullif(concat_ws(' · ', CASE WHEN d.external_source = '' THEN d.external_id END, ${name('customer')}, ${name('product')}), ''), to_char(${day}, 'YYYY-MM-DD'), '—')`,
    sql`coalesce(to_char(${day}, 'YYYY-MM-DD'), '')`,
    { day, amount: sql`d.amount`, currency: sql`d.currency` },
  )} FROM deal d`
}

/** Facts and activities on days on which nothing can have happened. */
function dated({ orgId, today }: Setting): RawBuilder<unknown>[] {
  const cannotBe = (day: RawBuilder<unknown>) =>
    sql`(${day} > ${today}::date OR ${day} < ${firstDay}::date)`
  const fact = (
    table: 'order_head' | 'survey_answer' | 'customer_case',
    name: RawBuilder<unknown>,
  ) =>
    sql`${row(table, sql`f.id`, name, sql`to_char(f.on_day, 'YYYY-MM-DD')`, { day: sql`f.on_day` })}
      FROM ${sql.table(table)} f LEFT JOIN customer c ON c.org_id = f.org_id AND c.id = f.customer_id
      WHERE f.org_id = ${orgId} AND f.change_out IS NULL AND ${cannotBe(sql`f.on_day`)}`
  return [
    sql`${dealRow()} WHERE d.org_id = ${orgId} AND d.change_out IS NULL AND (${cannotBe(sql`d.opened_on`)} OR ${cannotBe(sql`d.closed_on`)})`,
    fact('order_head', sql`f.external_id`),
    fact('survey_answer', sql`coalesce(c.name, f.external_id, '—')`),
    fact('customer_case', sql`coalesce(c.name, f.external_id, '—')`),
    sql`${row('activity', sql`a.id`, sql`a.subject`, sql`to_char(a.done_on, 'YYYY-MM-DD')`, { day: sql`a.done_on` })}
      FROM activity a WHERE a.org_id = ${orgId} AND a.state <> 'removed' AND ${cannotBe(sql`a.done_on`)}`,
  ]
}

export async function countFound(
  tx: Tx,
  check: SqlCheck,
  setting: Setting,
): Promise<{ count: number; of: number }> {
  const { rows, of, count = sql`count(*)` } = found[check](setting)
  const counted = await tx.first<{ n: number; of: number | null }>(
    sql`SELECT (SELECT ${count} FROM (${rows}) f)::int8 AS n, (${of})::int8 AS of`,
  )
  return { count: counted?.n ?? 0, of: counted?.of ?? 0 }
}

export async function foundRows(
  tx: Tx,
  check: SqlCheck,
  setting: Setting,
  {
    cursor,
    limit,
    field,
  }: { cursor?: string | undefined; limit: number; field?: string | undefined },
): Promise<{ rows: FoundRow[]; next?: string }> {
  const place = readCursor(cursor, ['text', 'id'])
  const conditions = [
    ...(place ? [sql`(f.sort COLLATE "C", f.id) > (${place[0]}, ${place[1]}::uuid)`] : []),
    ...(field === undefined ? [] : [sql`${field} = ANY(f.fields)`]),
  ]
  const after = conditions.length > 0 ? sql`WHERE ${sql.join(conditions, sql` AND `)}` : sql``
  const rows = await tx.rows<FoundRow & { sort: string }>(sql`
    SELECT f.* FROM (${found[check](setting).rows}) f ${after} ORDER BY f.sort COLLATE "C", f.id LIMIT ${limit + 1}`)
  return pageOfRows(rows, limit, (one) => [one.sort, one.id])
}

/** How often each field is concerned, most often first. */
export function countFields(
  tx: Tx,
  check: SqlCheck,
  setting: Setting,
): Promise<{ field: string; count: number }[]> {
  return tx.rows<{ field: string; count: number }>(sql`
    SELECT u.field, count(*) AS count FROM (${found[check](setting).rows}) f, unnest(f.fields) AS u (field)
    GROUP BY u.field ORDER BY count(*) DESC, u.field COLLATE "C"`)
}

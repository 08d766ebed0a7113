// The SQL of the search: names by the owner's functions, numbers by ranges that row security lets use an index.
import { type RawBuilder, sql } from 'kysely'
import { prepared } from '../../platform/database/statement.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { headWithin } from '../orders/door.ts'
import type { SearchKind } from './contract.ts'

type Sql = RawBuilder<unknown>

export interface HitRow {
  kind: SearchKind
  id: string
  name: string
  rank: number
  state: 'active' | 'archived' | null
  known_as: string | null
  number: string | null
  city: string | null
  country: string | null
  job_title: string | null
  family: string | null
  customer_id: string | null
  customer_name: string | null
  team_id: string | null
  team_name: string | null
  stage_id: string | null
  stage_name: string | null
  seller_id: string | null
  seller_name: string | null
  day: string | null
  amount: number | null
  currency: string | null
}

/** Kinds whose records have a name. */
export type NamedKind = Exclude<SearchKind, 'deal' | 'order' | 'goal'>

export interface Asked {
  /** As typed, in small letters. */
  text: string
  /** As a number, in every way it may be written. */
  numbers: readonly string[]
  /** Rows of each kind. */
  limit: number
  /** By likeness instead of by the beginnings of words. */
  alike: boolean
  /** Members of teams are those of this day. */
  today: string
}

/** Records known by another name, which a merge or an import has left. */
export interface Known {
  entity: string
  entity_id: string
  key: string
  rank: number
}

const aliasesMax = 100
/** Sorts behind every other character. */
const last = '\u{10FFFF}'

const finding = ({ alike }: Asked) => (alike ? sql`kontor_find_alike` : sql`kontor_find`)

/** Which records are known by another name that fits. */
export function knownOtherwise(tx: Tx, asked: Asked): Promise<Known[]> {
  return tx.rows(
    prepared(sql<Known>`
    SELECT a.entity, a.entity_id, a.key, f.rank FROM ${finding(asked)}('alias', ${asked.text}, ${aliasesMax}) f
    CROSS JOIN LATERAL (
      -- One by one: a few names of many thousand are found by their ids, whatever the planner thinks there are.
      SELECT x.entity, x.entity_id, x.key FROM alias x
      WHERE x.org_id = ${tx.orgId} AND x.id = f.id AND x.entity_id IS NOT NULL LIMIT 1) a`),
  )
}

/** Ways to write a number, at most: as typed, in capital and in small letters (`numbersMeant`). */
const waysMost = 3
/** Up to so many rows of a kind are asked for by lines of typing; programs may ask for more. */
const limitUsually = 10

/**
 * For each way to write the number: ids and ranks of what begins so, read in the order of an index. There are
 * always as many ways, some of which nothing can be: the statement stays one, and its plan holds for all.
 */
function numbered(table: string, where: Sql, asked: Asked): Sql {
  const ways = Array.from({ length: waysMost }, (_, i) => {
    const number = asked.numbers[i]
    const [from, until] = number === undefined ? [last, ''] : [number, number + last]
    return sql`(${from}::text, ${until}::text)`
  })
  // Written out, so that the plan for anybody looks no dearer than one for these very numbers.
  const most = asked.limit + 1
  const rows = asked.limit > limitUsually ? sql`${most}` : sql.lit(most)
  return sql`
    SELECT y.id, y.rank, y.external_id FROM (VALUES ${sql.join(ways)}) n(number, until)
    CROSS JOIN LATERAL (
      SELECT x.id, CASE WHEN x.external_id = n.number THEN 0 ELSE 1 END AS rank, x.external_id FROM ${sql.table(table)} x
      WHERE ${where} AND x.external_id IS NOT NULL
        AND x.external_id COLLATE "C" >= n.number AND x.external_id COLLATE "C" < n.until
      ORDER BY x.external_id COLLATE "C" LIMIT ${rows}) y`
}

const empty = {
  number: sql`NULL::text`,
  city: sql`NULL::text`,
  country: sql`NULL::text`,
  job_title: sql`NULL::text`,
  family: sql`NULL::text`,
  customer_id: sql`NULL::uuid`,
  customer_name: sql`NULL::text`,
  team_id: sql`NULL::uuid`,
  team_name: sql`NULL::text`,
  stage_id: sql`NULL::uuid`,
  stage_name: sql`NULL::text`,
  seller_id: sql`NULL::uuid`,
  seller_name: sql`NULL::text`,
  day: sql`NULL::date`,
  amount: sql`NULL::int8`,
  currency: sql`NULL::text`,
}

function columns(known: Partial<Record<keyof typeof empty, Sql>>): Sql {
  const all = Object.entries({ ...empty, ...known })
  return sql.join(all.map(([name, value]) => sql`${value} AS ${sql.ref(name)}`))
}

const ofCustomer = {
  customer_id: sql`c.id`,
  customer_name: sql`c.name`,
}
const joinCustomer = (tx: Tx) =>
  sql`LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = r.customer_id`

/** What is told of a record beside its name, and what is joined for it. */
const details: Record<NamedKind, { columns: Sql; join: (tx: Tx, asked: Asked) => Sql }> = {
  customer: {
    columns: columns({
      number: sql`r.external_id`,
      city: sql`r.city`,
      country: sql`r.country`,
    }),
    join: () => sql``,
  },
  contact: {
    columns: columns({ ...ofCustomer, job_title: sql`r.job_title` }),
    join: joinCustomer,
  },
  contract: {
    columns: columns({ ...ofCustomer, amount: sql`r.amount`, currency: sql`r.currency` }),
    join: joinCustomer,
  },
  product: {
    columns: columns({
      number: sql`r.external_id`,
      family: sql`r.family`,
      amount: sql`r.list_price`,
      currency: sql`r.currency`,
    }),
    join: () => sql``,
  },
  seller: {
    columns: columns({ team_id: sql`t.id`, team_name: sql`t.name` }),
    join: (tx, { today }) => sql`LEFT JOIN LATERAL (
      SELECT t.id, t.name FROM membership m JOIN team t ON t.org_id = m.org_id AND t.id = m.team_id
      WHERE m.org_id = ${tx.orgId} AND m.seller_id = r.id AND m.kind = 'member' AND m.change_out IS NULL
        AND m.valid_from <= ${today}::date AND m.valid_until > ${today}::date
      LIMIT 1) t ON true`,
  },
  team: {
    columns: columns({ team_id: sql`t.id`, team_name: sql`t.name` }),
    join: (tx) => sql`LEFT JOIN team t ON t.org_id = ${tx.orgId} AND t.id = r.parent_id`,
  },
}

/** Kinds that have numbers of their own beside names. */
const withNumber: readonly NamedKind[] = ['customer', 'product']

/** Records of one kind by name, by another name they are known by, or by number; one more than the limit. */
export function findNamed(
  tx: Tx,
  kind: NamedKind,
  asked: Asked,
  known: readonly Known[],
): Promise<HitRow[]> {
  const others = known.filter((one) => one.entity === kind)
  const parts = [
    sql`SELECT f.id, f.rank, NULL::text AS known_as FROM ${finding(asked)}(${kind}, ${asked.text}, ${asked.limit + 1}) f`,
  ]
  if (others.length > 0) {
    parts.push(sql`SELECT * FROM unnest(${others.map((one) => one.entity_id)}::uuid[], ${others.map((one) => one.rank)}::int[],
      ${others.map((one) => one.key)}::text[])`)
  }
  if (withNumber.includes(kind) && !asked.alike) {
    const where = sql`x.org_id = ${tx.orgId} AND x.state <> 'removed'`
    parts.push(sql`SELECT n.id, n.rank, n.external_id FROM (${numbered(kind, where, asked)}) n`)
  }
  const { columns: told, join } = details[kind]
  return tx.rows(
    prepared(sql<HitRow>`
    SELECT ${kind} AS kind, r.id, r.name, f.rank, r.state, f.known_as, ${told}
    FROM (
      SELECT DISTINCT ON (p.id) p.* FROM (${sql.join(parts, sql` UNION ALL `)}) p
      ORDER BY p.id, p.rank, p.known_as NULLS FIRST
    ) f
    JOIN ${sql.table(kind)} r ON r.org_id = ${tx.orgId} AND r.id = f.id AND r.state <> 'removed'
    ${join(tx, asked)}`),
  )
}

/** Goals looked at before those out of reach are left out: beginnings first, so that few names take a longer list. */
const goalsMost = 1_000

/** Goals within reach by name; `reach` speaks of g, and row security keeps private ones of others away. */
export function findGoals(tx: Tx, asked: Asked, reach: Sql): Promise<HitRow[]> {
  return tx.rows<HitRow>(sql`
    SELECT 'goal' AS kind, g.id, g.name, f.rank, NULL AS state, NULL AS known_as, ${columns({
      seller_id: sql`s.id`,
      seller_name: sql`s.name`,
      team_id: sql`t.id`,
      team_name: sql`t.name`,
      day: sql`g.until_on - 1`,
    })}
    FROM ${finding(asked)}('goal_found', ${asked.text}, ${goalsMost}) f
    JOIN goal g ON g.org_id = ${tx.orgId} AND g.id = f.id AND g.state = 'active' AND ${reach}
    LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.id = g.seller_id
    LEFT JOIN team t ON t.org_id = ${tx.orgId} AND t.id = g.team_id
    ORDER BY f.rank, g.until_on DESC, g.id LIMIT ${asked.limit + 1}`)
}

/** Deals within reach by number; `reach` speaks of d. A key made of the content is nobody's number. */
export function findDeals(tx: Tx, asked: Asked, reach: Sql): Promise<HitRow[]> {
  const where = sql`x.org_id = ${tx.orgId} AND x.change_out IS NULL AND x.external_source <> 'content'
    AND EXISTS (SELECT 1 FROM (SELECT x.id, x.seller_id, x.closed_on) d WHERE ${reach})`
  return tx.rows<HitRow>(sql`
    SELECT 'deal' AS kind, d.id, d.external_id AS name, n.rank, NULL AS state, NULL AS known_as, ${columns(
      {
        ...ofCustomer,
        stage_id: sql`s.id`,
        stage_name: sql`s.name`,
        day: sql`coalesce(d.closed_on, d.opened_on)`,
        amount: sql`d.amount`,
        currency: sql`d.currency`,
      },
    )}
    FROM (${numbered('deal', where, asked)}) n
    JOIN deal d ON d.org_id = ${tx.orgId} AND d.id = n.id AND d.change_out IS NULL
    LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = d.customer_id
    LEFT JOIN stage s ON s.org_id = ${tx.orgId} AND s.id = d.stage_id`)
}

/** Orders within reach by number; `reach` speaks of o. Their amount is the sum of the lines, if there are any. */
export function findOrders(tx: Tx, asked: Asked, reach: Sql): Promise<HitRow[]> {
  const where = sql`x.org_id = ${tx.orgId} AND x.change_out IS NULL AND x.external_source = ''
    AND ${headWithin(tx, reach, 'x')}`
  return tx.rows<HitRow>(sql`
    SELECT 'order' AS kind, h.id, h.external_id AS name, n.rank, NULL AS state, NULL AS known_as, ${columns(
      {
        ...ofCustomer,
        day: sql`h.on_day`,
        amount: sql`coalesce(l.amount, CASE h.kind WHEN 'return' THEN -h.amount ELSE h.amount END)::int8`,
        currency: sql`h.currency`,
      },
    )}
    FROM (${numbered('order_head', where, asked)}) n
    JOIN order_head h ON h.org_id = ${tx.orgId} AND h.id = n.id AND h.change_out IS NULL
    LEFT JOIN LATERAL (
      SELECT sum(CASE coalesce(x.kind, h.kind) WHEN 'return' THEN -x.amount ELSE x.amount END) AS amount FROM order_line x
      WHERE x.org_id = ${tx.orgId} AND x.order_no = h.external_id AND x.change_out IS NULL) l ON true
    LEFT JOIN customer c ON c.org_id = ${tx.orgId} AND c.id = h.customer_id`)
}

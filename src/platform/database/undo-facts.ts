// The facts of a change taken back: what it put in is closed, what it closed comes back as next version.
import { type RawBuilder, sql } from 'kysely'
import { type FactTable, facts, references } from './tables.ts'
import type { Kept, Undoing } from './undo.ts'

/** In the order in which other writers take their locks. */
const lockOrder: readonly FactTable[] = [
  'membership',
  'position_holder',
  'rate',
  'deal',
  'deal_seller',
  'order_head',
  'order_line',
  'sale',
  'stage_entry',
  'survey_answer',
  'customer_case',
  'quota',
]

/**
 * What belongs together and is undone or kept as one: a deal with its sales, shares and stage entries;
 * an order with its lines. `l` is the last row that the change touched.
 */
const group: Record<FactTable, RawBuilder<string>> = {
  membership: sql`l.id::text`,
  position_holder: sql`l.id::text`,
  rate: sql`l.id::text`,
  deal: sql`l.id::text`,
  deal_seller: sql`l.deal_id::text`,
  order_head: sql`CASE WHEN l.external_source = '' THEN 'order ' || l.external_id ELSE l.id::text END`,
  order_line: sql`coalesce('order ' || l.order_no, l.id::text)`,
  // A sale of an order stands for itself: what it should be follows from the order once all is done.
  sale: sql`CASE WHEN l.source = 'deals' THEN l.deal_id::text ELSE 'sale ' || l.id::text END`,
  stage_entry: sql`l.deal_id::text`,
  survey_answer: sql`l.id::text`,
  customer_case: sql`l.id::text`,
  quota: sql`l.id::text`,
}

/** What a person reads of: the deal and the order, not their parts. */
const shownAs: Record<FactTable, { entity: RawBuilder<string>; id: RawBuilder<string> }> = {
  membership: { entity: sql`'membership'`, id: sql`l.id` },
  position_holder: { entity: sql`'position_holder'`, id: sql`l.id` },
  rate: { entity: sql`'rate'`, id: sql`l.id` },
  deal: { entity: sql`'deal'`, id: sql`l.id` },
  deal_seller: { entity: sql`'deal'`, id: sql`l.deal_id` },
  order_head: { entity: sql`'order_head'`, id: sql`l.id` },
  order_line: { entity: sql`'order_line'`, id: sql`l.id` },
  sale: {
    entity: sql`CASE WHEN l.source = 'deals' THEN 'deal' ELSE 'order_line' END`,
    id: sql`CASE WHEN l.source = 'deals' THEN l.deal_id ELSE l.id END`,
  },
  stage_entry: { entity: sql`'deal'`, id: sql`l.deal_id` },
  survey_answer: { entity: sql`'survey_answer'`, id: sql`l.id` },
  customer_case: { entity: sql`'customer_case'`, id: sql`l.id` },
  quota: { entity: sql`'quota'`, id: sql`l.id` },
}

/** Whoever carries a quota: a seller, a team or a position. */
const holder = (alias: string) =>
  sql`coalesce(${sql.ref(`${alias}.seller_id`)}, ${sql.ref(`${alias}.team_id`)}, ${sql.ref(`${alias}.position_id`)})`

/** What no two open rows of a table may share: columns, or what is made of them. */
const unique: Partial<
  Record<FactTable, readonly (string | ((alias: string) => RawBuilder<unknown>))[]>
> = {
  customer_case: ['external_source', 'external_id'],
  deal: ['external_source', 'external_id'],
  order_head: ['external_source', 'external_id'],
  order_line: ['external_source', 'external_id'],
  quota: [holder, 'metric', 'period', 'kind', 'narrowing'],
  rate: ['currency', 'on_day'],
  survey_answer: ['external_source', 'external_id'],
}

/**
 * Open rows of other changes that hold a fact back: they stand on it. They name its id, or what the
 * fact `l` has in the column `by`.
 */
const standsOn: Partial<
  Record<FactTable, readonly { table: FactTable; column: string; by?: string }[]>
> = {
  deal: [
    { table: 'sale', column: 'deal_id' },
    { table: 'stage_entry', column: 'deal_id' },
    { table: 'deal_seller', column: 'deal_id' },
    { table: 'order_head', column: 'deal_id' },
  ],
  // A return without what it brings back would take away from nothing.
  order_head: [{ table: 'order_head', column: 'return_of', by: 'external_id' }],
  order_line: [{ table: 'order_head', column: 'return_of', by: 'order_no' }],
}

interface KeptRow extends Kept {
  group_id: string
}

/** Undoes the facts and returns how many came back as they were, by table. */
export async function undoFacts(undoing: Undoing): Promise<Record<string, number>> {
  const order = lockOrder.filter((table) => undoing.tables.has(table))
  for (const table of order) await lockOpenRows(undoing, table)
  const keptGroups = await findKept(undoing, order)
  const restored: Record<string, number> = {}
  // All rows are closed before any comes back, so that unique numbers are free again.
  for (const table of order) restored[table] = await countRestorable(undoing, table, keptGroups)
  for (const table of order) await closeRows(undoing, table, keptGroups)
  for (const table of order) await putBack(undoing, table, keptGroups)
  return restored
}

/**
 * The facts that the change touched, one line each: `l` the last row it touched, `b` the row that held
 * before it, `a` the row it left behind, `c` the row that holds now; `b`, `a`, `c` may be missing.
 * All are joined by their whole key: of a table just filled the planner knows nothing, and by half a
 * key it would read the table once per row.
 */
function touched({ tx, changeId }: Undoing, table: FactTable): RawBuilder<unknown> {
  const row = (alias: string, version: string) =>
    sql`LEFT JOIN ${sql.table(table)} ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = ${tx.orgId}
      AND ${sql.ref(`${alias}.id`)} = t.id AND ${sql.ref(`${alias}.version`)} = ${sql.ref(`t.${version}`)}`
  return sql`(
      SELECT f.id, max(f.version) AS newest, max(f.version) FILTER (WHERE f.change_out IS NULL) AS current,
        max(f.version) FILTER (WHERE f.change_in = ${changeId} OR f.change_out = ${changeId}) AS last,
        max(f.version) FILTER (WHERE f.change_out = ${changeId} AND f.change_in <> ${changeId}) AS before,
        max(f.version) FILTER (WHERE f.change_in = ${changeId} AND f.change_out IS DISTINCT FROM ${changeId}) AS after
      FROM (
        SELECT DISTINCT id FROM ${sql.table(table)}
        WHERE org_id = ${tx.orgId} AND (change_in = ${changeId} OR change_out = ${changeId})
      ) x JOIN ${sql.table(table)} f ON f.org_id = ${tx.orgId} AND f.id = x.id GROUP BY f.id
    ) t
    ${row('l', 'last')} ${row('b', 'before')} ${row('a', 'after')} ${row('c', 'current')}`
}

/** Whether the change touched the fact `x`, so that the undo decides what becomes of it. */
function isTouched({ tx, changeId }: Undoing, table: FactTable, id: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM ${sql.table(table)} x WHERE x.org_id = ${tx.orgId} AND x.id = ${sql.ref(id)}
    AND (x.change_in = ${changeId} OR x.change_out = ${changeId}))`
}

function notKept(
  keptGroups: ReadonlySet<string>,
  groupId: RawBuilder<string>,
): RawBuilder<boolean> {
  if (keptGroups.size === 0) return sql<boolean>`true`
  return sql<boolean>`NOT EXISTS (SELECT 1 FROM unnest(${[...keptGroups]}::text[]) kept (id) WHERE kept.id = ${groupId})`
}

/** From here on nobody else can close these rows; in the order of ids, as every writer does it. */
async function lockOpenRows({ tx, changeId }: Undoing, table: FactTable): Promise<void> {
  await tx.run(sql`
    SELECT count(*) FROM (SELECT 1 FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND change_out IS NULL AND id IN (
      SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND (change_in = ${changeId} OR change_out = ${changeId}))
    ORDER BY id FOR UPDATE) locked`)
}

/** Groups that must stay, found to the end: what stays can stand in the way of something else. */
async function findKept(undoing: Undoing, order: readonly FactTable[]): Promise<Set<string>> {
  const keptGroups = new Set<string>()
  const take = (rows: KeptRow[]): boolean => {
    const before = keptGroups.size
    for (const row of rows) keptGroups.add(row.group_id)
    const shown = rows.filter(({ group_id }) => !group_id.startsWith('sale '))
    undoing.keep(shown.map(({ entity, id, reason }) => ({ entity, id, reason })))
    return keptGroups.size > before
  }
  for (const table of order) take(await keptAtOnce(undoing, table))
  for (let more = true; more; ) {
    more = false
    for (const table of order) {
      const inTheWay =
        table === 'membership' || table === 'position_holder'
          ? await spansInTheWay(undoing, table, keptGroups)
          : await inTheWayOf(undoing, table, keptGroups)
      more = take(inTheWay) || more
    }
  }
  return keptGroups
}

function keptColumns(table: FactTable): RawBuilder<unknown> {
  const { entity, id } = shownAs[table]
  return sql`${entity} AS entity, ${id} AS id, ${group[table]} AS group_id`
}

/**
 * The sale of a deal that the change made has no life of its own: a later change may have filled in its
 * cost, but it goes with the deal.
 */
function followsItsDeal({ tx, changeId }: Undoing): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM deal d WHERE d.org_id = ${tx.orgId} AND d.id = l.id AND d.version = 1
    AND d.change_in = ${changeId} AND l.deal_id = l.id AND t.before IS NULL)`
}

/**
 * Changed since, naming a record that is gone, or named by something that came later. What was changed
 * and changed back counts as unchanged, so that undoing step by step leads all the way back.
 */
async function keptAtOnce(undoing: Undoing, table: FactTable): Promise<KeptRow[]> {
  const { tx } = undoing
  const find = (reason: Kept['reason'], rest: RawBuilder<unknown>) =>
    tx.rows<KeptRow>(
      sql`SELECT ${keptColumns(table)}, ${sql.lit(reason)} AS reason FROM ${touched(undoing, table)} ${rest}`,
    )
  const content = (alias: string) =>
    sql`ROW(${sql.join(facts[table].map((name) => sql.ref(`${alias}.${name}`)))})`
  const follows = table === 'sale' ? sql`AND NOT ${followsItsDeal(undoing)}` : sql``
  const found: KeptRow[] = []
  for (const { table: part, column, by } of standsOn[table] ?? []) {
    const named = by === undefined ? sql`t.id` : sql.ref(`l.${by}`)
    found.push(
      ...(await find(
        'referred_to',
        sql`JOIN ${sql.table(part)} n ON n.org_id = ${tx.orgId} AND ${sql.ref(`n.${column}`)} = ${named} AND n.change_out IS NULL
          WHERE t.before IS NULL AND t.current IS NOT NULL AND NOT ${isTouched(undoing, part, 'n.id')}`,
      )),
    )
  }
  for (const [record, uses] of Object.entries(references)) {
    for (const use of uses.filter((one) => one.table === table)) {
      found.push(
        ...(await find(
          'refers_to_removed',
          sql`JOIN ${sql.table(record)} r ON r.org_id = ${tx.orgId} AND r.id = ${sql.ref(`b.${use.column}`)} AND r.state = 'removed'`,
        )),
      )
    }
  }
  if (table === 'order_head') {
    const original = (state: RawBuilder<unknown>) => sql`EXISTS (SELECT 1 FROM order_head o
      WHERE o.org_id = ${tx.orgId} AND o.external_source = '' AND o.external_id = b.return_of AND ${state})`
    found.push(
      ...(await find(
        'refers_to_removed',
        sql`WHERE b.return_of IS NOT NULL AND NOT ${original(sql`o.change_out IS NULL`)}
          AND NOT ${original(sql`o.change_out = ${undoing.changeId}`)}`,
      )),
    )
  }
  // Last, so that of two reasons this one is told.
  found.push(
    ...(await find(
      'changed_since',
      sql`WHERE ((a.id IS NULL) <> (c.id IS NULL) OR ${content('a')} IS DISTINCT FROM ${content('c')}) ${follows}`,
    )),
  )
  return found
}

/** Facts that would come back under a number (or a day of a rate) that another one has by now. */
async function inTheWayOf(
  undoing: Undoing,
  table: FactTable,
  keptGroups: ReadonlySet<string>,
): Promise<KeptRow[]> {
  const { tx } = undoing
  const columns = unique[table]
  if (!columns) return []
  const of = (alias: string, column: (typeof columns)[number]) =>
    typeof column === 'string' ? sql.ref(`${alias}.${column}`) : column(alias)
  const same = columns.map((column) => sql`${of('o', column)} = ${of('b', column)}`)
  // The other one's group, spelt for the alias o: it goes too, unless its group is kept.
  const others = sql`(SELECT ${group[table]} FROM ${sql.table(table)} l WHERE l.org_id = ${tx.orgId} AND l.id = o.id AND l.version = o.version)`
  return tx.rows<KeptRow>(sql`
    SELECT ${keptColumns(table)}, 'exists_since' AS reason FROM ${touched(undoing, table)}
    WHERE t.before IS NOT NULL AND ${notKept(keptGroups, group[table])} AND EXISTS (
      SELECT 1 FROM ${sql.table(table)} o WHERE o.org_id = ${tx.orgId} AND o.change_out IS NULL AND o.id <> t.id
        AND ${sql.join(same, sql` AND `)}
        AND NOT (${isTouched(undoing, table, 'o.id')} AND ${notKept(keptGroups, others as RawBuilder<string>)}))`)
}

/** Of two spans that share a day, which cannot stand beside each other: `o` is there, `b` would come back. */
const oneAtATime = {
  membership: sql`o.kind = b.kind AND (o.seller_id = b.seller_id OR (b.kind = 'lead' AND o.team_id = b.team_id))`,
  position_holder: sql`o.position_id = b.position_id`,
}

/** Spans that would come back over days on which the seller is elsewhere, the team led or the position held by another. */
function spansInTheWay(
  undoing: Undoing,
  table: keyof typeof oneAtATime,
  keptGroups: ReadonlySet<string>,
): Promise<KeptRow[]> {
  const { tx } = undoing
  return tx.rows<KeptRow>(sql`
    SELECT ${keptColumns(table)}, 'exists_since' AS reason FROM ${touched(undoing, table)}
    WHERE t.before IS NOT NULL AND ${notKept(keptGroups, sql`t.id::text`)} AND EXISTS (
      SELECT 1 FROM ${sql.table(table)} o WHERE o.org_id = ${tx.orgId} AND o.change_out IS NULL AND o.id <> t.id
        AND ${oneAtATime[table]} AND o.valid_from < b.valid_until AND o.valid_until > b.valid_from
        AND NOT (${isTouched(undoing, table, 'o.id')} AND ${notKept(keptGroups, sql`o.id::text`)}))`)
}

/** Facts that will be as they were; parts of a deal and sales of orders are not counted beside them. */
async function countRestorable(
  undoing: Undoing,
  table: FactTable,
  keptGroups: ReadonlySet<string>,
): Promise<number> {
  if (table === 'stage_entry' || table === 'deal_seller' || table === 'sale') return 0
  const row = await undoing.tx.first<{ n: number }>(sql`
    SELECT count(*) AS n FROM ${touched(undoing, table)} WHERE ${notKept(keptGroups, group[table])}`)
  return row?.n ?? 0
}

async function closeRows(
  undoing: Undoing,
  table: FactTable,
  keptGroups: ReadonlySet<string>,
): Promise<void> {
  const { tx } = undoing
  await tx.run(sql`
    UPDATE ${sql.table(table)} o SET change_out = ${tx.changeId} FROM ${touched(undoing, table)}
    WHERE o.org_id = ${tx.orgId} AND o.id = t.id AND o.version = t.current
      AND ${notKept(keptGroups, group[table])}`)
}

async function putBack(
  undoing: Undoing,
  table: FactTable,
  keptGroups: ReadonlySet<string>,
): Promise<void> {
  const { tx } = undoing
  const columns: readonly string[] = facts[table]
  await tx.run(sql`
    INSERT INTO ${sql.table(table)} (org_id, id, version, change_in, ${sql.join(columns.map((name) => sql.ref(name)))})
    SELECT ${tx.orgId}, t.id, t.newest + 1, ${tx.changeId}, ${sql.join(columns.map((name) => sql.ref(`b.${name}`)))}
    FROM ${touched(undoing, table)}
    WHERE t.before IS NOT NULL AND ${notKept(keptGroups, group[table])} ORDER BY t.id`)
}

// Recomputes everything the data promises: chain, digests, histories, records, references, rollups.
import { type RawBuilder, sql } from 'kysely'
import { defaultsOf } from './bulk.ts'
import {
  checkDangling,
  checkHead,
  checkHistories,
  checkLinks,
  findingsPerKindMax,
  type Head,
} from './check-chain.ts'
import { type RecordTable, records, references, wholeTables } from './tables.ts'
import type { Actor, Database, Tx } from './with-org.ts'

export interface Finding {
  /** What does not hold: sequence, digest, link, order, head, dangling, history, record, orphan, rollup. */
  what: string
  /** The first revision that does not hold, where one can be named. */
  revision?: number
  text: string
}

export interface CheckReport extends Head {
  holds: boolean
  /** Hash of the revision asked for, to be compared with one written down outside; absent if it is gone. */
  hashAt?: string
  /** By revision, those without one last. */
  findings: Finding[]
}

/** What a check goes through, in this order. */
export const checkSteps = [
  'links',
  'dangling',
  'histories',
  'records',
  'orphans',
  'rollups',
] as const
export type CheckStep = (typeof checkSteps)[number]

const checks: Record<CheckStep, (tx: Tx) => Promise<Finding[]>> = {
  links: checkLinks,
  dangling: checkDangling,
  histories: checkHistories,
  records: checkRecords,
  orphans: checkOrphans,
  rollups: checkRollups,
}

export interface CheckOptions {
  at?: number | undefined
  /** Told before each step; whoever throws here ends the check. */
  before?: (step: CheckStep) => Promise<void>
}

/**
 * Checks one organisation in one revision; reads every row of it, so it may take minutes. `at` also
 * gives the hash of that revision: whoever wrote it down outside can tell a chain rewritten whole.
 */
export function checkOrganisation(
  db: Database,
  actor: Actor,
  { at, before }: CheckOptions = {},
): Promise<CheckReport> {
  return db.housekeep(
    actor,
    async (tx) => {
      const report = await checkWithin(tx, before)
      const hashAt = at === undefined ? undefined : await hashOf(tx, at)
      return { ...report, ...(hashAt === undefined ? {} : { hashAt }) }
    },
    { repeatableRead: true, long: true },
  )
}

/** The same inside a transaction that is under way. */
export async function checkWithin(
  tx: Tx,
  before: CheckOptions['before'] = async () => {},
): Promise<CheckReport> {
  const { head, findings } = await checkHead(tx)
  for (const step of checkSteps) {
    await before(step)
    findings.push(...(await checks[step](tx)))
  }
  findings.sort(
    (a, b) => (a.revision ?? Number.MAX_SAFE_INTEGER) - (b.revision ?? Number.MAX_SAFE_INTEGER),
  )
  return { ...head, holds: findings.length === 0, findings }
}

/** Hash of the link of a revision; undefined when it is not there. */
export async function hashOf(tx: Tx, revision: number): Promise<string | undefined> {
  const row = await tx.first<{ hash: string }>(
    revision === 0
      ? sql`SELECT encode(sha256(convert_to(${tx.orgId}::uuid::text, 'UTF8')), 'hex') AS hash`
      : sql`SELECT encode(hash, 'hex') AS hash FROM change WHERE org_id = ${tx.orgId} AND revision = ${revision}`,
  )
  return row?.hash
}

/** Records that are not what their history adds up to. */
async function checkRecords(tx: Tx): Promise<Finding[]> {
  const found: Finding[] = []
  for (const table of ['org', ...(Object.keys(records) as RecordTable[])] as const) {
    const id = table === 'org' ? sql.ref('t.org_id') : sql.ref('t.id')
    const all = wholeTables[table]
    const whole = all === undefined ? sql.table(table) : sql`${sql.id(all)}()`
    const rows = await tx.rows<{ id: string; revision: number | null }>(sql`
      WITH told AS (
        SELECT entity_id AS id, max(version) AS version, (array_agg(change_id ORDER BY version DESC))[1] AS change_id
        FROM history WHERE org_id = ${tx.orgId} AND entity = ${table} GROUP BY entity_id
      ), field AS (
        SELECT h.entity_id AS id, jsonb_strip_nulls(jsonb_object_agg(f.key, f.value -> 1 ORDER BY h.version)) AS fields
        FROM history h CROSS JOIN LATERAL jsonb_each(h.fields) f
        WHERE h.org_id = ${tx.orgId} AND h.entity = ${table} GROUP BY h.entity_id
      ), here AS (
        SELECT ${id} AS id, t.version, jsonb_strip_nulls(to_jsonb(t) - 'org_id' - 'id' - 'version') AS fields
        FROM ${whole} t WHERE t.org_id = ${tx.orgId}
      )
      SELECT coalesce(here.id, told.id) AS id, c.revision
      FROM here FULL JOIN (told LEFT JOIN field USING (id)) ON here.id = told.id
      LEFT JOIN change c ON c.org_id = ${tx.orgId} AND c.id = told.change_id
      WHERE here.version IS DISTINCT FROM told.version
        OR here.fields IS DISTINCT FROM ${table === 'org' ? '{}' : defaultsOf(table)}::jsonb || field.fields
      ORDER BY c.revision LIMIT ${findingsPerKindMax}`)
    for (const row of rows) {
      found.push({
        what: 'record',
        ...(row.revision === null ? {} : { revision: row.revision }),
        text: `${table} ${row.id} is not what its history says.`,
      })
    }
  }
  return found
}

/** Facts that hold and name a record, or a deal, that is not there or was removed. */
async function checkOrphans(tx: Tx): Promise<Finding[]> {
  const parts: RawBuilder<unknown>[] = Object.entries(references).flatMap(([record, uses]) =>
    uses.map(
      (
        use,
      ) => sql`SELECT ${sql.lit(use.table)} AS entity, f.id, f.change_in, ${sql.lit(record)} AS missing
        FROM ${sql.table(use.table)} f WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL
          AND ${sql.ref(`f.${use.column}`)} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${sql.table(record)} r
            WHERE r.org_id = ${tx.orgId} AND r.id = ${sql.ref(`f.${use.column}`)} AND r.state <> 'removed')`,
    ),
  )
  for (const table of ['sale', 'stage_entry', 'deal_seller'] as const) {
    parts.push(sql`SELECT ${sql.lit(table)}, f.id, f.change_in, 'deal' FROM ${sql.table(table)} f
      WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL AND f.deal_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM deal d WHERE d.org_id = ${tx.orgId} AND d.id = f.deal_id AND d.change_out IS NULL)`)
  }
  const rows = await tx.rows<{
    entity: string
    id: string
    missing: string
    revision: number | null
  }>(sql`
    SELECT o.entity, o.id, o.missing, c.revision FROM (${sql.join(parts, sql` UNION ALL `)}) o
    LEFT JOIN change c ON c.org_id = ${tx.orgId} AND c.id = o.change_in ORDER BY c.revision LIMIT ${findingsPerKindMax}`)
  return rows.map((row) => ({
    what: 'orphan',
    ...(row.revision === null ? {} : { revision: row.revision }),
    text: `${row.entity} ${row.id} names a ${row.missing} that is not there.`,
  }))
}

/** Nobody, in the key of a rollup. */
const nobody = '00000000-0000-0000-0000-000000000000'

const measures = [
  'row_count',
  'owner_count',
  'unrated_count',
  'cost_count',
  'quantity',
  'base_amount',
  'cost_base',
  'cost',
] as const

const rollups = [
  { table: 'sale_day_seller', day: sql`on_day`, who: 'seller_id', dayColumn: 'on_day' },
  {
    table: 'sale_month_product',
    day: sql`date_trunc('month', on_day::timestamp)::date`,
    who: 'product_id',
    dayColumn: 'month_on',
  },
] as const

/** Cells in which rollup and unfolded deltas together are not what the ledger adds up to. */
async function checkRollups(tx: Tx): Promise<Finding[]> {
  const found: Finding[] = []
  for (const { table, day, who, dayColumn } of rollups) {
    const keys = sql.join([dayColumn, who, 'source', 'kind'].map((name) => sql.ref(name)))
    const sums = sql.join(measures.map((name) => sql`sum(${sql.ref(name)}) AS ${sql.ref(name)}`))
    const names = sql.join(measures.map((name) => sql.ref(name)))
    const unlike = measures.map((name) => sql`sum(${sql.ref(name)}) <> 0`)
    const rows = await tx.rows<{ day: string }>(sql`
      SELECT ${sql.ref(dayColumn)} AS day FROM (
        SELECT ${keys}, ${sums} FROM (
          SELECT ${keys}, ${names} FROM ${sql.table(table)} WHERE org_id = ${tx.orgId}
          UNION ALL SELECT ${keys}, ${names} FROM ${sql.table(`${table}_delta`)} WHERE org_id = ${tx.orgId}
        ) rolled GROUP BY ${keys}
        UNION ALL
        SELECT ${day}, coalesce(${sql.ref(who)}, ${nobody}::uuid), source, kind, -count(*), -count(*) FILTER (WHERE owner),
          -count(*) FILTER (WHERE base_amount IS NULL), -count(*) FILTER (WHERE cost IS NOT NULL AND base_amount IS NOT NULL),
          -sum(quantity), -coalesce(sum(base_amount), 0), -coalesce(sum(base_amount) FILTER (WHERE cost IS NOT NULL), 0),
          -coalesce(sum(cost) FILTER (WHERE base_amount IS NOT NULL), 0)
        FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL GROUP BY 1, 2, 3, 4
      ) both_sides GROUP BY ${keys} HAVING ${sql.join(unlike, sql` OR `)} ORDER BY 1 LIMIT ${findingsPerKindMax}`)
    const first = rows[0]
    if (first) {
      found.push({
        what: 'rollup',
        text: `${table} is not what the ledger adds up to in ${rows.length === findingsPerKindMax ? `${rows.length} or more` : rows.length} cells, first on ${first.day}.`,
      })
    }
  }
  return found
}

// The SQL that brings staged rows into sellers, teams, people and memberships.
import { type RawBuilder, sql } from 'kysely'
import {
  countRecords,
  type RecordCounts,
  writeRecords,
} from '../../platform/database/records-bulk.ts'
import { makeMentioned, stagedRecords } from '../../platform/database/staging.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { type Span, type Succession, succeed } from './calc/succession.ts'
import { lockTree } from './store-teams.ts'

type Kind = 'sellers' | 'teams'

const mentioned = (alias: string, kind: string, column: string) => sql`
  LEFT JOIN import_mention ${sql.ref(alias)} ON ${sql.ref(`${alias}.org_id`)} = r.org_id AND ${sql.ref(`${alias}.batch_id`)} = r.batch_id
    AND ${sql.ref(`${alias}.kind`)} = ${sql.lit(kind)} AND ${sql.ref(`${alias}.key`)} COLLATE "C" = ${sql.ref(`r.${column}`)}`

/**
 * Notes which nodes of the tree the names of teams and offices mean. A name that stands both for a
 * team and for an office in the same file means two nodes.
 */
export async function resolveTeamMentions(tx: Tx, batchId: string): Promise<void> {
  const node = (condition: RawBuilder<unknown>, first: string) => sql`(
    SELECT t.id FROM team t WHERE t.org_id = m.org_id AND t.name_key COLLATE "C" = m.key AND t.state <> 'removed' AND ${condition}
    ORDER BY (t.kind = ${sql.lit(first)}) DESC, t.state COLLATE "C", t.id LIMIT 1)`
  const alias = sql`(SELECT t.id FROM alias a JOIN team t ON t.org_id = a.org_id AND t.id = a.entity_id AND t.state <> 'removed'
    WHERE a.org_id = m.org_id AND a.entity = 'team' AND a.key COLLATE "C" = m.key AND a.state <> 'removed' LIMIT 1)`
  const alsoOffice = sql`EXISTS (SELECT 1 FROM import_mention x WHERE x.org_id = m.org_id AND x.batch_id = m.batch_id
    AND x.kind = 'office' AND x.key COLLATE "C" = m.key)`
  await tx.run(sql`
    UPDATE import_mention m SET record_id = CASE m.kind
      WHEN 'office' THEN coalesce(${node(sql`t.kind <> 'team'`, 'office')}, ${alias})
      WHEN 'parent' THEN coalesce(${node(sql`true`, 'office')}, ${alias})
      ELSE coalesce(${node(sql`(t.kind = 'team' OR NOT ${alsoOffice})`, 'team')}, ${alias}) END
    WHERE m.org_id = ${tx.orgId} AND m.batch_id = ${batchId} AND m.kind IN ('team', 'office', 'parent')`)
}

/** What a seller's row says beyond the seller: a team that is not the one there is, a new lead or office. */
function sellerTouched(present: ReadonlySet<string>): RawBuilder<unknown> {
  const conditions = [sql`false`]
  conditions.push(sql`(r.team IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM membership b WHERE b.org_id = r.org_id AND b.change_out IS NULL AND b.kind = 'member' AND b.seller_id = r.target_id
      AND b.valid_until = DATE '9999-12-31' AND b.team_id = coalesce(m_team.record_id, m_team.id)
      AND (r.opened_on IS NULL OR r.opened_on = b.valid_from)))`)
  if (present.has('manager'))
    conditions.push(leadDiffers(sql`coalesce(m_team.record_id, m_team.id)`))
  if (present.has('office')) {
    conditions.push(sql`(r.office IS NOT NULL AND m_team.record_id IS NOT NULL AND m_team.record_id IS DISTINCT FROM m_office.record_id AND NOT EXISTS (
      SELECT 1 FROM team n WHERE n.org_id = r.org_id AND n.id = m_team.record_id AND n.parent_id = coalesce(m_office.record_id, m_office.id)))`)
  }
  return sql`(${sql.join(conditions, sql` OR `)})`
}

function leadDiffers(team: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(r.manager IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM membership b WHERE b.org_id = r.org_id AND b.change_out IS NULL AND b.kind = 'lead' AND b.team_id = ${team}
      AND b.valid_until = DATE '9999-12-31' AND b.person_id = coalesce(m_person.record_id, m_person.id)))`
}

function wantedSellers(tx: Tx, batchId: string, present: ReadonlySet<string>) {
  const columns: Record<string, RawBuilder<unknown>> = {}
  if (present.has('email')) columns.email = sql`r.fields ->> 'email'`
  if (present.has('hired_on')) columns.hired_on = sql`(r.fields ->> 'hired_on')::date`
  if (present.has('left_on')) columns.left_on = sql`(r.fields ->> 'left_on')::date`
  const joins = sql`${mentioned('m_team', 'team', 'team')} ${mentioned('m_office', 'office', 'office')} ${mentioned('m_person', 'person', 'manager')}`
  return stagedRecords(tx.orgId, batchId, 'seller', columns, {
    touched: sellerTouched(present),
    joins,
  })
}

function wantedTeams(tx: Tx, batchId: string, present: ReadonlySet<string>) {
  const given = present.has('kind') ? sql`r.fields ->> 'kind'` : sql`NULL`
  const conditions = [sql`false`]
  if (present.has('manager')) conditions.push(leadDiffers(sql`r.target_id`))
  if (present.has('parent')) {
    conditions.push(
      sql`(r.parent IS NOT NULL AND t.parent_id IS DISTINCT FROM coalesce(m_parent.record_id, m_parent.id))`,
    )
  }
  return stagedRecords(
    tx.orgId,
    batchId,
    'team',
    { kind: sql`coalesce(${given}, t.kind, 'team')` },
    {
      touched: sql`(${sql.join(conditions, sql` OR `)})`,
      joins: sql`${mentioned('m_parent', 'parent', 'parent')} ${mentioned('m_person', 'person', 'manager')}`,
    },
  )
}

export function countTeamRows(
  tx: Tx,
  batchId: string,
  kind: Kind,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return kind === 'sellers'
    ? countRecords(tx, 'seller', wantedSellers(tx, batchId, present))
    : countRecords(tx, 'team', wantedTeams(tx, batchId, present))
}

/** Sellers or teams themselves; tree, leads and memberships follow with {@link arrangeTeams}. */
export function importTeamRows(
  tx: WriteTx,
  batchId: string,
  kind: Kind,
  present: ReadonlySet<string>,
): Promise<RecordCounts> {
  return kind === 'sellers'
    ? writeRecords(tx, 'seller', wantedSellers(tx, batchId, present))
    : writeRecords(tx, 'team', wantedTeams(tx, batchId, present))
}

/**
 * After every name has its record: hangs teams below their offices or parents, and sets who leads and
 * who belongs to them. Where rows contradict each other the first one counts.
 */
export async function arrangeTeams(
  tx: WriteTx,
  batchId: string,
  kind: Kind,
  today: string,
): Promise<number> {
  await lockTree(tx)
  const below =
    kind === 'sellers'
      ? sql`SELECT DISTINCT ON (m_team.record_id) m_team.record_id AS id, m_office.record_id AS parent_id
          FROM import_row r ${mentioned('m_team', 'team', 'team')} ${mentioned('m_office', 'office', 'office')}
          WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND m_team.record_id IS NOT NULL AND m_office.record_id IS NOT NULL
          ORDER BY m_team.record_id, r.line`
      : sql`SELECT r.target_id AS id, m_parent.record_id AS parent_id FROM import_row r ${mentioned('m_parent', 'parent', 'parent')}
          WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND m_parent.record_id IS NOT NULL`
  const moved = await hang(tx, below)
  const team = kind === 'sellers' ? sql`m_team.record_id` : sql`r.target_id`
  const leads = await tx.rows<Holder>(sql`
    SELECT DISTINCT ON (${team}) ${team} AS holder, m_person.record_id AS target, NULL AS valid_from
    FROM import_row r ${mentioned('m_team', 'team', 'team')} ${mentioned('m_person', 'person', 'manager')}
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND ${team} IS NOT NULL AND m_person.record_id IS NOT NULL
    ORDER BY ${team}, r.line`)
  const led = await setSpans(tx, 'lead', leads, today)
  if (kind === 'teams') return moved + led
  const members = await tx.rows<Holder>(sql`
    SELECT r.target_id AS holder, m_team.record_id AS target, r.opened_on AS valid_from
    FROM import_row r ${mentioned('m_team', 'team', 'team')}
    WHERE r.org_id = ${tx.orgId} AND r.batch_id = ${batchId} AND m_team.record_id IS NOT NULL
      AND r.known_by IS DISTINCT FROM 'merged' ORDER BY r.target_id`)
  return moved + led + (await setSpans(tx, 'member', members, today))
}

/** Hangs teams below others; one that would come to hang below itself stays where it is. */
async function hang(tx: WriteTx, below: RawBuilder<unknown>): Promise<number> {
  const { updated } = await writeRecords(tx, 'team', {
    columns: ['parent_id'],
    source: sql`
      WITH RECURSIVE below AS MATERIALIZED (${below}),
      tree (id, parent_id) AS (
        SELECT t.id, coalesce(b.parent_id, t.parent_id) FROM team t LEFT JOIN below b ON b.id = t.id WHERE t.org_id = ${tx.orgId}
      ), up (id, ancestor) AS (
        SELECT b.id, b.parent_id FROM below b
        UNION SELECT u.id, e.parent_id FROM up u JOIN tree e ON e.id = u.ancestor WHERE e.parent_id IS NOT NULL
      )
      SELECT b.id, false AS touched, b.parent_id FROM below b WHERE NOT EXISTS (SELECT 1 FROM up u WHERE u.id = b.id AND u.ancestor = b.id)`,
  })
  return updated
}

interface Holder {
  holder: string
  target: string
  valid_from: string | null
}

/** Members: the holder is the seller and the target the team; leads: the team and the person. */
async function setSpans(
  tx: WriteTx,
  kind: 'member' | 'lead',
  wanted: readonly Holder[],
  today: string,
): Promise<number> {
  const [holder, target] = kind === 'member' ? ['seller_id', 'team_id'] : ['team_id', 'person_id']
  const open = await tx.rows<Span & { holder: string }>(sql`
    SELECT id, version, ${sql.ref(holder)} AS holder, ${sql.ref(target)} AS target, valid_from AS "from", valid_until AS "until"
    FROM membership WHERE org_id = ${tx.orgId} AND change_out IS NULL AND kind = ${kind}
      AND ${sql.ref(holder)} = ANY(${wanted.map((one) => one.holder)}::uuid[]) ORDER BY id FOR UPDATE`)
  const spans = Map.groupBy(open, (span) => span.holder)
  const close: Succession['close'] = []
  const put: (Succession['put'][number] & { id: string; holder: string })[] = []
  for (const one of wanted) {
    const change = succeed(spans.get(one.holder) ?? [], one.target, one.valid_from, today)
    close.push(...change.close)
    put.push(
      ...change.put.map((span) => ({ ...span, id: span.id ?? tx.newId(), holder: one.holder })),
    )
  }
  if (put.length === 0) return 0
  await tx.run(sql`
    UPDATE membership m SET change_out = ${tx.changeId} FROM unnest(${close.map((one) => one.id)}::uuid[]) AS gone (id)
    WHERE m.org_id = ${tx.orgId} AND m.id = gone.id AND m.change_out IS NULL`)
  await tx.run(sql`
    INSERT INTO membership (org_id, id, version, change_in, kind, ${sql.ref(holder)}, ${sql.ref(target)}, valid_from, valid_until)
    SELECT ${tx.orgId}, e.id, e.version, ${tx.changeId}, ${kind}, e.holder, e.target, e."from", e."until"
    FROM jsonb_to_recordset(${JSON.stringify(put)}::jsonb) AS e (id uuid, version int, holder uuid, target uuid, "from" date, "until" date)`)
  return put.length
}

/** Sellers that rows mention and nobody knows. */
export function makeMentionedSellers(tx: WriteTx, batchId: string): Promise<number> {
  return makeMentioned(tx, batchId, 'seller', 'seller')
}

/** People who lead teams and whom nobody knows. */
export function makeMentionedPeople(tx: WriteTx, batchId: string): Promise<number> {
  return makeMentioned(tx, batchId, 'person', 'person')
}

/** Positions that rows mention and nobody knows; which team they belong to is said later. */
export function makeMentionedPositions(tx: WriteTx, batchId: string): Promise<number> {
  return makeMentioned(tx, batchId, 'position', 'position')
}

/** Offices, then teams and parents that nobody knows; the rows of the file itself have their records by now. */
export async function makeMentionedTeams(tx: WriteTx, batchId: string): Promise<number> {
  await lockTree(tx)
  await resolveTeamMentions(tx, batchId)
  let made = 0
  for (const kind of ['office', 'team', 'parent']) {
    const first = kind === 'office' ? 'office' : kind === 'team' ? 'team' : 'office'
    made += await makeMentioned(tx, batchId, kind, 'team', {
      kind: sql`coalesce(m.detail, ${sql.lit(first)})`,
    })
  }
  return made
}

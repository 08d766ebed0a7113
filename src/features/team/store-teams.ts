// The team tree and who was where when: reading it, and cutting memberships so that none overlap.
import { type RawBuilder, sql } from 'kysely'
import type { Days } from '../../basics/days.ts'
import { Refusal } from '../../basics/refusal.ts'
import { closeFact, insertFact, replaceFact } from '../../platform/database/facts.ts'
import { lockRecord, notFound } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { asNamed, type Named } from './store.ts'

export interface Team {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  kind: 'company' | 'office' | 'team'
  parent: Named | null
  lead: Named | null
  memberCount: number
}

interface TeamRow {
  id: string
  version: number
  state: 'active' | 'archived'
  name: string
  kind: Team['kind']
  parent_id: string | null
  parent_name: string | null
  lead_id: string | null
  lead_name: string | null
  member_count: number
}

function teamFromRow(row: TeamRow): Team {
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    name: row.name,
    kind: row.kind,
    parent: asNamed(row.parent_id, row.parent_name),
    lead: asNamed(row.lead_id, row.lead_name),
    memberCount: row.member_count,
  }
}

/** Teams that satisfy the condition on `t`, parents before children, lead and members as of `day`. */
async function teamsWhere(tx: Tx, day: string, condition: RawBuilder<unknown>): Promise<Team[]> {
  const rows = await tx.rows<TeamRow>(sql`
    WITH RECURSIVE tree (id, path) AS (
      SELECT id, ARRAY[name_key || ' ' || id::text] FROM team WHERE org_id = ${tx.orgId} AND parent_id IS NULL
      UNION ALL
      SELECT c.id, tree.path || (c.name_key || ' ' || c.id::text) FROM team c JOIN tree ON c.parent_id = tree.id
      WHERE c.org_id = ${tx.orgId} AND cardinality(tree.path) < 100
    )
    SELECT t.id, t.version, t.state, t.name, t.kind, t.parent_id, parent.name AS parent_name,
      l.person_id AS lead_id, p.name AS lead_name,
      (SELECT count(*) FROM membership m WHERE m.org_id = ${tx.orgId} AND m.change_out IS NULL AND m.team_id = t.id
        AND m.kind = 'member' AND m.valid_from <= ${day} AND m.valid_until > ${day}) AS member_count
    FROM team t JOIN tree ON tree.id = t.id
    LEFT JOIN team parent ON parent.org_id = ${tx.orgId} AND parent.id = t.parent_id
    LEFT JOIN membership l ON l.org_id = ${tx.orgId} AND l.change_out IS NULL AND l.team_id = t.id
      AND l.kind = 'lead' AND l.valid_from <= ${day} AND l.valid_until > ${day}
    LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = l.person_id
    WHERE t.org_id = ${tx.orgId} AND ${condition} ORDER BY tree.path COLLATE "C"`)
  return rows.map(teamFromRow)
}

export function listTeams(tx: Tx, day: string, state: 'active' | 'archived'): Promise<Team[]> {
  return teamsWhere(tx, day, sql`t.state = ${state}`)
}

/** One team; refuses `team.not_found`. */
export async function readTeam(tx: Tx, day: string, id: string): Promise<Team> {
  const [found] = await teamsWhere(tx, day, sql`t.id = ${id} AND t.state <> 'removed'`)
  if (!found) throw notFound('team')
  return found
}

/** Whether `id` is `below` or one of the teams above it: hanging `id` under `below` would close a circle. */
export async function isAtOrAbove(tx: Tx, id: string, below: string): Promise<boolean> {
  const row = await tx.first<{ above: boolean }>(sql`
    WITH RECURSIVE up (id, parent_id) AS (
      SELECT id, parent_id FROM team WHERE org_id = ${tx.orgId} AND id = ${below}
      UNION
      SELECT t.id, t.parent_id FROM team t JOIN up ON t.id = up.parent_id WHERE t.org_id = ${tx.orgId}
    ) SELECT EXISTS (SELECT 1 FROM up WHERE id = ${id}) AS above`)
  return row?.above ?? false
}

/** Serialises writers of the tree: two moves that are harmless alone can close a circle together. */
export async function lockTree(tx: WriteTx): Promise<void> {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${tx.orgId} team tree`}, 0))`)
}

/** Whether somebody is in the team on `day` or later, or an active team or position hangs below it. */
export async function isInUse(tx: Tx, id: string, day: string): Promise<boolean> {
  const row = await tx.first<{ used: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM membership WHERE org_id = ${tx.orgId} AND change_out IS NULL AND team_id = ${id}
        AND kind = 'member' AND valid_until > ${day})
      OR EXISTS (SELECT 1 FROM team WHERE org_id = ${tx.orgId} AND parent_id = ${id} AND state = 'active')
      OR EXISTS (SELECT 1 FROM position WHERE org_id = ${tx.orgId} AND team_id = ${id} AND state = 'active') AS used`)
  return row?.used ?? false
}

export interface Membership {
  id: string
  version: number
  kind: 'member' | 'lead'
  team: Named
  seller: Named | null
  person: Named | null
  validFrom: string
  validUntil: string
}

interface MembershipRow {
  id: string
  version: number
  kind: 'member' | 'lead'
  team_id: string
  team_name: string | null
  seller_id: string | null
  seller_name: string | null
  person_id: string | null
  person_name: string | null
  valid_from: string
  valid_until: string
}

/** Memberships of a team or a seller, newest first. */
export async function membershipsOf(
  tx: Tx,
  of: { teamId: string } | { sellerId: string },
): Promise<Membership[]> {
  const condition =
    'teamId' in of ? sql`m.team_id = ${of.teamId}` : sql`m.seller_id = ${of.sellerId}`
  const rows = await tx.rows<MembershipRow>(sql`
    SELECT m.id, m.version, m.kind, m.team_id, t.name AS team_name, m.seller_id, s.name AS seller_name,
      m.person_id, p.name AS person_name, m.valid_from, m.valid_until
    FROM membership m
    LEFT JOIN team t ON t.org_id = ${tx.orgId} AND t.id = m.team_id
    LEFT JOIN seller s ON s.org_id = ${tx.orgId} AND s.id = m.seller_id
    LEFT JOIN person p ON p.org_id = ${tx.orgId} AND p.id = m.person_id
    WHERE m.org_id = ${tx.orgId} AND m.change_out IS NULL AND ${condition}
    ORDER BY m.kind, m.valid_from DESC, m.id`)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    kind: row.kind,
    team: { id: row.team_id, name: row.team_name ?? '' },
    seller: asNamed(row.seller_id, row.seller_name),
    person: asNamed(row.person_id, row.person_name),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }))
}

export type Place =
  | { kind: 'member'; teamId: string; sellerId: string }
  | { kind: 'lead'; teamId: string; personId: string }

/**
 * Puts a seller into a team, or a person at its head, for the span. A seller is in one team at a time
 * and a team has one lead at a time: what overlaps is cut, split or ended as new versions.
 * Refuses `team.not_found`, `seller.not_found`, `person.not_found`, `membership.backwards`.
 */
export async function setMembership(tx: WriteTx, place: Place, span: Days): Promise<string> {
  if (span.from >= span.until) throw backwards()
  // Whoever puts the same seller, or somebody at the head of the same team, elsewhere waits here.
  await lockRecord(tx, 'team', place.teamId)
  if (place.kind === 'member') await lockRecord(tx, 'seller', place.sellerId)
  else await lockRecord(tx, 'person', place.personId)
  const same =
    place.kind === 'member' ? sql`seller_id = ${place.sellerId}` : sql`team_id = ${place.teamId}`
  const overlapping = await tx.rows<{
    id: string
    version: number
    valid_from: string
    valid_until: string
  }>(sql`
    SELECT id, version, valid_from, valid_until FROM membership
    WHERE org_id = ${tx.orgId} AND change_out IS NULL AND kind = ${place.kind} AND ${same}
      AND valid_from < ${span.until} AND valid_until > ${span.from} ORDER BY id`)
  for (const row of overlapping) {
    const before = row.valid_from < span.from
    const after = row.valid_until > span.until
    if (before) await replaceFact(tx, 'membership', row.id, { valid_until: span.from }, row.version)
    else if (after)
      await replaceFact(tx, 'membership', row.id, { valid_from: span.until }, row.version)
    else await closeFact(tx, 'membership', row.id, row.version)
    if (before && after) await continueAfter(tx, row.id, span.until, row.valid_until)
  }
  return insertFact(tx, 'membership', {
    team_id: place.teamId,
    kind: place.kind,
    seller_id: place.kind === 'member' ? place.sellerId : null,
    person_id: place.kind === 'lead' ? place.personId : null,
    valid_from: span.from,
    valid_until: span.until,
  })
}

/** The part of a membership that goes on after a span was cut out of its middle. */
async function continueAfter(tx: WriteTx, id: string, from: string, until: string): Promise<void> {
  await tx.run(sql`
    INSERT INTO membership (org_id, id, version, change_in, team_id, kind, seller_id, person_id, valid_from, valid_until)
    SELECT org_id, ${tx.newId()}::uuid, 1, ${tx.changeId}::uuid, team_id, kind, seller_id, person_id, ${from}::date, ${until}::date
    FROM membership WHERE org_id = ${tx.orgId} AND id = ${id} AND change_out IS NULL`)
}

/** Ends a membership on a day. Refuses `membership.not_found`, `membership.backwards`, `record.changed`. */
export async function endMembership(
  tx: WriteTx,
  id: string,
  on: string,
  version?: number,
): Promise<number> {
  const row = await tx.first<{ valid_from: string; valid_until: string }>(sql`
    SELECT valid_from, valid_until FROM membership WHERE org_id = ${tx.orgId} AND id = ${id} AND change_out IS NULL`)
  if (!row) throw notFound('membership')
  // A later end could run into what came after; that is what memberships.set is for.
  if (on <= row.valid_from || on > row.valid_until) throw backwards()
  return replaceFact(tx, 'membership', id, { valid_until: on }, version)
}

function backwards(): Refusal {
  return new Refusal({
    code: 'membership.backwards',
    message: 'The end must come after the beginning, and not after the end that was set before.',
    field: 'validUntil',
    next: 'Choose another day.',
    status: 422,
  })
}

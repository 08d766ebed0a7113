// The SQL of calendars: what calendars say, days that are not as usual, who was in which team.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type {
  CalendarBook,
  CalendarEntry,
  CalendarException,
  HoursOfDay,
  Place,
  Whose,
} from './calc/calendar-book.ts'
import { placesOf } from './calc/calendar-book.ts'
import { holidaysBetween } from './holidays.ts'

export interface CalendarRow {
  id: string
  version: number
  owner: Whose['kind']
  owner_id: string
  valid_from: Day
  place: Place | null
  weekdays: number[] | null
  hours: HoursOfDay[] | null
}

export interface ExceptionRow {
  id: string
  version: number
  owner: Whose['kind']
  owner_id: string
  valid_from: Day
  valid_until: Day
  kind: 'off' | 'works'
  share: number
  reason: string | null
}

interface MembershipRow {
  seller_id: string
  team_id: string
  valid_from: Day
  valid_until: Day
}

const calendarColumns = sql`id, version, owner, owner_id, valid_from, place, weekdays, hours`
const exceptionColumns = sql`id, version, owner, owner_id, valid_from, valid_until, kind, share::float8 AS share, reason`

/** Those of the organisation, of all teams, and of the sellers asked for. */
function ofOwners(tx: Tx, sellers: readonly string[]): RawBuilder<unknown> {
  return sql`org_id = ${tx.orgId} AND state = 'active' AND (owner <> 'seller' OR owner_id = ANY (${sellers}::uuid[]))`
}

export function listCalendars(tx: Tx, sellers: readonly string[]): Promise<CalendarRow[]> {
  return tx.rows<CalendarRow>(sql`
    SELECT ${calendarColumns} FROM work_calendar WHERE ${ofOwners(tx, sellers)} ORDER BY owner_id, valid_from`)
}

/** Exceptions that touch [from, until). */
export function listExceptions(
  tx: Tx,
  sellers: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<ExceptionRow[]> {
  return tx.rows<ExceptionRow>(sql`
    SELECT ${exceptionColumns} FROM calendar_exception WHERE ${ofOwners(tx, sellers)}
      AND valid_from < ${until}::date AND valid_until > ${from}::date
    ORDER BY owner_id, valid_from, id`)
}

/** What one owner's calendar says, or those of the organisation and all teams; in order of their days. */
export function calendarsOf(tx: Tx, ownerId?: string): Promise<CalendarRow[]> {
  const whose = ownerId === undefined ? sql`owner <> 'seller'` : sql`owner_id = ${ownerId}`
  return tx.rows<CalendarRow>(sql`
    SELECT ${calendarColumns} FROM work_calendar WHERE org_id = ${tx.orgId} AND state = 'active' AND ${whose}
    ORDER BY owner, owner_id, valid_from`)
}

export function calendarById(tx: Tx, id: string): Promise<CalendarRow | undefined> {
  return tx.first<CalendarRow>(sql`
    SELECT ${calendarColumns} FROM work_calendar WHERE org_id = ${tx.orgId} AND id = ${id} AND state = 'active'`)
}

export function exceptionById(tx: Tx, id: string): Promise<ExceptionRow | undefined> {
  return tx.first<ExceptionRow>(sql`
    SELECT ${exceptionColumns} FROM calendar_exception WHERE org_id = ${tx.orgId} AND id = ${id} AND state = 'active'`)
}

export function exceptionsOf(tx: Tx, ids: readonly string[]): Promise<ExceptionRow[]> {
  return tx.rows<ExceptionRow>(sql`
    SELECT ${exceptionColumns} FROM calendar_exception WHERE org_id = ${tx.orgId} AND id = ANY (${ids}::uuid[])
    ORDER BY valid_from, id`)
}

export async function countExceptions(tx: Tx, ownerId: string): Promise<number> {
  const row = await tx.first<{ n: number }>(sql`
    SELECT count(*)::int4 AS n FROM calendar_exception WHERE org_id = ${tx.orgId} AND owner_id = ${ownerId} AND state = 'active'`)
  return row?.n ?? 0
}

/** Name of a team or seller that is there; of the organisation its own. */
export async function nameOfOwner(
  tx: Tx,
  { kind, id }: { kind: Whose['kind']; id: string },
): Promise<string | undefined> {
  const from = {
    organisation: sql`SELECT name FROM org WHERE org_id = ${tx.orgId}`,
    team: sql`SELECT name FROM team WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`,
    seller: sql`SELECT name FROM seller WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`,
  } as const
  return (await tx.first<{ name: string }>(sql`${from[kind]}`))?.name
}

/** Names of owners by their ids, removed ones too. */
export async function ownerNames(
  tx: Tx,
  rows: readonly { owner_id: string }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(({ owner_id }) => owner_id))]
  const found = await tx.rows<{ id: string; name: string }>(sql`
    SELECT org_id AS id, name FROM org WHERE org_id = ${tx.orgId} AND org_id = ANY (${ids}::uuid[])
    UNION ALL SELECT id, name FROM team WHERE org_id = ${tx.orgId} AND id = ANY (${ids}::uuid[])
    UNION ALL SELECT id, name FROM seller WHERE org_id = ${tx.orgId} AND id = ANY (${ids}::uuid[])`)
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** All that working time of these sellers, of any team and of the organisation is reckoned from. */
export async function readBook(
  tx: Tx,
  sellers: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<CalendarBook> {
  const calendars = (await listCalendars(tx, sellers)).map(entryOf)
  const exceptions = (await listExceptions(tx, sellers, { from, until })).map(exceptionOf)
  const teams = await tx.rows<{ id: string; parent_id: string | null }>(sql`
    SELECT id, parent_id FROM team WHERE org_id = ${tx.orgId} AND state <> 'removed'`)
  const members = await tx.rows<MembershipRow>(sql`
    SELECT seller_id, team_id, valid_from, valid_until FROM membership
    WHERE org_id = ${tx.orgId} AND change_out IS NULL AND kind = 'member' AND seller_id = ANY (${sellers}::uuid[])
      AND valid_from < ${until}::date AND valid_until > ${from}::date`)
  const memberships = Map.groupBy(
    members.map((row) => ({
      sellerId: row.seller_id,
      teamId: row.team_id,
      from: row.valid_from,
      until: row.valid_until,
    })),
    ({ sellerId }) => sellerId,
  )
  return {
    orgId: tx.orgId,
    entries: Map.groupBy(calendars, ({ ownerId }) => ownerId),
    exceptions: Map.groupBy(exceptions, ({ ownerId }) => ownerId),
    parents: new Map(teams.map(({ id, parent_id }) => [id, parent_id])),
    memberships,
    holidays: await holidaysBetween(placesOf(calendars), from, until),
  }
}

function entryOf(row: CalendarRow): CalendarEntry {
  return {
    ownerId: row.owner_id,
    validFrom: row.valid_from,
    place: row.place,
    weekdays: row.weekdays,
    hours: row.hours,
  }
}

function exceptionOf(row: ExceptionRow): CalendarException {
  return {
    id: row.id,
    ownerId: row.owner_id,
    from: row.valid_from,
    until: row.valid_until,
    kind: row.kind,
    share: row.share,
    reason: row.reason,
  }
}

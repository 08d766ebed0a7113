// The SQL of calendars: what calendars say, days that are not as usual, who was in which team.
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type {
  CalendarBook,
  CalendarEntry,
  CalendarException,
  HoursOfDay,
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
  country: string | null
  region: string | null
  subregion: string | null
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

/** Those of the organisation, of all teams, and of the sellers asked for. */
function ofOwners(tx: Tx, sellers: readonly string[]): RawBuilder<unknown> {
  return sql`org_id = ${tx.orgId} AND state = 'active' AND (owner <> 'seller' OR owner_id = ANY (${sellers}::uuid[]))`
}

export function listCalendars(tx: Tx, sellers: readonly string[]): Promise<CalendarRow[]> {
  return tx.rows<CalendarRow>(sql`
    SELECT id, version, owner, owner_id, valid_from, country, region, subregion, weekdays, hours
    FROM work_calendar WHERE ${ofOwners(tx, sellers)} ORDER BY owner_id, valid_from`)
}

/** Exceptions that touch [from, until). */
export function listExceptions(
  tx: Tx,
  sellers: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<ExceptionRow[]> {
  return tx.rows<ExceptionRow>(sql`
    SELECT id, version, owner, owner_id, valid_from, valid_until, kind, share::float8 AS share, reason
    FROM calendar_exception WHERE ${ofOwners(tx, sellers)}
      AND valid_from < ${until}::date AND valid_until > ${from}::date
    ORDER BY owner_id, valid_from, id`)
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
    place:
      row.country === null
        ? null
        : {
            country: row.country,
            region: row.region ?? undefined,
            subregion: row.subregion ?? undefined,
          },
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

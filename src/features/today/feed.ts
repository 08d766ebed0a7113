// What a calendar program gets under the secret address: planned activities and goals of the person it belongs to.
import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../basics/ids.ts'
import { addDays } from '../../basics/period.ts'
import type { Database } from '../../platform/database/with-org.ts'
import { listPlannedOf, type PlannedRow } from '../activities/door.ts'
import { businessHours } from '../calendars/door.ts'
import { type GoalDay, goalDays } from '../goals/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { type CalendarEvent, calendarText } from './calc/ics.ts'
import { hashOf } from './operations.ts'
import { feedWithHash, sellerOfPerson } from './store.ts'
import { feedWords } from './texts-feed.ts'

/** What was planned for longer ago, and still is not done, is not in the calendar's past any more. */
const daysBack = 90
const eventsMost = 2_000

/** The calendar behind a word; undefined where there is none, whatever the reason. */
export async function calendarFeed(
  { db, clock }: { db: Database; clock: Clock },
  token: string,
  address: string,
): Promise<string | undefined> {
  const hash = hashOf(token)
  const found = await feedWithHash(db, hash)
  // The row was found by the hash; comparing again costs the same whatever stands in it.
  if (!found || !timingSafeEqual(Buffer.from(found.hash), Buffer.from(hash))) return undefined
  return db.read(found, async (tx) => {
    const { zone, slug, locale } = await settingsOf(tx)
    const seller = await sellerOfPerson(tx)
    const from = addDays(today(clock, zone), -daysBack)
    const asked = { from, limit: eventsMost }
    const rows = seller ? await listPlannedOf(tx, seller.id, asked) : []
    const goals = seller ? await goalDays(tx, { sellerId: seller.id, ...asked }) : []
    const home = `${address}/${slug}`
    const events = [
      ...rows.map((row) => eventOf(row, locale, home)),
      ...goals.map((row) => goalEvent(row, locale, home)),
    ]
    const days = events.map(({ day }) => day)
    const hours = seller
      ? await businessHours(tx, { kind: 'seller', id: seller.id }, days)
      : undefined
    return calendarText({
      name: `Kontor · ${seller?.name ?? slug}`,
      at: new Date(clock()).toISOString(),
      events: events.map((event) => {
        const opens = hours?.get(event.day)?.from
        // Nobody is reminded on a day off.
        return opens === undefined ? event : { ...event, remindAt: minutesOf(opens) }
      }),
    })
  })
}

const minutesOf = (time: string) => 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5))

function eventOf(row: PlannedRow, locale: 'en' | 'de', address: string): CalendarEvent {
  const words = feedWords[locale]
  const whom = row.contact ?? row.customer
  const path = row.deal_id ? `deals/${row.deal_id}` : 'activities?is=planned'
  return {
    uid: `${row.id}@kontor`,
    day: row.due_on,
    summary: `${words[row.kind]}: ${row.subject}${whom ? ` (${whom})` : ''}`,
    description: [row.customer, row.contact, row.note].filter(Boolean).join('\n'),
    url: `${address}/${path}`,
    sequence: row.version - 1,
  }
}

function goalEvent(row: GoalDay, locale: 'en' | 'de', address: string): CalendarEvent {
  return {
    uid: `${row.id}-${row.part}@kontor`,
    day: row.day,
    summary: `${feedWords[locale][row.kind]}: ${row.name}`,
    url: `${address}/goals/${row.id}`,
    sequence: row.version - 1,
  }
}

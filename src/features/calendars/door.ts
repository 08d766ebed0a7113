// What later features may use of calendars: working time of anybody, and what it adds up to.
import { addDays, type Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type HoursOfDay, hoursFor, timeFor, type Whose } from './calc/calendar-book.ts'
import type { WorkingTime } from './calc/working-days.ts'
import { readBook } from './store.ts'

export type { Whose } from './calc/calendar-book.ts'
export { dayCounter, type WorkingTime, workingDays } from './calc/working-days.ts'

/** Working time of the organisation, a team or a seller in [from, until), with all that counts there. */
export async function workingTime(tx: Tx, who: Whose, from: Day, until: Day): Promise<WorkingTime> {
  const book = await readBook(tx, who.kind === 'seller' ? [who.id] : [], { from, until })
  return timeFor(book, who, from, until)
}

/** The same for several at once: calendars and holidays are read once. In the order of `whose`. */
export async function workingTimes(
  tx: Tx,
  whose: readonly Whose[],
  from: Day,
  until: Day,
): Promise<WorkingTime[]> {
  const sellers = whose.flatMap((who) => (who.kind === 'seller' ? [who.id] : []))
  return whose.map(await workingTimeOf(tx, sellers, { from, until }))
}

/** The same one by one as it is asked for: of these sellers, of any team and of the organisation. */
export async function workingTimeOf(
  tx: Tx,
  sellers: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<(who: Whose) => WorkingTime> {
  const book = await readBook(tx, sellers, { from, until })
  return (who) => timeFor(book, who, from, until)
}

/** Business hours of somebody on single days; null on days that are free, or closed. */
export async function businessHours(
  tx: Tx,
  who: Whose,
  days: readonly Day[],
): Promise<ReadonlyMap<Day, HoursOfDay>> {
  const wanted = [...new Set(days)].sort()
  const [first, last] = [wanted[0], wanted.at(-1)]
  if (first === undefined || last === undefined) return new Map()
  const span = { from: first, until: addDays(last, 1) }
  const book = await readBook(tx, who.kind === 'seller' ? [who.id] : [], span)
  return new Map(wanted.map((day) => [day, hoursFor(book, who, day)]))
}

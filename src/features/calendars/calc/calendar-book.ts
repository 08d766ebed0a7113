// How calendars come together: organisation, teams from above to below, and the seller, day by day.
import { addDays, type Day, daysBetween } from '../../../basics/period.ts'
import { asShare, type WorkingTime } from './working-days.ts'

/** Where public holidays are taken from; region and subregion by the codes of the country. */
export interface Place {
  country: string
  region?: string | undefined
  subregion?: string | undefined
}

/** Business hours of one weekday, `HH:MM`; null: closed. */
export type HoursOfDay = { from: string; until: string } | null

/** What one owner's calendar says from a day on, until the next entry of the same owner. Null: as above. */
export interface CalendarEntry {
  ownerId: string
  validFrom: Day
  place: Place | null
  /** Share of a working day, Monday to Sunday. */
  weekdays: readonly number[] | null
  hours: readonly HoursOfDay[] | null
}

/** Days on which an owner's calendar is not as usual; half-open. */
export interface CalendarException {
  id: string
  ownerId: string
  from: Day
  until: Day
  /** `off`: this share of the day is free. `works`: this share of a whole day is worked whatever else holds. */
  kind: 'off' | 'works'
  share: number
  reason: string | null
}

export interface Holiday {
  day: Day
  name: { en: string; de: string }
}

/** Whose calendar: the organisation's, a team's, or a seller's. */
export type Whose =
  | { kind: 'organisation' }
  | { kind: 'team'; id: string }
  | { kind: 'seller'; id: string }

/** Everything that working time is reckoned from. */
export interface CalendarBook {
  orgId: string
  /** By owner, in order of `validFrom`. */
  entries: ReadonlyMap<string, readonly CalendarEntry[]>
  exceptions: ReadonlyMap<string, readonly CalendarException[]>
  /** The team above a team. */
  parents: ReadonlyMap<string, string | null>
  /** Teams of a seller by time, half-open, not overlapping. */
  memberships: ReadonlyMap<string, readonly { teamId: string; from: Day; until: Day }[]>
  /** Public holidays by {@link placeKey} and day. */
  holidays: ReadonlyMap<string, ReadonlyMap<Day, Holiday>>
}

/** What one day is for somebody, and why. */
export interface DayTold {
  day: Day
  /** Share of a working day. */
  share: number
  /** What the weekday alone would be. */
  usual: number
  holiday: Holiday | null
  /** Exceptions that hold on this day, from the organisation to the seller. */
  exceptions: readonly CalendarException[]
}

const mondayToFriday = [1, 1, 1, 1, 1, 0, 0] as const
/** Nine to five while nobody has said otherwise. */
const usualHours: readonly HoursOfDay[] = mondayToFriday.map((share) =>
  share > 0 ? { from: '09:00', until: '17:00' } : null,
)

export function placeKey({ country, region, subregion }: Place): string {
  return [country, region ?? '', subregion ?? ''].join('|')
}

/** Owners whose calendars count for somebody on a day, the nearest first, the organisation last. */
export function ownersOn(book: CalendarBook, whose: Whose, day: Day): string[] {
  const owners: string[] = []
  let team: string | null | undefined
  if (whose.kind === 'seller') {
    owners.push(whose.id)
    team = book.memberships
      .get(whose.id)
      ?.find(({ from, until }) => from <= day && day < until)?.teamId
  } else if (whose.kind === 'team') team = whose.id
  // A tree that has come to hang below itself must not keep anybody waiting.
  while (team && !owners.includes(team)) {
    owners.push(team)
    team = book.parents.get(team)
  }
  return [...owners, book.orgId]
}

export interface Rules {
  place: Place | null
  weekdays: readonly number[]
  hours: readonly HoursOfDay[]
  /** Whose entry each part comes from; absent: nobody has set it. */
  from: { place?: string; weekdays?: string; hours?: string }
}

/** What holds for somebody on a day: each part from the nearest calendar that says it. */
export function rulesOn(book: CalendarBook, owners: readonly string[], day: Day): Rules {
  const rules: Rules = { place: null, weekdays: mondayToFriday, hours: usualHours, from: {} }
  for (const owner of owners.toReversed()) {
    const entry = book.entries.get(owner)?.findLast(({ validFrom }) => validFrom <= day)
    if (entry?.place) {
      rules.place = entry.place
      rules.from.place = owner
    }
    if (entry?.weekdays) {
      rules.weekdays = entry.weekdays
      rules.from.weekdays = owner
    }
    if (entry?.hours) {
      rules.hours = entry.hours
      rules.from.hours = owner
    }
  }
  return rules
}

/** Places whose public holidays are needed: all that any calendar of the book names. */
export function placesOf(entries: Iterable<CalendarEntry>): Place[] {
  const places = new Map<string, Place>()
  for (const { place } of entries) if (place) places.set(placeKey(place), place)
  return [...places.values()]
}

/** Monday 0 to Sunday 6. 1 January 2024 was a Monday. */
export function weekdayOf(day: Day): number {
  const days = daysBetween('2024-01-01', day)
  return ((days % 7) + 7) % 7
}

/**
 * One day. A public holiday is free. Then the exceptions count, from the organisation to the seller, so
 * that the nearer has the last word: `works` sets the share, `off` takes its part of what is left; two
 * halves of the same owner are a whole day.
 */
export function dayFor(book: CalendarBook, whose: Whose, day: Day): DayTold {
  const owners = ownersOn(book, whose, day)
  const { place, weekdays } = rulesOn(book, owners, day)
  const usual = weekdays[weekdayOf(day)] ?? 0
  const holiday = (place && book.holidays.get(placeKey(place))?.get(day)) ?? null
  let share = holiday ? 0 : usual
  const told: CalendarException[] = []
  for (const owner of owners.toReversed()) {
    const here = (book.exceptions.get(owner) ?? []).filter(
      ({ from, until }) => from <= day && day < until,
    )
    const works = here.filter(({ kind }) => kind === 'works').map((one) => one.share)
    if (works.length > 0) share = Math.max(...works)
    const off = here.filter(({ kind }) => kind === 'off').reduce((sum, one) => sum + one.share, 0)
    share *= 1 - Math.min(1, off)
    told.push(...here)
  }
  return { day, share: asShare(share), usual, holiday, exceptions: told }
}

/** Every day in [from, until). */
export function daysFor(book: CalendarBook, whose: Whose, from: Day, until: Day): DayTold[] {
  const count = Math.max(0, daysBetween(from, until))
  return Array.from({ length: count }, (_, i) => dayFor(book, whose, addDays(from, i)))
}

/** Business hours of a day on which somebody works; null where it is free, or closed. */
export function hoursFor(book: CalendarBook, whose: Whose, day: Day): HoursOfDay {
  if (dayFor(book, whose, day).share === 0) return null
  return rulesOn(book, ownersOn(book, whose, day), day).hours[weekdayOf(day)] ?? null
}

export function timeFor(book: CalendarBook, whose: Whose, from: Day, until: Day): WorkingTime {
  return { from, until, share: daysFor(book, whose, from, until).map(({ share }) => share) }
}

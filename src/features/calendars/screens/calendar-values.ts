// What the form of a calendar holds, from and to what the operation takes.
import type { Answer, Given } from '../../../web/client.ts'

type Rules = Answer<'calendars.days'>['rules']
export type Entry = Answer<'calendars.list'>['rows'][number]

export interface DayValues {
  /** In percent of a working day. */
  percent: number | undefined
  opens: string
  closes: string
}

export interface CalendarValues {
  from: string | undefined
  /** Whether each part is said here; else it is as in the calendar above. */
  ownPlace: boolean
  ownWeekdays: boolean
  ownHours: boolean
  country: string | undefined
  region: string
  subregion: string
  days: readonly DayValues[]
}

/** The entry that holds on a day: what a form begins with. */
export function entryOn(entries: readonly Entry[], day: string): Entry | undefined {
  return entries.findLast(({ from }) => from <= day)
}

/** Since ever is shown as an empty field. */
const sinceEver = '0001-01-01'
export const shownFrom = (from: string) => (from === sinceEver ? undefined : from)

export function valuesOf(
  entry: Entry | undefined,
  rules: Rules,
  organisation: boolean,
): CalendarValues {
  const place = entry?.place ?? rules.place?.value
  const weekdays = entry?.weekdays ?? rules.weekdays.value
  const hours = entry?.hours ?? rules.hours.value
  return {
    from: entry && shownFrom(entry.from),
    ownPlace: organisation || Boolean(entry?.place),
    ownWeekdays: organisation || Boolean(entry?.weekdays),
    ownHours: organisation || Boolean(entry?.hours),
    country: place?.country,
    region: place?.region ?? '',
    subregion: place?.subregion ?? '',
    days: weekdays.map((share, i) => ({
      percent: Math.round(share * 10_000) / 100,
      opens: hours[i]?.from ?? '',
      closes: hours[i]?.until ?? '',
    })),
  }
}

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text)

/** What is wrong with a weekday, by the field it is shown at. */
export function faultOf(day: DayValues): 'share' | 'time' | undefined {
  if (day.percent === undefined || day.percent < 0 || day.percent > 100) return 'share'
  const [opens, closes] = [day.opens.trim(), day.closes.trim()]
  if (opens === '' && closes === '') return undefined
  return isTime(opens) && isTime(closes) && opens < closes ? undefined : 'time'
}

export function inputOf(
  values: CalendarValues,
): Pick<Given<'calendars.set'>, 'from' | 'place' | 'weekdays' | 'hours'> {
  const { from, country, region, subregion, days } = values
  return {
    ...(from === undefined ? {} : { from }),
    place:
      values.ownPlace && country !== undefined
        ? {
            country,
            ...(region === '' ? {} : { region }),
            ...(region === '' || subregion === '' ? {} : { subregion }),
          }
        : null,
    weekdays: values.ownWeekdays ? days.map(({ percent }) => (percent ?? 0) / 100) : null,
    hours: values.ownHours
      ? days.map(({ opens, closes }) =>
          opens.trim() === '' ? null : { from: opens.trim(), until: closes.trim() },
        )
      : null,
  }
}

// Public holidays by country and region: the only file that knows the library they come from.
import type { Day } from '../../basics/period.ts'
import { addDays } from '../../basics/period.ts'
import { type Holiday, type Place, placeKey } from './calc/calendar-book.ts'

/** Its tables take a second of memory and time to load: only who needs a holiday waits for them. */
let loading: Promise<typeof import('date-holidays')> | undefined
const library = () => {
  loading ??= import('date-holidays')
  return loading
}

/** Years and places are few; a hostile caller cannot fill the memory with them either. */
const cachedMost = 2_000
const cache = new Map<string, readonly Holiday[]>()

/** Calendars of religions are known within these years; holidays of other years are none. */
const years = { first: 1900, last: 2199 }

const codeOf = ({ country, region, subregion }: Place): [string, string, string] => [
  country,
  region ?? '',
  subregion ?? '',
]

/** Public holidays of one calendar year, in order of their days. */
export async function holidaysIn(place: Place, year: number): Promise<readonly Holiday[]> {
  if (year < years.first || year > years.last) return []
  const key = `${placeKey(place)}|${year}`
  const known = cache.get(key)
  if (known) return known
  const { default: Holidays } = await library()
  const source = new Holidays(...codeOf(place), {
    types: ['public'],
    // Where German lacks a name English is better than a script few can read.
    languages: ['de', 'en'],
  })
  const german = source.getHolidays(year, 'de')
  const found = new Map<Day, Holiday>()
  for (const [i, { date, start, end, name }] of source.getHolidays(year, 'en').entries()) {
    const hours = (end.getTime() - start.getTime()) / 3_600_000
    for (const day of daysOf(date, hours)) {
      const before = found.get(day)
      const names = { en: name, de: german[i]?.name ?? name }
      found.set(day, {
        day,
        name: before
          ? { en: `${before.name.en}, ${names.en}`, de: `${before.name.de}, ${names.de}` }
          : names,
      })
    }
  }
  const holidays = [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
  if (cache.size >= cachedMost) cache.clear()
  cache.set(key, holidays)
  return holidays
}

/**
 * Days of a holiday: those whose noon it holds. It is told in local time as `2026-03-20 00:00:00 -0600`,
 * where the offset is hours before (a holiday that begins at sunset) or after midnight.
 */
export function daysOf(date: string, hours: number): Day[] {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d):\d\d(?: ([+-]\d\d)(\d\d))?$/.exec(date)
  if (!match?.[1]) return []
  const begins = Number(match[2]) + Number(match[3]) / 60 + Number(match[4] ?? 0)
  const first = Math.ceil((begins - 12) / 24)
  const days: Day[] = []
  for (let i = first; 24 * i + 12 < begins + hours; i++) days.push(addDays(match[1], i))
  return days
}

/** Holidays of several places in all years that [from, until) touches, by place and day. */
export async function holidaysBetween(
  places: readonly Place[],
  from: Day,
  until: Day,
): Promise<Map<string, Map<Day, Holiday>>> {
  const byPlace = new Map<string, Map<Day, Holiday>>()
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))]
  for (const place of places) {
    const days = new Map<Day, Holiday>()
    for (let year = first; year <= last; year++) {
      for (const one of await holidaysIn(place, year)) days.set(one.day, one)
    }
    byPlace.set(placeKey(place), days)
  }
  return byPlace
}

/** “Germany, Bavaria”, in both languages. */
export async function placeName(place: Place): Promise<{ en: string; de: string }> {
  const { default: Holidays } = await library()
  const known = new Holidays()
  const { country, region, subregion } = place
  const named = (language: 'en' | 'de') =>
    [
      countryName(language)(country) ?? country,
      region && (known.getStates(country, language)?.[region] ?? region),
      region &&
        subregion &&
        (known.getRegions(country, region, language)?.[subregion] ?? subregion),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(', ')
  return { en: named('en'), de: named('de') }
}

function countryName(language: 'en' | 'de'): (code: string) => string | undefined {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  return (code) => names.of(code)
}

/** Whether the library knows holidays of the place. */
export async function isPlace({ country, region, subregion }: Place): Promise<boolean> {
  const { default: Holidays } = await library()
  const known = new Holidays()
  if (!Object.hasOwn(known.getCountries(), country)) return false
  if (region === undefined) return subregion === undefined
  if (!Object.hasOwn(known.getStates(country) ?? {}, region)) return false
  if (subregion === undefined) return true
  return Object.hasOwn(known.getRegions(country, region) ?? {}, subregion)
}

interface Code {
  code: string
  name: string
}

/** Countries with holidays, and regions and subregions of what is chosen already. */
export async function placesBelow(
  place: { country?: string | undefined; region?: string | undefined },
  language: 'en' | 'de',
): Promise<{ countries: Code[]; regions: Code[]; subregions: Code[] }> {
  const { default: Holidays } = await library()
  const known = new Holidays()
  const nameOfCountry = countryName(language)
  const list = (codes: Record<string, string> | undefined, nameOf = (_: string, n: string) => n) =>
    Object.entries(codes ?? {})
      .map(([code, name]) => ({ code, name: nameOf(code, name) }))
      .sort((a, b) => a.name.localeCompare(b.name, language))
  const { country, region } = place
  return {
    countries: list(known.getCountries(language), (code, name) => nameOfCountry(code) ?? name),
    regions: country ? list(known.getStates(country, language)) : [],
    subregions: country && region ? list(known.getRegions(country, region, language)) : [],
  }
}

// The day as of which the pages tell their figures: read from the address, kept from page to page.
import type { Screen } from './screens.ts'

/** The part of the address that names the day. */
export const asOfName = 'asOf'

/** The day in the address; undefined: as known now, also where the address has been mangled. */
export function asOfIn(search: Readonly<Record<string, string>>): string | undefined {
  const day = search[asOfName]
  if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? undefined : day
}

/** What goes along to every other page of the same organisation. */
export function keptAlong(search: Readonly<Record<string, string>>): Record<string, string> {
  const day = asOfIn(search)
  return day === undefined ? {} : { [asOfName]: day }
}

/** The screen at a path below the organisation: `sellers/0192…` is `sellers/$id`. */
export function screenAt(screens: readonly Screen[], place: string): Screen | undefined {
  const parts = place.split('/')
  const fits = (screen: Screen) => {
    const wanted = screen.path.split('/')
    return (
      wanted.length === parts.length &&
      wanted.every((part, at) => part.startsWith('$') || part === parts[at])
    )
  }
  // A path spelt out goes before one with a place for an id.
  return screens.filter(fits).sort((a, b) => a.path.split('$').length - b.path.split('$').length)[0]
}

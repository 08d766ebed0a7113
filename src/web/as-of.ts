// The day as of which the pages tell their figures: read from the address, kept from page to page.

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

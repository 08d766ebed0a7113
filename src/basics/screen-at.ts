// Which screen an address means: found alike by the server, which names its files, and by the browser.

/**
 * The screen at a path below the organisation: `sellers/0192…` is `sellers/$id`. A path written out goes before one
 * with a place for an id.
 */
export function screenAt<Screen extends { path: string }>(
  screens: readonly Screen[],
  place: string,
): Screen | undefined {
  const parts = place.split('/')
  const fits = ({ path }: Screen) => {
    const wanted = path.split('/')
    return (
      wanted.length === parts.length &&
      wanted.every((part, at) => part === parts[at] || (part.startsWith('$') && parts[at] !== ''))
    )
  }
  const ids = ({ path }: Screen) => path.split('$').length
  return screens.filter(fits).sort((a, b) => ids(a) - ids(b))[0]
}

// Which known names a mistyped one may mean.

/** Number of single-character edits between two texts (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}

/** Up to `count` names nearest to the one given, nearest first; those with nothing in common are left out. */
export function nearestNames(given: string, names: Iterable<string>, count = 3): string[] {
  const wanted = given.trim().toLowerCase().slice(0, 100)
  const scored: { name: string; distance: number }[] = []
  for (const name of new Set(names)) {
    const known = name.toLowerCase().slice(0, 100)
    const within = wanted.length >= 3 && known.includes(wanted)
    const distance = within ? 0.5 : editDistance(wanted, known)
    if (within || distance <= Math.max(wanted.length, known.length) * 0.6)
      scored.push({ name, distance })
  }
  return scored
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name)
}

// Filters of quotas as the address has them: JSON of dimensions and cells.
import type { Where } from '../../results/screens/selection.ts'

/** What cannot be read is no filter. */
export function readWhere(text: string | undefined): Record<string, string[]> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
    const cells = Object.entries(value).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((cell) => typeof cell === 'string'),
    )
    return Object.fromEntries(cells)
  } catch {
    return {}
  }
}

/** Undefined where nothing is filtered: the address stays short. */
export function writeWhere(where: Where): string | undefined {
  return Object.keys(where).length === 0 ? undefined : JSON.stringify(where)
}

// The order of cells in an answer, and the periods between its first and last in which nothing happened.
import type { Cell } from '../../basics/figure.ts'
import { parsePeriod, parts, type TimeDimension } from '../../basics/period.ts'
import type { Asked } from './asked.ts'

/** Buckets without facts between the first and the last one that has some. */
export function gapsIn(
  about: Asked,
  dimension: TimeDimension,
  found: readonly (string | null)[],
): string[] {
  const ids = found.filter((id) => id !== null).sort()
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined) return []
  const from = parsePeriod(first, about.settings).from
  const { until } = parsePeriod(last, about.settings)
  return parts({ id: '', kind: 'custom', from, until }, dimension, about.settings).map(
    ({ id }) => id,
  )
}

const textOf = (cell: Cell) => (cell === null || typeof cell === 'string' ? cell : cell.name)

/** By name or id of the bucket; facts without a cell come last. */
export function compareCells(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [i, left] of a.entries()) {
    const [x, y] = [textOf(left), textOf(b[i] ?? null)]
    if (x === y) {
      const [m, n] = [JSON.stringify(left), JSON.stringify(b[i])]
      if (m !== n) return m < n ? -1 : 1
      continue
    }
    if (x === null || y === null) return x === null ? 1 : -1
    const [p, q] = [x.toLowerCase(), y.toLowerCase()]
    return p === q ? (x < y ? -1 : 1) : p < q ? -1 : 1
  }
  return 0
}

// Rows that were set aside, taken apart into cells, corrected and put together again.
import { type Delimiter, splitter } from './split.ts'

/** The cells of a row as it stood in the file; one cell with all of it where it cannot be taken apart. */
export function cellsOf(raw: string, delimiter: Delimiter): string[] {
  const split = splitter(delimiter)
  const records = [...split.push(raw), ...split.end()]
  const [only] = records
  return records.length === 1 && only && only.cells.length > 0 ? only.cells : [raw]
}

/** A line of CSV that reads back as these cells, whatever is in them. */
export function lineOf(cells: readonly string[]): string {
  const quoted = cells.map((cell) =>
    /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
  )
  // A line of one empty cell would be no line at all.
  return `${quoted.length === 1 && quoted[0] === '' ? '""' : quoted.join(',')}\r\n`
}

export interface Replacement {
  /** Index of the column, from 0. */
  column: number
  value: string
  with: string
}

/** The row with the answers given once for all rows; undefined when none of them concerns it. */
export function replaced(
  cells: readonly string[],
  replacements: readonly Replacement[],
): string[] | undefined {
  let changed = false
  const next = cells.map((cell, column) => {
    const found = replacements.find((one) => one.column === column && one.value === cell.trim())
    if (!found) return cell
    changed = true
    return found.with
  })
  return changed ? next : undefined
}

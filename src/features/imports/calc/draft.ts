// Corrections of rows set aside before they are sent: cells, answers for all rows with a value, the way back.
import type { Replacement } from './quarantine.ts'

/** A row as it was set aside. */
export interface DraftRow {
  line: number
  cells: readonly string[]
}

export interface Corrections {
  /** By line: the row as it was, and its changed cells by column. */
  rows: Readonly<Record<number, { from: readonly string[]; to: Readonly<Record<number, string>> }>>
  replace: readonly Replacement[]
}

/** Corrections with what came before and, after an undo, what came after. */
export interface Draft {
  now: Corrections
  before: readonly Corrections[]
  after: readonly Corrections[]
}

/** What goes to the server. */
export interface Sending {
  rows: { line: number; cells: string[] }[]
  replace: Replacement[]
}

const stepsMost = 200
export const noCorrections: Corrections = { rows: {}, replace: [] }

export function draftOf(now: Corrections): Draft {
  return { now, before: [], after: [] }
}

export function isEmpty({ rows, replace }: Corrections): boolean {
  return replace.length === 0 && Object.keys(rows).length === 0
}

/** A step forward; one that changes nothing is none. */
export function stepped(draft: Draft, next: Corrections): Draft {
  if (JSON.stringify(next) === JSON.stringify(draft.now)) return draft
  return { now: next, before: [...draft.before, draft.now].slice(-stepsMost), after: [] }
}

export function undone({ now, before, after }: Draft): Draft {
  const last = before.at(-1)
  return last
    ? { now: last, before: before.slice(0, -1), after: [now, ...after] }
    : { now, before, after }
}

export function redone({ now, before, after }: Draft): Draft {
  const [next, ...rest] = after
  return next ? { now: next, before: [...before, now], after: rest } : { now, before, after }
}

/** The cell as answers for all rows leave it. */
function answered(replace: readonly Replacement[], row: DraftRow, column: number): string {
  const cell = row.cells[column] ?? ''
  const found =
    column < row.cells.length &&
    replace.find((one) => one.column === column && one.value === cell.trim())
  return found ? found.with : cell
}

/** The cell as it would be sent: a change of its own goes before an answer for all rows. */
export function cellIn({ rows, replace }: Corrections, row: DraftRow, column: number): string {
  return rows[row.line]?.to[column] ?? answered(replace, row, column)
}

/** The row as it would be sent, as wide as the file's headers at least. */
export function rowIn(corrections: Corrections, row: DraftRow, width: number): string[] {
  return Array.from({ length: Math.max(width, row.cells.length) }, (_, column) =>
    cellIn(corrections, row, column),
  )
}

export function isCorrected(corrections: Corrections, row: DraftRow): boolean {
  return (
    corrections.rows[row.line] !== undefined ||
    row.cells.some((cell, column) => answered(corrections.replace, row, column) !== cell)
  )
}

export interface CellChange {
  row: DraftRow
  column: number
  text: string
}

/** Cells changed; one that is as it was anyway is no correction any more. */
export function withCells(corrections: Corrections, changes: readonly CellChange[]): Corrections {
  const rows = { ...corrections.rows }
  for (const { row, column, text } of changes) {
    const { [column]: _, ...others } = rows[row.line]?.to ?? {}
    const to =
      text === answered(corrections.replace, row, column) ? others : { ...others, [column]: text }
    if (Object.keys(to).length > 0) rows[row.line] = { from: row.cells, to }
    else delete rows[row.line]
  }
  return { ...corrections, rows }
}

/** One answer for all rows with the value; changes made to single such cells give way to it. */
export function withAnswer(corrections: Corrections, answer: Replacement): Corrections {
  const others = corrections.replace.filter(
    (one) => one.column !== answer.column || one.value !== answer.value,
  )
  const rows: Record<number, Corrections['rows'][number]> = {}
  for (const [line, row] of Object.entries(corrections.rows)) {
    const { [answer.column]: own, ...to } = row.to
    const same = own !== undefined && row.from[answer.column]?.trim() === answer.value
    if (!same) rows[Number(line)] = row
    else if (Object.keys(to).length > 0) rows[Number(line)] = { ...row, to }
  }
  return { rows, replace: answer.with === answer.value ? others : [...others, answer] }
}

/** A block of cells laid over the rows from a place on; what goes beyond them is left out. */
export function blockOver(
  rows: readonly DraftRow[],
  at: { row: number; column: number },
  block: readonly (readonly string[])[],
  width: number,
): CellChange[] {
  return block.flatMap((cells, down) => {
    const row = rows[at.row + down]
    if (!row) return []
    return cells
      .slice(0, width - at.column)
      .map((text, right) => ({ row, column: at.column + right, text }))
  })
}

/** All corrections as they are sent. */
export function sending(corrections: Corrections, width: number): Sending {
  return {
    rows: Object.entries(corrections.rows).map(([line, { from }]) => ({
      line: Number(line),
      cells: rowIn(corrections, { line: Number(line), cells: from }, width),
    })),
    replace: [...corrections.replace],
  }
}

/** Only these rows, corrected or as they are. */
export function sendingOnly(
  corrections: Corrections,
  rows: readonly DraftRow[],
  width: number,
): Sending {
  return {
    rows: rows.map((row) => ({ line: row.line, cells: rowIn(corrections, row, width) })),
    replace: [],
  }
}

/** What is left when these rows were sent by themselves. */
export function without(corrections: Corrections, lines: readonly number[]): Corrections {
  const rows = { ...corrections.rows }
  for (const line of lines) delete rows[line]
  return { ...corrections, rows }
}

// What was pasted from a spreadsheet or a text: its cells, and how many rows and columns it seems to have.
import { type Delimiter, splitter } from './split.ts'

const candidates = [';', ',', '|'] as const

function cut(text: string, delimiter: Delimiter): string[][] {
  const split = splitter(delimiter)
  return [...split.push(text), ...split.end()].map((one) => one.cells)
}

export interface Pasted {
  rows: string[][]
  /** Cells of the widest row. */
  columns: number
}

const widest = (rows: readonly string[][]) =>
  Math.max(0, ...rows.slice(0, 1000).map((row) => row.length))

/** Cells of a spreadsheet come with tabs; text is cut where the first line has the most signs. */
export function pasted(text: string): Pasted {
  const first = text.trimStart().split(/\r?\n|\r/, 1)[0] ?? ''
  const tab = '\t' as const
  const delimiter = first.includes(tab)
    ? tab
    : candidates.reduce<Delimiter>(
        (best, one) => (first.split(one).length > first.split(best).length ? one : best),
        ';',
      )
  const rows = cut(text, delimiter).filter((cells) => cells.some((cell) => cell.trim() !== ''))
  return { rows, columns: widest(rows) }
}

/** The cells of a block copied in a spreadsheet; a single text is one cell, whatever signs are in it. */
export function block(text: string): string[][] {
  const whole = text.replace(/(\r?\n|\r)$/, '')
  if (!/[\t\r\n]/.test(whole)) return [[whole]]
  // Only quotes may hold line ends and tabs; without them an empty line is an empty row of the block.
  if (whole.includes('"')) return cut(text, '\t')
  return whole.split(/\r?\n|\r/).map((line) => line.split('\t'))
}

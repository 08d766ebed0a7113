// What a column holds over all rows: enough to decide dates, numbers and empty marks without re-reading.
import { clip, detached } from './clip.ts'
import type { DateTally } from './dates.ts'
import { tallyDate } from './dates.ts'
import type { NumberTally } from './numbers.ts'
import { emptyNumberTally, tallyNumber } from './numbers.ts'
import type { Example } from './questions.ts'

export interface ColumnProfile {
  /** From 0. */
  index: number
  /** Header, or the number from 1 when the file has none. */
  header: string
  filled: number
  empty: number
  dates: DateTally
  numbers: NumberTally
  /** Cells that often stand for "nothing", as written → rows. */
  marks: [value: string, rows: number][]
  examples: Example[]
  /**
   * Different values with their rows, at most `distinctKept`, values of up to 200 characters. When
   * not complete, rows are counted at least.
   */
  distinct: [value: string, rows: number][]
  distinctComplete: boolean
}

const distinctKept = 20_000
/** All columns together, so that wide files stay within memory. */
const distinctInAll = 200_000
const longestDistinct = 200

const usualMarks = new Set([
  '?',
  '??',
  '-',
  '--',
  '—',
  '–',
  'n/a',
  '#n/a',
  'n.a.',
  'na',
  'nan',
  'null',
  '(null)',
  '\\n',
  'none',
  'nil',
  'k.a.',
  'k. a.',
  '(blank)',
  '(leer)',
  '#wert!',
  '#value!',
  '#ref!',
  '#bezug!',
  '#div/0!',
  '#name?',
  '#num!',
  '#zahl!',
  '#null!',
  '#nv',
])

const maybeMark = /^[^\p{L}\p{N}]|^[nNkK]/u

function isMark(cell: string): boolean {
  return cell.length <= 10 && maybeMark.test(cell) && usualMarks.has(cell.toLowerCase())
}

interface Profiler {
  row(line: number, cells: readonly string[]): void
  end(): ColumnProfile[]
}

interface Seen {
  rows: number
  line: number
}

interface Running {
  profile: ColumnProfile
  seen: Map<string, Seen>
  /** Cells that found no place among the distinct ones: in columns of numbers, nearly all. */
  misses: number
  marks: Map<string, number>
}

function tally(running: Running, cell: string, line: number, rows: number): void {
  const { profile, marks } = running
  if (isMark(cell)) {
    marks.set(cell, (marks.get(cell) ?? 0) + rows)
    return
  }
  tallyDate(profile.dates, cell, line, rows)
  tallyNumber(profile.numbers, cell, line, rows)
}

/** Profiles the columns of rows given one by one. */
export function profiler(headers: readonly string[]): Profiler {
  const columns = headers.map(
    (header, index): Running => ({
      profile: {
        index,
        header,
        filled: 0,
        empty: 0,
        dates: { forms: [] },
        numbers: emptyNumberTally(),
        marks: [],
        examples: [],
        distinct: [],
        distinctComplete: true,
      },
      seen: new Map(),
      misses: 0,
      marks: new Map(),
    }),
  )
  const keptEach = Math.min(distinctKept, Math.floor(distinctInAll / Math.max(1, headers.length)))

  const cellOf = (column: Running, line: number, cell: string) => {
    const { profile, seen } = column
    profile.filled++
    if (column.misses > keptEach * 2 && column.misses * 2 > profile.filled) {
      column.misses++
      tally(column, cell, line, 1)
      return
    }
    const known = seen.get(cell)
    if (known) {
      known.rows++
      return
    }
    if (profile.examples.length < 5)
      profile.examples.push({ line, value: detached(clip(cell, longestDistinct)) })
    if (cell.length <= longestDistinct && seen.size < keptEach) {
      seen.set(detached(cell), { rows: 1, line })
    } else {
      profile.distinctComplete = false
      column.misses++
      tally(column, cell, line, 1)
    }
  }

  return {
    row: (line, cells) => {
      for (let i = 0; i < columns.length; i++) {
        const column = columns[i]
        if (!column) break
        const cell = (cells[i] ?? '').trim()
        if (cell === '') column.profile.empty++
        else cellOf(column, line, cell)
      }
    },
    end: () =>
      columns.map((column) => {
        for (const [cell, { rows, line }] of column.seen) tally(column, cell, line, rows)
        const { profile } = column
        profile.distinct = [...column.seen].map(([cell, { rows }]) => [cell, rows])
        profile.marks = [...column.marks]
        return profile
      }),
  }
}

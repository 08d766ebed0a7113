// What a command prints: the answer to stdout and nothing else there; notes and progress to stderr.
import type { Cell, Figure } from '../basics/figure.ts'
import { fromMinor } from '../basics/money.ts'
import { Refusal } from '../basics/refusal.ts'

/** Exit codes: 0 done · 1 failed · 2 wrong usage or a question that needs an answer · 3 done, some rows rejected. */
export const exit = { done: 0, failed: 1, asked: 2, someRejected: 3 } as const

export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function answer(value: unknown): void {
  process.stdout.write(
    `${typeof value === 'string' ? value.trimEnd() : JSON.stringify(value, null, 2)}\n`,
  )
}

/** One sentence, the way out, and the exit code. */
export function sayError(error: unknown): number {
  if (error instanceof Refusal) {
    note(error.message)
    if (error.detail.next) note(error.detail.next)
    return error.code === 'request.invalid' ? exit.asked : exit.failed
  }
  note(`Kontor failed: ${error instanceof Error ? error.message : String(error)}`)
  if (process.env.KONTOR_DEBUG && error instanceof Error) note(error.stack ?? '')
  return exit.failed
}

/** Rows as an aligned table; numbers to the right. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)),
  )
  const right = columns.map(
    (_name, i) => rows.length > 0 && rows.every((row) => /^[-−—\d.,%\s]*$/.test(row[i] ?? '')),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  )
}

export function figureText(figure: Figure): string {
  if (figure.missing || figure.value === undefined) return '—'
  const { value, unit, currency } = figure
  if (unit === 'money') return fromMinor(Math.round(value), currency ?? 'EUR')
  if (unit === 'rate') {
    const percent = (rate: number) => (rate * 100).toFixed(1)
    const interval =
      figure.low !== undefined && figure.high !== undefined
        ? ` (${percent(figure.low)}–${percent(figure.high)})`
        : ''
    return `${percent(value)} %${interval}`
  }
  return String(Math.round(value * 100) / 100)
}

export function cellText(cell: Cell): string {
  return cell === null ? '—' : typeof cell === 'string' ? cell : cell.name
}

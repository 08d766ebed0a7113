// What every measurement here is made of: a timed run, a median, and a line with goal, figure and verdict.
import { performance } from 'node:perf_hooks'

export interface Line {
  area: string
  what: string
  /** As a sentence of the table; absent where the figure is only told. */
  goal?: string
  figure: string
  /** Of a figure with a goal: whether it is kept. */
  verdict: 'kept' | 'missed' | 'told' | 'failed'
  /** Said where the goal is missed: why, and what was tried. */
  reason?: string
  /** The bare numbers behind the figure. */
  numbers: Readonly<Record<string, number>>
}

/** Milliseconds of one run, and what it answered. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const begun = performance.now()
  const answer = await work()
  return { ms: performance.now() - begun, answer }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Median milliseconds of `runs` runs, after one in five that warm up and do not count. */
export async function medianOf(work: () => Promise<unknown>, runs = 5): Promise<number> {
  for (let i = 0; i < Math.ceil(runs / 5); i++) await work()
  const found: number[] = []
  for (let i = 0; i < runs; i++) found.push((await timed(work)).ms)
  return median(found)
}

export function shownMs(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(ms < 10 ? 2 : 0)} ms`
}

const shown = (ratio: number) => ratio.toFixed(ratio < 10 ? 2 : 1)

/** A measured time against another one of the same run. */
export function ratioLine(
  area: string,
  what: string,
  {
    ms,
    against,
    most,
    reason,
  }: { ms: number; against: number; most?: number; reason?: string | undefined },
): Line {
  const ratio = ms / against
  return {
    area,
    what,
    ...(most === undefined ? {} : { goal: `≤ ${most}×` }),
    figure: `${shown(ratio)}× (${shownMs(ms)} : ${shownMs(against)})`,
    verdict: most === undefined ? 'told' : ratio <= most ? 'kept' : 'missed',
    numbers: { ratio, ms, against },
    ...(reason === undefined ? {} : { reason }),
  }
}

export function told(
  area: string,
  what: string,
  figure: string,
  numbers: Line['numbers'] = {},
): Line {
  return { area, what, figure, verdict: 'told', numbers }
}

/** The whole as a table of text. */
export function table(lines: readonly Line[]): string {
  const rows = [
    ['area', 'what', 'goal', 'figure', 'verdict'],
    ...lines.map((one) => [one.area, one.what, one.goal ?? '', one.figure, one.verdict]),
  ]
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

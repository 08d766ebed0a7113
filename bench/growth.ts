// Ten times the rows: how much longer the same work takes, and whether the memory it takes stays the same.
import type { World } from './kontor.ts'
import { type Line, ratioLine } from './measure.ts'

/** How many times more deals the large firm has. */
export const times = 10
/** Of memory that is called flat: what one run differs from the next by. */
const flat = 1.1

/** What the small firm took: its first import, and the lines of its questions. */
export interface Small {
  first: World['first']
  questions: readonly Line[]
}

/** Each figure of the large firm against the same one of the small firm, a moment before in the same run. */
export function growthLines(
  small: Small,
  { first, kept }: World,
  questions: readonly Line[],
): Line[] {
  const took = (what: string, ms: number, against: number, reason?: string) =>
    ratioLine('growth', `${what}, ${times} times the deals`, {
      ms,
      against,
      most: times,
      reason,
    })
  const memory = first.peakBytes / small.first.peakBytes
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`
  // Rows that were there already came in another run.
  const imported = () => [
    took('import: reading and staging', first.readMs, small.first.readMs),
    took(
      'import: storing',
      first.storeMs,
      small.first.storeMs,
      'Sorting and trees take n log n: 1.17 times as long per row. Three indexes of sales are written at random, and the more pages they have the more are logged whole again after each checkpoint: a third more log per deal. Tried: shared_buffers of 1.5 GB instead of 0.5, which took as long. Not tried: fewer checkpoints, for which gigabytes of log would lie on a laptop.',
    ),
    {
      area: 'growth',
      what: `import: peak memory of Kontor's process, ${times} times the deals`,
      goal: `≤ ${flat}×`,
      figure: `${memory.toFixed(2)}× (${megabytes(first.peakBytes)} : ${megabytes(small.first.peakBytes)})`,
      verdict: memory <= flat ? 'kept' : 'missed',
      numbers: { ratio: memory },
      reason:
        'What is alive stays the same, 46 MB; but garbage gathers until it is twice as much before V8 collects it, and the smaller import ends before. Looked at second by second: it rises and falls between 290 and 390 MB, however long it takes.',
    } satisfies Line,
  ]
  return [
    ...(kept ? [] : imported()),
    ...questions.flatMap(({ what, numbers }) => {
      const before = small.questions.find((one) => one.what === what)
      const [ms, against] = [numbers.ms, before?.numbers.ms]
      return ms === undefined || against === undefined ? [] : [took(what, ms, against)]
    }),
  ]
}

// Open deals by their chances, from what is known of earlier ones.
import type { WonOpened } from './combination.ts'
import {
  type Chances,
  chancesFrom,
  type DaysOpen,
  type Outcomes,
  type PipelineDeal,
  type PipelineOutlook,
  pipelineOutlook,
  type Span,
} from './pipeline.ts'

export interface PipelineFacts {
  open: readonly PipelineDeal[]
  outcomes: readonly Outcomes[]
  days: readonly DaysOpen[]
  won: readonly WonOpened[]
  /** How many past periods `won` tells of. */
  wonPeriods: number
  counts: 'won' | 'amount'
  spans: readonly Span[]
}

export interface MadePipeline {
  outlook: PipelineOutlook
  chances: Chances
  meanAmount: number
}

/** Chance is drawn from here, so that the same forecast says the same. */
export const seed = 1

/** Open deals by their chances; undefined where there are none, or too few closed ones to know any. */
export function pipelineOf(
  { open, outcomes, days, won: rows, counts, spans }: PipelineFacts,
  common: { common: readonly number[]; commonTotal: number } = { common: [], commonTotal: 0 },
): MadePipeline | undefined {
  const chances = chancesFrom(outcomes, days)
  if (!chances || open.length === 0) return undefined
  const won = rows.reduce((sum, row) => sum + row.won, 0)
  const mean = won === 0 ? 0 : rows.reduce((sum, row) => sum + row.amount, 0) / won
  const square = won === 0 ? 0 : rows.reduce((sum, row) => sum + row.squares, 0) / won
  const meanAmount = counts === 'won' ? 1 : mean
  const amountSd = counts === 'won' ? 0 : Math.sqrt(Math.max(0, square - mean ** 2))
  const outlook = pipelineOutlook(open, chances, spans, { meanAmount, amountSd, ...common, seed })
  return { outlook, chances, meanAmount }
}

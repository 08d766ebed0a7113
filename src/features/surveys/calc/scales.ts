// On which scale each measure is asked, and what is wrong with an answer.
import type { Scale } from '../../../methods/csat.ts'

export const measures = ['satisfaction', 'nps', 'effort'] as const
export type Measure = (typeof measures)[number]

/** The scale that is meant where nobody says another one. */
export const usualScales: Readonly<Record<Measure, Scale>> = {
  satisfaction: { low: 1, high: 5 },
  nps: { low: 0, high: 10 },
  effort: { low: 1, high: 7 },
}

export type AnswerFault = 'survey.scale_backwards' | 'survey.nps_scale' | 'survey.out_of_scale'

/** Why there can be no such answer; undefined when there can. */
export function answerFault(
  measure: Measure,
  score: number,
  { low, high }: Scale,
): AnswerFault | undefined {
  if (!(low < high)) return 'survey.scale_backwards'
  if (measure === 'nps' && (low !== 0 || high !== 10)) return 'survey.nps_scale'
  return score >= low && score <= high ? undefined : 'survey.out_of_scale'
}

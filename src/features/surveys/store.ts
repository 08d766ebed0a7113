// The SQL of survey answers: lists and single rows, with the names of the records they refer to.
import { type DatedFact, datedFacts } from '../../platform/database/dated-facts.ts'
import type { Measure } from './calc/scales.ts'

export interface AnswerRow extends DatedFact {
  measure: Measure
  score: number
  scale_low: number
  scale_high: number
}

export const answers = datedFacts<AnswerRow, 'measure'>(
  'survey_answer',
  ['measure', 'score', 'scale_low', 'scale_high'],
  ['measure'],
)

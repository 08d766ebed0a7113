// Answers of surveys, each with the scale it was given on.
import {
  answerFault,
  countAnswers,
  importAnswers,
  measures,
  usualScales,
} from '../../surveys/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, contentKey, mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'
import { makeMentionedParties } from './parties.ts'

export const surveys: KindWork = {
  place: placeAnswer,
  known: 'number',
  count: (tx, { batchId, present }) => countAnswers(tx, batchId, present),
  store: async (tx, { batchId, present, follow }) => {
    const written = await makeMentionedParties(tx, batchId)
    const counts = await importAnswers(tx, batchId, present)
    await follow()
    return { counts, written }
  },
}

function placeAnswer(row: TypedRow, placing: Placing): Placed {
  const measure = measures.find((one) => one === text(row, 'measure')) ?? 'satisfaction'
  const scale = {
    low: amount(row, 'scale_low') ?? usualScales[measure].low,
    high: amount(row, 'scale_high') ?? usualScales[measure].high,
  }
  const score = amount(row, 'score')
  const fault = answerFault(measure, score ?? Number.NaN, scale)
  if (fault) return { fault, field: fault === 'survey.out_of_scale' ? 'score' : 'scale_high' }
  const externalId = text(row, 'external_id')
  return {
    row: {
      ...(externalId === null
        ? { external_source: 'content', external_id: contentKey(row) }
        : { external_source: '', external_id: externalId }),
      seller: mention(row, 'seller', 'seller', placing),
      customer: mention(row, 'customer', 'customer', placing),
      product: mention(row, 'product', 'product', placing),
      opened_on: text(row, 'on_day'),
      quantity: score,
      fields: { measure, scale_low: scale.low, scale_high: scale.high },
    },
  }
}

// A question as the operation that answers it takes it.
import type { Question } from './question.ts'
import type { Chosen } from './use-selection.ts'

export function crossInput(
  { question, chosen }: { question: Question; chosen: Pick<Chosen, 'input'> },
  lang: 'en' | 'de',
) {
  const { metrics, by, compare, others, sort, down } = question
  return {
    metric: metrics,
    by,
    ...chosen.input,
    lang,
    others,
    ...(compare === undefined ? {} : { compare }),
    ...(sort === undefined ? {} : { sort, down: down ?? true }),
  }
}

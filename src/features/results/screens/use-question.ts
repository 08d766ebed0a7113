// The question of the page on the screen, the metrics it may be about, and how its parts are changed.
import { useMemo } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import type { DimensionId, MetricId } from '../contract.ts'
import { resultsTexts } from '../texts.ts'
import { exploreTexts } from '../texts-explore.ts'
import {
  fitting,
  isTime,
  type Mended,
  type Question,
  questionInAddress,
  readQuestion,
} from './question.ts'
import { type Chosen, useSelection } from './use-selection.ts'

export type MetricFacts = Answer<'results.metrics'>['rows'][number]

export interface Asking {
  question: Question
  mended: readonly Mended[]
  metrics: readonly MetricFacts[]
  chosen: Chosen
  /** Changes parts of the question; what no longer fits goes. */
  ask: (change: Partial<Question>) => void
}

/** The dimension that funnel and cohorts are told by, if the first one of the question fits them. */
export function groupedBy(
  { question, metrics }: Pick<Asking, 'question' | 'metrics'>,
  form: 'funnel' | 'cohorts',
): DimensionId | undefined {
  const [by] = question.by
  return by !== undefined && groupings({ metrics }, form).includes(by) ? by : undefined
}

export function groupings(
  { metrics }: Pick<Asking, 'metrics'>,
  form: 'funnel' | 'cohorts',
): readonly DimensionId[] {
  const like = form === 'funnel' ? 'win-rate' : 'new-customers'
  const dimensions = metrics.find(({ id }) => id === like)?.dimensions ?? []
  // Time is what funnel and cohorts are made of already.
  return dimensions.filter((one) => !isTime(one))
}

/** Undefined until the metrics are known. */
export function useQuestion(): Asking | undefined {
  const search = useSearch()
  const setSearch = useSetSearch()
  const chosen = useSelection()
  const metrics = useOperation('results.metrics', {}).data?.rows
  return useMemo(() => {
    if (metrics === undefined) return undefined
    const known = metrics.filter(({ measured }) => measured)
    const { question, mended } = readQuestion(search, known)
    return {
      question,
      mended,
      metrics: known,
      chosen,
      ask: (change) => setSearch(questionInAddress(fitting({ ...question, ...change }, known))),
    }
  }, [search, setSearch, chosen, metrics])
}

/** Names of metrics and dimensions in the language of the page. */
export function useNames(): {
  metric: (id: MetricId) => string
  dimension: (id: DimensionId) => string
} {
  const words = useTexts(resultsTexts)
  const t = useTexts(exploreTexts)
  const lang = useLanguage()
  const metrics = useOperation('results.metrics', {}).data?.rows
  return {
    metric: (id) => metrics?.find((one) => one.id === id)?.name[lang] ?? words(`metric_${id}`),
    dimension: (id) => {
      switch (id) {
        case 'stage':
        case 'lost-reason':
        case 'currency':
        case 'day':
        case 'week':
        case 'month':
        case 'quarter':
        case 'year':
        case 'fiscal-quarter':
        case 'fiscal-year':
          return t(`dimension_${id}`)
        default:
          return words(`dimension_${id}`)
      }
    },
  }
}

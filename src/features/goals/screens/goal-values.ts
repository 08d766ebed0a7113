// Values of goals as they are written: by the unit of what is measured.
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { filterDimensions } from '../../results/screens/selection.ts'
import { resultsTexts } from '../../results/texts.ts'
import { goalsTexts } from '../texts.ts'

export type Goal = Answer<'goals.list'>['rows'][number]
export type GoalPage = Answer<'goals.get'>
type Unit = Pick<Goal, 'unit' | 'currency'>

export interface Values {
  full: (value: number, of: Unit) => string
  short: (value: number, of: Unit) => string
  /** Values per day have parts of one. */
  perDay: (value: number, of: Unit) => string
}

export function useValues(): Values {
  const format = useFormat()
  return {
    full: (value, { unit, currency }) =>
      unit === 'money'
        ? format.money(Math.round(value), currency, { digits: 'whole' })
        : unit === 'rate'
          ? format.rate(value, 1)
          : unit === 'days'
            ? format.days(value)
            : format.number(value, Number.isInteger(value) ? 0 : 1),
    short: (value, { unit, currency }) =>
      unit === 'money'
        ? format.compactMoney(Math.round(value), currency)
        : unit === 'rate'
          ? format.rate(value)
          : format.compact(value),
    perDay: (value, { unit, currency }) =>
      unit === 'money'
        ? format.money(Math.round(value), currency, { digits: 'whole' })
        : format.number(value, value < 10 ? 2 : 0),
  }
}

type Counting = Pick<Goal, 'kind' | 'metric' | 'activities' | 'outcome' | 'filters'>

/** What a goal counts, in words, with what narrows it. */
export function useMeasureName(): (goal: Counting) => string {
  const t = useTexts(goalsTexts)
  const of = useTexts(resultsTexts)
  const format = useFormat()
  const lang = useLanguage()
  const metrics = useOperation('results.metrics', {}).data?.rows ?? []
  return (goal) => {
    if (goal.kind === 'steps') return t('measure_steps')
    if (goal.kind === 'activity') {
      const kinds = format.list(goal.activities.map((kind) => t(`kind_${kind}`)))
      return goal.outcome === null ? kinds : `${kinds}: ${goal.outcome}`
    }
    const name = metrics.find(({ id }) => id === goal.metric)?.name[lang] ?? ''
    const filters = goal.filters.map(({ dimension, cells }) => {
      const names = cells.map((cell) => (cell.name === '-' ? of('without') : cell.name))
      const known = filterDimensions.find((one) => one === dimension)
      return `${known ? of(`dimension_${known}`) : dimension}: ${names.join(', ')}`
    })
    return [name, ...filters].join(' · ')
  }
}

export function ownerName(goal: Goal, t: (key: 'everybody' | 'only_me') => string): string {
  if (goal.private) return t('only_me')
  return goal.seller?.name ?? goal.team?.name ?? t('everybody')
}

// The selection of the page on the screen, and how its chips change it.
import { useMemo } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import type { WhyQuestion } from '../../../web/why.ts'
import type { MetricId } from '../contract.ts'
import {
  type Cohort,
  filterDimensions,
  questionOf,
  readSelection,
  type Selection,
  type Where,
  whereInAddress,
} from './selection.ts'

export interface Chosen extends Selection {
  /** What operations on results take. */
  input: { period?: string; asOf?: string; where: Where }
  /** Whether a filter is set besides what the page is about. */
  filtered: boolean
  setPeriod: (period: string | undefined) => void
  set: (part: 'against' | 'asOf', value: string | undefined) => void
  /** Sets several filters at once; an empty list takes one away. */
  filter: (where: Where, options?: { replace?: boolean }) => void
  clear: () => void
}

/** `about`: the seller or team a page is about; it narrows everything and cannot be taken away. */
export function useSelection(about?: Where): Chosen {
  const search = useSearch()
  const setSearch = useSetSearch()
  return useMemo(() => {
    const selection = readSelection(search)
    const where = { ...selection.where, ...about }
    return {
      ...selection,
      where,
      input: {
        where,
        ...(selection.period === undefined ? {} : { period: selection.period }),
        ...(selection.asOf === undefined ? {} : { asOf: selection.asOf }),
      },
      filtered: Object.keys(selection.where).length > 0,
      setPeriod: (period) => setSearch({ period }),
      set: (part, value) => setSearch({ [part]: value }),
      filter: (change, options) => setSearch(whereInAddress(change), options),
      clear: () => setSearch(Object.fromEntries(filterDimensions.map((name) => [name, undefined]))),
    }
  }, [search, setSearch, about])
}

export type AskOf = (metric: MetricId, more?: Where, cohort?: Cohort) => WhyQuestion

/** The question behind each figure of an answer; its period is the one that was answered for. */
export function askOf(where: Where, period: string | undefined): AskOf {
  return (metric, more, cohort) => questionOf(metric, { ...where, ...more }, period, cohort)
}

// What the person has chosen to see, as it stands in the address: period, comparison, filters, state of knowledge.
import { asOfIn } from '../../../web/as-of.ts'
import type { WhyQuestion } from '../../../web/why.ts'
import type { DimensionId, MetricId } from '../contract.ts'

/** Dimensions that can be filtered by; each is a part of the address of that name. */
export const filterDimensions = [
  'seller',
  'team',
  'manager',
  'office',
  'product',
  'family',
  'customer',
  'region',
  'country',
  'industry',
  'size',
  'source',
] as const satisfies readonly DimensionId[]
/** Dimensions that rows can be narrowed by, too, where a figure was told by them. */
export const rowDimensions = [
  'stage',
  'lost-reason',
  'currency',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
] as const satisfies readonly DimensionId[]
export type FilterDimension = (typeof filterDimensions)[number]

/** Dimension → cells that count; `-` stands for “none given”. */
export type Where = Partial<Record<DimensionId, string[]>>

export type Against = 'previous' | 'year-ago'

/** One cohort: a period of first purchases or openings (or `all`), or a stage that deals came to. */
export interface Cohort {
  cohort?: string
  reached?: string
}

/** Which facts are behind a figure. */
export interface RowsInput extends Cohort {
  metric: MetricId
  period?: string
  asOf?: string
  where: Where
}

export interface Selection {
  /** Id of a period, or `from..until`; absent: the last with data. */
  period?: string
  against: Against
  /** As it was known at the end of this day. */
  asOf?: string
  where: Where
}

/** What a link to the page of a seller or team takes along: which time, and compared with what. */
export function timeInAddress(search: Readonly<Record<string, string>>): {
  period: string | undefined
  against: string | undefined
  asOf: string | undefined
} {
  const { period, against, asOf } = search
  return { period, against, asOf }
}

/** Cells as one text: joined by `~`, which is doubled where it belongs to a cell. */
export function joinCells(cells: readonly string[]): string {
  return cells.map((cell) => cell.replaceAll('~', '~~')).join('~,')
}

export function splitCells(text: string): string[] {
  const cells: string[] = []
  let cell = ''
  for (let at = 0; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2)
    if (pair === '~~' || pair === '~,') {
      if (pair === '~~') cell += '~'
      else cells.push(cell)
      cell = pair === '~~' ? cell : ''
      at += 1
    } else cell += text[at]
  }
  return [...cells, cell].filter((one) => one !== '')
}

export function readSelection(search: Readonly<Record<string, string>>): Selection {
  const where: Where = {}
  for (const dimension of filterDimensions) {
    const cells = splitCells(search[dimension] ?? '')
    if (cells.length > 0) where[dimension] = cells
  }
  const { period } = search
  const asOf = asOfIn(search)
  return {
    against: search.against === 'year-ago' ? 'year-ago' : 'previous',
    where,
    ...(period === undefined ? {} : { period }),
    ...(asOf === undefined ? {} : { asOf }),
  }
}

/** Filters as parts of an address. */
export function whereInAddress(where: Where): Record<string, string> {
  return Object.fromEntries(
    Object.entries(where).map(([dimension, cells]) => [dimension, joinCells(cells ?? [])]),
  )
}

/** The rows behind a figure as parts of an address. */
export function rowsInAddress(input: RowsInput): Record<string, string | undefined> {
  const { metric, period, asOf, cohort, reached, where } = input
  return { metric, period, asOf, cohort, reached, ...whereInAddress(where) }
}

/** What of an address only the rows understand: further dimensions, and the cohort. */
export function readRows(search: Readonly<Record<string, string>>): { where: Where } & Cohort {
  const where: Where = {}
  for (const dimension of rowDimensions) {
    const cells = splitCells(search[dimension] ?? '')
    if (cells.length > 0) where[dimension] = cells
  }
  return { where, ...cohortOf(search.cohort, search.reached) }
}

function cohortOf(cohort: string | undefined, reached: string | undefined): Cohort {
  return {
    ...(cohort === undefined || cohort === '' ? {} : { cohort }),
    ...(reached === undefined || reached === '' ? {} : { reached }),
  }
}

/** The question behind a figure of this selection. */
export function questionOf(
  metric: MetricId,
  where: Where,
  period: string | undefined,
  { cohort, reached }: Cohort = {},
): WhyQuestion {
  const cells: Record<string, readonly string[]> = {
    ...where,
    ...(cohort === undefined ? {} : { cohort: [cohort] }),
    ...(reached === undefined ? {} : { reached: [reached] }),
  }
  return { metric, where: cells, ...(period === undefined ? {} : { period }) }
}

/** The filters of a question as operations take them; the server says which it does not know. */
export function whereOfQuestion(where: WhyQuestion['where']): Where {
  const known: Where = {}
  const { cohort: _cohort, reached: _reached, ...filters } = where ?? {}
  for (const [dimension, cells] of Object.entries(filters)) {
    if (cells.length > 0) known[dimension as DimensionId] = [...cells]
  }
  return known
}

/** The cohort of a question, which stands among its filters. */
export function cohortOfQuestion(where: WhyQuestion['where']): Cohort {
  return cohortOf(where?.cohort?.[0], where?.reached?.[0])
}

/** Whether a period is all of time, which nobody has asked for by name. */
export const isEver = ({ from }: { from: string }) => from === '0001-01-01'

export const periodKinds = ['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** Kind of the period an id names; `custom` for days. */
export function kindOfPeriod(id: string): PeriodKind | 'custom' {
  if (/^FY\d{4}-Q\d$/.test(id)) return 'fiscal-quarter'
  if (/^FY\d{4}$/.test(id)) return 'fiscal-year'
  if (/^\d{4}-Q\d$/.test(id)) return 'quarter'
  if (/^\d{4}-\d\d$/.test(id)) return 'month'
  if (/^\d{4}$/.test(id)) return 'year'
  return 'custom'
}

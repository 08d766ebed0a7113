// The question on the page “Explore” as it stands in the address; what cannot be asked becomes the nearest that can.
import type { DimensionId, MetricId } from '../contract.ts'
import type { Comparison } from '../contract-cross.ts'
import { filterDimensions, joinCells, splitCells, type Where } from './selection.ts'

export const forms = ['table', 'bars', 'line', 'funnel', 'cohorts'] as const
export type Form = (typeof forms)[number]
export const grains = ['month', 'quarter', 'year'] as const
/** What a question can be compared with; the contract has the same. */
export const comparisons: readonly Comparison[] = ['previous', 'year-ago', 'others']
export type Grain = (typeof grains)[number]

/** What the page needs to know of a metric. */
export interface KnownMetric {
  id: MetricId
  dimensions: readonly DimensionId[]
}

export interface Question {
  metrics: MetricId[]
  /** Rows, then columns. */
  by: DimensionId[]
  form: Form
  compare?: Comparison | undefined
  /** What takes the place of filters, where others are compared with. */
  others: Where
  grain: Grain
  sort?: MetricId | 'name' | undefined
  down?: boolean | undefined
}

/** Something in the address that could not be taken as it stands. */
export interface Mended {
  what: 'metric' | 'metrics' | 'dimension' | 'not_by' | 'form' | 'compare' | 'grain' | 'sort'
  given: string
  /** The metric that does not go with it. */
  metric?: MetricId
}

const times: readonly string[] = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscal-quarter',
  'fiscal-year',
]
export const isTime = (dimension: DimensionId | undefined) =>
  dimension !== undefined && times.includes(dimension)

/** Metrics side by side. */
export const metricsMost = 8

const listIn = (text: string | undefined) => [
  ...new Set((text ?? '').split(',').filter((one) => one !== '')),
]

export function readQuestion(
  search: Readonly<Record<string, string>>,
  known: readonly KnownMetric[],
): { question: Question; mended: Mended[] } {
  const mended: Mended[] = []
  const mend = (what: Mended['what'], given: string, metric?: MetricId) =>
    mended.push({ what, given, ...(metric === undefined ? {} : { metric }) })
  const by = dimensionsIn(search.by, known, mend)
  const metrics = metricsIn(search.metric, by, known, mend)
  const [first] = metrics
  const allowed = known.find(({ id }) => id === first)?.dimensions ?? []
  const fitting = by.filter((one) => {
    if (allowed.includes(one)) return true
    mend('not_by', one, first)
    return false
  })
  const form = formIn(search.form, fitting, mend)
  const others = othersIn(search)
  const compare = oneOf(search.compare, comparisons)
  if (search.compare !== undefined && compare === undefined) mend('compare', search.compare)
  const grain = oneOf(search.grain, grains)
  if (search.grain !== undefined && grain === undefined) mend('grain', search.grain)
  const sort = oneOf(search.sort, [...metrics, 'name' as const])
  if (search.sort !== undefined && sort === undefined) mend('sort', search.sort)
  return {
    question: {
      metrics,
      by: fitting,
      form,
      ...(compare === undefined ? {} : { compare }),
      others: compare === 'others' ? others : {},
      grain: grain ?? 'month',
      ...(sort === undefined ? {} : { sort, down: search.down !== '0' }),
    },
    mended,
  }
}

type Mend = (what: Mended['what'], given: string, metric?: MetricId) => void

function oneOf<Value extends string>(
  text: string | undefined,
  values: readonly Value[],
): Value | undefined {
  return values.find((value) => value === text)
}

function dimensionsIn(
  text: string | undefined,
  known: readonly KnownMetric[],
  mend: Mend,
): DimensionId[] {
  const all = new Set<string>(known.flatMap(({ dimensions }) => dimensions))
  const given = listIn(text)
  const found = given.filter((one) => {
    if (all.has(one)) return true
    mend('dimension', one)
    return false
  })
  for (const one of found.slice(2)) mend('dimension', one)
  return found.slice(0, 2) as DimensionId[]
}

/** The metrics that are known; beside the first only those that go with its dimensions. */
function metricsIn(
  text: string | undefined,
  by: readonly DimensionId[],
  known: readonly KnownMetric[],
  mend: Mend,
): MetricId[] {
  const found: KnownMetric[] = []
  for (const given of listIn(text)) {
    const metric = known.find(({ id }) => id === given)
    if (metric === undefined) mend('metric', given)
    else found.push(metric)
  }
  const [first = known[0], ...further] = found
  if (first === undefined) return []
  const fitting = further.filter((metric) => {
    const unfit = by.find(
      (one) => first.dimensions.includes(one) && !metric.dimensions.includes(one),
    )
    if (unfit !== undefined) mend('not_by', unfit, metric.id)
    return unfit === undefined
  })
  for (const { id } of fitting.slice(metricsMost - 1)) mend('metrics', id)
  return [first, ...fitting].slice(0, metricsMost).map(({ id }) => id)
}

/** Bars need something to be told by, a line needs time. */
function formIn(text: string | undefined, by: readonly DimensionId[], mend: Mend): Form {
  if (text === undefined) return 'table'
  const form = oneOf(text, forms)
  if (form !== undefined && formFits(form, by)) return form
  mend('form', text)
  return form === 'line' && by.length > 0 ? 'bars' : 'table'
}

export function formFits(form: Form, by: readonly DimensionId[]): boolean {
  if (form === 'bars') return by.length > 0
  if (form === 'line') return isTime(by[0])
  return true
}

function othersIn(search: Readonly<Record<string, string>>): Where {
  const others: Where = {}
  for (const dimension of filterDimensions) {
    const cells = splitCells(search[`vs-${dimension}`] ?? '')
    if (cells.length > 0) others[dimension] = cells
  }
  return others
}

/** A question after one of its parts was changed: what no longer fits goes. */
export function fitting(question: Question, known: readonly KnownMetric[]): Question {
  const [first] = question.metrics
  const allowed = known.find(({ id }) => id === first)?.dimensions ?? []
  const by = question.by.filter((one) => allowed.includes(one))
  const sorted =
    question.sort === 'name' ||
    (question.sort !== undefined && question.metrics.includes(question.sort))
  return {
    ...question,
    by,
    form: formFits(question.form, by) ? question.form : 'table',
    ...(sorted ? {} : { sort: undefined, down: undefined }),
  }
}

/** The parts of an address that make a question; those that are as always are left out. */
export function questionInAddress(question: Question): Record<string, string | undefined> {
  const { metrics, by, form, compare, others, grain, sort, down } = question
  return {
    metric: metrics.join(','),
    by: by.length === 0 ? undefined : by.join(','),
    form: form === 'table' ? undefined : form,
    compare,
    grain: grain === 'month' ? undefined : grain,
    sort,
    down: sort !== undefined && down === false ? '0' : undefined,
    ...Object.fromEntries(
      filterDimensions.map((dimension) => {
        const cells = others[dimension] ?? []
        return [`vs-${dimension}`, cells.length === 0 ? undefined : joinCells(cells)]
      }),
    ),
  }
}

const kept: readonly string[] = ['period', 'asOf', ...filterDimensions]

/** What a view keeps of an address: the question, its period and filters; no drawer that is open. */
export function viewOf(
  question: Question,
  search: Readonly<Record<string, string>>,
): Record<string, string> {
  const parts = { ...questionInAddress(question) }
  for (const name of kept) parts[name] = search[name]
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  )
}

/** Every part of an address that a view may set; what it does not set is taken away when it opens. */
export function viewInAddress(
  view: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const all = [
    ...['metric', 'by', 'form', 'compare', 'grain', 'sort', 'down'],
    ...filterDimensions.map((one) => `vs-${one}`),
    ...kept,
  ]
  return Object.fromEntries(all.map((name) => [name, view[name]]))
}

// Questions on one cohort: customers by their first purchase, deals by when they were opened or how far they came.
import { type Period, parsePeriod } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asked, type Asking, ask, type GivenPeriod, type Where } from './asked.ts'
import type { Metric } from './calc/metric.ts'
import { metrics } from './calc/metrics.ts'
import { countedFor, type FactSet, pieces, saleSets } from './calc/pieces.ts'
import { writer } from './calc/words.ts'
import type { MetricId } from './contract.ts'
import { resolveFilters } from './store-cells.ts'
import { amongFirstBuyers, amongOpened, amongReached } from './store-explore.ts'
import type { Known } from './store-periods.ts'
import type { Scope } from './store-scope.ts'

interface Given extends GivenPeriod {
  metric: MetricId
  where?: Where
  cohort?: string | undefined
  reached?: string | undefined
}

/** All of time, for deals of which no period was asked for. */
const ever: Period = {
  id: '0001-01-01..9999-12-31',
  kind: 'custom',
  from: '0001-01-01',
  until: '9999-12-31',
}

/** As `ask`, narrowed to the cohort that is asked for; `cohort`: the words for it. */
export async function askOfCohort(
  ctx: Pick<Asking, 'who' | 'reach' | 'clock'>,
  tx: Tx,
  given: Given,
  revision?: Known,
): Promise<Asked & { cohort: string | null }> {
  const about = await ask(ctx, tx, given, given.where, revision)
  const metric = metrics[given.metric]
  if (given.reached !== undefined) return ofReached(about, metric, given.reached)
  if (given.cohort === undefined) return { ...about, cohort: null }
  const { scope, settings, lang } = about
  const all = given.cohort === 'all'
  const cohort = all ? ever : parsePeriod(given.cohort, settings)
  const name = all ? undefined : writer(lang).period(cohort)
  if (restsOn(metric, saleSets)) {
    return {
      ...about,
      scope: { ...scope, among: { condition: amongFirstBuyers(scope, cohort), reach: false } },
      cohort: firstBought(name, lang),
    }
  }
  if (!restsOn(metric, ['closed', 'cycle', 'stay'])) throw notAllowed('cohort', metric)
  return {
    ...dealsOf(about),
    scope: openedIn(scope, metric, cohort),
    cohort: opened(name, lang),
  }
}

const firstBought = (name: string | undefined, lang: Asked['lang']) =>
  name === undefined ? null : lang === 'de' ? `erster Kauf: ${name}` : `first purchase: ${name}`

function opened(name: string | undefined, lang: Asked['lang']): string {
  if (name === undefined)
    return lang === 'de' ? 'wann auch immer eröffnet' : 'whenever they were opened'
  return lang === 'de' ? `eröffnet: ${name}` : `opened: ${name}`
}

/** Deals are followed until today: without a period all of time is meant. */
function dealsOf(about: Asked): Asked {
  return about.byDefault ? { ...about, period: ever } : about
}

/**
 * The filters hold for the deal on the day it was opened, as in the funnel, and not again on the day
 * it was closed or left a stage; only the stage of a stay is one of its own.
 */
function openedIn(scope: Scope, metric: Metric, cohort: Period): Scope {
  const { cells, days } = scope.narrowing
  const stage = cells.get('stage')
  const without = new Map([...cells].filter(([dimension]) => dimension !== 'stage'))
  const deal = metric.rows?.from === 'stay' ? 'deal_id' : 'id'
  return {
    ...scope,
    narrowing: { cells: new Map(stage ? [['stage', stage] as const] : []), days: [] },
    among: {
      condition: amongOpened({ ...scope, narrowing: { cells: without, days } }, cohort, deal),
      reach: true,
    },
  }
}

async function ofReached(
  about: Asked,
  metric: Metric,
  reached: string,
): Promise<Asked & { cohort: string }> {
  if (metric.rows?.from !== 'opened') throw notAllowed('reached', metric)
  const { scope, settings, lang } = about
  const { filters } = await resolveFilters(about.tx, { stage: [reached] }, settings)
  const name = filters[0]?.names[0] ?? ''
  return {
    ...dealsOf(about),
    scope: { ...scope, among: { condition: amongReached(scope, reached), reach: false } },
    cohort: lang === 'de' ? `mindestens bis ${name} gekommen` : `came at least as far as ${name}`,
  }
}

const restsOn = (metric: Metric, sets: readonly FactSet[]) =>
  metric.rows !== null &&
  [...countedFor(metric.pieces)].every((id) => sets.includes(pieces[id].from))

function notAllowed(field: 'cohort' | 'reached', metric: Metric): Refusal {
  const fitting = Object.values(metrics).filter((one) =>
    field === 'reached'
      ? one.rows?.from === 'opened'
      : restsOn(one, saleSets) || restsOn(one, ['closed', 'cycle', 'stay']),
  )
  return new Refusal({
    code: 'results.dimension_not_allowed',
    message: `${metric.name.en} cannot be told for a cohort.`,
    field,
    next: `It can be asked of ${fitting.map(({ id }) => id).join(', ')}.`,
    status: 422,
  })
}

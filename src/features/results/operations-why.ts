// Why a figure is what it is: formula, method, what is left out, rows, revision and imports.
import type { InputOf, OutputOf } from '../../basics/contract.ts'
import { overlap } from '../../basics/days.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asked, type Asking, checkDimensions, shownPeriod } from './asked.ts'
import { askOfCohort } from './asked-cohort.ts'
import { finish } from './calc/finish.ts'
import type { Metric } from './calc/metric.ts'
import { metrics } from './calc/metrics.ts'
import { counted, countedFor, pieces, saleSets } from './calc/pieces.ts'
import { uncountedSales } from './calc/uncounted.ts'
import type { DimensionId, resultsContract } from './contract.ts'
import { countPieces } from './store-figures.ts'
import { factsBehind, originOf } from './store-rows.ts'

type Why = (typeof resultsContract)['results.why']

/** Rows shown at once; the rest is a page away. */
const firstRows = 5

export async function readWhy(ctx: Asking, tx: Tx, input: InputOf<Why>): Promise<OutputOf<Why>> {
  checkDimensions([input.metric], Object.keys(input.where) as DimensionId[])
  const about = await askOfCohort(ctx, tx, input)
  const { scope, settings, lang, period, known } = about
  const metric = metrics[input.metric]
  const [cell] = await countPieces(tx, scope, { metrics: [metric.id], by: [], frames: [period] })
  const explained = finish(metric.id, cell?.counted ?? counted({}), {
    currency: settings.baseCurrency,
    lang,
  })
  const { text, parts, method, leftOut } = explained.explain()
  const rows = await factsBehind(tx, scope, metric, period, { limit: firstRows })
  const origin = await originOf(tx, scope, metric, period)
  const uncounted = restsOnSales(metric) ? await otherSource(about) : []
  return {
    metric: metric.id,
    name: metric.name[lang],
    figure: explained.figure,
    period: shownPeriod(period, about.byDefault),
    scope: about.filters.map(({ dimension, names }) => ({ dimension, cells: names })),
    cohort: about.cohort,
    sentence: metric.sentence[lang],
    formula: { text, parts },
    method,
    leftOut: [...leftOut, ...uncounted],
    rows,
    total: origin.total,
    revision: known.revision,
    knownAt: known.at,
    imports: origin.imports,
    byHand: origin.byHand,
  }
}

function restsOnSales(metric: Metric): boolean {
  return [...countedFor(metric.pieces)].some((id) => saleSets.includes(pieces[id].from))
}

/** Sales within the same selection that are on record but not of the source that counts on their day. */
async function otherSource({ tx, scope, settings, period, lang }: Asked): Promise<string[]> {
  const said: string[] = []
  for (const span of scope.sources) {
    const frame = overlap(span, period)
    if (!frame) continue
    const source = span.source === 'deals' ? 'orders' : 'deals'
    const other = { ...scope, sources: [{ ...span, source } as const] }
    const found = await countPieces(tx, other, { metrics: ['revenue'], by: [], frames: [frame] })
    const sentence = uncountedSales(source, found[0]?.counted ?? counted({}), {
      currency: settings.baseCurrency,
      lang,
    })
    if (sentence !== undefined) said.push(sentence)
  }
  return said
}

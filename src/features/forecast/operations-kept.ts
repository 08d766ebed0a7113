// Kept forecasts: listed, and graded together with calls once their periods are over.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { measured } from '../results/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { callerGrades, gradePeriod, gradesOf } from './calc/grade.ts'
import { amountText, type Speech, say } from './calc/words.ts'
import type { forecastContract } from './contract.ts'
import { shownScope, speechOf } from './operations-made.ts'
import { readSeries } from './read.ts'
import { type CallRow, calls, type KeptForecast, keptForecasts } from './store.ts'

type Contract = typeof forecastContract
type Grades = OutputOf<Contract['forecast.grades']>

/** Most kept forecasts graded at once: the newest. */
const gradedMost = 1000
/** Most graded periods told one by one. */
const rowsMost = 500

export const keptOperations: Implements<
  Pick<Contract, 'forecast.list' | 'forecast.grades'>,
  Ctx
> = {
  'forecast.list': (ctx, { metric, cursor, limit }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { madeOn: String(place[0]), id: String(place[1]) }
      const { zone } = await settingsOf(tx)
      const rows = await keptForecasts(ctx, tx, today(ctx.clock, zone), {
        metric,
        gradable: false,
        after,
        limit: limit + 1,
      })
      const page = pageOfRows(rows, limit, (row) => [row.made_on, row.id])
      return { ...page, rows: page.rows.map(listed) }
    }),

  'forecast.grades': (ctx, input) => ctx.read((tx) => gradesFor(ctx, tx, input)),
}

function listed(row: KeptForecast) {
  return {
    id: row.id,
    at: row.at,
    madeOn: row.made_on,
    by: { id: row.owner_id, name: row.owner },
    metric: row.metric as MetricId,
    grain: row.grain,
    horizon: row.horizon,
    scope: scopeFor(row),
    method: row.method,
    revision: row.revision,
    asIf: row.as_if,
  }
}

function scopeFor({
  scope,
  scope_id: id,
  scope_name: name,
}: Pick<KeptForecast, 'scope' | 'scope_id' | 'scope_name'>) {
  return shownScope({ kind: scope, id, name, covered: true })
}

interface Stretch {
  from: Day
  until: Day
}

/** What came in the periods, counted as every figure is: once per scope. */
async function actuals(
  ctx: Ctx,
  tx: Tx,
  metric: MetricId,
  wanted: readonly ({ scope: string; scope_id: string } & Stretch)[],
): Promise<(one: { scope: string; scope_id: string } & Stretch) => number> {
  const keyOf = ({ scope, scope_id, from, until }: (typeof wanted)[number]) =>
    `${scope} ${scope_id} ${from} ${until}`
  const byScope = new Map<string, (typeof wanted)[number][]>()
  for (const one of new Map(wanted.map((item) => [keyOf(item), item])).values()) {
    const key = `${one.scope} ${one.scope_id}`
    byScope.set(key, [...(byScope.get(key) ?? []), one])
  }
  const found = new Map<string, number>()
  for (const list of byScope.values()) {
    const [first] = list
    if (!first) continue
    const where =
      first.scope === 'team' || first.scope === 'seller' ? { [first.scope]: [first.scope_id] } : {}
    const frames = list.map(({ from, until }) => ({ from, until }))
    const figure = await measured(ctx, tx, { metric, where, frames })
    for (const [i, one] of list.entries()) found.set(keyOf(one), figure(i).value ?? 0)
  }
  return (one) => found.get(keyOf(one)) ?? 0
}

async function gradesFor(
  ctx: Ctx,
  tx: Tx,
  { metric, today: given, lang }: InputOf<Contract['forecast.grades']>,
): Promise<Grades> {
  const series = await readSeries(ctx, tx, { metric, by: 'month', horizon: 1 })
  const day = given ?? series.about.today
  const speech = speechOf({ series }, { metric, lang })
  const kept = await keptForecasts(ctx, tx, day, { metric, gradable: true, limit: gradedMost })
  const said = await calls(ctx, tx, day, { metric, until: day, gradable: true })
  const over = said.filter((call) => call.until_on <= day && call.commit_amount !== null)
  const periods = kept.flatMap((forecast) =>
    forecast.periods.map((period) => ({
      forecast,
      period,
      scope: forecast.scope,
      scope_id: forecast.scope_id,
      from: period.from,
      until: period.until,
    })),
  )
  const done = periods.filter(({ until }) => until <= day)
  const came = await actuals(ctx, tx, metric, [...done, ...over.map(stretchOf)])
  const graded = done.map((one) => ({ ...one, grade: gradePeriod(one.period, came(one)) }))
  const summary = gradesOf(graded.map(({ grade }) => grade)) ?? null
  return {
    metric,
    unit: speech.unit,
    currency: speech.currency,
    finding: gradesText(speech, summary, periods.length),
    missing: summary
      ? null
      : { code: 'not_enough_data', text: gradesText(speech, null, periods.length) },
    graded: done.length,
    waiting: periods.length - done.length,
    summary,
    rows: graded.slice(0, rowsMost).map(({ forecast, period, grade }) => ({
      forecastId: forecast.id,
      madeOn: forecast.made_on,
      by: { id: forecast.owner_id, name: forecast.owner },
      scope: scopeFor(forecast),
      method: forecast.method,
      horizon: forecast.periods.indexOf(period) + 1,
      ...keptOf(grade),
      asIf: forecast.as_if,
    })),
    people: callerGrades(
      over.map((call) => ({
        personId: call.owner_id,
        person: call.owner,
        commit: call.commit_amount ?? 0,
        actual: came(stretchOf(call)),
      })),
    ),
  }
}

function stretchOf({ scope, scope_id, from_on, until_on }: CallRow) {
  return { scope, scope_id, from: from_on, until: until_on }
}

function keptOf(grade: ReturnType<typeof gradePeriod>) {
  const { period, from, until, mean, low80, high80, low95, high95 } = grade
  const { actual, error, inside80, inside95, naiveError } = grade
  return {
    ...{ period, from, until, mean, low80, high80, low95, high95 },
    ...{ actual, error, inside80, inside95, naiveError },
  }
}

function gradesText(speech: Speech, summary: Grades['summary'], waiting: number): string {
  const { w } = speech
  if (!summary) {
    return waiting === 0
      ? say(speech, 'No forecast has been kept yet.', 'Noch wurde keine Prognose festgehalten.')
      : say(
          speech,
          `No period of a kept forecast is over yet; ${w.count(waiting)} are waiting.`,
          `Noch ist kein Zeitraum einer festgehaltenen Prognose vorbei; ${w.count(waiting)} stehen aus.`,
        )
  }
  const { coverage80, nearer, mae, naiveMae } = summary
  const held = say(
    speech,
    `${w.count(coverage80.inside)} of ${w.count(coverage80.of)} periods came out inside the 80 % interval`,
    `${w.count(coverage80.inside)} von ${w.count(coverage80.of)} Zeiträumen lagen im 80-%-Intervall`,
  )
  if (!nearer || naiveMae === null) {
    const off = amountText(speech, mae)
    return say(
      speech,
      `${held}; forecasts were off by ${off} on average.`,
      `${held}; im Mittel lagen die Prognosen um ${off} daneben.`,
    )
  }
  const [own, other] = [amountText(speech, mae), amountText(speech, naiveMae)]
  return say(
    speech,
    `${held}; forecasts were off by ${own} on average, the baseline by ${other}.`,
    `${held}; im Mittel lagen die Prognosen um ${own} daneben, die Vergleichslinie um ${other}.`,
  )
}

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
import { readAsked, type Scope, scopeOf } from './read.ts'
import { type CallRow, calls, countWaiting, type KeptForecast, keptForecasts } from './store.ts'

type Contract = typeof forecastContract
type Grades = OutputOf<Contract['forecast.grades']>

/** Most kept forecasts graded at once: the newest. */
const gradedMost = 1000

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

interface Done {
  forecast: KeptForecast
  period: KeptForecast['periods'][number]
  grade: ReturnType<typeof gradePeriod>
}

/** One forecast of each period and day: how many periods ahead were asked for makes no second one. */
function eachOnce(kept: readonly KeptForecast[], day: Day) {
  const found = new Map<string, { forecast: KeptForecast; period: Done['period'] }>()
  for (const forecast of kept) {
    for (const period of forecast.periods) {
      if (period.until > day) break
      const { scope, scope_id, grain, made_on } = forecast
      // The newest come first, so that the one that was made first stays.
      found.set(`${scope} ${scope_id} ${grain} ${made_on} ${period.period}`, { forecast, period })
    }
  }
  return [...found.values()]
}

const isOf =
  ({ kind, id }: Pick<Scope, 'kind' | 'id'>) =>
  ({ scope, scope_id }: Pick<KeptForecast, 'scope' | 'scope_id'>) =>
    scope === kind && scope_id === id

async function gradesFor(
  ctx: Ctx,
  tx: Tx,
  { metric, today: given, lang, limit, ...whose }: InputOf<Contract['forecast.grades']>,
): Promise<Grades> {
  const series = await readAsked(ctx, tx, { metric, by: 'month', ...whose })
  const scope = await scopeOf(ctx, tx, series)
  const narrowed = whose.team !== undefined || whose.seller !== undefined
  const day = given ?? series.about.today
  const speech = speechOf({ series }, { metric, lang })
  const wanted = { metric, over: day, gradable: true, limit: gradedMost }
  const own = await keptForecasts(ctx, tx, day, { ...wanted, scope })
  // Told apart, not added up: a forecast of a seller is no forecast of the organisation.
  const others = narrowed ? [] : await keptForecasts(ctx, tx, day, { ...wanted, other: scope })
  const said = await calls(ctx, tx, day, {
    ...{ metric, until: day, gradable: true },
    scope: narrowed ? scope : undefined,
  })
  const over = said.filter((call) => call.until_on <= day && call.commit_amount !== null)
  const done = eachOnce([...own, ...others], day)
  const came = await actuals(ctx, tx, metric, [
    ...done.map(({ forecast, period }) => ({
      ...{ scope: forecast.scope, scope_id: forecast.scope_id },
      ...{ from: period.from, until: period.until },
    })),
    ...over.map(stretchOf),
  ])
  const graded = done.map(({ forecast, period }): Done => {
    const { scope: kind, scope_id } = forecast
    const { from, until } = period
    const actual = came({ scope: kind, scope_id, from, until })
    return { forecast, period, grade: gradePeriod(period, actual) }
  })
  const main = graded.filter(({ forecast }) => isOf(scope)(forecast))
  const summary = gradesOf(main.map(({ grade }) => grade)) ?? null
  const waiting = await countWaiting(tx, { metric, day, scope })
  return {
    scope: shownScope(scope),
    metric,
    unit: speech.unit,
    currency: speech.currency,
    finding: gradesText(speech, summary, waiting),
    missing: summary ? null : { code: 'not_enough_data', text: gradesText(speech, null, waiting) },
    graded: main.length,
    waiting,
    summary,
    rows: main.slice(0, limit).map(({ forecast, period, grade }) => ({
      forecastId: forecast.id,
      madeOn: forecast.made_on,
      by: { id: forecast.owner_id, name: forecast.owner },
      scope: scopeFor(forecast),
      method: forecast.method,
      horizon: forecast.periods.indexOf(period) + 1,
      ...keptOf(grade),
      asIf: forecast.as_if,
    })),
    scopes: scopeGrades(graded.filter(({ forecast }) => !isOf(scope)(forecast))),
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

/** Each team and seller on its own, by name. */
function scopeGrades(graded: readonly Done[]): Grades['scopes'] {
  const byScope = Map.groupBy(
    graded.filter(({ forecast }) => forecast.scope === 'team' || forecast.scope === 'seller'),
    ({ forecast }) => `${forecast.scope} ${forecast.scope_id}`,
  )
  return [...byScope.values()]
    .flatMap((list) => {
      const [first] = list
      const summary = gradesOf(list.map(({ grade }) => grade))
      if (!first || !summary) return []
      const { mae, naiveMae, bias, wape, coverage80 } = summary
      const scope = scopeFor(first.forecast)
      return [{ scope, graded: list.length, mae, naiveMae, bias, wape, coverage80 }]
    })
    .sort(
      (a, b) =>
        b.scope.kind.localeCompare(a.scope.kind) ||
        (a.scope.of?.name ?? '').localeCompare(b.scope.of?.name ?? ''),
    )
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

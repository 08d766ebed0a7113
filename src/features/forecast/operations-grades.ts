// Kept forecasts and calls whose periods are over, held against what came.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import type { Days } from '../../basics/days.ts'
import type { Day } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { cellsByDay, measured } from '../results/door.ts'
import { type CallerGrade, callerGrades, gradesOf } from './calc/grade.ts'
import { amountText, type Speech, say } from './calc/words.ts'
import type { forecastContract } from './contract.ts'
import { shownScope, speechOf } from './operations-made.ts'
import { readAsked, scopeOf } from './read.ts'
import { type CallRow, calls, countWaiting, type ScopeKind } from './store.ts'
import {
  type Came,
  type GradedRow,
  type Grading,
  gradedRows,
  gradeSums,
  type ScopeName,
  scopesOver,
  stretchesOver,
} from './store-grades.ts'

type Contract = typeof forecastContract
type Grades = OutputOf<Contract['forecast.grades']>
type ScopeGrades = OutputOf<Contract['forecast.scope-grades']>
type Names = 'forecast.grades' | 'forecast.scope-grades'

export const gradesOperations: Implements<Pick<Contract, Names>, Ctx> = {
  'forecast.grades': (ctx, input) => ctx.read((tx) => gradesFor(ctx, tx, input)),
  'forecast.scope-grades': (ctx, input) => ctx.read((tx) => scopeGradesFor(ctx, tx, input)),
}

/** What came of each of the scopes in each stretch, counted as every figure is: once for all of them. */
async function cameOf(
  ctx: Ctx,
  tx: Tx,
  { metric, kind, ids }: Pick<Grading, 'kind' | 'ids'> & { metric: MetricId },
  stretches: readonly Days[],
): Promise<Came[]> {
  const by = kind === 'team' || kind === 'seller' ? kind : undefined
  const narrowed = by ? { by, where: { [by]: ids } } : { where: {} }
  const came: Came[] = []
  const most = cellsByDay(ids.length)
  for (let at = 0; at < stretches.length; at += most) {
    const frames = stretches.slice(at, at + most)
    const figure = await measured(ctx, tx, { metric, ...narrowed, frames })
    for (const [i, { from, until }] of frames.entries()) {
      for (const id of ids) {
        const actual = figure(i, by && id).value ?? 0
        came.push({ id, from, until, actual })
      }
    }
  }
  return came
}

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
  const asked = { metric, over: day, kind: scope.kind, ids: [scope.id] }
  const came = await cameOf(ctx, tx, asked, await stretchesOver(ctx, tx, asked))
  const [sums] = await gradeSums(ctx, tx, asked, came)
  const rows = sums ? await gradedRows(ctx, tx, asked, { came, limit }) : []
  const summary = sums ? gradesOf(sums) : null
  const waiting = await countWaiting(ctx, tx, { metric, day, scope })
  return {
    scope: shownScope(scope),
    metric,
    unit: speech.unit,
    currency: speech.currency,
    finding: gradesText(speech, summary, waiting),
    missing: summary ? null : { code: 'not_enough_data', text: gradesText(speech, null, waiting) },
    graded: sums?.graded ?? 0,
    waiting,
    summary,
    rows: rows.map((row) => ({ ...told(row), scope: shownScope(scope) })),
    people: await peopleGrades(ctx, tx, {
      metric,
      day,
      scope: narrowed ? scope : undefined,
    }),
  }
}

function told({ owner_id, owner, naive: _, ...row }: GradedRow) {
  return { ...row, by: { id: owner_id, name: owner } }
}

/** Calls for periods that are over, by person. */
async function peopleGrades(
  ctx: Ctx,
  tx: Tx,
  {
    metric,
    day,
    scope,
  }: { metric: MetricId; day: Day; scope: { kind: ScopeKind; id: string } | undefined },
): Promise<CallerGrade[]> {
  const said = await calls(ctx, tx, day, { metric, until: day, gradable: true, scope })
  const over = said.filter((call) => call.until_on <= day && call.commit_amount !== null)
  const key = (kind: ScopeKind, { id, from, until }: Omit<Came, 'actual'>) =>
    `${kind} ${id} ${from} ${until}`
  const actuals = new Map<string, number>()
  for (const [kind, list] of Map.groupBy(over, (call) => call.scope)) {
    const ids = [...new Set(list.map((call) => call.scope_id))]
    const stretches = new Map(
      list.map(stretchOf).map((one) => [`${one.from} ${one.until}`, one] as const),
    )
    const came = await cameOf(ctx, tx, { metric, kind, ids }, [...stretches.values()])
    for (const one of came) actuals.set(key(kind, one), one.actual)
  }
  return callerGrades(
    over.map((call) => ({
      personId: call.owner_id,
      person: call.owner,
      commit: call.commit_amount ?? 0,
      actual: actuals.get(key(call.scope, stretchOf(call))) ?? 0,
    })),
  )
}

function stretchOf({ scope_id: id, from_on: from, until_on: until }: CallRow) {
  return { id, from, until }
}

/** A page of teams and sellers, each on its own: a forecast of a seller is no forecast of the organisation. */
async function scopeGradesFor(
  ctx: Ctx,
  tx: Tx,
  { metric, today: given, cursor, limit }: InputOf<Contract['forecast.scope-grades']>,
): Promise<ScopeGrades> {
  const place = readCursor(cursor, ['text', 'text', 'id'])
  const after = place && {
    kind: place[0] === 'team' ? ('team' as const) : ('seller' as const),
    name_key: String(place[1]),
    id: String(place[2]),
  }
  const { about } = await readAsked(ctx, tx, { metric, by: 'month' })
  const over = given ?? about.today
  const found = await scopesOver(ctx, tx, { metric, over, after, limit: limit + 1 })
  const page = pageOfRows(found, limit, (row) => [row.kind, row.name_key, row.id])
  const byId = new Map<string, ScopeGrades['rows'][number]>()
  for (const kind of ['team', 'seller'] as const) {
    const named = new Map<string, ScopeName>(
      page.rows.filter((row) => row.kind === kind).map((row) => [row.id, row]),
    )
    if (named.size === 0) continue
    const asked = { metric, over, kind, ids: [...named.keys()] }
    const came = await cameOf(ctx, tx, asked, await stretchesOver(ctx, tx, asked))
    for (const sums of await gradeSums(ctx, tx, asked, came)) {
      const { mae, naiveMae, bias, wape, coverage80 } = gradesOf(sums)
      const scope = { kind, of: { id: sums.id, name: named.get(sums.id)?.name ?? '' } }
      byId.set(sums.id, { scope, graded: sums.graded, mae, naiveMae, bias, wape, coverage80 })
    }
  }
  return { ...page, rows: page.rows.flatMap(({ id }) => byId.get(id) ?? []) }
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

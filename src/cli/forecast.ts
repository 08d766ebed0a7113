// `kontor forecast`, `kontor forecast backtest` and `kontor forecast grades`.
import { setTimeout as pause } from 'node:timers/promises'
import type { GivenInputOf, OutputOf } from '../basics/contract.ts'
import type { Figure, Unit } from '../basics/figure.ts'
import type { forecastContract } from '../features/forecast/contract.ts'
import type { MetricId } from '../features/results/contract.ts'
import { type Connection, connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, figureText, note, table } from './output.ts'

type Contract = typeof forecastContract
type BackTested = GivenInputOf<Contract['forecast.backtest']>

export interface ForecastOptions extends Common {
  metric: string
  by: 'week' | 'month' | 'quarter'
  horizon: number
  team?: string
  seller?: string
  method?: NonNullable<BackTested['method']>
}

function asked(options: ForecastOptions) {
  const { metric, by, horizon, team, seller, today, lang } = options
  return {
    metric: metric as MetricId,
    ...{ by, horizon, lang },
    ...(team === undefined ? {} : { team }),
    ...(seller === undefined ? {} : { seller }),
    ...(today === undefined ? {} : { today }),
  }
}

/** Writes amounts of the answer's unit. */
function writing({ unit, currency }: { unit: Unit; currency: string }) {
  return (value: number | null): string => {
    const figure: Figure = { unit, currency, ...(value === null ? {} : { value }) }
    return figureText(figure)
  }
}

/** Makes the forecast and keeps it; as known on an earlier day it is only shown. */
export async function showForecast(options: ForecastOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const { asOf } = options
    const seen = await connection.call('forecast.show', {
      ...asked(options),
      ...(asOf === undefined ? {} : { asOf }),
    })
    const keeps = seen.keepable && asOf === undefined
    const found = keeps ? (await connection.call('forecast.make', asked(options))).forecast : seen
    if (options.json) answer(found)
    else sayForecast(found)
    return exit.done
  } finally {
    await connection.close()
  }
}

function sayForecast(found: OutputOf<Contract['forecast.show']>): void {
  note(found.finding)
  for (const one of found.notes) note(one)
  if (found.rows.length === 0) return
  const write = writing(found)
  answer(
    table(
      [
        ...['period', 'mean', 'low80', 'high80', 'low95', 'high95'],
        ...['series', 'pipeline', 'both', 'naive', 'method'],
      ],
      found.rows.map((row) => [
        row.period,
        ...[row.mean, row.low80, row.high80, row.low95, row.high95].map(write),
        ...[row.series, row.pipeline, row.combination].map((one) => write(one?.mean ?? null)),
        write(row.naive),
        row.method,
      ]),
    ),
  )
}

export async function showBackTest(options: ForecastOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const { asOf, method } = options
    const ask = () =>
      connection.call('forecast.backtest', {
        ...asked(options),
        ...(asOf === undefined ? {} : { asOf }),
        ...(method === undefined ? {} : { method }),
      })
    const first = await ask()
    const waits = first.testNeedsJob && first.mayTest && first.testedOn !== first.today
    if (waits) await waitForTest(connection, options)
    const found = waits ? await ask() : first
    if (options.json) answer(withSummary(found))
    else sayBackTest(found)
    return exit.done
  } finally {
    await connection.close()
  }
}

const askAgainMs = 500

/** Many open deals are tested by a job; how far it is, is told as it goes on. */
async function waitForTest(connection: Connection, options: ForecastOptions): Promise<void> {
  const { lang: _, ...question } = asked(options)
  const { id } = await connection.call('forecast.start-test', question)
  for (let said = -1; ; ) {
    const { rows } = await connection.call('forecast.tests', question)
    const run = rows.find((one) => one.id === id)
    if (run?.state !== 'waiting' && run?.state !== 'running') {
      if (run?.state !== 'done') note('The test of the open deals did not come to its end.')
      return
    }
    if (run.done > said) note(`Testing the open deals on the past: ${run.done} of ${run.of} points`)
    said = run.done
    await pause(askAgainMs)
  }
}

type BackTest = OutputOf<Contract['forecast.backtest']>

/** The rows with the summary of the method they are of. */
function withSummary(found: BackTest) {
  const { rows, ...rest } = found
  const summary = found.models.find(({ method }) => method === found.method) ?? null
  return {
    ...rest,
    summary,
    rows: rows.map(({ mean, ...row }) => ({ forecast: mean, ...row })),
  }
}

function sayBackTest(found: BackTest): void {
  note(found.finding)
  if (found.missing) return
  const write = writing(found)
  answer(
    table(
      ['origin', 'ahead', 'period', 'forecast', 'actual', 'error', 'naive error', 'in 80', 'in 95'],
      found.rows.map((row) => [
        row.origin,
        String(row.horizon),
        row.period,
        ...[row.mean, row.actual, row.error, row.naiveError].map(write),
        row.inside80 ? 'yes' : 'no',
        row.inside95 ? 'yes' : 'no',
      ]),
    ),
  )
  sayModels(found)
}

function sayModels(found: BackTest): void {
  const share = ({ inside, of }: { inside: number; of: number }) => `${inside} of ${of}`
  answer(
    table(
      ['method', 'shown', 'origins', 'MASE', 'baseline', 'inside 80 %', 'inside 95 %'],
      found.models.map((one) => [
        one.method,
        one.shown ? 'yes' : '',
        String(one.origins),
        one.mase?.toFixed(2) ?? '—',
        one.naiveMase?.toFixed(2) ?? '—',
        share(one.coverage80),
        share(one.coverage95),
      ]),
    ),
  )
  const { openDeals } = found
  if (openDeals) {
    note(
      `pipeline: ${openDeals.origins} origins, off by ${writing(found)(openDeals.mae)} of what these deals brought, inside 80 %: ${share(openDeals.coverage80)}, inside 95 %: ${share(openDeals.coverage95)}`,
    )
  }
}

export async function showGrades(options: ForecastOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const { by: _, horizon: __, ...input } = asked(options)
    const found = await connection.call('forecast.grades', input)
    const whole = options.team === undefined && options.seller === undefined
    const scopes = whole ? await scopeGrades(connection, input) : []
    if (options.json) answer({ ...found, scopes })
    else sayGrades(found, scopes)
    return exit.done
  } finally {
    await connection.close()
  }
}

type ScopeGrade = OutputOf<Contract['forecast.scope-grades']>['rows'][number]

/** Of each team and seller, page by page. */
async function scopeGrades(
  connection: Connection,
  { metric, today }: Pick<ReturnType<typeof asked>, 'metric' | 'today'>,
): Promise<ScopeGrade[]> {
  const rows: ScopeGrade[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await connection.call('forecast.scope-grades', {
      ...{ metric, limit: 200 },
      ...(today === undefined ? {} : { today }),
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.rows)
    cursor = page.next
    if (cursor === undefined) return rows
  }
}

function sayGrades(
  found: OutputOf<Contract['forecast.grades']>,
  scopes: readonly ScopeGrade[],
): void {
  note(found.finding)
  const write = writing(found)
  if (found.rows.length > 0) {
    answer(
      table(
        ['made on', 'of', 'period', 'forecast', 'came', 'error', 'naive error', 'in 80', 'method'],
        found.rows.map((row) => [
          row.madeOn,
          row.scope.of?.name ?? row.scope.kind,
          row.period,
          ...[row.mean, row.actual, row.error, row.naiveError].map(write),
          row.inside80 ? 'yes' : 'no',
          row.method,
        ]),
      ),
    )
  }
  if (scopes.length > 0) {
    answer(
      table(
        ['of', 'graded', 'mean error', 'baseline', 'bias', 'inside 80 %'],
        scopes.map(({ scope, graded, mae, naiveMae, bias, coverage80 }) => [
          `${scope.kind} ${scope.of?.name ?? ''}`,
          String(graded),
          ...[mae, naiveMae, bias].map(write),
          `${coverage80.inside} of ${coverage80.of}`,
        ]),
      ),
    )
  }
  if (found.people.length > 0) {
    answer(
      table(
        ['person', 'calls', 'bias', 'mean error', 'kept'],
        found.people.map(({ person, calls, bias, mae, kept }) => [
          person.name,
          String(calls),
          write(bias),
          write(mae),
          `${kept.inside} of ${kept.of}`,
        ]),
      ),
    )
  }
}

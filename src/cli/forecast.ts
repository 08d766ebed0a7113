// `kontor forecast`, `kontor forecast backtest` and `kontor forecast grades`.
import type { GivenInputOf, OutputOf } from '../basics/contract.ts'
import type { Figure, Unit } from '../basics/figure.ts'
import type { forecastContract } from '../features/forecast/contract.ts'
import type { MetricId } from '../features/results/contract.ts'
import { connect } from './connect.ts'
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
      ['period', 'mean', 'low80', 'high80', 'low95', 'high95', 'pipeline', 'method'],
      found.rows.map((row) => [
        row.period,
        ...[row.mean, row.low80, row.high80, row.low95, row.high95].map(write),
        write(row.pipeline?.mean ?? null),
        row.method,
      ]),
    ),
  )
}

export async function showBackTest(options: ForecastOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const { asOf, method } = options
    const found = await connection.call('forecast.backtest', {
      ...asked(options),
      ...(asOf === undefined ? {} : { asOf }),
      ...(method === undefined ? {} : { method }),
    })
    if (options.json) answer(withSummary(found))
    else sayBackTest(found)
    return exit.done
  } finally {
    await connection.close()
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
}

export async function showGrades(options: Common & { metric: string }): Promise<number> {
  const connection = await connect(options)
  try {
    const { metric, lang, today } = options
    const found = await connection.call('forecast.grades', {
      metric: metric as MetricId,
      lang,
      ...(today === undefined ? {} : { today }),
    })
    if (options.json) answer(found)
    else sayGrades(found)
    return exit.done
  } finally {
    await connection.close()
  }
}

function sayGrades(found: OutputOf<Contract['forecast.grades']>): void {
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

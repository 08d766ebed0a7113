// `kontor metrics | results | rows`: figures and the facts behind them.
import type { Cell, Figure } from '../basics/figure.ts'
import type { DimensionId, MetricId } from '../features/results/contract.ts'
import { connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, cellText, exit, figureText, note, table } from './output.ts'

export interface ResultsOptions extends Common {
  metric?: string
  by?: string
  from?: string
  to?: string
  period?: string
  where?: string[]
  names: boolean
  limit?: number
  cursor?: string
}

export function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** `--where seller=Ana --where seller=Bo --where region=West` → dimension → cells. */
export function whereOf(given: readonly string[] = []): Record<string, string[]> {
  const where: Record<string, string[]> = {}
  for (const one of given) {
    const at = one.indexOf('=')
    const dimension = at === -1 ? one : one.slice(0, at)
    where[dimension] = [...(where[dimension] ?? []), at === -1 ? '' : one.slice(at + 1)]
  }
  return where
}

export function periodOf(options: ResultsOptions) {
  return {
    ...(options.period ? { period: options.period } : {}),
    ...(options.from ? { from: options.from } : {}),
    ...(options.to ? { until: options.to } : {}),
    ...(options.asOf ? { asOf: options.asOf } : {}),
    where: whereOf(options.where),
  }
}

export async function showMetrics(options: Common): Promise<number> {
  const connection = await connect(options)
  try {
    const { rows } = await connection.call('results.metrics', {})
    if (options.json) answer(rows)
    else {
      answer(
        table(
          ['metric', 'unit', 'side', 'measured', 'what it counts'],
          rows.map((row) => [
            row.id,
            row.unit,
            row.side,
            row.measured ? 'yes' : 'not yet',
            row.sentence[options.lang],
          ]),
        ),
      )
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

export async function showResults(options: ResultsOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const found = await connection.call('results.figures', {
      metric: (options.metric
        ? list(options.metric)
        : ['revenue', 'deals-won', 'win-rate']) as MetricId[],
      by: list(options.by) as DimensionId[],
      ...periodOf(options),
    })
    const dimensions = new Set(list(options.by))
    const named = found.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) =>
          dimensions.has(column) ? [column, cellAs(value as Cell, options.names)] : [column, value],
        ),
      ),
    )
    if (options.json) {
      answer({
        revision: found.revision,
        period: found.period,
        columns: found.columns,
        rows: named,
      })
    } else {
      note(
        `${found.period.from} to before ${found.period.until}${found.period.byDefault ? ' (the last quarter with data)' : ''}, ${found.currency}`,
      )
      answer(
        table(
          found.columns,
          named.map((row) =>
            found.columns.map((column) =>
              dimensions.has(column)
                ? String(row[column] ?? '—')
                : figureText(row[column] as Figure),
            ),
          ),
        ),
      )
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

function cellAs(cell: Cell, names: boolean): string | null {
  return cell === null || typeof cell === 'string' ? cell : names ? cell.name : cell.id
}

export async function showRows(options: ResultsOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const found = await connection.call('results.rows', {
      metric: (options.metric ?? 'revenue') as MetricId,
      ...periodOf(options),
      limit: options.limit ?? 50,
      ...(options.cursor ? { cursor: options.cursor } : {}),
    })
    if (options.json) answer(found)
    else {
      note(
        `${found.rows.length} of ${found.total} rows${found.next ? `; next page: --cursor ${found.next}` : ''}`,
      )
      answer(
        table(
          ['day', 'kind', 'number', 'customer', 'product', 'seller', 'amount or score'],
          found.rows.map((row) => [
            row.on ?? '—',
            row.kind,
            row.number ?? '—',
            cellText(row.customer),
            cellText(row.product),
            cellText(row.seller),
            row.score !== null
              ? `${row.score} (${row.scaleLow}–${row.scaleHigh})`
              : row.amount === null || row.currency === null
                ? (row.state ?? '—')
                : figureText({ value: row.amount, unit: 'money', currency: row.currency }),
          ]),
        ),
      )
    }
    return exit.done
  } finally {
    await connection.close()
  }
}

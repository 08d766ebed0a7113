// `kontor export`: a list or a table of figures as a file, to stdout or where it is told.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../basics/refusal.ts'
import type { ExportFormat, ExportTable } from '../features/exports/contract.ts'
import { connect } from './connect.ts'
import { exit, note } from './output.ts'
import { list, periodOf, type ResultsOptions } from './results.ts'

export interface ExportOptions extends ResultsOptions {
  list?: ExportTable
  filter?: string
  format?: ExportFormat
  headers?: 'words' | 'fields'
  out?: string
}

/** Tables of figures take the options of `results` and `rows`; lists take `--filter`. */
const timed: readonly ExportTable[] = [
  'facts',
  'figures',
  'overview',
  'board',
  'product-card',
  'segment-card',
]

function filterOf(table: ExportTable, options: ExportOptions): Record<string, unknown> {
  const metrics = list(options.metric)
  return {
    ...(timed.includes(table) ? periodOf(options) : {}),
    ...(table === 'facts' ? { metric: metrics[0] ?? 'revenue' } : {}),
    ...(table === 'figures'
      ? { metric: metrics.length > 0 ? metrics : ['revenue'], by: list(options.by) }
      : {}),
    ...(table === 'board' && options.by ? { by: options.by } : {}),
    ...given(options.filter),
  }
}

function given(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {}
  try {
    const filter: unknown = JSON.parse(text)
    if (typeof filter === 'object' && filter !== null && !Array.isArray(filter))
      return { ...filter }
  } catch {
    // refused below
  }
  throw new Refusal({
    code: 'request.invalid',
    message: 'The filter is not readable as JSON.',
    field: 'filter',
    next: `Write it like --filter '{"state":"archived"}'.`,
  })
}

/** By the ending of the file, where nothing else was said. */
function formatOf({ format, out }: ExportOptions): ExportFormat {
  return format ?? (out?.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv')
}

export async function exportTable(options: ExportOptions): Promise<number> {
  const table = options.list ?? 'facts'
  const filter = filterOf(table, options)
  const connection = await connect(options)
  try {
    const file = await connection.open('exports.table', {
      table,
      format: formatOf(options),
      filter,
      lang: options.lang,
      // The facts of a figure are read by programs; whoever wants words says so.
      headers: options.headers ?? (options.list === undefined ? 'fields' : 'words'),
    })
    if (options.out) {
      await pipeline(file, createWriteStream(options.out))
      note(`Written to ${options.out}.`)
    } else await pipeline(file, process.stdout, { end: false })
    return exit.done
  } finally {
    await connection.close()
  }
}

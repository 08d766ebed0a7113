// What a table is before it is a file: columns with a name that stays and words that people read, and how its rows are read.
import type { z } from 'zod'
import type { Unit } from '../../basics/figure.ts'
import type { figure } from '../../basics/schema.ts'
import type { CellKind, OutCell, OutRow } from '../../platform/files/table-out.ts'

/** A figure as answers give it. */
export type Figure = z.output<typeof figure>

export interface Words {
  en: string
  de: string
}

export interface ExportColumn<Row> {
  /** The same in every language: the field of the import where there is one. */
  name: string
  label: Words
  kind: CellKind
  cell(row: Row): OutCell
}

/** Asks an operation that only reads, as the person who wants the file. */
export type Ask = (
  operation: string,
  input: Readonly<Record<string, unknown>>,
  beyond?: Readonly<Record<string, unknown>>,
) => Promise<unknown>

/** A table with its rows, a few hundred at a time. */
export interface Opened {
  columns: readonly Pick<ExportColumn<unknown>, 'name' | 'label' | 'kind'>[]
  rows: AsyncIterable<readonly OutRow[]>
}

/** What can be had as a file: the operation that gives it on the screen, told how to become columns. */
export interface Source {
  title: Words
  open(ask: Ask, filter: Readonly<Record<string, unknown>>): Promise<Opened>
}

interface Listed<Answered, Row> {
  title: Words
  operation: string
  /** Rows of the file that one row of the answer makes. */
  rowsOf(answered: Answered): readonly Row[]
  columns: readonly ExportColumn<Row>[]
  /** Own fields of a row, each a column under its own name. */
  traits?: ((row: Row) => Readonly<Record<string, string>>) | undefined
  beyond?: Readonly<Record<string, unknown>>
}

/** More than a request may ask: nobody waits for a page of a file. */
const pageRows = 1_000

export async function* pagesOf<Answered>(
  ask: Ask,
  operation: string,
  filter: Readonly<Record<string, unknown>>,
  beyond: Readonly<Record<string, unknown>> = {},
): AsyncGenerator<readonly Answered[]> {
  const { cursor: _, limit: __, count: ___, ...input } = filter
  for (let cursor: string | undefined; ; ) {
    const page = (await ask(operation, input, {
      ...beyond,
      limit: pageRows,
      ...(cursor === undefined ? {} : { cursor }),
    })) as { rows: readonly Answered[]; next?: string }
    yield page.rows
    cursor = page.next
    if (cursor === undefined) return
  }
}

/** Rows as cells, a page at a time. */
export async function* cellsOf<Row>(
  columns: readonly ExportColumn<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly OutRow[]> {
  for await (const rows of pages) {
    yield rows.map((row) => columns.map((column) => column.cell(row)))
  }
}

/** A list that is read page by page. */
export function listed<Answered, Row>(made: Listed<Answered, Row>): Source {
  const { title, operation, rowsOf, traits, beyond } = made
  return {
    title,
    open: async (ask, filter) => {
      async function* rows() {
        for await (const page of pagesOf<Answered>(ask, operation, filter, beyond)) {
          yield page.flatMap(rowsOf)
        }
      }
      // Which own fields there are is known only once all rows were seen; all in one revision.
      const names = new Set<string>()
      if (traits) {
        for await (const some of rows()) {
          for (const row of some) for (const name of Object.keys(traits(row))) names.add(name)
        }
      }
      const columns = [...made.columns]
      for (const name of [...names].sort()) {
        columns.push({
          name,
          label: { en: name, de: name },
          kind: 'text',
          cell: (row) => traits?.(row)[name] ?? null,
        })
      }
      return { columns, rows: cellsOf(columns, rows()) }
    },
  }
}

export interface NamedRef {
  id: string
  name: string
}

const kindOfUnit: Readonly<Record<Unit, CellKind>> = {
  money: 'money',
  rate: 'rate',
  count: 'number',
  days: 'number',
  score: 'number',
}

/** A figure's bound or value as a cell; empty where it is missing. */
function figureCell(figure: Figure | undefined, value: number | undefined, unit: Unit): OutCell {
  if (figure === undefined || figure.missing || value === undefined) return null
  if (unit !== 'money') return value
  return figure.currency === undefined
    ? null
    : { amount: Math.round(value), currency: figure.currency }
}

/** Value, number of observations and interval of a figure, side by side. */
export function figureColumns<Row>(
  metric: { name: string; label: Words; unit: Unit; interval: boolean },
  figureOf: (row: Row) => Figure | undefined,
): ExportColumn<Row>[] {
  const { name, label, unit } = metric
  const kind = kindOfUnit[unit]
  const part = (
    ending: string,
    words: Words,
    of: (figure: Figure) => number | undefined,
  ): ExportColumn<Row> => ({
    name: `${name}_${ending}`,
    label: { en: `${label.en}, ${words.en}`, de: `${label.de}, ${words.de}` },
    kind,
    cell: (row) => {
      const figure = figureOf(row)
      return figureCell(figure, figure && of(figure), unit)
    },
  })
  const value: ExportColumn<Row> = {
    name,
    label,
    kind,
    cell: (row) => {
      const figure = figureOf(row)
      return figureCell(figure, figure?.value, unit)
    },
  }
  if (!metric.interval) return [value]
  return [
    value,
    part('low', { en: 'lower bound', de: 'untere Grenze' }, (figure) => figure.low),
    part('high', { en: 'upper bound', de: 'obere Grenze' }, (figure) => figure.high),
    {
      name: `${name}_n`,
      label: { en: `${label.en}, observations`, de: `${label.de}, Beobachtungen` },
      kind: 'number',
      // Also where there are too few of them for a value.
      cell: (row) => figureOf(row)?.n ?? null,
    },
  ]
}

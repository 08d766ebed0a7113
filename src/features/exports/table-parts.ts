// What tables of figures are made of: columns of cells, of metrics, and answers that hold a table whole.
import type { Cell } from '../../basics/figure.ts'
import type { OutCell } from '../../platform/files/table-out.ts'
import type { MetricId } from '../results/contract.ts'
import { metrics } from '../results/door.ts'
import {
  cellsOf,
  type ExportColumn,
  type Figure,
  figureColumns,
  type Opened,
  type Source,
  type Words,
} from './columns.ts'

export const cellText = (cell: Cell | undefined): string | null =>
  cell === undefined || cell === null || typeof cell === 'string' ? (cell ?? null) : cell.name

export function ofMetric<Row>(
  id: MetricId,
  figureOf: (row: Row) => Figure | undefined,
): ExportColumn<Row>[] {
  const { name: label, unit, interval } = metrics[id]
  return figureColumns({ name: id, label, unit, interval: interval !== null }, figureOf)
}

export function column<Row>(
  name: string,
  label: Words,
  cell: (row: Row) => OutCell,
  kind: ExportColumn<Row>['kind'] = 'text',
): ExportColumn<Row> {
  return { name, label, kind, cell }
}

export const words = (en: string, de: string): Words => ({ en, de })

/**
 * A table that one answer holds whole; its columns may follow from what was asked. `beyond`: limits of
 * a screen that a file does not have.
 */
export function answered<Answer, Row>(
  operation: string,
  title: Words,
  shape: (answer: Answer) => { columns: readonly ExportColumn<Row>[]; rows: readonly Row[] },
  beyond?: Readonly<Record<string, unknown>>,
): Source {
  return {
    title,
    open: async (ask, filter): Promise<Opened> => {
      const { columns, rows } = shape((await ask(operation, filter, beyond)) as Answer)
      async function* whole() {
        yield rows
      }
      return { columns, rows: cellsOf(columns, whole()) }
    },
  }
}

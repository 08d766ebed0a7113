// Writes a table as CSV while it is sent: in UTF-8, with a point before decimals, and nothing a spreadsheet runs.
import { textCell } from '../../basics/csv.ts'
import {
  decimalText,
  type OutCell,
  type OutColumn,
  type OutRow,
  type OutRows,
} from './table-out.ts'

function cellText(cell: OutCell): string {
  return typeof cell === 'string' ? textCell(cell) : (decimalText(cell) ?? '')
}

function line(row: OutRow): string {
  return `${row.map(cellText).join(',')}\r\n`
}

export async function* writeCsv(
  columns: readonly OutColumn[],
  rows: OutRows,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(line(columns.map((column) => column.header)))
  for await (const some of rows) {
    if (some.length > 0) yield Buffer.from(some.map(line).join(''))
  }
}

// What a kind of import has to say: how a row is staged, by what it is recognised, how rows are stored.
import type { RecordCounts } from '../../../platform/database/records-bulk.ts'
import type { Tx, WriteTx } from '../../../platform/database/with-org.ts'
import type { TypedRow } from '../calc/convert.ts'
import type { Note } from '../calc/questions.ts'
import type { Placed, Placing, RowFault } from '../placed-row.ts'

/** Records that rows name: they are found by number, name or alias. */
export type NamedTable = 'seller' | 'team' | 'customer' | 'product'

export interface Storing {
  batchId: string
  /** Fields that the file has a column for; the others stay as they are. */
  present: ReadonlySet<string>
  /** The day it is in the organisation's zone. */
  today: string
  /** Says that the rows are in and what follows from them is being worked out. */
  follow(): Promise<void>
}

export interface Stored {
  counts: RecordCounts
  /** Further rows written: records made by mention, sales, memberships … */
  written: number
}

export interface KindWork {
  /** The row in the staging table, or why it is set aside. */
  place(row: TypedRow, placing: Placing): Placed
  /**
   * By what a row is known again. A table: by number, name or alias, one row per record. `number`: by
   * `external_source` and `external_id` alone; rows without a number carry a key of their content
   * (source `content`, ending in `:1`), which is counted through, so that real duplicates survive.
   */
  known: NamedTable | 'number'
  /** What storing would do, by the same statements. */
  count(tx: Tx, storing: Pick<Storing, 'batchId' | 'present'>): Promise<RecordCounts>
  store(tx: WriteTx, storing: Storing): Promise<Stored>
  /** Rows that the records there are do not allow, found and settled once names are looked up; they are set aside. */
  unfit?(
    tx: Tx,
    storing: Pick<Storing, 'batchId' | 'present'>,
  ): Promise<{ line: number; fault: RowFault; field: string }[]>
  /** Names that rows mention and nobody knows make no records: such rows are among the `unfit`. */
  makesNobody?: true
  /** Where every row counts as unchanged and mentions nobody unknown, storing does nothing at all. */
  nothingElse?: true
  /** What a person should know before storing, from the staged rows. */
  notes?(tx: Tx, batchId: string): Promise<Note[]>
}

// The SQL of swapped days: how often each day occurs among what one import brought.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'

/** Days that come from files, by the table and column they stand in. */
const dated = [
  { table: 'deal', column: 'opened_on' },
  { table: 'deal', column: 'closed_on' },
  { table: 'order_head', column: 'on_day' },
  { table: 'order_line', column: 'on_day' },
  { table: 'survey_answer', column: 'on_day' },
  { table: 'customer_case', column: 'on_day' },
] as const

export interface ImportedDays {
  id: string
  fileName: string
  column: string
  days: [day: string, count: number][]
}

/** Days of the facts as each import left them; what was changed since is nobody's import any more. */
export async function importedDays(tx: Tx): Promise<ImportedDays[]> {
  const found = new Map<string, ImportedDays>()
  for (const { table, column } of dated) {
    const rows = await tx.rows<{ id: string; file_name: string; day: string; n: number }>(sql`
      SELECT b.id, b.file_name, f.day, f.n FROM (
        SELECT change_in, ${sql.ref(column)} AS day, count(*) AS n FROM ${sql.table(table)}
        WHERE org_id = ${tx.orgId} AND change_out IS NULL AND ${sql.ref(column)} IS NOT NULL GROUP BY 1, 2
      ) f JOIN import_batch b ON b.org_id = ${tx.orgId} AND b.change_id = f.change_in`)
    for (const { id, file_name: fileName, day, n } of rows) {
      const place = `${id} ${table} ${column}`
      const known = found.get(place) ?? { id, fileName, column, days: [] }
      known.days.push([day, n])
      found.set(place, known)
    }
  }
  return [...found.values()]
}

// Whole tables of one organisation in one revision, too large to be held in memory: read by COPY.
import { to as copyTo } from 'pg-copy-streams'
import { assert } from '../../basics/refusal.ts'
import { translateError } from './errors.ts'
import { wholeTables } from './tables.ts'
import type { Actor, Database } from './with-org.ts'

export interface Copied {
  /** CSV as PostgreSQL writes it: nothing between the commas is null, "" is an empty text. */
  pieces: AsyncIterable<Buffer>
  /** Rows, known once all pieces were read. */
  rows(): number
}

export interface Copying {
  /** Columns without the organisation's id, in their order, with their types. */
  columns(table: string): Promise<{ name: string; type: string; nullable: boolean }[]>
  copy(table: string, columns: readonly string[], order: readonly string[]): Copied
  first<Row>(text: string, values: readonly unknown[]): Promise<Row | undefined>
}

/**
 * Gives `work` one read-only transaction in which it copies tables one after the other. What it
 * yields is passed on; leaving early ends the transaction.
 */
export async function* copyingOut<Out>(
  db: Database,
  actor: Actor,
  work: (copying: Copying) => AsyncGenerator<Out>,
): AsyncGenerator<Out> {
  const client = await db.pools.bulk.connect().catch((error: unknown) => {
    throw translateError(error)
  })
  let ended = false
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query('SELECT kontor_enter($1, $2)', [actor.orgId, actor.personId])
    await client.query(`SET LOCAL statement_timeout = 0`)
    await client.query(`SET LOCAL TimeZone = 'UTC'`)
    await client.query(`SET LOCAL DateStyle = 'ISO, YMD'`)
    yield* work({
      columns: async (table) => {
        const { rows } = await client.query<{ name: string; type: string; nullable: boolean }>(
          `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
           FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
             AND a.attname <> 'org_id' ORDER BY a.attnum`,
          [table],
        )
        return rows
      },
      copy: (table, columns, order) => {
        const quoted = (names: readonly string[]) =>
          names.map((name) => client.escapeIdentifier(name)).join(', ')
        const all = wholeTables[table]
        const source =
          all === undefined ? client.escapeIdentifier(table) : `${client.escapeIdentifier(all)}()`
        const stream = client.query(
          copyTo(
            `COPY (SELECT ${quoted(columns)} FROM ${source}
              WHERE org_id = ${client.escapeLiteral(actor.orgId)}::uuid ORDER BY ${quoted(order)})
             TO STDOUT (FORMAT csv, HEADER)`,
          ),
        )
        return { pieces: stream as AsyncIterable<Buffer>, rows: () => stream.rowCount }
      },
      first: async (text, values) => (await client.query(text, [...values])).rows[0],
    })
    const end = await client.query('COMMIT')
    assert(end.command === 'COMMIT', 'the transaction was rolled back')
    ended = true
  } catch (error) {
    throw translateError(error)
  } finally {
    // A connection that was left in the middle of a COPY is not worth saving.
    client.release(ended ? undefined : new Error('left before its end'))
  }
}

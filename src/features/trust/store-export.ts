// Which tables a full export holds, and how they are read: whole, in one revision, piece by piece.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import { type Copying, copyingOut } from '../../platform/database/copy-out.ts'
import type { Actor, Database, Tx } from '../../platform/database/with-org.ts'
import type { ZipEntry } from '../../platform/files/zip-out.ts'
import { type ExportedColumn, rowSchema } from './calc/row-schema.ts'
import {
  fileOf,
  formatVersion,
  type Manifest,
  type ManifestTable,
  manifestName,
  readme,
  schemaOf,
} from './manifest.ts'

/** Tables of an organisation that a full export leaves out, each with its reason. */
export const leftOut: Readonly<Record<string, string>> = {
  check_run: 'says what was checked in this installation',
  forecast_round: 'says what was asked in this installation',
  forecast_test: 'says what was tested in this installation',
  idempotency: 'answers to requests of the last days',
  import_mention: 'rows on their way in',
  import_row: 'rows on their way in',
  org_head: 'stands in the manifest',
  restore_row: 'rows on their way in',
  sale_day_seller: 'follows from the sales',
  sale_day_seller_delta: 'follows from the sales',
  sale_month_product: 'follows from the sales',
  sale_month_product_delta: 'follows from the sales',
}

const catalogue = `SELECT coalesce(jsonb_agg(c.relname ORDER BY c.relname COLLATE "C"), '[]') AS names
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)`
const keys = `SELECT coalesce(jsonb_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)), '[]') AS names
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = $1::regclass AND i.indisprimary AND a.attname <> 'org_id'`

/** Columns of every table that is exported, by table. */
export async function exportedColumns(tx: Tx): Promise<Map<string, ExportedColumn[]>> {
  const rows = await tx.rows<{ tab: string } & ExportedColumn>(sql`
    SELECT c.relname AS tab, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL (${Object.keys(leftOut)})
      AND EXISTS (SELECT 1 FROM pg_attribute o WHERE o.attrelid = c.oid AND o.attname = 'org_id') AND a.attname <> 'org_id'
    ORDER BY c.relname COLLATE "C", a.attnum`)
  const tables = new Map<string, ExportedColumn[]>()
  for (const { tab, ...column } of rows) tables.set(tab, [...(tables.get(tab) ?? []), column])
  return tables
}

/** The files of a full export, one after the other; the manifest comes last because it names what went before. */
export function exportEntries(
  db: Database,
  actor: Actor,
  about: { kontor: string; exportedAt: string },
): AsyncGenerator<ZipEntry> {
  return copyingOut(db, actor, async function* (copying): AsyncGenerator<ZipEntry> {
    const head = await copying.first<Manifest['head'] & { id: string; name: string }>(
      `SELECT h.revision, encode(h.hash, 'hex') AS hash, h.at, o.org_id AS id, o.name
       FROM org_head h JOIN org o ON o.org_id = h.org_id WHERE h.org_id = $1`,
      [actor.orgId],
    )
    assert(head, 'the organisation has a head')
    yield { name: 'README.md', content: [Buffer.from(readme)] }
    const tables: ManifestTable[] = []
    const found = await copying.first<{ names: string[] }>(catalogue, [Object.keys(leftOut)])
    for (const name of found?.names ?? []) yield* tableEntries(copying, name, tables)
    const { id, name, revision, hash, at } = head
    const contents: Manifest = {
      format: 'kontor-export',
      formatVersion,
      ...about,
      organisation: { id, name },
      head: { revision, hash, at },
      tables,
    }
    yield { name: manifestName, content: [json(contents)] }
  })
}

async function* tableEntries(
  copying: Copying,
  name: string,
  tables: ManifestTable[],
): AsyncGenerator<ZipEntry> {
  const columns = await copying.columns(name)
  const key = await copying.first<{ names: string[] }>(keys, [name])
  const order = key && key.names.length > 0 ? key.names : columns.map((column) => column.name)
  const table = copying.copy(
    name,
    columns.map((column) => column.name),
    order,
  )
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted() {
    for await (const piece of table.pieces) {
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  yield { name: fileOf(name), content: counted() }
  yield { name: schemaOf(name), content: [json(rowSchema(name, columns))] }
  tables.push({
    name,
    file: fileOf(name),
    schema: schemaOf(name),
    rows: table.rows(),
    bytes,
    sha256: hash.digest('hex'),
  })
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

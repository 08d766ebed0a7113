// The SQL of mappings kept by name.
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/with-org.ts'
import type { Mapping } from './calc/mapping.ts'
import type { ImportKind } from './contract.ts'

export interface SavedMapping {
  id: string
  version: number
  name: string
  kind: ImportKind
  headers: string[]
  mapping: Mapping
}

export function listMappings(tx: Tx): Promise<SavedMapping[]> {
  return tx.rows<SavedMapping>(sql`
    SELECT id, version, name, kind, headers, mapping FROM saved_mapping
    WHERE org_id = ${tx.orgId} AND state <> 'removed' ORDER BY name_key COLLATE "C"`)
}

/** The mapping kept last for a file with just these headers, in whatever order. */
export async function mappingFor(
  tx: Tx,
  headers: readonly string[],
  kind?: ImportKind,
): Promise<SavedMapping | undefined> {
  const wanted = JSON.stringify([...headers].sort())
  const fitting = (await listMappings(tx)).filter(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      JSON.stringify([...one.headers].sort()) === wanted,
  )
  return fitting.sort((a, b) => (a.id < b.id ? 1 : -1))[0]
}

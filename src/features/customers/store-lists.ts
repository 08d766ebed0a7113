// The SQL of own fields and of the values demographics may be chosen from.
import { sql } from 'kysely'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type fieldEntities, type fieldKinds, listedFields } from './contract-lists.ts'

export type FieldEntity = (typeof fieldEntities)[number]
export type ListedField = (typeof listedFields)[number]

export interface OwnFieldRow {
  id: string
  version: number
  state: 'active' | 'archived'
  entity: FieldEntity
  key: string
  label: string
  kind: (typeof fieldKinds)[number]
  choices: string[]
  position: number
}

const columns = sql`id, version, state, entity, key, label, kind, choices, position`

export function ownFields(
  tx: Tx,
  filter: { entity?: FieldEntity | undefined; state: 'active' | 'archived' },
): Promise<OwnFieldRow[]> {
  const { entity, state } = filter
  return tx.rows<OwnFieldRow>(sql`
    SELECT ${columns} FROM own_field WHERE org_id = ${tx.orgId} AND state = ${state}
      ${entity === undefined ? sql`` : sql`AND entity = ${entity}`}
    ORDER BY entity COLLATE "C", position, label COLLATE "C", id`)
}

export function ownFieldById(tx: Tx, id: string): Promise<OwnFieldRow | undefined> {
  return tx.first<OwnFieldRow>(sql`
    SELECT ${columns} FROM own_field WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

export function ownFieldOf(
  tx: Tx,
  entity: FieldEntity,
  key: string,
): Promise<{ id: string } | undefined> {
  return tx.first<{ id: string }>(sql`
    SELECT id FROM own_field WHERE org_id = ${tx.orgId} AND entity = ${entity} AND key COLLATE "C" = ${key} AND state <> 'removed'`)
}

/** Keys that traits have and no own field describes, the most frequent first. */
export function unnamedKeys(
  tx: Tx,
  entity: FieldEntity,
): Promise<{ key: string; count: number; example: string }[]> {
  return tx.rows<{ key: string; count: number; example: string }>(sql`
    SELECT e.key, count(*) AS count, min(left(e.value, 80)) AS example
    FROM ${sql.table(entity)} t, jsonb_each_text(t.traits) e
    WHERE t.org_id = ${tx.orgId} AND t.state <> 'removed' AND e.value <> ''
      AND NOT EXISTS (SELECT 1 FROM own_field f WHERE f.org_id = t.org_id AND f.entity = ${entity}
        AND f.key COLLATE "C" = e.key AND f.state <> 'removed')
    GROUP BY e.key ORDER BY count(*) DESC, e.key COLLATE "C" LIMIT 100`)
}

export interface DemographicRow {
  id: string
  version: number
  field: ListedField
  value: string
}

export function demographics(tx: Tx, field: ListedField | undefined): Promise<DemographicRow[]> {
  return tx.rows<DemographicRow>(sql`
    SELECT id, version, field, value FROM demographic WHERE org_id = ${tx.orgId} AND state <> 'removed'
      ${field === undefined ? sql`` : sql`AND field = ${field}`}
    ORDER BY field COLLATE "C", value_key COLLATE "C", id`)
}

export function demographicById(tx: Tx, id: string): Promise<DemographicRow | undefined> {
  return tx.first<DemographicRow>(sql`
    SELECT id, version, field, value FROM demographic WHERE org_id = ${tx.orgId} AND id = ${id} AND state <> 'removed'`)
}

/** Which of these values the list of the field has already, by their keys. */
export async function listedKeys(
  tx: Tx,
  field: ListedField,
  values: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ value_key: string }>(sql`
    SELECT value_key FROM demographic WHERE org_id = ${tx.orgId} AND field = ${field} AND state <> 'removed'
      AND value_key = ANY(${values.map(nameKey)}::text[])`)
  return new Set(rows.map((row) => row.value_key))
}

/** Values of customers that the list of their field does not have; without `all` only of fields with a list. */
export async function unlistedValues(
  tx: Tx,
  { all }: { all: boolean },
): Promise<{ field: ListedField; value: string; count: number }[]> {
  const found = []
  for (const field of listedFields) {
    const listed = sql`SELECT 1 FROM demographic d WHERE d.org_id = ${tx.orgId} AND d.field = ${field} AND d.state <> 'removed'`
    found.push(
      ...(await tx.rows<{ field: ListedField; value: string; count: number }>(sql`
        SELECT ${field}::text AS field, v.value, v.count FROM (
          SELECT ${sql.ref(field)} AS value, count(*) AS count FROM customer
          WHERE org_id = ${tx.orgId} AND state <> 'removed' AND ${sql.ref(field)} IS NOT NULL GROUP BY 1
        ) v WHERE ${all ? sql`true` : sql`EXISTS (${listed})`}
          AND NOT EXISTS (${listed} AND d.value COLLATE "C" = v.value)
        ORDER BY v.count DESC, v.value COLLATE "C" LIMIT 200`)),
    )
  }
  return found
}

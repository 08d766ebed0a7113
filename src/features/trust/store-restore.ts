// The SQL of taking a full export in: rows copied into staging, then put in place by one owner's function.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { assert } from '../../basics/refusal.ts'
import { translateError } from '../../platform/database/errors.ts'
import { refreshStatistics } from '../../platform/database/fold.ts'
import { writeHistory } from '../../platform/database/records.ts'
import type { Database, Tx, WriteTx } from '../../platform/database/with-org.ts'
import type { ExportedColumn } from './calc/row-schema.ts'
import type { Manifest } from './manifest.ts'

export async function isEmpty(tx: Tx): Promise<boolean> {
  const row = await tx.first<{ empty: boolean }>(sql`SELECT kontor_is_empty(${tx.orgId}) AS empty`)
  return row?.empty ?? false
}

/** Writes a row as one line of COPY text; JSON stays as it was written, so that no number is rounded. */
export function stagedLine(
  key: { orgId: string; runId: string; table: string },
  columns: readonly ExportedColumn[],
  row: readonly (string | null)[],
): string {
  const parts = columns.map(({ name, type }, at) => {
    const cell = row[at] ?? null
    const value = cell !== null && type === 'jsonb' ? cell : JSON.stringify(cell)
    return `${JSON.stringify(name)}:${value}`
  })
  const line = `{${parts.join(',')}}`.replaceAll('\\', '\\\\').replace(/[\t\n\r]/g, ' ')
  return `${key.orgId}\t${key.runId}\t${key.table}\t${line}\n`
}

export async function copyIn(db: Database, lines: AsyncIterable<string>): Promise<void> {
  const client = await db.pools.bulk.connect().catch((error: unknown) => {
    throw translateError(error)
  })
  let broken: Error | undefined
  try {
    await client.query('SET statement_timeout = 0')
    await pipeline(
      Readable.from(lines),
      client.query(copyFrom('COPY restore_row (org_id, run_id, tab, line) FROM STDIN')),
    )
    await client.query('RESET statement_timeout')
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw translateError(error)
  } finally {
    client.release(broken)
  }
}

export async function clearStaged(tx: Tx, runId: string): Promise<void> {
  await tx.run(sql`DELETE FROM restore_row WHERE org_id = ${tx.orgId} AND run_id = ${runId}`)
}

/**
 * Puts the staged rows in the place of the empty organisation `target` and gives the name that one had
 * in addresses; `tx` is inside the one of the export. Refuses `trust.not_empty`, `trust.export_broken`,
 * `trust.lives_here`.
 */
export async function putInPlace(
  tx: WriteTx,
  target: string,
  runId: string,
  columns: Record<string, string[]>,
  { head }: Manifest,
): Promise<string> {
  const row = await tx.first<{ slug: string }>(sql`
    SELECT kontor_restore(${target}, ${runId}, ${JSON.stringify(columns)}::jsonb,
      ${tx.orgId}, ${head.revision}, decode(${head.hash}, 'hex')) AS slug`)
  assert(row, 'the name of what was there')
  return row.slug
}

/** The organisation takes the place of the empty one in addresses; its history says so. */
export async function takePlace(tx: WriteTx, slug: string): Promise<void> {
  const was = await tx.first<{ slug: string; kind: string; set_up: boolean; version: number }>(
    sql`SELECT slug, kind, set_up, version FROM org WHERE org_id = ${tx.orgId}`,
  )
  assert(was, 'the organisation is there')
  const version = was.version + 1
  await tx.run(sql`
    UPDATE org SET version = ${version}, slug = ${slug}, kind = 'own', set_up = true WHERE org_id = ${tx.orgId}`)
  await writeHistory(tx, 'org', tx.orgId, version, {
    slug: [was.slug, slug],
    kind: [was.kind, 'own'],
    set_up: [was.set_up, true],
  })
}

/**
 * Statistics of what this transaction has just put in place: without them the planner takes full tables
 * for empty ones, and the check goes through them once for each of their rows.
 */
export async function analyzeAll(tx: Tx): Promise<void> {
  await refreshStatistics(tx)
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  await tx.run(sql`SET LOCAL jit = off`)
}

/** The person who acts in the staged organisation. */
export async function soloPersonOf(tx: Tx, runId: string): Promise<string | undefined> {
  const row = await tx.first<{ id: string | null }>(sql`
    SELECT line ->> 'solo_person_id' AS id FROM restore_row
    WHERE org_id = ${tx.orgId} AND run_id = ${runId} AND tab = 'org'`)
  return row?.id ?? undefined
}

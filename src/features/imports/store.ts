// The SQL of import batches and of the rows set aside.
import { sql } from 'kysely'
import type { OutputOf } from '../../basics/contract.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import type { Sentence } from './calc/kinds.ts'
import type { Mapping } from './calc/mapping.ts'
import type { PresetName } from './calc/presets.ts'
import type { Question } from './calc/questions.ts'
import type { ImportKind, importsContract } from './contract.ts'
import { storableJson } from './storable.ts'

type Detail = OutputOf<(typeof importsContract)['imports.get']>
export type Counts = Required<Detail['counts']>
export type Suggestion = Detail['suggestions'][number]
export type BatchState = Detail['state']

export interface Accepted {
  kind: string
  value: string
  like: string
}

/** What a person sees of a waiting import, and what was answered so far. */
export interface Preview {
  /** What was given, before anything was recognised. */
  given: { kind?: ImportKind; preset?: PresetName; mapping: Mapping; readBy?: string }
  accepted: Accepted[]
  columns: Detail['columns']
  questions: Question[]
  suggestions: Suggestion[]
  firstRows: Record<string, unknown>[]
  created: Record<string, number>
  createdExamples: Record<string, string[]>
  notes: Detail['notes']
  /** Of the organisation when the rows were last compared with what there is; null before. */
  revision: number | null
  /** Fields that the file has a column or a constant for. */
  present: string[]
  /** To write the rejected rows in the form of the original. */
  headerLine: string | null
}

export interface Batch {
  id: string
  kind: ImportKind
  fileName: string
  fileBytes: number
  /** In hexadecimal. */
  fileHash: string
  filePath: string | null
  preset: string | null
  corrects: string | null
  mapping: Mapping
  state: BatchState
  preview: Preview
  counts: Partial<Counts>
  progress: { step: string; done: number; total: number } | null
  cancelRequested: boolean
  changeId: string | null
  createdBy: { id: string; name: string }
  createdAt: string
  finishedAt: string | null
  error: { code: string; message: string; next?: string } | null
}

interface BatchRow {
  id: string
  kind: ImportKind
  file_name: string
  file_bytes: number
  file_hash: string
  file_path: string | null
  preset: string | null
  corrects: string | null
  mapping: Mapping
  state: BatchState
  preview: Preview
  counts: Partial<Counts>
  progress: { step?: string; done: number; total: number }
  cancel_requested: boolean
  change_id: string | null
  created_by: string
  created_by_name: string | null
  created_at: string
  finished_at: string | null
  error: Batch['error']
}

const select = (tx: Tx, withPreview: boolean) => sql`
  SELECT b.id, b.kind, b.file_name, b.file_bytes, encode(b.file_hash, 'hex') AS file_hash, b.file_path, b.preset, b.corrects, b.mapping, b.state, b.counts, b.progress,
    ${withPreview ? sql`b.preview` : sql`'{}'::jsonb AS preview`}, b.cancel_requested, b.change_id, b.created_by,
    p.name AS created_by_name, b.created_at, b.finished_at, b.error
  FROM import_batch b LEFT JOIN person p ON p.org_id = b.org_id AND p.id = b.created_by
  WHERE b.org_id = ${tx.orgId}`

function fromRow(row: BatchRow): Batch {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    fileHash: row.file_hash,
    filePath: row.file_path,
    preset: row.preset,
    corrects: row.corrects,
    mapping: row.mapping,
    state: row.state,
    preview: row.preview,
    counts: row.counts,
    progress: row.progress.step === undefined ? null : { ...row.progress, step: row.progress.step },
    cancelRequested: row.cancel_requested,
    changeId: row.change_id,
    createdBy: { id: row.created_by, name: row.created_by_name ?? '' },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    error: row.error,
  }
}

/**
 * Whether the person may see the batch b: a file of goals with a column for private ones is open to
 * whoever brought it in alone, because its first rows and those set aside would tell of them.
 */
export const openTo = (tx: Tx) => sql`(b.created_by = ${tx.personId} OR NOT (b.kind = 'goals' AND (
  coalesce(b.mapping -> 'columns' @? '$.* ? (@ == "private")', false) OR coalesce(b.mapping -> 'constants' ? 'private', false))))`

export async function batchById(
  tx: Tx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Batch | undefined> {
  const row = await tx.first<BatchRow>(
    sql`${select(tx, true)} AND b.id = ${id} AND ${openTo(tx)} ${options.lock ? sql`FOR UPDATE OF b` : sql``}`,
  )
  return row && fromRow(row)
}

/** One application of a batch at a time; beside the row's own lock, which the reports of progress need. */
export async function lockApplication(tx: Tx, id: string): Promise<void> {
  await tx.run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import ${tx.orgId} ${id}`}, 0))`,
  )
}

/** Which of these batches still need their file. */
export async function batchesWithFile(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT id FROM import_batch WHERE org_id = ${tx.orgId} AND id = ANY(${ids}::uuid[]) AND file_path IS NOT NULL`)
  return new Set(rows.map((row) => row.id))
}

/** Newest first (ids are made in the order of time), without previews, one more than the limit. */
export async function listBatches(
  tx: Tx,
  after: string | undefined,
  limit: number,
): Promise<Batch[]> {
  const place = after === undefined ? sql`` : sql`AND b.id < ${after}`
  const rows = await tx.rows<BatchRow>(sql`
    ${select(tx, false)} AND ${openTo(tx)} ${place} ORDER BY b.id DESC LIMIT ${limit + 1}`)
  return rows.map(fromRow)
}

export async function batchesInState(tx: Tx, state: BatchState): Promise<Batch[]> {
  const rows = await tx.rows<BatchRow>(
    sql`${select(tx, false)} AND b.state = ${state} ORDER BY b.id`,
  )
  return rows.map(fromRow)
}

export async function insertBatch(
  tx: Tx,
  batch: Pick<
    Batch,
    'id' | 'kind' | 'fileName' | 'fileBytes' | 'filePath' | 'preview' | 'createdAt'
  > & { hash: Uint8Array; corrects?: string },
): Promise<void> {
  await tx.run(sql`
    INSERT INTO import_batch (org_id, id, kind, file_name, file_hash, file_bytes, file_path, corrects, mapping, state, preview, created_by, created_at)
    VALUES (${tx.orgId}, ${batch.id}, ${batch.kind}, ${batch.fileName}, ${Buffer.from(batch.hash)}, ${batch.fileBytes}, ${batch.filePath},
      ${batch.corrects ?? null}, '{}', 'read', ${storableJson(batch.preview)}::jsonb, ${tx.personId}, ${batch.createdAt})`)
}

export type BatchChanges = Partial<
  Pick<
    Batch,
    | 'kind'
    | 'preset'
    | 'mapping'
    | 'state'
    | 'preview'
    | 'counts'
    | 'filePath'
    | 'cancelRequested'
    | 'changeId'
    | 'finishedAt'
    | 'error'
  >
> & { progress?: Batch['progress'] }

const columnOf = {
  kind: 'kind',
  preset: 'preset',
  mapping: 'mapping',
  state: 'state',
  preview: 'preview',
  counts: 'counts',
  filePath: 'file_path',
  cancelRequested: 'cancel_requested',
  changeId: 'change_id',
  finishedAt: 'finished_at',
  error: 'error',
  progress: 'progress',
} as const satisfies Record<keyof BatchChanges, string>
const json = new Set<keyof BatchChanges>(['mapping', 'preview', 'counts', 'error', 'progress'])

export async function updateBatch(
  tx: Tx | WriteTx,
  id: string,
  changes: BatchChanges,
): Promise<void> {
  const names = Object.keys(changes) as (keyof BatchChanges)[]
  const sets = names.map((name) => {
    const value = changes[name] ?? (name === 'progress' ? {} : null)
    const parameter =
      json.has(name) && value !== null ? sql`${storableJson(value)}::jsonb` : sql`${value}`
    return sql`${sql.ref(columnOf[name])} = ${parameter}`
  })
  await tx.run(
    sql`UPDATE import_batch SET ${sql.join(sets)} WHERE org_id = ${tx.orgId} AND id = ${id}`,
  )
}

/** Undoing changes that follow on the changes given, whole chains: child by what it undoes. */
export async function undoChains(
  tx: Tx,
  changeIds: readonly string[],
): Promise<Map<string, string>> {
  if (changeIds.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; undoes: string }>(sql`
    WITH RECURSIVE chain AS (
      SELECT c.id, c.undoes FROM change c WHERE c.org_id = ${tx.orgId} AND c.undoes = ANY(${changeIds}::uuid[])
      UNION SELECT c.id, c.undoes FROM change c JOIN chain ON c.org_id = ${tx.orgId} AND c.undoes = chain.id
    ) SELECT id, undoes FROM chain`)
  return new Map(rows.map((row) => [row.undoes, row.id]))
}

/** The revisions that these changes made. */
export async function revisionsOf(
  tx: Tx,
  changeIds: readonly string[],
): Promise<Map<string, number>> {
  if (changeIds.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; revision: number }>(sql`
    SELECT id, revision FROM change WHERE org_id = ${tx.orgId} AND id = ANY(${changeIds}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row.revision]))
}

export interface Reject {
  line: number
  raw: string
  column: string | null
  value: string | null
  code: string
  message: Sentence
}

/** `seq` tells rejects of one line apart. */
export async function insertRejects(
  tx: Tx,
  batchId: string,
  rejects: readonly (Reject & { seq: number })[],
): Promise<void> {
  if (rejects.length === 0) return
  await tx.run(sql`
    INSERT INTO import_reject (org_id, batch_id, line, seq, raw, column_name, value, code, message)
    SELECT ${tx.orgId}, ${batchId}, e.line, e.seq, e.raw, e."column", e.value, e.code, e.message
    FROM jsonb_to_recordset(${storableJson(rejects)}::jsonb)
      AS e (line int, seq int, raw text, "column" text, value text, code text, message jsonb)`)
}

export async function deleteRejects(tx: Tx, batchId: string): Promise<void> {
  await tx.run(sql`DELETE FROM import_reject WHERE org_id = ${tx.orgId} AND batch_id = ${batchId}`)
}

// From a file that came in to a batch that is ready, or asks: inspected, planned, staged.
import { anyCell } from '../../basics/csv.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Actor, Tx } from '../../platform/database/with-org.ts'
import { settingsOf } from '../team/door.ts'
import type { Sentence } from './calc/kinds.ts'
import type { Mapping } from './calc/mapping.ts'
import type { NoteCode } from './calc/messages.ts'
import type { Inspection, Planned } from './calc/plan.ts'
import { planImport, previewRows } from './calc/plan.ts'
import type { Question } from './calc/questions.ts'
import { inspect } from './incoming.ts'
import { type Deps, presentFields, stage } from './stage.ts'
import { type Batch, type BatchState, batchById, type Preview, updateBatch } from './store.ts'
import { deleteStaged } from './store-stage.ts'
import { findSuggestions, withAccepted } from './suggestions.ts'

const firstRowsShown = 20
const examplesShown = 3

export interface FileToPlan {
  filePath: string
  fileName: string
  given: Preview['given']
}

/** Looks at a file and plans how to read it, twice when the mapping reads it otherwise than it looked. */
export async function planFile(
  deps: Deps,
  actor: Actor,
  file: FileToPlan,
  signal?: AbortSignal,
): Promise<{ inspection: Inspection; planned: Planned }> {
  const { baseCurrency, zone } = await deps.db.read(actor, (tx) => settingsOf(tx))
  const { given } = file
  const options = {
    currency: baseCurrency,
    zone,
    mapping: given.mapping,
    ...(given.kind ? { as: given.kind } : {}),
    ...(given.preset ? { preset: given.preset } : {}),
  }
  const stop = signal ? { signal } : {}
  let inspection = await inspect(deps.dataDir, file.filePath, file.fileName, stop)
  let planned = planImport(inspection, options)
  if (planned.inspectAgain) {
    inspection = await inspect(deps.dataDir, file.filePath, file.fileName, {
      mapping: given.mapping,
      ...stop,
    })
    planned = planImport(inspection, options)
  }
  return { inspection, planned }
}

/** Plans and, when nothing is left to ask, stages a batch; stores what a person will see of it. */
export function prepare(
  deps: Deps,
  actor: Actor,
  batch: Batch,
  signal?: AbortSignal,
): Promise<Batch> {
  return oneAfterTheOther(batch.id, () => readAndStage(deps, actor, batch, signal))
}

async function readAndStage(
  deps: Deps,
  actor: Actor,
  batch: Batch,
  signal?: AbortSignal,
): Promise<Batch> {
  const { filePath, fileName, id } = batch
  if (filePath === null) throw fileGone()
  const { given, accepted } = batch.preview
  const { inspection, planned } = await planFile(deps, actor, { filePath, fileName, given }, signal)
  const kind = planned.kind ?? planned.recognised[0]?.kind ?? batch.kind
  const preview: Preview = {
    given,
    accepted,
    columns: columnsOf(inspection, planned),
    questions: planned.questions,
    suggestions: withAccepted([], batch.preview.suggestions, accepted),
    firstRows: [],
    created: {},
    createdExamples: {},
    notes: notesOfFile(inspection),
    revision: null,
    present: [],
    headerLine: headerLineOf(inspection),
  }
  const base = {
    kind,
    preset: planned.preset ?? null,
    mapping: planned.mapping,
    error: null,
    progress: null,
  }
  if (!planned.plan) {
    await deps.db.housekeep(actor, async (tx) => {
      await requireWaiting(tx, id)
      await deleteStaged(tx, id)
      await updateBatch(tx, id, {
        ...base,
        preview,
        counts: { read: inspection.read },
        state: 'asking',
      })
    })
    return reread(deps, actor, id)
  }
  const { plan } = planned
  preview.firstRows = previewRows(plan, inspection)
    .rows.slice(0, firstRowsShown)
    .map((row) => ({ line: row.line, ...row.values, ...row.traits }))
  preview.present = [...presentFields(plan)]
  await deps.db.housekeep(actor, async (tx) => {
    await requireWaiting(tx, id)
    await updateBatch(tx, id, { ...base, preview, counts: {}, state: 'read' })
  })
  const staging = {
    batchId: id,
    kind,
    fileName,
    filePath,
    plan,
    accepted,
    ...(signal ? { signal } : {}),
  }
  const { counts, created, createdExamples, notes, revision } = await stage(deps, actor, staging)
  const found = await findSuggestions(deps.db, actor, id, kind)
  preview.suggestions = withAccepted(found, batch.preview.suggestions, accepted)
  preview.created = created
  preview.revision = revision
  preview.createdExamples = createdExamples
  preview.notes.push(...notes.map(({ code, text }) => ({ code, text })))
  await deps.db.housekeep(actor, async (tx) => {
    await requireWaiting(tx, id)
    await updateBatch(tx, id, { preview, counts, state: 'ready' })
  })
  return reread(deps, actor, id)
}

/** Reads the file into the staging table again, where a crash of the database has emptied it. */
export async function stageAgain(deps: Deps, actor: Actor, batch: Batch): Promise<void> {
  const { filePath, fileName, id } = batch
  if (filePath === null) throw fileGone()
  const { planned } = await planFile(deps, actor, {
    filePath,
    fileName,
    given: { ...batch.preview.given, mapping: batch.mapping },
  })
  if (!planned.plan || !planned.kind) throw fileGone()
  await stage(deps, actor, {
    batchId: id,
    kind: planned.kind,
    fileName,
    filePath,
    plan: planned.plan,
    accepted: batch.preview.accepted,
  })
}

/** It may have been cancelled, or applied, since somebody asked to read it. */
async function requireWaiting(tx: Tx, id: string): Promise<void> {
  const current = await batchById(tx, id, { lock: true })
  if (!current) throw importNotFound()
  if (!waiting.includes(current.state)) throw notWaiting()
}

async function reread(deps: Deps, actor: Actor, id: string): Promise<Batch> {
  const batch = await deps.db.read(actor, (tx) => batchById(tx, id))
  if (!batch) throw importNotFound()
  return batch
}

export function importNotFound(): Refusal {
  return new Refusal({
    code: 'import.not_found',
    message: 'There is no such import.',
    next: 'Look for it in the list of imports.',
    status: 404,
  })
}

/** States in which a batch can be read anew. */
export const waiting: readonly BatchState[] = ['read', 'asking', 'ready', 'failed', 'cancelled']

export function notWaiting(): Refusal {
  return new Refusal({
    code: 'import.not_waiting',
    message: 'This import is not waiting any more.',
    next: 'Import the file once more.',
  })
}

/** Batches being read; the same one is read by one asker after the other. */
const reading = new Map<string, Promise<unknown>>()

async function oneAfterTheOther<T>(id: string, work: () => Promise<T>): Promise<T> {
  const before = reading.get(id) ?? Promise.resolve()
  const mine = before.catch(() => {}).then(work)
  reading.set(id, mine)
  try {
    return await mine
  } finally {
    if (reading.get(id) === mine) reading.delete(id)
  }
}

function fileGone(): Refusal {
  return new Refusal({
    code: 'import.not_waiting',
    message: 'The file of this import is no longer there.',
    next: 'Import the file once more.',
  })
}

function columnsOf(inspection: Inspection, planned: Planned): Preview['columns'] {
  const fieldOf = new Map(planned.columns.map((one) => [one.index, one]))
  return inspection.columns.map((profile) => {
    const column = fieldOf.get(profile.index)
    return {
      column: profile.header,
      field: column?.field ?? null,
      use: column?.use ?? 'ignored',
      examples: profile.examples.slice(0, examplesShown).map((one) => one.value),
      note: noteOf(profile.header, planned),
    }
  })
}

/** What was decided about a column: the notes name it. */
function noteOf(header: string, { notes }: Planned): Sentence | null {
  const found = notes.filter((one) => one.params.column === header)
  if (found.length === 0) return null
  return {
    en: found.map((one) => one.text.en).join(' '),
    de: found.map((one) => one.text.de).join(' '),
  }
}

/** What was done to the cells of a spreadsheet that a person might not expect. */
const cellNotes: readonly NoteCode[] = [
  'titles_skipped',
  'numbers_rounded',
  'formulas_without_result',
  'merged_filled',
  'cells_beside',
]

function notesOfFile({ notes }: Inspection): Preview['notes'] {
  return notes
    .filter((one) => cellNotes.includes(one.code))
    .map(({ code, text }) => ({ code, text }))
}

/** The headers as a line of the file's own form, of a spreadsheet as CSV; null when it has none. */
function headerLineOf({ layout, headers }: Inspection): string | null {
  if (!layout.header) return null
  if (layout.sheet !== undefined) return headers.map(anyCell).join(',')
  const delimiter = layout.delimiter === 'blank' ? ' ' : layout.delimiter
  const quoted = (cell: string) =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  return headers.map(quoted).join(delimiter)
}

/** A mapping with columns changed: named ones replace or, with null, leave the others as they were. */
export function mappingWithColumns(
  mapping: Mapping,
  columns: Readonly<Record<string, string | null>>,
): Mapping {
  const next: Record<string, string> = { ...mapping.columns }
  for (const [header, field] of Object.entries(columns)) {
    // A field has one column: the one named last.
    for (const [other, taken] of Object.entries(next))
      if (field !== null && taken === field) delete next[other]
    if (field === null) delete next[header]
    else next[header] = field
  }
  return { ...mapping, columns: next }
}

export function openQuestions(batch: Batch): Question[] {
  return batch.state === 'asking' ? batch.preview.questions : []
}

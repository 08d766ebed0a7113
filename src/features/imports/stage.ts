// Reads a file whose plan is complete into the staging table and finds out what applying it would do.
import { join } from 'node:path'
import { nameKey } from '../../platform/database/tables.ts'
import type { Actor, Database, Tx } from '../../platform/database/with-org.ts'
import { requireFreeBytes } from '../../platform/files/disk.ts'
import { type Outcome, stageOutcomes } from '../deals/door.ts'
import { nameNumberedManagers, settingsOf } from '../team/door.ts'
import type { ReadPlan, RowReject, TypedRow } from './calc/convert.ts'
import { fieldOf } from './calc/kinds.ts'
import { type Note, note } from './calc/questions.ts'
import { outcomeOf } from './calc/stages.ts'
import { suspiciousDates } from './calc/suspicious-dates.ts'
import type { ImportKind } from './contract.ts'
import { kindWork } from './kinds/all.ts'
import type { KindWork, Storing } from './kinds/kind.ts'
import { faultSentences, type MentionKind, type Placing } from './placed-row.ts'
import { readRows } from './read-file.ts'
import {
  type Accepted,
  type Counts,
  deleteRejects,
  insertRejects,
  type Reject,
  updateBatch,
} from './store.ts'
import { aliasedValues } from './store-alias.ts'
import {
  analyzeStaging,
  copyRows,
  countThroughContent,
  deleteRows,
  deleteStaged,
  expectManyRows,
  insertMentions,
  joinMentions,
  type Mention,
  resolveNames,
  revisionOf,
  rowLine,
  stagedDays,
  takeDuplicates,
  unknownMentions,
} from './store-stage.ts'

export interface Deps {
  db: Database
  clock: () => number
  newId: () => string
  dataDir: string
}

export interface Staging {
  batchId: string
  kind: ImportKind
  fileName: string
  /** Below the data folder. */
  filePath: string
  plan: ReadPlan
  accepted: readonly Accepted[]
  signal?: AbortSignal
}

export interface Staged {
  counts: Counts
  created: Record<string, number>
  createdExamples: Record<string, string[]>
  /** What a person should know before storing. */
  notes: Note[]
  /** Of the organisation when the rows were compared. */
  revision: number
}

/** Mentions held in memory before they are written: bounds what a file of millions of names takes. */
const mentionsHeld = 50_000
const rejectsHeld = 500
const rejectBytesHeld = 4_000_000
/** What applying takes on disk for each row, measured; as much again for an undo is asked then. */
const bytesPerRow = 2_000

/** From this many rows on, statements are worth planning with statistics. */
export const rowsWithoutStatistics = 1_000

/**
 * From this many on, what has been stored changes the plans of others. Fewer than above: the heads of
 * orders make sales of lines that came long before, when statistics still say that there are none.
 */
export const rowsChangingPlans = 100

/** Fields that the rows of a plan have: those of its columns and its constants. */
export function presentFields(plan: ReadPlan): Set<string> {
  const present = new Set(plan.columns.flatMap((column) => column.field ?? []))
  for (const field of Object.keys(plan.constants)) present.add(field)
  return present
}

/** Plural as it is said in lists, by the kind a mention has. */
const saidOf: Record<MentionKind, string> = {
  seller: 'sellers',
  customer: 'customers',
  product: 'products',
  stage: 'stages',
  lost_reason: 'lost-reasons',
  team: 'teams',
  office: 'teams',
  parent: 'teams',
  person: 'people',
  position: 'positions',
  contact: 'contacts',
  order: 'orders',
}

/** Reads the file, replacing what was staged of it before. */
export async function stage(deps: Deps, actor: Actor, staging: Staging): Promise<Staged> {
  const { db } = deps
  const { batchId, kind, plan } = staging
  await db.housekeep(
    actor,
    async (tx) => {
      await deleteStaged(tx, batchId)
      await deleteRejects(tx, batchId)
    },
    { long: true },
  )
  const rejects = rejectSink(deps, actor, batchId)
  const mentions = mentionSink(deps, actor, batchId)
  const placing = await makePlacing(deps, actor, staging, mentions.add)
  let read = 0
  const options = { name: staging.fileName, ...(staging.signal ? { signal: staging.signal } : {}) }
  async function* lines() {
    for await (const batch of readRows(join(deps.dataDir, staging.filePath), plan, options)) {
      read += batch.rows.length + batch.rejects.length
      for (const reject of batch.rejects) await rejects.add(reject)
      let text = ''
      for (const row of batch.rows) {
        const placed = kindWork[kind].place(row, placing)
        if ('row' in placed)
          text += rowLine(actor.orgId, batchId, row.line, deps.newId(), placed.row)
        else await rejects.add(rejectOf(plan, row, placed.fault, placed.field))
      }
      if (text !== '') yield text
      await mentions.flushWhenFull()
    }
  }
  await copyRows(db, lines())
  await mentions.flush()
  await requireFreeBytes(deps.dataDir, bytesPerRow * read, 'this import')
  const taken = await db.housekeep(
    actor,
    async (tx) => {
      // First: joined row by row, a hundred thousand names would take minutes.
      if (read > rowsWithoutStatistics) {
        await analyzeStaging(tx)
        await expectManyRows(tx)
      }
      if (kind === 'sellers' || kind === 'teams') await nameNumberedManagers(tx, batchId)
      await joinMentions(tx, batchId)
      if (kindWork[kind].known === 'number') await countThroughContent(tx, batchId)
      await resolveNames(tx, batchId, kindWork[kind].known)
      return takeUnfit(tx, { batchId, present: presentFields(plan) }, kindWork[kind])
    },
    { long: true },
  )
  if (taken.size > 0) await rejectTaken(deps, staging, taken, rejects.add)
  await rejects.flush()
  return findOut(deps, actor, staging, { read, rejected: rejects.count() })
}

/** What applying would do, by the same statements that apply. */
async function findOut(
  deps: Deps,
  actor: Actor,
  { batchId, kind, plan }: Staging,
  sums: { read: number; rejected: number },
): Promise<Staged> {
  const present = presentFields(plan)
  return deps.db.housekeep(
    actor,
    async (tx) => {
      // Before anything is compared: what comes in meanwhile makes a later one.
      const revision = await revisionOf(tx)
      if (sums.read > rowsWithoutStatistics) await expectManyRows(tx)
      const counted = await kindWork[kind].count(tx, { batchId, present })
      const created: Record<string, number> = {}
      const createdExamples: Record<string, string[]> = {}
      const unknowns = kindWork[kind].makesNobody ? [] : await unknownMentions(tx, batchId)
      for (const unknown of unknowns) {
        const said = saidOf[unknown.kind as MentionKind]
        created[said] = (created[said] ?? 0) + unknown.count
        createdExamples[said] = [...(createdExamples[said] ?? []), ...unknown.names].slice(0, 5)
      }
      const counts = { ...sums, ...counted }
      await updateBatch(tx, batchId, { counts })
      const notes = [
        ...(await dateNotes(tx, batchId, plan)),
        ...((await kindWork[kind].notes?.(tx, batchId)) ?? []),
      ]
      return { counts, created, createdExamples, notes, revision }
    },
    { long: true },
  )
}

/** Dates whose day and month were probably swapped before the file was made, by the column they stand in. */
async function dateNotes(tx: Tx, batchId: string, plan: ReadPlan): Promise<Note[]> {
  const dates = plan.columns.filter(({ field }) => fieldOf(plan.kind, field ?? '')?.type === 'date')
  const notes: Note[] = []
  for (const staged of ['opened_on', 'closed_on'] as const) {
    const column = dates.find(({ field }) => (field === 'closed_on') === (staged === 'closed_on'))
    if (!column) continue
    const found = suspiciousDates(await stagedDays(tx, batchId, staged))
    if (!found) continue
    const days = found.days.join(', ')
    notes.push(note('dates_swapped', { ...found, days, column: column.header }))
  }
  return notes
}

async function makePlacing(
  deps: Deps,
  actor: Actor,
  { kind, accepted }: Staging,
  mention: Placing['mention'],
): Promise<Placing> {
  const [outcomes, spellings, settings] = await deps.db.read(
    actor,
    async (tx) => [await stageOutcomes(tx), await aliasedValues(tx), await settingsOf(tx)] as const,
  )
  const agreed = new Map(accepted.map((one) => [`${one.kind}\t${nameKey(one.value)}`, one.like]))
  const seen = new Map<string, Outcome>()
  return {
    baseCurrency: settings.baseCurrency,
    calendar: settings,
    stageOutcome: (name) => {
      const known = seen.get(name)
      if (known) return known
      const outcome = outcomes.get(nameKey(name)) ?? outcomeOf(name) ?? 'open'
      seen.set(name, outcome)
      return outcome
    },
    meant: (mentioned, name) =>
      agreed.size === 0 ? name : (agreed.get(`${saidOf[mentioned]}\t${nameKey(name)}`) ?? name),
    isSaidToBe: (name) => {
      const like = agreed.get(`${kind}\t${nameKey(name)}`)
      return like === undefined ? null : nameKey(like)
    },
    spelling: (field, value) => {
      const said =
        field === 'industry' ? 'industries' : field === 'country' ? 'countries' : undefined
      return (
        (said && agreed.get(`${said}\t${nameKey(value)}`)) ??
        spellings.get(`${field}\t${nameKey(value)}`) ??
        value
      )
    },
    mention,
  }
}

function rejectOf(
  plan: ReadPlan,
  row: TypedRow,
  code: keyof typeof faultSentences,
  field?: string,
): Reject {
  const column = plan.columns.find((one) => one.field === field && field !== undefined)
  const value = field === undefined ? undefined : row.values[field]
  return {
    line: row.line,
    raw: row.raw,
    column: column?.header ?? null,
    value: value === null || value === undefined ? null : String(value),
    code,
    message: faultSentences[code](row.line),
  }
}

/** Why a row that was staged cannot stay, by its line. */
type Taken = ReadonlyMap<number, { fault: keyof typeof faultSentences; field?: string }>

/** Takes out rows about the same record as an earlier one, and those that the records there are do not allow. */
async function takeUnfit(
  tx: Tx,
  storing: Pick<Storing, 'batchId' | 'present'>,
  work: KindWork,
): Promise<Taken> {
  const { batchId } = storing
  const unfit = (await work.unfit?.(tx, storing)) ?? []
  if (unfit.length > 0) {
    await deleteRows(
      tx,
      batchId,
      unfit.map(({ line }) => line),
    )
  }
  const duplicates = await takeDuplicates(tx, batchId, work.known)
  return new Map<number, { fault: keyof typeof faultSentences; field?: string }>([
    ...unfit.map(({ line, ...why }) => [line, why] as const),
    ...duplicates.map((line) => [line, { fault: 'duplicate_in_file' as const }] as const),
  ])
}

/** Rows taken out after they were staged: read once more, because only the file has them whole. */
async function rejectTaken(
  deps: Deps,
  { filePath, fileName, plan }: Staging,
  taken: Taken,
  add: (reject: Reject) => Promise<void>,
): Promise<void> {
  for await (const { rows } of readRows(join(deps.dataDir, filePath), plan, { name: fileName })) {
    for (const row of rows) {
      const why = taken.get(row.line)
      if (why) await add(rejectOf(plan, row, why.fault, why.field))
    }
  }
}

function rejectSink({ db }: Deps, actor: Actor, batchId: string) {
  let held: (Reject & { seq: number })[] = []
  let bytes = 0
  let count = 0
  const flush = async () => {
    const rejects = held
    held = []
    bytes = 0
    await db.housekeep(actor, (tx) => insertRejects(tx, batchId, rejects), { long: true })
  }
  return {
    add: async ({ line, raw, column, value, code, message }: Reject | RowReject) => {
      held.push({ line, raw, column, value, code, message, seq: ++count })
      bytes += raw.length
      if (held.length >= rejectsHeld || bytes >= rejectBytesHeld) await flush()
    },
    flush,
    count: () => count,
  }
}

function mentionSink({ db, newId }: Deps, actor: Actor, batchId: string) {
  let held = new Map<string, Mention>()
  const flush = async () => {
    const mentions = [...held.values()]
    held = new Map()
    for (let start = 0; start < mentions.length; start += 5_000) {
      const part = mentions.slice(start, start + 5_000)
      await db.housekeep(actor, (tx) => insertMentions(tx, batchId, part), { long: true })
    }
  }
  const add: Placing['mention'] = (kind, key, name, detail) => {
    const place = `${kind}\t${key}`
    const known = held.get(place)
    if (known) known.row_count += 1
    else held.set(place, { kind, key, name, detail: detail ?? null, row_count: 1, id: newId() })
  }
  return {
    add,
    flush,
    flushWhenFull: async () => {
      if (held.size >= mentionsHeld) await flush()
    },
  }
}

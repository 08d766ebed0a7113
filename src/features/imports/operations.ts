// What can be done with imports: take a file in, settle how it is read, apply, cancel, look, undo.
import { Readable } from 'node:stream'
import type { Implements } from '../../basics/contract.ts'
import { assert, Refusal } from '../../basics/refusal.ts'
import type { Ctx, Principal } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { undoChange } from '../../platform/database/undo.ts'
import type { Actor, Database } from '../../platform/database/with-org.ts'
import { requireFreeBytes } from '../../platform/files/disk.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { followUndo } from '../rates/door.ts'
import { canAccept } from './accept.ts'
import { chainOf, detailOf, summariesOf, summaryOf } from './batch-view.ts'
import { kindNames, kinds } from './calc/kinds.ts'
import { type Mapping, mergeMapping, parseMapping, parseMappingText } from './calc/mapping.ts'
import type { importsContract } from './contract.ts'
import { quarantineOperations } from './corrections.ts'
import { discard, sweep } from './incoming.ts'
import { mappingsOperations } from './mappings.ts'
import {
  importNotFound,
  mappingWithColumns,
  notWaiting,
  openQuestions,
  prepare,
  waiting,
} from './prepare.ts'
import type { Deps } from './stage.ts'
import {
  type Batch,
  type BatchState,
  batchById,
  batchesInState,
  batchesWithFile,
  listBatches,
  type Preview,
  updateBatch,
} from './store.ts'
import { listRejects } from './store-quarantine.ts'
import { deleteStaged } from './store-stage.ts'
import { forget, requireBatch, takeIn } from './take-in.ts'
import { nameOperations } from './unified-names.ts'

export { applyBatch } from './apply.ts'

type Contract = typeof importsContract

const appliable: readonly BatchState[] = ['ready', 'failed', 'cancelled']
/** Measured disk use of one deal with its sale and indexes. */
const bytesPerRow = 2_000

export const importsOperations: Implements<Contract, Ctx> = {
  'imports.kinds': async (_ctx, { kind }) => ({
    rows: (kind ? [kind] : kindNames).map((name) => ({
      kind: name,
      label: kinds[name].label,
      sentence: kinds[name].sentence,
      fields: kinds[name].fields.map((field) => ({
        name: field.name,
        label: field.label,
        type: field.type,
        needed: field.need === 'required',
        example: field.example,
        sentence: field.sentence,
      })),
    })),
  }),

  'imports.upload': async (ctx, { fileName, kind, preset, mapping }) => {
    assert(ctx.body, 'the file comes as body of the request')
    const given = {
      ...(kind ? { kind } : {}),
      ...(preset ? { preset } : {}),
      mapping: mapping === undefined ? {} : parseMappingText(mapping),
    }
    // Somebody who says how the file is to be read is not answered with what was kept earlier.
    const byName = mapping === undefined && preset === undefined
    return takeIn(ctx, { fileName, given, body: ctx.body, byName })
  },

  'imports.set-mapping': async (ctx, { id, kind, preset, mapping, columns, answers, accept }) => {
    const batch = await requireBatch(ctx, id)
    if (!waiting.includes(batch.state)) throw notWaiting()
    const before = batch.preview.given
    let next: Mapping = mapping === undefined ? before.mapping : parseMapping(mapping)
    // Columns and answers lie over what is in use, be it given or recognised.
    if (columns)
      next = mappingWithColumns(
        { ...next, columns: next.columns ?? batch.mapping.columns ?? {} },
        columns,
      )
    for (const answer of answers ?? []) next = mergeMapping(next, parseMapping(answer.value))
    const { as, ...rest } = next
    const given: Preview['given'] = { ...before, mapping: rest }
    // A mapping given anew takes the place of the kept one.
    if (mapping !== undefined) delete given.readBy
    if (kind ?? as) given.kind = kind ?? as ?? batch.kind
    if (preset) given.preset = preset
    const accepted = accept?.filter((one) => canAccept(one.kind)) ?? batch.preview.accepted
    const changed = { ...batch, preview: { ...batch.preview, given, accepted } }
    return detailOf(ctx, await prepare(ctx, ctx.who, changed, ctx.signal))
  },

  'imports.list': (ctx, { cursor, limit }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['id'])
      const batches = await listBatches(tx, place && String(place[0]), limit)
      const page = pageOfRows(batches, limit, (batch) => [batch.id])
      return { ...page, rows: await summariesOf(tx, page.rows) }
    }),

  'imports.get': async (ctx, { id }) => detailOf(ctx, await requireBatch(ctx, id)),

  'imports.apply': async (ctx, { id }) => {
    const batch = await requireBatch(ctx, id)
    if (batch.state === 'asking') {
      throw new Refusal({
        code: 'import.question_open',
        message: 'Something must be answered before this file can be stored.',
        next: 'Answer the questions first.',
        particulars: openQuestions(batch),
      })
    }
    await requireFreeBytes(ctx.dataDir, bytesPerRow * (batch.counts.read ?? 0), 'this import')
    await ctx.db.housekeep(ctx.who, async (tx) => {
      const current = await batchById(tx, id, { lock: true })
      // Asked twice, it is being applied already, which is what was wanted.
      if (current?.state === 'applying') return
      if (!current || !appliable.includes(current.state)) throw notReady()
      const progress = { step: 'waiting', done: 0, total: 4 }
      await updateBatch(tx, id, {
        state: 'applying',
        cancelRequested: false,
        error: null,
        finishedAt: null,
        progress,
      })
    })
    await queue(ctx.jobs, ctx.who, id)
    return summaryOf(ctx, await requireBatch(ctx, id))
  },

  'imports.cancel': async (ctx, { id }) => {
    const freed = await ctx.db.housekeep(ctx.who, async (tx) => {
      const current = await batchById(tx, id, { lock: true })
      if (!current) throw importNotFound()
      if (current.state === 'applied') {
        throw new Refusal({
          code: 'import.already_applied',
          message: 'This import has been stored already.',
          next: 'Undo it to take it back.',
        })
      }
      if (current.state === 'applying') await updateBatch(tx, id, { cancelRequested: true })
      if (!waiting.includes(current.state)) return undefined
      await deleteStaged(tx, id)
      await updateBatch(tx, id, {
        state: 'discarded',
        filePath: null,
        finishedAt: new Date(ctx.clock()).toISOString(),
      })
      return current.filePath ?? undefined
    })
    if (freed) await discard(ctx.dataDir, freed)
    return summaryOf(ctx, await requireBatch(ctx, id))
  },

  ...quarantineOperations,
  ...mappingsOperations,
  ...nameOperations,

  'imports.rejects-file': async (ctx, { id }) => {
    const batch = await requireBatch(ctx, id)
    // The edge streams it; the contract describes what arrives: text.
    return Readable.from(rejectLines(ctx.db, ctx.who, batch)) as unknown as string
  },

  'imports.undo': async (ctx, { id, whenChangedSince }) => {
    const { counts } = await requireBatch(ctx, id)
    await requireFreeBytes(ctx.dataDir, bytesPerRow * (counts.read ?? 0), 'the undo of this import')
    return ctx.write(
      async (tx) => {
        const batch = await batchById(tx, id, { lock: true })
        if (!batch) throw importNotFound()
        const chain = await chainOf(tx, batch)
        const last = chain.at(-1)
        if (batch.state !== 'applied' || last === undefined || chain.length % 2 === 0) {
          throw new Refusal({
            code: 'import.not_applied',
            message: 'Nothing of this import is stored.',
            next: 'Look at its state in the list of imports.',
          })
        }
        const { restored, kept } = await undoChange(tx, last, { whenChangedSince })
        await followUndo(tx)
        return { changeId: tx.changeId, restored, kept }
      },
      { long: true },
    )
  },
}

/** Queues batches that were being applied when the program ended, and lets go of half-read files. */
export async function recoverBatches(
  program: Deps & { jobs: Jobs },
  who: Principal | Actor,
): Promise<void> {
  const { db } = program
  const [applying, reading] = await db.read(
    who,
    async (tx) => [await batchesInState(tx, 'applying'), await batchesInState(tx, 'read')] as const,
  )
  for (const batch of reading) await forget(program, who, batch.id, batch.filePath)
  await sweep(program.dataDir, who.orgId, (ids) => db.read(who, (tx) => batchesWithFile(tx, ids)))
  for (const batch of applying)
    await queue(program.jobs, { ...who, personId: batch.createdBy.id }, batch.id)
}

function queue(jobs: Jobs, { orgId, personId }: Actor, batchId: string): Promise<void> {
  const payload = { orgId, personId, batchId }
  return jobs.add('imports.apply', payload, `imports.apply ${batchId}`, 'changes')
}

function notReady(): Refusal {
  return new Refusal({
    code: 'import.not_ready',
    message: 'This import cannot be stored now.',
    next: 'Look at its state in the list of imports.',
  })
}

const rejectsPerPage = 500

/** The header of the original and the rows as they stood in it. */
async function* rejectLines(db: Database, who: Actor, batch: Batch): AsyncGenerator<string> {
  if (batch.preview.headerLine !== null) yield `${batch.preview.headerLine}\r\n`
  for (let after: { line: number; seq: number } | undefined; ; ) {
    const rows = await db.read(who, (tx) => listRejects(tx, batch.id, after, rejectsPerPage))
    if (rows.length > 0) yield rows.map((row) => `${row.raw}\r\n`).join('')
    after = rows.at(-1)
    if (rows.length < rejectsPerPage || after === undefined) return
  }
}

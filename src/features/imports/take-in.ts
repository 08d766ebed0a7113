// A file on its way in: written down, looked at, kept as a batch, prepared.

import type { OutputOf } from '../../basics/contract.ts'
import { assert } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Actor } from '../../platform/database/with-org.ts'
import { detailOf } from './batch-view.ts'
import { kindNames } from './calc/kinds.ts'
import type { Mapping } from './calc/mapping.ts'
import type { Inspection } from './calc/plan.ts'
import type { importsContract } from './contract.ts'
import { discard, receive } from './incoming.ts'
import { importNotFound, planFile, prepare } from './prepare.ts'
import type { Deps } from './stage.ts'
import { type Batch, batchById, insertBatch, type Preview, updateBatch } from './store.ts'
import { mappingFor } from './store-mappings.ts'
import { deleteStaged } from './store-stage.ts'

const uploadBytesMax = 5_000_000_000

export interface Incoming {
  fileName: string
  given: Preview['given']
  body: NodeJS.ReadableStream
  /** Whether a mapping kept for these headers is taken. */
  byName?: boolean
  /** The import whose set-aside rows this one brings. */
  corrects?: string
}

/** Takes a file in; nothing of it stays when it is unusable or its reading is given up. */
export async function takeIn(
  ctx: Ctx,
  { fileName, given, body, byName, corrects }: Incoming,
): Promise<OutputOf<(typeof importsContract)['imports.upload']>> {
  const id = ctx.newId()
  const { filePath, bytes, hash } = await receive(
    ctx.dataDir,
    ctx.who.orgId,
    id,
    body,
    uploadBytesMax,
    ctx.signal,
  )
  try {
    // Everything that makes the file unusable shows before there is a batch.
    let known = given
    let { inspection, planned } = await planFile(
      ctx,
      ctx.who,
      { filePath, fileName, given },
      ctx.signal,
    )
    const kept = byName
      ? await ctx.read((tx) => mappingFor(tx, inspection.headers, given.kind))
      : undefined
    if (kept) {
      known = {
        ...given,
        kind: kept.kind,
        mapping: inFormOf(inspection, kept.mapping),
        readBy: kept.name,
      }
      ;({ inspection, planned } = await planFile(
        ctx,
        ctx.who,
        { filePath, fileName, given: known },
        ctx.signal,
      ))
    }
    const found = planned.kind ?? planned.recognised[0]?.kind ?? kindNames[0]
    assert(found, 'there are kinds of import')
    const createdAt = new Date(ctx.clock()).toISOString()
    const preview = { ...emptyPreview, given: known }
    const batch = {
      id,
      kind: found,
      fileName,
      fileBytes: bytes,
      filePath,
      hash,
      preview,
      createdAt,
      ...(corrects === undefined ? {} : { corrects }),
    }
    await ctx.db.housekeep(ctx.who, (tx) => insertBatch(tx, batch))
  } catch (error) {
    await discard(ctx.dataDir, filePath)
    throw error
  }
  try {
    return await detailOf(ctx, await prepare(ctx, ctx.who, await requireBatch(ctx, id), ctx.signal))
  } catch (error) {
    await forget(ctx, ctx.who, id, filePath)
    throw error
  }
}

/** A kept mapping says what columns mean; how a file is written down is the file's own. */
function inFormOf({ layout }: Inspection, mapping: Mapping): Mapping {
  const { delimiter: _d, encoding: _e, sheet, ...rest } = mapping
  return sheet !== undefined && sheet === layout.sheet ? { ...rest, sheet } : rest
}

const emptyPreview: Omit<Preview, 'given'> = {
  accepted: [],
  columns: [],
  questions: [],
  suggestions: [],
  firstRows: [],
  created: {},
  createdExamples: {},
  notes: [],
  revision: null,
  present: [],
  headerLine: null,
}

/** A batch whose reading did not come to its end. */
export async function forget(
  deps: Deps,
  who: Actor,
  id: string,
  filePath: string | null,
): Promise<void> {
  await deps.db.housekeep(who, async (tx) => {
    await deleteStaged(tx, id)
    const error = {
      code: 'import.interrupted',
      message: 'Reading this file did not come to its end.',
      next: 'Import the file once more.',
    }
    await updateBatch(tx, id, {
      state: 'discarded',
      filePath: null,
      error,
      finishedAt: new Date(deps.clock()).toISOString(),
    })
  })
  if (filePath !== null) await discard(deps.dataDir, filePath)
}

export async function requireBatch(ctx: Ctx, id: string): Promise<Batch> {
  const batch = await ctx.read((tx) => batchById(tx, id))
  if (!batch) throw importNotFound()
  return batch
}

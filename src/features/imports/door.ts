// What other parts of the program may ask of imports: a whole import at once.
import type { OutputOf } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import type { ImportKind, importsContract } from './contract.ts'
import { applyBatch, importsOperations } from './operations.ts'
import type { Accepted } from './store.ts'

export interface WholeImport {
  fileName: string
  body: NodeJS.ReadableStream
  kind?: ImportKind
  preset?: 'plain' | 'maven'
  /** A mapping file as JSON text. */
  mapping?: string
  accept?: Accepted[]
}

type Detail = OutputOf<(typeof importsContract)['imports.get']>

/**
 * Takes a file in and stores it, at once instead of in the background. Comes back with state `asking`
 * and the questions when something would have to be guessed; then nothing is stored.
 */
export async function importFile(
  ctx: Ctx,
  { body, accept, ...input }: WholeImport,
): Promise<Detail> {
  let batch = await importsOperations['imports.upload']({ ...ctx, body }, input)
  if (accept && accept.length > 0)
    batch = await importsOperations['imports.set-mapping'](ctx, { id: batch.id, accept })
  if (batch.state !== 'ready') return batch
  const direct = { ...ctx, jobs: { add: async () => {} } }
  await importsOperations['imports.apply'](direct, { id: batch.id })
  await applyBatch(ctx, { orgId: ctx.who.orgId, personId: ctx.who.personId, batchId: batch.id })
  return importsOperations['imports.get'](ctx, { id: batch.id })
}

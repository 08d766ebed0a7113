// A batch as operations answer it: its state with undoing taken into account, and what a person decides by.
import type { OutputOf } from '../../basics/contract.ts'
import { assert } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { kinds } from './calc/kinds.ts'
import type { importsContract } from './contract.ts'
import { openQuestions } from './prepare.ts'
import { type Batch, revisionsOf, undoChains } from './store.ts'

type Contract = typeof importsContract
type Detail = OutputOf<Contract['imports.get']>
type Summary = OutputOf<Contract['imports.list']>['rows'][number]

/** The change of a batch and the undoing ones after it, each taking back the one before. */
export async function chainOf(
  tx: Tx,
  batch: Batch,
  known?: ReadonlyMap<string, string>,
): Promise<string[]> {
  if (batch.changeId === null) return []
  const children = known ?? (await undoChains(tx, [batch.changeId]))
  const chain = [batch.changeId]
  for (let next = children.get(batch.changeId); next !== undefined; next = children.get(next))
    chain.push(next)
  return chain
}

export async function summariesOf(tx: Tx, batches: readonly Batch[]): Promise<Summary[]> {
  const applied = batches.flatMap((batch) => batch.changeId ?? [])
  const children = await undoChains(tx, applied)
  const revisions = await revisionsOf(tx, [...applied, ...children.values()])
  const revisionOf = (changeId: string | null) =>
    changeId === null ? null : (revisions.get(changeId) ?? null)
  return Promise.all(
    batches.map(async (batch) => {
      const chain = await chainOf(tx, batch, children)
      const undone = batch.state === 'applied' && chain.length > 0 && chain.length % 2 === 0
      const {
        id,
        kind,
        fileName,
        fileBytes,
        fileHash,
        preset,
        corrects,
        counts,
        progress,
        changeId,
        createdBy,
        createdAt,
        finishedAt,
        error,
      } = batch
      const state = undone ? ('undone' as const) : batch.state
      const undoChangeId = undone ? (chain.at(-1) ?? null) : null
      return {
        id,
        kind,
        fileName,
        fileBytes,
        fileHash,
        preset,
        corrects,
        state,
        counts,
        progress,
        changeId,
        undoChangeId,
        revision: revisionOf(changeId),
        undoRevision: revisionOf(undoChangeId),
        createdBy,
        createdAt,
        finishedAt,
        error,
      }
    }),
  )
}

export async function summaryOf(ctx: Ctx, batch: Batch): Promise<Summary> {
  const [summary] = await ctx.read((tx) => summariesOf(tx, [batch]))
  assert(summary, 'one batch has one summary')
  return summary
}

export async function detailOf(ctx: Ctx, batch: Batch): Promise<Detail> {
  const { preview } = batch
  return {
    ...(await summaryOf(ctx, batch)),
    mapping: batch.mapping,
    readBy: preview.given.readBy ?? null,
    columns: preview.columns,
    fields: kinds[batch.kind].fields.map((field) => ({
      name: field.name,
      label: field.label,
      needed: field.need === 'required',
      type: field.type,
    })),
    questions: openQuestions(batch).map(
      ({ code, column, text, examples, options, optionForCommandLine }) => ({
        code,
        ...(column === undefined ? {} : { column }),
        text,
        examples,
        options,
        optionForCommandLine,
      }),
    ),
    suggestions: preview.suggestions,
    firstRows: preview.firstRows,
    created: preview.created,
    createdExamples: preview.createdExamples,
    // Imports of earlier versions have none.
    notes: preview.notes ?? [],
  }
}

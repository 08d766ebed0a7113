// Views under a name. Who may not write shared records keeps views of their own.
import { type Implements, writesShared } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import type { viewsContract } from './contract-views.ts'
import { listViews, type ResultView } from './store-views.ts'

/** More than anybody finds one in. */
const viewsMost = 200

export const viewsOperations: Implements<typeof viewsContract, Ctx> = {
  'views.list': async (ctx) => {
    const rows = await ctx.read((tx) => listViews(tx))
    return { rows: rows.map(({ name_key: _, ...row }) => row) }
  },

  'views.save': (ctx, { name, question, shared }) =>
    ctx.write(async (tx) => {
      if (shared) requireSharing(ctx)
      describe(tx, { name, shared })
      const views = await listViews(tx)
      const there = views.find((one) => one.shared === shared && one.name_key === nameKey(name))
      if (there) {
        const version = await updateRecord(tx, 'result_view', there.id, { name, question })
        return { id: there.id, version, changeId: tx.changeId }
      }
      if (views.filter((one) => one.shared === shared).length >= viewsMost) throw tooMany()
      const id = await insertRecord(tx, 'result_view', {
        owner_id: shared ? null : tx.personId,
        name,
        name_key: nameKey(name),
        question,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),

  'views.rename': (ctx, { id, version, name }) =>
    change(ctx, id, version, (view, views) => {
      const taken = views.some(
        (one) => one.id !== id && one.shared === view.shared && one.name_key === nameKey(name),
      )
      if (taken) throw exists()
      return { name, name_key: nameKey(name) }
    }),

  'views.pin': (ctx, { id, version, pinned }) => change(ctx, id, version, () => ({ pinned })),

  'views.remove': (ctx, { id, version }) => change(ctx, id, version, () => ({ state: 'removed' })),
}

/** Changes a view that the person sees; a shared one takes the right to write shared records. */
function change(
  ctx: Ctx,
  id: string,
  version: number | undefined,
  fieldsOf: (view: ResultView, views: readonly ResultView[]) => Record<string, unknown>,
): Promise<{ id: string; version: number; changeId: string }> {
  return ctx.write(async (tx) => {
    const views = await listViews(tx)
    const view = views.find((one) => one.id === id)
    if (!view) throw notFound('result_view')
    if (view.shared) requireSharing(ctx)
    describe(tx, view)
    const next = await updateRecord(tx, 'result_view', id, fieldsOf(view, views), version)
    return { id, version: next, changeId: tx.changeId }
  })
}

/** Everybody reads the list of changes: the name of a view of one's own does not stand there. */
function describe(tx: WriteTx, { name, shared }: { name: string; shared: boolean }): void {
  tx.describe(shared ? { name } : {})
}

function requireSharing(ctx: Ctx): void {
  if (ctx.who.roles.some((role) => writesShared[role] !== undefined)) return
  throw new Refusal({
    code: 'result_view.shared_by_others',
    message: 'With your role, views are not shared.',
    next: 'Keep it as a view of your own.',
    field: 'shared',
    status: 403,
  })
}

function exists(): Refusal {
  return new Refusal({
    code: 'result_view.exists',
    message: 'Another view has this name.',
    next: 'Choose another name, or remove that view first.',
    field: 'name',
  })
}

function tooMany(): Refusal {
  return new Refusal({
    code: 'result_view.too_many',
    message: `There are ${viewsMost} views already.`,
    next: 'Remove one that nobody needs any more.',
  })
}

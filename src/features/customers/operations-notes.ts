// What can be done with notes and tags.
import type { Implements, InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { bulkMax, refuseCount } from '../../platform/database/bulk-edit.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf, today } from '../team/door.ts'
import type { notesContract } from './contract-notes.ts'
import { customersThatFit } from './store.ts'
import { listNotes, type NoteRow, noteById } from './store-notes.ts'
import { dealWithin, requireSubject } from './store-subject.ts'
import { chosenCustomers, setTags, tagCounts, tagMany, tagsOf } from './store-tags.ts'

type Contract = typeof notesContract

export const notesOperations: Implements<Contract, Ctx> = {
  'notes.list': (ctx, { entity, entityId, cursor, limit }) =>
    ctx.read(async (tx) => {
      await requireSubject(ctx, tx, entity, entityId)
      const page = await listNotes(tx, { entity, entityId }, { cursor, limit })
      return {
        ...page,
        rows: page.rows.map((row) => ({
          id: row.id,
          version: row.version,
          body: row.body,
          author: { id: row.author_id, name: row.author ?? '' },
          writtenOn: row.written_on,
          mine: mayChange(ctx, row),
        })),
      }
    }),
  'notes.write': (ctx, { entity, entityId, body }) =>
    ctx.write(async (tx) => {
      await requireSubject(ctx, tx, entity, entityId)
      const { zone } = await settingsOf(tx)
      tx.describe({ entity, id: entityId })
      const id = await insertRecord(tx, 'note', {
        entity,
        entity_id: entityId,
        body,
        author_id: ctx.who.personId,
        written_on: today(ctx.clock, zone),
      })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'notes.edit': (ctx, { id, version, body }) => changeNote(ctx, id, { body }, version),
  'notes.remove': (ctx, { id, version }) => changeNote(ctx, id, { state: 'removed' }, version),
  'tags.list': (ctx, { entity, entityId }) =>
    ctx.read(async (tx) => {
      if (entityId !== undefined) {
        await requireSubject(ctx, tx, entity, entityId)
        return { rows: (await tagsOf(tx, entityId)).map((tag) => ({ tag, count: 1 })) }
      }
      return { rows: await tagCounts(tx, entity, await dealWithin(ctx, tx)) }
    }),
  'tags.set': (ctx, { entity, entityId, tags }) =>
    ctx.write(async (tx) => {
      await requireSubject(ctx, tx, entity, entityId)
      tx.describe({ entity, id: entityId, tags })
      await setTags(tx, entity, entityId, tags)
      return { id: entityId, tags: await tagsOf(tx, entityId), changeId: tx.changeId }
    }),
  'customers.bulk-tag': (ctx, input) => ctx.write((tx) => bulkTag(tx, input), { long: true }),
}

async function bulkTag(
  tx: Parameters<typeof chosenCustomers>[0],
  { ids, filter, add, remove }: InputOf<Contract['customers.bulk-tag']>,
) {
  if (add.length === 0 && remove.length === 0) {
    throw new Refusal({
      code: 'bulk.nothing_set',
      message: 'No tag is given.',
      field: 'add',
      next: 'Name at least one tag.',
      status: 422,
    })
  }
  if (ids === undefined && filter === undefined) refuseCount(0)
  const chosen = await chosenCustomers(tx, ids, filter && customersThatFit(tx, filter), bulkMax)
  refuseCount(chosen.length)
  const changed = await tagMany(tx, 'customer', chosen, { add, remove })
  if (changed === 0) {
    throw new Refusal({
      code: 'bulk.nothing_changes',
      message: 'All of them are already so; nothing was changed.',
      next: 'Choose others, or other values.',
    })
  }
  tx.describe({ count: chosen.length, tags: [...add, ...remove.map((tag) => `−${tag}`)] })
  return { chosen: chosen.length, changed, changeId: tx.changeId }
}

/** Whoever wrote a note may change it, and admins may. */
function mayChange(ctx: Ctx, note: NoteRow): boolean {
  return note.author_id === ctx.who.personId || ctx.who.roles.includes('admin')
}

function changeNote(
  ctx: Ctx,
  id: string,
  fields: { body: string } | { state: 'removed' },
  version: number | undefined,
) {
  return ctx.write(async (tx) => {
    const note = await reachedNote(ctx, tx, id)
    if (!mayChange(ctx, note)) {
      throw new Refusal({
        code: 'note.of_another',
        message: 'Somebody else has written this note.',
        next: 'Write a note of your own.',
        status: 403,
      })
    }
    tx.describe({ entity: note.entity, id: note.entity_id })
    const next = await updateRecord(tx, 'note', id, fields, version)
    return { id, version: next, changeId: tx.changeId }
  })
}

/** A note on something out of reach is none. */
async function reachedNote(ctx: Ctx, tx: Tx, id: string): Promise<NoteRow> {
  const note = await noteById(tx, id)
  if (!note) throw notFound('note')
  await requireSubject(ctx, tx, note.entity, note.entity_id).catch(() => {
    throw notFound('note')
  })
  return note
}

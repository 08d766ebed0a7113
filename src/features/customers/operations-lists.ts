// What can be done with own fields and with the values demographics may be chosen from.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { listsContract } from './contract-lists.ts'
import {
  demographicById,
  demographics,
  listedKeys,
  ownFieldById,
  ownFieldOf,
  ownFields,
  unlistedValues,
  unnamedKeys,
} from './store-lists.ts'

export const listsOperations: Implements<typeof listsContract, Ctx> = {
  'own-fields.list': async (ctx, filter) => ({
    rows: await ctx.read((tx) => ownFields(tx, filter)),
  }),
  'own-fields.offers': async (ctx, { entity }) => ({
    rows: await ctx.read((tx) => unnamedKeys(tx, entity)),
  }),
  'own-fields.create': (ctx, input) =>
    ctx.write(async (tx) => {
      if (await ownFieldOf(tx, input.entity, input.key)) {
        throw new Refusal({
          code: 'own_field.exists',
          message: 'This column is described by an own field already.',
          field: 'key',
          next: 'Change that one; it may be archived.',
        })
      }
      const choices = distinct(input.choices)
      refuseNoChoices(input.kind, choices)
      tx.describe({ name: input.label })
      const id = await insertRecord(tx, 'own_field', { ...input, choices })
      return { id, version: 1, changeId: tx.changeId }
    }),
  'own-fields.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const before = await ownFieldById(tx, id)
      if (!before) throw notFound('own_field')
      const choices = input.choices && distinct(input.choices)
      refuseNoChoices(input.kind ?? before.kind, choices ?? before.choices)
      tx.describe({ name: input.label ?? before.label })
      const next = await updateRecord(tx, 'own_field', id, { ...input, choices }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'own-fields.set-state': (ctx, { id, version, state }) =>
    ctx.write(async (tx) => {
      const before = await ownFieldById(tx, id)
      if (!before) throw notFound('own_field')
      tx.describe({ name: before.label, state })
      const next = await updateRecord(tx, 'own_field', id, { state }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'demographics.list': async (ctx, { field }) => ({
    rows: await ctx.read((tx) => demographics(tx, field)),
  }),
  'demographics.unlisted': async (ctx, { all }) => ({
    rows: await ctx.read((tx) => unlistedValues(tx, { all })),
  }),
  'demographics.add': (ctx, { field, values }) =>
    ctx.write(async (tx) => {
      const known = await listedKeys(tx, field, values)
      // Of several spellings of one value the first counts.
      const added = new Map(
        values
          .toReversed()
          .map((value) => [nameKey(value), value] as const)
          .filter(([key]) => !known.has(key)),
      )
      if (added.size === 0) {
        throw new Refusal({
          code: 'demographic.exists',
          message: 'The list has this value already.',
          field: 'values',
          next: 'Choose another value.',
        })
      }
      tx.describe({ name: [...added.values()].slice(0, 3).join(', '), count: added.size, field })
      for (const [value_key, value] of added)
        await insertRecord(tx, 'demographic', { field, value, value_key })
      return { added: added.size, changeId: tx.changeId }
    }),
  'demographics.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const before = await demographicById(tx, id)
      if (!before) throw notFound('demographic')
      tx.describe({ name: before.value, field: before.field })
      const next = await updateRecord(tx, 'demographic', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

const distinct = (texts: readonly string[]) => [...new Set(texts)]

function refuseNoChoices(kind: string, choices: readonly string[]): void {
  if (kind !== 'choice' || choices.length > 0) return
  throw new Refusal({
    code: 'own_field.needs_choices',
    message: 'A field to choose from needs at least one choice.',
    field: 'choices',
    next: 'Name what one may choose from.',
    status: 422,
  })
}

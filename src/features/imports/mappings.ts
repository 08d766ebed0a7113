// Mappings kept by name, and sample files: what makes the next import need no questions.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import { kinds } from './calc/kinds.ts'
import { lineOf } from './calc/quarantine.ts'
import type { importsContract } from './contract.ts'
import { listMappings } from './store-mappings.ts'
import { requireBatch } from './take-in.ts'

type Contract = typeof importsContract
type Operations = Pick<
  Contract,
  'imports.mappings' | 'imports.save-mapping' | 'imports.remove-mapping' | 'imports.sample'
>

export const mappingsOperations: Implements<Operations, Ctx> = {
  'imports.mappings': async (ctx) => {
    const rows = await ctx.read((tx) => listMappings(tx))
    return { rows: rows.map(({ mapping: _, ...row }) => row) }
  },
  'imports.save-mapping': async (ctx, { id, name }) => {
    const batch = await requireBatch(ctx, id)
    const headers = batch.preview.columns.map(({ column }) => column)
    if (batch.preview.headerLine === null) {
      throw new Refusal({
        code: 'import.mapping_without_headers',
        message:
          'Only the mapping of a file with headers can be kept: by them the next file is known.',
        next: 'Give the mapping along with each file instead.',
        status: 422,
      })
    }
    const fields = {
      name,
      name_key: nameKey(name),
      kind: batch.kind,
      headers,
      mapping: { ...batch.mapping, as: batch.kind },
    }
    return ctx.write(async (tx) => {
      tx.describe({ name })
      // The same name again replaces what was kept under it.
      const there = (await listMappings(tx)).find((one) => nameKey(one.name) === fields.name_key)
      if (there) {
        const version = await updateRecord(tx, 'saved_mapping', there.id, fields)
        return { id: there.id, version, changeId: tx.changeId }
      }
      return {
        id: await insertRecord(tx, 'saved_mapping', fields),
        version: 1,
        changeId: tx.changeId,
      }
    })
  },
  'imports.remove-mapping': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const there = (await listMappings(tx)).find((one) => one.id === id)
      if (!there) throw notFound('saved_mapping')
      tx.describe({ name: there.name })
      const next = await updateRecord(tx, 'saved_mapping', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
  'imports.sample': async (_ctx, { kind, lang }) => {
    const { fields } = kinds[kind]
    return (
      lineOf(fields.map((field) => field.label[lang])) +
      lineOf(fields.map((field) => field.example))
    )
  },
}

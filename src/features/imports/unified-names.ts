// Names unified once: which there are, and taking one back that was wrong.
import type { Implements } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { notFound, updateRecord } from '../../platform/database/records.ts'
import type { importsContract } from './contract.ts'
import { listNames, nameById } from './store-alias.ts'

type Operations = Pick<typeof importsContract, 'imports.names' | 'imports.remove-name'>

export const nameOperations: Implements<Operations, Ctx> = {
  'imports.names': (ctx, { cursor, limit }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['text', 'text'])
      const after = place && { kind: String(place[0]), written: String(place[1]) }
      return pageOfRows(await listNames(tx, after, limit), limit, (row) => [row.kind, row.written])
    }),
  'imports.remove-name': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const there = await nameById(tx, id)
      if (!there) throw notFound('alias')
      tx.describe({ name: there.written })
      const next = await updateRecord(tx, 'alias', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

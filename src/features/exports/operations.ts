// The one way by which lists and figures leave as files: the operation of the screen is asked, page by page.
import { fileTypes, type Implements } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import type { AskWithin } from '../../platform/operations.ts'
import type { Source } from './columns.ts'
import type { ExportTable, exportsContract } from './contract.ts'
import { inTurn } from './in-turn.ts'
import { recordTables } from './tables-records.ts'
import { resultTables } from './tables-results.ts'
import { sentOnce, writeTable } from './write-file.ts'

export { sweepTables } from './write-file.ts'

const sources: Readonly<Record<ExportTable, Source>> = { ...recordTables, ...resultTables }

/** Files written at a time; connections to the database are left for everybody else. */
const writtenAtOnce = 3

/** `askWithin`: the operations whose answers are exported, with their own rights. */
export function makeExportsOperations(given: {
  askWithin: AskWithin
}): Implements<typeof exportsContract, Ctx> {
  const turn = inTurn(writtenAtOnce)
  return {
    'exports.table': async (ctx, { table, format, filter, lang, headers }) => {
      const source = sources[table]
      const path = await turn(() =>
        ctx.read(async (tx) => {
          const { columns, rows } = await source.open((operation, input, beyond) => {
            ctx.signal.throwIfAborted()
            return given.askWithin(ctx, tx, operation, input, beyond)
          }, filter)
          return writeTable({
            dataDir: ctx.dataDir,
            id: ctx.newId(),
            format,
            title: source.title[lang],
            columns: columns.map(({ name, label, kind }) => ({
              header: headers === 'fields' ? name : label[lang],
              kind,
            })),
            rows,
            signal: ctx.signal,
          })
        }),
      )
      const day = new Date(ctx.clock()).toISOString().slice(0, 10)
      return {
        name: `${source.title[lang]} ${day}.${format}`,
        type: fileTypes[format],
        bytes: sentOnce(path),
      }
    },
  }
}

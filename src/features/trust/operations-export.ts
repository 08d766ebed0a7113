// Everything out as one archive, and everything in again.
import { assert, Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { checkWithin } from '../../platform/database/check.ts'
import { zipStream } from '../../platform/files/zip-out.ts'
import { version } from '../../platform/version.ts'
import { broken, readManifest, stagedLines, withArchive } from './receive.ts'
import { exportEntries, exportedColumns } from './store-export.ts'
import {
  analyzeAll,
  clearStaged,
  copyIn,
  isEmpty,
  putInPlace,
  soloPersonOf,
  takePlace,
} from './store-restore.ts'

/** The archive, written while it is read from the database. */
export function exportAll(ctx: Ctx): AsyncGenerator<Uint8Array> {
  return zipStream(
    exportEntries(ctx.db, ctx.who, {
      kontor: version,
      exportedAt: new Date(ctx.clock()).toISOString(),
    }),
    'wide',
  )
}

export interface Restored {
  revision: number
  changeId: string
  name: string
  tables: { name: string; rows: number }[]
}

/** Takes an archive in where nothing is yet; whatever does not hold, nothing is stored. */
export async function restoreAll(ctx: Ctx): Promise<Restored> {
  const { body } = ctx
  assert(body, 'a file comes as the body')
  const target = ctx.who.orgId
  if (!(await ctx.read(isEmpty))) throw notEmpty()
  const runId = ctx.newId()
  return withArchive(ctx.dataDir, runId, body, ctx.signal, async (zip) => {
    const contents = await readManifest(zip)
    const columns: Record<string, string[]> = {}
    try {
      const known = await ctx.read(exportedColumns)
      await copyIn(ctx.db, stagedLines(zip, contents, known, { orgId: target, runId }, columns))
      const personId = await ctx.read((tx) => soloPersonOf(tx, runId))
      if (personId === undefined) throw broken('it names no person who works with it')
      const actor = { orgId: contents.organisation.id, personId }
      const written = await ctx.db.write(
        actor,
        ctx.operation,
        async (tx) => {
          const slug = await putInPlace(tx, target, runId, columns, contents)
          tx.describe({
            from: contents.organisation.name,
            revision: contents.head.revision,
            hash: contents.head.hash,
          })
          await analyzeAll(tx)
          const report = await checkWithin(tx)
          const wrong = report.findings.find((one) => one.what !== 'orphan')
          if (wrong) throw broken(wrong.text.replace(/\.$/, ''))
          await takePlace(tx, slug)
        },
        { long: true },
      )
      assert(written.revision !== undefined && written.changeId, 'a write makes a revision')
      return {
        revision: written.revision,
        changeId: written.changeId,
        name: contents.organisation.name,
        tables: contents.tables.map(({ name, rows }) => ({ name, rows })),
      }
    } catch (error) {
      throw unfit(error)
    } finally {
      await ctx.db.housekeep(ctx.who, (tx) => clearStaged(tx, runId), { long: true })
    }
  })
}

/** Values that no column takes (class 22) and rows that contradict each other (class 23) were not written by us. */
function unfit(error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code ?? ''
  return error instanceof Error && !(error instanceof Refusal) && /^2[23]/.test(code)
    ? broken('a row does not fit its table')
    : error
}

function notEmpty(): Refusal {
  return new Refusal({
    code: 'trust.not_empty',
    message: 'This organisation holds data already; a full export goes into an empty one.',
    next: 'Start Kontor on a new data folder and import the export there.',
  })
}

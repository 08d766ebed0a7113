// Set-aside rows, corrected and taken in again as an import of their own.
import { Readable } from 'node:stream'
import type { Implements, InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { cellsOf, lineOf, replaced } from './calc/quarantine.ts'
import type { Delimiter } from './calc/split.ts'
import type { importsContract } from './contract.ts'
import { importNotFound } from './prepare.ts'
import { type Batch, batchById } from './store.ts'
import { countReasons, listRejects, markCorrected } from './store-quarantine.ts'
import { requireBatch, takeIn } from './take-in.ts'

type Contract = typeof importsContract
type Input = InputOf<Contract['imports.resend']>

const rowsPerPage = 500
/** Rows sent again at once; the rest goes with the next time. */
const rowsMax = 200_000

/** How the rows of a batch are written down; those of a spreadsheet as CSV. */
export function writtenWith({ mapping }: Batch): Delimiter {
  return mapping.sheet === undefined ? (mapping.delimiter ?? ',') : ','
}

type Operations = Pick<Contract, 'imports.rejects' | 'imports.reasons' | 'imports.resend'>

export const quarantineOperations: Implements<Operations, Ctx> = {
  'imports.rejects': (ctx, { id, cursor, limit, ...wanted }) =>
    ctx.read(async (tx) => {
      const batch = await batchById(tx, id)
      if (!batch) throw importNotFound()
      const place = readCursor(cursor, ['int', 'int'])
      const after = place && { line: Number(place[0]), seq: Number(place[1]) }
      const found = await listRejects(tx, id, after, limit + 1, wanted)
      const page = pageOfRows(found, limit, (row) => [row.line, row.seq])
      const delimiter = writtenWith(batch)
      return {
        ...page,
        rows: page.rows.map(({ seq: _, ...row }) => ({
          ...row,
          cells: cellsOf(row.raw, delimiter),
        })),
      }
    }),

  'imports.reasons': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const batch = await batchById(tx, id)
      if (!batch) throw importNotFound()
      return countReasons(tx, batch)
    }),

  'imports.resend': async (ctx, input) => {
    const batch = await requireBatch(ctx, input.id)
    const { lines, places } = await correctedLines(ctx, batch, input)
    if (places.length === 0) {
      throw new Refusal({
        code: 'import.nothing_corrected',
        message: 'Nothing was corrected in the rows that were set aside.',
        next: 'Change a cell, or answer for a value, and send them again.',
        status: 422,
      })
    }
    const { sheet: _, ...mapping } = batch.mapping
    const detail = await takeIn(ctx, {
      fileName: batch.fileName,
      // The corrected rows are CSV whatever the file was; all else is read as it was read there.
      given: {
        kind: batch.kind,
        mapping: {
          ...mapping,
          delimiter: ',',
          encoding: 'utf-8',
          header: headersOf(batch) !== undefined,
        },
      },
      body: Readable.from(lines),
      corrects: batch.id,
    })
    await ctx.db.housekeep(ctx.who, (tx) => markCorrected(tx, batch.id, places, detail.id))
    return detail
  },
}

function headersOf({ preview, ...batch }: Batch): string[] | undefined {
  return preview.headerLine === null
    ? undefined
    : cellsOf(preview.headerLine, writtenWith({ preview, ...batch }))
}

async function correctedLines(ctx: Ctx, batch: Batch, { rows, replace }: Input) {
  const delimiter = writtenWith(batch)
  const edited = new Map(rows.map((row) => [row.line, row.cells]))
  const headers = headersOf(batch)
  const lines = headers === undefined ? [] : [lineOf(headers)]
  const places: { line: number; seq: number }[] = []
  for (let after: { line: number; seq: number } | undefined; places.length < rowsMax; ) {
    const page = await ctx.read((tx) => listRejects(tx, batch.id, after, rowsPerPage))
    for (const { line, seq, raw, correctedIn } of page) {
      if (correctedIn !== null) continue
      const own = edited.get(line)
      const cells = replaced(own ?? cellsOf(raw, delimiter), replace) ?? own
      if (cells === undefined) continue
      lines.push(lineOf(cells))
      places.push({ line, seq })
    }
    after = page.at(-1)
    if (page.length < rowsPerPage || after === undefined) break
  }
  return { lines, places }
}

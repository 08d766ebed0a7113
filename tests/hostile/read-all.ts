// Reads a hostile file as an import would, answering every question by chance, and checks the outcome.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../src/basics/refusal.ts'
import type { RowReject, TypedRow } from '../../src/features/imports/calc/convert.ts'
import type { Mapping } from '../../src/features/imports/calc/mapping.ts'
import { mergeMapping } from '../../src/features/imports/calc/mapping.ts'
import type { Planned } from '../../src/features/imports/calc/plan.ts'
import { planImport } from '../../src/features/imports/calc/plan.ts'
import { inspectFile, readRows } from '../../src/features/imports/read-file.ts'
import type { Dice, HostileFile } from './csv.ts'
import { dice } from './csv.ts'

type HostileOutcome = { read: number; rows: number; rejects: number } | { refused: string }

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}

function checkReject(reject: RowReject): void {
  demand(reject.line >= 1 && Number.isSafeInteger(reject.line), 'a reject names its line')
  demand(
    reject.message.en.includes(String(reject.line)),
    `the sentence names the line: ${reject.message.en}`,
  )
  demand(
    !/\{\w+\}/.test(reject.message.en + reject.message.de),
    `no gap in the sentence: ${reject.message.de}`,
  )
  demand(!reject.raw.includes('\0') && reject.raw.isWellFormed(), 'what is kept can be stored')
  demand(!(reject.value ?? '').includes('\0'), 'the value shown can be stored')
}

function checkRow(row: TypedRow): void {
  for (const value of [...Object.values(row.values), ...Object.values(row.traits ?? {})]) {
    if (typeof value === 'string')
      demand(value.isWellFormed() && !value.includes('\0'), 'text can be stored')
    if (typeof value === 'number') demand(Number.isFinite(value), 'numbers are finite')
  }
  const { amount, stage, currency } = row.values
  demand(
    amount === null || amount === undefined || Number.isSafeInteger(amount),
    'amounts are whole minor units',
  )
  demand(typeof stage === 'string' && stage !== '', 'what is required is there')
  demand(
    amount == null || (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)),
    'amounts have a currency',
  )
}

function checkRefusal(error: Refusal, file: HostileFile): string {
  const place = error.detail.particulars as {
    file?: string
    line?: number
    column?: number | string
  }
  demand(
    error.code === 'import.unreadable' || error.code === 'import.too_large',
    `code ${error.code}: ${error.message}`,
  )
  demand(error.message.includes(file.name), `the refusal names the file: ${error.message}`)
  demand(
    place.file === file.name && (place.line ?? 0) >= 1 && place.column !== undefined,
    'the refusal names line and column',
  )
  demand(
    error.message.includes(String(place.line)) && error.message.includes(String(place.column)),
    error.message,
  )
  return error.message
}

function answered(planned: Planned, roll: Dice): Mapping {
  let mapping = planned.mapping
  for (const question of planned.questions) {
    if (question.options.length > 0)
      mapping = mergeMapping(mapping, roll.pick(question.options).value)
    else if (question.code === 'unknown_dates')
      mapping = mergeMapping(mapping, { dates: 'YYYY-MM-DD' })
  }
  return mapping
}

async function readAll(path: string, file: HostileFile, roll: Dice): Promise<HostileOutcome> {
  const options = file.maxBytes === undefined ? {} : { maxBytes: file.maxBytes }
  let mapping: Mapping = {}
  let inspection = await inspectFile(path, options)
  let planned = planImport(inspection, { as: 'deals', currency: 'EUR', zone: 'Europe/Vienna' })
  for (let round = 0; round < 12 && !planned.plan; round++) {
    if (planned.questions.some((one) => one.code === 'field_missing' && one.options.length === 0))
      return { refused: 'no column for a field' }
    mapping = answered(planned, roll)
    // Another layout has other columns: what was mapped before no longer holds.
    const { columns: _, ...withoutColumns } = mapping
    inspection = await inspectFile(path, { ...options, mapping })
    const again = inspection.headers.join('\0')
    planned = planImport(inspection, {
      as: 'deals',
      currency: 'EUR',
      zone: 'Europe/Vienna',
      mapping: Object.keys(mapping.columns ?? {}).every((one) => again.includes(one))
        ? mapping
        : withoutColumns,
    })
  }
  const { plan } = planned
  demand(
    plan !== undefined,
    `questions come to an end: ${planned.questions.map((one) => one.text.en).join(' ')}`,
  )
  if (!plan) return { refused: '' }
  let rows = 0
  let rejects = 0
  const seen: TypedRow[] = []
  for await (const batch of readRows(path, plan, options)) {
    rows += batch.rows.length
    rejects += batch.rejects.length
    for (const reject of batch.rejects) checkReject(reject)
    for (const row of batch.rows) checkRow(row)
    if (file.expected) seen.push(...batch.rows)
  }
  demand(
    rows + rejects === inspection.read,
    `${rows} rows and ${rejects} rejects are not the ${inspection.read} read`,
  )
  if (file.expected) {
    const found = seen.map(({ values }) => ({
      external_id: values.external_id,
      seller: values.seller,
      amount: values.amount,
    }))
    demand(
      JSON.stringify(found) === JSON.stringify(file.expected),
      `rows differ: ${JSON.stringify(found).slice(0, 300)}\n${JSON.stringify(file.expected).slice(0, 300)}`,
    )
  }
  return { read: inspection.read, rows, rejects }
}

/**
 * Reads one file to its end. Throws, naming seed and kind of the file, when anything else comes than
 * counts that add up or a refusal that names file, line and column.
 */
export async function survive(
  file: HostileFile,
  seed: number,
  folder: string,
): Promise<HostileOutcome> {
  const path = join(folder, file.name)
  await writeFile(path, file.bytes)
  try {
    return await readAll(path, file, dice(seed ^ 0x5eed))
  } catch (error) {
    if (error instanceof Refusal) {
      try {
        demand(
          file.expected === undefined,
          `an unusual file is no reason to refuse: ${error.message}`,
        )
        return { refused: checkRefusal(error, file) }
      } catch (fault) {
        throw new Error(`${file.name} (${file.what}): ${String(fault)}`)
      }
    }
    throw new Error(
      `${file.name} (${file.what}): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
  }
}

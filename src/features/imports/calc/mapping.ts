// The mapping file: how the columns of a file become fields, written as JSON and checked strictly.
import { z } from 'zod'
import { Refusal } from '../../../basics/refusal.ts'
import { importKinds } from '../contract.ts'
import { datePattern } from './dates.ts'
import type { Encoding } from './encoding.ts'
import { delimiters } from './split.ts'

const encodingWords: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
}

const cell = z.string().max(1000)
const header = z.string().min(1).max(1000)
const pattern = z
  .string()
  .max(40)
  .refine(
    (text) => datePattern(text) !== undefined,
    'a date pattern names YYYY or YY, M or MM, D or DD once each',
  )
const patterns = z.array(pattern).min(1).max(10)
const decimalSign = z.enum(['.', ','])
const currency = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters')

/** `as` may be left out where the kind is given otherwise. Every key may be left out. */
const mappingSchema = z.strictObject({
  as: z.enum(importKinds).optional(),
  header: z.boolean().optional(),
  /** Of a spreadsheet: the name of the sheet to read. */
  sheet: z.string().min(1).max(255).optional(),
  delimiter: z.enum(delimiters).optional(),
  encoding: z
    .string()
    .transform((text) => text.toLowerCase())
    .refine(
      (text) => Object.hasOwn(encodingWords, text),
      `one of ${Object.keys(encodingWords).join(', ')}`,
    )
    .transform((text): Encoding => encodingWords[text] ?? 'utf-8')
    .optional(),
  /** Header, or number of the column from 1, → field. */
  columns: z.record(header, z.string().min(1).max(60)).optional(),
  /** Header → cell → what it stands for. */
  values: z.record(header, z.record(z.string().max(1000), cell)).optional(),
  dates: z.union([pattern, z.record(header, z.union([patterns, pattern]))]).optional(),
  decimal: z.union([decimalSign, z.record(header, decimalSign)]).optional(),
  missing: z.array(cell).max(50).optional(),
  currency: currency.optional(),
  /** Field → value that all rows have. */
  constants: z.record(z.string().min(1).max(60), cell).optional(),
})

type Loose<T> = { [K in keyof T]: Exclude<T[K], undefined> }
/** A mapping file, or a part of one: the answer to a question is such a part. */
export type Mapping = Loose<z.infer<typeof mappingSchema>>

const reserved = new Set(['__proto__'])

/** JSON objects may carry keys that plain objects treat specially: refused instead of lost. */
function findReserved(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const key of Object.keys(value)) {
    const here = path === '' ? key : `${path}.${key}`
    if (reserved.has(key)) return here
    const below = findReserved((value as Record<string, unknown>)[key], here)
    if (below !== undefined) return below
  }
  return undefined
}

/**
 * Checks what a mapping file holds. Refuses with `import.mapping_invalid`; the message and `field`
 * name the path of the first fault.
 */
export function parseMapping(json: unknown): Mapping {
  const refuse = (path: string, why: string): Refusal =>
    new Refusal({
      code: 'import.mapping_invalid',
      message: `The mapping is not valid at “${path === '' ? 'the top' : path}”: ${why}.`,
      field: path,
      next: 'Correct the mapping; “kontor import --fields” lists the fields of a kind.',
      status: 422,
    })
  const bad = findReserved(json, '')
  if (bad !== undefined) throw refuse(bad, 'this name cannot be used')
  const result = mappingSchema.safeParse(json)
  if (result.success) return result.data as Mapping
  const issue = result.error.issues[0]
  const at = issue?.path.map(String).join('.') ?? ''
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  throw refuse(
    extra === undefined ? at : at === '' ? extra : `${at}.${extra}`,
    extra === undefined ? (issue?.message ?? 'not understood') : 'this key is not known',
  )
}

/** {@link parseMapping} for JSON text. */
export function parseMappingText(text: string): Mapping {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Refusal({
      code: 'import.mapping_invalid',
      message: `The mapping is not JSON: ${error instanceof Error ? error.message : 'not readable'}.`,
      field: '',
      next: 'Correct the mapping file.',
      status: 422,
    })
  }
  return parseMapping(json)
}

function perHeader<T>(
  value: T | Record<string, T | T[]> | undefined,
): Record<string, T | T[]> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, T | T[]>)
    : undefined
}

/** Lays a part over a mapping: per-column entries are joined, everything else replaces. */
export function mergeMapping(base: Mapping, part: Mapping): Mapping {
  const merged: Mapping = { ...base, ...part }
  if (base.columns && part.columns) merged.columns = { ...base.columns, ...part.columns }
  if (base.constants && part.constants) merged.constants = { ...base.constants, ...part.constants }
  if (base.values && part.values) merged.values = { ...base.values, ...part.values }
  const dates = perHeader(base.dates)
  const moreDates = perHeader(part.dates)
  if (dates && moreDates)
    merged.dates = { ...dates, ...moreDates } as Exclude<Mapping['dates'], undefined>
  const decimal = perHeader(base.decimal)
  const moreDecimal = perHeader(part.decimal)
  if (decimal && moreDecimal) {
    merged.decimal = { ...decimal, ...moreDecimal } as Exclude<Mapping['decimal'], undefined>
  }
  return merged
}

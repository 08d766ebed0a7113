// Zod pieces that contracts of several features are made of.
import { z } from 'zod'

export const id = z.uuid().describe('UUID of a record or fact')
export const day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date is written YYYY-MM-DD')
  .refine((text) => {
    const [y = 0, m = 0, d = 0] = text.split('-').map(Number)
    if (y === 0) return false
    const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
    return d <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0)
  }, 'this day does not exist')
  .describe('Calendar date, YYYY-MM-DD')
export const instant = z.string().describe('Instant, ISO 8601 in UTC')
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a currency is three capital letters, such as EUR')
export const amount = z
  .int()
  .min(-1e15)
  .max(1e15)
  .describe('Money in integer minor units of its currency')
export const name = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(200, 'a name has at most 200 characters')
export const shortText = z.string().trim().max(200)
export const traits = z.record(z.string().max(100), z.string().max(2000))

export const named = z.object({ id, name: z.string() })
export const cell = z.union([z.string(), z.null(), named])

export const missing = z.object({
  code: z.enum(['not_enough_data', 'not_measured', 'rate_missing', 'undefined', 'no_right']),
  text: z.string(),
  more: z.int().optional(),
})
/** What a figure or a target is counted in. */
export const unit = z.enum(['money', 'count', 'rate', 'days', 'score'])
export const figure = z.object({
  value: z.number().optional(),
  n: z.int().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  currency: z.string().optional(),
  unit: unit.optional(),
  missing: missing.optional(),
})

/** Input of a list: `cursor` is what the page before gave as `next`. */
export const page = {
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
}

/** Input of a list that can count: whether the first page also says how many rows fit in all. */
export const counted = { count: z.boolean().optional() }

/** Output of a list; `next` is absent on the last page. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().optional(), total: z.int().optional() })
}

/** What a write answers: the record, its new version, and the change that `changes.undo` can take back. */
export const written = z.object({ id, version: z.int(), changeId: id })

/** Version the person had in front of them; absent = overwrite whatever is there. */
export const version = z.int().min(1).optional()

export const state = z.enum(['active', 'archived'])

/**
 * Input of an edit of many records alike: those with these ids, or all that a list's filter finds;
 * with both, those of the ids that the filter finds too. A preview changes nothing.
 */
export function bulkEditOf<Filter extends z.ZodRawShape, Set extends z.ZodRawShape>(
  filter: Filter,
  set: Set,
) {
  return z.object({
    ids: z.array(id).max(10_000).optional(),
    filter: z.strictObject(filter).optional(),
    set: z.strictObject(set).describe('Fields with the value that all of them get; null empties.'),
    preview: z.boolean().optional(),
  })
}

const bulkValues = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** What an edit of many changes or would change, with the first records by name. */
export const bulkEdited = z.object({
  chosen: z.int(),
  changed: z.int(),
  /** How many of the chosen are already so. */
  same: z.int(),
  rows: z.array(z.object({ id, name: z.string(), before: bulkValues, after: bulkValues })),
  /** The change that did it; absent in a preview. */
  changeId: id.optional(),
})

export const bulkRefusals = [
  'bulk.nothing_chosen',
  'bulk.nothing_set',
  'bulk.nothing_changes',
  'bulk.too_many',
] as const

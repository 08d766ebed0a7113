// Operations on imports: upload, mapping, preview, apply, rejected rows, undo.
import { z } from 'zod'
import { operation, writesShared } from '../../basics/contract.ts'
import { id, instant, name, named, page, pageOf, version, written } from '../../basics/schema.ts'

export const importKinds = [
  'sellers',
  'teams',
  'customers',
  'contacts',
  'products',
  'deals',
  'orders',
  'order-lines',
  'contracts',
  'activities',
  'rates',
  'surveys',
  'cases',
  'quotas',
  'goals',
] as const
export type ImportKind = (typeof importKinds)[number]
const kind = z.enum(importKinds)
/** Programs whose exports are known by their headers. */
export const presets = ['plain', 'maven', 'salesforce', 'hubspot', 'pipedrive'] as const
export type ImportPreset = (typeof presets)[number]
const preset = z.enum(presets)
const imports = { 'compensation-admin': 'all', admin: 'all' } as const

export const batchState = z.enum([
  'read',
  'asking',
  'ready',
  'applying',
  'applied',
  'undone',
  'failed',
  'cancelled',
  'discarded',
])
export const counts = z.object({
  read: z.int(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
})
const message = z.object({ en: z.string(), de: z.string() })

/** A question that must be answered before the file can be staged; never guessed. */
export const question = z.object({
  code: z.string(),
  column: z.string().optional(),
  text: message,
  /** Examples from the file with line numbers. */
  examples: z.array(z.object({ line: z.int(), value: z.string() })),
  options: z.array(
    z.object({ value: z.unknown(), label: message, example: z.string().optional() }),
  ),
  /** The answer as it would be written into a mapping file, for the command line. */
  optionForCommandLine: z.string(),
})
export const suggestion = z.object({
  kind: z.string(),
  value: z.string(),
  like: z.string(),
  rows: z.int(),
  accepted: z.boolean(),
})
export const batch = z.object({
  id,
  kind,
  fileName: z.string(),
  fileBytes: z.int(),
  /** SHA-256 of the file as it was sent, in hexadecimal. */
  fileHash: z.string(),
  preset: z.string().nullable(),
  state: batchState,
  counts: counts.partial(),
  /** The import whose set-aside rows this one brings corrected. */
  corrects: id.nullable(),
  progress: z.object({ step: z.string(), done: z.int(), total: z.int() }).nullable(),
  changeId: id.nullable(),
  undoChangeId: id.nullable(),
  /** Revision of the data that the import made, and the one that took it back. */
  revision: z.int().nullable(),
  undoRevision: z.int().nullable(),
  createdBy: named,
  createdAt: instant,
  finishedAt: instant.nullable(),
  error: z
    .object({ code: z.string(), message: z.string(), next: z.string().optional() })
    .nullable(),
})
export const batchDetail = batch.extend({
  /** The mapping in use, in the form of a mapping file. */
  mapping: z.record(z.string(), z.unknown()),
  /** Name of the kept mapping by which the file is read. */
  readBy: z.string().nullable(),
  columns: z.array(
    z.object({
      column: z.string(),
      field: z.string().nullable(),
      use: z.enum(['field', 'trait', 'ignored']),
      examples: z.array(z.string()),
      /** What was recognised: pattern of dates, decimal sign … */
      note: message.nullable(),
    }),
  ),
  fields: z.array(
    z.object({ name: z.string(), label: message, needed: z.boolean(), type: z.string() }),
  ),
  questions: z.array(question),
  suggestions: z.array(suggestion),
  /** First rows as they will be stored. */
  firstRows: z.array(z.record(z.string(), z.unknown())),
  /** Records that would be made because rows mention them. */
  created: z.record(z.string(), z.int()),
  createdExamples: z.record(z.string(), z.array(z.string())),
  /** What a person should know before storing: dates probably swapped, unknown words. */
  notes: z.array(z.object({ code: z.string(), text: message })),
})
const reject = z.object({
  line: z.int(),
  raw: z.string(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  message,
  /** The row in cells, in the order of the file's columns. */
  cells: z.array(z.string()),
  /** The import that brings this row corrected, if there is one. */
  correctedIn: id.nullable(),
})
const reason = { code: z.string(), column: z.string().nullable() }
/** How many of the rows set aside are so for one reason, and how many of them nobody has corrected yet. */
const reasonCount = z.object({ ...reason, rows: z.int(), open: z.int() })
/** A value at fault that stands in several rows nobody has corrected yet. */
const valueCount = z.object({ column: z.string(), value: z.string(), rows: z.int() })
const unifiedName = z.object({
  id,
  version: z.int(),
  kind: z.enum([
    'seller',
    'person',
    'team',
    'customer',
    'contact',
    'product',
    'industry',
    'country',
  ]),
  /** As it may come in, in lower case: case does not matter. */
  written: z.string(),
  means: z.string(),
})
const savedMapping = z.object({
  id,
  version: z.int(),
  name: z.string(),
  kind,
  headers: z.array(z.string()),
})
const notFound = 'import.not_found'

export const importsContract = {
  'imports.kinds': operation({
    sentence: 'Lists the kinds of import with their fields, types and examples.',
    method: 'GET',
    path: '/imports/kinds',
    input: z.object({ kind: kind.optional() }),
    output: z.object({
      rows: z.array(
        z.object({
          kind,
          label: message,
          sentence: message,
          fields: z.array(
            z.object({
              name: z.string(),
              label: message,
              type: z.string(),
              needed: z.boolean(),
              example: z.string(),
              sentence: message,
            }),
          ),
        }),
      ),
    }),
    policy: { ...writesShared, auditor: 'all' },
    refusals: [],
  }),
  'imports.upload': operation({
    sentence:
      'Takes a file in, recognises what it is and proposes a mapping; nothing is stored yet.',
    method: 'POST',
    path: '/imports',
    input: z.object({
      fileName: z.string().min(1).max(255),
      /** Absent: recognised from the columns. */
      kind: kind.optional(),
      preset: preset.optional(),
      /** A mapping file as JSON text. */
      mapping: z.string().max(200_000).optional(),
    }),
    output: batchDetail,
    policy: imports,
    refusals: [
      'import.unreadable',
      'import.unknown_kind',
      'import.mapping_invalid',
      'import.too_large',
      'disk.full',
    ],
    body: 'file',
    bodyBytesMax: 5_000_000_000,
    durationMsMax: 3_600_000,
  }),
  'imports.set-mapping': operation({
    sentence:
      'Changes kind, preset or mapping of a waiting import, or answers its questions, and reads it again.',
    method: 'PUT',
    path: '/imports/:id/mapping',
    input: z.object({
      id,
      kind: kind.optional(),
      preset: preset.optional(),
      mapping: z.record(z.string(), z.unknown()).optional(),
      /** Column → field, or null to ignore. */
      columns: z.record(z.string(), z.string().nullable()).optional(),
      /** Question code and column → chosen option. */
      answers: z
        .array(z.object({ code: z.string(), column: z.string().optional(), value: z.unknown() }))
        .optional(),
      /** Suggestions accepted: this value means that record. */
      accept: z
        .array(z.object({ kind: z.string(), value: z.string(), like: z.string() }))
        .optional(),
    }),
    output: batchDetail,
    policy: imports,
    durationMsMax: 3_600_000,
    refusals: [notFound, 'import.not_waiting', 'import.mapping_invalid'],
  }),
  'imports.list': operation({
    sentence: 'Lists imports, newest first.',
    method: 'GET',
    path: '/imports',
    input: z.object(page),
    output: pageOf(batch),
    policy: { ...imports, auditor: 'all' },
    refusals: [],
  }),
  'imports.get': operation({
    sentence: 'Gives one import with mapping, questions, suggestions, first rows and progress.',
    method: 'GET',
    path: '/imports/:id',
    input: z.object({ id }),
    output: batchDetail,
    policy: { ...imports, auditor: 'all' },
    refusals: [notFound],
  }),
  'imports.apply': operation({
    sentence: 'Stores the rows of a waiting import in the background, all or nothing.',
    method: 'POST',
    path: '/imports/:id/application',
    input: z.object({ id }),
    output: batch,
    policy: imports,
    refusals: [notFound, 'import.not_ready', 'import.question_open', 'disk.full'],
  }),
  'imports.cancel': operation({
    sentence: 'Cancels an import that is waiting or being applied; nothing of it stays.',
    method: 'DELETE',
    path: '/imports/:id/application',
    input: z.object({ id }),
    output: batch,
    policy: imports,
    refusals: [notFound, 'import.already_applied'],
  }),
  'imports.rejects': operation({
    sentence: 'Lists the rows that were set aside, whole, with the reason.',
    method: 'GET',
    path: '/imports/:id/rejects',
    input: z.object({
      id,
      ...page,
      /** Only those set aside for this reason. */
      code: z.string().max(100).optional(),
      column: z.string().max(1000).optional(),
      /** Only those that nobody has corrected yet. */
      open: z.boolean().optional(),
    }),
    output: pageOf(reject),
    policy: { ...imports, auditor: 'all' },
    refusals: [notFound],
  }),
  'imports.reasons': operation({
    sentence:
      'Counts the rows that were set aside by reason, and the values at fault in several rows.',
    method: 'GET',
    path: '/imports/:id/reasons',
    input: z.object({ id }),
    output: z.object({ reasons: z.array(reasonCount), values: z.array(valueCount) }),
    policy: { ...imports, auditor: 'all' },
    refusals: [notFound],
  }),
  'imports.rejects-file': operation({
    sentence: 'Gives the rows that were set aside as a CSV file in the form of the original.',
    method: 'GET',
    path: '/imports/:id/rejects.csv',
    input: z.object({ id }),
    output: z.string(),
    policy: { ...imports, auditor: 'all' },
    refusals: [notFound],
    answers: 'text/csv',
    durationMsMax: 120_000,
  }),
  'imports.resend': operation({
    sentence:
      'Takes set-aside rows in again as corrected: cells of single rows, and answers given once for all rows with a value.',
    method: 'POST',
    path: '/imports/:id/corrections',
    input: z.object({
      id,
      rows: z
        .array(
          z.object({
            line: z.int().min(0),
            cells: z.array(z.string().max(100_000)).min(1).max(1000),
          }),
        )
        .max(1000)
        .default([]),
      replace: z
        .array(
          z.object({
            /** From 0, in the order of the file's columns. */
            column: z.int().min(0).max(999),
            value: z.string().max(1000),
            with: z.string().max(1000),
          }),
        )
        .max(200)
        .default([]),
    }),
    output: batchDetail,
    policy: imports,
    durationMsMax: 600_000,
    refusals: [notFound, 'import.nothing_corrected', 'import.unreadable', 'disk.full'],
  }),
  'imports.mappings': operation({
    sentence: 'Lists mappings kept by name; files with their headers are read by them.',
    method: 'GET',
    path: '/import-mappings',
    input: z.object({}),
    output: z.object({ rows: z.array(savedMapping) }),
    policy: { ...imports, auditor: 'all' },
    refusals: [],
  }),
  'imports.save-mapping': operation({
    sentence:
      'Keeps the mapping of an import under a name, for the next file with the same headers.',
    method: 'POST',
    path: '/imports/:id/saved-mapping',
    input: z.object({ id, name }),
    output: written,
    policy: imports,
    changes: true,
    undo: true,
    refusals: [notFound, 'import.mapping_without_headers'],
  }),
  'imports.remove-mapping': operation({
    sentence: 'Takes a kept mapping away.',
    method: 'DELETE',
    path: '/import-mappings/:id',
    input: z.object({ id, version }),
    output: written,
    policy: imports,
    changes: true,
    undo: true,
    refusals: ['saved_mapping.not_found', 'record.changed'],
  }),
  'imports.names': operation({
    sentence: 'Lists names and spellings that mean something known when a file brings them.',
    method: 'GET',
    path: '/import-names',
    input: z.object(page),
    output: pageOf(unifiedName),
    policy: { ...imports, auditor: 'all' },
    refusals: [],
  }),
  'imports.remove-name': operation({
    sentence: 'Forgets what a name means: the next file that brings it makes a record of its own.',
    method: 'DELETE',
    path: '/import-names/:id',
    input: z.object({ id, version }),
    output: written,
    policy: imports,
    changes: true,
    undo: true,
    refusals: ['alias.not_found', 'record.changed'],
  }),
  'imports.sample': operation({
    sentence: 'Gives a sample file of a kind: its headers and one row of examples.',
    method: 'GET',
    path: '/imports/kinds/:kind/sample.csv',
    input: z.object({ kind, lang: z.enum(['en', 'de']).default('en') }),
    output: z.string(),
    policy: { ...writesShared, auditor: 'all' },
    refusals: [],
    answers: 'text/csv',
  }),
  'imports.undo': operation({
    sentence:
      'Takes a whole import back; rows changed since stay, or nothing is undone, as chosen.',
    method: 'POST',
    path: '/imports/:id/undo',
    input: z.object({ id, whenChangedSince: z.enum(['keep', 'refuse']).default('keep') }),
    output: z.object({
      changeId: id,
      restored: z.int(),
      kept: z.array(z.object({ entity: z.string(), id, reason: z.string() })),
    }),
    policy: imports,
    changes: true,
    durationMsMax: 3_600_000,
    refusals: [
      notFound,
      'import.not_applied',
      'change.changed_since',
      'period.locked',
      'disk.full',
    ],
  }),
} as const

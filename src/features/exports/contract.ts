// Operation that gives any list or table of figures as a file.
import { z } from 'zod'
import { byReach, fileTypes, operation } from '../../basics/contract.ts'

/** Lists whose rows an import takes again, then tables of figures. */
export const exportTables = [
  'customers',
  'contacts',
  'products',
  'deals',
  'orders',
  'order-lines',
  'contracts',
  'activities',
  'surveys',
  'cases',
  'sellers',
  'teams',
  'rates',
  'quotas',
  'goals',
  'facts',
  'figures',
  'overview',
  'board',
  'product-card',
  'segment-card',
  'cross',
  'funnel',
  'cohorts',
  'forecast',
  'forecast-grades',
  'forecast-callers',
] as const
export type ExportTable = (typeof exportTables)[number]

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Rows of one file: as many as one import takes. */
export const exportRowsMost = 1_000_000

export const exportsContract = {
  'exports.table': operation({
    sentence:
      'Gives all rows of a list or table of figures as CSV or XLSX: what the list gives to the same person, in its order, at most 1,000,000 rows.',
    method: 'GET',
    path: '/exports/:table',
    input: z.object({
      table: z.enum(exportTables),
      format: z.enum(exportFormats).default('csv'),
      filter: z
        .record(z.string().max(40), z.unknown())
        .default({})
        .describe('Input of the list as JSON, without its page'),
      lang: z.enum(['en', 'de']).default('en').describe('Language of the headers'),
      headers: z
        .enum(['words', 'fields'])
        .default('words')
        .describe('Words of the language, or the names of fields, which never change'),
    }),
    output: z.unknown(),
    policy: byReach,
    refusals: ['export.too_many_rows'],
    answers: [fileTypes.csv, fileTypes.xlsx],
    durationMsMax: 120_000,
  }),
} as const

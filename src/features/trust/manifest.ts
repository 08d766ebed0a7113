// The table of contents of a full export: what it holds, of which revision, and how each file is recognised.
import { z } from 'zod'

/** Rises when a reader of the older form could no longer read what is written. */
export const formatVersion = 1

const table = z.object({
  name: z.string().regex(/^[a-z][a-z_]{0,62}$/),
  file: z.string(),
  schema: z.string(),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ManifestTable = z.infer<typeof table>

export const manifest = z.object({
  format: z.literal('kontor-export'),
  formatVersion: z.int(),
  /** Version of the program that wrote it. */
  kontor: z.string(),
  exportedAt: z.string(),
  organisation: z.object({ id: z.uuid(), name: z.string() }),
  /** End of the chain of changes at which everything was read. */
  head: z.object({
    revision: z.int().min(0),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    at: z.string(),
  }),
  tables: z.array(table).max(200),
})
export type Manifest = z.infer<typeof manifest>

export const manifestName = 'manifest.json'
export const fileOf = (name: string) => `tables/${name}.csv`
export const schemaOf = (name: string) => `schemas/${name}.json`

/** What stands in the folder for whoever opens it without Kontor. */
export const readme = `# Full export of Kontor

Everything one organisation holds, in one revision, so that it can be read without Kontor and put into
another one whole: \`kontor import --all FOLDER\` into an empty organisation gives the same figures, today
and as they were known on any earlier day.

- \`tables/*.csv\` – one file per table, with a header, UTF-8, rows ended by a line feed. Nothing between
  two commas is "no value"; \`""\` is an empty text. Instants are in UTC, money is in minor units (cents).
- \`schemas/*.json\` – what the columns of each table mean to a program (JSON Schema of one row).
- \`manifest.json\` – rows, bytes and SHA-256 of each table, and the head of the chain of changes.

**The CSV files are lossless, not made for spreadsheets:** a text that begins with \`=\`, \`+\`, \`-\` or \`@\` stands
as it was entered, and a spreadsheet may take it for a formula. For spreadsheets use the exports on the pages.

Facts (deals, sales, orders …) hold all versions: \`change_in\` and \`change_out\` name the changes that put a
row in and closed it; a row without \`change_out\` holds. Records (customers, products …) stand as they are;
what they were before is in \`history\`. Sums are left out: they follow from the sales.
`

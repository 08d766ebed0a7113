// JSON Schema of one row of an exported table, from the types of its columns.

export interface ExportedColumn {
  name: string
  /** As PostgreSQL writes it: `uuid`, `bigint`, `timestamp with time zone` … */
  type: string
  nullable: boolean
}

const byType: Record<string, object> = {
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  'timestamp with time zone': { type: 'string', description: 'Instant in UTC' },
  text: { type: 'string' },
  bytea: {
    type: 'string',
    pattern: '^\\\\x[0-9a-f]*$',
    description: 'Bytes as hexadecimal digits',
  },
  boolean: { type: 'string', enum: ['t', 'f'] },
  integer: { type: 'string', pattern: '^-?\\d+$' },
  bigint: { type: 'string', pattern: '^-?\\d+$' },
  numeric: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' },
  jsonb: { type: 'string', contentMediaType: 'application/json' },
}

/** Every cell of a CSV file is a text or nothing; the schema says what it reads as. */
export function rowSchema(table: string, columns: readonly ExportedColumn[]): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: table,
    type: 'object',
    properties: Object.fromEntries(
      columns.map(({ name, type, nullable }) => {
        const shape = byType[type] ?? { type: 'string', description: type }
        return [name, nullable ? { anyOf: [shape, { type: 'null' }] } : shape]
      }),
    ),
    required: columns.map(({ name }) => name),
    additionalProperties: false,
  }
}

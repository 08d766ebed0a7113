// The OpenAPI 3.1 document and the reference page's rows, read off the contract.
import { z } from 'zod'
import type { Contract, Operation } from '../../basics/contract.ts'

/** Codes that every operation may answer with, beside its own. */
export const commonRefusals = [
  'request.invalid',
  'request.no_right',
  'request.key_missing',
  'request.foreign_host',
  'request.foreign_origin',
  'request.too_large',
  'request.too_long',
  'request.key_reused',
  'money.too_large',
  'organisation.not_found',
  'database.unreachable',
  'server.busy',
  'storage.full',
] as const

const problem = {
  type: 'object',
  required: ['title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'One sentence that names the place.' },
    status: { type: 'integer' },
    code: { type: 'string' },
    field: { type: 'string' },
    next: { type: 'string', description: 'The way out.' },
    id: { type: 'string', description: 'To quote when reporting a mistake of ours.' },
    particulars: {},
  },
}

type Schema = Record<string, unknown>

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dropped, ...schema } = z.toJSONSchema(type, {
    io,
    unrepresentable: 'any',
  }) as Schema
  return schema
}

/** OpenAPI 3.1 for every operation of the contract. */
export function openApiDocument(contract: Contract, version: string): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, definition] of Object.entries(contract)) {
    const path = definition.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [definition.method.toLowerCase()]: describe(name, definition) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kontor',
      version,
      description: 'Sales performance management. One definition per operation.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Kontor-Key' } },
      schemas: { Problem: problem },
    },
  }
}

function answerContent({ answers, output }: Operation): Schema {
  if (answers === undefined) return { 'application/json': { schema: schemaOf(output, 'output') } }
  const types = typeof answers === 'string' ? [answers] : answers
  return Object.fromEntries(
    types.map((type) => [
      type,
      { schema: { type: 'string', ...(type === 'text/csv' ? {} : { format: 'binary' }) } },
    ]),
  )
}

function describe(name: string, definition: Operation): Schema {
  const input = schemaOf(definition.input, 'input')
  const properties = (input.properties ?? {}) as Record<string, Schema>
  const needed = new Set((input.required ?? []) as string[])
  const inPath = [...definition.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key))
  const asQuery =
    definition.method === 'GET' || definition.method === 'DELETE' || definition.body === 'file'
  return {
    operationId: name,
    summary: definition.sentence,
    tags: [name.split('.')[0]],
    'x-policy': definition.policy,
    'x-limits': {
      bodyBytesMax: definition.bodyBytesMax ?? 1_048_576,
      durationMsMax: definition.durationMsMax ?? 30_000,
    },
    parameters: [
      ...inPath.map((key) => ({
        name: key,
        in: 'path',
        required: true,
        schema: properties[key] ?? {},
      })),
      ...(asQuery
        ? rest.map((key) => ({
            name: key,
            in: 'query',
            required: needed.has(key),
            schema: properties[key],
          }))
        : []),
      ...(definition.withoutOrganisation
        ? []
        : [{ name: 'Kontor-Org', in: 'header', required: false, schema: { type: 'string' } }]),
      ...(definition.changes
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', minLength: 8, maxLength: 200 },
            },
          ]
        : []),
    ],
    ...(definition.body === 'file'
      ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } }
      : asQuery
        ? {}
        : {
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: Object.fromEntries(rest.map((key) => [key, properties[key]])),
                    required: rest.filter((key) => needed.has(key)),
                    additionalProperties: false,
                  },
                },
              },
            },
          }),
    responses: {
      200: {
        description: 'The answer.',
        content: answerContent(definition),
      },
      default: {
        description: `A problem. Codes: ${[...definition.refusals, ...commonRefusals].join(', ')}.`,
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  }
}

// Reads an address's query into the input of an operation, guided by its schema.
import { z } from 'zod'
import { Refusal } from '../../basics/refusal.ts'

const partsMax = 500

/**
 * `metric=revenue,units`, `metric=revenue&metric=units` and `metric=["revenue","units"]` are lists where the schema has a list;
 * `where.seller=Ana&where.seller=Bo` and `where={"seller":["Ana","Bo"]}` fill a record of lists;
 * numbers and booleans are read where the schema wants them. Nothing is guessed: what does not fit
 * stays text, and the schema's own check names the field.
 */
export function inputFromQuery(schema: z.ZodType, query: URLSearchParams): Record<string, unknown> {
  const shape: Record<string, z.ZodType> =
    schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {}
  const input: Record<string, unknown> = Object.create(null)
  let parts = 0
  for (const [key, value] of query) {
    if (++parts > partsMax) {
      throw new Refusal({
        code: 'request.invalid',
        message: `An address has at most ${partsMax} parts.`,
        status: 422,
      })
    }
    const dot = key.indexOf('.')
    const name = dot === -1 ? key : key.slice(0, dot)
    const kind = kindOf(Object.hasOwn(shape, name) ? shape[name] : undefined)
    if (dot !== -1 && kind === 'record') {
      const record: Record<string, string[]> =
        (input[name] as Record<string, string[]> | undefined) ?? Object.create(null)
      input[name] = record
      const cell = key.slice(dot + 1)
      record[cell] = [...(record[cell] ?? []), value]
    } else if (
      (kind === 'array' && value.startsWith('[')) ||
      (kind === 'record' && value.startsWith('{'))
    ) {
      input[name] = fromJson(name, value)
    } else if (kind === 'array') {
      input[name] = [
        ...((input[name] as string[] | undefined) ?? []),
        ...value.split(',').filter((one) => one !== ''),
      ]
    } else if (kind === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) {
      input[name] = Number(value)
    } else if (kind === 'boolean' && (value === 'true' || value === 'false')) {
      input[name] = value === 'true'
    } else {
      input[key] = value
    }
  }
  return { ...input }
}

function fromJson(field: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal({
      code: 'request.invalid',
      message: `“${field}” is not readable as JSON.`,
      field,
      next: 'Correct it and send it again.',
      status: 422,
    })
  }
}

type Kind = 'array' | 'record' | 'number' | 'boolean' | 'text'

function kindOf(schema: z.ZodType | undefined): Kind {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  ) {
    return kindOf(schema.unwrap() as z.ZodType)
  }
  if (schema instanceof z.ZodArray) return 'array'
  if (schema instanceof z.ZodRecord) return 'record'
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  return 'text'
}

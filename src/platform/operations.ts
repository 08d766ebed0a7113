// Runs one operation for one person: input checked, policy asked, context made, output returned.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Contract, Operation, Policy, Reach, Role } from '../basics/contract.ts'
import type { Clock } from '../basics/ids.ts'
import { assert, Refusal } from '../basics/refusal.ts'
import type { Ctx, Principal } from './context.ts'
import type { Database, Tx, WriteTx } from './database/with-org.ts'
import type { Jobs } from './jobs/jobs.ts'

export type Handler = (ctx: Ctx, input: never) => Promise<unknown>

export interface Program {
  contract: Contract
  handlers: Readonly<Record<string, Handler>>
  may(roles: readonly Role[], policy: Policy): Reach | 'none'
  db: Database
  jobs: Jobs
  clock: Clock
  newId: () => string
  dataDir: string
}

export interface Request {
  idempotencyKey?: string
  signal?: AbortSignal
  body?: NodeJS.ReadableStream
}

/** Calls an operation by name. Refuses bad input, missing rights and everything the operation refuses. */
export async function callOperation(
  program: Program,
  who: Principal,
  name: string,
  given: unknown,
  request: Request = {},
): Promise<unknown> {
  const { definition, handler, reach } = allowed(program, who, name)
  const input = parseInput(definition, given)
  const { db } = program
  const idempotency = request.idempotencyKey
    ? { key: request.idempotencyKey, inputDigest: digestOf(input) }
    : undefined
  const ctx: Ctx = {
    who,
    reach,
    operation: name,
    db,
    clock: program.clock,
    newId: program.newId,
    dataDir: program.dataDir,
    jobs: program.jobs,
    signal: request.signal ?? new AbortController().signal,
    ...(request.body ? { body: request.body } : {}),
    read: (work) => db.read(who, work),
    write: async (work, options = {}) => {
      assert(definition.changes, `${name} declares that it changes data`)
      const written = await db.write(who, name, work, {
        ...options,
        ...(idempotency ? { idempotency } : {}),
      })
      return written.result
    },
  }
  return handler(ctx, input as never)
}

type Listed = Pick<Program, 'contract' | 'handlers' | 'may'>

/** The operation of this name and how far the person reaches in it. Refuses what may not be called. */
function allowed({ contract, handlers, may }: Listed, who: Principal, name: string) {
  const definition = contract[name]
  const handler = handlers[name]
  if (!definition || !handler) {
    throw new Refusal({
      code: 'request.unknown_operation',
      message: `There is no operation ${name}.`,
      status: 404,
    })
  }
  const reach = may(who.roles, definition.policy)
  if (reach === 'none') {
    throw new Refusal({
      code: 'request.no_right',
      message: 'Your role does not allow this.',
      next: 'Ask an administrator of this organisation.',
      status: 403,
    })
  }
  return { definition, handler, reach }
}

/**
 * Asks another reading operation inside the read that is on: same person, same revision, and the
 * right and reach that operation declares. `beyond` overrules limits that only requests have.
 */
export type AskWithin = (
  ctx: Ctx,
  tx: Tx,
  name: string,
  given: unknown,
  beyond?: Readonly<Record<string, unknown>>,
) => Promise<unknown>

export function askingWithin(known: Listed): AskWithin {
  return async (ctx, tx, name, given, beyond = {}) => {
    const { definition, handler, reach } = allowed(known, ctx.who, name)
    assert(!definition.changes && definition.method === 'GET', `${name} only reads`)
    const input = { ...(parseInput(definition, given) as object), ...beyond }
    const { write: _, ...reading } = ctx
    const inner: Ctx = {
      ...reading,
      reach,
      operation: name,
      read: (work) => work(tx),
      write: () => {
        throw new Error(`${name} only reads`)
      },
    }
    return handler(inner, input as never)
  }
}

/**
 * Calls an operation as a part of the one that runs: the same person in the same change, but with the
 * right and the rules of the operation called.
 */
export function callWithin(
  listed: Listed,
  ctx: Ctx,
  tx: WriteTx,
  { name, given }: { name: string; given: unknown },
): Promise<unknown> {
  const { definition, handler, reach } = allowed(listed, ctx.who, name)
  const within: Ctx = { ...ctx, reach, read: (work) => work(tx), write: (work) => work(tx) }
  return handler(within, parseInput(definition, given) as never)
}

/** Checks input against the contract; unknown fields are refused, and the sentence names the field. */
export function parseInput(definition: Operation, given: unknown): unknown {
  const schema =
    definition.input instanceof z.ZodObject ? definition.input.strict() : definition.input
  const unstorable = findUnstorable(given, [])
  if (unstorable) {
    throw new Refusal({
      code: 'request.invalid',
      message: `“${unstorable}” holds a character that cannot be stored (NUL or half a character).`,
      field: unstorable,
      next: 'Remove it and send it again.',
      status: 422,
    })
  }
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  throw new Refusal({
    code: 'request.invalid',
    message: `${field === '' ? 'The request' : `“${field}”`} cannot be used: ${issue?.message ?? 'it does not fit'}.`,
    ...(field === '' ? {} : { field }),
    next: 'Correct it and send it again.',
    status: 422,
    particulars: parsed.error.issues.slice(0, 20).map((one) => ({
      path: one.path.map(String).join('.'),
      message: one.message,
    })),
  })
}

/** Path of a text that PostgreSQL cannot hold: with a NUL or a lone surrogate. */
function findUnstorable(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed() ? path.join('.') : undefined
  }
  if (typeof value !== 'object' || value === null || path.length > depthMax) return undefined
  for (const [key, one] of Object.entries(value)) {
    const found = findUnstorable(key, [...path, 'key']) ?? findUnstorable(one, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** Deeper input fits no schema of ours. */
const depthMax = 20

function digestOf(input: unknown): Uint8Array {
  return createHash('sha256').update(JSON.stringify(input)).digest()
}

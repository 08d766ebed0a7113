// What an operation is: one plain value from which route, check, client, command and policy come.
import type { z } from 'zod'

export const roles = ['seller', 'manager', 'compensation-admin', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]

/**
 * How far a role reaches. `own`: facts of the seller linked to the person. `team`: facts of sellers
 * who, on the fact's date, were in a team at or below one the person leads (own facts too).
 * `all`: every row of the organisation.
 */
export type Reach = 'own' | 'team' | 'all'

/** Which roles may call an operation, and how far each reaches. A role not named may not call it. */
export type Policy = Partial<Record<Role, Reach>>

/** Everybody may call it and sees every row: customers, products, the metric list. */
export const everybody: Policy = {
  seller: 'all',
  manager: 'all',
  'compensation-admin': 'all',
  auditor: 'all',
  admin: 'all',
}

/** Facts and figures of people: own, own teams, or all, by role. */
export const byReach: Policy = {
  seller: 'own',
  manager: 'team',
  'compensation-admin': 'all',
  auditor: 'all',
  admin: 'all',
}

/** Writing facts: as {@link byReach}, but the auditor only reads. */
export const writesByReach: Policy = {
  seller: 'own',
  manager: 'team',
  'compensation-admin': 'all',
  admin: 'all',
}

/** Writing shared records (customers, products): everybody but the auditor. */
export const writesShared: Policy = {
  seller: 'all',
  manager: 'all',
  'compensation-admin': 'all',
  admin: 'all',
}

/** Structure and settings of the organisation. */
export const adminsOnly: Policy = { admin: 'all' }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Media types of the files that operations answer with, by the ending of their names. */
export const fileTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const
export type FileEnding = keyof typeof fileTypes
export type FileType = (typeof fileTypes)[FileEnding]

/** A file as answer, written while it is sent. */
export interface FileAnswer {
  /** As it is to be called, with its ending. */
  name: string
  type: FileType
  bytes: AsyncIterable<Uint8Array>
}

export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** One English sentence, without the name of the operation. */
  sentence: string
  method: Method
  /** Below /api/v1; `:name` parts are fields of the input. */
  path: string
  input: I
  output: O
  policy: Policy
  /** Makes one change (one revision) when it succeeds. */
  changes?: boolean
  /** The change it makes can be undone by `changes.undo`. */
  undo?: boolean
  /** Codes with which it may refuse, beside those every operation has. */
  refusals: readonly string[]
  /** The request carries a file as its body instead of JSON; the input comes from the address. */
  body?: 'file'
  /** What comes back when it is not JSON: a file of this media type, or of one of these, streamed. */
  answers?: FileType | readonly FileType[]
  /** Largest request body in bytes; 1 MiB unless said. */
  bodyBytesMax?: number
  /** Longest run in milliseconds before the database stops it; 30 s unless said. */
  durationMsMax?: number
  /** Works before an organisation is chosen (health, list of organisations, first start). */
  withoutOrganisation?: boolean
}

export type Contract = Readonly<Record<string, Operation>>

/** Writes an operation down, keeping the exact types of its input and output. */
export function operation<I extends z.ZodType, O extends z.ZodType>(
  definition: Operation<I, O>,
): Operation<I, O> {
  return definition
}

export type InputOf<Op> = Op extends Operation<infer I, z.ZodType> ? z.output<I> : never
export type GivenInputOf<Op> = Op extends Operation<infer I, z.ZodType> ? z.input<I> : never
export type OutputOf<Op> = Op extends Operation<z.ZodType, infer O> ? z.output<O> : never

/** One function per operation of a contract, under the same names: a missing one does not compile. */
export type Implements<C extends Contract, Ctx> = {
  [Name in keyof C]: (ctx: Ctx, input: InputOf<C[Name]>) => Promise<OutputOf<C[Name]>>
}

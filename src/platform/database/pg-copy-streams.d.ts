// The part of pg-copy-streams that is used; the package brings no types.
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream'
  import type { Submittable } from 'pg'

  /** Stream into which the lines of a COPY … FROM STDIN are written. */
  export function from(statement: string): Writable & Submittable

  /** Stream of what a COPY … TO STDOUT gives; the number of rows is known at its end. */
  export function to(statement: string): Readable & Submittable & { rowCount: number }
}

// The part of pg-copy-streams that is used; the package brings no types.
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream'
  import type { Submittable } from 'pg'

  /** Stream into which the lines of a COPY … FROM STDIN are written. */
  export function from(statement: string): Writable & Submittable
}

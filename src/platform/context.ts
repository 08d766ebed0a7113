// What an operation is given: who asks, the database, clock, chance, files and jobs; nothing else.
import type { Reach, Role } from '../basics/contract.ts'
import type { Clock } from '../basics/ids.ts'
import type { Actor, Database, Tx, WriteTx } from './database/with-org.ts'
import type { Jobs } from './jobs/jobs.ts'

/** The person asking, in one organisation. */
export interface Principal extends Actor {
  sellerId: string | null
  roles: readonly Role[]
}

export interface Ctx {
  readonly who: Principal
  /** How far the person reaches in this operation. */
  readonly reach: Reach
  readonly operation: string
  readonly db: Database
  readonly clock: Clock
  readonly newId: () => string
  /** Folder of the data, for uploads. */
  readonly dataDir: string
  readonly jobs: Jobs
  /** The person went away or cancelled. */
  readonly signal: AbortSignal
  /** A file sent as the body of the request (operations with `body: 'file'`). */
  readonly body?: NodeJS.ReadableStream
  /** A read in one revision. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** A write that makes one change under the operation's name; repeats the answer of a repeated request. */
  write<T>(work: (tx: WriteTx) => Promise<T>, options?: { long?: boolean }): Promise<T>
}

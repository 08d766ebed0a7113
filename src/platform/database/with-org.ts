// The one way into the database: every read and write enters an organisation first.
import type pg from 'pg'
import { assert, Refusal } from '../../basics/refusal.ts'
import type { Pools } from './connect.ts'
import { translateError } from './errors.ts'
import { faultPoint } from './fault.ts'
import { compile, type Query, raw } from './statement.ts'

/** Who acts, and in which organisation. */
export interface Actor {
  orgId: string
  personId: string
}

/** A transaction inside one organisation; sees one revision when reading. */
export interface Tx {
  readonly orgId: string
  readonly personId: string
  rows<Row>(query: Query<Row>): Promise<Row[]>
  /** The first row, or undefined. */
  first<Row>(query: Query<Row>): Promise<Row | undefined>
  /** Number of rows a statement touched. */
  run(query: Query<unknown>): Promise<number>
}

/** A transaction that makes one change; `changeId` is stamped on every row it writes. */
export interface WriteTx extends Tx {
  readonly changeId: string
  newId(): string
  /** Random bytes (salts). */
  chance(count: number): Uint8Array
  /** What the list of changes says of this one: names and counts. */
  describe(subject: Record<string, unknown>): void
  /** Marks this change as taking another one back. */
  undoes(changeId: string): void
}

export interface WriteOptions {
  /** The same key sent again gets the first answer and has no second effect. */
  idempotency?: { key: string; inputDigest: Uint8Array }
  /** For long imports: no statement timeout. */
  long?: boolean
}

export interface Written<T> {
  result: T
  /** Revision of the organisation after this change; absent when an earlier answer was repeated. */
  revision?: number
  changeId?: string
}

export interface Database {
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(
    actor: Actor,
    operation: string,
    work: (tx: WriteTx) => Promise<T>,
    options?: WriteOptions,
  ): Promise<Written<T>>
  /** A write that is no change of the organisation's data: batches, progress, folding. */
  housekeep<T>(
    actor: Actor,
    work: (tx: Tx) => Promise<T>,
    options?: { repeatableRead?: boolean; long?: boolean },
  ): Promise<T>
  /** Before an organisation is entered: only owner's functions answer anything. */
  outside<Row>(query: Query<Row>): Promise<Row[]>
  pools: Pools
}

/** How a transaction ends: the statement that goes with its COMMIT, if any, and what it answers then. */
interface Ending<T> {
  last?: Query<unknown>
  answer(rows: readonly unknown[]): T
}

const answering = <T>(result: T): Ending<T> => ({ answer: () => result })

/** Attempts when another writer came first: a deadlock, a serialisation conflict, a number just taken. */
const attemptsMax = 4

export function openDatabase(
  pools: Pools,
  made: { newId: () => string; chance: (bytes: Uint8Array) => Uint8Array },
): Database {
  async function transaction<T>(
    begin: string,
    actor: Actor,
    changeId: string | null,
    work: (tx: Tx) => Promise<Ending<T>>,
    long = false,
  ): Promise<T> {
    const client = await pools.main.connect().catch((error: unknown) => {
      throw translateError(error)
    })
    let broken: Error | undefined
    let ending: Promise<unknown> | undefined
    try {
      // Sent together with the first query of the work: three statements, one round trip.
      const opening = Promise.all([
        client.query({ name: begin, text: begin }),
        client.query({
          name: 'kontor_enter',
          text: 'SELECT kontor_enter($1, $2, $3)',
          values: [actor.orgId, actor.personId, changeId],
        }),
        ...(long ? [client.query('SET LOCAL statement_timeout = 0')] : []),
      ])
      opening.catch(() => {})
      const writes = !begin.endsWith('READ ONLY')
      const tx = asTx(client, actor, writes)
      const { last, answer } = await work(tx)
      await opening
      if (!writes) {
        // Nothing hangs on the end of a read: it is over when the connection is given back.
        ending = client.query('COMMIT').catch((error: Error) => {
          broken = error
        })
        return answer([])
      }
      // Sent together: the link of the chain is not kept waiting, locked, for the way here and back.
      const closing = last ? tx.rows(last) : []
      faultPoint()
      const [rows, end] = await Promise.all([closing, client.query('COMMIT')])
      faultPoint()
      // After an error inside the transaction COMMIT answers ROLLBACK without failing.
      assert(end.command === 'COMMIT', 'the transaction was rolled back')
      return answer(rows)
    } catch (error) {
      await client.query('ROLLBACK').catch((second: Error) => {
        broken = second
      })
      throw translateError(error)
    } finally {
      if (ending) void ending.then(() => client.release(broken))
      else client.release(broken)
    }
  }

  async function write<T>(
    actor: Actor,
    operation: string,
    work: (tx: WriteTx) => Promise<T>,
    options: WriteOptions = {},
  ): Promise<Written<T>> {
    for (let attempt = 1; ; attempt++) {
      const changeId = made.newId()
      try {
        return await transaction(
          'BEGIN',
          actor,
          changeId,
          async (tx): Promise<Ending<Written<T>>> => {
            const repeated = await earlierAnswer<T>(tx, operation, options)
            if (repeated) return answering(repeated)
            let subject: Record<string, unknown> = {}
            let undoes: string | null = null
            const result = await work({
              ...tx,
              changeId,
              newId: made.newId,
              chance: (count) => made.chance(new Uint8Array(count)),
              describe: (value) => {
                subject = value
              },
              undoes: (value) => {
                undoes = value
              },
            })
            await keepAnswer(tx, options, result)
            return {
              last: raw('SELECT kontor_commit($1, $2, $3, $4, $5, $6) AS revision', [
                actor.orgId,
                changeId,
                operation,
                actor.personId,
                JSON.stringify(subject),
                undoes,
              ]),
              answer: ([row]) => {
                assert(row, 'kontor_commit answered')
                return { result, revision: (row as { revision: number }).revision, changeId }
              },
            }
          },
          options.long,
        )
      } catch (error) {
        if (attempt < attemptsMax && isConflict(error)) continue
        throw error
      }
    }
  }

  return {
    pools,
    read: (actor, work) =>
      transaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', actor, null, async (tx) =>
        answering(await work(tx)),
      ),
    write,
    housekeep: (actor, work, options = {}) =>
      transaction(
        options.repeatableRead ? 'BEGIN ISOLATION LEVEL REPEATABLE READ' : 'BEGIN',
        actor,
        null,
        async (tx) => answering(await work(tx)),
        options.long,
      ),
    outside: async (query) => {
      const answer = await pools.main.query(compile(query)).catch((error: unknown) => {
        throw translateError(error)
      })
      return answer.rows
    },
  }
}

function asTx(client: pg.PoolClient, actor: Actor, writes: boolean): Tx {
  async function send(query: Query<unknown>): Promise<pg.QueryResult> {
    const config = compile(query)
    if (writes) faultPoint()
    return client.query(config)
  }
  return {
    orgId: actor.orgId,
    personId: actor.personId,
    rows: async (query) => (await send(query)).rows,
    first: async (query) => (await send(query)).rows[0],
    run: async (query) => (await send(query)).rowCount ?? 0,
  }
}

async function earlierAnswer<T>(
  tx: Tx,
  operation: string,
  { idempotency }: WriteOptions,
): Promise<Written<T> | undefined> {
  if (!idempotency) return undefined
  // A second sender waits here until the first has committed or given up.
  const claimed = await tx.run(
    raw(
      `INSERT INTO idempotency (org_id, person_id, key, operation, input_digest)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [tx.orgId, tx.personId, idempotency.key, operation, idempotency.inputDigest],
    ),
  )
  if (claimed === 1) return undefined
  const earlier = await tx.first<{ operation: string; input_digest: Buffer; answer: T }>(
    raw(
      `SELECT operation, input_digest, answer FROM idempotency
       WHERE org_id = $1 AND person_id = $2 AND key = $3`,
      [tx.orgId, tx.personId, idempotency.key],
    ),
  )
  assert(earlier, 'the claimed key is there')
  if (
    earlier.operation !== operation ||
    !earlier.input_digest.equals(Buffer.from(idempotency.inputDigest))
  ) {
    throw new Refusal({
      code: 'request.key_reused',
      message: 'This Idempotency-Key was already used for a different request.',
      next: 'Send the request with a new key.',
      status: 422,
    })
  }
  return { result: earlier.answer }
}

async function keepAnswer(tx: Tx, { idempotency }: WriteOptions, answer: unknown): Promise<void> {
  if (!idempotency) return
  await tx.run(
    raw('UPDATE idempotency SET answer = $4 WHERE org_id = $1 AND person_id = $2 AND key = $3', [
      tx.orgId,
      tx.personId,
      idempotency.key,
      JSON.stringify(answer ?? null),
    ]),
  )
}

/**
 * Whether the same work may end well when it is done again. A unique number that somebody else took a
 * moment ago is seen by then, and refused in words or passed over.
 */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === '40P01' || code === '40001' || code === '23505'
}

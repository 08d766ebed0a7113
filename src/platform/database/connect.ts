// Pools to PostgreSQL for the application role, with the type parsers that the rest relies on.
import pg from 'pg'
import { safeInteger } from '../../basics/money.ts'

const int8Oid = 20
const dateOid = 1082
const numericOid = 1700
const timestamptzOid = 1184

// A sum that a number cannot hold exactly is refused in words (`money.too_large`), never rounded.
pg.types.setTypeParser(int8Oid, (text: string) => safeInteger(BigInt(text)))
pg.types.setTypeParser(dateOid, (text: string) => text)
pg.types.setTypeParser(numericOid, (text: string) => Number(text))
pg.types.setTypeParser(timestamptzOid, (text: string) => new Date(text).toISOString())

export interface Pools {
  /** Pipelined: BEGIN, enter and the first query travel together. No COPY, no cursors here. */
  main: pg.Pool
  /** COPY and LISTEN. */
  bulk: pg.Pool
  close(): Promise<void>
}

/** Longest a statement may run unless a transaction says otherwise. */
const statementTimeoutMs = 30_000

/** Longest to wait for the server itself; a free connection is waited for as long as a statement may take. */
const serverTimeoutMs = 5_000

/** The pool has one limit for both waits. */
class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(
      typeof config === 'object' ? { ...config, connectionTimeoutMillis: serverTimeoutMs } : config,
    )
  }
}

/**
 * Opens the two pools of the application role. `onError` hears of connections that broke while idle;
 * `waitMs`: for a free connection.
 */
export function openPools(
  config: pg.PoolConfig,
  options: { size?: number; waitMs?: number; onError?: (error: Error) => void } = {},
): Pools {
  const onError = options.onError ?? (() => {})
  const shared: pg.PoolConfig = {
    ...config,
    Client,
    connectionTimeoutMillis: options.waitMs ?? statementTimeoutMs,
    statement_timeout: statementTimeoutMs,
    application_name: 'kontor',
  }
  const main = new pg.Pool({ ...shared, max: options.size ?? 10, pipeline: true } as pg.PoolConfig)
  const bulk = new pg.Pool({ ...shared, max: 3 })
  for (const pool of [main, bulk]) {
    pool.on('error', onError)
    pool.on('connect', (client) => client.on('error', onError))
  }
  return {
    main,
    bulk,
    close: async () => {
      await Promise.all([main.end(), bulk.end()])
    },
  }
}

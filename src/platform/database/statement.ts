// What is sent to the database: composed or written out, planned anew or kept planned by its connection.
import type { Compilable, RawBuilder } from 'kysely'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type pg from 'pg'

/** Builds SQL text and parameters; never connects. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

export type Query<Row> = RawBuilder<Row> | Compilable<Row> | Prepared<Row>

/** A statement that each connection parses and plans once. */
interface Prepared<Row> {
  readonly prepared: RawBuilder<Row>
}

/**
 * For statements that are asked all the time and whose best plan is the same for every organisation, however
 * large: one row by its key, or the owner's functions. What counts or lists is planned for whom it is asked.
 */
export function prepared<Row>(query: RawBuilder<Row>): Prepared<Row> {
  return { prepared: query }
}

/** Names of prepared statements by their text; a connection keeps each for good, so there may not be any number. */
const names = new Map<string, string>()
const namesMax = 200

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size === namesMax) return known
  const name = `kontor_${names.size}`
  names.set(text, name)
  return name
}

export function compile(query: Query<unknown>): pg.QueryConfig {
  if ('prepared' in query) {
    const { sql: text, parameters } = query.prepared.compile(compiler)
    const name = nameOf(text)
    return { text, values: [...parameters], ...(name === undefined ? {} : { name }) }
  }
  const { sql: text, parameters } =
    'toOperationNode' in query && 'execute' in query && 'as' in query
      ? (query as RawBuilder<unknown>).compile(compiler)
      : (query as Compilable).compile()
  return { text, values: [...parameters] }
}

/** A statement written out here, for the few places that need no composition. */
export function raw<Row>(text: string, values: unknown[]): Query<Row> {
  return {
    compile: () => ({ sql: text, parameters: values, query: undefined, queryId: undefined }),
  } as unknown as Compilable<Row>
}

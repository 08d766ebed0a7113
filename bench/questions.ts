// The usual questions through the API, against hand-written SQL in the same PostgreSQL, with DuckDB beside.
import { DuckDBInstance } from '@duckdb/node-api'
import type { World } from './kontor.ts'
import { type Line, medianOf, ratioLine, shownMs, told } from './measure.ts'
import { questions } from './question-list.ts'

const most = { rollup: 0.15, facts: 1.3 }

export async function questionsArea(world: World): Promise<Line[]> {
  const { owner, orgId } = world
  const duck = await duckOver(world)
  const lines: Line[] = []
  try {
    for (const { what, rollup, api, sql, duck: text, reason } of questions) {
      const duckMs = await medianOf(() => duck.run(text))
      const against = await medianOf(() => owner.query(sql, [orgId]))
      const beside = `DuckDB ${shownMs(duckMs)}`
      const asking = medianOf(async () => {
        for (const path of api) await world.get(path)
      })
      const label = `${what}${rollup ? ' (rollup)' : ''}`
      const ms = await asking.catch((error: unknown) => {
        // What takes longer than a request may is a finding about one question, not about the others.
        const figure = `${error instanceof Error ? error.message : String(error)} · by hand ${shownMs(against)} · ${beside}`
        lines.push({
          area: 'questions',
          what: label,
          figure,
          verdict: 'failed',
          numbers: { against, duckMs },
        })
      })
      if (ms === undefined) continue
      const line = ratioLine('questions', label, {
        ms,
        against,
        most: rollup ? most.rollup : most.facts,
        reason,
      })
      lines.push({
        ...line,
        figure: `${line.figure} · ${beside}`,
        numbers: { ...line.numbers, duckMs },
      })
    }
  } finally {
    duck.close()
  }
  lines.push(await apiOverhead(world))
  return lines
}

/** DuckDB in memory with the rows of the same files; answers are read whole. */
async function duckOver({ files }: World) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(
    `CREATE TABLE deal AS SELECT number, seller, customer, product, stage, "opened on" AS opened_on, "closed on" AS closed_on, (amount * 100)::BIGINT AS amount FROM read_csv('${files.deals}', types = {'opened on': 'DATE', 'closed on': 'DATE', 'amount': 'DECIMAL(18,2)'})`,
  )
  for (const [name, file] of [
    ['customer', files.customers],
    ['product', files.products],
    ['seller', files.sellers],
  ]) {
    await connection.run(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${file}')`)
  }
  return {
    run: (text: string) => connection.runAndReadAll(text),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** What the way through HTTP, rights and checks costs: one record by its id. */
async function apiOverhead({ owner, orgId, get }: World): Promise<Line> {
  const { rows } = await owner.query('SELECT id FROM customer WHERE org_id = $1 LIMIT 1', [orgId])
  const id: string = rows[0].id
  const bare = () =>
    owner.query({
      name: 'bench_customer',
      text: 'SELECT * FROM customer WHERE org_id = $1 AND id = $2',
      values: [orgId, id],
    })
  const against = await medianOf(bare, 200)
  const ms = await medianOf(() => get(`/customers/${id}`), 200)
  return told(
    'questions',
    'one customer through the API, against the bare query',
    `${(ms - against).toFixed(2)} ms more (${shownMs(ms)} : ${shownMs(against)})`,
    { ms, against },
  )
}

// How every metric is looked up along every dimension among a million deals, against what is kept as text: a lost index is seen.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadMillion } from '../../../tests/million-world.ts'
import type { Actor, Tx } from '../../platform/database/with-org.ts'
import { metrics } from './calc/metrics.ts'
import { metricIds } from './contract.ts'
import { countPieces } from './store-figures.ts'
import type { Scope } from './store-scope.ts'

const deals = 1_000_000

let db: TestDatabase
let actor: Actor
beforeAll(async () => {
  db = await freshDatabase()
  actor = await loadMillion(db, deals)
}, 3_600_000)
afterAll(() => db.close())

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Node[]
}

/** Tables of which there is one row for each fact, day or customer; the others are read whole anyway. */
const big =
  /^(sale|deal|stage_entry|customer|activity|survey_answer|customer_case|sale_day_seller|sale_month_product)(_|$)/

function scans({ Plans = [], ...node }: Node): string[] {
  const where = node['Index Name'] ?? node['Relation Name'] ?? ''
  const own = big.test(where) && !where.includes('_delta') ? [`${node['Node Type']} ${where}`] : []
  return [...own, ...Plans.flatMap(scans)]
}

/** What a plan depends on beside rows and statistics, whatever machine this is. */
const settings = [
  'max_parallel_workers_per_gather = 0',
  'jit = off',
  "work_mem = '16MB'",
  'hash_mem_multiplier = 2',
  "effective_cache_size = '4GB'",
  'random_page_cost = 1.1',
  'seq_page_cost = 1',
]

test('looks the facts up as it did', async () => {
  const scope: Scope = {
    orgId: actor.orgId,
    revision: undefined,
    reach: undefined,
    calendar: { fiscalFirstMonth: 1, weekStart: 1 },
    narrowing: { cells: new Map(), days: [] },
    sources: [{ source: 'deals', from: '0001-01-01', until: '9999-12-31' }],
  }
  const lines: string[] = []
  for (const metric of metricIds) {
    for (const by of [undefined, ...metrics[metric].dimensions]) {
      const found = await db.database.read(actor, async (tx) => {
        for (const setting of settings) await tx.run(sql`SET LOCAL ${sql.raw(setting)}`)
        const seen: string[] = []
        const explaining: Tx = {
          ...tx,
          rows: async (query) => {
            const plan = await tx.first<{ 'QUERY PLAN': [{ Plan: Node }] }>(
              sql`EXPLAIN (FORMAT JSON) ${query as ReturnType<typeof sql>}`,
            )
            seen.push(...(plan ? scans(plan['QUERY PLAN'][0].Plan) : []))
            return []
          },
        }
        const frames = [{ from: '2024-01-01', until: '2025-01-01' }]
        await countPieces(explaining, scope, { metrics: [metric], by: by ? [by] : [], frames })
        return seen
      })
      lines.push(`${metric} by ${by ?? 'nothing'}: ${[...new Set(found)].sort().join(', ')}`)
    }
  }
  const version = await db.owner.query<{ major: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major",
  )
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`plans-${version.rows[0]?.major}.txt`)
}, 600_000)

// What changed between two days of a random life: the effects of the changes, summed, are the difference
// of the revenues that results tell as of those days.
import { expect } from 'vitest'
import type { Figure } from '../src/basics/figure.ts'
import { addDays } from '../src/basics/period.ts'
import type { TestDatabase } from './database.ts'
import type { ImportWorld } from './import-world.ts'

interface Restated {
  earlier: number
  later: number
  difference: number
}
interface Counted {
  changes: number
  effect: number
}
interface Between {
  changes: number
  revenue: Restated & { told: Restated; unrated: { earlier: number; later: number } }
  months: (Restated & { month: string; because: { effect: number }[]; others: Counted })[]
  operations: Counted[]
  people: Counted[]
  tables: Touched[]
}
interface Touched {
  table: string
  added: number
  replaced: number
  closed: number
}
interface Changes {
  rows: { revision: number; effect: number; unrated: number; tables: Touched[] }[]
  next?: string
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
/** No change of a life was made before this day; the first was made on the next. */
const before = '2024-02-14'

/** Every revision on a day of its own. Afterwards the chain no longer holds: to be asked last. */
async function spread(db: TestDatabase, { who }: ImportWorld): Promise<number> {
  const { rows } = await db.owner.query<{ revision: string }>(
    `UPDATE change SET at = ($2::date + revision::int * interval '1 day' + interval '12 hours') AT TIME ZONE 'Europe/Berlin'
     WHERE org_id = $1 RETURNING revision`,
    [who.orgId, before],
  )
  return Math.max(...rows.map(({ revision }) => Number(revision)))
}

/** Asks about all changes, about both halves, and about two changes alone. */
export async function betweenAgrees(db: TestDatabase, world: ImportWorld): Promise<void> {
  const latest = await spread(db, world)
  const half = Math.floor(latest / 2)
  const alone = [half, latest - 1].map((at): [number, number] => [at, at + 1])
  for (const [after, upTo] of [[0, half], [half, latest], ...alone] as const) {
    if (after < upTo) await stretchAgrees(world, after, upTo)
  }
  await stretchAgrees(world, 0, latest)
  await stretchAgrees(world, 0, latest, '2024-02')
}

async function stretchAgrees(
  world: ImportWorld,
  after: number,
  upTo: number,
  period?: string,
): Promise<void> {
  const [earlier, later] = [addDays(before, after), addDays(before, upTo)]
  const asked = { earlier, later, ...(period === undefined ? {} : { period }) }
  const told = await world.call<Between>('trust.between', asked)
  const days = period === undefined ? ['0001-01-01', '9999-12-31'] : ['2024-02-01', '2024-03-01']
  /** As results tell it as of a day; `last`: only of sales up to that day. */
  const revenue = async (asOf: string, last = '9999-12-30') => {
    const until = [addDays(last, 1), days[1] ?? ''].sort()[0]
    const { rows } = await world.call<{ rows: { revenue: Figure }[] }>('results.figures', {
      metric: ['revenue'],
      period: `${days[0]}..${until}`,
      asOf,
    })
    return rows[0]?.revenue.value ?? 0
  }
  expect(told.changes).toBe(upTo - after)
  expect([told.revenue.earlier, told.revenue.later]).toEqual([
    await revenue(earlier),
    await revenue(later),
  ])
  expect([told.revenue.told.earlier, told.revenue.told.later]).toEqual([
    await revenue(earlier, earlier),
    await revenue(later, earlier),
  ])
  const list = await allChanges(world, asked)
  expect(list.length).toBe(upTo - after)
  const { difference, unrated } = told.revenue
  const effects = (rows: readonly { effect: number }[]) => sum(rows.map(({ effect }) => effect))
  expect(effects(list)).toBe(difference)
  expect(effects(told.operations)).toBe(difference)
  expect(effects(told.people)).toBe(difference)
  expect(sum(told.people.map(({ changes }) => changes))).toBe(upTo - after)
  expect(sum(told.months.map((month) => month.difference))).toBe(difference)
  for (const { month, because, others, ...known } of told.months)
    expect([month, effects(because) + others.effect]).toEqual([month, known.difference])
  expect(sum(list.map((one) => one.unrated))).toBe(unrated.later - unrated.earlier)
  expect(added(list.flatMap(({ tables }) => tables))).toEqual(added(told.tables))
}

/** All pages in both orders; they hold the same changes. */
async function allChanges(world: ImportWorld, asked: object): Promise<Changes['rows']> {
  const [latest, largest] = await Promise.all(
    ['latest', 'effect'].map(async (order) => {
      const rows: Changes['rows'] = []
      for (let cursor: string | undefined, more = true; more; ) {
        const page: Changes = await world.call('trust.between-changes', {
          ...asked,
          order,
          limit: 3,
          ...(cursor === undefined ? {} : { cursor }),
        })
        rows.push(...page.rows)
        cursor = page.next
        more = cursor !== undefined
      }
      return rows
    }),
  )
  const byRevision = (rows: Changes['rows'] = []) =>
    [...rows].sort((a, b) => b.revision - a.revision)
  expect(byRevision(latest)).toEqual(latest)
  expect(byRevision(largest)).toEqual(latest)
  const sizes = (largest ?? []).map(({ effect }) => Math.abs(effect))
  expect([...sizes].sort((a, b) => b - a)).toEqual(sizes)
  return latest ?? []
}

function added(tables: readonly Touched[]): Record<string, number[]> {
  const all: Record<string, number[]> = {}
  for (const { table, added: put, replaced, closed } of tables) {
    const [a = 0, b = 0, c = 0] = all[table] ?? []
    all[table] = [a + put, b + replaced, c + closed]
  }
  return all
}

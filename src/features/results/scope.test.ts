// Reach, as-of, buckets, filters and hostile input, on the small world in a real database.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { loadSmallWorld, type SmallWorld, worldToday } from '../../../tests/results-world.ts'
import { testSeed } from '../../../tests/seed.ts'
import type { Figure } from '../../basics/figure.ts'
import { containing, type TimeDimension, timeDimensions } from '../../basics/period.ts'
import { closeFact, replaceFact } from '../../platform/database/facts.ts'
import { updateRecord } from '../../platform/database/records.ts'
import { withinReach } from '../team/door.ts'
import type { Asking } from './asked.ts'
import { metrics } from './calc/metrics.ts'
import { metricIds } from './contract.ts'
import { resultsOperations as operations } from './operations.ts'
import { bucketStart } from './store-scope.ts'

let db: TestDatabase
let world: SmallWorld
beforeAll(async () => {
  db = await freshDatabase()
  world = await loadSmallWorld(db, testSeed)
})
afterAll(() => db.close())

const period = '2022-01-01..2024-07-01'

function figures(asking: Asking, metric: (typeof metricIds)[number], where = {}, within = period) {
  return operations['results.figures'](asking, { metric: [metric], by: [], period: within, where })
}
async function value(
  asking: Asking,
  metric: (typeof metricIds)[number],
  where = {},
  within = period,
) {
  const { rows } = await figures(asking, metric, where, within)
  return (rows[0]?.[metric] as Figure | undefined)?.value ?? 0
}

describe('reach', () => {
  test('a leader sees the own teams as they were on the day of each fact', async () => {
    const leader = world.asking('team', { personId: world.leader })
    const all = world.asking()
    const { from, on, seller } = world.moved
    for (const metric of ['revenue', 'deals-won', 'deals-lost'] as const) {
      const seen = await value(leader, metric)
      expect(seen).toBe(await value(all, metric, { team: [from] }))
      // The seller who moved counts until the day of the move, and not a day longer.
      const before = { seller: [seller], team: [from] }
      expect(await value(leader, metric, { seller: [seller] })).toBe(
        await value(all, metric, before),
      )
      expect(await value(leader, metric, { seller: [seller] }, `${on}..2024-07-01`)).toBe(0)
    }
    expect(await value(leader, 'revenue', { seller: [seller] })).toBeGreaterThan(0)
  })

  test('every metric, and rows, agree with the rule that writes go by', async () => {
    const leader = world.asking('team', { personId: world.leader })
    for (const metric of metricIds) {
      const { rows, total } = await operations['results.rows'](leader, {
        metric,
        period,
        where: {},
        limit: 200,
      })
      const whole = await operations['results.rows'](world.asking(), {
        metric,
        period,
        where: {},
        limit: 200,
      })
      expect(total, metric).toBeLessThanOrEqual(whole.total)
      for (const row of rows.slice(0, 20)) {
        const day = metrics[metric].rows?.from === 'open' ? worldToday : (row.on ?? '')
        const allowed = await leader.read((tx) =>
          withinReach({ ...leader, clock: leader.clock }, tx, {
            sellerId: row.seller?.id ?? null,
            day,
          }),
        )
        expect(allowed, `${metric} ${row.id}`).toBe(true)
      }
    }
  })

  test('a seller sees own facts only, in every answer', async () => {
    const { seller } = world.moved
    const own = world.asking('own', { sellerId: seller })
    expect(await value(own, 'revenue')).toBe(
      await value(world.asking(), 'revenue', { seller: [seller] }),
    )
    const by = await operations['results.figures'](own, {
      metric: ['revenue'],
      by: ['seller'],
      period,
      where: {},
    })
    expect(by.rows.map((row) => (row.seller as { id: string }).id)).toEqual([seller])
    const board = await operations['results.board'](own, {
      by: 'seller',
      on: 'win-rate',
      period,
      where: {},
    })
    expect(board.rows.map(({ cell }) => (cell as { id: string }).id)).toEqual([seller])
    expect(board.grouped).toBe(false)
    const nobody = world.asking('own')
    expect(await value(nobody, 'revenue')).toBe(0)
    expect((await operations['results.periods'](nobody, { kind: 'year' })).rows).toEqual([])
  })

  test('the leader of the whole company sees everybody in a team', async () => {
    const leads = await db.owner.query(
      `SELECT person_id FROM membership m JOIN team t ON t.org_id = m.org_id AND t.id = m.team_id
       WHERE m.org_id = $1 AND m.kind = 'lead' AND t.kind = 'company'`,
      [world.actor.orgId],
    )
    const person = leads.rows[0]?.person_id
    expect(person).toBeDefined()
    const chief = world.asking('team', { personId: person })
    const teams = world.teams.map(({ key }) => world.id('team', key))
    expect(await value(chief, 'revenue')).toBe(
      await value(world.asking(), 'revenue', { team: teams }),
    )
  })
})

test('somebody who has sold nothing appears with 0', async () => {
  const { rows } = await operations['results.figures'](world.asking(), {
    metric: ['revenue', 'deals-won', 'win-rate'],
    by: ['seller'],
    period,
    where: {},
    lang: 'en',
  })
  const idle = rows.find((row) => (row.seller as { id: string } | null)?.id === world.idle)
  expect(idle).toMatchObject({
    seller: { name: 'Zoe Idle' },
    revenue: { value: 0, n: 0 },
    'deals-won': { value: 0 },
    'win-rate': { missing: { code: 'not_enough_data', more: 1 } },
  })
})

test('sales without a rate are counted, said, and not summed', async () => {
  const usd = await operations['results.why'](world.asking(), {
    metric: 'revenue',
    period,
    where: { currency: ['USD'] },
    lang: 'en',
  })
  expect(usd.figure.missing?.code).toBe('rate_missing')
  expect(usd.total).toBeGreaterThan(0)
  const why = await operations['results.why'](world.asking(), {
    metric: 'revenue',
    period,
    where: {},
    lang: 'de',
  })
  expect(why.leftOut.join(' ')).toContain(`${usd.total} Verkäufe in einer Währung ohne Kurs`)
  expect(why.figure.n).toBe(why.total - usd.total)
  expect(why.byHand).toBe(why.total)
})

test('buckets in SQL are those of the calendar, for any day and setting', async () => {
  const setting = fc.record({
    fiscalFirstMonth: fc.integer({ min: 1, max: 12 }),
    weekStart: fc.constantFrom(1 as const, 7 as const),
  })
  const day = fc
    .oneof(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -700_000, max: 2_800_000 }))
    .map((n) => Temporal.PlainDate.from('1970-01-01').add({ days: n }).toString())
  const days = fc.array(
    day.filter((text) => /^(000[3-9]|00[1-9]|0[1-9]|[1-8])/.test(text)),
    { minLength: 20, maxLength: 40 },
  )
  await fc.assert(
    fc.asyncProperty(setting, days, async (calendar, list) => {
      const columns = timeDimensions.map(
        (dimension) =>
          sql`${bucketStart(dimension, sql`d::date`, calendar)} AS ${sql.ref(dimension)}`,
      )
      const rows = await db.database.read(world.actor, (tx) =>
        tx.rows<Record<TimeDimension, string>>(
          sql`SELECT ${sql.join(columns)} FROM unnest(${list}::text[]) WITH ORDINALITY AS x(d, n) ORDER BY n`,
        ),
      )
      list.forEach((text, i) => {
        for (const dimension of timeDimensions)
          expect(rows[i]?.[dimension]).toBe(containing(dimension, text, calendar).from)
      })
    }),
    { seed: testSeed, numRuns: 40 },
  )
})

describe('filters', () => {
  test('take ids, names in any case, and - for none', async () => {
    const all = world.asking()
    const { rows } = await operations['results.cells'](all, {
      dimension: 'seller',
      search: 'zo',
      limit: 5,
    })
    expect(rows).toEqual([{ id: world.idle, name: 'Zoe Idle' }])
    const { seller } = world.moved
    const name = (
      await operations['results.cells'](all, { dimension: 'seller', limit: 50 })
    ).rows.find((cell) => (cell as { id: string }).id === seller) as { name: string }
    expect(await value(all, 'revenue', { seller: [` ${name.name.toUpperCase()}`] })).toBe(
      await value(all, 'revenue', { seller: [seller] }),
    )
    const parts = [await value(all, 'deals-won', { customer: ['-'] })]
    expect(parts[0]).toBeGreaterThan(0)
  })

  test('an unknown name is refused with those that look like it', async () => {
    await expect(value(world.asking(), 'revenue', { seller: ['Zoe Idel'] })).rejects.toMatchObject({
      detail: { code: 'results.unknown_cell', next: expect.stringContaining('Zoe Idle') },
    })
    await expect(value(world.asking(), 'revenue', { stage: ['Won'] })).rejects.toMatchObject({
      code: 'results.dimension_not_allowed',
    })
  })

  const hostile = [
    "'; DROP TABLE sale; --",
    "x' OR '1'='1",
    '"; SELECT 1',
    '$1',
    '\\',
    'a\u0000b',
    '%',
    "2024-Q1'); --",
    '0 UNION SELECT 1',
    '../../etc/passwd',
    '=cmd|1',
    '\u202e',
    'ÿ'.repeat(150),
  ]
  test.each(hostile)('hostile text is a name that does not exist: %j', async (text) => {
    const all = world.asking()
    for (const dimension of [
      'seller',
      'family',
      'customer',
      'office',
      'manager',
      'currency',
    ] as const) {
      await expect(value(all, 'revenue', { [dimension]: [text] })).rejects.toMatchObject({
        code: 'results.unknown_cell',
      })
      expect(
        Array.isArray(
          (await operations['results.cells'](all, { dimension, search: text, limit: 5 })).rows,
        ),
      ).toBe(true)
    }
    await expect(value(all, 'revenue', { month: [text] })).rejects.toMatchObject({
      code: /^period\./,
    })
    await expect(value(all, 'revenue', {}, text)).rejects.toMatchObject({ code: /^period\./ })
    const cursor = Buffer.from(JSON.stringify([1, text, text])).toString('base64url')
    await expect(
      operations['results.rows'](all, { metric: 'revenue', period, where: {}, limit: 5, cursor }),
    ).rejects.toMatchObject({ code: 'request.bad_cursor' })
  })
})

test('as it was known on an earlier day: the same answer, byte for byte', async () => {
  const fresh = await loadSmallWorld(db, testSeed + 1)
  const all = fresh.asking()
  const questions = async (asOf?: string) => {
    const given = asOf === undefined ? {} : { asOf }
    return JSON.stringify([
      await operations['results.figures'](all, {
        metric: [...metricIds],
        by: ['seller'],
        where: {},
        ...given,
      }),
      await operations['results.figures'](all, {
        metric: [...metricIds],
        by: ['office', 'month'],
        period,
        where: {},
        ...given,
      }),
      await operations['results.figures'](all, {
        metric: ['revenue', 'units'],
        by: ['product'],
        period: '2024',
        where: {},
        ...given,
      }),
      await operations['results.overview'](all, { where: {}, lang: 'de', ...given }),
      await operations['results.board'](all, {
        by: 'team',
        on: 'revenue',
        period: '2023',
        where: {},
        ...given,
      }),
      await operations['results.rows'](all, {
        metric: 'win-rate',
        period: '2023',
        where: {},
        limit: 100,
        ...given,
      }),
      await operations['results.why'](all, {
        metric: 'repeat-share',
        period: '2023',
        where: {},
        lang: 'en',
        ...given,
      }),
    ])
  }
  // Some facts have been corrected before: their first versions must stay out of sight.
  await db.database.write(fresh.actor, 'test.first', async (tx) => {
    const rows = await tx.rows<{ id: string }>(
      sql`SELECT id FROM sale WHERE org_id = ${tx.orgId} ORDER BY id DESC LIMIT 30`,
    )
    for (const { id } of rows)
      await replaceFact(tx, 'sale', id, { base_amount: 12_300, quantity: 3 })
    const lost = await tx.rows<{ id: string }>(
      sql`SELECT id FROM deal WHERE org_id = ${tx.orgId} AND outcome = 'lost' ORDER BY id LIMIT 20`,
    )
    for (const { id } of lost) await replaceFact(tx, 'deal', id, { amount: 5, base_amount: 5 })
  })
  await db.owner.query(`UPDATE change SET at = '2024-06-01T10:00:00Z' WHERE org_id = $1`, [
    fresh.actor.orgId,
  ])
  await db.owner.query(`UPDATE org_head SET at = '2024-06-01T10:00:00Z' WHERE org_id = $1`, [
    fresh.actor.orgId,
  ])
  const before = await questions()
  const { rows: deals } = await db.owner.query<{ id: string; sale: string | null }>(
    `SELECT d.id, s.id AS sale FROM deal d LEFT JOIN sale s ON s.org_id = d.org_id AND s.id = d.id AND s.change_out IS NULL
     WHERE d.org_id = $1 AND d.change_out IS NULL ORDER BY d.id LIMIT 60`,
    [fresh.actor.orgId],
  )
  const { rows: members } = await db.owner.query<{ id: string }>(
    `SELECT id FROM membership WHERE org_id = $1 AND kind = 'member' ORDER BY id`,
    [fresh.actor.orgId],
  )
  await db.database.write(fresh.actor, 'test.correct', async (tx) => {
    for (const { id, sale } of deals) {
      await replaceFact(tx, 'deal', id, {
        amount: 77_700,
        base_amount: 77_700,
        seller_id: fresh.idle,
      })
      if (sale)
        await replaceFact(tx, 'sale', sale, {
          base_amount: 77_700,
          quantity: 9,
          seller_id: fresh.idle,
        })
    }
    for (const { id } of members)
      await replaceFact(tx, 'membership', id, { team_id: fresh.moved.to })
    const some = (table: string) =>
      tx.rows<{ id: string }>(
        sql`SELECT id FROM ${sql.table(table)} WHERE org_id = ${tx.orgId} AND change_out IS NULL ORDER BY id LIMIT 40`,
      )
    for (const { id } of await some('survey_answer'))
      await replaceFact(tx, 'survey_answer', id, { measure: 'nps', score: 5, scale_high: 10 })
    // With the first ones gone, complaints are on record from a later day on.
    for (const { id } of await some('customer_case')) await closeFact(tx, 'customer_case', id)
  })
  expect(await questions()).not.toBe(before)
  expect(await questions('2024-06-01')).toBe(before)
  const nothing = await operations['results.figures'](all, {
    metric: ['revenue'],
    by: [],
    where: {},
    asOf: '2024-05-31',
  })
  expect(nothing).toMatchObject({ revision: 0, rows: [{ revenue: { value: 0, n: 0 } }] })
})

test('overview and board are made once until something changes, and for each reach by itself', async () => {
  const fresh = await loadSmallWorld(db, testSeed + 2)
  let statements = 0
  const counting = (asking: Asking): Asking => ({
    ...asking,
    read: (work) =>
      asking.read((tx) =>
        work({
          ...tx,
          rows: (query) => {
            statements++
            return tx.rows(query)
          },
        }),
      ),
  })
  const look = async (asking: Asking) => {
    statements = 0
    const asked = { period: '2024-Q1', where: {}, lang: 'en' } as const
    const answers = [
      await operations['results.overview'](counting(asking), asked),
      await operations['results.board'](counting(asking), {
        ...asked,
        on: 'revenue',
        by: 'seller',
      }),
    ]
    return { answers, statements }
  }
  const all = fresh.asking()
  const first = await look(all)
  const again = await look(all)
  expect(again.answers).toEqual(first.answers)
  expect(again.statements).toBeLessThan(first.statements / 2)
  for (const reach of ['team', 'own'] as const) {
    const narrow = await look(fresh.asking(reach, { personId: fresh.leader, sellerId: fresh.idle }))
    expect(narrow.statements).toBeGreaterThan(again.statements)
    expect(narrow.answers).not.toEqual(first.answers)
  }
  await db.database.write(fresh.actor, 'test.correct', async (tx) => {
    const rows = await tx.rows<{ id: string }>(
      sql`SELECT id FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL AND on_day >= '2024-01-01' AND on_day < '2024-04-01' LIMIT 5`,
    )
    for (const { id } of rows) await replaceFact(tx, 'sale', id, { base_amount: 999_999 })
  })
  const after = await look(all)
  expect(after.statements).toBe(first.statements)
  expect(after.answers).not.toEqual(first.answers)
})

test('later pages stay in the revision of the first', async () => {
  const fresh = await loadSmallWorld(db, testSeed + 2)
  const all = fresh.asking()
  const ask = (cursor?: string) =>
    operations['results.rows'](all, {
      metric: 'deals-won',
      period,
      where: {},
      limit: 40,
      ...(cursor === undefined ? {} : { cursor }),
    })
  const first = await ask()
  const next = await ask(first.next)
  const last = first.rows.at(-1)
  await db.database.write(fresh.actor, 'test.change', async (tx) => {
    await replaceFact(tx, 'deal', next.rows[0]?.id ?? '', { closed_on: '2024-06-30' })
    await updateRecord(tx, 'seller', fresh.idle, { name: 'Zoe Busy' })
  })
  expect((await ask(first.next)).rows).toEqual(next.rows)
  expect(last?.id).not.toBe(next.rows[0]?.id)
})

test('small pages give every fact once, in the order of one large page', async () => {
  const all = world.asking()
  for (const metric of ['revenue', 'pipeline', 'win-rate'] as const) {
    const ask = (limit: number, cursor?: string) =>
      operations['results.rows'](all, {
        metric,
        period: '2024-Q1',
        where: {},
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
    const whole = await ask(200)
    const seen: string[] = []
    let page = await ask(3)
    for (; page.next !== undefined; page = await ask(3, page.next))
      seen.push(...page.rows.map(({ id }) => id))
    seen.push(...page.rows.map(({ id }) => id))
    expect(seen.slice(0, 200), metric).toEqual(whole.rows.map(({ id }) => id))
    expect(seen).toHaveLength(whole.total)
  }
})

// Random lives of an organisation: whatever is imported, entered, edited, shared, returned, merged, undone
// and redone in whatever order, rows, ledger and rollups agree, amounts follow from the rates, every earlier
// revision can be seen as it was, the chain holds, and what changed between two of them adds up.
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { Refusal } from '../src/basics/refusal.ts'
import { equalShares } from '../src/features/deals/calc/shares.ts'
import { ask } from '../src/features/results/asked.ts'
import { countPieces } from '../src/features/results/store-figures.ts'
import { baseAmount, rateJoin } from '../src/platform/database/base-amount.ts'
import { checkOrganisation } from '../src/platform/database/check.ts'
import { foldRollups } from '../src/platform/database/fold.ts'
import { type FactTable, facts } from '../src/platform/database/tables.ts'
import type { TestDatabase } from './database.ts'
import { type ImportWorld, importWorld } from './import-world.ts'
import { betweenAgrees } from './model-between.ts'
import { fullLife } from './model-full-life.ts'
import { testSeed } from './seed.ts'

const which = fc.nat(40)
const oneOf = (...names: string[]) => fc.constantFrom(...names)
const day = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, number]) => `2024-0${month}-${String(number).padStart(2, '0')}`)
const seller = oneOf('Ana', 'Ben', 'Cleo')
const customer = oneOf('Acme', 'Bolt', 'Cole', 'ACME Ltd')
const product = oneOf('Pump', 'Valve')
const money = fc.integer({ min: 0, max: 5_000_000 }).map((minor) => (minor / 100).toFixed(2))
const currency = oneOf('EUR', 'EUR', 'USD')
const unique = <T>(row: fc.Arbitrary<T>, key: (row: T) => string) =>
  fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: key })

const dealRow = fc.record({
  number: oneOf('D-1', 'D-2', 'D-3', 'D-4', 'D-5', 'D-6'),
  seller,
  customer,
  product,
  stage: oneOf('Won', 'Won', 'Lost', 'Offer'),
  closed: day,
  amount: money,
  currency,
})
const headRow = fc.record({ number: oneOf('O-1', 'O-2', 'O-3'), seller, customer, day })
const lineRow = fc.record({
  number: oneOf('O-1', 'O-2', 'O-3', 'O-4'),
  product,
  quantity: fc.integer({ min: 1, max: 9 }),
  price: money,
  discount: oneOf('0', '0.05', '0.15', '0.333'),
})
const rateRow = fc.record({ day, rate: oneOf('0.9', '0.91', '0.85') })

const table = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  [header, ...rows.map((row) => row.join(','))].join('\n')

/** Files as other programs write them. */
const file = fc.oneof(
  {
    weight: 4,
    arbitrary: unique(dealRow, (row) => row.number).map((rows) => ({
      kind: 'deals' as const,
      text: table(
        'number,seller,customer,product,stage,opened on,closed on,amount,currency',
        rows.map((row) => {
          const closed = row.stage === 'Offer' ? '' : row.closed
          return [
            row.number,
            row.seller,
            row.customer,
            row.product,
            row.stage,
            '2024-01-01',
            closed,
            row.amount,
            row.currency,
          ]
        }),
      ),
    })),
  },
  unique(headRow, (row) => row.number).map((rows) => ({
    kind: 'orders' as const,
    text: table(
      'order number,seller,customer,order date',
      rows.map((row) => [row.number, row.seller, row.customer, row.day]),
    ),
  })),
  unique(lineRow, (row) => `${row.number} ${row.product}`).map((rows) => ({
    kind: 'order-lines' as const,
    text: table(
      'order number,product,quantity,price,discount',
      rows.map((row) => [row.number, row.product, row.quantity, row.price, row.discount]),
    ),
  })),
  unique(customer, (name) => name).map((names) => ({
    kind: 'customers' as const,
    text: table(
      'name,number,industry',
      names.map((name) => [name, `C-${name.length}`, 'medical']),
    ),
  })),
  unique(rateRow, (row) => row.day).map((rows) => ({
    kind: 'rates' as const,
    text: table(
      'currency,date,rate',
      rows.map((row) => ['USD', row.day, row.rate]),
    ),
  })),
)

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('import' as const), file }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit' as const), which, amount: fc.nat(9_999_999) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      entity: fc.constantFrom('customer' as const, 'seller' as const, 'product' as const),
      which,
      into: which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('share' as const),
      which,
      sellers: fc.uniqueArray(seller, { minLength: 2, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      seller,
      product,
      day,
      quantity: fc.integer({ min: 1, max: 3 }),
      amount: fc.nat(9_999),
      currency,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('return' as const), which, day }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restore' as const), which, to: which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('undo' as const),
      which,
      whenChangedSince: fc.constantFrom('keep' as const, 'refuse' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('source' as const),
      source: fc.constantFrom('deals' as const, 'orders' as const),
      from: fc.constantFrom('0001-01-01', '2024-02-01', '2024-03-01'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)]
const factTables = Object.keys(facts) as FactTable[]

interface Life {
  world: ImportWorld
  files: { kind: 'deals' | 'orders' | 'order-lines' | 'customers' | 'rates'; text: string }[]
  changes: string[]
}

/** Does one step through the operations a person would use; refusals leave everything as it was. */
async function live({ world, files, changes }: Life, current: Step): Promise<void> {
  const take = async (one: Life['files'][number]) => {
    const detail = await world.take(`${one.kind}.csv`, one.text, {
      kind: one.kind,
      mapping: { currency: 'EUR' },
    })
    const { read = -1, added = 0, updated = 0, unchanged = 0, rejected = 0 } = detail.counts
    expect(added + updated + unchanged + rejected).toBe(read)
    if (detail.changeId) changes.push(detail.changeId)
  }
  switch (current.do) {
    case 'import':
      files.push(current.file)
      return take(current.file)
    case 'again': {
      const one = pick(files, current.which)
      return one && take(one)
    }
    case 'edit': {
      const { rows } = await world.call<{ rows: { id: string; version: number }[] }>('deals.list')
      const deal = pick(rows, current.which)
      if (!deal) return
      const { id, version } = deal
      const made = await world.call<{ changeId: string }>('deals.edit', {
        id,
        version,
        amount: current.amount,
      })
      changes.push(made.changeId)
      return
    }
    case 'restore': {
      const { rows } = await world.call<{ rows: { id: string }[] }>('deals.list')
      const deal = pick(rows, current.which)
      if (!deal) return
      const about = { entity: 'deal', id: deal.id }
      const history = await world.call<{ rows: { changeId: string }[] }>('history.list', about)
      const earlier = pick(history.rows.slice(1), current.to)
      if (!earlier) return
      const made = await world.call<{ changeId: string }>('history.restore', {
        ...about,
        changeId: earlier.changeId,
      })
      changes.push(made.changeId)
      return
    }
    case 'merge': {
      const list = `${current.entity}s.list`
      const { rows } = await world.call<{ rows: { id: string }[] }>(list)
      const [loser, winner] = [pick(rows, current.which), pick(rows, current.into)]
      if (!loser || !winner || loser.id === winner.id) return
      const made = await world.call<{ changeId: string }>('quality.merge', {
        entity: current.entity,
        winnerId: winner.id,
        loserId: loser.id,
      })
      changes.push(made.changeId)
      return
    }
    case 'share': {
      const { rows } = await world.call<{ rows: { id: string }[] }>('deals.list')
      const deal = pick(rows, current.which)
      if (!deal) return
      const shares = equalShares(current.sellers.length)
      const sellers = current.sellers.map((name, n) => ({ seller: { name }, share: shares[n] }))
      const made = await world.call<{ changeId: string }>('deals.set-sellers', {
        id: deal.id,
        owner: sellers[0]?.seller,
        sellers,
      })
      changes.push(made.changeId)
      return
    }
    case 'order': {
      const { seller, product, day: on, quantity, amount, currency } = current
      const made = await world.call<{ changeId: string }>('orders.create', {
        on,
        seller: { name: seller },
        currency,
        lines: [{ product: { name: product }, quantity, amount }],
      })
      changes.push(made.changeId)
      return
    }
    case 'return': {
      const order = pick(await orders(world, 'sale'), current.which)
      const { rows } = order
        ? await world.call<{ rows: { id: string }[] }>('orders.get', { id: order.id })
        : { rows: [] }
      if (!order?.number || !rows[0]) return
      const made = await world.call<{ changeId: string }>('orders.return', {
        id: order.id,
        on: current.day,
        lines: [{ id: rows[0].id, quantity: 1 }],
      })
      changes.push(made.changeId)
      return
    }
    case 'remove': {
      const order = pick(await orders(world), current.which)
      if (!order) return
      const made = await world.call<{ changeId: string }>('orders.remove', { id: order.id })
      changes.push(made.changeId)
      return
    }
    case 'undo': {
      const id = pick(changes, current.which)
      if (id === undefined) return
      const made = await world.call<{ changeId: string }>('changes.undo', {
        id,
        whenChangedSince: current.whenChangedSince,
      })
      changes.push(made.changeId)
      return
    }
    case 'source': {
      const { source, from } = current
      const made = await world.call<{ changeId: string }>('revenue-source.set', { source, from })
      changes.push(made.changeId)
      return
    }
    case 'fold':
      await foldRollups(world.program.db, world.who)
  }
}

async function orders(world: ImportWorld, kind?: 'sale') {
  const { rows } = await world.call<{ rows: { id: string; number: string | null }[] }>(
    'orders.list',
    kind ? { kind } : {},
  )
  return rows
}

/** Every open row of every fact, in words. */
function openRows({ who, program }: ImportWorld): Promise<string> {
  return program.db.read(who, async (tx) => {
    const parts = await Promise.all(
      factTables.map((name) =>
        tx.rows<{ row: string }>(
          sql`SELECT ${sql.lit(name)} || ' ' || kontor_content(f) AS row FROM ${sql.table(name)} f
            WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL ORDER BY f.id`,
        ),
      ),
    )
    return parts
      .flat()
      .map(({ row }) => row)
      .join('\n')
  })
}

/** The same, as it was at a revision, by the law's definition. */
function rowsAsOf({ who, program }: ImportWorld, revision: number): Promise<string> {
  return program.db.read(who, async (tx) => {
    const until = sql`SELECT id FROM change WHERE org_id = ${tx.orgId} AND revision <= ${revision}`
    const parts = await Promise.all(
      factTables.map((name) =>
        tx.rows<{ row: string }>(
          sql`SELECT ${sql.lit(name)} || ' ' || kontor_content(f) AS row FROM ${sql.table(name)} f
            WHERE f.org_id = ${tx.orgId} AND f.change_in IN (${until})
              AND (f.change_out IS NULL OR f.change_out NOT IN (${until})) ORDER BY f.id`,
        ),
      ),
    )
    return parts
      .flat()
      .map(({ row }) => row)
      .join('\n')
  })
}

const metrics = ['revenue', 'units', 'deals-won', 'win-rate', 'pipeline', 'new-customers'] as const

/** Figures by seller and in whole as the program gives them, now or as of a revision. */
function figures(
  { who, program }: ImportWorld,
  revision?: number,
): Promise<{ revision: number; text: string }> {
  return program.db.read(who, async (tx) => {
    const known =
      revision === undefined ? undefined : { revision, at: '2024-01-01T00:00:00Z', past: true }
    const about = await ask(
      { who, reach: 'all', clock: program.clock },
      tx,
      { from: '2024-01-01', until: '2024-05-01' },
      {},
      known,
    )
    const told: unknown[] = []
    for (const by of [[], ['seller'], ['product', 'month']] as const) {
      const cells = await countPieces(tx, about.scope, { metrics, by, frames: [about.period] })
      told.push(
        cells
          .map((cell) => [
            JSON.stringify(cell.cells),
            metrics.map((metric) => about.figure(metric, cell.counted).value),
          ])
          .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      )
    }
    return { revision: about.known.revision, text: JSON.stringify(told) }
  })
}

/** Won deals and order lines with a day, against the ledger; sums and counts by source. */
async function ledgerIsRows({ who, program }: ImportWorld): Promise<void> {
  const [row] = await program.db.read(who, (tx) =>
    tx.rows<Record<string, number>>(sql`
      SELECT (SELECT coalesce(sum(amount), 0)::int8 FROM deal WHERE org_id = ${tx.orgId} AND change_out IS NULL AND outcome = 'won') AS won,
        (SELECT coalesce(sum(amount), 0)::int8 FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL AND source = 'deals') AS sold,
        (SELECT coalesce(sum(CASE coalesce(l.kind, h.kind) WHEN 'return' THEN -l.amount ELSE l.amount END), 0)::int8 FROM order_line l
          LEFT JOIN order_head h ON h.org_id = l.org_id AND h.change_out IS NULL AND h.external_source = '' AND h.external_id = l.order_no
          WHERE l.org_id = ${tx.orgId} AND l.change_out IS NULL AND coalesce(l.on_day, h.on_day) IS NOT NULL) AS ordered,
        (SELECT coalesce(sum(amount), 0)::int8 FROM sale WHERE org_id = ${tx.orgId} AND change_out IS NULL AND source = 'orders') AS delivered`),
  )
  expect(row?.sold).toBe(row?.won)
  expect(row?.delivered).toBe(row?.ordered)
}

/** Deals, their sales together, and sales of orders whose base amount is not what follows from the rates. */
async function amountsFollowRates({ who, program }: ImportWorld): Promise<void> {
  const valued = (amount: string, day: string) => ({
    orgId: who.orgId,
    amount: sql.ref(amount),
    currency: sql`f.currency`,
    day: sql.raw(day),
    base: sql`'EUR'`,
  })
  const [deal, sale] = [
    valued('f.amount', 'coalesce(f.closed_on, f.opened_on)'),
    valued('f.amount', 'f.on_day'),
  ]
  const wrong = await program.db.read(who, (tx) =>
    tx.rows(sql`
      SELECT 'deal' AS what, f.id, f.base_amount FROM deal f ${rateJoin('r', deal)}
      WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL AND (f.base_amount IS DISTINCT FROM ${baseAmount('r', deal)}
        OR (f.outcome = 'won' AND f.base_amount IS DISTINCT FROM (SELECT sum(s.base_amount) FROM sale s
          WHERE s.org_id = f.org_id AND s.change_out IS NULL AND s.deal_id = f.id AND s.source = 'deals')))
      UNION ALL
      SELECT 'sale', f.id, f.base_amount FROM sale f ${rateJoin('r', sale)}
      WHERE f.org_id = ${tx.orgId} AND f.change_out IS NULL AND (f.rate_id IS DISTINCT FROM r.rate_id
        OR (f.source = 'orders' AND f.base_amount IS DISTINCT FROM ${baseAmount('r', sale)}))`),
  )
  expect(wrong).toEqual([])
}

/** Lives so many random lives; fails where anything disagrees. */
export async function livesAgree(db: TestDatabase, lives: number): Promise<void> {
  const lived = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 18 }), async (steps) => {
      const life: Life = { world: await importWorld(db), files: [], changes: [] }
      const seen: { revision: number; rows: string; text: string }[] = []
      for (const current of steps) {
        const name = current.do === 'import' ? current.file.kind : current.do
        const changesBefore = life.changes.length
        try {
          await live(life, current)
          if (life.changes.length > changesBefore) lived.set(name, (lived.get(name) ?? 0) + 1)
        } catch (error) {
          // A change undone already, or with rows changed since, a name that came back twice,
          // or two names that mean one person by now: refused, and
          // nothing has happened.
          expect(error).toBeInstanceOf(Refusal)
          expect((error as Refusal).detail.code).toMatch(
            current.do === 'restore'
              ? /^restore\.nothing_changes$|^change\.not_found$|^order\.|^seller\.ambiguous$|^deal\.seller_twice$/
              : /^change\.|^order\.(has_returns|returns_too_much|is_return)$|^seller\.ambiguous$|^deal\.seller_twice$/,
          )
        }
        await ledgerIsRows(life.world)
        await amountsFollowRates(life.world)
        seen.push({ rows: await openRows(life.world), ...(await figures(life.world)) })
      }
      for (const { revision, rows, text } of seen) {
        expect(await rowsAsOf(life.world, revision)).toBe(rows)
        expect((await figures(life.world, revision)).text).toBe(text)
      }
      expect((await checkOrganisation(db.database, life.world.who)).findings).toEqual([])
      await betweenAgrees(db, life.world)
    }),
    { seed: testSeed, numRuns: lives, endOnFailure: true, examples: [[fullLife]] },
  )
  // Every kind of step has made changes: nothing was agreed about by refusing it all.
  const files = ['deals', 'orders', 'order-lines', 'customers', 'rates']
  const acts = ['edit', 'restore', 'merge', 'source', 'share', 'order', 'return', 'remove', 'undo']
  for (const name of [...files, ...acts]) expect(lived.get(name) ?? 0, name).toBeGreaterThan(0)
}

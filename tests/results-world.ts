// For tests of results: the small demo world in a database, with the gaps that real records have.
import { demoWorld } from '../demo/world.ts'
import type { Asking } from '../src/features/results/asked.ts'
import { insertFacts, insertRecords, type Row } from '../src/platform/database/bulk.ts'
import { updateRecord } from '../src/platform/database/records.ts'
import { nameKey } from '../src/platform/database/tables.ts'
import type { Actor, WriteTx } from '../src/platform/database/with-org.ts'
import type { TestDatabase } from './database.ts'

/** The day on which the world ends; its last quarter is over. */
export const worldToday = '2024-06-30'

export interface SmallWorld {
  actor: Actor
  /** A question as somebody who sees everything, unless told otherwise. */
  asking(reach?: Asking['reach'], who?: { personId?: string; sellerId?: string | null }): Asking
  id(kind: string, key: string): string
  teams: { key: string; kind: string; parent?: string | undefined }[]
  /** Leads the first team. */
  leader: string
  /** Moved from the first to the last team on this day. */
  moved: { seller: string; on: string; from: string; to: string }
  /** Has never sold anything. */
  idle: string
}

/** Where orders are on record beside the deals: from when on which of them counts. */
export const changingSources = [
  { source: 'orders', valid_from: '2023-06-01' },
  { source: 'deals', valid_from: '2024-02-01' },
  { source: 'orders', valid_from: '2024-05-01' },
] as const

/**
 * An organisation with the small world in it: about 90 customers and 900 deals. `orders`: the same was
 * also recorded as orders, and what counts changes between the two.
 */
export async function loadSmallWorld(
  db: TestDatabase,
  seed: number,
  { orders = false }: { orders?: boolean } = {},
): Promise<SmallWorld> {
  const world = demoWorld({ seed, today: worldToday, size: 'small', lang: 'en' })
  const actor = await db.newOrg({ currency: 'EUR' })
  const ids = new Map<string, string>()
  const id = (kind: string, key: string) => {
    const name = `${kind}:${key}`
    const found = ids.get(name) ?? db.newId()
    ids.set(name, found)
    return found
  }
  const named = (kind: string, key: string, name: string): Row => ({
    id: id(kind, key),
    name,
    name_key: nameKey(name),
  })
  const teams = world.teams.filter(({ kind }) => kind === 'team')
  const [first, last] = [teams[0]?.key ?? '', teams.at(-1)?.key ?? '']
  const mover = world.memberships.find((m) => m.kind === 'member' && m.team === first)
  const movedKey = mover?.kind === 'member' ? mover.seller : ''
  // The day of the move is one on which something was won: its fact must be counted once.
  const movedOn =
    world.deals.find(
      (deal, i) =>
        deal.seller === movedKey &&
        deal.outcome === 'won' &&
        i % 23 !== 0 &&
        (deal.closedOn ?? '') > '2023-06-01',
    )?.closedOn ?? '2023-06-01'
  await db.database.write(actor, 'test.records', async (tx) => {
    await insertRecords(tx, 'seller', [
      ...world.sellers.map((seller) => named('seller', seller.key, seller.name)),
      named('seller', 'idle', 'Zoe Idle'),
    ])
    await insertRecords(
      tx,
      'person',
      world.persons.map((person) => named('person', person.key, person.name)),
    )
    for (const team of world.teams) {
      const parent = team.parent === undefined ? {} : { parent_id: id('team', team.parent) }
      await insertRecords(tx, 'team', [
        { ...named('team', team.key, team.name), kind: team.kind, ...parent },
      ])
    }
    // An office inside an office: the nearer one counts.
    const inner = { ...named('team', 'branch', 'Branch'), kind: 'office' }
    const outer = world.teams.find(({ key }) => key === last)?.parent ?? ''
    await insertRecords(tx, 'team', [{ ...inner, parent_id: id('team', outer) }])
    await updateRecord(tx, 'team', id('team', last), { parent_id: id('team', 'branch') })
    await insertRecords(
      tx,
      'stage',
      world.stages.map((stage) => ({
        ...named('stage', stage.key, stage.name),
        position: stage.position,
        outcome: stage.outcome,
      })),
    )
    await insertRecords(
      tx,
      'product',
      world.products.map((product) => ({
        ...named('product', product.key, product.name),
        family: product.family,
        currency: 'EUR',
        list_price: product.listPrice,
        cost: product.cost,
      })),
    )
    await insertRecords(
      tx,
      'customer',
      world.customers.map((customer, i) => ({
        ...named('customer', customer.key, customer.name),
        country: customer.country,
        region: customer.region,
        ...(i % 7 === 0 ? {} : { industry: customer.industry }),
        employees: customer.employees,
        size: customer.employees < 50 ? '1–49' : '50+',
        source: customer.source,
      })),
    )
    const reasons = new Set(world.deals.flatMap(({ lostReason }) => lostReason ?? []))
    await insertRecords(
      tx,
      'lost_reason',
      [...reasons].map((name) => named('reason', name, name)),
    )
    await insertFacts(tx, 'membership', [
      ...world.memberships
        .filter((m) => m.kind === 'lead' || m.seller !== movedKey)
        .map((m) => ({
          id: db.newId(),
          team_id: id('team', m.team),
          kind: m.kind,
          ...(m.kind === 'lead'
            ? { person_id: id('person', m.person) }
            : { seller_id: id('seller', m.seller) }),
          valid_from: m.validFrom,
          valid_until: m.validUntil,
        })),
      member(db, id('team', first), id('seller', movedKey), '0001-01-01', movedOn),
      member(db, id('team', last), id('seller', movedKey), movedOn, '9999-12-31'),
      member(db, id('team', first), id('seller', 'idle'), '0001-01-01', '9999-12-31'),
    ])
  })
  await db.database.write(actor, 'test.deals', async (tx) => {
    await insertDeals(tx, world, id)
    await insertHeard(db, tx, world, id)
    await insertActivities(db, tx, world, id)
    await insertWays(db, tx, world, id)
  })
  if (orders) {
    await db.database.write(actor, 'test.orders', async (tx) => {
      await insertRecords(
        tx,
        'revenue_source',
        changingSources.map((entry) => ({ id: db.newId(), ...entry })),
      )
      await insertOrderSales(tx, world, id)
    })
  }
  // The planner would otherwise know nothing of tables this young, and the tests would take twice as long.
  await db.owner.query('ANALYZE')
  const leads = world.memberships.find((m) => m.kind === 'lead' && m.team === first)
  return {
    actor,
    asking: (reach = 'all', who = {}) => {
      const person = {
        orgId: actor.orgId,
        personId: who.personId ?? actor.personId,
        sellerId: who.sellerId ?? null,
        roles: [],
      }
      return {
        who: person,
        reach,
        clock: () => Date.parse(`${worldToday}T12:00:00Z`),
        read: (work) => db.database.read(person, work),
      }
    },
    id,
    teams: [...world.teams, { key: 'branch', kind: 'office' }],
    leader: leads?.kind === 'lead' ? id('person', leads.person) : '',
    moved: {
      seller: id('seller', movedKey),
      on: movedOn,
      from: id('team', first),
      to: id('team', last),
    },
    idle: id('seller', 'idle'),
  }
}

/**
 * After purchases: answers on two scales and of two questions, and cases from the second year on. Every
 * so many lack a seller, a customer or a product, or are of another kind.
 */
async function insertHeard(
  db: TestDatabase,
  tx: WriteTx,
  world: ReturnType<typeof demoWorld>,
  id: (kind: string, key: string) => string,
): Promise<void> {
  const won = world.deals.flatMap(({ closedOn, outcome, ...deal }) =>
    outcome === 'won' && closedOn !== undefined ? [{ ...deal, closedOn }] : [],
  )
  const whose = (of: { seller: string; customer: string; product: string }, i: number) => ({
    ...(i % 11 === 0 ? {} : { seller_id: id('seller', of.seller) }),
    ...(i % 7 === 0 ? {} : { customer_id: id('customer', of.customer) }),
    ...(i % 13 === 0 ? {} : { product_id: id('product', of.product) }),
  })
  const asked = [
    { measure: 'nps', low: 0, high: 10 },
    { measure: 'satisfaction', low: 1, high: 5 },
    { measure: 'satisfaction', low: 1, high: 10 },
    { measure: 'effort', low: 1, high: 7 },
  ] as const
  await insertFacts(
    tx,
    'survey_answer',
    won.map((deal, i) => {
      const { measure, low, high } = asked[(i % 9) % 4] ?? asked[0]
      return {
        id: db.newId(),
        external_source: i % 3 === 0 ? 'content' : '',
        external_id: deal.key,
        on_day: deal.closedOn,
        measure,
        // More high answers than low ones.
        score: high - ((i * i * 7) % (i % 3 === 0 ? high - low + 1 : 2)),
        scale_low: low,
        scale_high: high,
        ...whose(deal, i),
      }
    }),
  )
  const complained = won.filter((deal, i) => i % 5 === 0 && deal.closedOn >= '2023-02-01')
  await insertFacts(
    tx,
    'customer_case',
    complained.map((deal, i) => ({
      id: db.newId(),
      external_id: deal.key,
      on_day: deal.closedOn,
      kind: i % 6 === 5 ? 'concern' : 'complaint',
      state: i % 4 === 0 ? 'open' : 'closed',
      ...whose(deal, i),
    })),
  )
}

/** Some days before deals were closed; every so many lack a seller or a customer, are tasks, or not done. */
async function insertActivities(
  db: TestDatabase,
  tx: WriteTx,
  world: ReturnType<typeof demoWorld>,
  id: (kind: string, key: string) => string,
): Promise<void> {
  const kinds = ['call', 'mail', 'meeting', 'task', 'visit', 'message'] as const
  await insertRecords(
    tx,
    'activity',
    world.deals.flatMap(({ closedOn, ...deal }, i) =>
      closedOn === undefined || i % 3 === 2
        ? []
        : [
            {
              id: db.newId(),
              kind: kinds[i % kinds.length],
              subject: `About ${deal.key}`,
              due_on: closedOn,
              ...(i % 10 === 0
                ? {}
                : {
                    done_on: Temporal.PlainDate.from(closedOn)
                      .subtract({ days: i % 9 })
                      .toString(),
                  }),
              ...(i % 14 === 0 ? {} : { seller_id: id('seller', deal.seller) }),
              ...(i % 6 === 0 ? {} : { customer_id: id('customer', deal.customer) }),
              deal_id: id('deal', deal.key),
            },
          ],
    ),
  )
}

/** The way of every third closed deal through the open stages, at an even pace; lost ones came only so far. */
async function insertWays(
  db: TestDatabase,
  tx: WriteTx,
  world: ReturnType<typeof demoWorld>,
  id: (kind: string, key: string) => string,
): Promise<void> {
  const open = world.stages.filter(({ outcome }) => outcome === 'open')
  await insertFacts(
    tx,
    'stage_entry',
    world.deals.flatMap((deal, i) =>
      deal.closedOn === undefined || i % 3 !== 0
        ? []
        : open
            .slice(0, deal.outcome === 'won' ? open.length : 1 + (i % open.length))
            .map((stage, place, way) => ({
              id: db.newId(),
              deal_id: id('deal', deal.key),
              stage_id: id('stage', stage.key),
              entered_on: between(deal.openedOn, deal.closedOn ?? '', place / way.length),
            })),
    ),
  )
}

/** A day as far between two others as the part says. */
function between(from: string, until: string, part: number): string {
  const start = Temporal.PlainDate.from(from)
  const { days } = start.until(until, { largestUnit: 'day' })
  return start.add({ days: Math.floor(days * part) }).toString()
}

/** Two order lines for every won deal, some days later and of other amounts; some come back. */
async function insertOrderSales(
  tx: WriteTx,
  world: ReturnType<typeof demoWorld>,
  id: (kind: string, key: string) => string,
): Promise<void> {
  const won = world.deals.flatMap(({ closedOn, outcome, ...deal }) =>
    outcome === 'won' && closedOn !== undefined ? [{ ...deal, closedOn }] : [],
  )
  const sales = won.flatMap((deal, i) =>
    [1, 2].map((line) => {
      const sign = line === 2 && i % 9 === 0 ? -1 : 1
      const amount = sign * (Math.floor(deal.amount / 3) + line)
      return {
        id: id('order', `${deal.key}#${line}`),
        order_no: deal.key,
        line_no: line,
        source: 'orders',
        kind: sign < 0 ? 'return' : 'sale',
        on_day: Temporal.PlainDate.from(deal.closedOn)
          .add({ days: i % 12 })
          .toString(),
        quantity: sign * (1 + (i % 4)),
        amount,
        currency: i % 21 === 0 ? 'USD' : 'EUR',
        ...(i % 21 === 0 ? {} : { base_amount: amount }),
        ...(i % 5 === 0 ? {} : { cost: Math.floor(amount / 2) }),
        ...(i % 15 === 0 ? {} : { seller_id: id('seller', deal.seller) }),
        ...(i % 8 === 0 ? {} : { customer_id: id('customer', deal.customer) }),
        ...(i % 18 === 0 ? {} : { product_id: id('product', deal.product) }),
      }
    }),
  )
  await insertFacts(tx, 'sale', sales)
}

function member(db: TestDatabase, team: string, seller: string, from: string, until: string): Row {
  return {
    id: db.newId(),
    team_id: team,
    kind: 'member',
    seller_id: seller,
    valid_from: from,
    valid_until: until,
  }
}

/** Deals and their sales; every so many lack an amount, a rate, a cost, a customer, a seller, a day. */
async function insertDeals(
  tx: WriteTx,
  world: ReturnType<typeof demoWorld>,
  id: (kind: string, key: string) => string,
): Promise<void> {
  const deals: Row[] = []
  const sales: Row[] = []
  world.deals.forEach((deal, i) => {
    const foreign = i % 17 === 0
    const bare = deal.outcome === 'open' && i % 5 === 0
    const facts = {
      ...(i % 23 === 0 ? {} : { seller_id: id('seller', deal.seller) }),
      ...(i % 13 === 0 ? {} : { customer_id: id('customer', deal.customer) }),
      ...(i % 19 === 0 ? {} : { product_id: id('product', deal.product) }),
      quantity: deal.quantity,
      currency: foreign ? 'USD' : 'EUR',
      ...(bare ? {} : { amount: deal.amount, ...(foreign ? {} : { base_amount: deal.amount }) }),
    }
    deals.push({
      id: id('deal', deal.key),
      external_source: 'demo',
      external_id: deal.key,
      stage_id: id('stage', deal.stage),
      outcome: deal.outcome,
      ...(deal.lostReason === undefined ? {} : { lost_reason_id: id('reason', deal.lostReason) }),
      ...(i % 29 === 0 ? {} : { opened_on: deal.openedOn }),
      ...(deal.closedOn === undefined ? {} : { closed_on: deal.closedOn }),
      ...facts,
    })
    if (deal.outcome !== 'won' || deal.closedOn === undefined) return
    sales.push({
      ...facts,
      id: id('deal', deal.key),
      deal_id: id('deal', deal.key),
      source: 'deals',
      kind: 'sale',
      on_day: deal.closedOn,
      ...(i % 11 === 0 ? {} : { cost: deal.cost }),
      list_amount: deal.listAmount,
    })
  })
  for (const item of world.returns) {
    sales.push({
      id: id('return', item.key),
      deal_id: id('deal', item.deal),
      source: 'deals',
      kind: 'return',
      seller_id: id('seller', item.seller),
      customer_id: id('customer', item.customer),
      product_id: id('product', item.product),
      on_day: item.onDay,
      quantity: item.quantity,
      amount: item.amount,
      currency: 'EUR',
      base_amount: item.amount,
      cost: item.cost,
      list_amount: item.listAmount,
    })
  }
  await insertFacts(tx, 'deal', deals)
  await insertFacts(tx, 'sale', sales)
}

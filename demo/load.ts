// Brings a demo world into an organisation of its own: one change, set-based, through the features' doors.
import type { Day } from '../src/basics/period.ts'
import { sizeOf } from '../src/features/customers/door.ts'
import { syncSales } from '../src/features/deals/door.ts'
import { type DemoIds, idsFor, loadDemoPeople } from '../src/features/team/demo.ts'
import { createOrganisation, today as dayOf, settingsOf } from '../src/features/team/door.ts'
import type { Ctx } from '../src/platform/context.ts'
import { insertFacts, insertRecords } from '../src/platform/database/bulk.ts'
import { foldRollups } from '../src/platform/database/fold.ts'
import { updateRecord } from '../src/platform/database/records.ts'
import { nameKey } from '../src/platform/database/tables.ts'
import type { WriteTx } from '../src/platform/database/with-org.ts'
import { loadAround } from './load-around.ts'
import { loadQuotas } from './load-quotas.ts'
import type { DemoDeal, DemoWorld } from './records.ts'
import { demoWorld } from './world.ts'

/** The world of every demo organisation is drawn from this seed. */
export const demoSeed = 1

/** Makes the demo organisation, in the language of the organisation that asks for it. */
export async function makeDemo(
  ctx: Pick<Ctx, 'db' | 'who' | 'clock' | 'newId'>,
  options: { today?: string | undefined; size?: 'small' | 'full' } = {},
): Promise<void> {
  const { locale, zone } = await ctx.db.read(ctx.who, settingsOf)
  const today = options.today ?? dayOf(ctx.clock, zone)
  const world = demoWorld({
    seed: demoSeed,
    today,
    size: options.size ?? 'full',
    lang: locale,
  })
  const { orgId, personId } = await createOrganisation(
    ctx.db,
    // Whoever looks at the demo looks as its first seller, so that there is a "me" to look at.
    { ...world.org, setUp: true, personName: world.sellers[0]?.name ?? world.org.name },
    { newId: ctx.newId, operation: 'demo.make', seed: (tx) => loadWorld(tx, world, today) },
  )
  await foldRollups(ctx.db, { orgId, personId })
}

async function loadWorld(tx: WriteTx, world: DemoWorld, today: Day): Promise<void> {
  const sellers = await loadDemoPeople(tx, world)
  const me = world.sellers[0]
  if (me) await updateRecord(tx, 'person', tx.personId, { seller_id: sellers.get(me.key) })
  const customers = await loadCustomers(tx, world)
  const products = await loadProducts(tx, world)
  const deals = await loadDeals(tx, world, { sellers, customers, products })
  await loadAround(tx, world, { sellers, customers, products, deals })
  await loadQuotas(tx, world, today, sellers)
}

async function loadCustomers(tx: WriteTx, world: DemoWorld): Promise<DemoIds> {
  const ids = idsFor(tx, world.customers)
  await insertRecords(
    tx,
    'customer',
    world.customers.map((customer) => ({
      id: ids.get(customer.key) ?? '',
      name: customer.name,
      name_key: nameKey(customer.name),
      external_id: customer.key,
      country: customer.countryName,
      region: customer.region,
      city: customer.city,
      industry: customer.industry,
      employees: customer.employees,
      size: sizeOf(customer.employees),
      source: customer.source,
    })),
  )
  return ids
}

async function loadProducts(tx: WriteTx, world: DemoWorld): Promise<DemoIds> {
  const ids = idsFor(tx, world.products)
  await insertRecords(
    tx,
    'product',
    world.products.map((product) => ({
      id: ids.get(product.key) ?? '',
      name: product.name,
      name_key: nameKey(product.name),
      external_id: product.key,
      family: product.family,
      currency: product.currency,
      list_price: product.listPrice,
      cost: product.cost,
    })),
  )
  return ids
}

interface Known {
  sellers: DemoIds
  customers: DemoIds
  products: DemoIds
}

async function loadDeals(tx: WriteTx, world: DemoWorld, known: Known): Promise<DemoIds> {
  const stages = idsFor(tx, world.stages)
  await insertRecords(
    tx,
    'stage',
    world.stages.map(({ key, name, position, outcome }) => ({
      id: stages.get(key) ?? '',
      name,
      name_key: nameKey(name),
      position,
      outcome,
    })),
  )
  const reasonNames = [...new Set(world.deals.flatMap(({ lostReason }) => lostReason ?? []))]
  const reasons = new Map(reasonNames.map((name) => [name, tx.newId()]))
  await insertRecords(
    tx,
    'lost_reason',
    [...reasons].map(([name, id]) => ({ id, name, name_key: nameKey(name) })),
  )
  const deals = idsFor(tx, world.deals)
  const who = (row: { seller: string; customer: string; product: string }) => ({
    seller_id: known.sellers.get(row.seller),
    customer_id: known.customers.get(row.customer),
    product_id: known.products.get(row.product),
  })
  await insertFacts(
    tx,
    'deal',
    world.deals.map((deal) => ({
      id: deals.get(deal.key) ?? '',
      external_id: deal.key,
      ...who(deal),
      stage_id: stages.get(deal.stage),
      outcome: deal.outcome,
      lost_reason_id: deal.lostReason === undefined ? null : reasons.get(deal.lostReason),
      opened_on: deal.openedOn,
      closed_on: deal.closedOn ?? null,
      quantity: deal.quantity,
      amount: deal.amount,
      currency: deal.currency,
      base_amount: deal.amount,
    })),
  )
  await insertFacts(
    tx,
    'stage_entry',
    world.deals.flatMap((deal) =>
      stepsOf(deal).map(({ stage, on }) => ({
        id: tx.newId(),
        deal_id: deals.get(deal.key),
        stage_id: stages.get(stage),
        entered_on: on,
      })),
    ),
  )
  await syncSales(tx)
  await insertFacts(
    tx,
    'sale',
    world.returns.map((row) => ({
      id: tx.newId(),
      deal_id: deals.get(row.deal),
      ...who(row),
      source: 'deals',
      kind: 'return',
      on_day: row.onDay,
      quantity: row.quantity,
      amount: row.amount,
      currency: row.currency,
      base_amount: row.amount,
      cost: row.cost,
      list_amount: row.listAmount,
    })),
  )
  return deals
}

/** As entering deals by hand records it: with the first step also the stage a deal began in. */
function stepsOf(deal: DemoDeal): { stage: DemoDeal['stage']; on: string }[] {
  const stepped = deal.stageEntries.length > 0 || deal.closedOn !== undefined
  return stepped
    ? [{ stage: deal.openedStage, on: deal.openedOn }, ...deal.stageEntries]
    : deal.stageEntries
}

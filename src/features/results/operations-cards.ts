// Cards: everything known of a product, or of a segment, read in one revision.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { type Asked, type Asking, ask, askAll, shownPeriod, type Where } from './asked.ts'
import { boughtWith, differ, isSmall, notBoughtYet, perHead, rest, shareOf } from './calc/cards.ts'
import { type Counted, counted } from './calc/pieces.ts'
import type { DimensionId, MetricId } from './contract.ts'
import { type cardsContract, segmentDimensions } from './contract-cards.ts'
import { buyersByGroup, companions, productBuyers, productNamed } from './store-cards.ts'
import { cellNames } from './store-cells.ts'
import { countPieces } from './store-figures.ts'

type Contract = typeof cardsContract
type Named = { id: string; name: string }

/** A card is one sheet: the longest lists are cut, and say so. */
const listed = 8
const groupsListed = 5

export const cardsOperations: Implements<Contract, Asking> = {
  'results.product-card': (ctx, input) => ctx.read((tx) => productCard(ctx, tx, input)),
  'results.segment-card': (ctx, input) => ctx.read((tx) => segmentCard(ctx, tx, input)),
}

/** The same question, narrowed further: one revision and one period for the whole card. */
function narrowed(ctx: Asking, tx: Tx, about: Asked, where: Where): Promise<Asked> {
  const { from, until } = about.period
  return ask(ctx, tx, { from, until, lang: about.lang }, where, about.known)
}

async function countOnce(about: Asked, metrics: readonly MetricId[]): Promise<Counted> {
  const question = { metrics, by: [], frames: [about.period] }
  const [found] = await countPieces(about.tx, about.scope, question)
  return found?.counted ?? counted({})
}

async function countBy(about: Asked, metric: MetricId, dimension: DimensionId) {
  const question = { metrics: [metric], by: [dimension], frames: [about.period] }
  const cells = await countPieces(about.tx, about.scope, question)
  return new Map(cells.map((cell) => [cell.cells[0] ?? null, cell.counted]))
}

async function productCard(
  ctx: Asking,
  tx: Tx,
  { id, ...given }: InputOf<Contract['results.product-card']>,
): Promise<OutputOf<Contract['results.product-card']>> {
  const product = await productNamed(tx, id)
  if (!product) throw notFound('product')
  const all = await askAll(ctx, tx, given)
  const about = await narrowed(ctx, tx, all, { product: [id] })
  const { lang, period, figure, settings } = about
  const pieces = await countOnce(about, [
    'revenue',
    'units',
    'margin',
    'win-rate',
    'average-deal',
    'repurchase-rate',
    'discount',
  ])
  const say = (en: string, de: string) => (lang === 'de' ? de : en)
  return {
    revision: about.known.revision,
    period: shownPeriod(period, all.byDefault),
    currency: settings.baseCurrency,
    product,
    figures: {
      revenue: figure('revenue', pieces),
      units: figure('units', pieces),
      buyers: { unit: 'count', value: pieces.get('buyers'), n: pieces.get('buyers') },
      margin: figure('margin', pieces),
      marginRate: rest(
        pieces.get('cost'),
        pieces.get('costBase'),
        pieces.get('costed'),
        say('No sale has a known cost.', 'Für keinen Verkauf sind Kosten bekannt.'),
      ),
      discount: figure('discount', pieces),
      won: figure('deals-won', pieces),
      lost: figure('deals-lost', pieces),
      winRate: figure('win-rate', pieces),
      averageDeal: figure('average-deal', pieces),
    },
    buyers: await groupsOf(all, about, id),
    with: await basketOf(all, id, pieces.get('buyers')),
    lost: await reasonsOf(about, pieces.get('lost')),
  }
}

/** Which groups of customers buy the product, by each of the demographics that are known of any. */
async function groupsOf(all: Asked, about: Asked, productId: string) {
  const found = []
  for (const dimension of segmentDimensions) {
    const revenue = await countBy(about, 'revenue', dimension)
    const groups = await buyersByGroup(all.tx, all.scope, all.period, dimension, productId)
    const bought = groups.filter(({ cell, buyers }) => buyers > 0 || revenue.has(cell))
    if (bought.every(({ cell }) => cell === null)) continue
    const rows = bought.map(({ cell, buyers, customers }) => ({
      cell,
      revenue: about.figure('revenue', revenue.get(cell) ?? counted({})),
      buyers,
      customers,
      share: shareOf(buyers, customers, about.lang),
      small: isSmall(customers),
    }))
    rows.sort((a, b) => b.buyers - a.buyers || (String(a.cell) < String(b.cell) ? -1 : 1))
    found.push({ dimension, groups: rows.slice(0, groupsListed) })
  }
  return found
}

async function basketOf(all: Asked, productId: string, buyers: number) {
  const { tx, scope, period, lang } = all
  const everybody = await productBuyers(tx, scope, period)
  const both = new Map(
    (await companions(tx, scope, period, productId)).map((row) => [row.product, row.buyers]),
  )
  const products = everybody.products
    .filter(({ product }) => product !== productId)
    .map(({ product, buyers: total }) => {
      const together = both.get(product) ?? 0
      return { product, buyers: together, others: total - together }
    })
  const counts = { buyers, others: everybody.customers - buyers }
  const { rows, note } = boughtWith(products, counts, lang)
  return { rows: await withNames(tx, rows.slice(0, listed)), note }
}

async function reasonsOf(about: Asked, lost: number) {
  const counts = await countBy(about, 'deals-lost', 'lost-reason')
  const names = await cellNames(about.tx, 'lost-reason', [...counts.keys()])
  return [...counts]
    .map(([reason, pieces]) => ({
      reason: names(reason) as Named | null,
      count: pieces.get('lost'),
      share: shareOf(pieces.get('lost'), lost, about.lang),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

async function withNames<Row extends { product: string }>(
  tx: Tx,
  rows: readonly Row[],
): Promise<(Omit<Row, 'product'> & { product: Named })[]> {
  const names = await cellNames(
    tx,
    'product',
    rows.map((row) => row.product),
  )
  return rows.map((row) => ({ ...row, product: names(row.product) as Named }))
}

async function segmentCard(
  ctx: Asking,
  tx: Tx,
  { where, ...given }: InputOf<Contract['results.segment-card']>,
): Promise<OutputOf<Contract['results.segment-card']>> {
  const all = await askAll(ctx, tx, given)
  const about = await narrowed(ctx, tx, all, where)
  const { lang, period, figure, settings } = about
  const pieces = await countOnce(about, ['revenue', 'win-rate', 'average-deal', 'repurchase-rate'])
  const whole = await countOnce(all, ['win-rate'])
  const rate = { k: pieces.get('won'), n: pieces.get('won') + pieces.get('lost') }
  const total = { k: whole.get('won'), n: whole.get('won') + whole.get('lost') }
  const others = { k: total.k - rate.k, n: total.n - rate.n }
  const here = await productBuyers(tx, about.scope, period)
  const everybody = await productBuyers(tx, all.scope, period)
  return {
    revision: about.known.revision,
    period: shownPeriod(period, all.byDefault),
    currency: settings.baseCurrency,
    segment: about.filters.map(({ dimension, names }) => ({
      dimension: dimension as (typeof segmentDimensions)[number],
      cells: names,
    })),
    figures: {
      revenue: figure('revenue', pieces),
      buyers: { unit: 'count', value: here.customers, n: here.customers },
      purchases: perHead(here.days, here.customers, lang),
      repurchaseRate: figure('repurchase-rate', pieces),
      won: figure('deals-won', pieces),
      lost: figure('deals-lost', pieces),
      winRate: figure('win-rate', pieces),
      averageDeal: figure('average-deal', pieces),
    },
    others: { winRate: shareOf(others.k, others.n, lang), differs: differ(rate, others) },
    buys: await bestOf(about, here),
    notYet: await missingIn(about, here, everybody),
    products: here.products.length,
  }
}

type Buyers = Awaited<ReturnType<typeof productBuyers>>

async function bestOf(about: Asked, here: Buyers) {
  const revenue = await countBy(about, 'revenue', 'product')
  const rows = here.products
    .map(({ product, buyers }) => ({
      product,
      revenue: about.figure('revenue', revenue.get(product) ?? counted({})),
      buyers,
      share: shareOf(buyers, here.customers, about.lang),
      small: isSmall(buyers),
    }))
    .sort((a, b) => b.buyers - a.buyers || (b.revenue.value ?? 0) - (a.revenue.value ?? 0))
  return withNames(about.tx, rows.slice(0, listed))
}

async function missingIn(about: Asked, here: Buyers, everybody: Buyers) {
  const inside = new Map(here.products.map((row) => [row.product, row.buyers]))
  const products = everybody.products.map(({ product, buyers }) => {
    const own = inside.get(product) ?? 0
    return { product, buyers: own, others: buyers - own }
  })
  const counts = { buyers: here.customers, others: everybody.customers - here.customers }
  const { rows, note } = notBoughtYet(products, counts, about.lang)
  return { rows: await withNames(about.tx, rows.slice(0, listed)), note }
}

// Draws the demo's deals: when a customer decides, who sells what to it, and how it ends.
import { multiply, split } from '../src/basics/money.ts'
import { daysBetween } from '../src/basics/period.ts'
import type { DemoChance } from './chance.ts'
import type { Firm } from './customers.ts'
import type { DemoDays } from './days.ts'
import type { Article } from './firm.ts'
import {
  discountMostPercent,
  listValueSpread,
  openStages,
  returnAfterDays,
  returnProbability,
  segments,
  stageDays,
} from './parameters.ts'
import type {
  DemoDeal,
  DemoLanguage,
  DemoMembership,
  DemoOpenStageKey,
  DemoReturn,
  DemoSellerTruth,
} from './records.ts'
import { inLanguage, lostReasons } from './words.ts'

/** Days of a deal that goes all the way at pace 1. */
const usualDays = Object.values(stageDays).reduce((sum, stay) => sum + stay, 0)

/** A deal by day numbers, with its end even where that lies beyond today. */
export interface DrawnDeal {
  seller: string
  article: Article
  quantity: number
  discountPercent: number
  /** Days of entry into the open stages it reached, in order. */
  entered: number[]
  closes: number
  outcome: 'won' | 'lost'
  lostReason?: string
  expected: number
}

export interface Market {
  days: DemoDays
  lang: DemoLanguage
  spells: readonly Spell[]
  sellers: Record<string, DemoSellerTruth>
  articles: readonly Article[]
}

/** A new seller ends no deal before this many days; nearly every deal is opened and ended within. */
const longestDays = 150

/** A seller's time in a team, [from, until) in day numbers; it begins on a weekday. */
export interface Spell {
  seller: string
  team: string
  from: number
  until: number
}

export function spellsOf(memberships: readonly DemoMembership[], days: DemoDays): Spell[] {
  return memberships.flatMap((membership) => {
    if (membership.kind !== 'member') return []
    const { seller, team, validFrom, validUntil } = membership
    let from = daysBetween(days.start, validFrom)
    while (days.workday(from) !== from) from += 1
    return [{ seller, team, from, until: daysBetween(days.start, validUntil) }]
  })
}

/**
 * The first of the customer's sellers who can have had a deal in its territory that ends on the
 * day; now and then the second. Chosen before the course of the deal is drawn, so that the choice
 * says nothing about winning.
 */
function sellerFor(chance: DemoChance, firm: Firm, closes: number, market: Market): Spell {
  const present: Spell[] = []
  for (const seller of firm.sellerOrder) {
    const found = market.spells.find(
      (spell) =>
        spell.seller === seller &&
        spell.team === firm.territory &&
        spell.from <= closes - longestDays &&
        closes - usualDays < spell.until,
    )
    if (found) present.push(found)
    if (present.length === 2) break
  }
  const [first, second] = present
  if (!first) throw new Error(`Nobody sells in ${firm.territory} on day ${closes}`)
  return second && chance.happens(0.1) ? second : first
}

/**
 * How far a deal comes, and the days of its stages counted back from its end, so that the ends
 * follow the season exactly. A stay is gamma-distributed of shape 2 around the stage's mean.
 */
function drawCourse(
  chance: DemoChance,
  truth: DemoSellerTruth,
  closes: number,
  { days, since }: { days: DemoDays; since: number },
) {
  const reached: DemoOpenStageKey[] = []
  let outcome: 'won' | 'lost' = 'won'
  for (const stage of openStages) {
    reached.push(stage)
    if (!chance.happens(truth.conversion[stage])) {
      outcome = 'lost'
      break
    }
  }
  const entered: number[] = []
  let moment = closes
  for (const stage of reached.toReversed()) {
    const half = (stageDays[stage] * truth.paceFactor) / 2
    moment -= chance.wait(half) + chance.wait(half)
    entered.unshift(days.workday(Math.max(Math.round(moment), since)))
  }
  return { entered, outcome, lastStage: reached.at(-1) ?? 'qualified' }
}

function drawLine(chance: DemoChance, firm: Firm, truth: DemoSellerTruth, market: Market) {
  const median = segments[firm.segment].listValueMedian * truth.sizeFactor
  const value = median * Math.exp(listValueSpread * chance.normal())
  const fitting = market.articles.filter(
    ({ listPrice }) => listPrice <= 1.33 * value && listPrice >= value / 40,
  )
  const article =
    fitting.length > 0
      ? chance.weighted(fitting, ({ familyKey }) => firm.taste[familyKey])
      : chance.pick(market.articles.filter(({ familyKey }) => familyKey === 'service'))
  const probability = (truth.discountMean * 100) / discountMostPercent
  let discountPercent = 0
  for (let i = 0; i < discountMostPercent; i++) if (chance.happens(probability)) discountPercent++
  return { article, quantity: Math.max(1, Math.round(value / article.listPrice)), discountPercent }
}

/** One deal that ends on a day. */
export function drawDeal(
  chance: DemoChance,
  firm: Firm,
  closes: number,
  market: Market,
): DrawnDeal {
  const { days, lang } = market
  const { seller, from } = sellerFor(chance, firm, closes, market)
  const truth = market.sellers[seller]
  if (!truth) throw new Error(`No parameters for ${seller}`)
  const { entered, outcome, lastStage } = drawCourse(chance, truth, closes, { days, since: from })
  const line = drawLine(chance, firm, truth, market)
  const reason = chance.weighted(lostReasons, ({ weights }) => weights[lastStage])
  const guess = usualDays * truth.paceFactor * (0.8 + 0.8 * chance.uniform())
  return {
    seller,
    ...line,
    entered,
    closes,
    outcome,
    expected: days.workday(Math.round((entered[0] ?? closes) + guess)),
    ...(outcome === 'lost' ? { lostReason: inLanguage(reason.words, lang) } : {}),
  }
}

/** The deal as it is known today. */
export function dealRecord(
  drawn: DrawnDeal,
  named: { key: string; customer: string; customerName: string },
  days: DemoDays,
): DemoDeal {
  const { article, quantity } = drawn
  const isOpen = drawn.closes > days.today
  const seen = drawn.entered.filter((number) => number <= days.today)
  const listAmount = article.listPrice * quantity
  const stageEntries = seen.slice(1).map((number, index) => ({
    stage: index === 0 ? ('proposal' as const) : ('negotiation' as const),
    on: days.dayAt(number),
  }))
  return {
    key: named.key,
    name: `${named.customerName}: ${quantity} × ${article.name}`,
    customer: named.customer,
    seller: drawn.seller,
    product: article.key,
    quantity,
    openedOn: days.dayAt(drawn.entered[0] ?? drawn.closes),
    openedStage: 'qualified',
    stageEntries,
    stage: isOpen ? (openStages[seen.length - 1] ?? 'qualified') : drawn.outcome,
    outcome: isOpen ? 'open' : drawn.outcome,
    ...(isOpen
      ? { expectedOn: days.dayAt(drawn.expected) }
      : { closedOn: days.dayAt(drawn.closes) }),
    amount: multiply(listAmount, String(100 - drawn.discountPercent), '0.01'),
    currency: 'EUR',
    listAmount,
    cost: article.cost * quantity,
    discount: drawn.discountPercent / 100,
    ...(!isOpen && drawn.lostReason !== undefined ? { lostReason: drawn.lostReason } : {}),
  }
}

/** What comes back of a won deal, if anything does until today; the key is given later. */
export function drawReturn(
  chance: DemoChance,
  deal: DemoDeal,
  drawn: DrawnDeal,
  days: DemoDays,
): Omit<DemoReturn, 'key'> | undefined {
  const comesBack = chance.happens(returnProbability[drawn.article.familyKey])
  const number = drawn.closes + chance.between(returnAfterDays.least, returnAfterDays.most)
  const quantity = chance.between(1, Math.ceil(deal.quantity / 2))
  const on = days.workday(number)
  if (deal.outcome !== 'won' || !comesBack || on > days.today) return undefined
  const [amount = 0] = split(deal.amount, [quantity, deal.quantity - quantity])
  return {
    kind: 'return',
    deal: deal.key,
    customer: deal.customer,
    seller: deal.seller,
    product: deal.product,
    onDay: days.dayAt(on),
    quantity: -quantity,
    amount: -amount,
    currency: 'EUR',
    listAmount: -drawn.article.listPrice * quantity,
    cost: -drawn.article.cost * quantity,
  }
}

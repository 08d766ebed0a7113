// A believable firm with five years of sales behind it, from one seed, relative to a given today.
import { drawAround } from './around.ts'
import { type DemoChance, demoChance } from './chance.ts'
import { type Firm, firmDrawer } from './customers.ts'
import { demoDays } from './days.ts'
import { type DrawnDeal, dealRecord, drawDeal, drawReturn, type Market, spellsOf } from './deals.ts'
import {
  articlesIn,
  type FamilyKey,
  familyNames,
  orgIn,
  personsIn,
  staff,
  teamsIn,
} from './firm.ts'
import {
  complaintProbability,
  growthPerYear,
  listValueSpread,
  returnProbability,
  satisfied,
  seasonality,
  segments,
  sellerTruths,
  stageDays,
  struggling,
} from './parameters.ts'
import type {
  DemoCustomer,
  DemoDeal,
  DemoOptions,
  DemoProduct,
  DemoReturn,
  DemoTruth,
  DemoWorld,
} from './records.ts'
import { stagesIn } from './words.ts'

/** Customers there from the start, and those who come within the five years. */
const counts = {
  full: { present: 385, coming: 500 },
  small: { present: 38, coming: 50 },
}

interface Account {
  firm: Firm
  created: number
  deals: DrawnDeal[]
  lastActive?: number
}

/**
 * The deals of one customer in the order of their ends: a Poisson process in business time, which
 * stops for good after a purchase with the segment's probability (after Fader, Hardie & Lee 2005).
 */
function drawAccount(
  chance: DemoChance,
  firm: Firm,
  market: Market,
  begins: { business: number; isNew: boolean },
): Account {
  const { days } = market
  const { dealsPerYear, staysAfterPurchase } = segments[firm.segment]
  const account: Account = { firm, created: 0, deals: [] }
  let business = begins.business
  if (!begins.isNew) business += chance.wait(1 / dealsPerYear)
  for (;;) {
    const closes = days.dayOfBusiness(business)
    if (closes === undefined) break
    const deal = drawDeal(chance, firm, closes, market)
    account.deals.push(deal)
    if (deal.outcome === 'won' && !chance.happens(staysAfterPurchase)) {
      account.lastActive = closes
      break
    }
    business += chance.wait(1 / dealsPerYear)
  }
  account.deals = account.deals.filter((deal) => (deal.entered[0] ?? 0) <= days.today)
  if (begins.isNew) {
    const firstContact = Math.min(...account.deals.map((deal) => deal.entered[0] ?? 0))
    account.created = firstContact - Math.round(chance.wait(20))
  } else {
    account.created = -chance.between(420, 2200)
  }
  return account
}

function drawAccounts(options: Required<DemoOptions>, market: Market): Account[] {
  const { seed, size, lang } = options
  const families = familyNames(lang).map(({ key }) => key)
  const sellers = Object.keys(market.sellers)
  const drawFirm = firmDrawer(demoChance(seed, 'firms'), { lang, families, sellers })
  const chance = demoChance(seed, 'deals')
  const { days } = market
  const accounts: Account[] = []
  for (let i = 0; i < counts[size].present; i++) {
    accounts.push(drawAccount(chance, drawFirm(), market, { business: 0, isNew: false }))
  }
  const reach = days.businessAtHorizon / days.businessUntil(days.today)
  for (let i = 0; i < Math.round(counts[size].coming * reach); i++) {
    const business = chance.uniform() * days.businessAtHorizon
    const account = drawAccount(chance, drawFirm(), market, { business, isNew: true })
    if (account.deals.length > 0) accounts.push(account)
  }
  return accounts.sort((a, b) => a.created - b.created)
}

interface Trade {
  customers: DemoCustomer[]
  deals: DemoDeal[]
  returns: DemoReturn[]
  customerTruths: DemoTruth['customers']
  openDeals: DemoTruth['openDeals']
}

function record(accounts: readonly Account[], market: Market, chance: DemoChance): Trade {
  const { days } = market
  const trade: Trade = { customers: [], deals: [], returns: [], customerTruths: {}, openDeals: {} }
  const pending: { drawn: DrawnDeal; customer: DemoCustomer }[] = []
  for (const [index, { firm, created, deals, lastActive }] of accounts.entries()) {
    const key = `C-${1001 + index}`
    const customer = { key, ...firm.traits, createdOn: days.dayAt(days.workday(created)) }
    trade.customers.push(customer)
    const isSilent = lastActive !== undefined && lastActive <= days.today
    trade.customerTruths[key] = {
      segment: firm.segment,
      ...(isSilent ? { lastActiveOn: days.dayAt(lastActive) } : {}),
    }
    for (const drawn of deals) pending.push({ drawn, customer })
  }
  pending.sort((a, b) => (a.drawn.entered[0] ?? 0) - (b.drawn.entered[0] ?? 0))
  for (const [index, { drawn, customer }] of pending.entries()) {
    const key = `D-${String(index + 1).padStart(5, '0')}`
    const named = { key, customer: customer.key, customerName: customer.name }
    const deal = dealRecord(drawn, named, days)
    trade.deals.push(deal)
    if (deal.outcome === 'open') {
      trade.openDeals[key] = { outcome: drawn.outcome, closesOn: days.dayAt(drawn.closes) }
    }
    const returned = drawReturn(chance, deal, drawn, days)
    if (returned) {
      trade.returns.push({
        key: `R-${String(trade.returns.length + 1).padStart(4, '0')}`,
        ...returned,
      })
    }
  }
  return trade
}

/**
 * The demo world. Same options, same world, byte for byte; another `today` moves its five years;
 * another language changes words only.
 */
export function demoWorld(options: DemoOptions): DemoWorld {
  const { seed, today, size = 'full', lang = 'en' } = options
  const days = demoDays(today)
  const { sellers, memberships } = staff(days.monthAfter)
  const articles = articlesIn(lang)
  const spells = spellsOf(memberships, days)
  const market: Market = { days, lang, spells, sellers: sellerTruths(), articles }
  const accounts = drawAccounts({ seed, today, size, lang }, market)
  const trade = record(accounts, market, demoChance(seed, 'returns'))
  const around = drawAround({
    seed,
    lang,
    days,
    articles,
    customers: trade.customers,
    deals: trade.deals,
  })
  const families = familyNames(lang)
  const byFamily = (of: Record<FamilyKey, number>) =>
    Object.fromEntries(families.map(({ key, name }) => [name, of[key]]))
  return {
    org: orgIn(lang),
    teams: teamsIn(lang),
    persons: personsIn(lang),
    sellers,
    memberships,
    stages: stagesIn(lang),
    products: articles.map(({ familyKey: _, ...product }): DemoProduct => product),
    customers: trade.customers,
    deals: trade.deals,
    returns: trade.returns,
    around,
    truth: {
      start: days.start,
      sellers: market.sellers,
      struggling,
      seasonality,
      growthPerYear,
      segments,
      listValueSpread,
      stageDays,
      returnProbability: byFamily(returnProbability),
      satisfied: byFamily(satisfied),
      complaintProbability: byFamily(complaintProbability),
      customers: trade.customerTruths,
      openDeals: trade.openDeals,
    },
  }
}

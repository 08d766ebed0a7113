// What a demo world consists of: plain records that refer to each other by key, never by id.

/** Calendar date 'YYYY-MM-DD'. */
type Day = string

export type DemoLanguage = 'en' | 'de'
export type DemoSize = 'small' | 'full'

export interface DemoOrg {
  slug: 'demo'
  name: string
  kind: 'demo'
  zone: string
  baseCurrency: 'EUR'
  fiscalFirstMonth: number
  weekStart: 1 | 7
  locale: 'en' | 'de'
}

export interface DemoTeam {
  key: string
  name: string
  kind: 'company' | 'office' | 'team'
  /** Absent on the company only. */
  parent?: string
}

export interface DemoPerson {
  key: string
  name: string
  title: string
}

export interface DemoSeller {
  key: string
  name: string
  /** First day of work, or absent when the seller was there before the records begin. */
  hiredOn?: Day
}

/** Valid in [validFrom, validUntil); '0001-01-01' = since ever, '9999-12-31' = until further notice. */
export type DemoMembership = {
  team: string
  validFrom: Day
  validUntil: Day
} & ({ kind: 'member'; seller: string } | { kind: 'lead'; person: string })

export interface DemoProduct {
  /** Article number, unique. */
  key: string
  name: string
  /** Name of the family in the language of the world. */
  family: string
  /** Per unit, EUR cents, without tax. */
  listPrice: number
  cost: number
  currency: 'EUR'
}

export type DemoSegment = 'small' | 'middle' | 'large'

export interface DemoCustomer {
  /** Customer number, unique. */
  key: string
  name: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Name of the country in the language of the world. */
  countryName: string
  region: string
  city: string
  industry: string
  employees: number
  /** How the customer came to us. */
  source: string
  /** On or before the day of its first deal. */
  createdOn: Day
}

export type DemoStageKey = 'qualified' | 'proposal' | 'negotiation' | 'won' | 'lost'
/** The stages in which a deal is still open, in order. */
export type DemoOpenStageKey = 'qualified' | 'proposal' | 'negotiation'

export interface DemoStage {
  key: DemoStageKey
  name: string
  position: number
  outcome: 'open' | 'won' | 'lost'
}

export interface DemoDeal {
  /** Deal number, unique, ascending with openedOn. */
  key: string
  name: string
  customer: string
  seller: string
  product: string
  quantity: number
  openedOn: Day
  openedStage: 'qualified'
  /** Entries after the opening and before the closing, in order; often empty. */
  stageEntries: { stage: 'proposal' | 'negotiation'; on: Day }[]
  /** Where the deal stands today. */
  stage: DemoStageKey
  outcome: 'open' | 'won' | 'lost'
  /** Present unless the deal is open. */
  closedOn?: Day
  /** Present when the deal is open: the day the seller expects it to close. */
  expectedOn?: Day
  /** EUR cents after discount; the expected amount while open, the last one named when lost. */
  amount: number
  currency: 'EUR'
  /** Quantity × list price, EUR cents. */
  listAmount: number
  /** Quantity × cost, EUR cents. */
  cost: number
  /** 0..1, whole percents; amount = listAmount × (1 − discount), half-even. */
  discount: number
  /** In the language of the world; present when lost. */
  lostReason?: string
}

/** Part of a won deal that came back; all amounts and the quantity are negative. */
export interface DemoReturn {
  key: string
  kind: 'return'
  /** Key of the won deal; customer, seller and product are the deal's. */
  deal: string
  customer: string
  seller: string
  product: string
  onDay: Day
  quantity: number
  amount: number
  currency: 'EUR'
  listAmount: number
  cost: number
}

export interface DemoSellerTruth {
  /** Probability that a deal in the stage goes on to the next (from negotiation: is won). */
  conversion: Record<DemoOpenStageKey, number>
  /** Product of the three. */
  winProbability: number
  /** Factor on the list value of deals. */
  sizeFactor: number
  /** Factor on the days spent in each stage. */
  paceFactor: number
  /** Expected discount, 0..1. */
  discountMean: number
}

export interface DemoSegmentTruth {
  /** Deals closed per year by an active customer, at season 1 and the growth of the start. */
  dealsPerYear: number
  /** Probability that the customer stays active after a purchase. */
  staysAfterPurchase: number
  /** Median list value of a deal, EUR cents, before the seller's size factor. */
  listValueMedian: number
}

/**
 * The parameters the world was drawn from, so that an analysis can be graded. An active customer
 * closes deals on weekdays only, at the rate
 * dealsPerYear / 365.25 × 7/5 × season of the month × (1 + growthPerYear)^(days since start / 365.25)
 * per weekday, from the start or its first deal until the purchase after which it goes silent.
 */
export interface DemoTruth {
  /** First day of the five years; closings lie in [start, today]. */
  start: Day
  sellers: Record<string, DemoSellerTruth>
  struggling: { seller: string; stage: DemoOpenStageKey }
  /** Factor on closings by calendar month, January first; the mean of the twelve is 1. */
  seasonality: readonly number[]
  /** Closings of an active customer grow by this each year (0.06 = 6 %), compounding daily. */
  growthPerYear: number
  segments: Record<DemoSegment, DemoSegmentTruth>
  /** Standard deviation of the logarithm of a deal's list value. */
  listValueSpread: number
  /** Mean days spent in a stage at pace 1. */
  stageDays: Record<DemoOpenStageKey, number>
  /** Probability that part of a won deal comes back, by family name. */
  returnProbability: Record<string, number>
  /** Probability that an answer is satisfied (4 or 5 of 5), and that a purchase is complained about, by family name. */
  satisfied: Record<string, number>
  complaintProbability: Record<string, number>
  /** Per customer key: its segment, and the day of the purchase after which it went silent, if any. */
  customers: Record<string, { segment: DemoSegment; lastActiveOn?: Day }>
  /** What becomes of each deal that is open today. */
  openDeals: Record<string, { outcome: 'won' | 'lost'; closesOn: Day }>
}

export interface DemoWorld {
  org: DemoOrg
  teams: DemoTeam[]
  persons: DemoPerson[]
  sellers: DemoSeller[]
  memberships: DemoMembership[]
  stages: DemoStage[]
  products: DemoProduct[]
  customers: DemoCustomer[]
  deals: DemoDeal[]
  returns: DemoReturn[]
  around: DemoAround
  truth: DemoTruth
}

export interface DemoOptions {
  seed: number
  /** The day the world ends on, 'YYYY-MM-DD'; nothing happens after it. */
  today: Day
  /** `full`: about 900 customers and 9,000 deals; `small`: a tenth. */
  size?: DemoSize
  lang?: DemoLanguage
}

export interface DemoContact {
  key: string
  customer: string
  name: string
  jobTitle: string
  email: string
}

/** Done on a day, or planned for one. */
export type DemoActivity = {
  key: string
  kind: 'call' | 'mail' | 'meeting' | 'visit'
  subject: string
  outcome?: string
  seller: string
  customer: string
  contact: string
  deal: string
} & ({ doneOn: Day } | { dueOn: Day })

/** One answer to the survey that goes out after a purchase. */
export interface DemoAnswer {
  key: string
  measure: 'satisfaction' | 'nps'
  score: number
  onDay: Day
  /** The purchase it is about. */
  deal: string
  seller: string
  customer: string
  product: string
}

export interface DemoCase {
  key: string
  status: string
  onDay: Day
  /** Absent while it is open. */
  closedOn?: Day
  channel: string
  /** The purchase it is about. */
  deal: string
  seller: string
  customer: string
  product: string
}

/** A service contract, from the purchase of the service on. */
export interface DemoContract {
  key: string
  name: string
  seller: string
  customer: string
  product: string
  validFrom: Day
  validUntil: Day
  /** EUR cents per year. */
  amount: number
}

/** What stands around the deals of the last two years. */
export interface DemoAround {
  contacts: DemoContact[]
  activities: DemoActivity[]
  answers: DemoAnswer[]
  cases: DemoCase[]
  contracts: DemoContract[]
}

// Draws what stands around the demo's deals: contacts, activities, answers, complaints, contracts.
import { daysBetween } from '../src/basics/period.ts'
import { type DemoChance, demoChance } from './chance.ts'
import type { DemoDays } from './days.ts'
import type { Article, FamilyKey } from './firm.ts'
import {
  answersShare,
  aroundDays,
  complaintProbability,
  openStages,
  satisfied,
} from './parameters.ts'
import type {
  DemoActivity,
  DemoAnswer,
  DemoAround,
  DemoCase,
  DemoContact,
  DemoContract,
  DemoCustomer,
  DemoDeal,
  DemoLanguage,
  DemoOpenStageKey,
} from './records.ts'
import {
  caseWords,
  channels,
  firstNames,
  inLanguage,
  jobTitles,
  lastNames,
  outcomes,
  steps,
} from './words.ts'

interface Given {
  seed: number
  lang: DemoLanguage
  days: DemoDays
  articles: readonly Article[]
  customers: readonly DemoCustomer[]
  deals: readonly DemoDeal[]
}

const plainLetters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
const plain = (text: string) =>
  text.toLowerCase().replace(/[^a-z]/g, (letter) => plainLetters[letter] ?? '')

function drawContacts({ seed, lang, customers }: Given): DemoContact[] {
  const chance = demoChance(seed, 'contacts')
  return customers.flatMap((customer) => {
    const titles = chance.shuffled(jobTitles).slice(0, customer.employees >= 50 ? 2 : 1)
    return titles.map((title, index) => {
      const [first, last] = [chance.pick(firstNames), chance.pick(lastNames)]
      return {
        key: `P-${customer.key.slice(2)}-${index + 1}`,
        customer: customer.key,
        name: `${first} ${last}`,
        jobTitle: inLanguage(title, lang),
        // Reserved for examples: nobody is written to by accident.
        email: `${plain(first)}.${plain(last)}@${customer.key.toLowerCase()}.example`,
      }
    })
  })
}

/** What was done in each stage a deal came to, and the next step of an open one. */
function drawActivities(
  { seed, lang, days, deals }: Given,
  contactsOf: ReadonlyMap<string, DemoContact[]>,
): DemoActivity[] {
  const chance = demoChance(seed, 'activities')
  const activities: DemoActivity[] = []
  const recent = deals.filter(
    (deal) =>
      daysBetween(deal.closedOn ?? days.dayAt(days.today), days.dayAt(days.today)) <=
      aroundDays / 2,
  )
  const add = (
    deal: DemoDeal,
    stage: DemoOpenStageKey,
    when: { doneOn: string } | { dueOn: string },
  ) => {
    const { kind, words } = chance.pick(steps[stage])
    const contact = chance.pick(contactsOf.get(deal.customer) ?? [])
    activities.push({
      key: `A-${String(activities.length + 1).padStart(5, '0')}`,
      kind,
      subject: inLanguage(words, lang),
      ...('doneOn' in when ? { outcome: inLanguage(chance.pick(outcomes), lang) } : {}),
      seller: deal.seller,
      customer: deal.customer,
      contact: contact.key,
      deal: deal.key,
      ...when,
    })
  }
  for (const deal of recent) {
    const entered = [deal.openedOn, ...deal.stageEntries.map(({ on }) => on)]
    for (const [index, on] of entered.entries()) {
      const stage = openStages[index]
      if (stage) add(deal, stage, { doneOn: on })
    }
    // Every fourth open deal has no next step: somebody should see that.
    if (deal.outcome !== 'open' || chance.happens(0.25)) continue
    const stage = openStages[entered.length - 1] ?? 'negotiation'
    add(deal, stage, { dueOn: days.dayAt(days.workday(days.today + chance.between(-4, 14))) })
  }
  return activities
}

function drawScore(
  chance: DemoChance,
  isSatisfied: boolean,
  measure: DemoAnswer['measure'],
): number {
  if (measure === 'satisfaction') return isSatisfied ? chance.between(4, 5) : chance.between(1, 3)
  return isSatisfied ? chance.between(8, 10) : chance.between(2, 7)
}

function drawFeedback(
  { seed, lang, days, deals }: Given,
  familyOf: ReadonlyMap<string, FamilyKey>,
): { answers: DemoAnswer[]; cases: DemoCase[] } {
  const chance = demoChance(seed, 'feedback')
  const [answers, cases]: [DemoAnswer[], DemoCase[]] = [[], []]
  for (const { key: deal, seller, customer, product, outcome, closedOn } of deals) {
    const family = familyOf.get(product)
    if (outcome !== 'won' || closedOn === undefined || family === undefined) continue
    const bought = daysBetween(days.start, closedOn)
    if (days.today - bought > aroundDays) continue
    const whose = { deal, seller, customer, product }
    const answered = bought + chance.between(10, 30)
    if (chance.happens(answersShare) && answered <= days.today) {
      const isSatisfied = chance.happens(satisfied[family])
      const measure = chance.pick(['satisfaction', 'nps'] as const)
      const score = drawScore(chance, isSatisfied, measure)
      const key = `U-${String(answers.length + 1).padStart(5, '0')}`
      answers.push({ key, measure, score, onDay: days.dayAt(answered), ...whose })
    }
    const complained = days.workday(bought + chance.between(3, 60))
    if (chance.happens(complaintProbability[family]) && complained <= days.today) {
      const solved = complained + chance.between(1, 25)
      const isSolved = solved <= days.today && chance.happens(0.93)
      cases.push({
        key: `V-${String(cases.length + 1).padStart(4, '0')}`,
        status: inLanguage(isSolved ? caseWords.solved : caseWords.open, lang),
        onDay: days.dayAt(complained),
        ...(isSolved ? { closedOn: days.dayAt(solved) } : {}),
        channel: inLanguage(chance.pick(channels), lang),
        ...whose,
      })
    }
  }
  return { answers, cases }
}

/** Whoever buys a service has a contract for a year from then on. */
function drawContracts(
  { deals, days, articles }: Given,
  familyOf: ReadonlyMap<string, FamilyKey>,
): DemoContract[] {
  const names = new Map(articles.map(({ key, name }) => [key, name]))
  return deals
    .filter(
      ({ outcome, product, closedOn }) =>
        outcome === 'won' &&
        familyOf.get(product) === 'service' &&
        closedOn !== undefined &&
        days.today - daysBetween(days.start, closedOn) <= aroundDays,
    )
    .map(({ closedOn = days.start, seller, customer, product, amount }, index) => ({
      key: `S-${String(index + 1).padStart(4, '0')}`,
      name: names.get(product) ?? product,
      seller,
      customer,
      product,
      validFrom: closedOn,
      validUntil: days.dayAt(daysBetween(days.start, closedOn) + 365),
      amount,
    }))
}

/** Everything around the deals; drawn from streams of its own, so that the deals are what they were. */
export function drawAround(given: Given): DemoAround {
  const contacts = drawContacts(given)
  const contactsOf = new Map<string, DemoContact[]>()
  for (const contact of contacts)
    contactsOf.set(contact.customer, [...(contactsOf.get(contact.customer) ?? []), contact])
  const familyOf = new Map(given.articles.map(({ key, familyKey }) => [key, familyKey]))
  return {
    contacts,
    activities: drawActivities(given, contactsOf),
    ...drawFeedback(given, familyOf),
    contracts: drawContracts(given, familyOf),
  }
}

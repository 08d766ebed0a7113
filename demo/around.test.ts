// What stands around the demo's deals refers to what is there, and shows the truth it was drawn from.
import { expect, test } from 'vitest'
import { aroundDays } from './parameters.ts'
import { demoWorld } from './world.ts'

const today = '2026-06-17'
const { around, truth, ...world } = demoWorld({ seed: 1, today })
const keys = (rows: readonly { key: string }[]) => new Set(rows.map(({ key }) => key))
const families = new Map(world.products.map(({ key, family }) => [key, family]))
const dayNumber = (day: string) => Date.parse(day) / 86_400_000

/** What chance allows in one of the comparisons below, in standard errors. */
const standardErrors = 3.5

function expectShare(hits: number, trials: number, probability: number): void {
  expect(trials).toBeGreaterThan(20)
  const spread = Math.sqrt(trials * probability * (1 - probability))
  expect(Math.abs(hits - trials * probability)).toBeLessThan(standardErrors * spread)
}

test('everything names a seller, a customer, a contact and a deal that are there', () => {
  const [sellers, customers, deals] = [world.sellers, world.customers, world.deals].map(keys)
  const contacts = new Map(around.contacts.map((contact) => [contact.key, contact]))
  for (const { seller, customer, product } of [...around.answers, ...around.cases]) {
    expect([sellers?.has(seller), customers?.has(customer), families.has(product)]).toEqual([
      true,
      true,
      true,
    ])
  }
  for (const activity of around.activities) {
    expect(deals?.has(activity.deal)).toBe(true)
    expect(contacts.get(activity.contact)?.customer).toBe(activity.customer)
  }
  for (const list of [around.contacts, around.activities, around.answers, around.cases])
    expect(keys(list).size).toBe(list.length)
  expect(around.contracts.length).toBeGreaterThan(20)
})

test('nothing lies after today, but what is planned', () => {
  const days = [
    ...around.answers.map(({ onDay }) => onDay),
    ...around.cases.map(({ onDay, closedOn }) => closedOn ?? onDay),
    ...around.activities.flatMap((activity) => ('doneOn' in activity ? activity.doneOn : [])),
  ]
  for (const day of days) expect(day <= today).toBe(true)
  const planned = around.activities.filter((activity) => 'dueOn' in activity)
  const open = world.deals.filter(({ outcome }) => outcome === 'open')
  expectShare(planned.length, open.length, 0.75)
})

test('satisfaction and complaints by family are the ones they were drawn from', () => {
  for (const [family, probability] of Object.entries(truth.satisfied)) {
    const answers = around.answers.filter(
      ({ measure, product }) => measure === 'satisfaction' && families.get(product) === family,
    )
    expectShare(answers.filter(({ score }) => score >= 4).length, answers.length, probability)
  }
  // A complaint comes within 60 days of the purchase, moved off weekends.
  const settled = dayNumber(today) - 62
  const complained = new Set(around.cases.map(({ deal }) => deal))
  for (const [family, probability] of Object.entries(truth.complaintProbability)) {
    const bought = world.deals.filter(
      ({ outcome, product, closedOn }) =>
        outcome === 'won' &&
        families.get(product) === family &&
        dayNumber(closedOn ?? today) < settled &&
        dayNumber(today) - dayNumber(closedOn ?? today) <= aroundDays,
    )
    expectShare(bought.filter(({ key }) => complained.has(key)).length, bought.length, probability)
  }
})

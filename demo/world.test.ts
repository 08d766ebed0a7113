// The demo world holds together, is the same each time, and follows its own true parameters.
import { describe, expect, test } from 'vitest'
import type { DemoDeal, DemoOpenStageKey, DemoSegment } from './records.ts'
import { demoWorld } from './world.ts'

const today = '2026-06-17'
const world = demoWorld({ seed: 1, today })
const { truth } = world
const openStages: DemoOpenStageKey[] = ['qualified', 'proposal', 'negotiation']

/** What chance allows in one of the many comparisons below, in standard errors. */
const standardErrors = 3.5

function expectShare(hits: number, trials: number, probability: number): void {
  const spread = Math.sqrt(trials * probability * (1 - probability))
  expect(trials).toBeGreaterThan(50)
  expect(Math.abs(hits - trials * probability)).toBeLessThan(standardErrors * spread)
}

function expectMean(values: readonly number[], mean: number): void {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length
  expect(values.length).toBeGreaterThan(50)
  expect(Math.abs(average - mean)).toBeLessThan(
    standardErrors * Math.sqrt(variance / values.length),
  )
}

const dayNumber = (day: string) => Date.parse(day) / 86_400_000
const closed = world.deals.filter((deal) => deal.outcome !== 'open')
const won = closed.filter((deal) => deal.outcome === 'won')
const customers = new Map(world.customers.map((customer) => [customer.key, customer]))
const products = new Map(world.products.map((product) => [product.key, product]))
const segmentOf = (deal: DemoDeal) => truth.customers[deal.customer]?.segment
const closedOn = (deal: DemoDeal) => deal.closedOn ?? 'open'

/** Stages a deal entered while it was open. */
function reached(deal: DemoDeal): DemoOpenStageKey[] {
  return ['qualified', ...deal.stageEntries.map((entry) => entry.stage)]
}

describe('the world', () => {
  test('has the size it says', () => {
    expect(world.teams).toHaveLength(6)
    expect(world.persons).toHaveLength(4)
    expect(world.sellers).toHaveLength(8)
    expect(world.products).toHaveLength(40)
    expect(world.customers.length).toBeGreaterThan(850)
    expect(world.customers.length).toBeLessThan(950)
    expect(world.deals.length).toBeGreaterThan(8500)
    expect(world.deals.length).toBeLessThan(9500)
    expect(world.returns.length).toBeGreaterThan(100)
    const small = demoWorld({ seed: 1, today, size: 'small' })
    expect(small.deals.length).toBeGreaterThan(700)
    expect(small.deals.length).toBeLessThan(1100)
  })

  test('is the same for the same options, and another for another seed or day', () => {
    const text = JSON.stringify(world)
    expect(JSON.stringify(demoWorld({ seed: 1, today }))).toBe(text)
    expect(JSON.stringify(demoWorld({ seed: 2, today }))).not.toBe(text)
    const later = demoWorld({ seed: 1, today: '2026-07-17' })
    expect(later.truth.start).toBe('2021-07-01')
    expect(truth.start).toBe('2021-06-01')
    expect(later.deals.at(-1)?.openedOn).toMatch(/^2026-07/)
  })

  test('differs by language in words only', () => {
    const german = demoWorld({ seed: 1, today, lang: 'de' })
    expect(german.stages.map((stage) => stage.name)).toEqual([
      'Qualifiziert',
      'Angebot',
      'Verhandlung',
      'Gewonnen',
      'Verloren',
    ])
    const wordless = (deals: DemoDeal[]) =>
      deals.map(({ name: _, lostReason, ...deal }) => ({ ...deal, lost: lostReason !== undefined }))
    expect(wordless(german.deals)).toEqual(wordless(world.deals))
    expect(german.returns).toEqual(world.returns)
    expect(german.customers.map((customer) => customer.name)).toEqual(
      world.customers.map((customer) => customer.name),
    )
    expect(new Set(german.customers.map((customer) => customer.countryName))).toContain(
      'Österreich',
    )
    expect(new Set(world.customers.map((customer) => customer.countryName))).toContain('Austria')
  })

  test.each(['2024-02-29', '2025-01-01', '2025-03-02', '2026-12-31'])('exists on %s', (day) => {
    const other = demoWorld({ seed: 3, today: day, size: 'small' })
    const last = other.deals.flatMap((deal) => [deal.openedOn, deal.closedOn ?? ''])
    expect(last.toSorted().at(-1)).toSatisfy((latest: string) => latest <= day)
  })
})

describe('records', () => {
  test('name what exists, once', () => {
    const keys = [world.customers, world.deals, world.products, world.returns, world.teams]
    for (const list of keys) {
      expect(new Set(list.map((entry) => entry.key)).size).toBe(list.length)
    }
    const sellers = new Set(world.sellers.map((seller) => seller.key))
    for (const deal of world.deals) {
      expect(customers.has(deal.customer)).toBe(true)
      expect(products.has(deal.product)).toBe(true)
      expect(sellers.has(deal.seller)).toBe(true)
    }
    expect(new Set(world.customers.map((customer) => customer.name)).size).toBe(customers.size)
    const germanSpeaking = world.customers.filter((c) => ['DE', 'AT', 'CH'].includes(c.country))
    expect(germanSpeaking.length / customers.size).toBeGreaterThan(0.65)
  })

  test('days stand in their order, on weekdays, none after today', () => {
    for (const deal of world.deals) {
      const created = customers.get(deal.customer)?.createdOn ?? 'absent'
      const days = [
        created,
        deal.openedOn,
        ...deal.stageEntries.map((entry) => entry.on),
        deal.closedOn ?? today,
      ]
      expect(days.toSorted()).toEqual(days)
      expect(days.every((day) => day <= today)).toBe(true)
      const weekdays = days.slice(0, -1).map((day) => new Date(`${day}T12:00Z`).getUTCDay())
      expect(weekdays.some((weekday) => weekday === 0 || weekday === 6)).toBe(false)
      expect(deal.closedOn === undefined).toBe(deal.outcome === 'open')
      expect(deal.expectedOn === undefined).toBe(deal.outcome !== 'open')
      expect(deal.lostReason === undefined).toBe(deal.outcome !== 'lost')
      if (deal.outcome === 'open') expect(deal.stage).toBe(reached(deal).at(-1))
      else expect(deal.stage).toBe(deal.outcome)
    }
  })

  test('amounts follow from price, quantity and discount', () => {
    for (const deal of world.deals) {
      const product = products.get(deal.product)
      expect(deal.listAmount).toBe((product?.listPrice ?? 0) * deal.quantity)
      expect(deal.cost).toBe((product?.cost ?? 0) * deal.quantity)
      const exact = deal.listAmount * (100 - Math.round(deal.discount * 100))
      expect(Number.isInteger(deal.amount)).toBe(true)
      expect(Math.abs(deal.amount * 100 - exact)).toBeLessThanOrEqual(50)
    }
  })

  test('no more comes back than was sold', () => {
    const sold = new Map(won.map((deal) => [deal.key, deal]))
    for (const back of world.returns) {
      const deal = sold.get(back.deal)
      expect(deal && back.onDay > closedOn(deal) && back.onDay <= today).toBe(true)
      expect(back.quantity < 0 && -back.quantity <= (deal?.quantity ?? 0)).toBe(true)
      expect(back.amount < 0 && -back.amount <= (deal?.amount ?? 0)).toBe(true)
      expect(back.seller).toBe(deal?.seller)
    }
  })

  test('everybody is in one team at a time, and one seller has moved once', () => {
    const spells = world.sellers.map(({ key }) =>
      world.memberships.filter((entry) => entry.kind === 'member' && entry.seller === key),
    )
    expect(spells.filter((list) => list.length === 2)).toHaveLength(1)
    expect(spells.every((list) => list.length === 1 || list.length === 2)).toBe(true)
    for (const list of spells) {
      expect(list.at(-1)?.validUntil).toBe('9999-12-31')
      if (list.length === 2) expect(list[0]?.validUntil).toBe(list[1]?.validFrom)
    }
    for (const deal of world.deals) {
      const hiredOn = world.sellers.find((seller) => seller.key === deal.seller)?.hiredOn
      if (hiredOn !== undefined) expect(deal.openedOn >= hiredOn).toBe(true)
    }
  })
})

describe('the truth about sellers', () => {
  test.each(Object.entries(truth.sellers))('%s sells as the parameters say', (seller, skill) => {
    const own = closed.filter((deal) => deal.seller === seller)
    const wins = own.filter((deal) => deal.outcome === 'won')
    expectShare(wins.length, own.length, skill.winProbability)
    for (const [index, stage] of openStages.entries()) {
      const entered = own.filter((deal) => reached(deal).length > index)
      const onwards = entered.filter(
        (deal) => deal.outcome === 'won' || reached(deal).length > index + 1,
      )
      expectShare(onwards.length, entered.length, skill.conversion[stage])
    }
    const all = world.deals.filter((deal) => deal.seller === seller)
    expectMean(
      all.map((deal) => deal.discount),
      skill.discountMean,
    )
    const cycles = wins.map((deal) => dayNumber(closedOn(deal)) - dayNumber(deal.openedOn))
    const stay = openStages.reduce((sum, stage) => sum + truth.stageDays[stage], 0)
    expectMean(cycles, stay * skill.paceFactor)
  })

  test('the list value of deals follows segment and seller', () => {
    for (const seller of Object.keys(truth.sellers)) {
      const logs = world.deals
        .filter((deal) => deal.seller === seller)
        .map((deal) => {
          const median = truth.segments[segmentOf(deal) ?? 'small'].listValueMedian
          return Math.log(deal.listAmount / median / (truth.sellers[seller]?.sizeFactor ?? 1))
        })
      const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
      // Whole quantities move the value a little, alike for everybody.
      const margin = 0.03 + (standardErrors * truth.listValueSpread) / Math.sqrt(logs.length)
      expect(Math.abs(mean)).toBeLessThan(margin)
    }
  })

  test('one seller is weak in one stage and nowhere else', () => {
    const { seller, stage } = truth.struggling
    for (const each of openStages) {
      const others = Object.entries(truth.sellers).filter(([key]) => key !== seller)
      const worst = Math.min(...others.map(([, skill]) => skill.conversion[each]))
      const own = truth.sellers[seller]?.conversion[each] ?? 0
      if (each === stage) expect(own).toBeLessThan(worst - 0.2)
      else expect(own).toBeGreaterThanOrEqual(worst)
    }
  })
})

describe('the truth about customers and time', () => {
  /** Business from the start to the end of a day, in years of an average month. */
  const business: number[] = []
  const first = dayNumber(truth.start)
  const last = dayNumber(today) - first
  let sum = 0
  for (let number = 0; number <= last; number++) {
    const date = new Date((first + number) * 86_400_000)
    const isWeekday = date.getUTCDay() % 6 !== 0
    const season = truth.seasonality[date.getUTCMonth()] ?? 0
    const growth = (1 + truth.growthPerYear) ** (number / 365.25)
    sum += isWeekday ? (1.4 * season * growth) / 365.25 : 0
    business.push(sum)
  }
  const until = (number: number) => (number < 0 ? 0 : (business[number] ?? sum))

  const closings = Map.groupBy(
    closed.toSorted((a, b) => (closedOn(a) < closedOn(b) ? -1 : 1)),
    (deal) => deal.customer,
  )

  /** Closings to be expected between two days, given who came when and went when. */
  function expectedClosings(from: number, to: number): number {
    let expected = 0
    let newcomers = 0
    for (const customer of world.customers) {
      const fact = truth.customers[customer.key]
      const own = closings.get(customer.key) ?? []
      const wasThere = dayNumber(customer.createdOn) - first < -410
      const firstClosing = own[0] && dayNumber(closedOn(own[0])) - first
      if (!wasThere && firstClosing === undefined) continue
      if (!wasThere) newcomers += 1
      const begins = wasThere ? -1 : (firstClosing ?? -1)
      const ends = fact?.lastActiveOn === undefined ? last : dayNumber(fact.lastActiveOn) - first
      const rate = truth.segments[fact?.segment ?? 'small'].dealsPerYear
      const stretch = until(Math.min(ends, to)) - until(Math.max(begins, from))
      expected += rate * Math.max(0, stretch)
    }
    return expected + (newcomers * (until(to) - until(from))) / sum
  }

  const months: { month: number; year: number; expected: number; seen: number }[] = []
  for (let number = -1; number < last; ) {
    const date = new Date((first + number + 1) * 86_400_000)
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
    const end = Math.min(last, Date.UTC(year, month + 1, 0) / 86_400_000 - first)
    const name = date.toISOString().slice(0, 7)
    const seen = closed.filter((deal) => closedOn(deal).startsWith(name)).length
    months.push({ year, month, expected: expectedClosings(number, end), seen })
    number = end
  }

  function expectCount(list: typeof months): void {
    const expected = list.reduce((total, entry) => total + entry.expected, 0)
    const seen = list.reduce((total, entry) => total + entry.seen, 0)
    expect(expected).toBeGreaterThan(100)
    expect(Math.abs(seen - expected)).toBeLessThan(standardErrors * Math.sqrt(expected))
  }

  test('closings follow the seasons', () => {
    expect(truth.seasonality.reduce((total, season) => total + season, 0)).toBeCloseTo(12, 9)
    for (let month = 0; month < 12; month++) {
      expectCount(months.filter((entry) => entry.month === month))
    }
  })

  test('closings grow from year to year as they should', () => {
    for (const year of [2022, 2023, 2024, 2025]) {
      expectCount(months.filter((entry) => entry.year === year))
    }
    expectCount(months)
  })

  test.each<DemoSegment>(['small', 'middle', 'large'])('%s customers come back', (segment) => {
    const { staysAfterPurchase, dealsPerYear } = truth.segments[segment]
    let [back, expected, variance] = [0, 0, 0]
    for (const list of closings.values()) {
      for (const [index, deal] of list.entries()) {
        if (deal.outcome !== 'won' || segmentOf(deal) !== segment) continue
        const left = sum - until(dayNumber(closedOn(deal)) - first)
        const probability = staysAfterPurchase * (1 - Math.exp(-dealsPerYear * left))
        expected += probability
        variance += probability * (1 - probability)
        if (index < list.length - 1) back += 1
      }
    }
    expect(variance).toBeGreaterThan(20)
    expect(Math.abs(back - expected)).toBeLessThan(standardErrors * Math.sqrt(variance))
  })

  test('segments are sizes of firm', () => {
    for (const { key, employees } of world.customers) {
      const size = employees < 50 ? 'small' : employees < 250 ? 'middle' : 'large'
      expect(truth.customers[key]?.segment).toBe(size)
    }
  })

  test('parts of deals come back by family', () => {
    const returned = new Set(world.returns.map((back) => back.deal))
    const settled = won.filter((deal) => dayNumber(today) - dayNumber(closedOn(deal)) > 65)
    for (const [family, probability] of Object.entries(truth.returnProbability)) {
      const own = settled.filter((deal) => products.get(deal.product)?.family === family)
      const back = own.filter((deal) => returned.has(deal.key))
      if (probability === 0) expect(back).toHaveLength(0)
      else expectShare(back.length, own.length, probability)
    }
  })

  test('what becomes of open deals is known, and lies ahead', () => {
    const open = world.deals.filter((deal) => deal.outcome === 'open')
    expect(Object.keys(truth.openDeals)).toEqual(open.map((deal) => deal.key))
    expect(Object.values(truth.openDeals).every((fate) => fate.closesOn > today)).toBe(true)
    expect(open.length).toBeGreaterThan(100)
  })
})

// Goals in numbers alone: pace, chances, proposals, milestones, states, words.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { addDays, containing, type Day, daysBetween } from '../../../basics/period.ts'
import { goalPace } from '../../../methods/goal-pace.ts'
import { chanceWords, inDanger, riskOf } from './chance-words.ts'
import { sumsByMonth } from './months.ts'
import { type Aim, chartDays, type Known, lookAhead, rounded } from './outlook.ts'
import { ownTerms } from './own-terms.ts'
import { proposals, splitMilestones, warningOf } from './proposals.ts'
import { dueSpan, isWhole } from './recurrence.ts'
import { milestonesReached, reachedAtEnd, reachedBySteps, reachedBySum, stateOf } from './state.ts'
import { weekText } from './week-text.ts'
import { asNow, isAsNow, turned, whatIf } from './what-if.ts'

const seeded = { seed: testSeed, numRuns: 60 }
const today = '2026-06-15'
const year = { from: '2026-01-01', until: '2027-01-01' }
const calendar = { fiscalFirstMonth: 1, weekStart: 1 } as const

/** Mondays to Fridays. */
const time: Known['time'] = {
  from: '2020-01-01',
  share: (day) => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 < 5 ? 1 : 0),
  days: (from, until) => {
    let count = 0
    for (let day = from; day < until; day = addDays(day, 1)) count += time.share(day)
    return count
  },
}

/** Values of working days behind today, the youngest last. */
function known(values: readonly number[], more: Partial<Known> = {}): Known {
  const daily = new Map<Day, number>()
  let day = today
  for (const value of values.toReversed()) {
    do day = addDays(day, -1)
    while (time.share(day) === 0)
    daily.set(day, value)
  }
  return { today, daily, since: day, months: [], time, seed: 7, ...more }
}

const aim = (target: number, more: Partial<Aim> = {}): Aim => ({
  target,
  ...year,
  atMost: false,
  of: 'counts',
  ...more,
})
const counts = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 10, maxLength: 90 })
const amounts = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 10, maxLength: 90 })

describe('pace', () => {
  test('needed per day times the days left is what is still needed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (target, done, elapsed, left) => {
          const pace = goalPace({ target, done, elapsed, total: elapsed + left })
          expect((pace.requiredPerDay ?? 0) * left).toBeCloseTo(Math.max(0, target - done), 3)
        },
      ),
      seeded,
    )
  })

  test('without a day left nothing can be needed per day, and what is met needs nothing', () => {
    expect(goalPace({ target: 5, done: 3, elapsed: 9, total: 9 }).requiredPerDay).toBeNull()
    expect(goalPace({ target: 5, done: 5, elapsed: 9, total: 9 }).requiredPerDay).toBe(0)
  })
})

describe('chance', () => {
  test('never rises with the target', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          counts.map((v) => [v, 'counts'] as const),
          amounts.map((v) => [v, 'amounts'] as const),
        ),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        ([values, of], one, other) => {
          const scale = of === 'counts' ? 1 : 100_000
          const chance = (target: number) =>
            lookAhead(aim(target * scale, { of }), known(values)).outlook.chance ?? 0
          expect(chance(Math.max(one, other))).toBeLessThanOrEqual(chance(Math.min(one, other)))
        },
      ),
      seeded,
    )
  })

  test('never falls with time, where nothing comes back', () => {
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 180 }),
        (values, target, days) => {
          const chance = (until: Day) =>
            lookAhead(aim(target, { until }), known(values)).outlook.chance ?? 0
          const soon = addDays(today, days)
          expect(chance(addDays(soon, 14))).toBeGreaterThanOrEqual(chance(soon))
        },
      ),
      seeded,
    )
  })

  test('of staying within a limit and of going beyond it make one', () => {
    const data = known([1, 0, 2, 0, 1, 3, 0, 1, 1, 0, 2, 1])
    const target = 90
    const within = lookAhead(aim(target, { atMost: true }), data).outlook.chance ?? 0
    const beyond = lookAhead(aim(target + 1), data).outlook.chance ?? 0
    expect(within + beyond).toBeCloseTo(1, 9)
  })

  test('needs ten working days behind, and is the same for the same data', () => {
    expect(lookAhead(aim(90), known([1, 0, 2])).outlook).toMatchObject({ more: 7 })
    const data = known([1, 0, 2, 0, 1, 3, 0, 1, 1, 0, 2, 1])
    expect(lookAhead(aim(90), data).outlook).toEqual(lookAhead(aim(90), data).outlook)
  })

  test('what came in on a day off counts with the working day before it', () => {
    const data = known(Array.from({ length: 20 }, () => 1))
    const saturday = '2026-06-13'
    const moved = new Map(data.daily)
    moved.set(saturday, 20)
    const { basis } = lookAhead(aim(900), { ...data, daily: moved }).outlook
    expect(basis?.past.at(-1)?.value).toBe(21)
    expect(basis?.past.reduce((sum, { value }) => sum + value, 0)).toBe(40)
  })

  test('months that always bring twice as much take twice the pace', () => {
    const months = Array.from({ length: 48 }, (_, i) => {
      const month = `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`
      const first = `${month}-01`
      const until =
        i % 12 === 11
          ? `${2023 + Math.floor(i / 12)}-01-01`
          : `${month.slice(0, 5)}${String((i % 12) + 2).padStart(2, '0')}-01`
      return { month, value: time.days(first, until) * (i % 12 === 11 ? 2 : 1) }
    })
    const data = known([1, 0, 2, 0, 1, 3, 0, 1, 1, 0, 2, 1], { months })
    const { points } = lookAhead(aim(1000), data, {
      points: ['2026-10-31', '2026-11-30'],
      fan: true,
    })
    const [october, november, december] = points.map(({ seasonal }) => seasonal)
    const days = (from: Day, until: Day) => time.days(from, until)
    const ofNovember = ((november ?? 0) - (october ?? 0)) / days('2026-11-01', '2026-12-01')
    const ofDecember = ((december ?? 0) - (november ?? 0)) / days('2026-12-01', '2027-01-01')
    expect(ofDecember / ofNovember).toBeCloseTo(2, 1)
  })

  test('what if: only what a goal depends on moves it', () => {
    const twice = { rate: 2, size: 2, talks: 2 }
    const of = (kind: 'metric' | 'activity', metric: string | null, unit: string, atMost = false) =>
      turned({ kind, metric, unit, atMost }, twice)
    expect(of('metric', 'revenue', 'money')).toEqual(twice)
    expect(of('metric', 'deals-won', 'count')).toEqual({ rate: 2, size: 1, talks: 2 })
    expect(of('activity', null, 'count')).toEqual({ rate: 1, size: 1, talks: 2 })
    expect(isAsNow(of('metric', 'deals-lost', 'count', true))).toBe(true)
    expect(isAsNow(of('activity', null, 'count'))).toBe(false)
  })

  test('what if: nothing turned is the chance of the page, more talks never make it smaller', () => {
    const data = known([0, 300, 0, 500, 900, 0, 0, 250, 400, 0, 700, 100])
    const goal = aim(60_000, { of: 'amounts' })
    const { basis, chance, attained } = lookAhead(goal, data).outlook
    if (!basis) throw new Error('there is a chance')
    const of = { ...basis, target: goal.target, attained, atMost: false, sized: true }
    expect(isAsNow(asNow)).toBe(true)
    expect(whatIf(of, asNow)).toBe(chance)
    expect(whatIf(of, { ...asNow, talks: 1.5 })).toBeGreaterThanOrEqual(chance ?? 1)
    expect(whatIf(of, { ...asNow, size: 2 })).toBeGreaterThanOrEqual(chance ?? 1)
  })

  test('in words', () => {
    expect([0.01, 0.04, 0.31, 0.72, 0.97, 0.99].map((one) => chanceWords(one, 'en'))).toEqual([
      'unlikely',
      'less than 1 in 10',
      'about 3 in 10',
      'about 7 in 10',
      'more than 9 in 10',
      'very likely',
    ])
    expect(chanceWords(0.72, 'de')).toBe('etwa 7 von 10')
    expect([0.1, 0.2, 0.5].map(riskOf)).toEqual(['behind', 'at-risk', 'on-course'])
    const of = (state: 'running' | 'upcoming', chance: number | null) =>
      inDanger({ state, outlook: { chance } })
    expect([of('running', 0.49), of('running', 0.5), of('running', null)]).toEqual([
      true,
      false,
      false,
    ])
    expect(of('upcoming', 0.1)).toBe(false)
  })
})

describe('help', () => {
  test('proposals: the higher the target, the smaller the chance; warnings at both ends', () => {
    const data = known([1, 0, 2, 0, 1, 3, 0, 1, 1, 0, 2, 1])
    const drawn = lookAhead(aim(1), data, { fan: true })
    const found = proposals(drawn, aim(1), (value) => rounded(value, 'count'))
    expect(found.map(({ kind }) => kind)).toEqual(['likely', 'good', 'stretch'])
    expect(found.map(({ target }) => target)).toEqual(
      found.map(({ target }) => target).toSorted((a, b) => a - b),
    )
    expect(found.map(({ chance }) => -chance)).toEqual(
      found.map(({ chance }) => -chance).toSorted((a, b) => a - b),
    )
    expect([0.01, 0.5, 0.99].map(warningOf)).toEqual([
      'hardly_possible',
      undefined,
      'happens_anyway',
    ])
  })

  test('milestones rise, lie within the goal, and stay below the target', () => {
    const found = splitMilestones(
      aim(1_000),
      known([1, 2, 0, 1, 1, 0, 2, 3, 1, 1]),
      (value) => rounded(value, 'count'),
      calendar,
    )
    expect(found).toHaveLength(11)
    expect(found[0]?.on).toBe('2026-01-31')
    found.forEach(({ on, value }, i) => {
      expect(on >= year.from && on < year.until).toBe(true)
      expect(value).toBeGreaterThan(found[i - 1]?.value ?? 0)
      expect(value).toBeLessThan(1_000)
    })
  })

  test('round targets', () => {
    expect(rounded(1_234_567, 'money')).toBe(1_200_000)
    expect(rounded(37, 'count')).toBe(37)
    expect(rounded(0.3, 'count')).toBe(1)
  })

  test('own terms: deals and talks a week, or how many are missing', () => {
    const past = { wins: 20, value: 200_000, talks: 60, recentWeeks: 8, recentTalks: 48 }
    expect(ownTerms(past, 30_000)).toEqual({
      terms: { wins: 3, talks: 9, talksNow: 6, talksPerWin: 3, valuePerWin: 10_000 },
    })
    expect(ownTerms({ ...past, wins: 4 }, 1)).toEqual({ more: 6, of: 'wins' })
    expect(ownTerms({ ...past, talks: 5 }, 1)).toEqual({ more: 15, of: 'talks' })
  })
})

describe('state', () => {
  const span = { from: '2026-01-01', until: '2026-07-01' }
  test('a sum is reached on the day from which on it stays there', () => {
    const daily = new Map([
      ['2026-02-01', 60],
      ['2026-03-01', 50],
      ['2026-04-01', -20],
      ['2026-05-01', 15],
      ['2026-12-01', 99],
    ])
    expect(reachedBySum(daily, { ...span, target: 100 }, today)).toEqual({
      on: '2026-05-01',
      value: 105,
    })
    expect(reachedBySum(daily, { ...span, target: 106 }, today)).toBeUndefined()
    expect(
      milestonesReached(
        daily,
        [
          { on: '2026-02-15', value: 50 },
          { on: '2026-06-01', value: 500 },
        ],
        span,
        today,
      ),
    ).toEqual(['2026-02-01', null])
  })

  test('what does not add up is judged at the end', () => {
    const rate = { ...span, target: 0.5, atMost: false }
    expect(reachedAtEnd(0.6, rate, '2026-06-30')).toBeUndefined()
    expect(reachedAtEnd(0.6, rate, '2026-07-01')).toEqual({ on: '2026-06-30', value: 0.6 })
    expect(reachedAtEnd(0.6, { ...rate, atMost: true }, '2026-07-01')).toBeUndefined()
  })

  test('steps, and states in time', () => {
    expect(reachedBySteps([{ name: 'a', doneOn: null }])).toBeUndefined()
    expect(reachedBySteps([])).toBeUndefined()
    expect(
      reachedBySteps([
        { name: 'a', doneOn: '2026-03-02' },
        { name: 'b', doneOn: '2026-03-01' },
      ])?.on,
    ).toBe('2026-03-02')
    const states = ['2025-12-31', '2026-01-01', '2026-07-01'].map((day) =>
      stateOf(span, undefined, day),
    )
    expect(states).toEqual(['upcoming', 'running', 'missed'])
  })

  test('what comes again takes a whole month, and is due when the last one is over', () => {
    expect(isWhole({ from: '2026-01-01', until: '2026-02-01' }, 'month', calendar)).toBe(true)
    expect(isWhole({ from: '2026-01-01', until: '2026-02-02' }, 'month', calendar)).toBe(false)
    const last = { from: '2026-04-01', until: '2026-05-01' }
    expect(dueSpan(last, 'month', '2026-04-30', calendar)).toBeUndefined()
    // Nobody looked for a while: the next one is that of today.
    expect(dueSpan(last, 'month', today, calendar)).toEqual({
      from: '2026-06-01',
      until: '2026-07-01',
    })
  })

  test('quarters and years that come again are of the calendar or of the fiscal year', () => {
    const fiscal = { fiscalFirstMonth: 2, weekStart: 1 } as const
    const quarter = { from: '2026-02-01', until: '2026-05-01' }
    expect(isWhole(quarter, 'quarter', fiscal)).toBe(true)
    expect(isWhole(quarter, 'quarter', { ...fiscal, fiscalFirstMonth: 1 })).toBe(false)
    expect(dueSpan(quarter, 'quarter', today, fiscal)).toEqual({
      from: '2026-05-01',
      until: '2026-08-01',
    })
    const ofCalendar = { from: '2026-01-01', until: '2026-04-01' }
    expect(dueSpan(ofCalendar, 'quarter', today, fiscal)).toEqual({
      from: '2026-04-01',
      until: '2026-07-01',
    })
    const fiscalYear = { from: '2025-02-01', until: '2026-02-01' }
    expect(dueSpan(fiscalYear, 'year', today, fiscal)).toEqual({
      from: '2026-02-01',
      until: '2027-02-01',
    })
    // The organisation has moved its fiscal year since.
    expect(dueSpan(quarter, 'quarter', today, { ...fiscal, fiscalFirstMonth: 3 })).toEqual({
      from: '2026-06-01',
      until: '2026-09-01',
    })
  })

  test('the next stretch holds today and is whole, whatever the rule and the fiscal year', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('month', 'quarter', 'year'),
        fc.integer({ min: 0, max: 1_500 }),
        (fiscalFirstMonth, repeats, late) => {
          const fiscal = { fiscalFirstMonth, weekStart: 1 } as const
          const kind = repeats === 'month' ? 'month' : (`fiscal-${repeats}` as const)
          const last = containing(kind, '2024-05-20', fiscal)
          const day = addDays(last.until, late)
          const span = dueSpan(last, repeats, day, fiscal)
          if (!span) throw new Error('the last one is over')
          expect(span.from <= day && day < span.until).toBe(true)
          expect(isWhole(span, repeats, fiscal)).toBe(true)
          expect(span.from >= last.until).toBe(true)
        },
      ),
      seeded,
    )
  })
})

test('days of a chart end with the goal and hold what must be seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), (length) => {
      const until = addDays(year.from, length)
      const days = chartDays(year.from, until, [today])
      expect(days.at(-1)).toBe(addDays(until, -1))
      expect(days.length).toBeLessThanOrEqual(112)
      expect(days.every((day, i) => i === 0 || day > (days[i - 1] ?? ''))).toBe(true)
      if (daysBetween(today, until) > 0) expect(days).toContain(today)
    }),
    seeded,
  )
})

test('attainment by month: the parts of a target add up to it', () => {
  const data = known([5, 0, 4, 3, 9, 1, 0, 2, 6, 4])
  const { months, rows } = sumsByMonth(
    [{ owner: 'a', aim: aim(1200, { until: '2026-07-01' }), known: data }],
    {
      today: '2026-06-30',
      months: 6,
    },
  )
  expect(months).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'])
  const sum = rows[0]?.cells.reduce((all, cell) => all + (cell?.target ?? 0), 0)
  expect(sum).toBeCloseTo(1200, 6)
  expect(rows[0]?.cells.at(-1)?.value).toBe(34)
})

test('the week as text', () => {
  const goal = {
    name: 'Year',
    unit: 'money' as const,
    target: 100_000_00,
    state: 'running' as const,
    until: '2027-01-01',
    seller: { name: 'Ana' },
    team: null,
    steps: [],
    kind: 'metric',
    atMost: false,
    outlook: {
      attained: { value: 40_000_00 },
      seasonal: 38_000_00,
      chance: 0.7,
      chanceText: 'about 7 in 10',
      requiredPerDay: 500_00,
    },
  }
  const rate = {
    ...goal,
    name: 'Fewer discounts of Ana',
    unit: 'rate' as const,
    target: 0.05,
    atMost: true,
    outlook: {
      attained: { value: 0.079 },
      seasonal: null,
      chance: 0.3,
      chanceText: 'about 3 in 10',
      requiredPerDay: null,
    },
  }
  const said = { moved: 'Two offers\nare out', blocks: null, nextStep: 'Call Nordlicht' }
  const text = weekText(
    [
      { goal: rate, thisWeek: 0 },
      { goal, thisWeek: 1_000_00, said },
    ],
    { currency: 'EUR', lang: 'en', today },
    { from: today, until: '2026-06-22' },
  )
  expect(text).toBe(
    [
      'Goals, week of 15 June',
      '2 running, 1 of them with a chance below one in two; 0 reached.',
      '',
      '- Fewer discounts of Ana: 7.9%, at most 5%; chance: about 3 in 10; until 31 December.',
      '- Year (Ana): €40,000 of €100,000; this week €1,000; chance: about 7 in 10; needed per working day €500; until 31 December.',
      '  Moved: Two offers are out',
      '  Next: Call Nordlicht',
      '',
    ].join('\n'),
  )
})

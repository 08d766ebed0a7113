// The pure part of results: finishing, decomposition, findings, board, and names.
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { containing, type Period } from '../../../basics/period.ts'
import { meanOf } from '../../../methods/mean-ci.ts'
import { dimensionIds, metricIds } from '../contract.ts'
import { bandsOf, shrunkenRates } from './board.ts'
import { causeOf, changeText, decompose, type Side } from './changed.ts'
import { type Findings, findingOf, noteOf, trendFindingOf } from './finding.ts'
import { finish } from './finish.ts'
import { dimensionMeant, dimensionNames, metricMeant, metrics } from './metrics.ts'
import { nearestNames } from './nearest.ts'
import { counted } from './pieces.ts'
import { quotientBy, sidesOf } from './sides.ts'
import { writer } from './words.ts'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const en = { currency: 'USD', lang: 'en' } as const
const de = { currency: 'USD', lang: 'de' } as const
const calendar = { fiscalFirstMonth: 1, weekStart: 1 } as const
const quarter: Period = containing('quarter', '2017-11-01', calendar)

test('metrics and dimensions are meant by id and name, however these are written, and no name means two', () => {
  for (const id of metricIds)
    for (const word of [id, ...Object.values(metrics[id].name)])
      expect(metricMeant(` ${word.toUpperCase()} `), word).toBe(id)
  for (const id of dimensionIds)
    for (const word of [id, ...Object.values(dimensionNames[id])])
      expect(dimensionMeant(word), word).toBe(id)
  expect(metricMeant('win rate')).toBe('win-rate')
  expect(metricMeant('Aktivitaeten je Abschluß')).toBe('activities-per-win')
  expect(metricMeant('happiness')).toBeUndefined()
})

describe('finish', () => {
  test('win rate with its interval, formula and method', () => {
    const { figure, explain } = finish('win-rate', counted({ won: 1196, lost: 789 }), en)
    expect(figure).toMatchObject({ n: 1985, unit: 'rate' })
    expect(figure.value).toBeCloseTo(1196 / 1985, 12)
    expect(plain(explain().text)).toBe('1,196 won ÷ (1,196 won + 789 lost) = 60.3 %')
    expect(plain(explain().method ?? '')).toBe(
      'Wilson interval, 95 %: between 58.1 % and 62.4 %, n = 1,985.',
    )
    expect(explain().leftOut).toEqual(['Open deals do not count.'])
    const german = finish('win-rate', counted({ won: 1196, lost: 789 }), de).explain()
    expect(plain(german.text)).toBe('1.196 gewonnen ÷ (1.196 gewonnen + 789 verloren) = 60,3 %')
  })

  test('revenue with returns, cents and sales without a rate', () => {
    const pieces = counted({
      rows: 12,
      unrated: 1,
      sold: 9,
      returns: 2,
      base: 100_050,
      returnBase: -9_950,
    })
    const { figure, explain } = finish('revenue', pieces, en)
    expect(figure).toEqual({ value: 100_050, n: 11, currency: 'USD', unit: 'money' })
    expect(plain(explain().text)).toBe('Sales 1,100 USD − returns 99.50 USD = 1,000.50 USD')
    expect(explain().leftOut).toContain('1 sale in a currency without a rate: listed, not summed.')
    expect(finish('revenue', counted({ rows: 3, unrated: 3 }), en).figure.missing?.code).toBe(
      'rate_missing',
    )
  })

  test('both sides of a quotient give its value', () => {
    const count = fc.integer({ min: 10, max: 500 })
    const money = fc.integer({ min: 1, max: 1e9 })
    const given = fc.record({
      won: count,
      lost: count,
      wonRated: count,
      wonBase: money,
      sold: count,
      listed: count,
      list: money,
      listedBase: money,
      soldBase: money.map((value) => value + 10),
      returns: count,
      returnBase: money.map((value) => -value),
      valued: count,
      anonymousSold: fc.constant(0),
      anonymousBase: fc.constant(5),
      firstBase: fc.constant(1),
      activities: count,
      recommendations: count.map((value) => 3 * value),
      promoters: count,
      detractors: count,
      answers: count.map((value) => 3 * value),
      satisfied: count,
      complaints: count,
      watched: count,
    })
    fc.assert(
      fc.property(given, (numbers) => {
        const all = counted({
          ...numbers,
          promoters: Math.min(numbers.promoters, numbers.recommendations / 3),
          detractors: Math.min(numbers.detractors, numbers.recommendations / 3),
          satisfied: Math.min(numbers.satisfied, numbers.answers),
        })
        for (const id of metricIds) {
          const quotient = quotientBy(id)
          if (!quotient) continue
          const sides = sidesOf(quotient, all)
          const { value, n, missing } = finish(id, all, en).figure
          expect(sides.n, id).toBe(n)
          if (value === undefined) throw new Error(`${id}: ${missing?.text}`)
          const step = metrics[id].unit === 'money' ? 0.5 : 1e-9
          expect(Math.abs(sides.top / sides.bottom - value), id).toBeLessThanOrEqual(step)
        }
      }),
      { seed: testSeed },
    )
  })

  test('the parts of a formula give its value', () => {
    const count = fc.integer({ min: 0, max: 500 })
    const money = fc.integer({ min: 0, max: 1e9 })
    fc.assert(
      fc.property(count, count, money, money, (won, lost, sold, returned) => {
        const rate = finish('win-rate', counted({ won, lost }), en)
        const [a, b] = rate.explain().parts.map(({ figure }) => figure.value ?? 0)
        if (won + lost > 0) expect(rate.figure.value).toBe((a ?? 0) / ((a ?? 0) + (b ?? 0)))
        const pieces = counted({
          rows: 9,
          returns: 1,
          base: sold - returned,
          returnBase: -returned,
        })
        const revenue = finish('revenue', pieces, en)
        expect(
          revenue.explain().parts.reduce((sum, { figure }) => sum + (figure.value ?? 0), 0),
        ).toBe(revenue.figure.value)
      }),
      { seed: testSeed },
    )
  })

  test('the median comes with order statistics, and not at all below six deals', () => {
    const cycle = [
      [10, 3],
      [20, 4],
      [90, 3],
    ] as const
    const { figure, explain } = finish(
      'sales-cycle',
      counted({ won: 11, wonUndated: 1 }, { cycle }),
      en,
    )
    expect(figure).toEqual({ value: 20, low: 10, high: 90, n: 10, unit: 'days' })
    expect(explain().leftOut).toEqual(['1 deal won without an opening day is left out.'])
    const few = finish('sales-cycle', counted({ won: 2 }, { cycle: [[10, 2]] }), de).figure
    expect(few).toEqual({
      n: 2,
      unit: 'days',
      missing: {
        code: 'not_enough_data',
        more: 4,
        text: 'Noch nicht genug Daten: 2 Verkaufschancen mit beiden Tagen gewonnen, nötig sind 6.',
      },
    })
  })

  test('open deals without amounts are not a pipeline of nothing', () => {
    const { figure } = finish('pipeline', counted({ open: 194, openWithoutAmount: 194 }), en)
    expect(figure).toEqual({
      unit: 'money',
      missing: { code: 'not_measured', text: 'None of the 194 open deals has an amount.' },
    })
    expect(finish('pipeline', counted({}), en).figure.value).toBe(0)
  })

  test('satisfaction from ten answers on, with the mean beside it', () => {
    const few = finish('satisfaction', counted({ answers: 7, satisfied: 7 }), en).figure
    expect(few).toMatchObject({ n: 7, missing: { code: 'not_enough_data', more: 3 } })
    expect(few.missing?.text).toBe('7 answers so far; a figure needs 10.')
    expect(finish('satisfaction', counted({}), de).figure.missing?.code).toBe('not_measured')
    // 2, 3, 10, 40 and 45 answers in the boxes 1 to 5, each at a quarter of the way from box to box.
    const [part, mean] = [3 / 4 + 10 / 2 + (40 * 3) / 4 + 45, 3.23 / 4]
    const deviations =
      2 * mean ** 2 +
      3 * (0.25 - mean) ** 2 +
      10 * (0.5 - mean) ** 2 +
      40 * (0.75 - mean) ** 2 +
      45 * (1 - mean) ** 2
    const pieces = counted({
      answers: 100,
      satisfied: 85,
      satisfaction: part,
      satisfactionDeviations: deviations,
      otherScale: 1,
    })
    const { figure, explain } = finish('satisfaction', pieces, en)
    expect(figure.value).toBe(0.85)
    expect(figure.low).toBeCloseTo(0.767164404091676, 9)
    const parts = explain().parts.map((one) => one.figure)
    expect(parts[2]?.value).toBeCloseTo(4.23, 9)
    const same = [1, 2, 3, 4, 5].flatMap((box, i) =>
      Array.from({ length: [2, 3, 10, 40, 45][i] ?? 0 }, () => box),
    )
    expect(parts[2]?.low).toBeCloseTo(meanOf(same).low ?? Number.NaN, 9)
    expect(explain().leftOut[0]).toContain('1 answer on another scale than 1 to 5')
    expect(plain(explain().text)).toBe('85 satisfied ÷ 100 answers = 85.0 %')
  })

  test('recommendation in points, and what all answers alike leave', () => {
    const pieces = counted({ recommendations: 100, promoters: 70, detractors: 10 })
    const { figure, explain } = finish('nps', pieces, de)
    expect(figure).toMatchObject({ value: 60, n: 100, unit: 'score' })
    expect(figure.high).toBeCloseTo(73.0009302786586, 8)
    expect(plain(explain().text)).toBe('70,0 % Empfehlende − 10,0 % Kritische = 60,0')
    const alike = finish('nps', counted({ recommendations: 12, promoters: 12 }), en)
    expect(alike.figure).toMatchObject({ value: 100, high: 100 })
    expect(alike.figure.low).toBeLessThan(60)
    expect(alike.explain().method).toContain('All answers alike')
  })

  test('complaints over the sales since complaints are on record', () => {
    const pieces = counted({ complaints: 3, watched: 12, unwatched: 40 })
    const { figure, explain } = finish('complaint-rate', pieces, en)
    expect(figure).toMatchObject({ value: 0.25, n: 12, unit: 'rate' })
    expect(figure.low).toBeCloseTo(0.0515560102413001, 9)
    expect(plain(explain().text)).toBe('3 complaints ÷ 12 sales = 25.0 %')
    expect(explain().leftOut[1]).toContain('40 sales from before the first complaint')
    const none = finish('complaint-rate', counted({ watched: 20 }), en).figure
    expect(none).toMatchObject({ value: 0, low: 0 })
    expect(none.high).toBeGreaterThan(0)
    const unmeasured = finish('complaint-rate', counted({ unwatched: 9 }), en).figure
    expect(unmeasured.missing?.code).toBe('not_measured')
    const bare = finish('complaint-rate', counted({ complaints: 4 }), en).figure
    expect(bare.missing?.code).toBe('undefined')
  })

  test('every metric answers without data, in both languages, and never with NaN', () => {
    for (const id of metricIds) {
      for (const setting of [en, de]) {
        const { figure, explain } = finish(id, counted({}), setting)
        expect((figure.value === undefined) === (figure.missing !== undefined), id).toBe(true)
        expect(Number.isNaN(figure.value ?? 0), id).toBe(false)
        expect(explain().text.length, id).toBeGreaterThan(0)
        expect(metrics[id].name[setting.lang].length).toBeGreaterThan(0)
      }
    }
  })
})

describe('what changed', () => {
  const side = fc.record({
    sales: fc.integer({ min: 0, max: 1000 }),
    sold: fc.integer({ min: 0, max: 1e10 }),
    returned: fc.integer({ min: -1e8, max: 0 }),
  })

  test('the parts of a difference add up exactly', () => {
    fc.assert(
      fc.property(side, side, (before, now) => {
        const { total, byCount, byAverage, byReturns } = decompose(before, now)
        expect(byCount + byAverage + byReturns).toBe(total)
        expect(total).toBe(now.sold + now.returned - before.sold - before.returned)
        if (before.sales > 0 && before.sales === now.sales) expect(Math.abs(byCount)).toBe(0)
        expect(changeText(before, now, writer('de')).length).toBeGreaterThan(0)
      }),
      { seed: testSeed },
    )
  })

  const before: Side = { sales: 494, sold: 105_320_200, returned: 0 }
  const now: Side = { sales: 456, sold: 98_778_200, returned: 0 }
  test('is said in numbers', () => {
    expect(plain(changeText(before, now, writer('en')))).toBe(
      '38 sales fewer, average 1.6 % higher',
    )
    expect(plain(changeText(before, now, writer('de')))).toBe(
      '38 Verkäufe weniger, Durchschnitt 1,6 % höher',
    )
    expect(causeOf(decompose(before, now))).toBe('count')
    expect(changeText({ sales: 0, sold: 0, returned: 0 }, now, writer('en'))).toBe(
      '456 sales, 0 before',
    )
    expect(causeOf(decompose(before, { ...before, returned: -500 }))).toBe('returns')
  })
})

describe('finding', () => {
  const money = (value: number) => ({ value, currency: 'USD', unit: 'money' as const })
  const base: Findings = {
    lang: 'en',
    currency: 'USD',
    period: quarter,
    revenue: { now: money(280_249_600), before: money(298_225_500) },
    whole: {
      before: { sales: 1257, sold: 298_225_500, returned: 0 },
      now: { sales: 1196, sold: 280_249_600, returned: 0 },
    },
    changes: [
      {
        dimension: 'office',
        name: 'East',
        before: { sales: 367, sold: 91_976_700, returned: 0 },
        now: { sales: 312, sold: 82_485_300, returned: 0 },
      },
      {
        dimension: 'office',
        name: 'West',
        before: { sales: 396, sold: 100_928_600, returned: 0 },
        now: { sales: 428, sold: 98_986_100, returned: 0 },
      },
    ],
    running: false,
    recordsFrom: '2017-03-01',
    beforeFrom: '2017-07-01',
    repeatShare: { value: 0.97, unit: 'rate' },
    buyers: 85,
    unrated: 0,
    satisfaction: { unit: 'rate', missing: { code: 'not_measured', text: '' } },
  }
  const say = (given: Partial<Findings>) => plain(findingOf({ ...base, ...given }))

  test('names amount, difference and the largest part of it', () => {
    expect(say({})).toBe(
      'Revenue is 2.80 M USD, 6 % below the previous quarter: fewer sales in East.',
    )
    expect(say({ lang: 'de' })).toBe(
      'Der Umsatz beträgt 2,80 Mio. USD, 6 % unter dem Vorquartal: weniger Verkäufe in East.',
    )
    expect(plain(noteOf(base))).toBe(
      'From 1,196 sales to 85 customers. 97 % of sales came from customers who had bought before. Satisfaction is not measured yet.',
    )
  })

  test('names no place where none stands out, and no cause where none carries it', () => {
    expect(say({ changes: [] })).toBe(
      'Revenue is 2.80 M USD, 6 % below the previous quarter: fewer sales.',
    )
    const mixed = { sales: 1300, sold: 280_249_600, returned: 0 }
    expect(say({ changes: [], whole: { ...base.whole, now: mixed } })).toBe(
      'Revenue is 2.80 M USD, 6 % below the previous quarter: smaller sales.',
    )
  })

  test('compares nothing where there is nothing to compare with', () => {
    expect(say({ beforeFrom: '2017-01-01' })).toBe('Revenue is 2.80 M USD.')
    expect(plain(noteOf({ ...base, beforeFrom: '2017-01-01' }))).toContain(
      'Records begin on 1 March 2017, too late for a comparison with the previous quarter.',
    )
    expect(say({ revenue: { now: money(280_249_600), before: money(0) } })).toBe(
      'Revenue is 2.80 M USD.',
    )
    const nothing = { sales: 0, sold: 0, returned: 0 }
    expect(
      say({
        revenue: { now: money(0), before: money(5) },
        whole: { before: nothing, now: nothing },
      }),
    ).toBe('No sales in Q4 2017.')
  })

  test('says so while the period is running, and when nothing changed', () => {
    expect(say({ running: true, lang: 'de' })).toBe(
      'Der Umsatz beträgt bisher 2,80 Mio. USD, 6 % unter den gleichen Tagen des Vorquartals: weniger Verkäufe in East.',
    )
    expect(
      say({ revenue: { now: money(280_249_600), before: money(280_300_000) }, lang: 'de' }),
    ).toBe('Der Umsatz beträgt 2,80 Mio. USD, etwa so viel wie im Vorquartal.')
  })

  test('the title of the trend names the strongest bucket, if there is one', () => {
    const bucket = (day: string, revenue: number) => ({
      period: containing('month', day, calendar),
      revenue,
      current: false,
    })
    const three = [
      bucket('2017-05-01', 100),
      bucket('2017-06-01', 133_846_600),
      bucket('2017-07-01', 300),
    ]
    expect(plain(trendFindingOf(three, 'en', 'USD'))).toBe('Strongest: June 2017 with 1.34 M USD')
    expect(plain(trendFindingOf(three, 'de', 'USD'))).toBe(
      'Am stärksten: Juni 2017 mit 1,34 Mio. USD',
    )
    expect(trendFindingOf(three.slice(1), 'en', 'USD')).toBe('Revenue over time')
  })
})

describe('board', () => {
  const row = (won: number, lost: number) => counted({ won, lost })

  test('groups only whom the data can tell apart', () => {
    const rows = [row(90, 10), row(50, 50), row(51, 49), row(49, 51), row(10, 90), row(0, 0)]
    expect(bandsOf(rows, 'win-rate', 'en')).toEqual({
      groups: ['ahead', 'level', 'level', 'level', 'behind', null],
      grouped: true,
      note: null,
    })
    const alike = bandsOf([row(5, 5), row(6, 4), row(4, 6)], 'win-rate', 'en')
    expect(alike.groups).toEqual(['level', 'level', 'level'])
  })

  test('says why there are no groups', () => {
    const { grouped, note } = bandsOf([row(5, 5), row(6, 4), row(0, 0)], 'win-rate', 'en')
    expect(grouped).toBe(false)
    expect(note).toBe(
      'No groups yet: at least 3 rows with closed deals are needed, so far there are 2.',
    )
  })

  test('draws rates towards the whole, the more so the less is known', () => {
    const rows = [row(3, 0), row(150, 50), row(40, 60), row(90, 110), row(30, 70)]
    const rates = shrunkenRates(rows, 'en')
    expect(rates[0]?.value).toBeLessThan(0.9)
    expect(Math.abs((rates[1]?.value ?? 0) - 0.75)).toBeLessThan(0.03)
    expect(shrunkenRates(rows.slice(0, 2), 'de')[0]?.missing?.code).toBe('not_enough_data')
  })

  test('revenue: a single star is ahead', () => {
    const seller = (base: number, n: number) =>
      counted({ rows: n, base, squares: (base * base) / n })
    const rows = [
      seller(9_000_000, 300),
      seller(3_000_000, 100),
      seller(2_900_000, 100),
      seller(2_800_000, 100),
    ]
    expect(bandsOf(rows, 'revenue', 'en').groups).toEqual(['ahead', 'level', 'level', 'level'])
  })
})

describe('names', () => {
  test('the nearest names', () => {
    const known = ['GTX Pro', 'GTX Basic', 'MG Special', 'GTK 500', 'GTX Plus Pro']
    expect(nearestNames('GTXPro', known)[0]).toBe('GTX Pro')
    expect(nearestNames('special', known)).toContain('MG Special')
    expect(nearestNames('zzzzzzzzzzzz', known)).toEqual([])
  })
})

test('an answer of thousands of figures makes no format of numbers per figure', () => {
  const figures = () => {
    for (let won = 0; won < 50; won++)
      finish('win-rate', counted({ won, lost: 7 }), { currency: 'EUR', lang: 'en' })
  }
  figures()
  const made = vi.spyOn(Intl, 'NumberFormat')
  try {
    figures()
    expect(made).not.toHaveBeenCalled()
  } finally {
    made.mockRestore()
  }
})

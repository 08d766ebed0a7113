// Periods read, hold their days, follow one another and compare with the year before.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import {
  addDays,
  bucketOf,
  type CalendarSettings,
  containing,
  customPeriod,
  dayOf,
  daysBetween,
  isDay,
  next,
  type Period,
  parsePeriod,
  parts,
  previous,
  shifted,
  timeDimensions,
  wholeMonths,
  yearAgo,
} from './period.ts'
import { Refusal } from './refusal.ts'

const plain: CalendarSettings = { fiscalFirstMonth: 1, weekStart: 1 }
const april: CalendarSettings = { fiscalFirstMonth: 4, weekStart: 7 }

const days = fc
  .integer({ min: 0, max: 200_000 })
  .map((count) => Temporal.PlainDate.from('1700-01-01').add({ days: count }).toString())
const settings = fc.record({
  fiscalFirstMonth: fc.integer({ min: 1, max: 12 }),
  weekStart: fc.constantFrom(1 as const, 7 as const),
})
const kinds = fc.constantFrom(...timeDimensions)
const customs = fc
  .tuple(days, fc.integer({ min: 1, max: 3000 }))
  .map(([from, length]) => customPeriod(from, addDays(from, length)))

function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal && error.message && error.detail.next) return error.code
    throw error
  }
  return 'no refusal'
}

describe('reading', () => {
  test.each([
    ['2017', 'year', '2017-01-01', '2018-01-01'],
    ['2017-Q1', 'quarter', '2017-01-01', '2017-04-01'],
    ['2017-Q4', 'quarter', '2017-10-01', '2018-01-01'],
    ['2017-03', 'month', '2017-03-01', '2017-04-01'],
    ['2017-W09', 'week', '2017-02-27', '2017-03-06'],
    ['2020-W53', 'week', '2020-12-28', '2021-01-04'],
    ['2016-02-29', 'day', '2016-02-29', '2016-03-01'],
    ['FY2017', 'fiscal-year', '2017-01-01', '2018-01-01'],
    ['FY2017-Q2', 'fiscal-quarter', '2017-04-01', '2017-07-01'],
    ['2017-03-01..2017-05-15', 'custom', '2017-03-01', '2017-05-15'],
  ])('%s is a %s', (id, kind, from, until) => {
    expect(parsePeriod(id, plain)).toEqual({ id, kind, from, until })
  })

  test.each([
    ['FY2017', '2016-04-01', '2017-04-01'],
    ['FY2017-Q1', '2016-04-01', '2016-07-01'],
    ['FY2017-Q4', '2017-01-01', '2017-04-01'],
    ['2017-W09', '2017-02-26', '2017-03-05'],
    ['2017-Q1', '2017-01-01', '2017-04-01'],
  ])('%s with fiscal years from April and weeks from Sunday', (id, from, until) => {
    expect(parsePeriod(id, april)).toMatchObject({ id, from, until })
  })

  test.each([
    ['', 'period.unreadable'],
    ['17', 'period.unreadable'],
    ['2017-3', 'period.unreadable'],
    ['2017-q1', 'period.unreadable'],
    ['FY2017-03', 'period.unreadable'],
    ['FY2017-W01', 'period.unreadable'],
    ['last month', 'period.unreadable'],
    [' 2017', 'period.unreadable'],
    ['2017\n', 'period.unreadable'],
    ['2017-Q1..2017-Q2', 'period.unreadable'],
    ['2017-13', 'period.impossible'],
    ['2017-00', 'period.impossible'],
    ['2017-Q5', 'period.impossible'],
    ['2017-Q0', 'period.impossible'],
    ['FY2017-Q5', 'period.impossible'],
    ['2017-W54', 'period.impossible'],
    ['2017-W53', 'period.impossible'],
    ['2017-W00', 'period.impossible'],
    ['2017-02-29', 'period.impossible'],
    ['2017-04-31', 'period.impossible'],
    ['0000-01-01', 'period.impossible'],
    ['2017-03-01..2017-02-30', 'period.impossible'],
    ['2017-03-02..2017-03-01', 'period.backwards'],
    ['2017-03-01..2017-03-01', 'period.backwards'],
    ['0000', 'period.out_of_range'],
    ['9999', 'period.out_of_range'],
    ['FY0001', 'no refusal'],
  ])('“%s”: %s', (text, code) => {
    expect(refusalOf(() => parsePeriod(text, plain))).toBe(code)
  })

  test('no text brings anything but a period or a refusal', () => {
    const pieces = fc.constantFrom(
      'FY',
      '2017',
      '0000',
      '9999',
      '-',
      'Q',
      'W',
      '1',
      '53',
      '02-30',
      '..',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 6 }).map((list) => list.join('')),
    )
    const property = fc.property(texts, settings, (text, setting) => {
      let period: Period | undefined
      try {
        period = parsePeriod(text, setting)
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
      if (period) expect(period.id).toBe(text)
    })
    fc.assert(property, { seed: testSeed, numRuns: 1000 })
  })
})

describe('buckets', () => {
  test('the bucket of a day reads back as a period that holds the day', () => {
    const property = fc.property(kinds, days, settings, (kind, day, setting) => {
      const period = parsePeriod(bucketOf(kind, day, setting), setting)
      expect(period).toEqual(containing(kind, day, setting))
      expect(period.kind).toBe(kind)
      expect(period.from <= day && day < period.until).toBe(true)
    })
    fc.assert(property, { seed: testSeed, numRuns: 2000 })
  })

  test('buckets stand in the order of their days', () => {
    const property = fc.property(kinds, days, days, settings, (kind, a, b, setting) => {
      const [first, second] = [bucketOf(kind, a, setting), bucketOf(kind, b, setting)]
      if (a <= b) expect(first <= second).toBe(true)
    })
    fc.assert(property, { seed: testSeed })
  })

  test('a day that does not exist is refused', () => {
    expect(refusalOf(() => bucketOf('month', '2017-02-30', plain))).toBe('period.impossible')
    expect(() => bucketOf('month', '2017-02-01', { ...plain, fiscalFirstMonth: 13 })).toThrow('13')
  })
})

describe('neighbours', () => {
  test('previous and next touch the period and lead back', () => {
    const property = fc.property(kinds, days, settings, (kind, day, setting) => {
      const period = containing(kind, day, setting)
      const [before, after] = [previous(period), next(period)]
      expect(before.until).toBe(period.from)
      expect(after.from).toBe(period.until)
      expect(next(before)).toEqual(period)
      expect(previous(after)).toEqual(period)
      for (const each of [before, after]) expect(parsePeriod(each.id, setting)).toEqual(each)
    })
    fc.assert(property, { seed: testSeed, numRuns: 1000 })
  })

  test('a shift is as many steps', () => {
    const steps = fc.integer({ min: 0, max: 30 })
    const property = fc.property(kinds, days, settings, steps, (kind, day, setting, count) => {
      const period = containing(kind, day, setting)
      let forward = period
      let back = period
      for (let i = 0; i < count; i++) {
        forward = next(forward)
        back = previous(back)
      }
      expect(shifted(period, count)).toEqual(forward)
      expect(shifted(period, -count)).toEqual(back)
    })
    fc.assert(property, { seed: testSeed })
  })

  test('custom periods meet their neighbours without gap', () => {
    const property = fc.property(customs, (period) => {
      expect(previous(period).until).toBe(period.from)
      expect(next(period).from).toBe(period.until)
    })
    fc.assert(property, { seed: testSeed })
  })

  test.each([
    ['2017-01-01..2017-03-01', '2016-11-01..2017-01-01'],
    ['2017-03-10..2017-03-20', '2017-02-28..2017-03-10'],
    ['2016-02-01..2016-03-01', '2016-01-01..2016-02-01'],
  ])('before %s comes %s', (id, before) => {
    expect(previous(parsePeriod(id, plain)).id).toBe(before)
  })

  test('the calendar ends', () => {
    expect(refusalOf(() => previous(parsePeriod('0001', plain)))).toBe('period.out_of_range')
    expect(refusalOf(() => next(parsePeriod('9998', plain)))).toBe('period.out_of_range')
  })
})

describe('a year ago', () => {
  test.each([
    ['2017', '2016'],
    ['2017-Q1', '2016-Q1'],
    ['2017-03', '2016-03'],
    ['2016-02-29', '2015-02-28'],
    ['2017-W09', '2016-W09'],
    ['2021-W53', 'impossible'],
    ['2020-W53', '2019-W52'],
    ['2021-W01', '2020-W01'],
    ['2021-W52', '2020-W52'],
    ['FY2017', 'FY2016'],
    ['FY2017-Q3', 'FY2016-Q3'],
    ['2017-02-01..2017-03-01', '2016-02-01..2016-03-01'],
    ['2016-02-28..2016-02-29', '2015-02-28..2015-03-01'],
    ['2016-02-29..2016-03-01', '2015-02-28..2015-03-01'],
  ])('%s → %s', (id, ago) => {
    if (ago === 'impossible')
      expect(refusalOf(() => parsePeriod(id, plain))).toBe('period.impossible')
    else expect(yearAgo(parsePeriod(id, plain)).id).toBe(ago)
  })

  test('is a period of the same kind about a year earlier', () => {
    const property = fc.property(kinds, days, settings, (kind, day, setting) => {
      const period = containing(kind, day, setting)
      const ago = yearAgo(period)
      expect(parsePeriod(ago.id, setting)).toEqual(ago)
      expect(ago.kind).toBe(kind)
      const gap = daysBetween(ago.from, period.from)
      expect(gap).toBeGreaterThanOrEqual(364)
      expect(gap).toBeLessThanOrEqual(371)
    })
    fc.assert(property, { seed: testSeed, numRuns: 1000 })
  })

  test('of a custom period holds at least a day', () => {
    const property = fc.property(customs, (period) => {
      const ago = yearAgo(period)
      expect(ago.from < ago.until).toBe(true)
    })
    fc.assert(property, { seed: testSeed })
  })
})

describe('parts', () => {
  test('months of a quarter, quarters of a fiscal year', () => {
    const months = parts(parsePeriod('2017-Q1', plain), 'month', plain)
    expect(months.map((month) => month.id)).toEqual(['2017-01', '2017-02', '2017-03'])
    const quarters = parts(parsePeriod('FY2017', april), 'fiscal-quarter', april)
    expect(quarters.map((quarter) => quarter.id)).toEqual([
      'FY2017-Q1',
      'FY2017-Q2',
      'FY2017-Q3',
      'FY2017-Q4',
    ])
    expect(parts(parsePeriod('2017-03-01', plain), 'year', plain)).toEqual([
      parsePeriod('2017', plain),
    ])
  })

  test('cover the period without gap or overlap', () => {
    const property = fc.property(customs, kinds, settings, (period, kind, setting) => {
      const list = parts(period, kind, setting)
      const [first, last] = [list[0], list.at(-1)]
      expect(first && first.from <= period.from && period.from < first.until).toBe(true)
      expect(last && last.from < period.until && period.until <= last.until).toBe(true)
      expect(list.slice(1).map((part) => part.from)).toEqual(
        list.slice(0, -1).map((part) => part.until),
      )
    })
    fc.assert(property, { seed: testSeed })
  })

  test('whole months are counted', () => {
    expect(wholeMonths(parsePeriod('2017', plain))).toBe(12)
    expect(wholeMonths(parsePeriod('FY2017-Q1', april))).toBe(3)
    expect(wholeMonths(parsePeriod('2016-11-01..2017-02-01', plain))).toBe(3)
    expect(wholeMonths(parsePeriod('2017-W09', plain))).toBeUndefined()
    expect(wholeMonths(parsePeriod('2017-01-02..2017-02-01', plain))).toBeUndefined()
  })
})

describe('days', () => {
  test('an instant falls on the day of the zone', () => {
    expect(dayOf('2017-02-28T23:30:00Z', 'Europe/Berlin')).toBe('2017-03-01')
    expect(dayOf('2017-02-28T23:30:00Z', 'America/New_York')).toBe('2017-02-28')
    expect(dayOf('2017-03-26T00:59:59.999Z', 'Europe/Berlin')).toBe('2017-03-26')
    expect(dayOf('2017-12-31T10:00:00Z', 'Pacific/Kiritimati')).toBe('2018-01-01')
    expect(refusalOf(() => dayOf('2017-02-28', 'Europe/Berlin'))).toBe('instant.unreadable')
    expect(refusalOf(() => dayOf('2017-02-28T23:30:00Z', 'Berlin'))).toBe('zone.unknown')
  })

  test('exist or not', () => {
    expect(isDay('2016-02-29')).toBe(true)
    for (const text of [
      '2017-02-29',
      '2017-2-1',
      '2017-00-01',
      '2017-01-00',
      '20170101',
      '0000-01-01',
    ])
      expect(isDay(text)).toBe(false)
  })

  test('adding and counting agree', () => {
    const counts = fc.integer({ min: -100_000, max: 100_000 })
    const property = fc.property(days, counts, (day, count) => {
      expect(daysBetween(day, addDays(day, count))).toBe(count)
    })
    fc.assert(property, { seed: testSeed })
    expect(addDays('9999-12-30', 1)).toBe('9999-12-31')
    expect(refusalOf(() => addDays('9999-12-31', 1))).toBe('period.out_of_range')
    expect(refusalOf(() => addDays('0001-01-01', -1))).toBe('period.out_of_range')
    expect(refusalOf(() => addDays('2017-01-01', 1e12))).toBe('period.out_of_range')
    expect(() => addDays('2017-01-01', 0.5)).toThrow('whole days')
  })

  test('as Temporal counts, in every year there is', () => {
    const { PlainDate } = Temporal
    const first = PlainDate.from('0001-01-01')
    const all = daysBetween('0001-01-01', '9999-12-31')
    expect(all).toBe(first.until('9999-12-31', { largestUnit: 'days' }).days)
    const property = fc.property(fc.integer({ min: 0, max: all }), (count) => {
      const day = first.add({ days: count }).toString()
      expect(addDays('0001-01-01', count)).toBe(day)
      expect(isDay(day)).toBe(true)
      expect(daysBetween('0001-01-01', day)).toBe(count)
    })
    fc.assert(property, { seed: testSeed, numRuns: 2000 })
    for (let year = 1; year <= 9999; year += 1) {
      const last = PlainDate.from({ year, month: 3, day: 1 }).subtract({ days: 1 }).toString()
      expect(isDay(last.replace(/-\d\d$/, '-29'))).toBe(last.endsWith('29'))
    }
  })
})

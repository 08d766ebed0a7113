// Tests of dates: strict patterns, and decisions over whole columns.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import type { DatePattern } from './dates.ts'
import {
  dateChoices,
  datePattern,
  judgeDates,
  readDate,
  readDateByAll,
  tallyDate,
} from './dates.ts'

function pattern(text: string): DatePattern {
  const compiled = datePattern(text)
  if (!compiled) throw new Error(`no pattern: ${text}`)
  return compiled
}

function judge(cells: readonly string[]) {
  const tally = { forms: [] }
  for (const [i, cell] of cells.entries()) tallyDate(tally, cell, i + 2)
  return judgeDates(tally)
}

const patterns = [
  'YYYY-MM-DD',
  'M/D/YYYY',
  'D.M.YYYY',
  'D-M-YYYY',
  'MM-DD-YYYY',
  'YYYYMMDD',
  'D MMM YYYY',
]

function write(day: Temporal.PlainDate, text: string): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const word = day.toLocaleString('en', { month: 'short' })
  return text.replace(/YYYY|MMM|MM|M|DD|D/g, (part) =>
    part === 'YYYY'
      ? String(day.year)
      : part === 'MMM'
        ? word
        : part === 'MM'
          ? two(day.month)
          : part === 'M'
            ? String(day.month)
            : part === 'DD'
              ? two(day.day)
              : String(day.day),
  )
}

describe('a date in a cell', () => {
  test('comes back from every pattern it is written by', () => {
    const days = fc
      .integer({ min: 0, max: 109_000 })
      .map((n) => Temporal.PlainDate.from('1900-01-01').add({ days: n }))
    fc.assert(
      fc.property(days, fc.constantFrom(...patterns), (day, text) => {
        expect(readDate(write(day, text), pattern(text))).toBe(day.toString())
      }),
      { seed: testSeed, numRuns: 500 },
    )
  })

  test('is read strictly', () => {
    for (const [cell, text] of [
      ['2024-02-30', 'YYYY-MM-DD'],
      ['2023-02-29', 'YYYY-MM-DD'],
      ['2024-2-03', 'YYYY-MM-DD'],
      ['2024-02-03x', 'YYYY-MM-DD'],
      ['13/1/2024', 'M/D/YYYY'],
      ['1/1/24', 'M/D/YYYY'],
      ['0216-01-01', 'YYYY-MM-DD'],
      ['2024-02-03 25:00', 'YYYY-MM-DD'],
      ['', 'YYYY-MM-DD'],
      ['٢٠٢٤-٠١-٠١', 'YYYY-MM-DD'],
    ] as const) {
      expect(readDate(cell, pattern(text)), cell).toBeUndefined()
    }
  })

  test('may be followed by a time of day', () => {
    for (const time of [
      ' 10:30',
      'T10:30:59',
      ' 10:30:59.123',
      ' 1:05 PM',
      'T00:00:00.000Z',
      'T10:00:00+02:00',
    ]) {
      expect(readDate(`2024-05-31${time}`, pattern('YYYY-MM-DD'))).toBe('2024-05-31')
    }
  })

  test('with an offset falls on the day of the zone, midnight excepted', () => {
    const iso = pattern('YYYY-MM-DD')
    expect(readDate('2024-05-31T23:30:00Z', iso, 'Europe/Vienna')).toBe('2024-06-01')
    expect(readDate('2024-05-31T00:00:00.000Z', iso, 'America/New_York')).toBe('2024-05-31')
  })

  test('has two-digit years from 1970 to 2069', () => {
    expect(readDate('1-11-69', pattern('D-M-YY'))).toBe('2069-11-01')
    expect(readDate('1-11-70', pattern('D-M-YY'))).toBe('1970-11-01')
  })

  test('is rejected when its patterns disagree, not when they agree', () => {
    const both = [pattern('D-M-YY'), pattern('M-D-YY')]
    expect(readDateByAll('1-11-16', both)).toEqual({
      fault: 'date_two_ways',
      days: ['2016-11-01', '2016-01-11'],
    })
    expect(readDateByAll('3-3-16', both)).toEqual({ day: '2016-03-03' })
    expect(readDateByAll('13-3-16', both)).toEqual({ day: '2016-03-13' })
    expect(readDateByAll('nothing', both)).toEqual({ fault: 'not_a_date' })
  })
})

describe('a pattern', () => {
  test('names year, month and day once each', () => {
    for (const text of [
      '',
      'YYYY',
      'YYYY-MM',
      'DD-DD-YYYY',
      'YYYY-MM-DD-DD',
      'hello',
      'YYYY_MM_DD',
    ]) {
      expect(datePattern(text), text).toBeUndefined()
    }
  })
})

describe('a column of dates', () => {
  test('with one form and one order is settled', () => {
    expect(judge(['2024-01-02', '2024-01-02T10:00'])).toMatchObject({
      kind: 'settled',
      patterns: ['YYYY-M-D'],
    })
    expect(judge(['1.2.2024', '31.12.2024'])).toMatchObject({
      kind: 'settled',
      patterns: ['D.M.YYYY'],
    })
    expect(judge(['1/2/2024', '12/31/2024'])).toMatchObject({
      kind: 'settled',
      patterns: ['M/D/YYYY'],
    })
    expect(judge(['1/2/2024', '31/12/2024'])).toMatchObject({
      kind: 'settled',
      patterns: ['D/M/YYYY'],
    })
    expect(judge(['31-12-24'])).toMatchObject({
      kind: 'settled',
      patterns: ['D-M-YY'],
      twoDigitYear: true,
    })
    expect(judge(['1/1/2024', '2/2/2024'])).toMatchObject({ kind: 'settled' })
  })

  test('with an open order is asked', () => {
    expect(judge(['1/2/2024', '3/4/2024'])).toMatchObject({
      kind: 'ask',
      forms: [{ form: '#/#/####', rows: 2, patterns: ['M/D/YYYY', 'D/M/YYYY'] }],
    })
  })

  test('with both orders in one form is asked', () => {
    expect(judge(['1/2/2024', '31/12/2024', '12/31/2024'])).toMatchObject({ kind: 'ask' })
  })

  test('with several forms is asked, with the rows of each', () => {
    const verdict = judge(['10/20/2016', '10/25/2016', '1-11-16'])
    expect(verdict).toMatchObject({
      kind: 'ask',
      forms: [
        { form: '#/#/####', rows: 2, patterns: ['M/D/YYYY'], settled: true },
        { form: '#-#-##', rows: 1, patterns: ['D-M-YY', 'M-D-YY'], settled: false },
      ],
    })
    if (verdict.kind !== 'ask') throw new Error('must ask')
    expect(dateChoices(verdict.forms)).toEqual([
      ['M/D/YYYY', 'D-M-YY'],
      ['M/D/YYYY', 'M-D-YY'],
    ])
  })

  test('is never settled on an order by which a cell would be another day than it was meant', () => {
    const day = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => Temporal.PlainDate.from('2015-01-01').add({ days: n }))
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('M/D/YYYY', 'D/M/YYYY', 'D-M-YYYY', 'M-D-YYYY'),
        (list, text) => {
          const cells = list.map((one) => write(one, text))
          const verdict = judge(cells)
          if (verdict.kind !== 'settled') return
          const chosen = pattern(verdict.patterns[0] ?? '')
          expect(cells.map((cell) => readDate(cell, chosen))).toEqual(list.map(String))
        },
      ),
      { seed: testSeed, numRuns: 300 },
    )
  })
})

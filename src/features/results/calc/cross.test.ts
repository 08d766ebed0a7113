// What a crossed question says: differences only where chance does not explain them, and columns that matter.
import { describe, expect, test } from 'vitest'
import type { Figure } from '../../../basics/figure.ts'
import { parsePeriod } from '../../../basics/period.ts'
import { byValue, countsEverything, differ, shownColumns } from './cross.ts'
import { type CrossFound, crossFinding, crossNote } from './cross-finding.ts'
import { metrics } from './metrics.ts'

const settings = { fiscalFirstMonth: 1, weekStart: 1 } as const
const period = parsePeriod('2024-Q2', settings)
const rate = (value: number, low: number, high: number): Figure => ({
  unit: 'rate',
  value,
  low,
  high,
  n: 50,
})
const money = (value: number): Figure => ({ unit: 'money', value, currency: 'EUR' })
const found = (more: Partial<CrossFound>): CrossFound => ({
  lang: 'en',
  metric: metrics['win-rate'],
  by: ['team'],
  overTime: false,
  period,
  total: rate(0.5, 0.45, 0.55),
  rows: [],
  running: false,
  todays: [],
  label: (cell) => String(cell),
  ...more,
})

test('which metrics count everything there is', () => {
  const whole = Object.values(metrics).filter(countsEverything)
  expect(whole.map(({ id }) => id).sort()).toEqual([
    'activities',
    'customers',
    'deals-lost',
    'deals-opened',
    'deals-won',
    'margin',
    'new-customers',
    'pipeline',
    'revenue',
    'units',
  ])
})

test('intervals that touch are no difference; a missing value never is one', () => {
  expect(differ(rate(0.6, 0.5, 0.7), rate(0.4, 0.3, 0.5), false)).toBe(false)
  expect(differ(rate(0.6, 0.51, 0.7), rate(0.4, 0.3, 0.5), false)).toBe(true)
  expect(differ(rate(0.4, 0.3, 0.5), rate(0.6, 0.51, 0.7), false)).toBe(true)
  expect(differ(money(1), money(2), true)).toBe(true)
  expect(differ(money(2), money(2), true)).toBe(false)
  expect(differ({ value: 1 }, { value: 2 }, false)).toBe(false)
  expect(differ({}, money(2), true)).toBe(false)
})

test('largest first, without a value last in both directions', () => {
  const rows = [1, undefined, 3].map((value, at) => ({
    cell: String(at),
    figure: value === undefined ? {} : { value },
  }))
  expect(rows.toSorted(byValue(true)).map(({ cell }) => cell)).toEqual(['2', '0', '1'])
  expect(rows.toSorted(byValue(false)).map(({ cell }) => cell)).toEqual(['0', '2', '1'])
})

test('of times the last columns in their order, of others the largest', () => {
  const columns = [5, 9, 7].map((value, at) => ({ cell: `2024-0${at + 1}`, figure: { value } }))
  expect(shownColumns(columns, 2, true).map(({ cell }) => cell)).toEqual(['2024-02', '2024-03'])
  expect(shownColumns(columns, 2, false).map(({ cell }) => cell)).toEqual(['2024-02', '2024-03'])
  expect(shownColumns(columns, 1, false).map(({ cell }) => cell)).toEqual(['2024-02'])
})

describe('finding', () => {
  test('names the ends only where their intervals do not touch', () => {
    const apart = [
      { cell: 'North', figure: rate(0.7, 0.6, 0.8) },
      { cell: 'South', figure: rate(0.4, 0.3, 0.5) },
    ]
    expect(crossFinding(found({ rows: apart }))).toBe(
      'Win rate by team: highest North with 70.0\u202f%, lowest South with 40.0\u202f%.',
    )
    const close = [apart[0], { cell: 'South', figure: rate(0.55, 0.45, 0.65) }].filter(
      (row) => row !== undefined,
    )
    expect(crossFinding(found({ rows: close }))).toBe(
      'Win rate by team: between 55.0\u202f% and 70.0\u202f%, which cannot be told from chance.',
    )
    expect(crossFinding(found({ rows: close, lang: 'de' }))).toContain(
      'nicht vom Zufall zu unterscheiden',
    )
  })

  test('of money: the share of the whole', () => {
    const rows = [
      { cell: 'North', figure: money(30_000_00) },
      { cell: 'South', figure: money(10_000_00) },
    ]
    const given = { metric: metrics.revenue, total: money(40_000_00), rows }
    expect(crossFinding(found(given))).toContain('(75\u202f% of the whole)')
    // Returns can make a part larger than the whole: then there is no share.
    expect(crossFinding(found({ ...given, total: money(20_000_00) }))).not.toContain('whole')
  })

  test('compared: more or less only where it can be told', () => {
    const before = parsePeriod('2024-Q1', settings)
    const compared = (total: Figure, rows: CrossFound['rows'] = []) => ({
      kind: 'previous' as const,
      period: before,
      name: null,
      total,
      rows: rows.map((row) => ({ ...row, before: money(0) })),
    })
    expect(crossFinding(found({ compared: compared(rate(0.48, 0.43, 0.53)) }))).toBe(
      'Win rate by team: 50.0\u202f%, before (Q1 2024) 48.0\u202f%; the difference cannot be told from chance.',
    )
    expect(crossFinding(found({ compared: compared(rate(0.3, 0.25, 0.35)) }))).toBe(
      'Win rate by team: 50.0\u202f%, 20.0 points more than before (Q1 2024).',
    )
    const revenue = { metric: metrics.revenue, total: money(15_000_00) }
    const rows = [
      { cell: 'North', figure: money(9_000_00) },
      { cell: 'South', figure: money(6_000_00) },
    ]
    expect(
      crossFinding(found({ ...revenue, rows, compared: compared(money(10_000_00), rows) })),
    ).toBe(
      'Revenue by team: 15.0\u202fk\u00a0EUR, 50\u202f% more than before (Q1 2024), most of all North (+9,000\u00a0EUR).',
    )
    expect(crossFinding(found({ ...revenue, compared: compared({}) }))).toContain(
      'nothing to compare',
    )
  })

  test('without a value the reason is said', () => {
    const missing = { code: 'not_enough_data' as const, text: 'No deal was closed.' }
    expect(crossFinding(found({ total: { missing }, by: [] }))).toBe(
      'Win rate: No deal was closed.',
    )
  })
})

test('the note says that the period runs, that the whole is no sum, and what is today’s', () => {
  const compared = { kind: 'previous' as const, period, name: null, total: {}, rows: [] }
  expect(crossNote(found({ running: true, compared, todays: ['industry'] }))).toBe(
    'The period is not over; it is compared with as many days. The whole is computed on its own, not added up from its parts. As they are today: industry.',
  )
  expect(crossNote(found({ metric: metrics.revenue }))).toBe('')
})

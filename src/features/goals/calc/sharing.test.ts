// Totals of teams never give one person away: known cases, and every day of random firms counted out.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import type { Days } from '../../../basics/days.ts'
import { addDays } from '../../../basics/period.ts'
import {
  clearSince,
  type Facts,
  type Firm,
  type Membership,
  meets,
  type Seller,
  tellingSpans,
} from './sharing.ts'

const year = { from: '2026-01-01', until: '2027-01-01' }
const always = { from: '0001-01-01', until: '9999-12-31' }

const member = (seller: string, team: string, more: Partial<Membership> = {}): Membership => ({
  seller,
  team,
  reached: false,
  ...always,
  ...more,
})

const sells = (id: string, more: Partial<Seller> = {}): Seller => ({
  id,
  active: true,
  placed: true,
  first: { sales: '2020-01-01', deals: null, activities: '2020-01-01' },
  ...more,
})

/** North has teams a and b below it; who asks is `me` in team a. */
function firm(memberships: readonly Membership[], more: Partial<Firm> = {}): Firm {
  const ids = [...new Set(['me', ...memberships.map(({ seller }) => seller)])]
  return {
    memberships: [member('me', 'a'), ...memberships],
    parents: new Map([
      ['north', null],
      ['a', 'north'],
      ['b', 'north'],
    ]),
    sellers: ids.map((id) => sells(id)),
    own: 'me',
    around: ['a', 'north'],
    ...more,
  }
}
const tells = (one: Firm, team: string | null, span: Days = year, facts: Facts = 'sales') =>
  meets(tellingSpans(one, { team, facts }, span), span)

describe('a total', () => {
  test('of two tells each what the other brought; of three it does not', () => {
    expect(tells(firm([member('x', 'a')]), 'a')).toBe(true)
    expect(tells(firm([member('x', 'a'), member('y', 'a')]), 'a')).toBe(false)
    expect(tells(firm([]), 'a')).toBe(false)
  })

  test('tells where on some of its days only one other was there', () => {
    const late = member('y', 'a', { from: '2026-03-01' })
    expect(tells(firm([member('x', 'a'), late]), 'a')).toBe(true)
    // Before the goal began it does not matter.
    expect(tells(firm([member('x', 'a'), { ...late, from: '2025-12-01' }]), 'a')).toBe(false)
    expect(tells(firm([member('x', 'a'), member('y', 'a', { until: '2026-11-01' })]), 'a')).toBe(
      true,
    )
  })

  test('tells by what is left over the total of the own team', () => {
    const ours = [member('x', 'a'), member('y', 'a')]
    expect(tells(firm([...ours, member('z', 'b')]), 'north')).toBe(true)
    expect(tells(firm([...ours, member('z', 'b'), member('w', 'b')]), 'north')).toBe(false)
    expect(tells(firm(ours), 'north')).toBe(false)
  })

  test('is told by those who sell, not by those who have left', () => {
    const sellers = [sells('me'), sells('x'), sells('y', { active: false })]
    expect(tells(firm([member('x', 'a'), member('y', 'a')], { sellers }), 'a')).toBe(true)
    expect(tells(firm([member('y', 'a')], { sellers }), 'a')).toBe(true)
  })

  test('tells by what is left over the totals of several teams together', () => {
    const both = { around: ['a', 'b', 'north'] }
    const ours = ['a', 'b'].flatMap((team) => [member(`${team}x`, team), member(`${team}y`, team)])
    const one = member('z', 'north')
    expect(tells(firm([...ours, one], both), 'north')).toBe(true)
    expect(tells(firm([...ours, one, member('w', 'north')], both), 'north')).toBe(false)
  })

  test('tells by what was seen of a team before one left it', () => {
    const moved = member('me', 'b', { until: '2026-03-01' })
    const theirs = [member('x', 'a'), member('y', 'a'), member('z', 'b'), member('w', 'b')]
    const all = [member('me', 'a', { from: '2026-03-01' }), moved, ...theirs, member('v', 'north')]
    const sellers = ['me', 'x', 'y', 'z', 'w', 'v'].map((id) => sells(id))
    const one = firm([], { memberships: all, sellers })
    expect(tells(one, 'north')).toBe(true)
    const since = { from: '2026-03-01', until: '2027-01-01' }
    expect(tells(one, 'north', since)).toBe(false)
  })

  test('of everybody counts sellers without a team, and whom one reaches is no secret', () => {
    const all = [member('x', 'a'), member('y', 'a')]
    const sellers = ['me', 'x', 'y'].map((id) => sells(id))
    const alone = sells('alone', { placed: false })
    expect(tells(firm(all, { sellers: [...sellers, alone] }), null)).toBe(true)
    const more = [...sellers, alone, sells('another', { placed: false })]
    expect(tells(firm(all, { sellers: more }), null)).toBe(false)
    expect(tells(firm([member('x', 'a', { reached: true })]), 'a')).toBe(false)
  })

  test('is hidden by nobody before they bring some of what counts', () => {
    const first = (sales: string | null, activities: string | null) => ({
      sellers: [
        ...['me', 'x'].map((id) => sells(id)),
        sells('y', { first: { sales, deals: null, activities } }),
      ],
    })
    const all = [member('x', 'a'), member('y', 'a')]
    expect(tells(firm(all, first(null, null)), 'a')).toBe(true)
    expect(tells(firm(all, first('2026-01-02', null)), 'a')).toBe(true)
    expect(tells(firm(all, first('2026-01-01', null)), 'a')).toBe(false)
    // Who is at work and has sold nothing yet: the total would be the sales of the other.
    expect(tells(firm(all, first(null, '2025-01-01')), 'a')).toBe(true)
    // Nothing is told of those who have not begun at all.
    expect(tells(firm([member('y', 'a')], first(null, null)), 'a')).toBe(false)
    expect(tells(firm([member('y', 'a')], first(null, '2025-01-01')), 'a')).toBe(true)
    expect(tells(firm(all, first(null, '2025-01-01')), 'a', year, 'activities')).toBe(false)
  })

  test('of everybody is hidden by those alone who were there on the day', () => {
    const late = member('y', 'b', { from: '2026-06-01' })
    const one = firm([member('x', 'b'), late], { around: ['a'] })
    expect(tells(one, null)).toBe(true)
    const since = { from: '2026-06-01', until: '2027-01-01' }
    expect(tells(one, null, since)).toBe(false)
    expect(tells(firm([member('x', 'b'), { ...late, ...always }]), null)).toBe(false)
  })
})

const people = ['me', 'p', 'q', 'r', 's']
const began = fc.option(fc.integer({ min: -5, max: 30 }).map((days) => addDays(year.from, days)))
const firms = fc
  .record({
    around: fc.constantFrom(['a', 'north'], ['a', 'b', 'north'], ['north'], []),
    sellers: fc.tuple(
      ...people.map((id) =>
        fc.record({
          id: fc.constant(id),
          active: fc.boolean(),
          first: fc.record({ sales: began, deals: began, activities: began }),
        }),
      ),
    ),
    rows: fc.array(
      fc.record({
        seller: fc.constantFrom(...people),
        team: fc.constantFrom('a', 'b', 'north'),
        start: fc.integer({ min: -10, max: 40 }),
        length: fc.integer({ min: 1, max: 60 }),
        reached: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ rows, sellers, around }) => {
    const memberships = rows.map(({ start, length, ...one }) => {
      const from = addDays(year.from, start)
      return { ...one, from, until: addDays(from, length) }
    })
    const placed = new Set(memberships.map(({ seller }) => seller))
    return {
      ...firm([]),
      memberships,
      around,
      sellers: sellers.map((one) => ({ ...one, placed: placed.has(one.id) })),
    }
  })

const below: Record<string, string[]> = { a: ['a'], b: ['b'], north: ['a', 'b', 'north'] }

/** Whether on a day somebody is left alone, over any of the totals that may be known together. */
function toldOn(
  { memberships, sellers, around }: Firm,
  { team, facts, day }: { team: string | null; facts: Facts; day: string },
) {
  const by = (first: string | null) => first !== null && first <= day
  const there = memberships.filter((m) => m.from <= day && day < m.until)
  const inside = (id: string, teams: readonly string[]) =>
    there.some((m) => m.seller === id && teams.includes(m.team))
  const hidden = sellers.filter(
    ({ id, first }) =>
      id !== 'me' &&
      (facts === 'other' || Object.values(first).some(by)) &&
      !there.some((m) => m.seller === id && m.reached) &&
      (team === null || inside(id, below[team] ?? [])),
  )
  // What one saw of a team up to the day of leaving it is not forgotten.
  const remembered = memberships
    .filter((m) => m.seller === 'me' && m.until > day)
    .flatMap((m) => [m.team, 'north'])
  const known = [...new Set([...around, ...remembered])].filter(
    (one) => one !== team && (team === null || below[team]?.includes(one)),
  )
  return Array.from({ length: 2 ** known.length }, (_, mask) =>
    known.filter((_, i) => mask & (1 << i)).flatMap((one) => below[one] ?? []),
  ).some((told) => {
    const left = hidden.filter(({ id }) => !inside(id, told))
    const selling = left.filter(
      ({ id, active, placed, first }) =>
        active &&
        (facts === 'other' ? Object.values(first).some(by) : by(first[facts])) &&
        (!placed || there.some((m) => m.seller === id)),
    )
    return left.length > 0 && selling.length < 2
  })
}

test('what is shown leaves nobody, or two who sell, on every single day; what is not would tell', () => {
  fc.assert(
    fc.property(
      firms,
      fc.constantFrom('a', 'b', 'north', null),
      fc.constantFrom('sales', 'deals', 'activities', 'other'),
      fc.integer({ min: 1, max: 40 }),
      (one, team, facts, length) => {
        const days = Array.from({ length }, (_, i) => addDays(year.from, i))
        const span = { from: year.from, until: addDays(year.from, length) }
        const spans = tellingSpans(one, { team, facts }, span)
        const told = days.map((day) => toldOn(one, { team, facts, day }))
        expect(days.map((day) => meets(spans, { from: day, until: addDays(day, 1) }))).toEqual(told)
        // From the first clear day on none tells, and the day before it does.
        const [today = ''] = days.slice(-1)
        expect(clearSince(spans, today)).toBe(
          told.includes(true) ? addDays(year.from, told.lastIndexOf(true) + 1) : undefined,
        )
      },
    ),
    { seed: testSeed, numRuns: 400 },
  )
})

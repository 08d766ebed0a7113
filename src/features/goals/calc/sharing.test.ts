// Totals of teams never give one person away: known cases, and every day of random firms counted out.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { addDays } from '../../../basics/period.ts'
import { type Firm, type Membership, totalTellsOne } from './sharing.ts'

const year = { from: '2026-01-01', until: '2027-01-01' }
const always = { from: '0001-01-01', until: '9999-12-31' }

const member = (seller: string, team: string, more: Partial<Membership> = {}): Membership => ({
  seller,
  team,
  active: true,
  reached: false,
  ...always,
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
    sellers: ids.map((id) => ({ id, active: true })),
    own: 'me',
    around: ['a', 'north'],
    ...more,
  }
}
const tells = (one: Firm, team: string | null) => totalTellsOne(one, { team, ...year })

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
    const left = member('y', 'a', { active: false })
    expect(tells(firm([member('x', 'a'), left]), 'a')).toBe(true)
    expect(tells(firm([left]), 'a')).toBe(true)
  })

  test('of everybody counts sellers without a team, and whom one reaches is no secret', () => {
    const all = [member('x', 'a'), member('y', 'a')]
    const sellers = ['me', 'x', 'y', 'alone'].map((id) => ({ id, active: true }))
    expect(tells(firm(all, { sellers }), null)).toBe(true)
    const more = [...sellers, { id: 'another', active: true }]
    expect(tells(firm(all, { sellers: more }), null)).toBe(false)
    expect(tells(firm([member('x', 'a', { reached: true })]), 'a')).toBe(false)
  })
})

const people = ['me', 'p', 'q', 'r', 's']
const firms = fc
  .array(
    fc.record({
      seller: fc.constantFrom(...people),
      team: fc.constantFrom('a', 'b', 'north'),
      start: fc.integer({ min: -10, max: 40 }),
      length: fc.integer({ min: 1, max: 60 }),
      active: fc.boolean(),
      reached: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((rows) =>
    rows.map(({ start, length, ...one }) => {
      const from = addDays(year.from, start)
      return { ...one, from, until: addDays(from, length) }
    }),
  )

test('what is shown leaves nobody, or two who sell, on every single day', () => {
  const below: Record<string, string[]> = { a: ['a'], b: ['b'], north: ['a', 'b', 'north'] }
  fc.assert(
    fc.property(
      firms,
      fc.constantFrom('a', 'b', 'north'),
      fc.integer({ min: 1, max: 40 }),
      (memberships, team, days) => {
        const one = { ...firm([]), memberships }
        const until = addDays(year.from, days)
        if (totalTellsOne(one, { team, from: year.from, until })) return
        for (let day = year.from; day < until; day = addDays(day, 1)) {
          const there = memberships.filter((m) => m.from <= day && day < m.until)
          const hidden = there.filter(
            ({ seller, team: of }) =>
              below[team]?.includes(of) &&
              seller !== 'me' &&
              !there.some((m) => m.seller === seller && m.reached),
          )
          // The own team's total may be known, and that of the team above it.
          for (const told of [
            [],
            ...['a', 'north'].filter((t) => t !== team && below[team]?.includes(t)),
          ]) {
            const teams = below[String(told)] ?? []
            const left = hidden.filter(
              ({ seller }) => !there.some((m) => m.seller === seller && teams.includes(m.team)),
            )
            const selling = new Set(left.filter((m) => m.active).map((m) => m.seller))
            expect(left.length === 0 || selling.size >= 2).toBe(true)
          }
        }
      },
    ),
    { seed: testSeed, numRuns: 400 },
  )
})

// Scores, cohorts and churn: definitions at their edges.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { churn, cohortRetention, rfm } from './repeat-business.ts'

const customer = fc.record({
  recencyDays: fc.nat(400),
  frequency: fc.integer({ min: 1, max: 9 }),
  monetary: fc.nat(1000),
})

describe('rfm', () => {
  test('a strictly better customer never scores lower, equals score alike', () => {
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 40 }), (customers) => {
        const scores = rfm(customers)
        customers.forEach((a, i) => {
          customers.forEach((b, j) => {
            const [mine, other] = [scores[i]?.recency ?? 0, scores[j]?.recency ?? 0]
            if (a.recencyDays === b.recencyDays) expect(mine).toBe(other)
            if (a.recencyDays < b.recencyDays) expect(mine).toBeGreaterThanOrEqual(other)
          })
        })
        for (const { recency, frequency, monetary } of scores) {
          for (const score of [recency, frequency, monetary])
            expect([1, 2, 3, 4, 5]).toContain(score)
        }
      }),
      { seed: testSeed },
    )
  })

  test('nobody: no scores', () => {
    expect(rfm([])).toEqual([])
  })
})

describe('cohortRetention', () => {
  const purchases = [
    { customer: 'a', on: '2025-12-30' },
    { customer: 'a', on: '2026-01-02' },
    { customer: 'a', on: '2026-01-02' },
    { customer: 'b', on: '2025-12-01' },
    { customer: 'b', on: '2026-03-01' },
    { customer: 'c', on: '2026-02-11' },
    { customer: 'c', on: '2026-02-12' },
  ]

  test('months cross the year, days within a month count as occasions', () => {
    const { cohorts, repeatRate } = cohortRetention(purchases, '2026-02')
    expect(cohorts.map(({ month, size, active }) => ({ month, size, active }))).toEqual([
      { month: '2025-12', size: 2, active: [2, 1, 0] },
      { month: '2026-02', size: 1, active: [1] },
    ])
    expect(repeatRate).toMatchObject({ value: 2 / 3, n: 3 })
    expect(cohorts[0]?.rates[1]).toMatchObject({ value: 0.5, n: 2, method: 'wilson' })
  })

  test('nobody has bought yet, or a date is none', () => {
    expect(cohortRetention([], '2026-02').repeatRate.status).toBe('not_enough_data')
    expect(() => cohortRetention([{ customer: 'a', on: 'soon' }], '2026-02')).toThrow(RangeError)
  })
})

describe('churn', () => {
  test('churn and retention are complements, limits too', () => {
    const { churn: lost, retention } = churn({
      customersAtStart: 200,
      lostOfThose: 14,
      newCustomers: 30,
    })
    expect((lost.value ?? 0) + (retention.value ?? 0)).toBeCloseTo(1, 12)
    expect((lost.low ?? 0) + (retention.high ?? 0)).toBeCloseTo(1, 12)
  })

  test('nobody at the start: no rate', () => {
    const result = churn({ customersAtStart: 0, lostOfThose: 0, newCustomers: 3 })
    expect(result.churn.status).toBe('not_enough_data')
    expect(result.endCount).toBe(3)
    expect(result).not.toHaveProperty('expectedLifetimePeriods')
  })
})

// Shrunken rates: pulled towards the group, never past it, and silent when the data are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import {
  betaBinomialMle,
  betaBinomialMom,
  jamesSteinArcsine,
  jamesSteinEqualN,
} from './empirical-bayes.ts'
import { nelderMead } from './nelder-mead.ts'

const record = fc
  .integer({ min: 0, max: 60 })
  .chain((trials) => fc.record({ successes: fc.nat(trials), trials: fc.constant(trials) }))
const records = fc.array(record, { minLength: 6, maxLength: 15 })

describe('beta-binomial', () => {
  test('every rate lies between its raw rate and the group, inside its limits', () => {
    fc.assert(
      fc.property(records, (list) => {
        const fit = betaBinomialMle(list)
        if (fit.status !== 'ok' && fit.status !== 'no_overdispersion') return
        const group = fit.priorMean ?? Number.NaN
        expect(fit.units).toHaveLength(list.length)
        fit.units.forEach(({ value, low, high }, i) => {
          const { successes = 0, trials = 0 } = list[i] ?? {}
          const raw = trials === 0 ? group : successes / trials
          expect(value).toBeGreaterThanOrEqual(Math.min(raw, group) - 1e-12)
          expect(value).toBeLessThanOrEqual(Math.max(raw, group) + 1e-12)
          expect(low).toBeLessThanOrEqual(high)
        })
      }),
      { seed: testSeed },
    )
  })

  test('the order of units does not matter', () => {
    fc.assert(
      fc.property(records, (list) => {
        const straight = betaBinomialMle(list)
        const turned = betaBinomialMle([...list].reverse())
        expect(turned.status).toBe(straight.status)
        turned.units.toReversed().forEach((unit, i) => {
          expect(unit.value).toBeCloseTo(straight.units[i]?.value ?? Number.NaN, 4)
        })
      }),
      { seed: testSeed },
    )
  })

  test('a seller without a deal gets the group with its whole spread', () => {
    const rates = [2, 8, 3, 9, 1, 7].map((successes) => ({ successes, trials: 10 }))
    const fit = betaBinomialMle([...rates, { successes: 0, trials: 0 }])
    expect(fit.status).toBe('ok')
    expect(fit.units[6]?.value).toBeCloseTo(fit.priorMean ?? Number.NaN, 12)
    expect(fit.units[6]?.n).toBe(0)
  })

  test('too little data by policy; nobody or everybody succeeds', () => {
    const four = [1, 2, 3, 4].map((successes) => ({ successes, trials: 30 }))
    expect(betaBinomialMle(four)).toMatchObject({ status: 'not_enough_data', units: [] })
    const none = [10, 20, 30, 40, 50].map((trials) => ({ successes: 0, trials }))
    const fit = betaBinomialMle(none)
    expect(fit).toMatchObject({ status: 'no_overdispersion', priorMean: 0 })
    expect(fit.units[0]?.high).toBeGreaterThan(0)
    expect(() => betaBinomialMle([{ successes: 2, trials: 1 }])).toThrow(RangeError)
  })

  test('all-or-nothing sellers keep nearly their own rate', () => {
    const list = [0, 10, 0, 10, 0, 10].map((successes) => ({ successes, trials: 10 }))
    const fit = betaBinomialMle(list)
    expect(fit.status).toBe('ok')
    expect(fit.units[0]?.value).toBeLessThan(0.01)
    expect(fit.units[1]?.value).toBeGreaterThan(0.99)
  })

  test('moments: units without trials are left out, equal rates have no spread', () => {
    const rates = [2, 8, 3].map((successes) => ({ successes, trials: 10 }))
    expect(betaBinomialMom([...rates, { successes: 0, trials: 0 }])).toEqual(betaBinomialMom(rates))
    const equal = rates.map(() => ({ successes: 1, trials: 4 }))
    expect(betaBinomialMom(equal).status).toBe('undefined_no_variation')
    expect(betaBinomialMom(rates.slice(0, 1)).status).toBe('not_enough_data')
  })
})

describe('James–Stein', () => {
  test.each([
    ['on the rates', jamesSteinEqualN],
    ['on the arcsine scale', jamesSteinArcsine],
  ])('%s keeps the order and the factor within 0..1', (_, method) => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 4, maxLength: 20 }), (successes) => {
        const { shrinkFactor = -1, estimates } = method(successes, 40)
        expect(shrinkFactor).toBeGreaterThanOrEqual(0)
        expect(shrinkFactor).toBeLessThanOrEqual(1)
        successes.forEach((a, i) => {
          successes.forEach((b, j) => {
            const [first = 0, second = 0] = [estimates[i], estimates[j]]
            if (a > b) expect(first).toBeGreaterThanOrEqual(second - 1e-12)
          })
        })
      }),
      { seed: testSeed },
    )
  })

  test('needs four units; equal units are chance', () => {
    expect(jamesSteinEqualN([1, 2, 3], 10).status).toBe('not_enough_data')
    expect(jamesSteinEqualN([5, 5, 5, 5], 10)).toMatchObject({
      status: 'no_overdispersion',
      estimates: [0.5, 0.5, 0.5, 0.5],
    })
  })
})

test('the minimiser finds the bottom of a curved valley', () => {
  const rosenbrock = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2
  const found = nelderMead(rosenbrock, [-1.2, 1])
  expect(found.converged).toBe(true)
  expect(found.point[0]).toBeCloseTo(1, 4)
  expect(found.point[1]).toBeCloseTo(1, 4)
})

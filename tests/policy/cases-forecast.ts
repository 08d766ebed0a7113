// Cases of the permission test: forecasts.
import { expect } from 'vitest'
import type { Role } from '../../src/basics/contract.ts'
import { type Case, next, succeeded, text } from './fresh.ts'
import type { Target, World } from './world.ts'

/** By week, because a year of quarters says nothing yet; the facts of every target lie before. */
const asked = (target: Target) => ({
  seller: `Seller ${target}`,
  by: 'week',
  horizon: 1,
  today: '2026-11-02',
})
const makerOf = (w: World, target: Target) => (target === 'elsewhere' ? w.foreignAdmin : w.admin)
const sellerIn = (answer: unknown, w: World, target: Target) =>
  (text(answer) ?? '').includes(w.of[target].sellerId)
const keep = (w: World, target: Target) =>
  w.call(makerOf(w, target), 'forecast.make', asked(target))

/** A call for a seller of the target, by somebody who reaches everything. */
async function callFor(w: World, target: Target): Promise<void> {
  await w.call(makerOf(w, target), 'forecast.call', {
    period: '2027-03',
    seller: `Seller ${target}`,
    commit: 5,
    best: null,
  })
}

/** A call of the person who asks; of the other organisation, one of somebody there. */
async function freshCall(w: World, target: Target, role: Role): Promise<{ id: string }> {
  const who = target === 'elsewhere' ? w.foreignAdmin : role === 'auditor' ? w.admin : w.as(role)
  return w.call(who, 'forecast.call', { period: `${2030 + next()}`, commit: 5, best: null })
}

/** Counted from deals in both organisations. */
const tested = (target: Target) => ({ ...asked(target), metric: 'deals-won' })

async function startTest(w: World, target: Target): Promise<{ id: string }> {
  return w.call(makerOf(w, target), 'forecast.start-test', tested(target))
}

export const forecastCases: Record<string, Case> = {
  'forecast.show': {
    input: (_w, target) => asked(target),
    shows: (answer) => (answer as { history: unknown[] }).history.length > 0,
  },
  'forecast.make': { input: (_w, target) => asked(target), shows: succeeded },
  'forecast.why': {
    input: (_w, target) => ({ ...asked(target), period: '2026-W45' }),
    shows: succeeded,
  },
  'forecast.backtest': {
    input: (_w, target) => asked(target),
    shows: (answer) => (answer as { rows: unknown[] }).rows.length > 0,
  },
  'forecast.list': {
    input: async (w, target) => {
      await keep(w, target)
      return { limit: 200 }
    },
    shows: sellerIn,
  },
  'forecast.grades': {
    input: async (w, target) => {
      await keep(w, target)
      return { today: '2026-11-20', seller: `Seller ${target}` }
    },
    shows: (answer, w, target) => {
      const { graded, rows } = answer as { graded: number; rows: { scope: { of: unknown } }[] }
      const { sellerId: id } = w.of[target]
      for (const { scope } of rows) expect(scope.of).toEqual({ id, name: `Seller ${target}` })
      expect(rows).toHaveLength(graded)
      return graded > 0
    },
  },
  'forecast.scope-grades': {
    input: async (w, target) => {
      await keep(w, target)
      return { today: '2026-11-20', limit: 200 }
    },
    shows: sellerIn,
  },
  'forecast.start-test': { input: (_w, target) => tested(target), shows: succeeded },
  'forecast.tests': { input: (_w, target) => tested(target), shows: succeeded },
  'forecast.cancel-test': { input: (w, target) => startTest(w, target), shows: succeeded },
  'forecast.keep-daily': { input: () => ({}) },
  'forecast.calls': {
    input: async (w, target) => {
      await callFor(w, target)
      return {}
    },
    shows: sellerIn,
  },
  'forecast.call': {
    input: (_w, target) => ({
      period: '2027-04',
      seller: `Seller ${target}`,
      commit: 5,
      best: 7,
    }),
    shows: succeeded,
  },
  'forecast.remove-call': {
    input: async (w, target, role) => ({ id: (await freshCall(w, target, role)).id }),
  },
}

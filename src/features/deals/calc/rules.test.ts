// The rules of a deal, case by case.
import { expect, test } from 'vitest'
import { dealFault } from './rules.ts'

const closed = { openedOn: '2026-01-01', closedOn: '2026-02-01', amount: 100 }

test.each([
  [{ ...closed, outcome: 'won' as const }, undefined],
  [{ ...closed, outcome: 'lost' as const, amount: null }, undefined],
  [{ ...closed, outcome: 'won' as const, openedOn: null }, undefined],
  [{ ...closed, outcome: 'won' as const, openedOn: '2026-02-01' }, undefined],
  [{ ...closed, outcome: 'open' as const, closedOn: null }, undefined],
  [{ ...closed, outcome: 'open' as const }, 'deal.open_has_day'],
  [{ ...closed, outcome: 'won' as const, closedOn: null }, 'deal.closed_needs_day'],
  [{ ...closed, outcome: 'lost' as const, closedOn: null }, 'deal.closed_needs_day'],
  [{ ...closed, outcome: 'won' as const, openedOn: '2026-02-02' }, 'deal.backwards'],
  [{ ...closed, outcome: 'won' as const, amount: null }, 'deal.won_needs_amount'],
])('%o: %s', (deal, fault) => {
  expect(dealFault(deal)).toBe(fault)
})

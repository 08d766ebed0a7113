// Status words of other systems, and what a case cannot be.
import { expect, test } from 'vitest'
import { caseFault, stateOf, stateOfStatus } from './status.ts'

test.each([
  ['Open', 'open'],
  [' PENDING ', 'open'],
  ['In_Progress', 'open'],
  ['In  Bearbeitung', 'open'],
  ['Neu', 'open'],
  ['Solved', 'closed'],
  ['Closed', 'closed'],
  ['Resolved (by customer)', 'closed'],
  ['Closed - duplicate', 'closed'],
  ['Erledigt', 'closed'],
  ['gelöst', 'closed'],
  // Taken apart into letter and accent, as some systems write it.
  ['gelo\u0308st', 'closed'],
] as const)('“%s” is %s', (status, state) => {
  expect(stateOfStatus(status)).toBe(state)
})

test('a word that is neither says nothing', () => {
  expect(stateOfStatus('Purple')).toBeUndefined()
  expect(stateOfStatus('')).toBeUndefined()
  // "Unresolved" and "re-opened" hold the words for the opposite.
  expect(stateOfStatus('Unresolved')).toBe('open')
  expect(stateOfStatus('Re-opened')).toBe('open')
})

test('what somebody said counts, then the closing day, then the status', () => {
  const nothing = { status: null, closedOn: null }
  expect(stateOf(nothing)).toBe('open')
  expect(stateOf({ ...nothing, closedOn: '2026-01-02' })).toBe('closed')
  expect(stateOf({ status: 'Pending', closedOn: '2026-01-02' })).toBe('closed')
  expect(stateOf({ status: 'Solved', closedOn: null })).toBe('closed')
  expect(stateOf({ status: 'Solved', closedOn: null, state: 'open' })).toBe('open')
  expect(stateOf({ status: 'Purple', closedOn: null })).toBe('open')
})

test('nothing closes before it came, and what is open has no closing day', () => {
  const came = { day: '2026-02-01', state: 'closed' } as const
  expect(caseFault({ ...came, closedOn: null })).toBeUndefined()
  expect(caseFault({ ...came, closedOn: '2026-02-01' })).toBeUndefined()
  expect(caseFault({ ...came, closedOn: '2026-01-31' })).toBe('case.backwards')
  expect(caseFault({ ...came, state: 'open', closedOn: '2026-02-02' })).toBe('case.open_has_day')
})

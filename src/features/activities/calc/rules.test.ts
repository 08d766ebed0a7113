// The rules of an activity, case by case.
import { expect, test } from 'vitest'
import { activityFault } from './rules.ts'

test.each([
  [{ dueOn: '2026-03-02', doneOn: null }, undefined],
  [{ dueOn: null, doneOn: '2026-03-01' }, undefined],
  [{ dueOn: '2026-04-01', doneOn: '2026-02-01' }, undefined],
  [{ dueOn: null, doneOn: null }, 'activity.needs_day'],
  [{ dueOn: '2026-01-01', doneOn: '2026-03-02' }, 'activity.done_later'],
])('%o on 1 March: %s', (activity, fault) => {
  expect(activityFault(activity, '2026-03-01')).toBe(fault)
})

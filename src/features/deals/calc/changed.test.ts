// What a version changed is told in names, and keys of content are nobody's business.
import { expect, test } from 'vitest'
import { changedFields } from './changed.ts'

const names = new Map([
  ['s1', 'Qualified'],
  ['s2', 'Proposal'],
])

test('fields that differ, with names instead of ids', () => {
  const before = { stage_id: 's1', amount: 100, opened_on: '2026-01-01', base_amount: 100 }
  const after = { stage_id: 's2', amount: 150, opened_on: '2026-01-01', base_amount: 150 }
  expect(changedFields(before, after, names)).toEqual({
    stage: ['Qualified', 'Proposal'],
    amount: [100, 150],
  })
})

test('the first version names all it set; a key of content is not shown', () => {
  const after = { stage_id: 's1', amount: null, external_source: 'content', external_id: 'abc:1' }
  expect(changedFields(null, after, names)).toEqual({ stage: [null, 'Qualified'] })
})

// What a change was about is named only where the name tells a reader something.
import { expect, test } from 'vitest'
import { subjectOf } from './change-subject.ts'

test.each([
  [{ name: 'Acme', state: 'archived' }, 'Acme'],
  [{ file: 'deals.csv', kind: 'deals', added: 3 }, 'deals.csv'],
  [{ from: '2025-01-01', until: '2026-01-01', reason: 'Year 2025' }, 'Year 2025'],
  [{ deal: 'D-17' }, 'D-17'],
  [{ deal: '01a214da-8ed3-7000-989b-5e0ec6235372' }, ''],
  [{ order: 'O-8', of: 'O-2' }, 'O-8'],
  [{ case: 'C-3' }, 'C-3'],
  [{ answer: '01a214da-8ed3-7000-989b-5e0ec6235372' }, ''],
  [{ currency: 'USD', day: '2026-01-02', rate: 0.9, revalued: 3 }, 'USD 2026-01-02'],
  [{ fields: ['zone'] }, ''],
])('%j', (subject, said) => {
  expect(subjectOf(subject)).toBe(said)
})

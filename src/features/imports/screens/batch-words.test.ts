// The sentence an import opens with says what came or would come.
import { expect, test } from 'vitest'
import { type BatchDetail, findingOf, type ImportTexts, whatComes } from './batch-words.ts'
import { inOrder } from './queue-run.ts'

/** Says the key and the values instead of the sentence. */
const t: ImportTexts = (key, values = {}) => [key, ...Object.values(values)].join(' ')

const batch = (part: Partial<BatchDetail>): BatchDetail => ({
  id: '1',
  kind: 'deals',
  fileName: 'a.csv',
  fileBytes: 1,
  fileHash: 'a',
  preset: null,
  state: 'ready',
  counts: {},
  progress: null,
  changeId: null,
  undoChangeId: null,
  revision: null,
  undoRevision: null,
  corrects: null,
  createdBy: { id: '1', name: '' },
  createdAt: '',
  finishedAt: null,
  error: null,
  mapping: {},
  readBy: null,
  columns: [],
  fields: [],
  questions: [],
  suggestions: [],
  notes: [],
  firstRows: [],
  created: {},
  createdExamples: {},
  ...part,
})
const counts = (added: number, updated: number, unchanged = 0, rejected = 0) => ({
  read: added + updated + unchanged + rejected,
  added,
  updated,
  unchanged,
  rejected,
})

test('new, changed and both', () => {
  expect(whatComes(t, batch({ counts: counts(8800, 0) }))).toBe('count_deals 8800')
  expect(whatComes(t, batch({ counts: counts(0, 3) }))).toBe('only_changed 3 some_deals')
  expect(whatComes(t, batch({ counts: counts(2, 3) }))).toBe('new_and_changed 2 3 some_deals')
})

test('nothing to store is said in its two kinds', () => {
  expect(findingOf(t, batch({ counts: counts(0, 0, 5) }))).toBe('finding_ready_same a.csv')
  expect(findingOf(t, batch({ counts: counts(0, 0, 0, 5) }))).toBe('finding_ready_none a.csv')
  expect(findingOf(t, batch({ state: 'applied', counts: counts(0, 0, 5) }))).toBe(
    'finding_applied_same a.csv',
  )
})

test('files come in the order in which they find each other', () => {
  const kinds = (['deals', 'products', 'customers', 'sellers'] as const).map((kind) => ({ kind }))
  expect(inOrder(kinds).map((one) => one.kind)).toEqual([
    'sellers',
    'customers',
    'products',
    'deals',
  ])
})

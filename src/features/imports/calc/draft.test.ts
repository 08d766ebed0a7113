// Corrections before they are sent: what a cell reads, what goes to the server, what undo brings back.
import { expect, test } from 'vitest'
import {
  blockOver,
  cellIn,
  draftOf,
  isCorrected,
  isEmpty,
  noCorrections,
  redone,
  sending,
  sendingOnly,
  stepped,
  undone,
  withAnswer,
  withCells,
  without,
} from './draft.ts'

const a = { line: 2, cells: ['1', 'soon', 'x'] }
const b = { line: 3, cells: ['2', ' soon ', 'y'] }
const short = { line: 4, cells: ['3'] }
const answer = { column: 1, value: 'soon', with: '2026-02-04' }

test('a cell reads as changed, else as answered for all, else as it was', () => {
  let now = withAnswer(noCorrections, answer)
  expect([cellIn(now, a, 1), cellIn(now, b, 1), cellIn(now, a, 0)]).toEqual([
    '2026-02-04',
    '2026-02-04',
    '1',
  ])
  now = withCells(now, [{ row: a, column: 1, text: '2026-02-05' }])
  expect([cellIn(now, a, 1), cellIn(now, b, 1)]).toEqual(['2026-02-05', '2026-02-04'])
  expect([isCorrected(now, b), isCorrected(now, short)]).toEqual([true, false])
})

test('a cell typed back to what it was is no correction', () => {
  const now = withCells(noCorrections, [{ row: a, column: 2, text: 'z' }])
  expect(isEmpty(now)).toBe(false)
  expect(isEmpty(withCells(now, [{ row: a, column: 2, text: 'x' }]))).toBe(true)
})

test('an answer for all takes the place of single changes of such cells, and of the answer before', () => {
  const single = withCells(noCorrections, [
    { row: a, column: 1, text: 'q' },
    { row: a, column: 2, text: 'z' },
  ])
  const now = withAnswer(single, answer)
  expect([cellIn(now, a, 1), cellIn(now, a, 2)]).toEqual(['2026-02-04', 'z'])
  const later = withAnswer(now, { ...answer, with: '2026-03-01' })
  expect(later.replace).toEqual([{ ...answer, with: '2026-03-01' }])
  expect(withAnswer(later, { ...answer, with: 'soon' }).replace).toEqual([])
})

test('rows are sent whole, as wide as the headers; chosen ones as they are', () => {
  const now = withCells(withAnswer(noCorrections, answer), [{ row: short, column: 2, text: 'w' }])
  expect(sending(now, 3)).toEqual({
    rows: [{ line: 4, cells: ['3', '', 'w'] }],
    replace: [answer],
  })
  expect(sendingOnly(now, [b], 3)).toEqual({
    rows: [{ line: 3, cells: ['2', '2026-02-04', 'y'] }],
    replace: [],
  })
  expect(isEmpty(without(withCells(noCorrections, [{ row: a, column: 0, text: '9' }]), [2]))).toBe(
    true,
  )
})

test('an empty cell that the row does not have is not answered: the server cannot see it either', () => {
  const now = withAnswer(noCorrections, { column: 1, value: '', with: 'v' })
  expect(cellIn(now, short, 1)).toBe('')
  expect(isCorrected(now, short)).toBe(false)
})

test('a block is laid over rows and columns there are', () => {
  const block = [
    ['p', 'q', 'r'],
    ['s', 't', 'u'],
    ['v', 'w', 'x'],
  ]
  expect(
    blockOver([a, b], { row: 0, column: 1 }, block, 3).map((one) => [
      one.row.line,
      one.column,
      one.text,
    ]),
  ).toEqual([
    [2, 1, 'p'],
    [2, 2, 'q'],
    [3, 1, 's'],
    [3, 2, 't'],
  ])
})

test('undo and redo go step by step; a step that changes nothing is none', () => {
  const one = withCells(noCorrections, [{ row: a, column: 2, text: 'z' }])
  const two = withAnswer(one, answer)
  let draft = stepped(stepped(draftOf(noCorrections), one), two)
  expect(stepped(draft, { ...two })).toBe(draft)
  draft = undone(draft)
  expect(draft.now).toEqual(one)
  expect(redone(draft).now).toEqual(two)
  expect(undone(undone(undone(draft))).now).toEqual(noCorrections)
  expect(redone(stepped(draft, noCorrections)).now).toEqual(noCorrections)
})

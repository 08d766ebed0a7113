// The scale holds all lines, and no order is shown that the data do not support.
import { expect, test } from 'vitest'
import { type BoardRow, scaleOf, sortedRows } from './board-table.tsx'

test('rates lie between steps of five points', () => {
  expect(scaleOf([{ value: 0.6, low: 0.38, high: 0.81 }, { value: 0.5 }], 'rate')).toEqual([
    expect.closeTo(0.35, 9),
    expect.closeTo(0.85, 9),
  ])
  expect(scaleOf([{ value: 1, low: 0.02, high: 1 }], 'rate')).toEqual([0, 1])
  expect(scaleOf([{ missing: { code: 'not_enough_data', text: '' } }], 'rate')).toEqual([0, 1])
})

test('amounts begin at zero', () => {
  expect(scaleOf([{ value: 200, low: -50, high: 450 }], 'money')).toEqual([0, 450])
  expect(scaleOf([{ value: -200, low: -300, high: -100 }], 'money')).toEqual([-200, -100])
})

function row(name: string, group: BoardRow['group'], revenue: number): BoardRow {
  const none = { missing: { code: 'not_enough_data' as const, text: '' } }
  return {
    cell: { id: name, name },
    group,
    revenue: { value: revenue },
    dealsWon: none,
    winRate: none,
    averageDeal: none,
    shrunkenWinRate: none,
  }
}

test('groups in their order, within them by revenue, then by name', () => {
  const rows = [
    row('d', null, 0),
    row('c', 'level', 5),
    row('b', 'level', 5),
    row('a', 'behind', 9),
    row('e', 'ahead', 1),
    row('f', 'level', 7),
  ]
  expect(
    sortedRows(rows)
      .map(({ cell }) => (cell as { name: string }).name)
      .join(''),
  ).toBe('efbcad')
})

// Text from the clipboard: rows and columns of a spreadsheet, of CSV, and of a single cell.
import { expect, test } from 'vitest'
import { block, pasted } from './pasted.ts'

test('tabs of a spreadsheet, quotes with line ends inside, empty lines left out', () => {
  const { rows, columns } = pasted('name\tnote\nAcme\t"two\nlines; really"\n\n')
  expect(rows).toEqual([
    ['name', 'note'],
    ['Acme', 'two\nlines; really'],
  ])
  expect(columns).toBe(2)
})

test.each([
  ['a;b;c\n1,5;2;3', 3, 2],
  ['a,b\r\n1,2\r\n3,4', 2, 3],
  ['a|b\n1|2', 2, 2],
  ['alone', 1, 1],
  ['', 0, 0],
])('%j has %i columns and %i rows', (text, columns, count) => {
  const found = pasted(text)
  expect([found.columns, found.rows.length]).toEqual([columns, count])
})

test('one cell stays one cell, with its commas; a block has rows and columns', () => {
  expect(block('Acme, Inc.\r\n')).toEqual([['Acme, Inc.']])
  expect(block('1\t2\n3\t4\n')).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(block('1\t2\n\n3\t4\n').map((cells) => cells[0] ?? '')).toEqual(['1', '', '3'])
  expect(block('')).toEqual([['']])
})

// Numbers pasted from a spreadsheet: by place, by name, and what cannot be read.
import { expect, test } from 'vitest'
import { readOwnNumbers } from './own-numbers.ts'

const holders = ['Ana', 'Ben', 'Cleo']

test('one per line goes by the order of the grid, empty lines aside', () => {
  expect(readOwnNumbers('12\n\n1.500,5\n3\n', holders, 'de')).toEqual({
    values: [12, 1500.5, 3],
    unread: [],
  })
  expect(readOwnNumbers('1\n2\n3\n4', holders, 'en')).toEqual({
    values: [1, 2, 3],
    unread: [4],
  })
})

test('after a name it is theirs, in whatever order, and what fits nobody is named by its line', () => {
  expect(readOwnNumbers('cleo\t7\r\nANA ;5\r\nDan;1\r\nBen\tmany', holders, 'en')).toEqual({
    values: [5, undefined, 7],
    unread: [3, 4],
  })
  expect(readOwnNumbers('', holders, 'en').values).toEqual([undefined, undefined, undefined])
})

// What stands in the address comes back as it was chosen.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { dayAfter } from '../../../web/format-period.ts'
import { parseWhy, whyValue } from '../../../web/why.ts'
import {
  joinCells,
  kindOfPeriod,
  questionOf,
  readSelection,
  splitCells,
  whereInAddress,
  whereOfQuestion,
} from './selection.ts'

describe('cells in an address', () => {
  test('whatever their names hold, they come back', () => {
    const cell = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('~', '~,', ',', '~~,', 'a~,b'),
    )
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        expect(splitCells(joinCells(cells))).toEqual(cells)
      }),
      { seed: testSeed },
    )
  })

  test('a single one is written as it is', () => {
    expect(joinCells(['0192-ab'])).toBe('0192-ab')
  })
})

describe('selection', () => {
  test('reads period, comparison, day and filters, and nothing else', () => {
    const search = {
      period: '2017-Q4',
      against: 'year-ago',
      asOf: '2018-01-05',
      seller: 'a~,b',
      why: 'x',
    }
    expect(readSelection(search)).toEqual({
      period: '2017-Q4',
      against: 'year-ago',
      asOf: '2018-01-05',
      where: { seller: ['a', 'b'] },
    })
    expect(readSelection({ asOf: 'soon', against: 'x' })).toEqual({
      against: 'previous',
      where: {},
    })
  })

  test('a question survives the address', () => {
    const where = { product: ['GTX "Pro"|~'], size: ['-', 'large'] }
    const question = parseWhy(whyValue(questionOf('win-rate', where, '2017-Q4')))
    expect(question?.period).toBe('2017-Q4')
    expect(whereOfQuestion(question?.where)).toEqual(where)
    expect(readSelection(whereInAddress(where)).where).toEqual(where)
  })
})

test('the day after', () => {
  expect(dayAfter('2017-12-31')).toBe('2018-01-01')
  expect(dayAfter('2024-02-28')).toBe('2024-02-29')
})

test('kinds of periods', () => {
  const ids = [
    '2017',
    '2017-Q4',
    '2017-03',
    'FY2017',
    'FY2017-Q1',
    '2017-03-01',
    '2017-01-01..2017-02-01',
  ]
  expect(ids.map(kindOfPeriod)).toEqual([
    'year',
    'quarter',
    'month',
    'fiscal-year',
    'fiscal-quarter',
    'custom',
    'custom',
  ])
})

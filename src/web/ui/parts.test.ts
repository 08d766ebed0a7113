// What the parts work out before they draw anything.
import { describe, expect, test } from 'vitest'
import { formatter } from '../format.ts'
import { fits } from '../palette.tsx'
import { changeBetween, changeText } from './change.tsx'
import { asRgb } from './chart-colors.ts'
import { labelledPoints } from './chart-data.ts'
import { sortFiles } from './drop-zone.tsx'
import { sparkPaths } from './sparkline.tsx'

describe('a change', () => {
  test('is relative, in points or absolute', () => {
    const now = { value: 110 }
    const before = { value: 100 }
    expect(changeBetween(now, before, 'relative')).toBeCloseTo(0.1)
    expect(changeBetween(now, before, 'absolute')).toBe(10)
    expect(changeText(now, 0.1, 'relative', formatter('en'))).toBe('+10.0\u202f%')
    expect(changeText({ currency: 'EUR' }, -17_975_900, 'absolute', formatter('de'))).toBe(
      '−179.759',
    )
  })

  test('is not formed from what is missing, zero or below', () => {
    expect(changeBetween({}, { value: 1 }, 'absolute')).toBeUndefined()
    expect(changeBetween({ value: 5 }, { value: 0 }, 'relative')).toBeUndefined()
    expect(changeBetween({ value: 5 }, { value: -2 }, 'relative')).toBeUndefined()
  })
})

test('a course has gaps where nothing is known and rests in the middle when it is flat', () => {
  expect(sparkPaths([1, 2, null, 2, 1], 30)).toEqual([
    '0.00,28.00 25.00,2.00',
    '75.00,2.00 100.00,28.00',
  ])
  expect(sparkPaths([5, 5], 30)).toEqual(['0.00,15.00 100.00,15.00'])
  expect(sparkPaths([null, 3, null], 30)).toEqual([])
})

test('the largest and the last point bear their numbers', () => {
  expect(labelledPoints([1, 9, null, 4, null])).toEqual([1, 3])
  expect(labelledPoints([3, 7])).toEqual([1])
  expect(labelledPoints([null])).toEqual([])
})

test('files are told apart by their ending, whatever its case', () => {
  const files = [{ name: 'Deals.CSV' }, { name: 'a.csv.gz' }, { name: 'notes.docx' }]
  const sorted = sortFiles(files, ['.csv', '.csv.gz'])
  expect(sorted.taken.map((file) => file.name)).toEqual(['Deals.CSV', 'a.csv.gz'])
  expect(sorted.refused.map((file) => file.name)).toEqual(['notes.docx'])
  expect(sortFiles(files, undefined).refused).toEqual([])
})

test('the palette finds by beginnings of words, without accents', () => {
  expect(fits('Überblick öffnen', 'uber')).toBe(true)
  expect(fits('Show keyboard shortcuts', 'short key')).toBe(true)
  expect(fits('Große Straße', 'gros strass')).toBe(true)
  expect(fits('Deals', 'eals')).toBe(false)
  expect(fits('Deals', '')).toBe(true)
})

test('mixed colours become readable for the chart library', () => {
  expect(asRgb('color(srgb 0.5 0 1)')).toBe('rgb(128, 0, 255)')
  expect(asRgb('rgb(29, 79, 115)')).toBe('rgb(29, 79, 115)')
})

// Size bands at and around their borders.
import { expect, test } from 'vitest'
import { sizeOf } from './size.ts'

test.each([
  [null, null],
  [0, '0–9'],
  [9, '0–9'],
  [10, '10–49'],
  [249, '50–249'],
  [250, '250–999'],
  [4_999, '1,000–4,999'],
  [34_288, '5,000+'],
])('%s employees are in the band %s', (employees, band) => {
  expect(sizeOf(employees)).toBe(band)
})

// Cells of a file of goals: what is written is read again, whatever names hold; and what is no such cell.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import {
  activitiesInCell,
  cellValue,
  filtersCell,
  filtersInCell,
  milestonesCell,
  milestonesInCell,
  stepsCell,
  stepsInCell,
  valueInCell,
} from './file-cells.ts'

const euro = { unit: 'money', currency: 'EUR' } as const
const count = { unit: 'count', currency: 'EUR' } as const
const name = fc
  .array(fc.constantFrom(...';|:[] aé1-'), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join('').trim())
  .filter((text) => text !== '' && !/\[\d{4}-\d\d-\d\d\]$/.test(text))
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10))

test('steps, filters and milestones come back as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, doneOn: fc.option(day) }), { minLength: 1, maxLength: 6 }),
      (steps) => {
        expect(stepsInCell(stepsCell(steps))).toEqual(steps)
      },
    ),
    { seed: testSeed, numRuns: 200 },
  )
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          dimension: fc.constantFrom('family', 'region'),
          cells: fc.array(name, { minLength: 1, maxLength: 4 }),
        }),
        { maxLength: 3 },
      ),
      (filters) => {
        expect(filtersInCell(filtersCell(filters))).toEqual(filters)
      },
    ),
    { seed: testSeed, numRuns: 200 },
  )
  fc.assert(
    fc.property(
      fc.array(
        fc.record(
          { on: day, value: fc.integer({ min: 1, max: 1e12 }), name },
          { requiredKeys: ['on', 'value'] },
        ),
        { maxLength: 4 },
      ),
      (milestones) => {
        for (const unit of [euro, count])
          expect(milestonesInCell(milestonesCell(milestones, unit), unit)).toEqual(milestones)
      },
    ),
    { seed: testSeed, numRuns: 200 },
  )
})

test.each([
  '30 April: 5',
  '2026-02-30: 5',
  '0000-04-30: 5',
  '2026-04-30',
  '2026-04-30: 5,000',
  '2026-04-30: 0.001',
])('no milestone of money: %s', (cell) => {
  expect(milestonesInCell(cell, euro)).toBeUndefined()
})

test('money to the cent, everything else as it is', () => {
  expect(valueInCell(1000.5, euro)).toBe(100_050)
  expect(valueInCell(0.29, euro)).toBe(29)
  expect(valueInCell(12.345, euro)).toBeUndefined()
  expect(valueInCell(1e16, euro)).toBeUndefined()
  expect(valueInCell(12, { unit: 'money', currency: 'JPY' })).toBe(12)
  expect(valueInCell(0.35, { unit: 'rate', currency: 'EUR' })).toBe(0.35)
  expect(cellValue(100_050, euro)).toBe(1000.5)
})

test('activities by their words in both languages', () => {
  expect(activitiesInCell('Anrufe, visits; E-Mail')).toEqual(['call', 'visit', 'mail'])
  expect(activitiesInCell('calls, songs')).toBeUndefined()
  expect(activitiesInCell(' , ')).toBeUndefined()
  expect(filtersInCell('Pumps')).toBeUndefined()
  expect(filtersInCell('family:')).toBeUndefined()
})

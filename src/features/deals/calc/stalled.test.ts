// Stalled marks: none without enough history, the stage's own limit before the deal's.
import { expect, test } from 'vitest'
import { isStalled, limitsOf } from './stalled.ts'

const each = (...days: number[]) => days.map((one) => ({ days: one, count: 1 }))
const upTo = (n: number) => each(...Array.from({ length: n }, (_, index) => index + 1))
const deal = (daysOpen: number | null, daysInStage = daysOpen) => ({
  stageId: 'a',
  daysOpen,
  daysInStage,
})

test('below twenty won deals nothing is marked', () => {
  const limits = limitsOf(upTo(19), new Map())
  expect(limits).toMatchObject({ wonDeals: 19, needed: 20 })
  expect(limits.days).toBeUndefined()
  expect(isStalled(deal(10_000), limits)).toBe(false)
})

test('older than nine of ten won deals is stalled, as old as they is not', () => {
  const limits = limitsOf(upTo(20), new Map())
  expect(limits.days).toBe(18)
  expect(isStalled(deal(18), limits)).toBe(false)
  expect(isStalled(deal(19), limits)).toBe(true)
  expect(isStalled(deal(null), limits)).toBe(false)
})

test('many deals of the same length count each', () => {
  const limits = limitsOf(
    [
      { days: 40, count: 2 },
      { days: 7, count: 18 },
    ],
    new Map(),
  )
  expect(limits.days).toBe(7)
})

test('a stage with enough entries has its own limit; without them the whole time counts', () => {
  const byStage = new Map([
    ['a', upTo(30)],
    ['b', upTo(5)],
  ])
  const limits = limitsOf(each(...Array.from({ length: 20 }, () => 100)), byStage)
  expect(isStalled(deal(90, 27), limits)).toBe(false)
  expect(isStalled(deal(90, 28), limits)).toBe(true)
  expect(isStalled({ ...deal(90, 28), stageId: 'b' }, limits)).toBe(false)
  expect(isStalled({ ...deal(101, 28), stageId: 'b' }, limits)).toBe(true)
})

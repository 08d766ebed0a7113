// The chance that a deal is lost: from those open as long, and one half where there were none.
import { expect, test } from 'vitest'
import { lossAfter } from './lost-later.ts'

const history = [
  { days: 10, closed: 8, lost: 2 },
  { days: 60, closed: 3, lost: 2 },
  { days: 90, closed: 1, lost: 1 },
]

test('only deals that were open as long count', () => {
  expect(lossAfter(history, 0)).toMatchObject({ closed: 12, lost: 5, chance: 6 / 14 })
  expect(lossAfter(history, 60)).toMatchObject({ closed: 4, lost: 3, chance: 4 / 6 })
  expect(lossAfter(history, 61)).toMatchObject({ closed: 1, lost: 1, chance: 2 / 3 })
})

test('without history, or without an opening day, nothing is pretended', () => {
  expect(lossAfter([], 30)).toMatchObject({ closed: 0, lost: 0, chance: 0.5 })
  expect(lossAfter(history, 400)).toMatchObject({ closed: 0, chance: 0.5 })
  expect(lossAfter(history, null)).toMatchObject({ closed: 12, days: null })
})

// A week in few words: neighbours alike are joined, free days are not named.
import { expect, test } from 'vitest'
import { hoursWords, weekWords } from './week-words.ts'

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((name) => ({ name }))
const percent = (share: number) => `${share * 100} %`

test('days alike are joined, shares are said, free days are not', () => {
  expect(weekWords([1, 1, 1, 1, 1, 0, 0], names, percent)).toBe('Mon–Fri')
  expect(weekWords([1, 0, 1, 1, 0.5, 0.5, 0], names, percent)).toBe('Mon, Wed–Thu, Fri–Sat 50 %')
  expect(weekWords([0, 0, 0, 0, 0, 0, 0], names, percent)).toBe('')
})

test('hours are joined as days are', () => {
  const day = { from: '09:00', until: '17:00' }
  const short = { from: '09:00', until: '12:00' }
  expect(hoursWords([day, day, day, day, short, null, null], names)).toBe(
    'Mon–Thu 09:00–17:00, Fri 09:00–12:00',
  )
  expect(hoursWords([null, null, null, null, null, null, null], names)).toBe('')
})

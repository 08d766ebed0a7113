// Which imports stand in the list of those with day and month swapped.
import { expect, test } from 'vitest'
import { suspiciousDates } from '../../imports/door.ts'
import { type DaysOfImport, swappedImports } from './swapped.ts'

const swap = (day: string) => {
  const [year, month, date] = day.split('-')
  return Number(date) <= 12 ? `${year}-${date}-${month}` : day
}
/** Every day of a spring, three rows each. */
const spring = Array.from({ length: 80 }, (_, i) =>
  new Date(Date.UTC(2026, 2, 1 + i)).toISOString().slice(0, 10),
)
const imported = (id: string, column: string, swapped: boolean): DaysOfImport => ({
  id,
  fileName: `${id}.csv`,
  column,
  days: spring.map((day) => [swapped ? swap(day) : day, 3] as const),
})

test('an import is named once, with the columns that are suspicious, and no honest one', () => {
  const { found, of } = swappedImports(
    [
      imported('b', 'opened_on', true),
      imported('b', 'closed_on', true),
      imported('a', 'on_day', true),
      imported('c', 'on_day', false),
    ],
    suspiciousDates,
  )
  expect(of).toBe(3)
  expect(found.map(({ id, columns }) => [id, columns])).toEqual([
    ['a', ['on_day']],
    ['b', ['opened_on', 'closed_on']],
  ])
  const [one] = found
  expect(one?.of).toBe(240)
  expect(one?.dates).toBe(spring.filter((day) => Number(day.slice(8)) <= 12).length * 3)
})

test('nothing imported, nothing found', () => {
  expect(swappedImports([], suspiciousDates)).toEqual({ found: [], of: 0 })
})

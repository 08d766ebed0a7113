// The chosen day goes along from page to page, and each page knows whether it heeds it.
import { expect, test } from 'vitest'
import { screenAt } from '../basics/screen-at.ts'
import { asOfIn, keptAlong } from './as-of.ts'
import { features } from './features.ts'

const screens = features.flatMap((feature) => feature.screens)

test('only a day that exists is taken from the address', () => {
  expect(asOfIn({ asOf: '2026-03-03' })).toBe('2026-03-03')
  for (const asOf of ['2026-02-30', '2026-13-01', '3.3.2026', 'soon', ''])
    expect(asOfIn({ asOf })).toBeUndefined()
  expect(asOfIn({})).toBeUndefined()
})

test('of an address the day alone goes along', () => {
  expect(keptAlong({ asOf: '2026-03-03', period: '2026-Q1', why: 'revenue||' })).toEqual({
    asOf: '2026-03-03',
  })
  expect(keptAlong({ period: '2026-Q1', asOf: 'x' })).toEqual({})
})

test('pages of results heed the day, pages of records and settings do not', () => {
  const heeds = (place: string) => screenAt(screens, place)?.asOf ?? false
  for (const place of ['overview', 'rows', 'sellers', 'sellers/0192', 'teams', 'teams/0192'])
    expect([place, heeds(place)]).toEqual([place, true])
  for (const place of ['deals', 'deals/0192', 'customers', 'imports', 'changes', 'nowhere'])
    expect([place, heeds(place)]).toEqual([place, false])
})

// The form of a calendar: what it begins with, what is wrong with it, what it sends.
import { expect, test } from 'vitest'
import { entryOn, faultOf, inputOf, valuesOf } from './calendar-values.ts'

const rules = {
  place: null,
  weekdays: { value: [1, 1, 1, 1, 1, 0, 0], owner: null },
  hours: {
    value: [{ from: '09:00', until: '17:00' }, null, null, null, null, null, null],
    owner: null,
  },
}
const owner = { kind: 'team' as const, id: 't', name: 'South' }
const entry = (from: string, more: object = {}) => ({
  id: from,
  version: 1,
  owner,
  from,
  place: null,
  weekdays: null,
  hours: null,
  ...more,
})

test('a team begins with what holds above it, and sends nothing of its own', () => {
  const values = valuesOf(undefined, rules, false)
  expect(values).toMatchObject({ from: undefined, ownPlace: false, ownWeekdays: false })
  expect(inputOf(values)).toEqual({ place: null, weekdays: null, hours: null })
})

test('the organisation sends everything; without a country no place', () => {
  const values = valuesOf(undefined, rules, true)
  expect(inputOf(values)).toMatchObject({ place: null, weekdays: [1, 1, 1, 1, 1, 0, 0] })
  expect(inputOf({ ...values, country: 'DE', region: 'BY', subregion: '' })).toMatchObject({
    place: { country: 'DE', region: 'BY' },
  })
  // A subregion without its region would mean nothing.
  expect(inputOf({ ...values, country: 'DE', region: '', subregion: 'A' }).place).toEqual({
    country: 'DE',
  })
})

test('the entry of the day is the one in hand; since ever is an empty field', () => {
  const entries = [
    entry('0001-01-01'),
    entry('2026-03-01', { weekdays: [1, 1, 1, 0.125, 0, 0, 0] }),
  ]
  expect(entryOn(entries, '2026-02-28')?.from).toBe('0001-01-01')
  const values = valuesOf(entryOn(entries, '2026-03-01'), rules, false)
  expect(values).toMatchObject({ from: '2026-03-01', ownWeekdays: true })
  expect(inputOf(values)).toMatchObject({
    from: '2026-03-01',
    weekdays: [1, 1, 1, 0.125, 0, 0, 0],
  })
  expect(valuesOf(entries[0], rules, false).from).toBeUndefined()
})

test('times go together and forwards, shares stay within a day', () => {
  const day = { percent: 100, opens: '', closes: '' }
  expect(faultOf(day)).toBeUndefined()
  expect(faultOf({ ...day, percent: 101 })).toBe('share')
  expect(faultOf({ ...day, percent: undefined })).toBe('share')
  for (const [opens, closes] of [
    ['09:00', ''],
    ['17:00', '09:00'],
    ['9', '17:00'],
    ['25:00', '26:00'],
  ] as const)
    expect(faultOf({ ...day, opens, closes })).toBe('time')
  expect(faultOf({ ...day, opens: '22:00', closes: '24:00' })).toBeUndefined()
})

// Plural, places for values and numbers, in both languages.
import { expect, test } from 'vitest'
import { translator } from './translator.ts'
import { texts } from './typed-texts.ts'

const sample = texts('sample', {
  en: { rows_one: '{{count}} row', rows_other: '{{count}} rows', of: '{{a}} of {{b}}, {{a}}' },
  de: { rows_one: '{{count}} Zeile', rows_other: '{{count}} Zeilen', of: '{{a}} von {{b}}, {{a}}' },
})

test('the count chooses the plural and is written as the language writes numbers', () => {
  const en = translator(sample, 'en')
  const de = translator(sample, 'de')
  expect([0, 1, 2, 1234].map((count) => en('rows', { count }))).toEqual([
    '0 rows',
    '1 row',
    '2 rows',
    '1,234 rows',
  ])
  expect(de('rows', { count: 1 })).toBe('1 Zeile')
  expect(de('rows', { count: 1234 })).toBe('1.234 Zeilen')
})

test('values stand in all their places, as they are', () => {
  expect(translator(sample, 'de')('of', { a: '<b>$1 {{b}}</b>', b: 20000 })).toBe(
    '<b>$1 {{b}}</b> von 20.000, <b>$1 {{b}}</b>',
  )
  expect(translator(sample, 'en')('of', { a: 'one' })).toBe('one of , one')
})

test('a key without words says which it is', () => {
  expect(translator(sample, 'en')('nothing' as 'of')).toBe('sample.nothing')
})

// The words of a text, as the search compares them.
import { expect, test } from 'vitest'
import { numbersMeant, wordsOf } from './words.ts'

test.each([
  ['Müller', 'muller'],
  ['Mueller', 'muller'],
  ['Muller', 'muller'],
  ['MÜLLER', 'muller'],
  ['Søren Ærø', 'soren aro'],
  ['Soeren', 'soren'],
  ['Groß & Söhne', 'gross sohne'],
  ['GROẞ', 'gross'],
  ["O'Brien-Ltd.", 'o brien ltd'],
  ['  a\u0007b\u202ec  ', 'a b c'],
  ['%_\\', ''],
  ['', ''],
  ['Ελληνικά', 'ελληνικα'],
  ['עברית', 'עברית'],
])('%s → %s', (text, words) => {
  expect(wordsOf(text)).toBe(words)
})

test('the beginning of a text has the beginning of its words, letter by letter', () => {
  for (const text of ['Samuel Bauer', 'Müller & Söhne GmbH', 'Aeon Queue', 'Straße 12']) {
    const whole = wordsOf(text)
    for (let length = 1; length <= text.length; length++)
      expect(whole.startsWith(wordsOf(text.slice(0, length))), text.slice(0, length)).toBe(true)
  }
})

test('a number is meant in every case it may be stored in, and a bare one once', () => {
  expect(numbersMeant(' J-10a ')).toEqual(['J-10a', 'J-10A', 'j-10a'])
  expect(numbersMeant('4711')).toEqual(['4711'])
  expect(numbersMeant('  ')).toEqual([])
})

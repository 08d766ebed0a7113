// What people type is understood in both habits, and never guessed.
import { describe, expect, test } from 'vitest'
import { parseDate, parseMoney, parseNumber } from './parse.ts'

describe('amounts', () => {
  test.each([
    ['1.234,56', 123_456],
    ['1,234.56', 123_456],
    ["1'234.56", 123_456],
    ['1 234,5', 123_450],
    ['1234', 123_400],
    ['1.234', 123_400],
    ['1,234', 123_400],
    ['1.234.567', 123_456_700],
    ['0,5', 50],
    ['.5', 50],
    ['5,', 500],
    ['−12,30 €', -1230],
    ['(12.30)', -1230],
    ['12.300', 1_230_000],
  ])('%s', (text, minor) => {
    expect(parseMoney(text, 'EUR', 'en')).toEqual({ ok: true, value: minor })
    expect(parseMoney(text, 'EUR', 'de')).toEqual({ ok: true, value: minor })
  })

  test('says why it did not understand', () => {
    expect(parseMoney('12 Euro 50', 'EUR', 'de')).toEqual({ ok: false, why: 'not_a_number' })
    expect(parseMoney('1.2.3', 'EUR', 'de')).toEqual({ ok: false, why: 'not_a_number' })
    expect(parseMoney('12,3456', 'EUR', 'de')).toEqual({ ok: false, why: 'too_many_digits' })
    expect(parseMoney('10,5', 'JPY', 'de')).toEqual({ ok: false, why: 'too_many_digits' })
    expect(parseMoney('99999999999999999', 'EUR', 'de')).toEqual({ ok: false, why: 'too_large' })
    expect(parseMoney('', 'EUR', 'de')).toEqual({ ok: false, why: 'not_a_number' })
  })

  test('three digits of a three-digit currency follow the language', () => {
    expect(parseMoney('1.234', 'KWD', 'en')).toEqual({ ok: true, value: 1234 })
    expect(parseMoney('1.234', 'KWD', 'de')).toEqual({ ok: true, value: 1_234_000 })
  })
})

test('numbers follow the language where one separator could be either', () => {
  expect(parseNumber('1.234', 'en')).toEqual({ ok: true, value: 1.234 })
  expect(parseNumber('1.234', 'de')).toEqual({ ok: true, value: 1234 })
  expect(parseNumber('12,5', 'en')).toEqual({ ok: true, value: 12.5 })
  expect(parseNumber('-0', 'en')).toEqual({ ok: true, value: 0 })
})

describe('dates', () => {
  const today = '2026-11-25'
  test.each([
    ['2026-11-05', '2026-11-05'],
    ['5.11.2026', '2026-11-05'],
    ['05.11.26', '2026-11-05'],
    ['5.11.', '2026-11-05'],
    ['5 Nov 2026', '2026-11-05'],
    ['5. November 2026', '2026-11-05'],
    ['Nov 5, 2026', '2026-11-05'],
    ['3. März', '2026-03-03'],
    ['11/25/2026', '2026-11-25'],
    ['25/11/2026', '2026-11-25'],
    ['5/5/2026', '2026-05-05'],
    ['heute', '2026-11-25'],
    ['yesterday', '2026-11-24'],
    ['-30', '2026-10-26'],
    ['+7', '2026-12-02'],
  ])('%s', (text, day) => {
    expect(parseDate(text, today)).toEqual({ ok: true, value: day })
  })

  test('what has two readings is refused, and so is what is no date', () => {
    expect(parseDate('3/4/2026', today)).toEqual({ ok: false, why: 'ambiguous_date' })
    expect(parseDate('31.02.2026', today)).toEqual({ ok: false, why: 'not_a_date' })
    expect(parseDate('29.02.2026', today)).toEqual({ ok: false, why: 'not_a_date' })
    expect(parseDate('soon', today)).toEqual({ ok: false, why: 'not_a_date' })
  })
})

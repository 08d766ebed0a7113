// Cursors: what a list gave comes back as it was; anything else is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../tests/seed.ts'
import { pageOfRows, readCursor } from './paging.ts'

test('a page holds up to the limit, and says where the next begins', () => {
  const keyOf = (row: string) => [row]
  expect(pageOfRows(['a', 'b'], 2, keyOf)).toEqual({ rows: ['a', 'b'] })
  expect(pageOfRows([], 2, keyOf)).toEqual({ rows: [] })
  const page = pageOfRows(['a', 'b', 'c'], 2, keyOf)
  expect(page.rows).toEqual(['a', 'b'])
  expect(readCursor(page.next, ['text'])).toEqual(['b'])
  expect(readCursor(undefined, ['text'])).toBeUndefined()
})

test('any key of text, number and day comes back as it was', () => {
  const key = fc.tuple(
    fc.string().filter((text) => !text.includes('\u0000')),
    fc.maxSafeInteger(),
    fc.option(fc.constant('2024-02-29')),
  )
  fc.assert(
    fc.property(key, (values) => {
      const { next } = pageOfRows([values, values], 1, (row) => row)
      expect(readCursor(next, ['text', 'int', 'null-day'])).toEqual(values)
    }),
    { seed: testSeed },
  )
})

test('whatever else is sent is refused', () => {
  const sent = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const cursor of [
    '',
    ' ',
    '!',
    'e30',
    'W10',
    sent([1]),
    sent(['a', 'b']),
    sent('a'),
    sent(['a\u0000']),
    sent([null]),
  ]) {
    expect(() => readCursor(cursor, ['text'])).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ code: 'request.bad_cursor' }) }),
    )
  }
  expect(() => readCursor(sent(['2024-02-30']), ['day'])).toThrow()
  expect(() => readCursor(sent(['x']), ['id'])).toThrow()
  expect(() => readCursor(sent([1.5]), ['int'])).toThrow()
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      expect(() => readCursor(cursor, ['id', 'day', 'int'])).toThrow(
        expect.objectContaining({ name: 'Refusal' }),
      )
    }),
    { seed: testSeed },
  )
})

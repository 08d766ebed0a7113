// Memberships after an import: undated ones are corrected, dated ones are kept and followed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { type Span, sinceEver, succeed, untilFurtherNotice } from './succession.ts'

const today = '2026-06-01'
const span = (target: string, from: string, until: string, id = target): Span => ({
  id,
  version: 1,
  target,
  from,
  until,
})

function after(spans: readonly Span[], target: string, from: string | null): Span[] {
  const { close, put } = succeed(spans, target, from, today)
  const left = spans.filter((one) => !close.some((gone) => gone.id === one.id))
  return [...left, ...put.map((one) => ({ ...one, id: one.id ?? 'new' }))].sort((a, b) =>
    a.from < b.from ? -1 : 1,
  )
}

test('the first one holds since ever', () => {
  expect(after([], 'west', null)).toMatchObject([
    { target: 'west', from: sinceEver, until: untilFurtherNotice },
  ])
})

test('an undated one is corrected in place', () => {
  const spans = after([span('west', sinceEver, untilFurtherNotice)], 'east', null)
  expect(spans).toMatchObject([{ id: 'west', version: 2, target: 'east', from: sinceEver }])
})

test('a dated history stays, and the new one begins today', () => {
  const spans = [
    span('west', sinceEver, '2025-01-01'),
    span('east', '2025-01-01', untilFurtherNotice),
  ]
  expect(after(spans, 'north', null)).toMatchObject([
    { target: 'west', until: '2025-01-01' },
    { target: 'east', until: today },
    { target: 'north', from: today, until: untilFurtherNotice },
  ])
})

test('after an end the new one follows the last', () => {
  expect(after([span('west', sinceEver, '2025-01-01')], 'east', null)).toMatchObject([
    { target: 'west' },
    { target: 'east', from: '2025-01-01' },
  ])
})

test('spans never overlap, the target holds in the end, and a second time changes nothing', () => {
  const days = ['2024-01-01', '2025-01-01', '2025-07-01', '2026-06-01', '2027-01-01']
  const spans = fc.uniqueArray(fc.constantFrom(...days), { maxLength: 4 }).chain((cuts) =>
    fc
      .tuple(
        fc.constant(cuts.toSorted()),
        fc.boolean(),
        fc.array(fc.constantFrom('a', 'b'), { minLength: 6, maxLength: 6 }),
      )
      .map(([borders, open, targets]) => {
        const points = [sinceEver, ...borders, ...(open ? [untilFurtherNotice] : [])]
        return points
          .slice(1)
          .map((until, i): Span => span(targets[i] ?? 'a', points[i] ?? sinceEver, until, `s${i}`))
      }),
  )
  fc.assert(
    fc.property(
      spans,
      fc.option(fc.constantFrom(...days)),
      fc.constantFrom('a', 'b', 'c'),
      (before, from, target) => {
        const result = after(before, target, from)
        for (const [i, one] of result.entries()) {
          expect(one.from < one.until).toBe(true)
          expect(i === 0 || (result[i - 1]?.until ?? '') <= one.from).toBe(true)
        }
        expect(result.at(-1)).toMatchObject({ target, until: untilFurtherNotice })
        expect(succeed(result, target, from, today)).toEqual({ close: [], put: [] })
      },
    ),
    { seed: testSeed },
  )
})

// Tests that every sentence exists in both languages with the same parameters.
import { describe, expect, test } from 'vitest'
import { messageCodes, sentence } from './messages.ts'

const gaps = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('sentences', () => {
  test.each(messageCodes.map((code) => [code]))(
    '%s has both languages with the same gaps',
    (code) => {
      const { en, de } = sentence(code)
      expect(en).not.toBe('')
      expect(de).not.toBe('')
      if (code !== 'recognised') expect(gaps(de)).toEqual(gaps(en))
    },
  )

  test('cut long cells, and keep what looks like a gap inside a cell', () => {
    const { en } = sentence('not_an_integer', {
      line: 3,
      column: '{line}',
      value: `${'x'.repeat(79)}😀y`,
    })
    expect(en).toBe(`Line 3, “{line}”: “${'x'.repeat(79)}…” is not a whole number.`)
  })
})

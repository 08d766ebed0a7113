// CSV cells that no spreadsheet runs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../tests/seed.ts'
import { anyCell, csvLines, textCell } from './csv.ts'

const hostile = fc
  .array(fc.constantFrom(...'=+-@\t\r\n"\',;é1 a'), { maxLength: 12 })
  .map((parts) => parts.join(''))

test('no cell is a formula, and every text comes back as it was', () => {
  expect(textCell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"')
  expect(textCell('\t+1')).toBe("'\t+1")
  expect(textCell('@a')).toBe("'@a")
  expect(textCell(null)).toBe('')
  fc.assert(
    fc.property(hostile, (text) => {
      const cell = textCell(text)
      const quoted = cell.startsWith('"') && cell.endsWith('"') && cell.length > 1
      const content = quoted ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(/^[=+\-@\t\r]/.test(content)).toBe(false)
      expect([text, `'${text}`]).toContain(content)
      expect(!quoted && /[",\r\n]/.test(cell)).toBe(false)
    }),
    { seed: testSeed },
  )
  expect(
    csvLines([
      ['a', 'b'],
      ['1', '2'],
    ]),
  ).toBe('a,b\r\n1,2\r\n')
})

test('numbers stay numbers, negative ones too', () => {
  for (const number of ['-12.50', '0', '7', '-1']) expect(anyCell(number)).toBe(number)
  for (const text of ['-1+2', '-x', '--1', '-1e5', '-.5', '=1'])
    expect(anyCell(text)).toBe(`'${text}`)
})

// Tests of splitting text into records: against a slow reading of the same rules, and by case.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import type { Delimiter, RawRecord } from './split.ts'
import { splitter } from './split.ts'

const small = { cell: 20, row: 60, columns: 5 }

function inPieces(
  text: string,
  size: number,
  delimiter: Delimiter = ',',
  limits = small,
): RawRecord[] {
  const split = splitter(delimiter, 1, limits)
  const records: RawRecord[] = []
  for (let i = 0; i < text.length; i += size) records.push(...split.push(text.slice(i, i + size)))
  return [...records, ...split.end()]
}

function cellsOf(text: string, delimiter: Delimiter = ','): string[][] {
  return inPieces(text, 7, delimiter, { cell: 1000, row: 1000, columns: 50 }).map(
    (one) => one.cells,
  )
}

describe('splitting', () => {
  test('takes LF, CR LF and CR in one file and skips empty lines', () => {
    expect(cellsOf('a,b\r\n1,2\n\n3,4\r5,6')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })

  test('counts physical lines, also those inside quotes', () => {
    const records = inPieces('a,b\n"x\ny\r\nz",2\r\n\n3,4\n', 3)
    expect(records.map((one) => [one.line, one.cells])).toEqual([
      [1, ['a', 'b']],
      [2, ['x\ny\r\nz', '2']],
      [6, ['3', '4']],
    ])
  })

  test('reads doubled quotes, blanks around quotes and quotes within cells', () => {
    expect(cellsOf('"he said ""hi""", "b" ,5" pipe,""\n')).toEqual([
      ['he said "hi"', 'b', '5" pipe', ''],
    ])
  })

  test('takes a byte order mark off any record', () => {
    expect(cellsOf('\ufeffa,b\n\ufeff"1",2\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('splits at runs of blanks', () => {
    expect(cellsOf('  1  00004\t 19970101 "two words" 3  \n2 b\n', 'blank')).toEqual([
      ['1', '00004', '19970101', 'two words', '3'],
      ['2', 'b'],
    ])
  })

  test('marks text behind a closing quote and goes on with the next line', () => {
    const [first, second] = inPieces('1,"x"y,2\n3,4\n', 4)
    expect(first).toMatchObject({ fault: 'text_after_quote', faultAt: 1, raw: '1,"x"y,2' })
    expect(second?.cells).toEqual(['3', '4'])
  })

  test('marks cells, rows and column counts beyond the limits', () => {
    const records = inPieces(`${'x'.repeat(21)},1\n${'y'.repeat(200)}\na,b,c,d,e,f\n1\n`, 9)
    expect(records.map((one) => [one.line, one.fault, one.faultAt])).toEqual([
      [1, 'cell_too_large', 0],
      [2, 'row_too_large', 0],
      [3, 'too_many_columns', 5],
      [4, undefined, undefined],
    ])
  })

  test('ends at an unclosed quote, at the end of the text or at the limit of a row', () => {
    expect(inPieces('1,2\n3,"x\n', 4).at(-1)).toMatchObject({
      line: 2,
      fault: 'unclosed_quote',
      faultAt: 1,
    })
    expect(inPieces(`1,2\n3,"${'x\n'.repeat(100)}`, 4)[1]).toMatchObject({
      line: 2,
      fault: 'unclosed_quote',
    })
    expect(inPieces(`"a",${'"b",'.repeat(40)}`, 4).at(-1)).toMatchObject({
      line: 1,
      fault: 'endless_row',
    })
  })

  test('gives the same records however the text is cut into pieces', () => {
    const text = fc
      .array(fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', 'ä', '\ufeff', '""', '\r\n'), {
        maxLength: 60,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom<Delimiter>(',', 'blank'),
        (whole, size, by) => {
          const wide = { cell: 1000, row: 1000, columns: 100 }
          expect(inPieces(whole, size, by, wide)).toEqual(
            inPieces(whole, whole.length + 1, by, wide),
          )
        },
      ),
      { seed: testSeed, numRuns: 400 },
    )
  })

  test('gives back every table that was written by the rules', () => {
    const cell = fc.string({
      maxLength: 8,
      unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'ß', ' ', ';'),
    })
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (table, end) => {
        const text = table
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join(end)
        expect(
          inPieces(text, 5, ',', { cell: 1000, row: 1000, columns: 9 }).map((one) => one.cells),
        ).toEqual(table)
      }),
      { seed: testSeed, numRuns: 300 },
    )
  })
})

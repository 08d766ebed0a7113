// Tests of telling delimiter and headers from the beginning of a text.
import { describe, expect, test } from 'vitest'
import { sniffText } from './sniff.ts'

function lines(...rows: string[]): string {
  return `${rows.join('\n')}\n`
}

describe('the delimiter', () => {
  test.each([
    [',', lines('Name,Ort', 'Ana,Wien', 'Jo,"Graz, Süd"')],
    [';', lines('Name;Preis', 'Ana;1,5', 'Jo;2,5')],
    ['\t', lines('Name\tOrt', 'Ana\tWien, Ost')],
    ['|', lines('Name|Ort', 'Ana|Wien')],
  ])('%j is found', (delimiter, text) => {
    expect(sniffText(text, true)).toMatchObject({
      delimiter,
      header: true,
      questions: [],
      columns: 2,
    })
  })

  test('is taken from the first line of a spreadsheet export', () => {
    expect(sniffText('sep=;\r\nName;Ort\r\nA,B;C,D\r\n', true)).toMatchObject({
      delimiter: ';',
      skipLines: 1,
    })
  })

  test('is runs of blanks where cells are values', () => {
    expect(
      sniffText(lines(' 00004   1  19970101  1   29.33', ' 00004   1  19970118  2   29.73'), true),
    ).toMatchObject({
      delimiter: 'blank',
      header: false,
      columns: 5,
    })
  })

  test('is asked when two fit throughout', () => {
    const { questions } = sniffText(lines('1,5;2,5', '3,5;4,5'), true)
    expect(questions.map((one) => one.code)).toEqual(['uncertain_delimiter'])
    expect(questions[0]?.options.map((one) => one.value.delimiter)).toEqual([',', ';'])
  })

  test('is asked where names may be one column or two', () => {
    expect(sniffText(lines('Ana Weber', 'Jo Falk'), true).questions[0]?.code).toBe(
      'uncertain_delimiter',
    )
  })

  test('given by the mapping is not looked for', () => {
    expect(
      sniffText(lines('1,5;2,5', '3,5;4,5'), true, { delimiter: ';', header: false }),
    ).toMatchObject({
      delimiter: ';',
      header: false,
      questions: [],
    })
  })
})

describe('headers', () => {
  test('are not there when the first row holds values', () => {
    expect(sniffText(lines('1,Ana,2024-01-02', '2,Jo,2024-01-03'), true).header).toBe(false)
  })

  test('are there when values stand below words', () => {
    expect(sniffText(lines('alpha,beta', 'x,1', 'y,2'), true)).toMatchObject({
      header: true,
      questions: [],
    })
  })

  test('are asked when nothing tells', () => {
    expect(
      sniffText(lines('alpha,beta', 'gamma,delta'), true).questions.map((one) => one.code),
    ).toEqual(['uncertain_header'])
  })
})

// Tests of turning cells into values, and of the reason given when that fails.
import { describe, expect, test } from 'vitest'
import type { PlanColumn, ReadPlan } from './convert.ts'
import { rowReader } from './convert.ts'
import type { RawRecord } from './split.ts'

const columns: PlanColumn[] = [
  { index: 0, header: 'Nr', field: 'external_id' },
  { index: 1, header: 'Phase', field: 'stage', values: { gew: 'Won' } },
  { index: 2, header: 'Auf', field: 'opened_on', patterns: ['D.M.YYYY'] },
  { index: 3, header: 'Zu', field: 'closed_on', patterns: ['D-M-YY', 'M-D-YY'] },
  { index: 4, header: 'Betrag', field: 'amount', decimal: ',' },
  { index: 5, header: 'W', field: 'currency' },
  { index: 6, header: 'Menge', field: 'quantity', decimal: ',' },
]
const plan: ReadPlan = {
  kind: 'deals',
  encoding: 'utf-8',
  damaged: true,
  delimiter: ';',
  header: true,
  skipLines: 0,
  headers: columns.map((one) => one.header),
  columns,
  constants: { lost_reason: 'Messe' },
  missing: ['', '?'],
  currency: 'EUR',
}

function record(...cells: string[]): RawRecord {
  return { line: 7, cells, raw: cells.join(';') }
}

function read(cells: string[], change: Partial<ReadPlan> = {}) {
  return rowReader({ ...plan, ...change })(record(...cells))
}

function rejected(...cells: string[]) {
  const reading = read(cells)
  if (!reading || !('reject' in reading)) throw new Error('was taken')
  const { line, column, value, code, raw } = reading.reject
  expect(line).toBe(7)
  expect(raw).toBe(cells.join(';').replaceAll('\0', '\u2400'))
  return [code, column, value]
}

describe('a row', () => {
  test('has typed values, empty cells as null, constants, and always a currency', () => {
    expect(read([' A  1 ', 'gew', '1.2.2024', '13-3-24', '1.234,50', '', '?'])).toEqual({
      row: {
        line: 7,
        raw: ' A  1 ;gew;1.2.2024;13-3-24;1.234,50;;?',
        values: {
          external_id: 'A 1',
          stage: 'Won',
          opened_on: '2024-02-01',
          closed_on: '2024-03-13',
          amount: 123450,
          currency: 'EUR',
          quantity: null,
          lost_reason: 'Messe',
        },
      },
    })
  })

  test('has amounts in the minor units of its own currency', () => {
    expect(read(['1', 'x', '', '', '1.234', 'jpy', '1,5'])).toMatchObject({
      row: { values: { amount: 1234, currency: 'JPY', quantity: 1.5 } },
    })
  })

  test('whose cells are all empty is none', () => {
    expect(read(['', ' ', '', '', '', '', ''])).toBeUndefined()
  })

  test('may have more cells when they are empty', () => {
    expect(read(['1', 'x', '', '', '', '', '', '', ' '])).toHaveProperty('row')
  })
})

describe('a reject', () => {
  test.each([
    ['missing_required', 'Phase', '', ['1', '', '', '', '', '', '']],
    ['not_a_date', 'Auf', '31.2.2024', ['1', 'x', '31.2.2024', '', '', '', '']],
    ['date_two_ways', 'Zu', '1-3-24', ['1', 'x', '', '1-3-24', '', '', '']],
    ['not_a_number', 'Betrag', '1,2,3', ['1', 'x', '', '', '1,2,3', '', '']],
    ['too_many_decimals', 'Betrag', '1,234', ['1', 'x', '', '', '1,234', '', '']],
    ['currency_mismatch', 'Betrag', '5 €', ['1', 'x', '', '', '5 €', 'USD', '']],
    ['currency_unknown', 'W', 'Euros', ['1', 'x', '', '', '5', 'Euros', '']],
    ['number_too_large', 'Betrag', '99999999999999', ['1', 'x', '', '', '99999999999999', '', '']],
    ['number_out_of_range', 'Menge', '-1', ['1', 'x', '', '', '', '', '-1']],
    ['dates_backwards', 'Zu', '13-3-23', ['1', 'x', '1.2.2024', '13-3-23', '', '', '']],
    ['text_too_long', 'Nr', 'x'.repeat(201), ['x'.repeat(201), 'x', '', '', '', '', '']],
    ['too_few_cells', 'Zu', null, ['1', 'x', '']],
    ['too_many_cells', '8', 'y', ['1', 'x', '', '', '', '', '', 'y']],
    ['nul_character', 'Phase', 'a\u2400', ['1', 'a\0', '', '', '', '', '']],
    ['damaged_text', 'Phase', 'a\ufffd', ['1', 'a\ufffd', '', '', '', '', '']],
    ['repeated_header', null, null, ['Nr', 'Phase', 'Auf', 'Zu', 'Betrag', 'W', 'Menge']],
  ] as const)('%s names column %j and value', (code, column, value, cells) => {
    expect(rejected(...cells)).toEqual([code, column, value])
  })

  test('says in both languages where and why', () => {
    const reading = read(['1', 'x', '31.2.2024', '', '', '', ''])
    expect(reading).toMatchObject({
      reject: {
        message: {
          en: 'Line 7, “Auf”: “31.2.2024” is not a date written as D.M.YYYY.',
          de: 'Zeile 7, „Auf“: „31.2.2024“ ist kein Datum der Form D.M.YYYY.',
        },
      },
    })
  })
})

describe('traits', () => {
  const customers: ReadPlan = {
    ...plan,
    kind: 'customers',
    headers: ['Name', '__proto', 'constructor', 'Notiz'],
    columns: [
      { index: 0, header: 'Name', field: 'name' },
      ...[1, 2, 3].map((index) => ({
        index,
        header: ['', '__proto', 'constructor', 'Notiz'][index] ?? '',
      })),
    ],
    constants: {},
  }

  test('keep other columns under any header, without empty ones', () => {
    const reading = rowReader(customers)(record('Ana', 'a', 'b', '?'))
    expect(reading && 'row' in reading && { ...reading.row.traits }).toEqual({
      __proto: 'a',
      constructor: 'b',
    })
  })

  test('have a longest value', () => {
    expect(rowReader(customers)(record('Ana', 'a', 'b', 'x'.repeat(2001)))).toMatchObject({
      reject: { code: 'text_too_long', column: 'Notiz' },
    })
  })
})

// Tests of the mapping file: what it takes, and that faults are named by their path.
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../basics/refusal.ts'
import { mergeMapping, parseMapping, parseMappingText } from './mapping.ts'

function fault(json: unknown): { code: string; field: string | undefined } {
  try {
    parseMapping(json)
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, field: error.detail.field }
    throw error
  }
  throw new Error('was taken')
}

describe('a mapping file', () => {
  test('is taken with every key', () => {
    const mapping = {
      as: 'deals',
      header: true,
      delimiter: '\t',
      encoding: 'latin1',
      columns: { Nr: 'external_id', '2': 'seller' },
      values: { Phase: { gew: 'Won' } },
      dates: { Datum: ['M/D/YYYY', 'D-M-YY'], Ende: 'YYYY-MM-DD' },
      decimal: ',',
      missing: ['', '?', 'None'],
      currency: 'USD',
      constants: { stage: 'Won' },
    }
    expect(parseMapping(mapping)).toEqual({ ...mapping, encoding: 'windows-1252' })
    expect(parseMapping({})).toEqual({})
  })

  test.each([
    [{ as: 'shipments' }, 'as'],
    [{ colums: {} }, 'colums'],
    [{ delimiter: '#' }, 'delimiter'],
    [{ encoding: 'ebcdic' }, 'encoding'],
    [{ encoding: '__proto__' }, 'encoding'],
    [{ dates: 'YYYY' }, 'dates'],
    [{ columns: { A: 1 } }, 'columns.A'],
    [{ values: { A: { b: 3 } } }, 'values.A.b'],
    [{ currency: 'euro' }, 'currency'],
    [{ missing: 'x' }, 'missing'],
    [{ header: 'yes' }, 'header'],
    [[], ''],
    [null, ''],
    ['text', ''],
  ])('%j is refused at %s', (json, path) => {
    expect(fault(json)).toEqual({ code: 'import.mapping_invalid', field: path })
  })

  test('is refused where a name would be lost in an object', () => {
    expect(fault(JSON.parse('{"columns":{"__proto__":"name"}}'))).toMatchObject({
      field: 'columns.__proto__',
    })
  })

  test('as text must be JSON', () => {
    expect(() => parseMappingText('{')).toThrow(Refusal)
    expect(parseMappingText('\ufeff{"as":"teams"}')).toEqual({ as: 'teams' })
  })
})

test('laying a part over a mapping joins per-column entries and replaces the rest', () => {
  const base = {
    as: 'deals',
    columns: { A: 'seller' },
    dates: { A: ['M/D/YYYY'] },
    missing: [''],
  } as const
  const part = { columns: { B: 'stage' }, dates: { B: ['D-M-YY'] }, missing: ['', '?'] }
  expect(mergeMapping(parseMapping(base), parseMapping(part))).toEqual({
    as: 'deals',
    columns: { A: 'seller', B: 'stage' },
    dates: { A: ['M/D/YYYY'], B: ['D-M-YY'] },
    missing: ['', '?'],
  })
})

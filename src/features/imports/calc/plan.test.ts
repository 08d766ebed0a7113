// Tests of referring to columns whose headers repeat, are missing or look like numbers.
import { describe, expect, test } from 'vitest'
import type { Mapping } from './mapping.ts'
import type { Inspection } from './plan.ts'
import { planImport } from './plan.ts'
import { profiler } from './profile.ts'

function inspection(headers: string[], rows: string[][]): Inspection {
  const columns = profiler(headers)
  for (const [i, cells] of rows.entries()) columns.row(i + 2, cells)
  return {
    name: 'file.csv',
    sha256: '',
    bytes: 1,
    fileBytes: 1,
    gzip: false,
    layout: {
      encoding: 'utf-8',
      damaged: false,
      delimiter: ',',
      header: true,
      skipLines: 0,
      columns: headers.length,
    },
    headers,
    columns: columns.end(),
    read: rows.length,
    blank: 0,
    malformed: 0,
    sample: [],
    questions: [],
    notes: [],
  }
}

const stages: Mapping = { as: 'deals', currency: 'EUR', constants: { stage: 'Won' } }

describe('columns', () => {
  test('with the same header are asked about, and answered, by their number', () => {
    const file = inspection(['Tag', 'Tag', ''], [['1/2/2024', '3/4/2024', '5.6.2024']])
    const mapping: Mapping = { ...stages, columns: { '1': 'opened_on', '2': 'closed_on' } }
    const { questions } = planImport(file, { mapping })
    expect(questions.map((one) => [one.column, one.options[0]?.value])).toEqual([
      ['1', { dates: { '1': ['M/D/YYYY'] } }],
      ['2', { dates: { '2': ['M/D/YYYY'] } }],
    ])
    const { plan } = planImport(file, {
      mapping: { ...mapping, dates: { '1': ['M/D/YYYY'], '2': ['D/M/YYYY'] } },
    })
    expect(plan?.columns.map((one) => one.patterns)).toEqual([['M/D/YYYY'], ['D/M/YYYY']])
  })

  test('whose header is a number are meant by that number before the place is', () => {
    const file = inspection(['2', 'Ende'], [['1/2/2024', '3/4/2024']])
    const { questions } = planImport(file, {
      mapping: {
        ...stages,
        columns: { '2': 'opened_on', Ende: 'closed_on' },
        dates: { '2': ['D/M/YYYY'] },
      },
    })
    expect(questions.map((one) => one.column)).toEqual(['Ende'])
  })

  test('may be called like something objects inherit', () => {
    const file = inspection(['__proto__', 'constructor', 'Stage'], [['a', 'b', 'Won']])
    const { plan, columns } = planImport(file, { as: 'deals', currency: 'EUR' })
    expect(plan?.columns.map((one) => one.header)).toEqual(['Stage'])
    expect(columns.map((one) => one.use)).toEqual(['ignored', 'ignored', 'field'])
  })
})

describe('a plan', () => {
  test('takes all rows as won where the answer says so', () => {
    const file = inspection(['Seller', 'Amount', 'Closed on'], [['Ana', '5', '2024-01-31']])
    const open = planImport(file, { as: 'deals', currency: 'EUR' })
    expect(open.questions.map((one) => one.code)).toEqual(['field_missing'])
    const answer = open.questions[0]?.options.find((one) => one.value.constants)?.value
    const { plan } = planImport(file, { as: 'deals', currency: 'EUR', mapping: { ...answer } })
    expect(plan?.constants).toEqual({ stage: 'Won' })
  })

  test('is plain JSON', () => {
    const file = inspection(['Seller', 'Stage'], [['Ana', 'Won']])
    const { plan } = planImport(file, { as: 'deals', currency: 'EUR' })
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })
})

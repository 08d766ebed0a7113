// The practice data of Maven Analytics, read by preset, against the figures known of it.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { TypedRow } from './calc/convert.ts'
import type { Mapping } from './calc/mapping.ts'
import { suggestNear } from './calc/near-duplicates.ts'
import type { Planned } from './calc/plan.ts'
import { planImport } from './calc/plan.ts'
import { inspectFile, readRows } from './read-file.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/data/crm-maven')

async function planOf(name: string, mapping: Mapping = {}): Promise<Planned> {
  return planImport(await inspectFile(join(folder, name)), { currency: 'EUR', mapping })
}

async function rowsOf(name: string, mapping: Mapping = {}): Promise<TypedRow[]> {
  const { plan, questions } = await planOf(name, mapping)
  if (!plan) throw new Error(questions.map((one) => one.text.en).join(' '))
  const rows: TypedRow[] = []
  for await (const batch of readRows(join(folder, name), plan)) {
    expect(batch.rejects).toEqual([])
    rows.push(...batch.rows)
  }
  return rows
}

async function values(name: string, header: string): Promise<Map<string, number>> {
  const { columns } = await inspectFile(join(folder, name))
  return new Map(columns.find((one) => one.header === header)?.distinct)
}

describe('the files of the practice CRM', () => {
  test.each([
    ['accounts.csv', 'customers', 85],
    ['products.csv', 'products', 7],
    ['sales_teams.csv', 'sellers', 35],
    ['sales_pipeline.csv', 'deals', 8800],
  ] as const)('%s is recognised as %s and read whole', async (name, kind, count) => {
    expect(await planOf(name)).toMatchObject({ kind, preset: 'maven', questions: [] })
    expect(await rowsOf(name)).toHaveLength(count)
  })

  test('the others are not taken for anything', async () => {
    for (const name of ['data_dictionary.csv', 'check_figures.csv']) {
      expect((await planOf(name)).questions.map((one) => one.code)).toContain('unknown_kind')
    }
  })

  test('deals add up', async () => {
    const rows = await rowsOf('sales_pipeline.csv')
    const won = rows.filter((one) => one.values.stage === 'Won')
    expect(won).toHaveLength(4238)
    expect(won.reduce((sum, one) => sum + Number(one.values.amount), 0)).toBe(1_000_553_400)
    expect(new Set(rows.map((one) => one.values.currency))).toEqual(new Set(['USD']))
    expect(rows.filter((one) => one.values.customer === null)).toHaveLength(1425)
  })

  test('customers keep the other columns', async () => {
    const [first] = await rowsOf('accounts.csv')
    expect({ ...first?.traits }).toEqual({ year_established: '1996', revenue: '1100.04' })
  })

  test('mixed dates are asked, with the counts of each form', async () => {
    const { plan, questions } = await planOf('sales_pipeline_mixed_dates.csv')
    expect(plan).toBeUndefined()
    expect(questions).toMatchObject([
      {
        code: 'ambiguous_dates',
        column: 'engage_date',
        forms: [
          { form: '#/#/####', rows: 5066, patterns: ['M/D/YYYY'] },
          { form: '#-#-##', rows: 3234, patterns: ['D-M-YY', 'M-D-YY'] },
        ],
      },
      {
        code: 'ambiguous_dates',
        column: 'close_date',
        forms: [
          { form: '#/#/####', rows: 4070, patterns: ['M/D/YYYY'] },
          { form: '#-#-##', rows: 2641, patterns: ['D-M-YY', 'M-D-YY'] },
        ],
      },
    ])
  })

  test('mixed dates with their patterns equal the right file row by row', async () => {
    const mapping: Mapping = {
      dates: { engage_date: ['M/D/YYYY', 'D-M-YY'], close_date: ['M/D/YYYY', 'MM-DD-YY'] },
    }
    const mixed = await rowsOf('sales_pipeline_mixed_dates.csv', mapping)
    const right = await rowsOf('sales_pipeline.csv')
    expect(mixed.map((one) => one.values)).toEqual(right.map((one) => one.values))
  })

  test('quirks come as suggestions, and nothing else does', async () => {
    const product = await values('sales_pipeline.csv', 'product')
    const names = (await values('products.csv', 'product')).keys()
    expect(suggestNear({ kind: 'products', values: product, known: names })).toEqual([
      { kind: 'products', value: 'GTXPro', like: 'GTX Pro', rows: 1480 },
    ])
    expect(
      suggestNear({
        kind: 'industry',
        values: await values('accounts.csv', 'sector'),
        topic: 'industries',
      }),
    ).toEqual([{ kind: 'industry', value: 'technolgy', like: 'technology', rows: 12 }])
    expect(
      suggestNear({
        kind: 'country',
        values: await values('accounts.csv', 'office_location'),
        topic: 'countries',
      }),
    ).toEqual([{ kind: 'country', value: 'Philipines', like: 'Philippines', rows: 1 }])
    expect(
      suggestNear({ kind: 'customers', values: await values('accounts.csv', 'account') }),
    ).toEqual([])
    expect(
      suggestNear({
        kind: 'sellers',
        values: await values('sales_teams.csv', 'sales_agent'),
        topic: 'people',
      }),
    ).toEqual([])
  })
})

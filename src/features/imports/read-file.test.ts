// Tests of reading whole files: layout, questions, plans, counts, refusals.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../../basics/refusal.ts'
import type { RowReject, TypedRow } from './calc/convert.ts'
import type { Mapping } from './calc/mapping.ts'
import { mergeMapping } from './calc/mapping.ts'
import type { Planned, PlanOptions } from './calc/plan.ts'
import { planImport, previewRows } from './calc/plan.ts'
import type { InspectOptions } from './read-file.ts'
import { inspectFile, readRows } from './read-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-read-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function file(content: string | Uint8Array, name = 'file.csv'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function planOf(
  content: string | Uint8Array,
  options: PlanOptions = {},
  inspect: InspectOptions = {},
): Promise<Planned> {
  return planImport(await inspectFile(await file(content), inspect), {
    currency: 'EUR',
    ...options,
  })
}

async function readAll(
  content: string | Uint8Array,
  options: PlanOptions = {},
): Promise<{ rows: TypedRow[]; rejects: RowReject[] }> {
  const { plan, questions } = await planOf(
    content,
    options,
    options.mapping ? { mapping: options.mapping } : {},
  )
  if (!plan) throw new Error(questions.map((one) => one.text.en).join(' '))
  const all: { rows: TypedRow[]; rejects: RowReject[] } = { rows: [], rejects: [] }
  for await (const batch of readRows(join(folder, 'file.csv'), plan)) {
    all.rows.push(...batch.rows)
    all.rejects.push(...batch.rejects)
  }
  return all
}

async function refusal(
  content: string | Uint8Array,
  options: InspectOptions = {},
): Promise<unknown> {
  try {
    await inspectFile(await file(content), options)
  } catch (error) {
    if (error instanceof Refusal) {
      expect(error.message).toContain('file.csv')
      return error.detail.particulars
    }
    throw error
  }
  throw new Error('was read')
}

const german =
  'Auftragsnummer;Verkäuferin;Phase;Abschlussdatum;Betrag\nA1;Jörg Groß;gewonnen;31.12.2024;1.234,50\nA2;Ana;offen;;\n'
const expected = [
  {
    external_id: 'A1',
    seller: 'Jörg Groß',
    stage: 'gewonnen',
    closed_on: '2024-12-31',
    amount: 123450,
    currency: 'EUR',
  },
  {
    external_id: 'A2',
    seller: 'Ana',
    stage: 'offen',
    closed_on: null,
    amount: null,
    currency: 'EUR',
  },
]

describe('a file', () => {
  test.each([
    ['UTF-8', Buffer.from(german)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${german}`)],
    ['Windows-1252', Buffer.from(german, 'latin1')],
    ['UTF-16 little-endian', Buffer.from(`\ufeff${german}`, 'utf16le')],
    ['UTF-16 big-endian without a mark', Buffer.from(german, 'utf16le').swap16()],
    ['gzipped', gzipSync(german)],
    ['with CR LF', Buffer.from(german.replaceAll('\n', '\r\n'))],
  ])('in %s gives the same rows', async (_, bytes) => {
    const { rows, rejects } = await readAll(bytes)
    expect(rejects).toEqual([])
    expect(rows.map((one) => one.values)).toEqual(expected)
    expect(rows.map((one) => one.line)).toEqual([2, 3])
  })

  test('has the hash of its content, packed or not', async () => {
    const plain = await inspectFile(await file(german))
    const packed = await inspectFile(await file(gzipSync(german)))
    expect(packed.sha256).toBe(plain.sha256)
    expect([plain.gzip, packed.gzip, packed.bytes]).toEqual([
      false,
      true,
      Buffer.byteLength(german),
    ])
  })

  test('shows its first rows as they will be stored', async () => {
    const inspection = await inspectFile(await file(german))
    const { plan } = planImport(inspection, { currency: 'EUR' })
    expect(plan && previewRows(plan, inspection).rows.map((one) => one.values)).toEqual(expected)
  })

  test('counts what it reads: rows, rejects, blank lines apart', async () => {
    const text = `${german}\n;;;;\nA3;Jo\nA4;Jo;offen;;abc\n`
    const inspection = await inspectFile(await file(text))
    expect(inspection).toMatchObject({ read: 4, blank: 1, malformed: 1 })
    const { rows, rejects } = await readAll(text)
    expect([rows.length, rejects.map((one) => [one.line, one.code])]).toEqual([
      2,
      [
        [6, 'too_few_cells'],
        [7, 'not_a_number'],
      ],
    ])
  })

  test('with headers only has no rows', async () => {
    const planned = await planOf('Seller,Stage,Amount,Closed on\n')
    expect(planned.notes.map((one) => one.code)).toContain('no_rows')
    expect(await readAll('Seller,Stage,Amount,Closed on\n')).toEqual({ rows: [], rejects: [] })
  })

  test('can be stopped', async () => {
    const path = await file(german)
    await expect(
      inspectFile(path, { signal: AbortSignal.abort(new Error('stopped')) }),
    ).rejects.toThrow('stopped')
  })
})

describe('questions', () => {
  async function ask(content: string | Uint8Array, options: PlanOptions = {}) {
    const { plan, questions } = await planOf(content, options)
    expect(plan).toBeUndefined()
    return questions
  }

  test('about dates are asked with examples, and their answer makes a plan', async () => {
    const text = 'Seller,Stage,Closed on,Amount\nA,Won,10/20/2016,1\nB,Won,1-11-16,2\n'
    const [question] = await ask(text)
    expect(question).toMatchObject({
      code: 'ambiguous_dates',
      column: 'Closed on',
      examples: [
        { line: 2, value: '10/20/2016' },
        { line: 3, value: '1-11-16' },
      ],
      options: [
        { value: { dates: { 'Closed on': ['M/D/YYYY', 'D-M-YY'] } } },
        { value: { dates: { 'Closed on': ['M/D/YYYY', 'M-D-YY'] } } },
      ],
      optionForCommandLine: '--map with {"dates":{"Closed on":["M/D/YYYY","D-M-YY"]}}',
    })
    const { rows } = await readAll(text, { mapping: question?.options[0]?.value ?? {} })
    expect(rows.map((one) => one.values.closed_on)).toEqual(['2016-10-20', '2016-11-01'])
  })

  test('about numbers, marks, currency and required fields are asked', async () => {
    const text = 'Seller,Status x,Closed on,Amount\nA,Won,N/A,1.234\n'
    const questions = await ask(text, { as: 'deals' })
    expect(questions.map((one) => one.code)).toEqual([
      'field_missing',
      'missing_marks',
      'ambiguous_numbers',
    ])
    expect(questions[0]?.options.map((one) => one.value)).toEqual([
      { columns: expect.objectContaining({ 'Status x': 'stage' }) },
      { constants: { stage: 'Won' } },
    ])
    const inspection = await inspectFile(
      await file('Seller,Stage,Closed on,Amount\nA,Won,2024-01-01,1\n'),
    )
    expect(planImport(inspection).questions.map((one) => one.code)).toEqual(['currency_missing'])
  })

  test('about the kind are asked where headers do not tell', async () => {
    expect((await ask('alpha,beta\nx,1\n')).map((one) => one.code)).toEqual(['unknown_kind'])
  })

  test('about the encoding are asked when bytes contradict each other', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Seller,Stage,Amount,Closed on\nJörg,Won,1,2024-01-01\nJ'),
      Uint8Array.of(0xf6),
      Buffer.from('rg,Won,1,2024-01-01\n'),
    ])
    const [question] = await ask(bytes)
    expect(question).toMatchObject({ code: 'uncertain_encoding', params: { line: 3 } })
    const asUtf8 = await readAll(bytes, { mapping: { encoding: 'utf-8' } })
    expect(asUtf8.rejects.map((one) => [one.line, one.code, one.column])).toEqual([
      [3, 'damaged_text', 'Seller'],
    ])
  })

  test('about the layout, once answered, need another look at the file', async () => {
    const text = '1,5;2,5\n3,5;4,5\n'
    const mapping: Mapping = {
      delimiter: ';',
      header: false,
      as: 'deals',
      columns: { '1': 'amount' },
      constants: { stage: 'Won' },
    }
    const first = await planOf(text, { mapping })
    expect([first.inspectAgain, first.plan]).toEqual([true, undefined])
    const { rows } = await readAll(text, { mapping })
    expect(rows.map((one) => one.values)).toEqual([
      { amount: 150, stage: 'Won', currency: 'EUR' },
      { amount: 350, stage: 'Won', currency: 'EUR' },
    ])
  })

  test('asked again with the complete mapping give the same plan', async () => {
    const once = await planOf(german)
    const twice = await planOf(german, { mapping: once.mapping }, { mapping: once.mapping })
    expect(twice.plan).toEqual(once.plan)
    expect(mergeMapping(once.mapping, once.mapping)).toEqual(once.mapping)
  })
})

describe('a mapping that does not fit', () => {
  test.each([
    [{ columns: { Nope: 'stage' } }, 'columns.Nope'],
    [{ columns: { Phase: 'nope' } }, 'columns.Phase'],
    [{ columns: { Phase: 'stage', '3': 'stage' } }, 'columns.Phase'],
    [{ dates: { Nope: 'YYYY-MM-DD' } }, 'dates.Nope'],
    [{ values: { '9': {} } }, 'values.9'],
    [{ constants: { nope: 'x' } }, 'constants.nope'],
    [{ constants: { quantity: 'many' } }, 'constants.quantity'],
    [{ constants: { stage: 'Won' } }, 'constants.stage'],
    [{ as: 'teams' }, 'as'],
  ] as [Mapping, string][])('%j is refused at %s', async (mapping, field) => {
    await expect(planOf(german, { as: 'deals', mapping })).rejects.toMatchObject({
      detail: { code: 'import.mapping_invalid', field },
    })
  })
})

describe('a refusal names file, line and column', () => {
  const rows = 'Seller,Stage\nA,Won\n'
  test.each([
    ['empty', '', 1, 1],
    ['empty', '\n\r\n', 1, 1],
    ['unclosed_quote', `${rows}B,"Won\nC,Won\n`, 3, 2],
    ['header_unusable', `Seller,${'x'.repeat(1001)}\n`, 1, 2],
    ['header_unusable', 'Seller,"Stage"x\n', 1, 2],
    ['too_many_columns', `${Array.from({ length: 501 }, (_, i) => `c${i}`).join(',')}\n`, 1, 501],
    ['damaged_archive', 'PK\u0003\u0004xxxx', 1, 1],
    ['not_text', '%PDF-1.7 xxxx', 1, 1],
    ['not_text', '\0'.repeat(100), 1, 1],
  ])('%s', async (reason, text, line, column) => {
    expect(await refusal(text)).toMatchObject({ reason, file: 'file.csv', line, column })
  })

  test('damaged archives', async () => {
    const packed = gzipSync(rows.repeat(1000))
    expect(await refusal(packed.subarray(0, packed.length - 9))).toMatchObject({
      reason: 'damaged_archive',
    })
  })

  test('more bytes than allowed', async () => {
    expect(await refusal(gzipSync(rows.repeat(100_000)), { maxBytes: 1_000_000 })).toMatchObject({
      reason: 'too_large',
    })
  })

  test('no such file', async () => {
    await expect(inspectFile(join(folder, 'none.csv'))).rejects.toMatchObject({
      detail: { code: 'import.unreadable' },
    })
    await expect(inspectFile(folder)).rejects.toMatchObject({
      detail: { code: 'import.unreadable' },
    })
  })

  test('headers that changed after planning', async () => {
    const { plan } = await planOf(german)
    await file(rows)
    if (!plan) throw new Error('no plan')
    await expect(readRows(join(folder, 'file.csv'), plan).next()).rejects.toMatchObject({
      detail: { particulars: { reason: 'not_readable', line: 1 } },
    })
  })
})

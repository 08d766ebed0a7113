// What PostgreSQL writes as CSV comes back as it was, wherever the pieces are cut.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import { CsvBroken, type LosslessRow, losslessRows } from './lossless-csv.ts'

/** As PostgreSQL writes it. */
function written(rows: readonly LosslessRow[]): string {
  const cell = (text: string | null) =>
    text === null
      ? ''
      : text === '' || /[",\r\n]/.test(text)
        ? `"${text.replaceAll('"', '""')}"`
        : text
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('')
}

async function read(pieces: readonly string[]): Promise<LosslessRow[]> {
  const rows: LosslessRow[] = []
  for await (const row of losslessRows(pieces)) rows.push(row)
  return rows
}

const cell = fc.oneof(
  fc.constant(null),
  fc.constantFrom('', '"', '""', ',', '\n', '\r\n', '=1+1', '\\.', ' x '),
  fc.string({ unit: 'grapheme' }),
)
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  )

test('rows survive, however the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.array(fc.integer({ min: 1, max: 7 })), async (rows, cuts) => {
      const text = written(rows)
      const pieces: string[] = []
      let at = 0
      for (const cut of cuts) {
        pieces.push(text.slice(at, at + cut))
        at += cut
      }
      pieces.push(text.slice(at))
      expect(await read(pieces)).toEqual(rows)
    }),
    { seed: testSeed, numRuns: 300 },
  )
})

test.each([
  ['cut off in a quote', 'a,b\n"x', 2],
  ['cut off before the end of the row', 'a,b\n1,2', 2],
  ['a quote inside', 'a\nb"c"\n', 2],
  ['something behind a quote', 'a\n"b"c\n', 2],
])('%s is refused with its row', async (_name, text, row) => {
  const refused = await read([text]).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(CsvBroken)
  expect(refused).toMatchObject({ row })
})

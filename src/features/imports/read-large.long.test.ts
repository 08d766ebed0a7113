// Files of the largest size are read in the memory of small ones: a gigabyte of CSV, a million rows of a spreadsheet.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OutRow } from '../../platform/files/table-out.ts'
import { writeXlsx } from '../../platform/files/xlsx-out.ts'
import { planImport } from './calc/plan.ts'
import { inspectFile, readRows } from './read-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-large-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const day = (i: number) =>
  `2024-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`

/** Reads a file to its end as an import does; gives its counts and the most memory it added. */
async function readWhole(path: string) {
  const before = process.memoryUsage().rss
  let memory = 0
  const measure = () => {
    memory = Math.max(memory, process.memoryUsage().rss - before)
  }
  const inspection = await inspectFile(path, { onProgress: measure })
  const { plan, questions } = planImport(inspection, { as: 'deals', currency: 'EUR' })
  if (!plan) throw new Error(questions.map((one) => one.text.en).join(' '))
  let rows = 0
  for await (const batch of readRows(path, plan, { onProgress: measure })) rows += batch.rows.length
  return { read: inspection.read, rows, memory }
}

test('a gigabyte of CSV', { timeout: 1_800_000 }, async () => {
  const path = join(folder, 'large.csv')
  let count = 0
  function* text() {
    let bytes = 0
    yield 'Number,Seller,Customer,Stage,Closed on,Amount\n'
    while (bytes < 1_000_000_000) {
      let part = ''
      for (let i = 0; i < 2000; i++, count++) {
        part += `D-${count},Seller ${count % 500},"Customer, ${count % 100_003}",Won,${day(count)},${count % 99_991}.25\n`
      }
      bytes += part.length
      yield part
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(path))
  expect((await stat(path)).size).toBeGreaterThan(1_000_000_000)
  const found = await readWhole(path)
  await rm(path)
  expect(found).toMatchObject({ read: count, rows: count })
  expect(found.memory).toBeLessThan(400_000_000)
})

test('a spreadsheet with a million rows', { timeout: 600_000 }, async () => {
  const path = join(folder, 'large.xlsx')
  const count = 999_000
  async function* rows() {
    for (let at = 0; at < count; at += 1000) {
      yield Array.from({ length: 1000 }, (_, k): OutRow => {
        const i = at + k
        const amount = { amount: (i % 99_991) * 100 + 25, currency: 'EUR' }
        return [`D-${i}`, `Seller ${i % 500}`, `Customer ${i % 1009}`, 'Won', day(i), amount]
      })
    }
  }
  const text = (header: string) => ({ header, kind: 'text' as const })
  const columns = [
    ...['Number', 'Seller', 'Customer', 'Stage'].map(text),
    { header: 'Closed on', kind: 'date' as const },
    { header: 'Amount', kind: 'money' as const },
  ]
  await writeFile(path, writeXlsx(columns, rows(), { title: 'Deals' }))
  const found = await readWhole(path)
  expect(found).toMatchObject({ read: count, rows: count })
  expect(found.memory).toBeLessThan(400_000_000)
})

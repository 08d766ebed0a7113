// The deterministic firm that is measured: files of sellers, customers, products and deals, from one seed.
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addDays, type Day, daysBetween } from '../src/basics/period.ts'

export const sellers = 100
export const customers = 10_000
export const products = 50
export const teams = 10
export const firstDay = '2021-01-01'
/** The day after the last on which anything was closed. */
export const lastDay = '2025-01-01'
const regions = ['North', 'South', 'East', 'West', 'Centre']
export const families = ['Cranes', 'Lifts', 'Pumps', 'Tools', 'Service']
const openStages = ['Prospecting', 'Engaging', 'Offer']

/** A linear congruential generator: the same rows everywhere, from one seed. */
function chance(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pad = (value: number, length: number) => String(value).padStart(length, '0')

interface Kind {
  seed: number
  prefix: string
  /** The days they are opened and closed on, [from, until); unless told, the four years of the firm. */
  from?: Day
  until?: Day
}

/** 63 % won, 24 % lost, the rest open. */
function* dealLines(
  rows: number,
  { seed, prefix, from = firstDay, until = lastDay }: Kind,
): Generator<string> {
  const next = chance(seed)
  const days = daysBetween(from, until)
  const dayAt = Array.from({ length: days }, (_, i) => addDays(from, i))
  let part = 'number,seller,customer,product,stage,opened on,closed on,amount,currency\n'
  for (let i = 0; i < rows; i++) {
    const opened = next(days - 120)
    const luck = next(100)
    const closed = dayAt[opened + next(120)]
    const stage = luck < 63 ? 'Won' : luck < 87 ? 'Lost' : openStages[next(openStages.length)]
    part += `${prefix}${i},Seller ${pad(next(sellers), 3)},Customer ${pad(next(customers), 5)},Product ${pad(next(products), 2)},${stage},${dayAt[opened]},${luck < 87 ? closed : ''},${100 + next(90_000)}.${pad(next(100), 2)},EUR\n`
    if (part.length > 65_536) {
      yield part
      part = ''
    }
  }
  yield part
}

export interface Files {
  sellers: string
  customers: string
  products: string
  deals: string
}

const kinds = ['sellers', 'customers', 'products', 'deals'] as const

/** Where {@link writeFiles} has written them. */
export function filesIn(folder: string): Files {
  return Object.fromEntries(
    kinds.map((kind) => [kind, join(folder, `${kind}.csv`)]),
  ) as unknown as Files
}

export async function writeDeals(path: string, rows: number, kind: Kind): Promise<string> {
  await pipeline(Readable.from(dealLines(rows, kind)), createWriteStream(path))
  return path
}

export async function writeFiles(folder: string, rows: number): Promise<Files> {
  const list = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n')
  const files = filesIn(folder)
  const write = (path: string, header: string, body: string) =>
    writeFile(path, `${header}\n${body}\n`)
  await write(
    files.sellers,
    'name,team',
    list(sellers, (i) => `Seller ${pad(i, 3)},Team ${i % teams}`),
  )
  await write(
    files.customers,
    'name,country,region',
    list(customers, (i) => `Customer ${pad(i, 5)},Germany,${regions[i % regions.length]}`),
  )
  await write(
    files.products,
    'name,family',
    list(products, (i) => `Product ${pad(i, 2)},${families[i % families.length]}`),
  )
  await writeDeals(files.deals, rows, { seed: 20_261_125, prefix: 'D-' })
  return files
}

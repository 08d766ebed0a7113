// The files of a real data set as they lie there, read by DuckDB: what Kontor answers is compared with SQL on them.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

export type Cellular = string | number | boolean | null
export type RawRow = Record<string, Cellular>

export interface RawFiles {
  /** Where the file of this name lies. */
  path(name: string): string
  run(text: string): Promise<void>
  rows(text: string): Promise<RawRow[]>
  close(): void
}

/** Opens files of a set as tables of plain text, each row with its number `n` in the file. */
export async function rawFiles(
  set: string,
  tables: Readonly<Record<string, string>>,
): Promise<RawFiles> {
  const folder = join(process.env.KONTOR_REAL_DATA ?? '../shared/data', set)
  if (!existsSync(folder)) throw new Error(`The real data are not in ${folder}.`)
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const run = async (text: string) => {
    await connection.run(text)
  }
  for (const [name, file] of Object.entries(tables)) {
    await run(`CREATE TABLE ${name} AS
      SELECT row_number() OVER () AS n, * FROM read_csv('${join(folder, file)}', all_varchar = true, header = true)`)
  }
  return {
    path: (name) => join(folder, name),
    run,
    rows: async (text) => {
      const read = await connection.runAndReadAll(text)
      return read
        .getRowObjectsJS()
        .map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
        )
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Whole numbers of any width are numbers here; no sum of these sets comes near the limit. */
function plain(value: unknown): Cellular {
  if (typeof value === 'bigint') {
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw new Error(`${value} is too large to be compared`)
    return number
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
    return value as Cellular
  throw new Error(`${String(value)} is no plain value`)
}

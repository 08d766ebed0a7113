// Import against what the database itself needs for the same rows; again unchanged.
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { World } from './kontor.ts'
import { type Line, median, ratioLine, timed, told } from './measure.ts'

const runs = 3
/** From this many rows on a pure insert takes so long that one run says enough. */
const manyRows = 500_000

export async function importArea(world: World): Promise<Line[]> {
  const { first, rows } = world
  if (world.kept)
    throw new Error('The deals were there already: measure imports in a folder not kept.')
  const bare = await bareCopy(world)
  const insert = await pureInsert(world)
  const again = await world.take(world.files.deals, 'deals')
  if (again.counts.unchanged !== rows)
    throw new Error(`The same file again left ${again.counts.unchanged} of ${rows} unchanged`)
  const megabytes = first.peakBytes / 2 ** 20
  return [
    ratioLine('import', 'with parsing, against pure INSERT … SELECT', {
      ms: first.ms,
      against: insert,
      most: 1.5,
      reason:
        'Nearly half of storing is the last statement, sums for the rollups and the digest of every row for the chain, which the bare INSERT has not; a quarter of all is reading and staging.',
    }),
    ratioLine('import', 'with parsing, against bare COPY', {
      ms: first.ms,
      against: bare,
      most: 30,
      reason:
        'As above; the wider indexes that figures are counted from are paid here. Not tried: making indexes after the rows.',
    }),
    told(
      'import',
      'reading and staging, then storing',
      `${(first.readMs / 1000).toFixed(1)} s + ${(first.storeMs / 1000).toFixed(1)} s`,
      { readMs: first.readMs, storeMs: first.storeMs },
    ),
    ratioLine('import', 'the same file again', {
      ms: again.ms,
      against: first.ms,
      most: 0.3,
      reason:
        'What is left is reading, staging and one comparison of all columns; storing does nothing any more.',
    }),
    {
      area: 'import',
      what: "peak memory of Kontor's process",
      goal: '≤ 400 MB',
      figure: `${megabytes.toFixed(0)} MB`,
      verdict: megabytes <= 400 ? 'kept' : 'missed',
      numbers: { megabytes },
    },
    told('import', 'disk per deal', `${(first.diskBytes / rows).toFixed(0)} bytes`, {
      bytes: first.diskBytes / rows,
    }),
    told(
      'import',
      'log of the database (WAL) per deal',
      `${(first.walBytes / rows).toFixed(0)} bytes`,
      {
        bytes: first.walBytes / rows,
      },
    ),
  ]
}

/** Of the first import of this run; last of all, for it takes the rows away that others ask about. */
export async function undoArea({ first, send }: World): Promise<Line[]> {
  const { ms } = await timed(() => send('POST', `/imports/${first.id}/undo`))
  return [
    ratioLine('undo', 'of the whole import', {
      ms,
      against: first.ms,
      most: 0.7,
      reason:
        'Rows are closed, never deleted: each is written anew with all its indexes, two fifths of the time; digest and sums of as many rows are another third, looking for what was changed since the rest. It runs last, after as many deals again were imported where the area together was asked for.',
    }),
  ]
}

/** The file into a table without index, as text and numbers. */
async function bareCopy({ owner, files }: World): Promise<number> {
  const client = await owner.connect()
  try {
    const found: number[] = []
    for (let i = 0; i < runs; i++) {
      await client.query(`CREATE TABLE bench_bare (number text, seller text, customer text, product text,
        stage text, opened_on date, closed_on date, amount numeric, currency text)`)
      const { ms } = await timed(() =>
        pipeline(
          createReadStream(files.deals),
          client.query(copyFrom('COPY bench_bare FROM STDIN (FORMAT csv, HEADER)')),
        ),
      )
      found.push(ms)
      await client.query('DROP TABLE bench_bare')
    }
    return median(found)
  } finally {
    client.release()
  }
}

const written = ['deal', 'sale', 'stage_entry'] as const

/** The rows as they were stored, into empty tables with the same columns, checks and indexes. */
async function pureInsert({ owner, rows }: World): Promise<number> {
  const found: number[] = []
  for (let i = 0; i < (rows < manyRows ? runs : 1); i++) {
    for (const name of written) {
      await owner.query(`CREATE TABLE bench_${name} (LIKE ${name} INCLUDING ALL)`)
    }
    const { ms } = await timed(async () => {
      for (const name of written)
        await owner.query(`INSERT INTO bench_${name} SELECT * FROM ${name}`)
    })
    found.push(ms)
    for (const name of written) await owner.query(`DROP TABLE bench_${name}`)
  }
  return median(found)
}

// The program under measurement: served as it is served to people, with a look into its database beside it.
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openPools, type Pools } from '../src/platform/database/connect.ts'
import { type Embedded, startEmbedded } from '../src/platform/database/embedded/start.ts'
import { type RunningKontor, startKontor } from '../tests/kontor-process.ts'
import { timed } from './measure.ts'
import { type Files, filesIn, writeFiles } from './rows.ts'

interface Batch {
  id: string
  state: string
  counts: Record<string, number>
  questions: unknown[]
  error: { message: string } | null
}

export interface Imported {
  id: string
  counts: Record<string, number>
  /** Reading the file into staging. */
  readMs: number
  storeMs: number
  ms: number
}

type First = Imported & { diskBytes: number; walBytes: number; peakBytes: number }

export interface World {
  rows: number
  folder: string
  files: Files
  kontor: RunningKontor
  /** As owner: no row security, for hand-written statements and counters. */
  owner: pg.Pool
  app: Pools
  orgId: string
  /** The first import of the deals, and what it left on disk and in the log of the database. */
  first: First
  /** Whether the deals were there already, from an earlier run in a folder that was kept. */
  kept: boolean
  get<T = unknown>(path: string): Promise<T>
  send<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  take(file: string, kind: string): Promise<Imported>
  close(): Promise<void>
}

/** A line of /proc for a process, in bytes; undefined where there is no /proc. */
export async function memoryOf(
  pid: number | undefined,
  what: 'VmHWM' | 'VmRSS',
): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kb = new RegExp(`${what}:\\s+(\\d+) kB`).exec(text)?.[1]
  return kb === undefined ? undefined : Number(kb) * 1024
}

const setup = {
  name: 'Bench',
  personName: 'Bench',
  sellerIs: 'none',
  zone: 'UTC',
  baseCurrency: 'EUR',
  fiscalFirstMonth: 1,
  weekStart: 1,
  locale: 'en',
}

/** By plain HTTP: `fetch` gives up after five minutes, and a million rows on a busy machine may take longer. */
export function client({ address, key }: RunningKontor) {
  const headers = { 'kontor-key': key, 'kontor-org': 'own' }
  const agent = new Agent({ keepAlive: true })
  async function answer<T>(
    method: string,
    path: string,
    type?: string,
    body?: string | Readable,
  ): Promise<T> {
    const sent = request(`${address}/api/v1${path}`, {
      method,
      agent,
      headers: type === undefined ? headers : { ...headers, 'content-type': type },
    })
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    if (body instanceof Readable) await Promise.all([pipeline(body, sent), answered])
    else sent.end(body)
    const [response] = await answered
    const said = await text(response)
    if (response.statusCode !== 200 && response.statusCode !== 201)
      throw new Error(`${method} ${path}: ${response.statusCode} ${said}`)
    return JSON.parse(said) as T
  }
  return {
    get: <T>(path: string) => answer<T>('GET', path),
    send: <T>(method: string, path: string, body: unknown = {}) =>
      answer<T>(method, path, 'application/json', JSON.stringify(body)),
    upload: <T>(file: string, kind: string) =>
      answer<T>(
        'POST',
        `/imports?fileName=${basename(file)}&kind=${kind}`,
        'application/octet-stream',
        createReadStream(file),
      ),
  }
}

/**
 * Serves an empty Kontor in a temporary folder and fills it with the firm and `rows` deals. `keep`: in this
 * folder instead, which stays, and is taken as it is when it holds that many.
 */
export async function openWorld(
  rows: number,
  say: (line: string) => void,
  keep?: string,
): Promise<World> {
  const folder = keep === undefined ? await mkdtemp(join(tmpdir(), 'kontor-bench-')) : resolve(keep)
  await mkdir(folder, { recursive: true })
  const undo: (() => Promise<unknown>)[] = []
  if (keep === undefined) undo.push(() => rm(folder, { recursive: true, force: true }))
  const close = async () => {
    for (const step of undo.reverse()) await step()
  }
  try {
    // As root, PostgreSQL runs as somebody else who must pass through.
    await chmod(folder, 0o711)
    const note = join(folder, 'world.json')
    const earlier = await readFile(note, 'utf8').then(
      (text) => JSON.parse(text) as { rows: number; first: First },
      () => undefined,
    )
    if (earlier && earlier.rows !== rows)
      throw new Error(`${folder} holds ${earlier.rows} deals, not ${rows}`)
    const files = earlier ? filesIn(folder) : await writeFiles(folder, rows)
    const kontor = await startKontor({ dataDir: join(folder, 'data') })
    undo.push(() => kontor.stop())
    // Attaches to the server that runs on the folder.
    const embedded: Embedded = await startEmbedded({ dataDir: join(folder, 'data') })
    undo.push(() => embedded.stop())
    const owner = new pg.Pool({ ...embedded.connection.owner, max: 2 })
    const app = openPools(embedded.connection.app)
    undo.push(() => Promise.all([owner.end(), app.close()]))
    const { get, send, upload } = client(kontor)
    const take = (file: string, kind: string) => importFile({ get, send, upload }, file, kind)
    const fill = async (): Promise<First> => {
      await send('POST', '/organisation/setup', setup)
      for (const kind of ['sellers', 'customers', 'products'] as const)
        await take(files[kind], kind)
      say(`Importing ${rows} deals …`)
      const before = await disk(owner)
      const first = await take(files.deals, 'deals')
      const after = await disk(owner)
      return {
        ...first,
        diskBytes: after.bytes - before.bytes,
        walBytes: after.wal - before.wal,
        peakBytes: (await memoryOf(kontor.child.pid, 'VmHWM')) ?? Number.NaN,
      }
    }
    const first = earlier?.first ?? (await fill())
    if (keep !== undefined) await writeFile(note, JSON.stringify({ rows, first }))
    const org = await owner.query("SELECT org_id FROM org WHERE slug = 'own'")
    const orgId: string = org.rows[0].org_id
    const kept = earlier !== undefined
    return { rows, folder, files, kontor, owner, app, orgId, first, kept, get, send, take, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function disk(owner: pg.Pool): Promise<{ bytes: number; wal: number }> {
  const { rows } = await owner.query(
    `SELECT pg_database_size(current_database())::float8 AS bytes,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal`,
  )
  return rows[0]
}

async function importFile(
  { get, send, upload }: ReturnType<typeof client>,
  file: string,
  kind: string,
): Promise<Imported> {
  const read = await timed(() => upload<Batch>(file, kind))
  const { id, state } = read.answer
  if (state !== 'ready')
    throw new Error(`${file} is ${state}: ${JSON.stringify(read.answer.questions)}`)
  const stored = await timed(async () => {
    await send('POST', `/imports/${id}/application`)
    const begun = performance.now()
    for (;;) {
      const batch = await get<Batch>(`/imports/${id}`)
      if (batch.state === 'applied') return batch
      if (batch.state !== 'applying' && batch.state !== 'ready')
        throw new Error(`${file} is ${batch.state}: ${batch.error?.message}`)
      // Seldom enough that the asking is not what is measured.
      await pause(Math.min(500, 10 + (performance.now() - begun) / 50))
    }
  })
  return {
    id,
    counts: stored.answer.counts,
    readMs: read.ms,
    storeMs: stored.ms,
    ms: read.ms + stored.ms,
  }
}

// Opens an installation: database, schema, jobs and the program, for the server and the command line alike.
import { join } from 'node:path'
import pg from 'pg'
import { background, contract, firstOrganisations, makeHandlers, may, recover } from './app.ts'
import { idMaker } from './basics/ids.ts'
import { Refusal } from './basics/refusal.ts'
import { systemChance, systemClock } from './platform/clock.ts'
import { openPools } from './platform/database/connect.ts'
import { backupEmbedded } from './platform/database/embedded/backup.ts'
import { type Embedded, startEmbedded } from './platform/database/embedded/start.ts'
import { migrate, pendingSteps } from './platform/database/migrate.ts'
import { requireFitRoles } from './platform/database/served.ts'
import { openDatabase } from './platform/database/with-org.ts'
import { type DataFolder, dataId, prepareDataFolder } from './platform/files/data-folder.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import { migrateJobs, type RunningJobs, startJobs } from './platform/jobs/worker.ts'
import type { Handler, Program } from './platform/operations.ts'

export interface InstallationOptions {
  dataDir: string
  databaseUrl?: string
  ownerUrl?: string
  /** Make the demo organisation when there is none yet (first start only). */
  demo: boolean
  /** The day the demo ends on; the clock's day when absent. */
  today?: string
  /** Language of the organisations made at first start. */
  locale: 'en' | 'de'
  /** One line per notable step. */
  log(line: string): void
  onError(error: Error): void
  /** This process stays and serves; a command ends as soon as it has its answer. */
  serving: boolean
  /** How long to wait for another Kontor that holds the folder. */
  waitMs?: number
}

export interface Installation {
  program: Program
  folder: DataFolder
  id: string
  embedded: Embedded | undefined
  owner: pg.PoolConfig | undefined
  close(): Promise<void>
}

/** Key of the session lock of the one Kontor that works on an embedded database. */
const servingLock = [0x4b6f6e74, 2] as const
const waitMsDefault = 10_000

export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const folder = await prepareDataFolder(options.dataDir)
  const embedded = options.databaseUrl
    ? undefined
    : await startEmbedded({ dataDir: options.dataDir, log: options.log })
  const undo: (() => Promise<unknown>)[] = [async () => embedded?.stop()]
  const close = async () => {
    for (const step of undo.reverse()) await step()
  }
  try {
    const addresses = embedded?.connection ?? servedAddresses(options)
    if (!embedded) await requireFitRoles(addresses)
    if (embedded) undo.push(await holdFolder(embedded.connection.app, options))
    if (addresses.owner) {
      await bringUpToDate(addresses.owner, folder, embedded, options)
      await migrateJobs(addresses.owner)
    }
    const pools = openPools(addresses.app, { onError: options.onError })
    undo.push(() => pools.close())
    const newId = idMaker(systemClock, systemChance)
    const db = openDatabase(pools, { newId, chance: systemChance })
    const later: { jobs?: RunningJobs } = {}
    const jobs: Jobs = {
      add: async (...job) => {
        if (!later.jobs) throw new Error('jobs are not running yet')
        await later.jobs.add(...job)
      },
    }
    const program: Program = {
      contract,
      handlers: makeHandlers() as Record<string, Handler>,
      may,
      db,
      jobs,
      clock: systemClock,
      newId,
      dataDir: options.dataDir,
    }
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()
    await firstOrganisations(program, { ...options, zone })
    const { tasks, regular } = background(program, options)
    later.jobs = await startJobs(addresses.app, tasks, {
      alone: embedded !== undefined,
      regular,
      onError: options.onError,
    })
    undo.push(() => later.jobs?.stop() ?? Promise.resolve())
    await recover(program)
    return { program, folder, id: await dataId(folder), embedded, owner: addresses.owner, close }
  } catch (error) {
    await close().catch(options.onError)
    throw error
  }
}

function servedAddresses(options: InstallationOptions): {
  app: pg.PoolConfig
  owner?: pg.PoolConfig
} {
  return {
    app: { connectionString: options.databaseUrl ?? '' },
    ...(options.ownerUrl ? { owner: { connectionString: options.ownerUrl } } : {}),
  }
}

/** Takes the lock that dies with this process; returns how to give it back. */
async function holdFolder(
  app: pg.PoolConfig,
  { dataDir, waitMs = waitMsDefault, onError, log }: InstallationOptions,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ ...app, application_name: 'kontor lock' } as pg.ClientConfig)
  client.on('error', onError)
  await client.connect()
  const until = systemClock() + waitMs
  for (let said = false; ; ) {
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS held',
      [...servingLock],
    )
    if (rows[0]?.held) return () => client.end()
    if (systemClock() > until) {
      await client.end()
      throw new Refusal({
        code: 'data.in_use',
        message: `Another Kontor works on ${dataDir}.`,
        next: 'Stop it, or use its address, or name another folder with --data.',
      })
    }
    if (!said) log('Waiting for another Kontor that works on this folder …')
    said = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function bringUpToDate(
  owner: pg.PoolConfig,
  folder: DataFolder,
  embedded: Embedded | undefined,
  { log }: InstallationOptions,
): Promise<void> {
  const client = new pg.Client(owner as pg.ClientConfig)
  await client.connect()
  try {
    if ((await pendingSteps(client)).length === 0) return
    const taken = await migrate(client, {
      before: async (steps) => {
        if (!embedded) return
        const file = join(folder.backups, `before-${steps[0]?.name}-${systemClock()}.kontor`)
        log(`Backing up to ${file} before the data is brought up to date …`)
        await backupEmbedded({ embedded, file, log })
      },
    })
    log(`Brought the data up to date (${taken.length} steps).`)
  } finally {
    await client.end()
  }
}

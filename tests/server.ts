// The PostgreSQL that a test run uses: the embedded one as the product starts it, or Debian's.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface TestServer {
  owner: pg.PoolConfig
  app: pg.PoolConfig
  stop(): Promise<void>
}

const nobody = 65534

/** Starts the product's embedded PostgreSQL in a new data folder. */
export async function startEmbeddedServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-test-'))
  const { startEmbedded } = await import('../src/platform/database/embedded/start.ts')
  const embedded = await startEmbedded({
    dataDir,
    extraSql: ['ALTER ROLE kontor_owner CREATEDB'],
    initdbWithoutSync: true,
  })
  return {
    ...embedded.connection,
    stop: async () => {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Folder of Debian's PostgreSQL programs, newest version first; undefined when not installed. */
export async function debianPrograms(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return undefined
  const versions = (await readdir(root)).map(Number).sort((a, b) => b - a)
  return versions
    .map((version) => join(root, String(version), 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
}

/** Starts Debian's PostgreSQL as a served database: roles with rights as the manual asks for them. */
export async function startDebianServer(): Promise<TestServer> {
  const programs = await debianPrograms()
  if (!programs)
    throw new Error("Debian's PostgreSQL is not installed (apt-get install postgresql)")
  const folder = await mkdtemp(join(tmpdir(), 'kontor-debian-'))
  const data = join(folder, 'data')
  await mkdir(data)
  const asRoot = process.getuid?.() === 0
  if (asRoot) await Promise.all([chown(folder, nobody, nobody), chown(data, nobody, nobody)])
  const identity = asRoot ? { uid: nobody, gid: nobody } : {}
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'super', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...identity, cwd: '/', encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200'],
    { ...identity, cwd: '/', stdio: 'ignore' },
  )
  const connect = (user: string): pg.PoolConfig => ({ host: folder, user, database: 'postgres' })
  await waitFor(connect('super'))
  const client = new pg.Client(connect('super') as pg.ClientConfig)
  await client.connect()
  await client.query('CREATE ROLE kontor_owner LOGIN CREATEDB')
  await client.query('CREATE ROLE kontor_app LOGIN')
  await client.query('CREATE DATABASE kontor OWNER kontor_owner')
  await client.end()
  return {
    owner: { host: folder, user: 'kontor_owner', database: 'kontor' },
    app: { host: folder, user: 'kontor_app', database: 'kontor' },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function waitFor(config: pg.PoolConfig): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(config as pg.ClientConfig)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (attempt > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

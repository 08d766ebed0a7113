// Once per run: one PostgreSQL, in it a migrated template that every test file clones, and a folder for what files share.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/platform/database/migrate.ts'
import { startDebianServer, startEmbeddedServer, type TestServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { owner: pg.PoolConfig; app: pg.PoolConfig }
    /** Gone after the run. */
    folder: string
  }
}

export const templateName = 'kontor_template'

let server: TestServer | undefined
let folder: string | undefined

export async function setup(project: TestProject): Promise<void> {
  server =
    process.env.KONTOR_TEST_POSTGRES === 'debian'
      ? await startDebianServer()
      : await startEmbeddedServer()
  const admin = new pg.Client(server.owner as pg.ClientConfig)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${templateName}`)
  await admin.end()
  const template = new pg.Client({ ...server.owner, database: templateName } as pg.ClientConfig)
  await template.connect()
  await migrate(template)
  await template.end()
  project.provide('postgres', { owner: server.owner, app: server.app })
  folder = await mkdtemp(join(tmpdir(), 'kontor-run-'))
  // The user as whom PostgreSQL runs has to pass through.
  await chmod(folder, 0o711)
  project.provide('folder', folder)
}

export async function teardown(): Promise<void> {
  await server?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
}

// Once per run: one PostgreSQL, and in it a migrated template that every test file clones.
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/platform/database/migrate.ts'
import { startDebianServer, startEmbeddedServer, type TestServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { owner: pg.PoolConfig; app: pg.PoolConfig }
  }
}

export const templateName = 'kontor_template'

let server: TestServer | undefined

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
}

export async function teardown(): Promise<void> {
  await server?.stop()
}

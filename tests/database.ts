// A database of its own for a test file: a clone of the migrated template; the whole server goes at the end.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { idMaker } from '../src/basics/ids.ts'
import { systemChance, systemClock } from '../src/platform/clock.ts'
import { openPools } from '../src/platform/database/connect.ts'
import { type Actor, type Database, openDatabase } from '../src/platform/database/with-org.ts'
import { templateName } from './global-setup.ts'

export interface TestDatabase {
  database: Database
  newId: () => string
  /** How the owner and the application role connect to this clone. */
  connection: { owner: pg.PoolConfig; app: pg.PoolConfig }
  /** As kontor_owner, past row security: for looking and for tampering in tests. */
  owner: pg.Pool
  /** An organisation with one person who may do everything; nothing else in it. */
  newOrg(options?: {
    currency?: string
    zone?: string
    slug?: string
    locale?: 'en' | 'de'
  }): Promise<Actor>
  close(): Promise<void>
}

let counter = 0

export async function freshDatabase(): Promise<TestDatabase> {
  const { owner, app } = inject('postgres')
  const name = `t_${process.pid}_${++counter}_${randomBytes(3).toString('hex')}`
  const admin = new pg.Client(owner as pg.ClientConfig)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`)
  // Rights on a database are not cloned with it; the migration took this one away from the template.
  await admin.query(`REVOKE TEMP ON DATABASE ${name} FROM PUBLIC`)
  const connection = { owner: { ...owner, database: name }, app: { ...app, database: name } }
  const pools = openPools(connection.app)
  const newId = idMaker(systemClock, systemChance)
  const database = openDatabase(pools, { newId, chance: systemChance })
  const ownerPool = new pg.Pool({ ...connection.owner, max: 2 })
  return {
    database,
    newId,
    connection,
    owner: ownerPool,
    newOrg: async (options = {}) => {
      const orgId = newId()
      const personId = newId()
      await ownerPool.query(
        `INSERT INTO org (org_id, slug, name, kind, zone, base_currency, fiscal_first_month, week_start, locale, solo_person_id, set_up)
         VALUES ($1, $2, 'Test', 'own', $3, $4, 1, 1, $5, $6, true)`,
        [
          orgId,
          options.slug ?? `own-${orgId.slice(-6)}`,
          options.zone ?? 'Europe/Berlin',
          options.currency ?? 'EUR',
          options.locale ?? 'en',
          personId,
        ],
      )
      await ownerPool.query(
        `INSERT INTO org_head (org_id, revision, hash, at) VALUES ($1, 0, sha256($2), '2000-01-01')`,
        [orgId, Buffer.from(orgId)],
      )
      await ownerPool.query(
        `INSERT INTO person (org_id, id, name, name_key) VALUES ($1, $2, 'Tester', 'tester')`,
        [orgId, personId],
      )
      return { orgId, personId }
    },
    close: async () => {
      await pools.close()
      await ownerPool.end()
      await admin.end()
    },
  }
}

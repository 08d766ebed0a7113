// A served PostgreSQL: which addresses are used for what, and whether its roles are fit for it.
import pg from 'pg'
import { Refusal } from '../../basics/refusal.ts'

export interface ServedAddresses {
  /** `DATABASE_URL`: the application role. */
  app: pg.PoolConfig
  /** `DATABASE_OWNER_URL`: the owner, for migrations; absent = migrations are done elsewhere. */
  owner?: pg.PoolConfig
}

const versionMin = 150_000

const rolesSql = `CREATE ROLE kontor_owner LOGIN PASSWORD '…';
CREATE ROLE kontor_app LOGIN PASSWORD '…';
CREATE DATABASE kontor OWNER kontor_owner;`

/**
 * Refuses a served database that is too old, or whose application role could pass row security:
 * a superuser, a role with BYPASSRLS, or the owner of the tables. The sentence carries the SQL to run.
 */
export async function requireFitRoles({ app }: ServedAddresses): Promise<void> {
  const client = new pg.Client(app as pg.ClientConfig)
  try {
    await client.connect()
  } catch (error) {
    throw new Refusal({
      code: 'database.unreachable',
      message: `The database in DATABASE_URL does not answer: ${(error as Error).message}.`,
      next: 'Check address, user and password, and that the server runs.',
      status: 503,
    })
  }
  try {
    const { rows } = await client.query<{
      role: string
      super: boolean
      bypass: boolean
      owns: number
      version: number
    }>(`
      SELECT current_user AS role, r.rolsuper AS super, r.rolbypassrls AS bypass,
        (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owns,
        current_setting('server_version_num')::int AS version
      FROM pg_roles r WHERE r.rolname = current_user`)
    const [found] = rows
    if (found && found.version < versionMin) {
      throw new Refusal({
        code: 'database.too_old',
        message: `Kontor needs PostgreSQL 15 or newer; this server is ${Math.floor(found.version / 10_000)}.`,
      })
    }
    if (!found || found.super || found.bypass || found.owns > 0 || found.role !== 'kontor_app') {
      throw new Refusal({
        code: 'database.unfit_role',
        message: `The role in DATABASE_URL (${found?.role ?? 'unknown'}) must be kontor_app: neither superuser nor BYPASSRLS, and owner of nothing.`,
        next: `Have an administrator run, once:\n${rolesSql}\nthen set DATABASE_URL to kontor_app and DATABASE_OWNER_URL to kontor_owner.`,
      })
    }
  } finally {
    await client.end()
  }
}

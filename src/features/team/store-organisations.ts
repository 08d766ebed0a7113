// Organisations of this installation, before one is entered and when a new one is made.
import { sql } from 'kysely'
import { roles } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Principal } from '../../platform/context.ts'
import { insertRecord } from '../../platform/database/records.ts'
import { prepared } from '../../platform/database/statement.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Actor, Database, WriteTx } from '../../platform/database/with-org.ts'
import { insertOrganisation, type NewOrganisation } from './store-settings.ts'

export interface Organisation {
  id: string
  slug: string
  name: string
  kind: 'own' | 'demo'
  locale: 'en' | 'de'
  setUp: boolean
  soloPersonId: string | null
  /** The seller this person is. */
  soloSellerId: string | null
}

interface OrganisationRow {
  org_id: string
  slug: string
  name: string
  kind: 'own' | 'demo'
  locale: 'en' | 'de'
  set_up: boolean
  solo_person_id: string | null
  solo_seller_id: string | null
}

const everyOrganisation = prepared(sql<OrganisationRow>`SELECT * FROM kontor_orgs()`)

/** All organisations of this installation, the own one first. */
export async function organisations(db: Database): Promise<Organisation[]> {
  const rows = await db.outside<OrganisationRow>(everyOrganisation)
  return rows.map((row) => ({
    id: row.org_id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    locale: row.locale,
    setUp: row.set_up,
    soloPersonId: row.solo_person_id,
    soloSellerId: row.solo_seller_id,
  }))
}

/** The organisation with this slug or id. */
export async function orgBySlug(db: Database, slugOrId: string): Promise<Organisation | undefined> {
  return (await organisations(db)).find(({ slug, id }) => slug === slugOrId || id === slugOrId)
}

/** Who acts in an organisation in solo mode: its one person, with every role. */
export async function principalFor(db: Database, orgId: string): Promise<Principal> {
  return principalOf(await orgBySlug(db, orgId))
}

/** As {@link principalFor}, of an organisation that was looked up already. */
export function principalOf(organisation: Organisation | undefined): Principal {
  if (!organisation?.soloPersonId) {
    throw new Refusal({
      code: 'organisation.not_found',
      message: 'There is no such organisation here.',
      next: 'Choose one from the list.',
      status: 404,
    })
  }
  const { id, soloPersonId, soloSellerId } = organisation
  return { orgId: id, personId: soloPersonId, sellerId: soloSellerId, roles }
}

/**
 * Makes an organisation, its one person and whatever `seed` adds, as its first change. When there
 * is one with this slug already, that one comes back and nothing is made: two starts in the same
 * second make one.
 */
export async function createOrganisation(
  db: Database,
  spec: NewOrganisation,
  made: { newId: () => string; operation?: string; seed?: (tx: WriteTx) => Promise<void> },
): Promise<Actor & { made: boolean }> {
  const actor: Actor = { orgId: made.newId(), personId: made.newId() }
  const there = new AlreadyThere()
  try {
    await db.write(
      actor,
      made.operation ?? 'organisations.create',
      async (tx) => {
        await tx.run(
          sql`SELECT pg_advisory_xact_lock(hashtextextended(${`organisation ${spec.slug}`}, 0))`,
        )
        const rows = await tx.rows<OrganisationRow>(everyOrganisation)
        const found = rows.find(({ slug }) => slug === spec.slug)
        if (found) throw there.holding(found)
        await insertOrganisation(tx, spec, actor.personId)
        const person = { name: spec.personName, name_key: nameKey(spec.personName) }
        await insertRecord(tx, 'person', person, actor.personId)
        tx.describe({ name: spec.name })
        await made.seed?.(tx)
      },
      { long: true },
    )
    return { ...actor, made: true }
  } catch (error) {
    if (error !== there) throw error
    return {
      orgId: there.row?.org_id ?? '',
      personId: there.row?.solo_person_id ?? '',
      made: false,
    }
  }
}

/** Ends the transaction without a change when there is nothing to make. */
class AlreadyThere extends Error {
  row: OrganisationRow | undefined

  holding(row: OrganisationRow): this {
    this.row = row
    return this
  }
}

/** Takes every demo organisation away, whole. Whether there was one. */
export async function removeDemos(db: Database, actor: Actor): Promise<boolean> {
  const demos = (await organisations(db)).filter(({ kind }) => kind === 'demo')
  for (const demo of demos) {
    await db.housekeep(actor, (tx) => tx.run(sql`SELECT kontor_remove_demo(${demo.id}::uuid)`), {
      long: true,
    })
  }
  return demos.length > 0
}

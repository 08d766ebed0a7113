// Two organisations for the permission test: in ours a seller, a team mate and somebody of another team.
import type { Role } from '../../src/basics/contract.ts'
import type { Principal } from '../../src/platform/context.ts'
import { insertRecord } from '../../src/platform/database/records.ts'
import type { TestDatabase } from '../database.ts'
import { type TestProgram, testProgram } from '../program.ts'

export const targets = ['own', 'mate', 'other', 'elsewhere'] as const
export type Target = (typeof targets)[number]

/** Amounts whose sum tells which of them were counted. */
export const amounts: Readonly<Record<Target, number>> = {
  own: 100,
  mate: 1_000,
  other: 10_000,
  elsewhere: 100_000,
}

export interface Records {
  sellerId: string
  teamId: string
  customerId: string
  productId: string
  stageId: string
  dealId: string
  dealVersion: number
  membershipId: string
}

export interface World extends TestProgram {
  admin: Principal
  foreignAdmin: Principal
  /** Records that belong to each target; `elsewhere` is in the other organisation. */
  of: Record<Target, Records>
  as(role: Role): Principal
  /** The first stage of an outcome in the organisation of `who`. */
  stagesOf(who: Principal): Promise<(outcome: string) => string>
  /** Number of a deal of the target, as it appears in answers. */
  number(target: Target): string
}

interface Written {
  id: string
  version: number
}

export async function policyWorld(db: TestDatabase): Promise<World> {
  const base = await testProgram(db)
  const admin = await base.organisation('ours')
  const foreignAdmin = await base.organisation('theirs')
  const number = (target: Target) => `N-${target}`

  const stagesOf: World['stagesOf'] = async (who) => {
    const { rows } = await base.call<{ rows: { id: string; outcome: string }[] }>(
      who,
      'stages.list',
    )
    return (outcome) => rows.find((row) => row.outcome === outcome)?.id ?? ''
  }

  async function recordsOf(who: Principal, target: Target, teamId: string): Promise<Records> {
    const seller = await base.call<Written>(who, 'sellers.create', {
      name: `Seller ${target}`,
      teamId,
    })
    const customer = await base.call<Written>(who, 'customers.create', {
      name: `Customer ${target}`,
    })
    const product = await base.call<Written>(who, 'products.create', { name: `Product ${target}` })
    const won = (await stagesOf(who))('won')
    const deal = await base.call<Written>(who, 'deals.create', {
      seller: { id: seller.id },
      customer: { id: customer.id },
      product: { id: product.id },
      stageId: won,
      openedOn: '2026-01-05',
      closedOn: '2026-02-10',
      amount: amounts[target],
      externalId: number(target),
    })
    const { memberships } = await base.call<{ memberships: { id: string }[] }>(who, 'sellers.get', {
      id: seller.id,
    })
    return {
      sellerId: seller.id,
      teamId,
      customerId: customer.id,
      productId: product.id,
      stageId: won,
      dealId: deal.id,
      dealVersion: deal.version,
      membershipId: memberships[0]?.id ?? '',
    }
  }
  const team = async (who: Principal, name: string) =>
    (await base.call<Written>(who, 'teams.create', { name, kind: 'team' })).id
  const ours = await team(admin, 'Ours')
  const others = await team(admin, 'Others')
  const theirs = await team(foreignAdmin, 'Elsewhere')
  const of = {
    own: await recordsOf(admin, 'own', ours),
    mate: await recordsOf(admin, 'mate', ours),
    other: await recordsOf(admin, 'other', others),
    elsewhere: await recordsOf(foreignAdmin, 'elsewhere', theirs),
  }
  const people = await peopleByRole(db, base, admin, ours)
  return {
    ...base,
    admin,
    foreignAdmin,
    of,
    stagesOf,
    number,
    as: (role) => ({
      orgId: admin.orgId,
      personId: people[role],
      sellerId: role === 'seller' ? of.own.sellerId : null,
      roles: [role],
    }),
  }
}

/** One person for each role; the manager leads the team of `own` and `mate`. */
async function peopleByRole(
  db: TestDatabase,
  base: TestProgram,
  admin: Principal,
  teamId: string,
): Promise<Record<Role, string>> {
  const add = async (name: string) => {
    const { result } = await db.database.write(admin, 'people.add', (tx) =>
      insertRecord(tx, 'person', { name, name_key: name.toLowerCase() }),
    )
    return result
  }
  const manager = await add('Manager')
  await base.call(admin, 'memberships.set', { teamId, kind: 'lead', personId: manager })
  return {
    seller: await add('Seller'),
    manager,
    'compensation-admin': await add('Compensation admin'),
    auditor: await add('Auditor'),
    admin: await add('Admin'),
  }
}

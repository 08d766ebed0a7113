// A small firm for tests of quotas: two teams below an office, five sellers, sales of two years.

import type { TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'
import type { Principal } from '../../platform/context.ts'
import { insertRecord } from '../../platform/database/records.ts'

export interface Written {
  id: string
  version: number
  changeId: string
}

export interface Firm extends ImportWorld {
  seller: Record<'ana' | 'ben' | 'cleo' | 'dan' | 'eva', string>
  team: Record<'office' | 'north' | 'south', string>
  /** Leads north. */
  lead: Principal
  /** Leads the office, and with it both teams. */
  head: Principal
  ana: Principal
  openStage: string
  sell(seller: string, on: string, amount: number): Promise<Written>
}

/** The firm as of today in the middle of 2026: ana and ben in north, cleo and dan in south, eva in none. */
export async function quotaFirm(db: TestDatabase): Promise<Firm> {
  const world = await importWorld(db)
  world.program.clock = () => Date.parse('2026-08-15T12:00:00Z')
  const made = async (name: string, input: object) => (await world.call<Written>(name, input)).id
  const office = await made('teams.create', { name: 'Office', kind: 'office' })
  const north = await made('teams.create', { name: 'North', kind: 'team', parentId: office })
  const south = await made('teams.create', { name: 'South', kind: 'team', parentId: office })
  const seller = {
    ana: await made('sellers.create', { name: 'Ana', teamId: north }),
    ben: await made('sellers.create', { name: 'Ben', teamId: north, hiredOn: '2026-08-01' }),
    cleo: await made('sellers.create', { name: 'Cleo', teamId: south }),
    dan: await made('sellers.create', { name: 'Dan', teamId: south }),
    eva: await made('sellers.create', { name: 'Eva' }),
  }
  const person = async (name: string, teamId?: string) => {
    const { result } = await db.database.write(world.who, 'people.add', (tx) =>
      insertRecord(tx, 'person', { name, name_key: name.toLowerCase() }),
    )
    if (teamId) await made('memberships.set', { teamId, kind: 'lead', personId: result })
    return result
  }
  const { rows } = await world.call<{ rows: { id: string; outcome: string }[] }>('stages.list')
  const openStage = rows.find((row) => row.outcome === 'open')?.id ?? ''
  const won = rows.find((row) => row.outcome === 'won')?.id ?? ''
  const as = (personId: string, role: 'seller' | 'manager', sellerId: string | null = null) => ({
    orgId: world.who.orgId,
    personId,
    sellerId,
    roles: [role],
  })
  return {
    ...world,
    seller,
    team: { office, north, south },
    lead: as(await person('Lea Lead', north), 'manager'),
    head: as(await person('Hank Head', office), 'manager'),
    ana: as(await person('Ana Person'), 'seller', seller.ana),
    openStage,
    sell: (sellerId, on, amount) =>
      world.call<Written>('deals.create', {
        seller: { id: sellerId },
        stageId: won,
        closedOn: on,
        amount,
      }),
  }
}

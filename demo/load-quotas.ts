// Brings the quotas of the demo into its organisation.
import { sql } from 'kysely'
import type { Day } from '../src/basics/period.ts'
import type { DemoIds } from '../src/features/team/demo.ts'
import { insertFacts, insertRecords } from '../src/platform/database/bulk.ts'
import type { WriteTx } from '../src/platform/database/with-org.ts'
import { demoQuotas } from './quotas.ts'
import type { DemoWorld } from './records.ts'

export async function loadQuotas(
  tx: WriteTx,
  world: DemoWorld,
  today: Day,
  sellers: DemoIds,
): Promise<void> {
  const rows = await tx.rows<{ id: string; name: string }>(
    sql`SELECT id, name FROM team WHERE org_id = ${tx.orgId}`,
  )
  const idOf = new Map(rows.map(({ id, name }) => [name, id]))
  const teams = new Map(world.teams.map(({ key, name }) => [key, idOf.get(name)]))
  const decisionId = tx.newId()
  await insertRecords(tx, 'quota_decision', [
    { id: decisionId, decision: 'approved', person_id: tx.personId, decided_on: today },
  ])
  await insertFacts(
    tx,
    'quota',
    demoQuotas(world, today).map(({ seller, team, period, amount, approved }) => ({
      id: tx.newId(),
      kind: 'quota',
      seller_id: seller === undefined ? null : sellers.get(seller),
      team_id: team === undefined ? null : teams.get(team),
      metric: 'revenue',
      narrowing: '',
      period: period.id,
      valid_from: period.from,
      valid_until: period.until,
      amount,
      currency: world.org.baseCurrency,
      state: approved ? 'approved' : 'proposed',
      decision_id: approved ? decisionId : null,
    })),
  )
}

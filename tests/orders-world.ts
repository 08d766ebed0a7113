// What the tests of orders ask again and again: the sales in the ledger, the revenue, one order by hand.
import { sql } from 'kysely'
import { expect } from 'vitest'
import { checkOrganisation } from '../src/platform/database/check.ts'
import type { ImportWorld } from './import-world.ts'

export interface Written {
  id: string
  version: number
  changeId: string
}
export interface Order {
  number: string
  version: number
  amount: number
  lines: number
  rows: { id: string; amount: number; quantity: number; price: string | null }[]
}

export const sales = ({ program, who }: ImportWorld) =>
  program.db.read(who, (tx) =>
    tx.rows<{
      order_no: string
      kind: string
      quantity: number
      amount: number
      on_day: string
    }>(sql`
      SELECT order_no, kind, quantity, amount, on_day FROM sale
      WHERE org_id = ${tx.orgId} AND change_out IS NULL ORDER BY order_no COLLATE "C", amount`),
  )
export const revenue = async (world: ImportWorld) => {
  const { rows } = await world.call<{ rows: { revenue: { value?: number } }[] }>(
    'results.figures',
    {
      metric: ['revenue'],
      from: '2026-01-01',
      until: '2027-01-01',
    },
  )
  return rows[0]?.revenue.value ?? 0
}
export const create = (world: ImportWorld, fields: object = {}) =>
  world.call<Written>('orders.create', {
    on: '2026-03-04',
    customer: { name: 'Acme' },
    lines: [
      { product: { name: 'Pump' }, quantity: 3, price: '0.335', discount: 0.1 },
      { product: { name: 'Valve' }, quantity: 1, amount: 50 },
    ],
    ...fields,
  })
export const get = (world: ImportWorld, id: string) => world.call<Order>('orders.get', { id })
export const holds = async ({ program, who }: ImportWorld) =>
  expect((await checkOrganisation(program.db, who)).findings).toEqual([])

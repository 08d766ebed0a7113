// All kinds of import by name.
import type { ImportKind } from '../contract.ts'
import { customers } from './customers.ts'
import { deals } from './deals.ts'
import type { KindWork } from './kind.ts'
import { orderLines, orders } from './orders.ts'
import { products } from './products.ts'
import { sellers, teams } from './team.ts'

export const kindWork: Readonly<Record<ImportKind, KindWork>> = {
  sellers,
  teams,
  customers,
  products,
  deals,
  orders,
  'order-lines': orderLines,
}

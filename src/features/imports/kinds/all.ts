// All kinds of import by name.
import type { ImportKind } from '../contract.ts'
import { activities } from './activities.ts'
import { cases } from './cases.ts'
import { contacts } from './contacts.ts'
import { contracts } from './contracts.ts'
import { customers } from './customers.ts'
import { deals } from './deals.ts'
import { goals } from './goals.ts'
import type { KindWork } from './kind.ts'
import { orderLines, orders } from './orders.ts'
import { products } from './products.ts'
import { quotas } from './quotas.ts'
import { rates } from './rates.ts'
import { surveys } from './surveys.ts'
import { sellers, teams } from './team.ts'

export const kindWork: Readonly<Record<ImportKind, KindWork>> = {
  sellers,
  teams,
  customers,
  contacts,
  products,
  deals,
  orders,
  'order-lines': orderLines,
  contracts,
  activities,
  rates,
  surveys,
  cases,
  quotas,
  goals,
}

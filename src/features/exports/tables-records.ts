// Lists as files: their columns carry the names of the import's fields, so that a file comes in again as it went out.
import type { OutputOf } from '../../basics/contract.ts'
import { addDays } from '../../basics/period.ts'
import type { CellKind, OutCell } from '../../platform/files/table-out.ts'
import type { activitiesContract } from '../activities/contract.ts'
import type { casesContract } from '../cases/contract.ts'
import type { customersContract } from '../customers/contract.ts'
import type { dealsContract } from '../deals/contract.ts'
import type { goalsContract } from '../goals/contract.ts'
import { cellValue, filtersCell, milestonesCell, stepsCell } from '../goals/door.ts'
import type { ImportKind } from '../imports/contract.ts'
import { fieldOf, kinds } from '../imports/door.ts'
import type { ordersContract } from '../orders/contract.ts'
import type { productsContract } from '../products/contract.ts'
import type { quotaContract } from '../quota/contract.ts'
import type { ratesContract } from '../rates/contract.ts'
import type { surveysContract } from '../surveys/contract.ts'
import type { teamContract } from '../team/contract.ts'
import { type ExportColumn, listed, type NamedRef, type Source } from './columns.ts'
import type { ExportTable } from './contract.ts'

type Rows<Operation> = OutputOf<Operation> extends { rows: readonly (infer Row)[] } ? Row : never

const kindOfType: Readonly<Record<string, CellKind>> = {
  date: 'date',
  money: 'money',
  number: 'number',
  integer: 'number',
}

/** Columns by fields of a kind of import, in this order. */
function fieldsOf<Row>(
  kind: ImportKind,
  cells: Readonly<Record<string, (row: Row) => OutCell>>,
): ExportColumn<Row>[] {
  return Object.entries(cells).map(([name, cell]) => {
    const field = fieldOf(kind, name)
    if (field === undefined) throw new Error(`${kind} has no field ${name}`)
    return { name, label: field.label, kind: kindOfType[field.type] ?? 'text', cell }
  })
}

function list<Row>(
  operation: string,
  kind: ImportKind,
  cells: Readonly<Record<string, (row: Row) => OutCell>>,
  traits?: (row: Row) => Readonly<Record<string, string>>,
): Source {
  const columns = fieldsOf(kind, cells)
  const { label: title } = kinds[kind]
  return listed<Row, Row>({ title, operation, columns, traits, rowsOf: (row) => [row] })
}

const nameOf = (of: NamedRef | null) => of?.name ?? null
const money = (amount: number | null, currency: string | null): OutCell =>
  amount === null || currency === null ? null : { amount, currency }

/** A price with more digits than a number keeps stays text. */
function priceCell(price: string | null): OutCell {
  if (price === null) return null
  const number = Number(price)
  return String(number) === price ? number : price
}

type Customer = Rows<(typeof customersContract)['customers.list']>
type Contact = Rows<(typeof customersContract)['contacts.list']>
type Product = Rows<(typeof productsContract)['products.list']>
type Deal = Rows<(typeof dealsContract)['deals.list']>
type Order = Rows<(typeof ordersContract)['orders.list']>
type Contract = Rows<(typeof ordersContract)['contracts.list']>
type Activity = Rows<(typeof activitiesContract)['activities.list']>
type Quota = Rows<(typeof quotaContract)['quotas.list']>
type Goal = Rows<(typeof goalsContract)['goals.list']>
type Answer = Rows<(typeof surveysContract)['surveys.list']>
type Case = Rows<(typeof casesContract)['cases.list']>
type Seller = Rows<(typeof teamContract)['sellers.list']>
type Team = Rows<(typeof teamContract)['teams.list']>
type Rate = Rows<(typeof ratesContract)['rates.list']>
interface OrderLine {
  order: Order
  line: NonNullable<Order['rows']>[number]
}

const headCells = {
  order_no: (row: Order) => row.number,
  ordered_on: (row: Order) => row.on,
  seller: (row: Order) => nameOf(row.seller),
  customer: (row: Order) => nameOf(row.customer),
  deal: (row: Order) => row.deal?.number ?? null,
  kind: (row: Order) => row.kind,
}

const standing: ExportColumn<Goal>[] = [
  {
    name: 'state',
    label: { en: 'State', de: 'Stand' },
    kind: 'text',
    cell: (row) => row.state,
  },
  {
    name: 'attained',
    label: { en: 'Attained', de: 'Erreicht' },
    kind: 'number',
    cell: ({ outlook: { attained }, ...row }) =>
      attained.value === undefined ? null : cellValue(attained.value, row),
  },
  {
    name: 'chance',
    label: { en: 'Chance', de: 'Chance' },
    kind: 'rate',
    cell: (row) => row.outlook.chance,
  },
  {
    name: 'reached_on',
    label: { en: 'Reached on', de: 'Erreicht am' },
    kind: 'date',
    cell: (row) => row.reachedOn,
  },
]

export const recordTables = {
  customers: list<Customer>(
    'customers.list',
    'customers',
    {
      name: (row) => row.name,
      external_id: (row) => row.externalId,
      country: (row) => row.country,
      region: (row) => row.region,
      city: (row) => row.city,
      industry: (row) => row.industry,
      employees: (row) => row.employees,
      size: (row) => row.size,
      source: (row) => row.source,
    },
    (row) => row.traits,
  ),
  contacts: list<Contact>(
    'contacts.list',
    'contacts',
    {
      name: (row) => row.name,
      external_id: (row) => row.externalId,
      customer: (row) => nameOf(row.customer),
      job_title: (row) => row.jobTitle,
      email: (row) => row.email,
      phone: (row) => row.phone,
    },
    (row) => row.traits,
  ),
  products: list<Product>(
    'products.list',
    'products',
    {
      name: (row) => row.name,
      external_id: (row) => row.externalId,
      family: (row) => row.family,
      list_price: (row) => money(row.listPrice, row.currency),
      cost: (row) => money(row.cost, row.currency),
      currency: (row) => row.currency,
    },
    (row) => row.traits,
  ),
  deals: list<Deal>('deals.list', 'deals', {
    external_id: (row) => row.externalId,
    seller: (row) => nameOf(row.seller),
    customer: (row) => nameOf(row.customer),
    product: (row) => nameOf(row.product),
    stage: (row) => row.stage.name,
    opened_on: (row) => row.openedOn,
    closed_on: (row) => row.closedOn,
    amount: (row) => money(row.amount, row.currency),
    currency: (row) => row.currency,
    quantity: (row) => row.quantity,
    lost_reason: (row) => nameOf(row.lostReason),
  }),
  orders: list<Order>('orders.list', 'orders', {
    ...headCells,
    amount: (row) => money(row.amount, row.currency),
    currency: (row) => row.currency,
  }),
  'order-lines': listed<Order, OrderLine>({
    title: kinds['order-lines'].label,
    operation: 'orders.list',
    beyond: { withLines: true },
    rowsOf: (order) => (order.rows ?? []).map((line) => ({ order, line })),
    columns: fieldsOf<OrderLine>('orders', {
      ...Object.fromEntries(
        Object.entries(headCells).map(([name, cell]) => [
          name,
          ({ order }: OrderLine) => cell(order),
        ]),
      ),
      kind: ({ line }) => line.kind,
      line_no: ({ line }) => line.lineNo,
      product: ({ line }) => nameOf(line.product),
      quantity: ({ line }) => line.quantity,
      price: ({ line }) => priceCell(line.price),
      discount: ({ line }) => line.discount,
      amount: ({ order, line }) => money(line.amount, order.currency),
      currency: ({ order }) => order.currency,
      cost: ({ order, line }) => money(line.cost, order.currency),
    }),
  }),
  contracts: list<Contract>('contracts.list', 'contracts', {
    name: (row) => row.name,
    external_id: (row) => row.number,
    customer: (row) => nameOf(row.customer),
    product: (row) => nameOf(row.product),
    seller: (row) => nameOf(row.seller),
    valid_from: (row) => row.from,
    valid_until: (row) => row.until,
    renewal: (row) => row.renewal,
    notice_days: (row) => row.noticeDays,
    amount: (row) => money(row.amount, row.currency),
    currency: (row) => row.currency,
    every: (row) => row.every,
  }),
  activities: list<Activity>('activities.list', 'activities', {
    subject: (row) => row.subject,
    kind: (row) => row.kind,
    due_on: (row) => row.dueOn,
    done_on: (row) => row.doneOn,
    outcome: (row) => row.outcome,
    note: (row) => row.note,
    seller: (row) => nameOf(row.seller),
    customer: (row) => nameOf(row.customer),
    contact: (row) => nameOf(row.contact),
    deal: (row) => nameOf(row.deal),
  }),
  surveys: list<Answer>('surveys.list', 'surveys', {
    external_id: (row) => row.externalId,
    on_day: (row) => row.day,
    measure: (row) => row.measure,
    score: (row) => row.score,
    scale_low: (row) => row.scaleLow,
    scale_high: (row) => row.scaleHigh,
    customer: (row) => nameOf(row.customer),
    seller: (row) => nameOf(row.seller),
    product: (row) => nameOf(row.product),
  }),
  cases: list<Case>('cases.list', 'cases', {
    external_id: (row) => row.externalId,
    on_day: (row) => row.day,
    closed_on: (row) => row.closedOn,
    status: (row) => row.status ?? row.state,
    kind: (row) => row.kind,
    channel: (row) => row.channel,
    customer: (row) => nameOf(row.customer),
    seller: (row) => nameOf(row.seller),
    product: (row) => nameOf(row.product),
  }),
  sellers: list<Seller>('sellers.list', 'sellers', {
    name: (row) => row.name,
    external_id: (row) => row.externalId,
    team: (row) => nameOf(row.team),
    manager: (row) => nameOf(row.manager),
    office: (row) => nameOf(row.office),
    email: (row) => row.email,
    hired_on: (row) => row.hiredOn,
    left_on: (row) => row.leftOn,
  }),
  teams: list<Team>('teams.list', 'teams', {
    name: (row) => row.name,
    parent: (row) => nameOf(row.parent),
    kind: (row) => row.kind,
    manager: (row) => nameOf(row.lead),
  }),
  rates: list<Rate>('rates.list', 'rates', {
    currency: (row) => row.currency,
    on_day: (row) => row.day,
    rate: (row) => row.rate,
  }),
  // Commitments, quotas of a part only and those said in another currency would come back as something else.
  quotas: listed<Quota, Quota>({
    title: kinds.quotas.label,
    operation: 'quotas.list',
    beyond: { kind: 'quota' },
    rowsOf: (row) => (row.filters.length === 0 && row.rateOn === null ? [row] : []),
    columns: fieldsOf<Quota>('quotas', {
      seller: (row) => (row.holder.kind === 'seller' ? row.holder.name : null),
      team: (row) => (row.holder.kind === 'team' ? row.holder.name : null),
      position: (row) => (row.holder.kind === 'position' ? row.holder.name : null),
      period: (row) => row.period.id,
      amount: (row) => (row.currency === null ? row.amount : money(row.amount, row.currency)),
      currency: (row) => row.currency,
      metric: (row) => row.metric,
    }),
  }),
  goals: listed<Goal, Goal>({
    title: kinds.goals.label,
    operation: 'goals.list',
    rowsOf: (row) => [row],
    columns: [
      ...fieldsOf<Goal>('goals', {
        name: (row) => row.name,
        external_id: (row) => row.externalId,
        seller: (row) => nameOf(row.seller),
        team: (row) => nameOf(row.team),
        private: (row) => (row.private ? 'yes' : 'no'),
        metric: (row) => row.metric,
        activities: (row) => row.activities.join(', ') || null,
        outcome: (row) => row.outcome,
        steps: (row) => stepsCell(row.steps) || null,
        filters: (row) =>
          filtersCell(
            row.filters.map(({ dimension, cells }) => ({
              dimension,
              cells: cells.map(({ name }) => name),
            })),
          ) || null,
        target: (row) => cellValue(row.target, row),
        unit: (row) => row.unit,
        currency: (row) => (row.unit === 'money' ? row.currency : null),
        first_day: (row) => row.from,
        last_day: (row) => addDays(row.until, -1),
        milestones: (row) => milestonesCell(row.milestones, row) || null,
        reason: (row) => row.why,
        reward: (row) => row.reward,
      }),
      // Where it stands, for who reads the file: no field of an import, which leaves it aside.
      ...standing,
    ],
  }),
} as const satisfies Partial<Record<ExportTable, Source>>

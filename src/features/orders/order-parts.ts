// What entering, changing and returning orders have in common: head, lines, numbers, refusals.
import type { InputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import {
  closeFact,
  currentFact,
  insertFact,
  lockFact,
  replaceFact,
} from '../../platform/database/facts.ts'
import { changedSince, notFound } from '../../platform/database/records.ts'
import type { WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { findOrMakeProduct } from '../products/door.ts'
import { findOrMakeSeller, withinReach } from '../team/door.ts'
import type { ordersContract } from './contract.ts'
import {
  amountMax,
  dealNumbered,
  type LineRow,
  lineAmount,
  lockNumbers,
  numbersLike,
  orderNumbered,
} from './store.ts'
import { returnedBeyond } from './store-returns.ts'

type Contract = typeof ordersContract
export type NewOrder = InputOf<Contract['orders.create']>
export type Change = Omit<InputOf<Contract['orders.edit']>, 'id' | 'version'>
export type Return = InputOf<Contract['orders.return']>
export type Line = NewOrder['lines'][number]
export type Written = { id: string; version: number; changeId: string }

export interface Head {
  external_source: string
  /** The order's number, where the source is ''. */
  external_id: string
  deal_id: string | null
  deal_no: string | null
  seller_id: string | null
  customer_id: string | null
  on_day: string | null
  kind: 'sale' | 'return'
  return_of: string | null
  amount: number | null
  currency: string
}

export type LoneLine = Head & { product_id: string | null }

/** A purchase without a number is a line alone, which is an order of its own. */
export async function loneLine(
  tx: WriteTx,
  id: string,
): Promise<{ version: number; fields: LoneLine } | undefined> {
  const line = await currentFact(tx, 'order_line', id)
  if (!line || line.fields.order_no !== null) return undefined
  const fields = line.fields as unknown as LoneLine
  return { version: line.version, fields: { ...fields, kind: fields.kind ?? 'sale' } }
}

export async function headOf(
  ctx: Ctx,
  tx: WriteTx,
  id: string,
  version: number | undefined,
  mine: object,
): Promise<{ head: Head; version: number }> {
  // Whatever is judged about the order holds until its change is written.
  await lockFact(tx, 'order_head', id)
  const current = await currentFact(tx, 'order_head', id)
  if (!current) throw notFound('order')
  if (version !== undefined && version !== current.version)
    throw changedSince(current, mine as Record<string, unknown>)
  const head = current.fields as unknown as Head
  await refuseOthers(ctx, tx, head)
  return { head, version: current.version }
}

export async function mergeHead(tx: WriteTx, before: Head, input: Change): Promise<Head> {
  const refer = async <T>(
    was: string | null,
    given: T | null | undefined,
    find: (which: T) => Promise<string>,
  ) => (given === undefined ? was : given === null ? null : find(given))
  if (input.dealId && !(await dealNumbered(tx, input.dealId))) throw notFound('deal')
  return {
    ...before,
    deal_id: input.dealId === undefined ? before.deal_id : input.dealId,
    deal_no: input.dealId === undefined ? before.deal_no : null,
    seller_id: await refer(
      before.seller_id,
      input.seller,
      async (which) => (await findOrMakeSeller(tx, which)).id,
    ),
    customer_id: await refer(before.customer_id, input.customer, (which) =>
      findOrMakeCustomer(tx, which),
    ),
    on_day: input.on ?? before.on_day,
    kind: input.kind ?? before.kind,
    // Lines carry the amounts from now on.
    amount: input.lines === undefined ? before.amount : null,
    currency: input.currency ?? before.currency,
  }
}

/** A line there is, and what changes of it because its order did. */
interface Following {
  line: LineRow
  fields: Partial<Record<(typeof shared)[number], null>>
}
const shared = ['seller_id', 'customer_id', 'on_day', 'kind'] as const

/** Lines that say the same as their order did go on with it where the order is changed. */
export function followHead(lines: readonly LineRow[], before: Head, after: Head): Following[] {
  const changed = shared.filter((name) => before[name] !== after[name])
  return lines.map((line) => {
    const following = changed.filter((name) => line[name] !== null && line[name] === before[name])
    return { line, fields: Object.fromEntries(following.map((name) => [name, null])) }
  })
}

/**
 * Makes the lines of an order those given: named ones are replaced where they differ, others go or
 * come. Without any given, all stay and only follow their order.
 */
export async function writeLines(
  tx: WriteTx,
  head: Head,
  there: readonly Following[],
  given: readonly Line[] | undefined,
): Promise<void> {
  const named = new Map(given?.flatMap((line) => (line.id === undefined ? [] : [[line.id, line]])))
  for (const id of named.keys()) if (!there.some(({ line }) => line.id === id)) throw unknownLine()
  let sum = 0
  for (const { line, fields: following } of there.toSorted((a, b) =>
    a.line.id < b.line.id ? -1 : 1,
  )) {
    const wanted = named.get(line.id)
    if (given && !wanted) {
      await closeFact(tx, 'order_line', line.id)
      continue
    }
    const fields: Partial<LineFields> = wanted ? await lineFields(tx, wanted, head.currency) : {}
    sum += fields.amount ?? 0
    if (Object.keys(following).length === 0 && isSame(line, fields)) continue
    await replaceFact(tx, 'order_line', line.id, { ...following, ...fields })
  }
  let last = Math.max(0, ...there.map(({ line }) => line.line_no ?? 0))
  for (const line of given ?? []) {
    if (line.id !== undefined) continue
    last += 1
    const fields = await lineFields(tx, line, head.currency)
    sum += fields.amount
    await insertFact(tx, 'order_line', {
      external_source: '',
      external_id: `${head.external_id}#${last}`,
      order_no: head.external_id,
      line_no: last,
      ...fields,
    })
  }
  if (sum > amountMax) throw tooLarge()
}

/** Lines carry their own currency: the order's changes with all of them or not at all. */
export function refuseCurrencyAlone(
  before: Head,
  after: Head,
  lines: readonly LineRow[],
  input: Change,
): void {
  if (after.currency === before.currency || input.lines !== undefined || lines.length === 0) return
  throw new Refusal({
    code: 'order.currency_of_lines',
    message: 'The amounts of its lines are in the currency the order has.',
    field: 'currency',
    next: 'Give the lines with their amounts in the other currency as well.',
    status: 422,
  })
}

/** Of an order, no more of a product may have come back than it holds. */
export async function refuseTooMuchBack(tx: WriteTx, number: string): Promise<void> {
  const beyond = await returnedBeyond(tx, number)
  if (!beyond) return
  const { product, sold, returned } = beyond
  throw new Refusal({
    code: 'order.returns_too_much',
    message: `Of “${product ?? '-'}” ${sold} were sold, and ${returned} would have come back.`,
    field: 'lines',
    next: 'Correct the quantity here, or in the order or its returns.',
    status: 422,
  })
}

type LineFields = Awaited<ReturnType<typeof lineFields>>

function isSame(line: LineRow, fields: Partial<LineFields>): boolean {
  const names = Object.keys(fields) as (keyof LineFields)[]
  return names.every((name) =>
    name === 'price' && line.price !== null && fields.price
      ? Number(line.price) === Number(fields.price)
      : line[name] === fields[name],
  )
}

export async function lineFields(tx: WriteTx, line: Line, currency: string) {
  return {
    product_id: line.product ? await findOrMakeProduct(tx, line.product) : null,
    quantity: line.quantity,
    price: line.price ?? null,
    discount: line.discount ?? null,
    amount: await amountOf(tx, line, currency),
    currency,
    cost: line.cost ?? null,
  }
}

async function amountOf(tx: WriteTx, line: Line, currency: string): Promise<number> {
  if (line.amount !== null && line.amount !== undefined) return line.amount
  if (line.price === null || line.price === undefined) {
    throw new Refusal({
      code: 'order.line_needs_amount',
      message: 'A line needs a price or an amount.',
      field: 'lines',
      next: 'Give the price of one unit, or the amount of the whole line.',
      status: 422,
    })
  }
  const { price, quantity, discount } = line
  const amount = await lineAmount(tx, { price, quantity, discount: discount ?? null, currency })
  if (amount === null) throw tooLarge()
  return amount
}

function tooLarge(): Refusal {
  return new Refusal({
    code: 'order.too_large',
    message: 'The amount is larger than any order may be.',
    field: 'lines',
    next: 'Check quantities and prices.',
    status: 422,
  })
}

/** Numbers that we give ourselves begin with the year of the order. */
export const yearPrefix = (day: string | null) => (day === null ? 'O-' : `${day.slice(0, 4)}-`)

export async function freeNumber(
  tx: WriteTx,
  wanted: string | undefined,
  prefix: string,
): Promise<string> {
  if (wanted) {
    if (!(await orderNumbered(tx, wanted))) return wanted
    throw new Refusal({
      code: 'order.exists',
      message: `There is already an order with the number ${wanted}.`,
      field: 'number',
      next: 'Open that one, or give this one another number.',
    })
  }
  await lockNumbers(tx)
  for (let n = (await numbersLike(tx, prefix)) + 1; ; n++) {
    const number = `${prefix}${String(n).padStart(prefix.endsWith('-R') ? 1 : 4, '0')}`
    if (!(await orderNumbered(tx, number))) return number
  }
}

export async function refuseOthers(
  ctx: Ctx,
  tx: WriteTx,
  { seller_id: sellerId, on_day }: Pick<Head, 'seller_id' | 'on_day'>,
): Promise<void> {
  if (await withinReach(ctx, tx, { sellerId, day: on_day ?? '0001-01-01' })) return
  throw new Refusal({
    code: 'order.not_yours',
    message: 'This order belongs to somebody outside what you may change.',
    field: 'seller',
    next: 'Ask the person or the manager of the team.',
    status: 403,
  })
}

export function unknownLine(): Refusal {
  return new Refusal({
    code: 'order.line_unknown',
    message: 'One of the lines is not, or no longer, a line of this order.',
    field: 'lines',
    next: 'Open the order again.',
    status: 422,
  })
}

export function needsNumber(field: string): Refusal {
  return new Refusal({
    code: 'order.needs_number',
    message: 'A purchase without an order number has no deal and no returns.',
    field,
    next: 'Enter the purchase, or its return, as an order of its own.',
    status: 422,
  })
}

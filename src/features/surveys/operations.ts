// What can be done with answers of surveys: list, read, enter, remove.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { closeFact, currentFact, insertFact } from '../../platform/database/facts.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { findOrMakeCustomer } from '../customers/door.ts'
import { findOrMakeProduct } from '../products/door.ts'
import { findOrMakeSeller, reachCondition, withinReach } from '../team/door.ts'
import { type AnswerFault, answerFault, usualScales } from './calc/scales.ts'
import type { surveysContract } from './contract.ts'
import { type AnswerRow, answers } from './store.ts'

type Contract = typeof surveysContract
type Answer = OutputOf<Contract['surveys.get']>

const reachOf = (ctx: Ctx) => reachCondition(ctx, { seller: 'f.seller_id', day: 'f.on_day' })

export const surveysOperations: Implements<Contract, Ctx> = {
  'surveys.list': (ctx, { cursor, limit, count, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const after = place && { day: String(place[0]), id: String(place[1]) }
      const rows = await answers.list(tx, filter, reachOf(ctx), after, limit + 1)
      const page = pageOfRows(rows, limit, (row) => [row.on_day, row.id])
      const total =
        count && !place
          ? { total: page.next ? await answers.count(tx, filter, reachOf(ctx)) : rows.length }
          : {}
      return { ...page, ...total, rows: page.rows.map(fromRow) }
    }),
  'surveys.get': (ctx, { id }) =>
    ctx.read(async (tx) => {
      const row = await answers.byId(tx, id, reachOf(ctx))
      if (!row) throw notFound('survey_answer')
      return fromRow(row)
    }),
  'surveys.create': (ctx, input) => ctx.write((tx) => enter(ctx, tx, input)),
  'surveys.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const current = await currentFact(tx, 'survey_answer', id)
      if (!current) throw notFound('survey_answer')
      const { seller_id: sellerId, on_day: day, external_id, external_source } = current.fields
      await refuseOthers(ctx, tx, sellerId as string | null, day as string)
      const closed = await closeFact(tx, 'survey_answer', id, version)
      tx.describe({ answer: external_source === 'content' ? id : (external_id ?? id) })
      return { id, version: closed.version, changeId: tx.changeId }
    }),
}

async function enter(ctx: Ctx, tx: WriteTx, input: InputOf<Contract['surveys.create']>) {
  const usual = usualScales[input.measure]
  const scale = { low: input.scaleLow ?? usual.low, high: input.scaleHigh ?? usual.high }
  const fault = answerFault(input.measure, input.score, scale)
  if (fault) throw refusalOf(fault, scale)
  const externalId = input.externalId || null
  if (externalId !== null && (await answers.numbered(tx, externalId))) {
    throw new Refusal({
      code: 'survey.exists',
      message: `There is already an answer with the number ${externalId}.`,
      field: 'externalId',
      next: 'Open that one, or give this one another number.',
    })
  }
  const { customer, product } = input
  // Whoever sells and names nobody means themselves.
  const own = ctx.who.sellerId === null ? null : { id: ctx.who.sellerId }
  const seller = input.seller === undefined ? own : input.seller
  const sellerId = seller ? (await findOrMakeSeller(tx, seller)).id : null
  await refuseOthers(ctx, tx, sellerId, input.day)
  const id = await insertFact(tx, 'survey_answer', {
    external_source: '',
    external_id: externalId,
    on_day: input.day,
    measure: input.measure,
    score: input.score,
    scale_low: scale.low,
    scale_high: scale.high,
    customer_id: customer ? await findOrMakeCustomer(tx, customer) : null,
    seller_id: sellerId,
    product_id: product ? await findOrMakeProduct(tx, product) : null,
  })
  tx.describe({ answer: externalId ?? id, measure: input.measure, score: input.score })
  return { id, version: 1, changeId: tx.changeId }
}

async function refuseOthers(ctx: Ctx, tx: Tx, sellerId: string | null, day: string) {
  if (await withinReach(ctx, tx, { sellerId, day })) return
  throw new Refusal({
    code: 'survey.not_yours',
    message: 'This answer belongs to somebody outside what you may change.',
    field: 'seller',
    next: 'Ask the person or the manager of the team.',
    status: 403,
  })
}

function refusalOf(fault: AnswerFault, { low, high }: { low: number; high: number }): Refusal {
  const said: Record<AnswerFault, { message: string; field: string }> = {
    'survey.scale_backwards': {
      message: 'A scale goes from a lower to a higher number.',
      field: 'scaleHigh',
    },
    'survey.nps_scale': {
      message: 'Recommendation is asked on a scale of 0 to 10.',
      field: 'scaleHigh',
    },
    'survey.out_of_scale': {
      message: `The score lies outside the scale of ${low} to ${high}.`,
      field: 'score',
    },
  }
  return new Refusal({
    code: fault,
    ...said[fault],
    next: 'Correct it and save again.',
    status: 422,
  })
}

function fromRow(row: AnswerRow): Answer {
  const named = (id: string | null, name: string | null) =>
    id === null ? null : { id, name: name ?? '' }
  return {
    id: row.id,
    version: row.version,
    externalId: row.external_id,
    day: row.on_day,
    measure: row.measure,
    score: row.score,
    scaleLow: row.scale_low,
    scaleHigh: row.scale_high,
    customer: named(row.customer_id, row.customer_name),
    seller: named(row.seller_id, row.seller_name),
    product: named(row.product_id, row.product_name),
  }
}

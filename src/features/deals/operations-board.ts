// The board of open deals and the timeline of one.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import { pageOfRows, readCursor } from '../../platform/database/paging.ts'
import { notFound } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { settingsOf, today } from '../team/door.ts'
import { changedFields } from './calc/changed.ts'
import type { boardContract } from './contract-board.ts'
import { fromRow } from './deal-view.ts'
import { dealById, listStages, openDay } from './store.ts'
import { type CardRow, cardsOfStage, sumsByStage } from './store-board.ts'
import { dealReach } from './store-reach.ts'
import { type EventRow, eventsOf, namesIn } from './store-timeline.ts'
import { type Usual, usualOf } from './usual.ts'

type Contract = typeof boardContract
type Card = OutputOf<Contract['deals.board-cards']>['rows'][number]
type Event = OutputOf<Contract['deals.timeline']>['rows'][number]

export const boardOperations: Implements<
  Pick<Contract, 'deals.board' | 'deals.board-cards' | 'deals.timeline'>,
  Ctx
> = {
  'deals.board': (ctx, { limit, ...filter }) =>
    ctx.read(async (tx) => {
      const { zone, baseCurrency } = await settingsOf(tx)
      const reach = await dealReach(ctx, tx)
      const day = today(ctx.clock, zone)
      const usual = await usualOf(tx, reach, day)
      const sums = new Map(
        (await sumsByStage(tx, filter, reach)).map((sum) => [sum.stage_id, sum] as const),
      )
      const stages = []
      for (const { name_key: _, ...stage } of await listStages(tx)) {
        const sum = sums.get(stage.id)
        const found =
          sum === undefined
            ? []
            : await cardsOfStage(tx, {
                stageId: stage.id,
                filter,
                reach,
                today: day,
                after: undefined,
                limit: limit + 1,
              })
        const { rows, next } = pageOfCards(found, limit, usual)
        stages.push({
          stage,
          count: sum?.count ?? 0,
          amount: sum?.amount ?? 0,
          withoutAmount: sum?.without_amount ?? 0,
          rateMissing: sum?.rate_missing ?? 0,
          cards: rows,
          ...(next === undefined ? {} : { next }),
        })
      }
      const { wonDeals, needed, days } = usual.limits
      return {
        currency: baseCurrency,
        stages,
        stalled: { wonDeals, needed, ...(days === undefined ? {} : { days }) },
      }
    }),
  'deals.board-cards': (ctx, { stageId, cursor, limit, ...filter }) =>
    ctx.read(async (tx) => {
      const place = readCursor(cursor, ['day', 'id'])
      const { zone } = await settingsOf(tx)
      const day = today(ctx.clock, zone)
      const reach = await dealReach(ctx, tx)
      const found = await cardsOfStage(tx, {
        stageId,
        filter,
        reach,
        today: day,
        after: place && { day: String(place[0]), id: String(place[1]) },
        limit: limit + 1,
      })
      return pageOfCards(found, limit, await usualOf(tx, reach, day))
    }),
  'deals.timeline': (ctx, input) => ctx.read((tx) => timeline(ctx, tx, input)),
}

function pageOfCards(rows: readonly CardRow[], limit: number, usual: Usual) {
  const page = pageOfRows(rows, limit, (row) => [openDay(row), row.id])
  return { ...page, rows: page.rows.map((row) => cardOf(row, usual)) }
}

function cardOf(row: CardRow, usual: Usual): Card {
  return {
    ...fromRow(row),
    daysInStage: row.days_in_stage,
    daysOpen: row.days_open,
    stalled: usual.stalled(row),
    nextStep:
      row.step_id === null || row.step_due === null
        ? null
        : {
            id: row.step_id,
            kind: row.step_kind ?? '',
            subject: row.step_subject ?? '',
            dueOn: row.step_due,
          },
  }
}

async function timeline(
  ctx: Ctx,
  tx: Tx,
  { id, cursor, limit }: InputOf<Contract['deals.timeline']>,
): Promise<OutputOf<Contract['deals.timeline']>> {
  const place = readCursor(cursor, ['day', 'int', 'id'])
  if (!(await dealById(tx, id, await dealReach(ctx, tx)))) throw notFound('deal')
  const { zone } = await settingsOf(tx)
  const after = place && {
    day: String(place[0]),
    place: Number(place[1]),
    id: String(place[2]),
  }
  const rows = await eventsOf(tx, id, zone, after, limit + 1)
  const page = pageOfRows(rows, limit, (row) => [row.on_day, row.place, row.id])
  const contents = page.rows.flatMap(({ detail }) =>
    [detail.before, detail.after].filter((one): one is Content => typeof one === 'object' && !!one),
  )
  const names = await namesIn(tx, contents)
  return { ...page, rows: page.rows.map((row) => eventOf(row, names)) }
}

type Content = Record<string, unknown>

function eventOf(row: EventRow, names: ReadonlyMap<string, string>): Event {
  const { kind, id, on_day: day, detail } = row
  if (kind !== 'version') return { kind, id, day, ...detail } as unknown as Event
  const { before, after, ...known } = detail
  const at = new Date(String(known.at)).toISOString()
  const fields = changedFields(before as Content | null, after as Content, names)
  return { kind, id, day, ...known, at, fields } as unknown as Event
}

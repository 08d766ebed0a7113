// What can be searched: names and numbers of everything that has a page, in one question.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { dealReach } from '../deals/door.ts'
import { goalsOpened, goalsSeen } from '../goals/door.ts'
import { orderReach } from '../orders/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { groupHits } from './calc/hits.ts'
import { numbersMeant, wordsOf } from './calc/words.ts'
import { type SearchKind, type searchContract, searchKinds } from './contract.ts'
import {
  type Asked,
  findDeals,
  findGoals,
  findNamed,
  findOrders,
  type HitRow,
  knownOtherwise,
} from './store.ts'

type Contract = typeof searchContract
type Row = OutputOf<Contract['search.find']>['groups'][number]['rows'][number]

export const searchOperations: Implements<Contract, Ctx> = {
  'search.find': (ctx, { text, kinds = searchKinds, limit }) =>
    ctx.read(async (tx) => {
      if (wordsOf(text) === '') return { groups: [] }
      const { zone } = await settingsOf(tx)
      const asked: Asked = {
        // In the database small letters depend on its locale, here on nothing.
        text: text.normalize('NFC').toLowerCase(),
        numbers: numbersMeant(text),
        limit,
        alike: false,
        today: today(ctx.clock, zone),
      }
      const found = await findAll(ctx, tx, kinds, asked)
      // What is merely alike would only be in the way of what fits.
      const rows =
        found.length > 0 ? found : await findAll(ctx, tx, kinds, { ...asked, alike: true })
      return { groups: groupHits(rows.map(fromRow), limit) }
    }),
}

async function findAll(
  ctx: Ctx,
  tx: Tx,
  kinds: readonly SearchKind[],
  asked: Asked,
): Promise<HitRow[]> {
  const known = await knownOtherwise(tx, asked)
  const found: HitRow[] = []
  for (const kind of new Set(kinds)) {
    if (kind === 'deal' || kind === 'order') {
      if (asked.alike) continue
      found.push(
        ...(kind === 'deal'
          ? await findDeals(tx, asked, await dealReach(ctx, tx))
          : await findOrders(tx, asked, orderReach(ctx))),
      )
    } else if (kind === 'goal') {
      found.push(...(await openGoals(ctx, tx, asked)))
    } else found.push(...(await findNamed(tx, kind, asked, known)))
  }
  return found
}

/**
 * Goals that can be opened. Some that are over are kept from who asks; to tell which takes a look at all
 * memberships, so that is asked only where any such was found.
 */
async function openGoals(ctx: Ctx, tx: Tx, asked: Asked): Promise<HitRow[]> {
  const found = await findGoals(tx, asked, await goalsSeen(ctx, tx, asked.today))
  if (found.every(({ day }) => day === null || day >= asked.today)) return found
  return findGoals(tx, asked, await goalsOpened(ctx, tx, asked.today))
}

function fromRow(row: HitRow): Row {
  const named = (id: string | null, name: string | null) =>
    id === null ? undefined : { id, name: name ?? '' }
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    rank: row.rank,
    ...given({
      state: row.state,
      // Numbers of merged records stand there with a sign before them.
      knownAs: row.known_as?.replace(/^#\u00a0/, ''),
      number: row.number,
      city: row.city,
      country: row.country,
      jobTitle: row.job_title,
      family: row.family,
      customer: named(row.customer_id, row.customer_name),
      team: named(row.team_id, row.team_name),
      stage: named(row.stage_id, row.stage_name),
      seller: named(row.seller_id, row.seller_name),
      day: row.day,
      amount: row.amount,
      currency: row.amount === null ? null : row.currency,
    }),
  }
}

/** Only what there is. */
function given<T extends object>(all: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== null && value !== undefined),
  ) as { [Key in keyof T]?: NonNullable<T[Key]> }
}

// What the start page does: ranks what features offer, keeps what is put off, makes and takes back the feed.
import { createHash, randomBytes } from 'node:crypto'
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { addDays, type Day, daysBetween } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { workingTime } from '../calendars/door.ts'
import { waitingDeals } from '../deals/door.ts'
import { settingsOf, todayIn } from '../team/door.ts'
import { rank } from './calc/rank.ts'
import type { todayContract } from './contract.ts'
import { entriesOf } from './sources.ts'
import { feedOf, listSnoozes } from './store.ts'

type Contract = typeof todayContract

/** Of each feature; more than anybody does in a day. */
const entriesMost = 200
const snoozesMost = 2_000
const daysMost = 366

export const todayOperations: Implements<Contract, Ctx> = {
  'today.list': (ctx, input) => ctx.read((tx) => listEntries(ctx, tx, input)),

  'today.snooze': (ctx, { key, until }) =>
    ctx.write(async (tx) => {
      const now = await todayIn(ctx, tx)
      refuseUnfitDay(now, until)
      // Everybody reads the list of changes: what somebody puts off does not stand there.
      tx.describe({})
      const snoozes = await listSnoozes(tx)
      const there = snoozes.find((one) => one.entry_key === key)
      if (there) {
        const version = await updateRecord(tx, 'snooze', there.id, { until_on: until })
        return { id: there.id, version, changeId: tx.changeId }
      }
      if (snoozes.filter((one) => one.until_on > now).length >= snoozesMost) throw tooMany()
      const id = await insertRecord(tx, 'snooze', {
        owner_id: tx.personId,
        entry_key: key,
        until_on: until,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),

  'today.wake': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      if (!(await listSnoozes(tx)).some((one) => one.id === id)) throw notFound('snooze')
      tx.describe({})
      const next = await updateRecord(tx, 'snooze', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),

  'today.feed': async (ctx) => {
    const row = await ctx.read((tx) => feedOf(tx))
    return {
      feed: row ? { id: row.id, version: row.version, madeOn: row.made_on } : null,
      sells: ctx.who.sellerId !== null,
    }
  },

  'today.create-feed': async (ctx) => {
    const token = randomBytes(32).toString('base64url')
    const hash = hashOf(token)
    const written = await ctx.write(async (tx) => ({ ...(await makeFeed(ctx, tx, hash)), hash }))
    // A repeated request gets the answer of the first, which the word of this one does not belong to.
    if (written.hash !== hash) throw shownOnce()
    const { id, version, changeId } = written
    return { id, version, changeId, path: `/feeds/${token}.ics` }
  },

  'today.revoke-feed': (ctx) =>
    ctx.write(async (tx) => {
      const there = await feedOf(tx)
      if (!there) throw notFound('calendar_feed')
      tx.describe({})
      const version = await updateRecord(tx, 'calendar_feed', there.id, { state: 'removed' })
      return { id: there.id, version, changeId: tx.changeId }
    }),
}

/** What stands in the books instead of the word in the address. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

async function makeFeed(ctx: Ctx, tx: WriteTx, hash: string) {
  tx.describe({})
  const there = await feedOf(tx)
  if (there) await updateRecord(tx, 'calendar_feed', there.id, { state: 'removed' })
  const id = await insertRecord(tx, 'calendar_feed', {
    owner_id: tx.personId,
    token_hash: hash,
    made_on: await todayIn(ctx, tx),
  })
  return { id, version: 1, changeId: tx.changeId }
}

async function listEntries(
  ctx: Ctx,
  tx: Tx,
  { whose, snoozed: onlySnoozed, limit }: InputOf<Contract['today.list']>,
): Promise<OutputOf<Contract['today.list']>> {
  const now = await todayIn(ctx, tx)
  const sellerId = whose === 'mine' ? (ctx.who.sellerId ?? undefined) : undefined
  const asked = { today: now, ...(sellerId === undefined ? {} : { sellerId }) }
  const entries = rank(await entriesOf(ctx, tx, { ...asked, limit: entriesMost }), now)
  const snoozes = new Map(
    (await listSnoozes(tx))
      .filter(({ until_on }) => until_on > now)
      .map((row) => [row.entry_key, row] as const),
  )
  const shown = entries.filter(({ key }) => snoozes.has(key) === onlySnoozed)
  const { count: deals, amount } = await waitingDeals(ctx, tx, asked)
  return {
    today: now,
    nextWorkingDay: await nextWorkingDay(ctx, tx, now),
    currency: (await settingsOf(tx)).baseCurrency,
    whose: sellerId === undefined ? 'all' : 'mine',
    sells: ctx.who.sellerId !== null,
    counts: {
      due: entries.filter(({ key, place }) => place === 'due' && !snoozes.has(key)).length,
      all: entries.filter(({ key }) => !snoozes.has(key)).length,
      snoozed: entries.filter(({ key }) => snoozes.has(key)).length,
      more: entries.filter(({ place }) => place === 'due').length >= entriesMost,
    },
    waiting: { deals, amount },
    rows: shown.slice(0, limit).map((entry) => {
      const row = snoozes.get(entry.key)
      return {
        ...entry,
        snoozed: row ? { id: row.id, version: row.version, until: row.until_on } : null,
      }
    }),
  }
}

/** Within a month; who is away for longer comes back to it tomorrow. */
async function nextWorkingDay(ctx: Ctx, tx: Tx, now: Day): Promise<Day> {
  const { sellerId } = ctx.who
  const who =
    sellerId === null
      ? { kind: 'organisation' as const }
      : { kind: 'seller' as const, id: sellerId }
  const { share } = await workingTime(tx, who, addDays(now, 1), addDays(now, 32))
  const ahead = share.findIndex((one) => one > 0)
  return addDays(now, ahead < 0 ? 1 : ahead + 1)
}

function refuseUnfitDay(now: Day, until: Day): void {
  if (until <= now) {
    throw new Refusal({
      code: 'snooze.past',
      message: 'An entry is put off until a day to come.',
      next: 'Choose tomorrow or later.',
      field: 'until',
      status: 422,
    })
  }
  if (daysBetween(now, until) > daysMost) {
    throw new Refusal({
      code: 'snooze.too_far',
      message: 'An entry is put off for a year at most.',
      next: 'Choose an earlier day.',
      field: 'until',
      status: 422,
    })
  }
}

function tooMany(): Refusal {
  return new Refusal({
    code: 'snooze.too_many',
    message: `${snoozesMost} entries are put off already.`,
    next: 'Show some of them again first.',
  })
}

function shownOnce(): Refusal {
  return new Refusal({
    code: 'calendar_feed.shown_once',
    message: 'The address was shown when it was made, and is shown only once.',
    next: 'Make a new one; the one before stops working.',
  })
}

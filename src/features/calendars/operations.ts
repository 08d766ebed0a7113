// What can be done with calendars: tell days, set what calendars say, list holidays, add days off.
import type { Implements, InputOf, OutputOf } from '../../basics/contract.ts'
import { addDays, customPeriod, daysBetween } from '../../basics/period.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { may, todayIn } from '../team/door.ts'
import { daysFor, ownersOn, rulesOn } from './calc/calendar-book.ts'
import { workingDays } from './calc/working-days.ts'
import { calendarsContract, daysMost } from './contract.ts'
import { holidaysIn, isPlace, placeName, placesBelow } from './holidays.ts'
import { asWhose, mayRead, mayWrite, notYours, type Owner, ownerMeant } from './owners.ts'
import {
  type CalendarRow,
  calendarById,
  calendarsOf,
  countExceptions,
  type ExceptionRow,
  exceptionById,
  exceptionsOf,
  ownerNames,
  readBook,
} from './store.ts'

type Contract = typeof calendarsContract
type Told = OutputOf<Contract['calendars.days']>

/** Days off of one owner: a working life has fewer. */
const exceptionsMost = 2_000

export const calendarsOperations: Implements<Contract, Ctx> = {
  'calendars.days': (ctx, { from, until, ...meant }) => {
    refuseTooLong(from, until)
    return ctx.read(async (tx) => {
      const owner = await ownerMeant(tx, meant)
      if (!(await mayRead(ctx, tx, owner))) throw notYours()
      return tellDays(ctx, tx, owner, { from, until })
    })
  },

  'calendars.list': (ctx, meant) =>
    ctx.read(async (tx) => {
      const asked = meant.teamId !== undefined || meant.sellerId !== undefined
      const owner = asked ? await ownerMeant(tx, meant) : undefined
      if (owner && !(await mayRead(ctx, tx, owner))) throw notYours()
      const rows = await calendarsOf(tx, owner?.id)
      const names = await ownerNames(tx, rows)
      return { rows: rows.map((row) => entryFrom(row, names)) }
    }),

  'calendars.set': (ctx, { teamId, sellerId, from = '0001-01-01', version, ...said }) =>
    ctx.write(async (tx) => {
      const owner = await ownerMeant(tx, { teamId, sellerId })
      if (!(await mayWrite(ctx, tx, ctx.reach, owner))) throw notYours()
      await refuseUnusable(said)
      tx.describe({ name: owner.name, from })
      const there = (await calendarsOf(tx, owner.id)).find((row) => row.valid_from === from)
      if (there) {
        const next = await updateRecord(tx, 'work_calendar', there.id, { ...said }, version)
        return { id: there.id, version: next, changeId: tx.changeId }
      }
      const id = await insertRecord(tx, 'work_calendar', {
        owner: owner.kind,
        owner_id: owner.id,
        valid_from: from,
        ...said,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),

  'calendars.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const there = await calendarById(tx, id)
      if (!there) throw notFound('work_calendar')
      const owner = ownerOf(there)
      if (!(await mayWrite(ctx, tx, ctx.reach, owner))) throw notYours()
      tx.describe({ name: (await ownerNames(tx, [there])).get(owner.id) ?? '' })
      const next = await updateRecord(tx, 'work_calendar', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),

  'calendars.holidays': async (_ctx, { year, ...place }) => {
    if (!(await isPlace(place))) throw unknownPlace()
    return { rows: [...(await holidaysIn(place, year))] }
  },

  'calendars.places': (_ctx, { language, ...place }) => placesBelow(place, language),

  'calendar-exceptions.create': (ctx, { teamId, sellerId, from, until, ...said }) =>
    ctx.write(async (tx) => {
      customPeriod(from, until)
      const owner = await ownerMeant(tx, { teamId, sellerId })
      if (!(await mayWrite(ctx, tx, ctx.reach, owner))) throw notYours()
      if ((await countExceptions(tx, owner.id)) >= exceptionsMost) throw tooMany()
      // Why somebody is away is nobody's business in the list of changes.
      tx.describe({ name: owner.name, from, until })
      const id = await insertRecord(tx, 'calendar_exception', {
        owner: owner.kind,
        owner_id: owner.id,
        valid_from: from,
        valid_until: until,
        ...said,
        reason: said.reason || null,
      })
      return { id, version: 1, changeId: tx.changeId }
    }),

  'calendar-exceptions.edit': (ctx, { id, version, ...input }) =>
    ctx.write(async (tx) => {
      const there = await ownException(ctx, tx, id)
      const from = input.from ?? there.valid_from
      const until = input.until ?? there.valid_until
      customPeriod(from, until)
      tx.describe({ name: (await ownerNames(tx, [there])).get(there.owner_id) ?? '', from, until })
      const fields = {
        valid_from: from,
        valid_until: until,
        kind: input.kind ?? there.kind,
        share: input.share ?? there.share,
        reason: input.reason === undefined ? there.reason : input.reason || null,
      }
      const next = await updateRecord(tx, 'calendar_exception', id, fields, version)
      return { id, version: next, changeId: tx.changeId }
    }),

  'calendar-exceptions.remove': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const there = await ownException(ctx, tx, id)
      const { valid_from: from, valid_until: until } = there
      tx.describe({ name: (await ownerNames(tx, [there])).get(there.owner_id) ?? '', from, until })
      const next = await updateRecord(tx, 'calendar_exception', id, { state: 'removed' }, version)
      return { id, version: next, changeId: tx.changeId }
    }),
}

async function tellDays(
  ctx: Ctx,
  tx: Tx,
  owner: Owner,
  { from, until }: { from: string; until: string },
): Promise<Told> {
  const whose = asWhose(owner)
  const sellers = owner.kind === 'seller' ? [owner.id] : []
  const book = await readBook(tx, sellers, { from, until })
  const days = daysFor(book, whose, from, until)
  const time = { from, until, share: days.map(({ share }) => share) }

  const now = await todayIn(ctx, tx)
  const within = from <= now && now < until
  const onDay = within ? now : from
  const rules = rulesOn(book, ownersOn(book, whose, onDay), onDay)
  const exceptions = await exceptionsOf(
    tx,
    days.flatMap((day) => day.exceptions.map(({ id }) => id)),
  )
  const names = await ownerNames(tx, [
    ...exceptions,
    ...Object.values(rules.from).map((id) => ({ owner_id: id })),
  ])
  const ownerBy = (id: string | undefined) => {
    if (id === undefined) return null
    const kind = id === tx.orgId ? 'organisation' : id === owner.id ? owner.kind : 'team'
    return { kind, id, name: names.get(id) ?? '' } as const
  }
  const { roles } = ctx.who
  const adds = may(roles, calendarsContract['calendar-exceptions.create'].policy)
  const sets = may(roles, calendarsContract['calendars.set'].policy)
  const mine = new Map<string, boolean>()
  for (const one of exceptions) {
    if (!mine.has(one.owner_id)) {
      mine.set(one.owner_id, await mayWrite(ctx, tx, adds, ownerOf(one)))
    }
  }
  const placeOwner = ownerBy(rules.from.place)
  return {
    owner,
    from,
    until,
    workingDays: workingDays(time, from, until),
    today: now,
    left: within ? workingDays(time, now, until) : null,
    months: monthsOf(days.map(({ day }) => day)).map((month) => ({
      month,
      workingDays: workingDays(
        time,
        days.find(({ day }) => day.startsWith(month))?.day ?? from,
        addDays(days.findLast(({ day }) => day.startsWith(month))?.day ?? from, 1),
      ),
    })),
    rows: days.map(({ day, share, usual, holiday, exceptions: held }) => ({
      day,
      share,
      usual,
      holiday: holiday?.name ?? null,
      exceptions: held.map(({ id }) => id),
    })),
    exceptions: exceptions.map((row) => ({
      id: row.id,
      version: row.version,
      owner: { ...ownerOf(row), name: names.get(row.owner_id) ?? '' },
      from: row.valid_from,
      until: row.valid_until,
      kind: row.kind,
      share: row.share,
      reason: row.reason,
      mine: mine.get(row.owner_id) ?? false,
    })),
    rules: {
      place:
        rules.place && placeOwner
          ? { value: rules.place, name: await placeName(rules.place), owner: placeOwner }
          : null,
      weekdays: { value: [...rules.weekdays], owner: ownerBy(rules.from.weekdays) },
      hours: { value: [...rules.hours], owner: ownerBy(rules.from.hours) },
    },
    may: {
      setCalendar: await mayWrite(ctx, tx, sets, owner),
      addExceptions: await mayWrite(ctx, tx, adds, owner),
    },
  }
}

const monthsOf = (days: readonly string[]) => [...new Set(days.map((day) => day.slice(0, 7)))]

const ownerOf = (row: Pick<CalendarRow, 'owner' | 'owner_id'>) => ({
  kind: row.owner,
  id: row.owner_id,
})

function entryFrom(row: CalendarRow, names: ReadonlyMap<string, string>) {
  return {
    id: row.id,
    version: row.version,
    owner: { ...ownerOf(row), name: names.get(row.owner_id) ?? '' },
    from: row.valid_from,
    place: row.place,
    weekdays: row.weekdays,
    hours: row.hours,
  }
}

async function ownException(ctx: Ctx, tx: Tx, id: string): Promise<ExceptionRow> {
  const there = await exceptionById(tx, id)
  if (!there) throw notFound('calendar_exception')
  if (!(await mayWrite(ctx, tx, ctx.reach, ownerOf(there)))) throw notYours()
  return there
}

type Said = Pick<InputOf<Contract['calendars.set']>, 'place' | 'hours'>

async function refuseUnusable({ place, hours }: Said): Promise<void> {
  if (place && !(await isPlace(place))) throw unknownPlace()
  const backwards = hours?.find((one) => one && one.from >= one.until)
  if (!backwards) return
  throw new Refusal({
    code: 'calendar.hours_backwards',
    message: `The hours from ${backwards.from} until ${backwards.until} end before they begin.`,
    next: 'Give a later end, or leave the day closed.',
    field: 'hours',
    status: 422,
  })
}

function unknownPlace(): Refusal {
  return new Refusal({
    code: 'calendar.unknown_place',
    message: 'No public holidays are known under this country and region.',
    next: 'Choose from the list of countries and regions.',
    field: 'place',
    status: 422,
  })
}

function refuseTooLong(from: string, until: string): void {
  customPeriod(from, until)
  const days = daysBetween(from, until)
  if (days <= daysMost) return
  throw new Refusal({
    code: 'calendar.too_long',
    message: `${days} days are more than can be told one by one.`,
    next: `Ask for at most ${daysMost} days.`,
    field: 'until',
    status: 422,
  })
}

function tooMany(): Refusal {
  return new Refusal({
    code: 'calendar.too_many',
    message: `This calendar has ${exceptionsMost} entries already.`,
    next: 'Remove some that nobody needs any more.',
  })
}

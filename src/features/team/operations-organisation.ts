// Settings of the organisation, the first start, who one is, closed periods, the demo.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { insertRecord, updateRecord } from '../../platform/database/records.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'
import { sinceEver } from './calc/succession.ts'
import { isZone } from './calc/zone.ts'
import type { teamContract } from './contract.ts'
import { findOrMakeSeller } from './door.ts'
import { readPerson, readSeller } from './store.ts'
import { listPeriodLocks, zoneIsKnown } from './store-locks.ts'
import { organisations, removeDemos } from './store-organisations.ts'
import { hasAmounts, holdingsOf, settingsOf, updateSettings } from './store-settings.ts'

type Team = typeof teamContract
type OrganisationContract = Pick<
  Team,
  | 'organisations.list'
  | 'organisations.get'
  | 'organisations.set-up'
  | 'organisations.edit'
  | 'me.set-seller'
  | 'period-locks.list'
  | 'period-locks.set'
  | 'period-locks.remove'
  | 'demo.make'
  | 'demo.remove'
>

/** What the team feature needs from those who know the later features. */
export interface Injected {
  /** Makes the demo organisation as of `today`, or as of the clock. */
  makeDemo(ctx: Ctx, options: { today?: string | undefined }): Promise<void>
  /** What follows from facts that came back or went is worked out anew: sales of orders. */
  afterUndo(tx: WriteTx): Promise<unknown>
  /** Whether this goal is of somebody whom who asks reaches: goals know. */
  reachesGoal(ctx: Ctx, tx: Tx, id: string): Promise<boolean>
  /** Calls an operation, of this or a later feature, inside the change that runs. */
  perform(ctx: Ctx, tx: WriteTx, name: string, given: unknown): Promise<unknown>
}

export function makeOrganisationOperations({
  makeDemo,
}: Injected): Implements<OrganisationContract, Ctx> {
  return {
    'organisations.list': async (ctx) => ({
      rows: (await organisations(ctx.db)).map(
        ({ soloPersonId: _, soloSellerId: __, ...row }) => row,
      ),
    }),
    'organisations.get': (ctx) =>
      ctx.read(async (tx) => {
        const settings = await settingsOf(tx)
        const { seller, ...person } = await readPerson(tx, ctx.who.personId)
        return {
          id: settings.orgId,
          slug: settings.slug,
          name: settings.name,
          kind: settings.kind,
          locale: settings.locale,
          setUp: settings.setUp,
          version: settings.version,
          settings: {
            name: settings.name,
            zone: settings.zone,
            baseCurrency: settings.baseCurrency,
            fiscalFirstMonth: settings.fiscalFirstMonth,
            weekStart: settings.weekStart,
            locale: settings.locale,
          },
          me: {
            person: { id: person.id, name: person.name },
            seller,
            roles: [...ctx.who.roles],
            // Accounts come with team mode; until then an organisation has its one person.
            solo: true,
          },
          ...(await holdingsOf(tx)),
        }
      }),
    'organisations.set-up': (ctx, { personName, sellerIs, ...settings }) =>
      ctx.write(async (tx) => {
        await checkSettings(tx, settings)
        await updateSettings(tx, { ...settings, setUp: true })
        const sellerId = await ownSeller(tx, sellerIs, personName)
        await updateRecord(tx, 'person', ctx.who.personId, {
          name: personName,
          name_key: nameKey(personName),
          seller_id: sellerId,
        })
        tx.describe({ name: settings.name })
        return { changeId: tx.changeId }
      }),
    'organisations.edit': (ctx, { version, ...settings }) =>
      ctx.write(async (tx) => {
        await checkSettings(tx, settings)
        const next = await updateSettings(tx, settings, version)
        tx.describe({ fields: Object.keys(settings) })
        return { version: next, changeId: tx.changeId }
      }),
    'me.set-seller': (ctx, { sellerId }) =>
      ctx.write(async (tx) => {
        const seller = sellerId === null ? null : await readSeller(tx, sinceEver, sellerId)
        await updateRecord(tx, 'person', ctx.who.personId, { seller_id: sellerId })
        tx.describe({ name: seller?.name ?? null })
        return { changeId: tx.changeId }
      }),
    'period-locks.list': (ctx) => ctx.read(async (tx) => ({ rows: await listPeriodLocks(tx) })),
    'period-locks.set': (ctx, { from, until, reason }) =>
      ctx.write(async (tx) => {
        if (from >= until) throw backwards()
        tx.describe({ from, until, reason })
        const id = await insertRecord(tx, 'period_lock', { from_on: from, until_on: until, reason })
        return { id, version: 1, changeId: tx.changeId }
      }),
    'period-locks.remove': (ctx, { id, version }) =>
      ctx.write(async (tx) => {
        const next = await updateRecord(tx, 'period_lock', id, { state: 'removed' }, version)
        return { id, version: next, changeId: tx.changeId }
      }),
    'demo.make': async (ctx, { today }) => {
      const there = (await organisations(ctx.db)).find(({ kind }) => kind === 'demo')
      if (!there) await makeDemo(ctx, { today })
      return { slug: there?.slug ?? 'demo' }
    },
    'demo.remove': async (ctx) => ({ removed: await removeDemos(ctx.db, ctx.who) }),
  }
}

async function ownSeller(
  tx: WriteTx,
  sellerIs: string,
  personName: string,
): Promise<string | null> {
  if (sellerIs === 'none') return null
  const meant = sellerIs === 'self' ? { name: personName } : { id: sellerIs }
  return (await findOrMakeSeller(tx, meant)).id
}

/** Refuses a zone that days cannot be reckoned by, and another currency once there are amounts in it. */
async function checkSettings(
  tx: WriteTx,
  wanted: { zone?: string | undefined; baseCurrency?: string | undefined },
): Promise<void> {
  const { zone, baseCurrency } = wanted
  if (zone !== undefined && !(isZone(zone) && (await zoneIsKnown(tx, zone)))) {
    throw new Refusal({
      code: 'organisation.unknown_zone',
      message: `“${zone}” is not a time zone.`,
      field: 'zone',
      next: 'Choose one like Europe/Berlin.',
      status: 422,
    })
  }
  if (baseCurrency === undefined) return
  const current = await settingsOf(tx)
  if (baseCurrency !== current.baseCurrency && (await hasAmounts(tx))) {
    throw new Refusal({
      code: 'organisation.currency_in_use',
      message: `There are amounts or rates already, reckoned in ${current.baseCurrency}.`,
      field: 'baseCurrency',
      next: `Keep ${current.baseCurrency}, or begin a new organisation.`,
    })
  }
}

function backwards(): Refusal {
  return new Refusal({
    code: 'period.backwards',
    message: 'The period must end after it begins.',
    field: 'until',
    next: 'Choose a later end; the end itself does not belong to the period.',
    status: 422,
  })
}

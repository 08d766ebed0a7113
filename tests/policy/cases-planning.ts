// Cases of the permission test: calendars, days off, quotas, and the start page.
import type { Role } from '../../src/basics/contract.ts'
import {
  type Case,
  freshActivity,
  freshQuota,
  newDay,
  none,
  ownerOf,
  showsNumber,
  showsSeller,
  succeeded,
} from './fresh.ts'
import type { Target, World } from './world.ts'

const ofSeller = (w: World, target: Target) => ({ sellerId: w.of[target].sellerId })
const dayAhead = () => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
const nothingSaid = { place: null, weekdays: null, hours: null }
const dayOff = () => {
  const from = newDay()
  return { from, until: new Date(Date.parse(from) + 86_400_000).toISOString().slice(0, 10) }
}
const made = async (w: World, target: Target, name: string, input: object) => {
  const written = await w.call<{ id: string }>(ownerOf(w, target), name, {
    ...ofSeller(w, target),
    ...input,
  })
  return { id: written.id }
}

/** A feed of the person who asks; of the other organisation, somebody else's. */
const withFeed = async (w: World, target: Target, role: Role) => {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.as(role)
  await w.call(who, 'today.create-feed')
  if (target === 'elsewhere') await w.call(w.as(role), 'today.create-feed')
  return {}
}

export const planningCases: Record<string, Case> = {
  'calendars.days': {
    input: (w, target) => ({ ...ofSeller(w, target), from: '2026-11-01', until: '2026-12-01' }),
    shows: (answer) => (answer as { workingDays: number }).workingDays === 21,
  },
  'calendars.list': { input: ofSeller, shows: succeeded },
  'calendars.set': {
    input: (w, target) => ({ ...ofSeller(w, target), from: newDay(), ...nothingSaid }),
    shows: succeeded,
  },
  'calendars.remove': {
    input: (w, target) => made(w, target, 'calendars.set', { from: newDay(), ...nothingSaid }),
    shows: succeeded,
  },
  'calendars.holidays': { input: () => ({ country: 'AT', year: 2026 }) },
  'calendars.places': none,
  'calendar-exceptions.create': {
    input: (w, target) => ({ ...ofSeller(w, target), ...dayOff() }),
    shows: succeeded,
  },
  'calendar-exceptions.edit': {
    input: async (w, target) => ({
      ...(await made(w, target, 'calendar-exceptions.create', dayOff())),
      share: 0.5,
    }),
    shows: succeeded,
  },
  'calendar-exceptions.remove': {
    input: (w, target) => made(w, target, 'calendar-exceptions.create', dayOff()),
    shows: succeeded,
  },
  'quotas.list': {
    input: async (w, target) => {
      await freshQuota(w, target)
      return { limit: 200 }
    },
    shows: showsSeller,
  },
  'quotas.get': {
    input: async (w, target) => ({ id: (await freshQuota(w, target)).id }),
    shows: showsSeller,
  },
  'quotas.attainment': {
    input: async (w, target) => ({ period: (await freshQuota(w, target)).year }),
    shows: showsSeller,
  },
  'quotas.set': {
    input: (w, target) => ({ seller: w.of[target].sellerId, period: '2027', amount: 5 }),
    shows: succeeded,
  },
  'quotas.commit': {
    input: (w, target) => ({ seller: w.of[target].sellerId, period: '2027', amount: 5 }),
    shows: succeeded,
  },
  'quotas.remove': {
    input: async (w, target) => {
      const { sellerId: seller } = w.of[target]
      const said = { seller, period: (await freshQuota(w, target)).year, amount: 5 }
      const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'quotas.commit', said)
      return { id }
    },
    shows: succeeded,
  },
  'quotas.decide': {
    input: async (w, target) => ({
      ids: [(await freshQuota(w, target)).id],
      decision: 'approved',
    }),
    shows: succeeded,
  },
  'quotas.plan': {
    input: (w, target) => ({ period: '2027', team: w.of[target].teamId, total: 10 }),
    shows: succeeded,
  },
  'quotas.allocate': {
    input: (w, target) => ({
      period: '2027',
      total: 5,
      parts: [{ seller: w.of[target].sellerId, amount: 5 }],
    }),
    shows: succeeded,
  },
  'today.list': {
    input: async (w, target) => {
      await freshActivity(w, target)
      return { whose: 'all', limit: 200 }
    },
    shows: showsNumber,
  },
  'today.snooze': {
    // A key is kept as it is; it opens no record, whosever it is.
    input: () => ({ key: 'quality:missing-rates', until: dayAhead() }),
  },
  'today.wake': {
    input: async (w, target, role) => {
      const who = target === 'elsewhere' ? w.foreignAdmin : w.as(role)
      const key = `deal:${w.of[target].dealId}`
      const { id } = await w.call<{ id: string }>(who, 'today.snooze', { key, until: dayAhead() })
      return { id }
    },
  },
  'today.feed': none,
  'today.create-feed': none,
  'today.revoke-feed': { input: withFeed },
}

// Cases of the permission test: calendars, days off and quotas.
import { type Case, freshQuota, newDay, none, ownerOf, showsSeller, succeeded } from './fresh.ts'
import type { Target, World } from './world.ts'

const ofSeller = (w: World, target: Target) => ({ sellerId: w.of[target].sellerId })
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
}

// Cases of the permission test: calendars and days off.

import type { Role } from '../../src/basics/contract.ts'
import { type Case, freshActivity, newDay, none, ownerOf, showsNumber, succeeded } from './fresh.ts'
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
  'today.list': {
    input: async (w, target) => {
      await freshActivity(w, target)
      return { whose: 'all', limit: 200 }
    },
    shows: showsNumber,
  },
  'today.snooze': {
    input: (w, target) => ({ key: `deal:${w.of[target].dealId}`, until: dayAhead() }),
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

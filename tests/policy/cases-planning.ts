// Cases of the permission test: calendars and days off.
import { type Case, newDay, none, ownerOf, succeeded } from './fresh.ts'
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
}

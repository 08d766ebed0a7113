// Cases of the permission test: goals.
import { type Case, newName, none, ownerOf, succeeded, text } from './fresh.ts'
import type { Target, World } from './world.ts'

const days = { from: '2026-01-01', until: '2027-01-01' }
const named = (target: Target) => `Goal ${target}`

const revenue = { kind: 'metric', metric: 'revenue', target: 1 }
/** Whose course nobody has to draw: every call that looks at all goals looks at those made before it, too. */
const steps = { kind: 'steps', metric: null, steps: [{ name: 'One' }] }

/** Of one month that is over, for the same reason. */
const month = { ...revenue, from: '2020-01-01', until: '2020-02-01' }

/** A goal of the target's seller, set by who may. */
async function freshGoal(w: World, target: Target, more: object): Promise<string> {
  const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'goals.add', {
    name: named(target),
    sellerId: w.of[target].sellerId,
    ...days,
    ...more,
  })
  return id
}

const standing = new Map<Target, Promise<string>>()
/** One goal per target for calls that only look. */
function standingGoal(w: World, target: Target): Promise<string> {
  const kept = standing.get(target) ?? freshGoal(w, target, { ...revenue, until: '2030-01-01' })
  standing.set(target, kept)
  return kept
}

const showsGoal = (answer: unknown, _w: World, target: Target) =>
  text(answer).includes(named(target))

export const goalsCases: Record<string, Case> = {
  'goals.list': {
    input: async (w, target) => {
      await standingGoal(w, target)
      return { limit: 200, sellerId: w.of[target].sellerId }
    },
    shows: showsGoal,
  },
  'goals.board': {
    input: async (w, target) => {
      await standingGoal(w, target)
      return {}
    },
    shows: showsGoal,
  },
  'goals.summary': {
    input: async (w, target) => {
      await standingGoal(w, target)
      return {}
    },
    shows: showsGoal,
  },
  'goals.get': {
    input: async (w, target) => ({ id: await standingGoal(w, target) }),
    shows: showsGoal,
  },
  'goals.help': {
    input: (w, target) => ({
      ...revenue,
      sellerId: w.of[target].sellerId,
      ...days,
    }),
    shows: succeeded,
  },
  'goals.add': {
    input: (w, target) => ({
      name: newName(),
      ...steps,
      sellerId: w.of[target].sellerId,
      ...days,
    }),
    also: (w, target) => ({ name: newName(), sellerId: w.of[target].sellerId, ...month }),
    shows: succeeded,
  },
  'goals.edit': {
    input: async (w, target) => ({ id: await freshGoal(w, target, steps), why: 'So' }),
    also: async (w, target) => ({ id: await freshGoal(w, target, month), target: 2 }),
    shows: succeeded,
  },
  'goals.step': {
    input: async (w, target) => ({
      id: await freshGoal(w, target, steps),
      step: 0,
      doneOn: '2026-02-01',
    }),
    shows: succeeded,
  },
  'goals.remove': {
    input: async (w, target) => ({ id: await freshGoal(w, target, steps) }),
    also: async (w, target) => ({ id: await freshGoal(w, target, month) }),
    shows: succeeded,
  },
  'goals.check-in': {
    input: async (w, target) => ({ id: await freshGoal(w, target, steps), moved: 'A talk' }),
    shows: succeeded,
  },
  'goals.celebrate': {
    input: async (w, target) => {
      const id = await freshGoal(w, target, { ...revenue, until: '2026-04-01' })
      await w.call(ownerOf(w, target), 'goals.refresh')
      return { id }
    },
    shows: succeeded,
  },
  'goals.refresh': none,
}

// Cases of the permission test: goals.
import { type Case, newName, none, ownerOf, succeeded, text } from './fresh.ts'
import type { Target, World } from './world.ts'

const days = { from: '2026-01-01', until: '2027-01-01' }
const named = (target: Target) => `Goal ${target}`

/** A goal of the target's seller, set by who may. */
async function freshGoal(w: World, target: Target, more: object = {}): Promise<string> {
  const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'goals.add', {
    name: named(target),
    kind: 'metric',
    metric: 'revenue',
    target: 1,
    sellerId: w.of[target].sellerId,
    ...days,
    ...more,
  })
  return id
}

const showsGoal = (answer: unknown, _w: World, target: Target) =>
  text(answer).includes(named(target))
const steps = { kind: 'steps', metric: null, steps: [{ name: 'One' }] }

export const goalsCases: Record<string, Case> = {
  'goals.list': {
    input: async (w, target) => {
      await freshGoal(w, target)
      return { limit: 200, sellerId: w.of[target].sellerId }
    },
    shows: showsGoal,
  },
  'goals.board': {
    input: async (w, target) => {
      await freshGoal(w, target, { from: '2026-01-01', until: '2030-01-01' })
      return {}
    },
    shows: showsGoal,
  },
  'goals.summary': {
    input: async (w, target) => {
      await freshGoal(w, target, { from: '2026-01-01', until: '2030-01-01' })
      return {}
    },
    shows: showsGoal,
  },
  'goals.get': {
    input: async (w, target) => ({ id: await freshGoal(w, target) }),
    shows: showsGoal,
  },
  'goals.help': {
    input: (w, target) => ({
      kind: 'metric',
      metric: 'revenue',
      sellerId: w.of[target].sellerId,
      ...days,
      target: 1,
    }),
    shows: succeeded,
  },
  'goals.add': {
    input: (w, target) => ({
      name: newName(),
      kind: 'metric',
      metric: 'revenue',
      target: 1,
      sellerId: w.of[target].sellerId,
      ...days,
    }),
    shows: succeeded,
  },
  'goals.edit': {
    input: async (w, target) => ({ id: await freshGoal(w, target), target: 2 }),
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
    input: async (w, target) => ({ id: await freshGoal(w, target) }),
    shows: succeeded,
  },
  'goals.check-in': {
    input: async (w, target) => ({ id: await freshGoal(w, target), moved: 'A talk' }),
    shows: succeeded,
  },
  'goals.celebrate': {
    input: async (w, target) => {
      const id = await freshGoal(w, target)
      await w.call(ownerOf(w, target), 'goals.refresh')
      return { id }
    },
    shows: succeeded,
  },
  'goals.refresh': none,
}

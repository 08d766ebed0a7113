// Cases of the permission test: organisation, people, history and trust.
import { Readable } from 'node:stream'
import {
  type Case,
  freshDeal,
  freshPosition,
  newName,
  none,
  ownerOf,
  recordOf,
  stateOf,
  succeeded,
} from './fresh.ts'

export const teamCases: Record<string, Case> = {
  'organisations.list': none,
  'organisations.get': none,
  'organisations.set-up': {
    input: () => ({
      name: 'Ours',
      personName: 'Founder',
      sellerIs: 'none',
      zone: 'Europe/Berlin',
      baseCurrency: 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: 'en',
    }),
  },
  'organisations.edit': { input: () => ({ weekStart: 1 }) },
  'me.set-seller': { input: (w, target) => ({ sellerId: w.of[target].sellerId }) },
  'sellers.list': none,
  'sellers.get': recordOf('sellerId'),
  'sellers.create': { input: () => ({ name: newName() }) },
  'sellers.edit': { input: (w, target) => ({ id: w.of[target].sellerId, email: null }) },
  'sellers.set-state': stateOf('sellerId'),
  'teams.list': none,
  'teams.get': recordOf('teamId'),
  'teams.create': { input: () => ({ name: newName(), kind: 'team' }) },
  'teams.edit': { input: (w, target) => ({ id: w.of[target].teamId, kind: 'team' }) },
  'teams.set-state': { input: (w, target) => ({ id: w.of[target].teamId, state: 'active' }) },
  'memberships.set': {
    input: (w, target) => ({
      teamId: w.of[target].teamId,
      kind: 'member',
      sellerId: w.of[target].sellerId,
    }),
  },
  'memberships.end': {
    input: async (w, target) => {
      const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
      const seller = await w.call<{ id: string }>(who, 'sellers.create', {
        name: newName(),
        teamId: w.of[target].teamId,
      })
      const { memberships } = await w.call<{ memberships: { id: string }[] }>(who, 'sellers.get', {
        id: seller.id,
      })
      return { id: memberships[0]?.id, on: '2030-01-01' }
    },
  },
  'positions.list': none,
  'positions.get': { input: async (w, target) => ({ id: (await freshPosition(w, target)).id }) },
  'positions.create': { input: () => ({ name: newName() }) },
  'positions.edit': {
    input: async (w, target) => ({ ...(await freshPosition(w, target)), name: newName() }),
  },
  'positions.set-state': {
    input: async (w, target) => ({ ...(await freshPosition(w, target)), state: 'archived' }),
  },
  'positions.fill': {
    input: async (w, target) => ({
      ...(await freshPosition(w, target)),
      sellerId: w.of[target].sellerId,
    }),
  },
  'positions.vacate': {
    input: async (w, target) => {
      const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'positions.fill', {
        ...(await freshPosition(w, target)),
        sellerId: w.of[target].sellerId,
      })
      return { id, on: '2026-05-01' }
    },
  },
  'people.list': none,
  'changes.list': none,
  'changes.undo': {
    input: async (w, target) => {
      const who = target === 'own' ? undefined : target === 'elsewhere' ? w.foreignAdmin : w.admin
      const { changeId } = await w.call<{ changeId: string }>(who ?? w.admin, 'customers.create', {
        name: newName(),
      })
      return { id: changeId }
    },
    shows: succeeded,
  },
  'history.list': {
    input: (w, target) => ({ entity: 'deal', id: w.of[target].dealId }),
    shows: (answer) => (answer as { rows: unknown[] }).rows.length > 0,
  },
  'history.restore': {
    input: async (w, target) => {
      const { id, changeId } = await freshDeal(w, target)
      await w.call(ownerOf(w, target), 'deals.edit', { id, quantity: 2 })
      return { entity: 'deal', id, changeId }
    },
    shows: succeeded,
  },
  'period-locks.list': none,
  'period-locks.set': {
    input: () => ({ from: '1990-01-01', until: '1990-02-01', reason: 'closed' }),
  },
  'period-locks.remove': {
    input: (w) =>
      w
        .call(w.admin, 'period-locks.set', { from: '1991-01-01', until: '1991-02-01', reason: 'x' })
        .then((lock) => ({ id: lock.id })),
  },
  'demo.make': { input: () => ({ today: '2026-01-31' }) },
  'demo.remove': none,
  'check.run': none,
  'trust.start-check': none,
  'trust.cancel-check': {
    input: (w, target) => w.call(ownerOf(w, target), 'trust.start-check'),
  },
  'trust.checks': none,
  'trust.compare-anchor': { input: () => ({ revision: 0, hash: '0'.repeat(64) }) },
  'trust.between': { input: () => ({ earlier: '2020-01-01' }) },
  'trust.between-changes': { input: () => ({ earlier: '2020-01-01' }) },
  'trust.export': none,
  'trust.restore': { input: () => ({}), body: () => Readable.from(['no archive']) },
}

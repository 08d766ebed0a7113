// Cases of the permission test: deals, orders, activities and what customers said.
import {
  type Case,
  freshActivity,
  freshAnswer,
  freshCase,
  freshContract,
  freshDeal,
  freshOpenDeal,
  freshOrder,
  freshRate,
  freshReason,
  freshSource,
  newDay,
  newName,
  none,
  openStage,
  ownerOf,
  showsNumber,
  succeeded,
} from './fresh.ts'

export const salesCases: Record<string, Case> = {
  'stages.list': none,
  'stages.create': { input: () => ({ name: newName(), position: 5, outcome: 'open' }) },
  'stages.edit': { input: (w, target) => ({ id: w.of[target].stageId, position: 90 }) },
  'lost-reasons.list': none,
  'lost-reasons.create': { input: () => ({ name: newName() }) },
  'lost-reasons.edit': {
    input: async (w, target) => ({ id: await freshReason(w, target), name: newName() }),
  },
  'lost-reasons.set-state': {
    input: async (w, target) => ({ id: await freshReason(w, target), state: 'archived' }),
  },
  'deals.board': {
    input: async (w, target) => {
      await freshOpenDeal(w, target)
      return { limit: 100 }
    },
    shows: showsNumber,
  },
  'deals.board-cards': {
    input: async (w, target) => {
      await freshOpenDeal(w, target)
      return { stageId: await openStage(w, target), limit: 200 }
    },
    shows: showsNumber,
  },
  'deals.timeline': {
    input: (w, target) => ({ id: w.of[target].dealId }),
    shows: showsNumber,
  },
  'deals.move': {
    input: async (w, target) => ({
      id: (await freshDeal(w, target)).id,
      stageId: await openStage(w, target),
    }),
    shows: succeeded,
  },
  'deals.set-sellers': {
    input: async (w, target) => {
      const owner = { id: w.of[target].sellerId }
      const { id } = await freshDeal(w, target)
      return { id, owner, sellers: [{ seller: owner, share: 1 }] }
    },
    shows: succeeded,
  },
  'deals.hand-over': {
    input: async (w, target) => {
      const leaver = await w.call<{ id: string }>(ownerOf(w, target), 'sellers.create', {
        name: newName(),
        teamId: w.of[target].teamId,
      })
      const stageId = await openStage(w, target)
      await w.call(ownerOf(w, target), 'deals.create', { seller: { id: leaver.id }, stageId })
      return { id: leaver.id, to: [w.of.own.sellerId], on: '2026-01-01' }
    },
    shows: succeeded,
  },
  'activities.list': {
    input: async (w, target) => {
      await freshActivity(w, target)
      return { limit: 200 }
    },
    shows: showsNumber,
  },
  'activities.create': {
    input: (w, target) => ({
      kind: 'call',
      subject: newName(),
      dueOn: '2026-03-01',
      seller: { id: w.of[target].sellerId },
    }),
    shows: succeeded,
  },
  'activities.edit': {
    input: async (w, target) => ({ id: (await freshActivity(w, target)).id, kind: 'mail' }),
    shows: succeeded,
  },
  'activities.complete': {
    input: async (w, target) => ({ id: (await freshActivity(w, target)).id, doneOn: '2026-02-20' }),
    shows: succeeded,
  },
  'activities.remove': {
    input: async (w, target) => ({ id: (await freshActivity(w, target)).id }),
    shows: succeeded,
  },
  'deals.list': { input: () => ({ limit: 200 }), shows: showsNumber },
  'deals.get': { input: (w, target) => ({ id: w.of[target].dealId }), shows: showsNumber },
  'deals.create': {
    input: (w, target) => ({
      seller: { id: w.of[target].sellerId },
      stageId: w.of[target === 'elsewhere' ? 'own' : target].stageId,
      closedOn: '2019-03-03',
      amount: 1,
    }),
    shows: succeeded,
  },
  'deals.edit': {
    input: async (w, target) => ({ id: (await freshDeal(w, target)).id, quantity: 2 }),
    shows: succeeded,
  },
  'deals.bulk-edit': {
    input: async (w, target) => ({
      ids: [(await freshDeal(w, target)).id],
      set: { customerId: null },
    }),
    shows: succeeded,
  },
  'deals.remove': {
    input: async (w, target) => ({ id: (await freshDeal(w, target)).id }),
    shows: succeeded,
  },
  'orders.list': {
    input: async (w, target) => {
      await freshOrder(w, target)
      return { limit: 200 }
    },
    shows: showsNumber,
  },
  'orders.get': {
    input: async (w, target) => ({ id: (await freshOrder(w, target)).id }),
    shows: showsNumber,
  },
  'orders.create': {
    input: (w, target) => ({
      on: '2026-02-12',
      seller: { id: w.of[target].sellerId },
      lines: [{ amount: 1 }],
    }),
    shows: succeeded,
  },
  'orders.edit': {
    input: async (w, target) => ({ id: (await freshOrder(w, target)).id, on: '2026-02-13' }),
    shows: succeeded,
  },
  'orders.remove': {
    input: async (w, target) => ({ id: (await freshOrder(w, target)).id }),
    shows: succeeded,
  },
  'orders.return': {
    input: async (w, target) => {
      const { id } = await freshOrder(w, target)
      const { rows } = await w.call<{ rows: { id: string }[] }>(ownerOf(w, target), 'orders.get', {
        id,
      })
      return { id, on: '2026-02-14', lines: [{ id: rows[0]?.id, quantity: 1 }] }
    },
    shows: succeeded,
  },
  'contracts.list': none,
  'contracts.get': { input: async (w, target) => ({ id: (await freshContract(w, target)).id }) },
  'contracts.create': { input: () => ({ name: newName(), from: '2026-01-01' }) },
  'contracts.edit': {
    input: async (w, target) => ({ id: (await freshContract(w, target)).id, noticeDays: 30 }),
  },
  'contracts.set-state': {
    input: async (w, target) => ({ id: (await freshContract(w, target)).id, state: 'archived' }),
  },
  'revenue-source.list': none,
  'revenue-source.set': { input: () => ({ source: 'deals', from: '2002-01-01' }) },
  'revenue-source.remove': {
    input: async (w, target) => ({ id: (await freshSource(w, target)).id }),
  },
  'rates.list': none,
  'rates.missing': none,
  'rates.set': { input: () => ({ currency: 'USD', day: newDay(), rate: 0.9 }) },
  'rates.edit': {
    input: async (w, target) => ({ id: (await freshRate(w, target)).id, rate: 0.8 }),
  },
  'rates.remove': { input: async (w, target) => ({ id: (await freshRate(w, target)).id }) },
  'surveys.list': {
    input: async (w, target) => {
      await freshAnswer(w, target)
      return { limit: 200 }
    },
    shows: showsNumber,
  },
  'surveys.get': {
    input: async (w, target) => ({ id: (await freshAnswer(w, target)).id }),
    shows: showsNumber,
  },
  'surveys.create': {
    input: (w, target) => ({
      day: '2026-02-11',
      measure: 'nps',
      score: 9,
      seller: { id: w.of[target].sellerId },
    }),
    shows: succeeded,
  },
  'surveys.remove': {
    input: async (w, target) => ({ id: (await freshAnswer(w, target)).id }),
    shows: succeeded,
  },
  'cases.list': {
    input: async (w, target) => {
      await freshCase(w, target)
      return { limit: 200 }
    },
    shows: showsNumber,
  },
  'cases.get': {
    input: async (w, target) => ({ id: (await freshCase(w, target)).id }),
    shows: showsNumber,
  },
  'cases.create': {
    input: (w, target) => ({ day: '2026-02-11', seller: { id: w.of[target].sellerId } }),
    shows: succeeded,
  },
  'cases.edit': {
    input: async (w, target) => ({ id: (await freshCase(w, target)).id, state: 'closed' }),
    shows: succeeded,
  },
  'cases.remove': {
    input: async (w, target) => ({ id: (await freshCase(w, target)).id }),
    shows: succeeded,
  },
}

// Cases of the permission test: customers, products and what hangs on them.
import {
  type Case,
  freshContact,
  freshField,
  freshNote,
  freshPrice,
  freshValue,
  newName,
  none,
  noteOn,
  priceFor,
  recordOf,
  stateOf,
  succeeded,
} from './fresh.ts'

export const recordsCases: Record<string, Case> = {
  'customers.list': none,
  'customers.get': recordOf('customerId'),
  'customers.create': { input: () => ({ name: newName() }) },
  'customers.edit': { input: (w, target) => ({ id: w.of[target].customerId, city: null }) },
  'customers.set-state': stateOf('customerId'),
  'customers.bulk-edit': {
    input: (w, target) => ({ ids: [w.of[target].customerId], set: { city: newName() } }),
  },
  'customers.bulk-tag': {
    input: (w, target) => ({ ids: [w.of[target].customerId], add: [newName()] }),
  },
  'contacts.list': none,
  'contacts.get': { input: async (w, target) => ({ id: (await freshContact(w, target)).id }) },
  'contacts.create': {
    input: (w, target) => ({ name: newName(), customer: { id: w.of[target].customerId } }),
  },
  'contacts.edit': {
    input: async (w, target) => ({ id: (await freshContact(w, target)).id, phone: '1' }),
  },
  'contacts.set-state': {
    input: async (w, target) => ({ id: (await freshContact(w, target)).id, state: 'archived' }),
  },
  'notes.list': { input: (w, target) => noteOn(w, target), shows: succeeded },
  'notes.write': {
    input: (w, target) => ({ ...noteOn(w, target), body: newName() }),
    shows: succeeded,
  },
  'notes.edit': {
    input: async (w, target, role) => ({ id: await freshNote(w, target, role), body: newName() }),
    shows: succeeded,
  },
  'notes.remove': {
    input: async (w, target, role) => ({ id: await freshNote(w, target, role) }),
    shows: succeeded,
  },
  'tags.list': { input: (w, target) => noteOn(w, target), shows: succeeded },
  'tags.set': {
    input: (w, target) => ({ ...noteOn(w, target), tags: [newName()] }),
    shows: succeeded,
  },
  'own-fields.list': none,
  'own-fields.offers': { input: () => ({ entity: 'customer' }) },
  'own-fields.create': {
    input: () => ({ entity: 'customer', key: newName(), label: 'Level', kind: 'text' }),
  },
  'own-fields.edit': {
    input: async (w, target) => ({ id: await freshField(w, target), label: newName() }),
  },
  'own-fields.set-state': {
    input: async (w, target) => ({ id: await freshField(w, target), state: 'archived' }),
  },
  'demographics.list': none,
  'demographics.unlisted': { input: () => ({ all: true }) },
  'demographics.add': { input: () => ({ field: 'source', values: [newName()] }) },
  'demographics.remove': {
    input: async (w, target) => ({ id: await freshValue(w, target) }),
  },
  'prices.list': { input: (w, target) => ({ productId: w.of[target].productId }) },
  'prices.create': { input: (w, target) => priceFor(w, target) },
  'prices.edit': {
    input: async (w, target) => ({ id: await freshPrice(w, target), listPrice: 7 }),
  },
  'prices.remove': { input: async (w, target) => ({ id: await freshPrice(w, target) }) },
  'products.list': none,
  'products.get': recordOf('productId'),
  'products.create': { input: () => ({ name: newName() }) },
  'products.edit': { input: (w, target) => ({ id: w.of[target].productId, family: null }) },
  'products.set-state': stateOf('productId'),
  'products.bulk-edit': {
    input: (w, target) => ({ ids: [w.of[target].productId], set: { family: newName() } }),
  },
}

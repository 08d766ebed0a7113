// Cases of the permission test: results, imports, quality and search.
import { Readable } from 'node:stream'
import {
  type Case,
  countsAmount,
  freshView,
  importInput,
  newName,
  none,
  otherName,
  ownerOf,
  period,
  showsNumber,
} from './fresh.ts'
import type { Target, World } from './world.ts'

export const dataCases: Record<string, Case> = {
  'results.metrics': none,
  'results.figures': {
    input: () => ({ metric: ['revenue'], ...period }),
    shows: (answer, _w, target) =>
      countsAmount(
        (answer as { rows: { revenue: { value?: number } }[] }).rows[0]?.revenue.value,
        target,
      ),
  },
  'results.rows': {
    input: () => ({ metric: 'revenue', ...period, limit: 200 }),
    shows: showsNumber,
  },
  'results.why': {
    input: () => ({ metric: 'revenue', ...period }),
    shows: (answer, _w, target) =>
      countsAmount((answer as { figure: { value?: number } }).figure.value, target),
  },
  'results.overview': {
    input: () => period,
    shows: (answer, _w, target) =>
      countsAmount(
        (answer as { figures: { revenue?: { now: { value?: number } } } }).figures.revenue?.now
          .value,
        target,
      ),
  },
  'results.board': {
    input: () => period,
    shows: (answer, w, target) =>
      (answer as { rows: { cell: { id: string }; revenue: { value?: number } }[] }).rows.some(
        (row) => row.cell.id === w.of[target].sellerId && (row.revenue.value ?? 0) > 0,
      ),
  },
  'results.product-card': {
    input: (w, target) => ({ id: w.of[target].productId, ...period }),
    shows: (answer, _w, target) =>
      countsAmount(
        (answer as { figures: { revenue: { value?: number } } }).figures.revenue.value,
        target,
      ),
  },
  'results.segment-card': {
    input: () => ({ where: { industry: ['-'] }, ...period }),
    shows: (answer, _w, target) =>
      countsAmount(
        (answer as { figures: { revenue: { value?: number } } }).figures.revenue.value,
        target,
      ),
  },
  'results.changes': {
    input: () => ({ metric: 'revenue', ...period }),
    shows: (answer, _w, target) =>
      countsAmount((answer as { now: { value?: number } }).now.value, target),
  },
  'results.cohorts': {
    input: (w, target) => ({ where: { customer: [w.of[target].customerId] }, ...period }),
    shows: (answer) => (answer as { rows: unknown[] }).rows.length > 0,
  },
  'results.funnel': {
    input: (w, target) => ({ where: { customer: [w.of[target].customerId] } }),
    shows: (answer) => (answer as { opened: number }).opened > 0,
  },
  'results.periods': { input: () => ({ kind: 'quarter' }) },
  'results.cells': { input: () => ({ dimension: 'seller' }) },
  'results.cross': {
    input: () => ({ metric: ['revenue'], by: ['team'], ...period }),
    shows: (answer, _w, target) =>
      countsAmount(
        (answer as { total: { revenue: { now: { value?: number } } } }).total.revenue.now.value,
        target,
      ),
  },
  'views.list': none,
  'views.save': { input: () => ({ name: newName(), question: { metric: 'revenue' } }) },
  'views.rename': {
    input: async (w, target, role) => ({ id: await freshView(w, target, role), name: newName() }),
  },
  'views.pin': {
    input: async (w, target, role) => ({ id: await freshView(w, target, role), pinned: true }),
  },
  'views.remove': { input: async (w, target, role) => ({ id: await freshView(w, target, role) }) },
  'imports.kinds': none,
  'imports.upload': {
    input: () => ({ fileName: 'x.csv', kind: 'customers' }),
    body: () => Readable.from([`name\n${newName()}\n`]),
  },
  'imports.set-mapping': { input: importInput },
  'imports.list': none,
  'imports.get': { input: importInput },
  'imports.apply': { input: importInput },
  'imports.cancel': { input: importInput },
  'imports.rejects': { input: importInput },
  'imports.reasons': { input: importInput },
  'imports.rejects-file': { input: importInput },
  'imports.undo': { input: importInput },
  'imports.resend': { input: importInput },
  'imports.mappings': none,
  'imports.save-mapping': {
    input: async (w, target) => ({ ...(await importInput(w, target)), name: newName() }),
  },
  'imports.remove-mapping': {
    input: async (w, target) => ({
      id: (
        await w.call<{ id: string }>(ownerOf(w, target), 'imports.save-mapping', {
          ...(await importInput(w, target)),
          name: newName(),
        })
      ).id,
    }),
  },
  'imports.names': none,
  'imports.remove-name': {
    input: async (w, target) => ({ id: await otherName(w, target) }),
  },
  'imports.sample': { input: () => ({ kind: 'orders' }) },
  'search.find': { input: () => ({ text: 'N-', limit: 50 }), shows: showsNumber },
  'exports.table': { input: () => ({ table: 'deals' }), shows: showsNumber },
  'quality.list': none,
  'quality.rows': { input: () => ({ check: 'duplicate-customers' }) },
  'quality.merge-preview': { input: pairInput },
  'quality.merge': { input: pairInput },
  'quality.merge-many': { input: pairsInput },
  'quality.set-different': { input: pairsInput },
  'quality.different': { input: () => ({ entity: 'customer' }) },
  'quality.remove-different': {
    input: async (w, target) => {
      const owner = ownerOf(w, target)
      await w.call(owner, 'quality.set-different', await pairsInput(w, target))
      const { rows } = await w.call<{ rows: { id: string }[] }>(owner, 'quality.different', {
        entity: 'customer',
      })
      return { id: rows[0]?.id }
    },
  },
  'quality.unify-values': {
    input: async (w, target) => {
      const region = newName()
      await w.call(ownerOf(w, target), 'customers.create', { name: newName(), region })
      return { field: 'region', values: [region], to: newName() }
    },
  },
}

/** Two new customers of the organisation of the target. */
async function pairInput(w: World, target: Target) {
  const make = () =>
    w.call<{ id: string }>(ownerOf(w, target), 'customers.create', { name: newName() })
  return { entity: 'customer', winnerId: (await make()).id, loserId: (await make()).id }
}

async function pairsInput(w: World, target: Target) {
  const { entity, ...pair } = await pairInput(w, target)
  return { entity, pairs: [pair] }
}

// Generated from the contracts by scripts/generate.ts: where each operation lives. Do not edit.
import type { Route } from '../basics/route.ts'
import type { casesContract } from '../features/cases/contract.ts'
import type { customersContract } from '../features/customers/contract.ts'
import type { dealsContract } from '../features/deals/contract.ts'
import type { importsContract } from '../features/imports/contract.ts'
import type { productsContract } from '../features/products/contract.ts'
import type { ratesContract } from '../features/rates/contract.ts'
import type { resultsContract } from '../features/results/contract.ts'
import type { surveysContract } from '../features/surveys/contract.ts'
import type { teamContract } from '../features/team/contract.ts'

/** All contracts of all features in one type. */
export type Contracts = typeof casesContract &
  typeof customersContract &
  typeof dealsContract &
  typeof importsContract &
  typeof productsContract &
  typeof ratesContract &
  typeof resultsContract &
  typeof surveysContract &
  typeof teamContract

export const operationRoutes: Readonly<Record<keyof Contracts, Route>> = {
  'organisations.list': { method: 'GET', path: '/organisations' },
  'organisations.get': { method: 'GET', path: '/organisation' },
  'organisations.set-up': { method: 'POST', path: '/organisation/setup' },
  'organisations.edit': { method: 'PATCH', path: '/organisation' },
  'me.set-seller': { method: 'PUT', path: '/me/seller' },
  'sellers.list': { method: 'GET', path: '/sellers' },
  'sellers.get': { method: 'GET', path: '/sellers/:id' },
  'sellers.create': { method: 'POST', path: '/sellers' },
  'sellers.edit': { method: 'PATCH', path: '/sellers/:id' },
  'sellers.set-state': { method: 'PUT', path: '/sellers/:id/state' },
  'teams.list': { method: 'GET', path: '/teams' },
  'teams.get': { method: 'GET', path: '/teams/:id' },
  'teams.create': { method: 'POST', path: '/teams' },
  'teams.edit': { method: 'PATCH', path: '/teams/:id' },
  'teams.set-state': { method: 'PUT', path: '/teams/:id/state' },
  'memberships.set': { method: 'POST', path: '/memberships' },
  'memberships.end': { method: 'PUT', path: '/memberships/:id/end' },
  'people.list': { method: 'GET', path: '/people' },
  'changes.list': { method: 'GET', path: '/changes' },
  'changes.undo': { method: 'POST', path: '/changes/:id/undo' },
  'history.list': { method: 'GET', path: '/history/:entity/:id' },
  'period-locks.list': { method: 'GET', path: '/period-locks' },
  'period-locks.set': { method: 'POST', path: '/period-locks' },
  'period-locks.remove': { method: 'DELETE', path: '/period-locks/:id' },
  'demo.make': { method: 'POST', path: '/demo' },
  'demo.remove': { method: 'DELETE', path: '/demo' },
  'check.run': { method: 'POST', path: '/check' },
  'customers.list': { method: 'GET', path: '/customers' },
  'customers.get': { method: 'GET', path: '/customers/:id' },
  'customers.create': { method: 'POST', path: '/customers' },
  'customers.edit': { method: 'PATCH', path: '/customers/:id' },
  'customers.set-state': { method: 'PUT', path: '/customers/:id/state' },
  'customers.bulk-edit': { method: 'POST', path: '/customers/bulk-edit' },
  'products.list': { method: 'GET', path: '/products' },
  'products.get': { method: 'GET', path: '/products/:id' },
  'products.create': { method: 'POST', path: '/products' },
  'products.edit': { method: 'PATCH', path: '/products/:id' },
  'products.set-state': { method: 'PUT', path: '/products/:id/state' },
  'products.bulk-edit': { method: 'POST', path: '/products/bulk-edit' },
  'stages.list': { method: 'GET', path: '/stages' },
  'stages.create': { method: 'POST', path: '/stages' },
  'stages.edit': { method: 'PATCH', path: '/stages/:id' },
  'lost-reasons.list': { method: 'GET', path: '/lost-reasons' },
  'deals.list': { method: 'GET', path: '/deals' },
  'deals.get': { method: 'GET', path: '/deals/:id' },
  'deals.create': { method: 'POST', path: '/deals' },
  'deals.edit': { method: 'PATCH', path: '/deals/:id' },
  'deals.remove': { method: 'DELETE', path: '/deals/:id' },
  'rates.list': { method: 'GET', path: '/rates' },
  'rates.missing': { method: 'GET', path: '/rates/missing' },
  'rates.set': { method: 'POST', path: '/rates' },
  'rates.edit': { method: 'PATCH', path: '/rates/:id' },
  'rates.remove': { method: 'DELETE', path: '/rates/:id' },
  'surveys.list': { method: 'GET', path: '/survey-answers' },
  'surveys.get': { method: 'GET', path: '/survey-answers/:id' },
  'surveys.create': { method: 'POST', path: '/survey-answers' },
  'surveys.remove': { method: 'DELETE', path: '/survey-answers/:id' },
  'cases.list': { method: 'GET', path: '/cases' },
  'cases.get': { method: 'GET', path: '/cases/:id' },
  'cases.create': { method: 'POST', path: '/cases' },
  'cases.edit': { method: 'PATCH', path: '/cases/:id' },
  'cases.remove': { method: 'DELETE', path: '/cases/:id' },
  'results.metrics': { method: 'GET', path: '/metrics' },
  'results.figures': { method: 'GET', path: '/results' },
  'results.rows': { method: 'GET', path: '/results/rows' },
  'results.export-rows': { method: 'GET', path: '/results/rows.csv' },
  'results.why': { method: 'GET', path: '/results/why' },
  'results.overview': { method: 'GET', path: '/overview' },
  'results.board': { method: 'GET', path: '/board' },
  'results.periods': { method: 'GET', path: '/periods' },
  'results.cells': { method: 'GET', path: '/cells' },
  'imports.kinds': { method: 'GET', path: '/imports/kinds' },
  'imports.upload': { method: 'POST', path: '/imports', body: 'file' },
  'imports.set-mapping': { method: 'PUT', path: '/imports/:id/mapping' },
  'imports.list': { method: 'GET', path: '/imports' },
  'imports.get': { method: 'GET', path: '/imports/:id' },
  'imports.apply': { method: 'POST', path: '/imports/:id/application' },
  'imports.cancel': { method: 'DELETE', path: '/imports/:id/application' },
  'imports.rejects': { method: 'GET', path: '/imports/:id/rejects' },
  'imports.rejects-file': { method: 'GET', path: '/imports/:id/rejects.csv' },
  'imports.undo': { method: 'POST', path: '/imports/:id/undo' },
  'quality.list': { method: 'GET', path: '/quality' },
  'quality.rows': { method: 'GET', path: '/quality/:check/rows' },
  'quality.merge-preview': { method: 'GET', path: '/quality/merge' },
  'quality.merge': { method: 'POST', path: '/quality/merge' },
}

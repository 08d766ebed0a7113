// The one place where all features are listed and wired together.
import { makeDemo } from '../demo/load.ts'
import { Refusal } from './basics/refusal.ts'
import { activitiesContract } from './features/activities/contract.ts'
import { activitiesOperations } from './features/activities/operations.ts'
import { calendarsContract } from './features/calendars/contract.ts'
import { calendarsOperations } from './features/calendars/operations.ts'
import { casesContract } from './features/cases/contract.ts'
import { casesOperations } from './features/cases/operations.ts'
import { customersContract } from './features/customers/contract.ts'
import { customersOperations } from './features/customers/operations.ts'
import { dealsContract } from './features/deals/contract.ts'
import { seedStages } from './features/deals/door.ts'
import { dealsOperations } from './features/deals/operations.ts'
import { exportsContract } from './features/exports/contract.ts'
import { makeExportsOperations, sweepTables } from './features/exports/operations.ts'
import { forecastContract } from './features/forecast/contract.ts'
import {
  forecastOperations,
  keepForecasts,
  recoverTests,
  testInBackground,
} from './features/forecast/operations.ts'
import { goalsContract } from './features/goals/contract.ts'
import { reachesGoal } from './features/goals/door.ts'
import { goalsOperations } from './features/goals/operations.ts'
import { importsContract } from './features/imports/contract.ts'
import { applyBatch, importsOperations, recoverBatches } from './features/imports/operations.ts'
import { ordersContract } from './features/orders/contract.ts'
import { ordersOperations } from './features/orders/operations.ts'
import { productsContract } from './features/products/contract.ts'
import { productsOperations } from './features/products/operations.ts'
import { qualityContract } from './features/quality/contract.ts'
import { qualityOperations } from './features/quality/operations.ts'
import { quotaContract } from './features/quota/contract.ts'
import { quotaOperations } from './features/quota/operations.ts'
import { ratesContract } from './features/rates/contract.ts'
import { followUndo } from './features/rates/door.ts'
import { ratesOperations } from './features/rates/operations.ts'
import { resultsContract } from './features/results/contract.ts'
import { resultsOperations } from './features/results/operations.ts'
import { viewsOperations } from './features/results/operations-views.ts'
import { searchContract } from './features/search/contract.ts'
import { searchOperations } from './features/search/operations.ts'
import { surveysContract } from './features/surveys/contract.ts'
import { surveysOperations } from './features/surveys/operations.ts'
import { may } from './features/team/calc/may.ts'
import { teamContract } from './features/team/contract.ts'
import { createOrganisation, organisations, principalOf } from './features/team/door.ts'
import { makeTeamOperations } from './features/team/operations.ts'
import { todayContract } from './features/today/contract.ts'
import { calendarFeed } from './features/today/feed.ts'
import { todayOperations } from './features/today/operations.ts'
import { trustContract } from './features/trust/contract.ts'
import {
  checkInBackground,
  recoverChecks,
  sweepArchives,
  trustOperations,
} from './features/trust/operations.ts'
import type { Principal } from './platform/context.ts'
import { foldWhenMany } from './platform/database/fold.ts'
import type { SecretAddress } from './platform/http/secret-address.ts'
import type { Regular, Task } from './platform/jobs/worker.ts'
import {
  askingWithin,
  callOperation,
  callWithin,
  type Handler,
  type Program,
} from './platform/operations.ts'

export { may }

export const contract = {
  ...teamContract,
  ...calendarsContract,
  ...customersContract,
  ...productsContract,
  ...dealsContract,
  ...ordersContract,
  ...ratesContract,
  ...activitiesContract,
  ...surveysContract,
  ...casesContract,
  ...resultsContract,
  ...quotaContract,
  ...forecastContract,
  ...goalsContract,
  ...importsContract,
  ...qualityContract,
  ...searchContract,
  ...trustContract,
  ...exportsContract,
  ...todayContract,
} as const

export type Operations = typeof contract
export type OperationName = keyof Operations

/** One function per operation of every contract; a missing one does not compile. */
export function makeHandlers() {
  const features = {
    ...makeTeamOperations({
      makeDemo,
      afterUndo: followUndo,
      reachesGoal,
      perform: (ctx, tx, name, given): Promise<unknown> =>
        callWithin({ contract, handlers: features as Handlers, may }, ctx, tx, { name, given }),
    }),
    ...calendarsOperations,
    ...customersOperations,
    ...productsOperations,
    ...dealsOperations,
    ...ordersOperations,
    ...ratesOperations,
    ...activitiesOperations,
    ...surveysOperations,
    ...casesOperations,
    ...resultsOperations,
    ...viewsOperations,
    ...quotaOperations,
    ...forecastOperations,
    ...goalsOperations,
    ...importsOperations,
    ...qualityOperations,
    ...searchOperations,
    ...trustOperations,
    ...todayOperations,
  }
  return {
    ...features,
    ...makeExportsOperations({
      askWithin: askingWithin({ contract, handlers: features as Handlers, may }),
    }),
  }
}
type Handlers = Record<string, Handler>

/** Addresses outside of the API that hold their own secret. */
export function secretAddresses(program: Program): SecretAddress[] {
  return [
    {
      url: '/feeds/:name',
      type: 'text/calendar; charset=utf-8',
      answer: async (name, address) => {
        const token = /^([A-Za-z0-9_-]{43})\.ics$/.exec(name)?.[1]
        return token === undefined ? undefined : calendarFeed(program, token, address)
      },
    },
  ]
}

/**
 * Background tasks by name, and when they run by themselves. What takes the night is left to a process that
 * serves: a command would not end before it, or break it off.
 */
export function background(
  program: Program,
  { serving, log }: { serving: boolean; log(line: string): void },
): { tasks: Record<string, Task>; regular: Record<string, Regular> } {
  const tasks: Record<string, Task> = {
    'imports.apply': (payload) => applyBatch(program, payload),
    'trust.check': (payload) => checkInBackground(program, payload),
    'forecast.test': (payload) => testInBackground(program, payload),
    'rollups.fold': () => foldEverywhere(program),
  }
  const regular: Record<string, Regular> = { 'rollups.fold': { at: '*/5 * * * *' } }
  if (serving) {
    tasks['forecast.keep'] = (_, signal) => keepForecasts(program, { signal, log })
    // At night, or when Kontor is next started.
    regular['forecast.keep'] = { at: '20 3 * * *', madeUpMs: 86_400_000, line: 'long' }
  }
  return { tasks, regular }
}

/** Small writes leave their sums beside the rollups; before there are too many to read along, they are folded. */
async function foldEverywhere({ db }: Program): Promise<void> {
  for (const one of await organisations(db)) await foldWhenMany(db, principalOf(one))
}

/** The own organisation always exists, and the demo one where it is wanted, before anybody asks. */
export async function firstOrganisations(
  program: Program,
  options: {
    demo: boolean
    today?: string
    locale: 'en' | 'de'
    zone: string
    log(line: string): void
  },
): Promise<void> {
  if ((await organisations(program.db)).some((one) => one.kind === 'own')) return
  await createOrganisation(
    program.db,
    {
      slug: 'own',
      kind: 'own',
      name: '',
      zone: options.zone,
      baseCurrency: 'EUR',
      fiscalFirstMonth: 1,
      weekStart: 1,
      locale: options.locale,
      setUp: false,
      personName: '',
    },
    { newId: program.newId, seed: (tx) => seedStages(tx, options.locale) },
  )
  if (!options.demo) return
  options.log('Making the demo organisation …')
  const who = await principalIn(program, 'own')
  await callOperation(program, who, 'demo.make', options.today ? { today: options.today } : {})
}

/** What a crash left half-way is taken up again; jobs must be running. */
export async function recover(program: Program): Promise<void> {
  await sweepArchives(program.dataDir)
  await sweepTables(program.dataDir)
  for (const one of await organisations(program.db)) {
    const who = principalOf(one)
    await recoverBatches(program, who)
    await recoverChecks(program, who)
    await recoverTests(program, who)
  }
}

/** The person asking, in the organisation with this slug or id; without one: the own organisation. */
export async function principalIn(
  program: Program,
  organisation: string | undefined,
): Promise<Principal> {
  const known = await organisations(program.db)
  const found =
    organisation === undefined
      ? known.find((one) => one.kind === 'own')
      : known.find(
          (one) =>
            one.slug === organisation || one.id === organisation || one.name === organisation,
        )
  if (!found) {
    throw new Refusal({
      code: 'organisation.not_found',
      message: `There is no organisation “${organisation ?? 'own'}” here.`,
      next: `Choose one of: ${known.map((one) => one.slug).join(', ')}.`,
      status: 404,
    })
  }
  return principalOf(found)
}

// S1: every operation × every role × own, own team, other team, other organisation, against the declared policy.
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../src/app.ts'
import { type Contract, type Reach, type Role, roles } from '../src/basics/contract.ts'
import { Refusal } from '../src/basics/refusal.ts'
import { may } from '../src/features/team/calc/may.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { amounts, policyWorld, type Target, targets, type World } from './policy-world.ts'

const all: Contract = contract
const names = Object.keys(all).sort()

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
}, 60_000)
afterAll(() => db.close())

/** What a call is given for a target, and whether the answer shows the target's facts. */
interface Case {
  input(world: World, target: Target, role: Role): unknown | Promise<unknown>
  /** For operations on facts of people. Absent: the answer only has to come, and hold nothing of elsewhere. */
  shows?(answer: unknown, world: World, target: Target): boolean
  body?(): NodeJS.ReadableStream
}

const text = (answer: unknown) => (typeof answer === 'string' ? answer : JSON.stringify(answer))
const showsNumber = (answer: unknown, w: World, target: Target) =>
  text(answer).includes(w.number(target))
const succeeded = () => true
const period = { from: '2026-01-01', until: '2027-01-01' }

/** Sum of revenue over everything visible: its digits tell whose sales were counted. */
function countsAmount(value: number | undefined, target: Target): boolean {
  return Math.floor((value ?? 0) / amounts[target]) % 10 === 1
}

async function freshDeal(w: World, target: Target): Promise<{ id: string; version: number }> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  const { sellerId, customerId, stageId } = w.of[target]
  return w.call(who, 'deals.create', {
    seller: { id: sellerId },
    customer: { id: customerId },
    stageId,
    openedOn: '2020-01-05',
    closedOn: '2020-02-10',
    amount: 5,
  })
}

async function openStage(w: World, target: Target): Promise<string> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  const { rows } = await w.call<{ rows: { id: string; outcome: string }[] }>(who, 'stages.list')
  return rows.find((row) => row.outcome === 'open')?.id ?? ''
}

async function freshOpenDeal(w: World, target: Target): Promise<{ id: string }> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  return w.call(who, 'deals.create', {
    seller: { id: w.of[target].sellerId },
    stageId: await openStage(w, target),
    externalId: `${w.number(target)} ${++counter}`,
  })
}

function freshActivity(w: World, target: Target): Promise<{ id: string }> {
  const { sellerId } = w.of[target]
  const subject = `${w.number(target)} ${++counter}`
  const activity = { kind: 'call', subject, seller: { id: sellerId }, dueOn: '2026-03-01' }
  return w.call(ownerOf(w, target), 'activities.create', activity)
}

let dayCounter = 0
const newDay = () => new Date(Date.UTC(2001, 0, ++dayCounter)).toISOString().slice(0, 10)
const ownerOf = (w: World, target: Target) => (target === 'elsewhere' ? w.foreignAdmin : w.admin)

function freshRate(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'rates.set', { currency: 'CHF', day: newDay(), rate: 1.1 })
}

/** Facts of the target's seller, numbered so that the number of the target is part of theirs. */
const factOf = (w: World, target: Target) => ({
  day: '2026-02-11',
  seller: { id: w.of[target].sellerId },
  externalId: `${w.number(target)} ${++counter}`,
})

async function freshReason(w: World, target: Target): Promise<string> {
  const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'lost-reasons.create', {
    name: newName(),
  })
  return id
}

function freshAnswer(w: World, target: Target): Promise<{ id: string }> {
  const answer = { ...factOf(w, target), measure: 'satisfaction', score: 4 }
  return w.call(ownerOf(w, target), 'surveys.create', answer)
}

function freshCase(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'cases.create', factOf(w, target))
}

function freshOrder(w: World, target: Target): Promise<{ id: string; version: number }> {
  return w.call(ownerOf(w, target), 'orders.create', {
    number: `${w.number(target)} ${++counter}`,
    on: '2026-02-12',
    seller: { id: w.of[target].sellerId },
    lines: [{ quantity: 2, price: '1.50' }],
  })
}

async function freshContract(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'contracts.create', { name: newName(), from: '2026-01-01' })
}

async function freshSource(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'revenue-source.set', { source: 'deals', from: '2001-01-01' })
}

function freshContact(w: World, target: Target): Promise<{ id: string }> {
  const customer = { id: w.of[target].customerId }
  return w.call(ownerOf(w, target), 'contacts.create', { name: newName(), customer })
}

const noteOn = (w: World, target: Target) => ({ entity: 'deal', entityId: w.of[target].dealId })

/** By the role itself where it may, because a note is changed by who wrote it. */
async function freshNote(w: World, target: Target, role: Role): Promise<string> {
  const note = { ...noteOn(w, target), body: newName() }
  const write = (who: World['admin']) => w.call<{ id: string }>(who, 'notes.write', note)
  const written = await write(w.as(role)).catch(() => write(ownerOf(w, target)))
  return written.id
}

async function freshField(w: World, target: Target): Promise<string> {
  const field = { entity: 'product', key: newName(), label: 'Level', kind: 'number' }
  return (await w.call<{ id: string }>(ownerOf(w, target), 'own-fields.create', field)).id
}

async function freshValue(w: World, target: Target): Promise<string> {
  const value = newName()
  await w.call(ownerOf(w, target), 'demographics.add', { field: 'region', values: [value] })
  const { rows } = await w.call<{ rows: { id: string; value: string }[] }>(
    ownerOf(w, target),
    'demographics.list',
  )
  return rows.find((row) => row.value === value)?.id ?? ''
}

const priceFor = (w: World, target: Target) => {
  const from = newDay()
  return {
    productId: w.of[target].productId,
    currency: 'EUR',
    listPrice: 5,
    from,
    until: dayAfter(from),
  }
}
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

async function freshPrice(w: World, target: Target): Promise<string> {
  return (await w.call<{ id: string }>(ownerOf(w, target), 'prices.create', priceFor(w, target))).id
}

const recordOf = (key: 'sellerId' | 'teamId' | 'customerId' | 'productId' | 'stageId') => ({
  input: (w: World, target: Target) => ({ id: w.of[target][key] }),
})
const stateOf = (key: 'sellerId' | 'customerId' | 'productId') => ({
  input: (w: World, target: Target) => ({ id: w.of[target][key], state: 'active' }),
})
const none: Case = { input: () => ({}) }
let counter = 0
const newName = () => `Name ${++counter}`
const unknownId = '00000000-0000-7000-8000-000000000000'

const cases: Record<string, Case> = {
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
  'results.export-rows': { input: () => ({ metric: 'revenue', ...period }), shows: showsNumber },
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
  'results.periods': { input: () => ({ kind: 'quarter' }) },
  'results.cells': { input: () => ({ dimension: 'seller' }) },
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
  'trust.start-check': none,
  'trust.cancel-check': {
    input: (w, target) => w.call(ownerOf(w, target), 'trust.start-check'),
  },
  'trust.checks': none,
  'trust.compare-anchor': { input: () => ({ revision: 0, hash: '0'.repeat(64) }) },
  'trust.export': none,
  'trust.restore': { input: () => ({}), body: () => Readable.from(['no archive']) },
  'imports.sample': { input: () => ({ kind: 'orders' }) },
}

async function importInput(w: World, target: Target): Promise<{ id: string }> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  const batch = await w.call<{ id: string }>(
    who,
    'imports.upload',
    { fileName: 'x.csv', kind: 'customers' },
    Readable.from([`name\n${newName()}\n`]),
  )
  return { id: batch.id }
}

const mentionsElsewhere = (answer: unknown) => /elsewhere/i.test(text(answer))
/** Fields that name a record of a target in the input of an operation without reach. */
const namesRecord = (input: unknown) => /[0-9a-f]{8}-[0-9a-f]{4}-7/.test(text(input) ?? '')

async function outcome(
  name: string,
  role: (typeof roles)[number],
  target: Target,
): Promise<{ answer?: unknown; code?: string; input: unknown }> {
  const one = cases[name]
  if (!one) throw new Error(`no case for ${name}`)
  let input = await one.input(world, target, role)
  if (
    name === 'changes.undo' &&
    target === 'own' &&
    may([role], all['customers.create']?.policy ?? {}) !== 'none'
  ) {
    const { changeId } = await world.call<{ changeId: string }>(
      world.as(role),
      'customers.create',
      { name: newName() },
    )
    input = { id: changeId }
  }
  try {
    return { answer: await world.call(world.as(role), name, input, one.body?.()), input }
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, input }
    throw error
  }
}

const sees: Record<Reach, readonly Target[]> = {
  own: ['own'],
  team: ['own', 'mate'],
  all: ['own', 'mate', 'other'],
}

test('every operation has a sentence, a policy and a case here', () => {
  expect(Object.keys(cases).sort()).toEqual(names)
  for (const [name, { sentence, policy }] of Object.entries(all)) {
    expect(sentence, name).toMatch(/^[A-Z].*\.$/)
    expect(Object.keys(policy).length, name).toBeGreaterThan(0)
  }
})

describe.each(names)('%s', (name) => {
  test.each(roles)('%s', async (role) => {
    const definition = all[name]
    const reach = may([role], definition?.policy ?? {})
    for (const target of targets) {
      const found = await outcome(name, role, target)
      if (reach === 'none') {
        expect(found.code, `${target}`).toBe('request.no_right')
        continue
      }
      expect(found.code, `${target}`).not.toBe('request.no_right')
      expect(mentionsElsewhere(found.answer ?? ''), `${target} shows the other organisation`).toBe(
        false,
      )
      const shows = cases[name]?.shows
      if (shows) {
        const expected = sees[reach].includes(target)
        expect(
          found.code === undefined && shows(found.answer, world, target),
          `${target}, code ${found.code}`,
        ).toBe(expected)
      } else if (
        target === 'elsewhere' &&
        namesRecord(found.input) &&
        !name.startsWith('period-locks')
      ) {
        expect(found.code, 'a record of the other organisation').toMatch(
          // An edit of many finds none of the records it was given.
          /bulk/.test(name) ? /^bulk\.nothing_chosen$/ : /not_found/,
        )
      } else if (name.startsWith('imports.') && name !== 'imports.upload') {
        // The batch is there but in no state for every step; what matters here is that it was found.
        expect(found.code ?? 'done').not.toBe('import.not_found')
      } else if (name === 'trust.restore') {
        // Both organisations hold data: whoever may ask is told so.
        expect(found.code).toBe('trust.not_empty')
      } else if (name !== 'memberships.end' || target !== 'elsewhere') {
        expect(found.code, `${target}`).toBeUndefined()
      }
    }
  })
})

test('an unknown operation and a record that is nowhere are refused', async () => {
  await expect(world.call(world.admin, 'nothing.here')).rejects.toMatchObject({
    detail: { code: 'request.unknown_operation' },
  })
  await expect(world.call(world.admin, 'customers.get', { id: unknownId })).rejects.toMatchObject({
    detail: { code: 'customer.not_found' },
  })
})

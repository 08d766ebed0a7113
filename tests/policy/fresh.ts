// What a call of the permission test is given: records and facts of a target, made anew where a call would use them up.
import { Readable } from 'node:stream'
import type { Role } from '../../src/basics/contract.ts'
import { amounts, type Target, type World } from './world.ts'

let counter = 0
/** So that nothing made here has the name or number of another. */
export const next = () => ++counter

/** What a call is given for a target, and whether the answer shows the target's facts. */
export interface Case {
  input(world: World, target: Target, role: Role): unknown | Promise<unknown>
  /** The same call about another sort of record, where the way through the operation is another one. */
  also?: Case['input']
  /** For operations on facts of people. Absent: the answer only has to come, and hold nothing of elsewhere. */
  shows?(answer: unknown, world: World, target: Target): boolean
  body?(): NodeJS.ReadableStream
}

export const text = (answer: unknown) =>
  typeof answer === 'string' ? answer : JSON.stringify(answer)
export const showsNumber = (answer: unknown, w: World, target: Target) =>
  text(answer).includes(w.number(target))
export const showsSeller = (answer: unknown, w: World, target: Target) =>
  text(answer).includes(w.of[target].sellerId)
export const succeeded = () => true
export const period = { from: '2026-01-01', until: '2027-01-01' }

/** Sum of revenue over everything visible: its digits tell whose sales were counted. */
export function countsAmount(value: number | undefined, target: Target): boolean {
  return Math.floor((value ?? 0) / amounts[target]) % 10 === 1
}

export async function freshDeal(
  w: World,
  target: Target,
): Promise<{ id: string; version: number; changeId: string }> {
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

export async function openStage(w: World, target: Target): Promise<string> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  const { rows } = await w.call<{ rows: { id: string; outcome: string }[] }>(who, 'stages.list')
  return rows.find((row) => row.outcome === 'open')?.id ?? ''
}

export async function freshOpenDeal(w: World, target: Target): Promise<{ id: string }> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  return w.call(who, 'deals.create', {
    seller: { id: w.of[target].sellerId },
    stageId: await openStage(w, target),
    externalId: `${w.number(target)} ${next()}`,
  })
}

export function freshActivity(w: World, target: Target): Promise<{ id: string }> {
  const { sellerId } = w.of[target]
  const subject = `${w.number(target)} ${next()}`
  const activity = { kind: 'call', subject, seller: { id: sellerId }, dueOn: '2026-03-01' }
  return w.call(ownerOf(w, target), 'activities.create', activity)
}

/** A vacant position of the target's team. */
export async function freshPosition(w: World, target: Target): Promise<{ id: string }> {
  const given = { name: newName(), teamId: w.of[target].teamId }
  const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'positions.create', given)
  return { id }
}

let dayCounter = 0
export const newDay = () => new Date(Date.UTC(2001, 0, ++dayCounter)).toISOString().slice(0, 10)
export const ownerOf = (w: World, target: Target) =>
  target === 'elsewhere' ? w.foreignAdmin : w.admin

export function freshRate(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'rates.set', { currency: 'CHF', day: newDay(), rate: 1.1 })
}

/** Facts of the target's seller, numbered so that the number of the target is part of theirs. */
const factOf = (w: World, target: Target) => ({
  day: '2026-02-11',
  seller: { id: w.of[target].sellerId },
  externalId: `${w.number(target)} ${next()}`,
})

let yearCounter = 2030
/** A proposed quota of the target's seller, in a year of its own. */
export async function freshQuota(w: World, target: Target): Promise<{ id: string; year: string }> {
  const year = String(++yearCounter)
  const { sellerId } = w.of[target]
  const quota = { seller: sellerId, period: year, amount: 1000 }
  const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'quotas.set', quota)
  return { id, year }
}

export async function freshReason(w: World, target: Target): Promise<string> {
  const { id } = await w.call<{ id: string }>(ownerOf(w, target), 'lost-reasons.create', {
    name: newName(),
  })
  return id
}

export function freshAnswer(w: World, target: Target): Promise<{ id: string }> {
  const answer = { ...factOf(w, target), measure: 'satisfaction', score: 4 }
  return w.call(ownerOf(w, target), 'surveys.create', answer)
}

export function freshCase(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'cases.create', factOf(w, target))
}

export function freshOrder(w: World, target: Target): Promise<{ id: string; version: number }> {
  return w.call(ownerOf(w, target), 'orders.create', {
    number: `${w.number(target)} ${next()}`,
    on: '2026-02-12',
    seller: { id: w.of[target].sellerId },
    lines: [{ quantity: 2, price: '1.50' }],
  })
}

export async function freshContract(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'contracts.create', { name: newName(), from: '2026-01-01' })
}

export async function freshSource(w: World, target: Target): Promise<{ id: string }> {
  return w.call(ownerOf(w, target), 'revenue-source.set', { source: 'deals', from: '2001-01-01' })
}

export function freshContact(w: World, target: Target): Promise<{ id: string }> {
  const customer = { id: w.of[target].customerId }
  return w.call(ownerOf(w, target), 'contacts.create', { name: newName(), customer })
}

export const noteOn = (w: World, target: Target) => ({
  entity: 'deal',
  entityId: w.of[target].dealId,
})

/** By the role itself where it may, because a note is changed by who wrote it. */
export async function freshNote(w: World, target: Target, role: Role): Promise<string> {
  const note = { ...noteOn(w, target), body: newName() }
  const write = (who: World['admin']) => w.call<{ id: string }>(who, 'notes.write', note)
  const written = await write(w.as(role)).catch(() => write(ownerOf(w, target)))
  return written.id
}

export async function freshField(w: World, target: Target): Promise<string> {
  const field = { entity: 'product', key: newName(), label: 'Level', kind: 'number' }
  return (await w.call<{ id: string }>(ownerOf(w, target), 'own-fields.create', field)).id
}

export async function freshValue(w: World, target: Target): Promise<string> {
  const value = newName()
  await w.call(ownerOf(w, target), 'demographics.add', { field: 'region', values: [value] })
  const { rows } = await w.call<{ rows: { id: string; value: string }[] }>(
    ownerOf(w, target),
    'demographics.list',
  )
  return rows.find((row) => row.value === value)?.id ?? ''
}

export const priceFor = (w: World, target: Target) => {
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

export async function freshPrice(w: World, target: Target): Promise<string> {
  return (await w.call<{ id: string }>(ownerOf(w, target), 'prices.create', priceFor(w, target))).id
}

export const recordOf = (key: 'sellerId' | 'teamId' | 'customerId' | 'productId' | 'stageId') => ({
  input: (w: World, target: Target) => ({ id: w.of[target][key] }),
})
export const stateOf = (key: 'sellerId' | 'customerId' | 'productId') => ({
  input: (w: World, target: Target) => ({ id: w.of[target][key], state: 'active' }),
})
export const none: Case = { input: () => ({}) }
export const newName = () => `Name ${next()}`
export const unknownId = '00000000-0000-7000-8000-000000000000'

export async function importInput(w: World, target: Target): Promise<{ id: string }> {
  const who = target === 'elsewhere' ? w.foreignAdmin : w.admin
  const batch = await w.call<{ id: string }>(
    who,
    'imports.upload',
    { fileName: 'x.csv', kind: 'customers' },
    Readable.from([`name\n${newName()}\n`]),
  )
  return { id: batch.id }
}

/** A view of the person who asks; of the other organisation, one that is shared there. */
export async function freshView(w: World, target: Target, role: Role): Promise<string> {
  const question = { metric: 'revenue' }
  const [who, shared] = target === 'elsewhere' ? [w.foreignAdmin, true] : [w.as(role), false]
  const made = await w.call<{ id: string }>(who, 'views.save', {
    name: newName(),
    question,
    shared,
  })
  return made.id
}

/** Another name of a customer, left by making two of them one. */
export async function otherName(w: World, target: Target): Promise<string> {
  const who = ownerOf(w, target)
  const [winner, loser] = [newName(), newName()]
  const made = (name: string) => w.call<{ id: string }>(who, 'customers.create', { name })
  await w.call(who, 'quality.merge', {
    entity: 'customer',
    winnerId: (await made(winner)).id,
    loserId: (await made(loser)).id,
  })
  const { rows } = await w.call<{ rows: { id: string; written: string }[] }>(who, 'imports.names', {
    limit: 200,
  })
  return rows.find((row) => row.written === loser.toLowerCase())?.id ?? ''
}

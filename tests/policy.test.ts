// S1: every operation × every role × own, own team, other team, other organisation, against the declared policy.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../src/app.ts'
import {
  type Contract,
  type FileAnswer,
  type Reach,
  type Role,
  roles,
} from '../src/basics/contract.ts'
import { Refusal } from '../src/basics/refusal.ts'
import { may } from '../src/features/team/calc/may.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { dataCases } from './policy/cases-data.ts'
import { forecastCases } from './policy/cases-forecast.ts'
import { goalsCases } from './policy/cases-goals.ts'
import { planningCases } from './policy/cases-planning.ts'
import { recordsCases } from './policy/cases-records.ts'
import { salesCases } from './policy/cases-sales.ts'
import { teamCases } from './policy/cases-team.ts'
import { type Case, newName, text, unknownId } from './policy/fresh.ts'
import { policyWorld, type Target, targets, type World } from './policy/world.ts'

const all: Contract = contract
const names = Object.keys(all).sort()
const cases: Readonly<Record<string, Case>> = {
  ...teamCases,
  ...recordsCases,
  ...salesCases,
  ...dataCases,
  ...forecastCases,
  ...goalsCases,
  ...planningCases,
}

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await freshDatabase()
  world = await policyWorld(db)
}, 60_000)
afterAll(() => db.close())

const mentionsElsewhere = (answer: unknown) => /elsewhere/i.test(text(answer))
/** Fields that name a record of a target in the input of an operation without reach. */
const namesRecord = (input: unknown) => /[0-9a-f]{8}-[0-9a-f]{4}-7/.test(text(input) ?? '')

/** A file as the text that is in it. */
async function whole(answer: unknown): Promise<unknown> {
  if (!answer || typeof answer !== 'object' || !('bytes' in answer)) return answer
  const parts: Uint8Array[] = []
  for await (const part of (answer as FileAnswer).bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

const refusedInputs = new Map<string, unknown>()

/** A call that is refused uses nothing up: all roles without the right are given the same. */
async function inputOf(
  name: string,
  role: Role,
  target: Target,
  way: 'input' | 'also',
): Promise<unknown> {
  const made = cases[name]?.[way]
  if (!made) throw new Error(`no case for ${name}`)
  if (may([role], all[name]?.policy ?? {}) !== 'none') return made(world, target, role)
  const key = `${name} ${target} ${way}`
  if (!refusedInputs.has(key)) refusedInputs.set(key, await made(world, target, role))
  return refusedInputs.get(key)
}

async function outcome(
  name: string,
  role: Role,
  target: Target,
  way: 'input' | 'also',
): Promise<{ answer?: unknown; code?: string; input: unknown }> {
  let input = await inputOf(name, role, target, way)
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
    return {
      answer: await whole(await world.call(world.as(role), name, input, cases[name]?.body?.())),
      input,
    }
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
    const ways = cases[name]?.also ? (['input', 'also'] as const) : (['input'] as const)
    for (const [target, way] of targets.flatMap((one) => ways.map((way) => [one, way] as const))) {
      const found = await outcome(name, role, target, way)
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

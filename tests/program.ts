// The whole program on a test database, without a server and without a worker.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contract, makeHandlers, may } from '../src/app.ts'
import type { Role } from '../src/basics/contract.ts'
import { seedStages } from '../src/features/deals/door.ts'
import { createOrganisation } from '../src/features/team/door.ts'
import { systemClock } from '../src/platform/clock.ts'
import type { Principal } from '../src/platform/context.ts'
import { callOperation, type Handler, type Program } from '../src/platform/operations.ts'
import type { TestDatabase } from './database.ts'

export interface TestProgram {
  program: Program
  /** Calls an operation as this person. */
  call<Answer = Record<string, unknown>>(
    who: Principal,
    name: string,
    input?: unknown,
    body?: NodeJS.ReadableStream,
  ): Promise<Answer>
  /** A new organisation with stages, seen by its solo person. */
  organisation(slug: string): Promise<Principal>
}

/** Jobs that are asked for wait forever: the tests that use this run no worker. */
const nobodyWorks = { add: async () => {} }

export async function testProgram(db: TestDatabase): Promise<TestProgram> {
  const program: Program = {
    contract,
    handlers: makeHandlers() as Record<string, Handler>,
    may,
    db: db.database,
    jobs: nobodyWorks,
    clock: systemClock,
    newId: db.newId,
    dataDir: await mkdtemp(join(tmpdir(), 'kontor-program-')),
  }
  return {
    program,
    call: (who, name, input = {}, body) =>
      callOperation(program, who, name, input, body ? { body } : {}) as Promise<never>,
    organisation: async (slug) => {
      const { orgId, personId } = await createOrganisation(
        db.database,
        {
          slug,
          kind: 'own',
          name: slug,
          zone: 'Europe/Berlin',
          baseCurrency: 'EUR',
          fiscalFirstMonth: 1,
          weekStart: 1,
          locale: 'en',
          setUp: true,
          personName: 'Founder',
        },
        { newId: db.newId, seed: (tx) => seedStages(tx, 'en') },
      )
      const everything: readonly Role[] = [
        'seller',
        'manager',
        'compensation-admin',
        'auditor',
        'admin',
      ]
      return { orgId, personId, sellerId: null, roles: everything }
    },
  }
}

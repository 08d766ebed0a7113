// The team's operations called by name, each test in an organisation of its own.
import { makeBooks } from '../../../tests/database/books.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { Role } from '../../basics/contract.ts'
import type { Principal } from '../../platform/context.ts'
import { callOperation, type Program } from '../../platform/operations.ts'
import { may } from './calc/may.ts'
import { teamContract } from './contract.ts'
import { principalFor } from './door.ts'
import { makeTeamOperations } from './operations.ts'

export type Answer = Record<string, unknown> & {
  id: string
  version: number
  changeId: string
  rows: Answer[]
}

export interface TeamProgram {
  db: TestDatabase
  /** Who asks: everything in the organisation that {@link TeamProgram.enter} made last. */
  who: Principal
  /** What the clock says. It begins half past eleven at night on 31 March in Berlin, in summer time. */
  now: number
  enter(options?: { setUp?: boolean }): Promise<void>
  call(name: keyof typeof teamContract, input?: unknown, as?: Principal): Promise<Answer>
  /** The same person with other roles, or somebody else. */
  as(roles: Role[], more?: Partial<Principal>): Principal
}

export async function startTeam(): Promise<TeamProgram> {
  const db = await freshDatabase()
  const nobody = { orgId: '', personId: '', sellerId: null, roles: [] }
  const program: Program = {
    contract: teamContract,
    handlers: makeTeamOperations({
      afterUndo: async () => {},
      perform: () => Promise.reject(new Error('not asked for here')),
      makeDemo: () => Promise.reject(new Error('not asked for here')),
      reachesGoal: () => Promise.reject(new Error('not asked for here')),
    }),
    may,
    db: db.database,
    jobs: { add: () => Promise.resolve() },
    clock: () => team.now,
    newId: db.newId,
    dataDir: '/nowhere',
  }
  const team: TeamProgram = {
    db,
    who: nobody,
    now: Date.parse('2026-03-31T21:30:00Z'),
    enter: async (options = {}) => {
      team.who = await principalFor(db.database, (await makeBooks(db, options)).orgId)
    },
    call: (name, input = {}, as = team.who) =>
      callOperation(program, as, name, input) as Promise<Answer>,
    as: (roles, more = {}) => ({ ...team.who, roles, ...more }),
  }
  return team
}

export const refused = (code: string) => ({ detail: { code } })

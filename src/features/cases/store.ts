// The SQL of cases: lists and single rows, with the names of the records they refer to.
import { type DatedFact, datedFacts } from '../../platform/database/dated-facts.ts'
import type { CaseState } from './calc/status.ts'

export type CaseKind = 'complaint' | 'concern' | 'dispute'

export interface CaseRow extends DatedFact {
  kind: CaseKind
  status: string | null
  state: CaseState
  closed_on: string | null
  channel: string | null
}

export const cases = datedFacts<CaseRow, 'kind' | 'state'>(
  'customer_case',
  ['kind', 'status', 'state', 'closed_on', 'channel'],
  ['kind', 'state'],
)

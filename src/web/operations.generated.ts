// Stand-in until the generator has written the table of operations from the contracts.
import type { Contract } from '../basics/contract.ts'

export interface OperationRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1; `:name` parts are fields of the input. */
  path: string
  body?: 'file'
}

/** All contracts of all features in one type. */
export type Contracts = Contract

export const operationRoutes: Readonly<Record<string, OperationRoute>> = {}

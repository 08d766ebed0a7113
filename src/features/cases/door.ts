// What later features may use of cases.
export { type CaseFault, caseFault, stateOf, stateOfStatus } from './calc/status.ts'
export { countCases, importCases, stagedStatuses } from './store-import.ts'

// What later features may use of rates.
export { followUndo, revalueReached } from './reach.ts'
export { countRates, importRates } from './store-import.ts'

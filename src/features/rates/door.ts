// What later features may use of rates.

export { countRates, importRates } from './store-import.ts'
export { followUndo, revalueReached } from './store-revalue.ts'

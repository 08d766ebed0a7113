// What later features may use of rates.
export { countRates, importRates, revalueImported } from './store-import.ts'

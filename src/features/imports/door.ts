// What later features may ask of imports.
export { fieldOf, kinds } from './calc/kinds.ts'
export { suspiciousDates } from './calc/suspicious-dates.ts'
export { writeAlias } from './store-alias.ts'
export { importEntries } from './waiting.ts'

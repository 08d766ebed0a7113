// What later features may ask of imports.
export { fieldOf, kinds } from './calc/kinds.ts'
export { type SuspiciousDates, suspiciousDates } from './calc/suspicious-dates.ts'

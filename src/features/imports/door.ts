// What later features may ask of imports.

export { type SuspiciousDates, suspiciousDates } from './calc/suspicious-dates.ts'
export { writeAlias } from './store-alias.ts'

// What later features may ask of imports.

export { suspiciousDates } from './calc/suspicious-dates.ts'
export { writeAlias } from './store-alias.ts'

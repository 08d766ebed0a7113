// What later features may ask of imports.

export {
  differBySlip,
  longestSlip,
  type Name,
  nameOf,
  shortestSlip,
} from './calc/near-duplicates.ts'
export { type SuspiciousDates, suspiciousDates } from './calc/suspicious-dates.ts'

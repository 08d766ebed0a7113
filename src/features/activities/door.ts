// What other features may ask of activities.
export { type ActivityFault, activityFault } from './calc/rules.ts'
export { countDone } from './store-counts.ts'
export { countActivities, importActivities, makeContactsOfActivities } from './store-import.ts'
export { listPlannedOf, type PlannedRow } from './store-waiting.ts'
export { activityEntries } from './waiting.ts'

// What other features may ask of activities.
export { type ActivityFault, activityFault } from './calc/rules.ts'
export { countActivities, importActivities, makeMentionedContacts } from './store-import.ts'

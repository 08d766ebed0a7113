// What later features may use of goals: what they offer to the start page, and their days for calendars.
export { type GoalDay, goalDays, goalEntries } from './entries.ts'

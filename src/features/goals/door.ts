// What later features may use of goals: entries of the start page, days for calendars, files of goals, and who sees one.
export {
  cellValue,
  filtersCell,
  milestonesCell,
  stepsCell,
} from './calc/file-cells.ts'
export { type GoalDay, goalDays, goalEntries } from './entries.ts'
export { type GoalFault, goalOfRow } from './import-row.ts'
export { goalsOpened, goalsSeen, reachesGoal } from './seen.ts'
export {
  countImportedGoals,
  importGoals,
  type RowNotMade,
  settleStagedGoals,
} from './store-import.ts'

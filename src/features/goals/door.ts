// What later features may use of goals: the running ones with where they stand, for the start page and calendar feeds.
export { riskOf } from './calc/chance-words.ts'
export { runningGoals } from './operations.ts'

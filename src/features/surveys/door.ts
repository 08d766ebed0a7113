// What later features may use of surveys.
export { type AnswerFault, answerFault, measures, usualScales } from './calc/scales.ts'
export { countAnswers, importAnswers } from './store-import.ts'

// What later features may use of quotas.
export { attainmentOf } from './calc/attainment.ts'

// What later features may use of quotas: to take files of them in.
export { periodOf as quotaPeriodOf } from './calc/import-row.ts'
export { countImportedQuotas, importQuotas, quotasInOtherCurrency } from './store-import.ts'
export { quotaMetric } from './subject.ts'

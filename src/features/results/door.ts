// What later features may ask of results: how metrics and dimensions are called.
export { dimensionNames, metrics } from './calc/metrics.ts'

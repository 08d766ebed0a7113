// What later features may ask of the quality of the data.
export { qualityEntries } from './waiting.ts'

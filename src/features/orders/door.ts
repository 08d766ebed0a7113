// What other features may ask of orders.
export {
  countOrderHeads,
  countOrderLines,
  importOrderHeads,
  importOrderLines,
  isOfLines,
} from './store-import.ts'
export { type RevenueSourceSpan, revenueSources } from './store-revenue-source.ts'
export { syncOrderSales } from './store-sales.ts'

// What other features may ask of orders and contracts.

export { amountMax as orderAmountMax } from './store.ts'
export { countContracts, importContracts } from './store-contracts-import.ts'
export {
  countOrderHeads,
  countOrderLines,
  importHeadsOfLines,
  importOrderHeads,
  importOrderLines,
  isOfLines,
  linkOrdersToDeals,
  resolveOrderMentions,
} from './store-import.ts'
export { headWithin, orderReach } from './store-reach.ts'
export { type RevenueSourceSpan, revenueSources } from './store-revenue-source.ts'
export { syncOrderSales } from './store-sales.ts'
export { contractEntries } from './waiting.ts'

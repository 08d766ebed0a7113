// What other features may ask of customers.
export { sizeOf } from './calc/size.ts'
export { checkTraits } from './check-traits.ts'
export { findOrMakeCustomer } from './find-customer.ts'
export { countCustomers, importCustomers, makeMentionedCustomers } from './store-import.ts'
export { countContacts, importContacts } from './store-import-contacts.ts'

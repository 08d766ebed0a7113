// The life with which the random ones begin: every kind of step happens in it.
import type { Step } from './model.ts'

/** A life in which every kind of step happens, so that none is agreed about by chance leaving it out. */
export const fullLife: Step[] = [
  {
    do: 'import',
    file: {
      kind: 'deals',
      text: 'number,seller,customer,product,stage,opened on,closed on,amount,currency\nF-1,Ana,Acme,Pump,Won,2024-01-01,2024-02-03,100.00,EUR\nF-2,Ben,Bolt,Hose,Offer,2024-01-01,,250.00,USD\n',
    },
  },
  { do: 'import', file: { kind: 'customers', text: 'name,number,industry\nAcme,C-4,medical\n' } },
  { do: 'import', file: { kind: 'rates', text: 'currency,date,rate\nUSD,2024-02-01,0.91\n' } },
  {
    do: 'import',
    file: {
      kind: 'orders',
      text: 'order number,seller,customer,order date\nF-O,Ana,Acme,2024-02-05\n',
    },
  },
  {
    do: 'import',
    file: {
      kind: 'order-lines',
      text: 'order number,product,quantity,price,discount\nF-O,Pump,2,10.00,0\n',
    },
  },
  { do: 'edit', which: 0, amount: 4_200 },
  { do: 'restore', which: 0, to: 0 },
  { do: 'share', which: 0, sellers: ['Ana', 'Ben'] },
  {
    do: 'order',
    seller: 'Cleo',
    product: 'Hose',
    day: '2024-02-06',
    quantity: 2,
    amount: 900,
    currency: 'EUR',
  },
  { do: 'return', which: 0, day: '2024-02-07' },
  { do: 'source', source: 'orders', from: '2024-02-01' },
  { do: 'merge', entity: 'customer', which: 0, into: 1 },
  { do: 'remove', which: 0 },
  { do: 'undo', which: 0, whenChangedSince: 'keep' },
]

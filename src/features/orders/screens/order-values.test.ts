// Saving the form changes only what a person changed: amounts and costs it does not show stay.
import { expect, test } from 'vitest'
import { inputOfOrder, type Order, valuesOfOrder } from './order-values.ts'

const order = {
  number: 'A-1',
  on: '2026-03-04',
  customer: null,
  seller: null,
  rows: [
    {
      id: 'one',
      product: { id: 'p', name: 'Pump' },
      quantity: 3,
      price: '33.33',
      discount: null,
      amount: 10_000,
      cost: 6_000,
    },
    { id: 'two', product: null, quantity: 3, price: null, discount: 0.1, amount: 10_000, cost: 7 },
  ],
} as unknown as Order

test('lines nobody touched keep amount, price and cost', () => {
  const values = { ...valuesOfOrder(order, 2), on: '2026-03-05' }
  expect(inputOfOrder(values, 2, order)).toMatchObject({
    on: '2026-03-05',
    lines: [
      { id: 'one', quantity: 3, price: '33.33', amount: 10_000, cost: 6_000 },
      { id: 'two', quantity: 3, price: null, discount: 0.1, amount: 10_000, cost: 7 },
    ],
  })
})

test('another quantity keeps the cost of a unit, another product has none', () => {
  const values = valuesOfOrder(order, 2)
  const [first, second] = values.lines
  if (!first || !second) throw new Error('two lines')
  const lines = [
    { ...first, quantity: 2 },
    { ...second, product: 'Valve' },
  ]
  expect(inputOfOrder({ ...values, lines }, 2, order)?.lines).toMatchObject([
    { quantity: 2, price: '33.33', cost: 4_000 },
    { product: { name: 'Valve' }, amount: 10_000, cost: null },
  ])
})

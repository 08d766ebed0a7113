// Tests of merging: whose value stays, field by field.
import { describe, expect, test } from 'vitest'
import { differs, mergeFields, sideOf, takenOver, unknownField } from './merge-fields.ts'

const winner = {
  state: 'active',
  name: 'Acme Ltd',
  name_key: 'acme ltd',
  country: null,
  region: 'North',
  city: null,
  industry: null,
  employees: null,
  size: null,
  source: null,
  traits: { colour: 'red' },
}
const loser = {
  ...winner,
  name: 'ACME Limited',
  name_key: 'acme limited',
  country: 'France',
  region: 'South',
  employees: 12,
  size: '10–49',
  traits: { colour: 'blue', shape: 'round' },
}

describe('fields of a merge', () => {
  test('empty fields are filled, others stay, further columns of both are kept', () => {
    expect(takenOver('customer', winner, loser, {})).toEqual({
      country: 'France',
      employees: 12,
      size: '10–49',
      traits: { colour: 'red', shape: 'round' },
    })
  })
  test('what is chosen from the loser comes with all that belongs to it', () => {
    const take = { name: 'loser', region: 'loser', country: 'winner', traits: 'loser' } as const
    expect(takenOver('customer', winner, loser, take)).toEqual({
      name: 'ACME Limited',
      name_key: 'acme limited',
      region: 'South',
      employees: 12,
      size: '10–49',
      traits: { colour: 'blue', shape: 'round' },
    })
  })
  test('prices of another currency stay apart, those of the same complete each other', () => {
    const known = { name: 'P', name_key: 'p', list_price: 100, cost: null, currency: 'EUR' }
    const euro = { ...known, list_price: 90, cost: 40 }
    expect(takenOver('product', known, euro, {})).toEqual({ cost: 40 })
    expect(takenOver('product', known, { ...euro, currency: 'USD' }, {})).toEqual({})
    expect(
      takenOver('product', known, { ...euro, currency: 'USD' }, { prices: 'loser' }),
    ).toMatchObject({ list_price: 90, cost: 40, currency: 'USD' })
  })
  test('a record in use does not vanish into an archived one', () => {
    expect(takenOver('seller', { state: 'archived' }, { state: 'active' }, {})).toEqual({
      state: 'active',
    })
  })
  test('there is a choice only where the loser says something else', () => {
    const columns = mergeFields.customer
    expect(differs(columns.region ?? [], winner, loser)).toBe(true)
    expect(differs(columns.city ?? [], winner, loser)).toBe(false)
    expect(sideOf(columns.country ?? [], winner, loser)).toBe('loser')
    expect(unknownField('customer', { externalId: 'loser' })).toBe('externalId')
    expect(unknownField('customer', { name: 'loser' })).toBeUndefined()
  })
})

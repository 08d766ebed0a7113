// Tests of recognising a file by its headers, in English and German.
import { describe, expect, test } from 'vitest'
import { fieldByHeader } from './header-words.ts'
import { fieldOf, kindNames, kinds } from './kinds.ts'
import { clearlyBest, recognise } from './presets.ts'

function best(...headers: string[]) {
  return clearlyBest(recognise(headers))
}

describe('recognition', () => {
  test.each([
    ['deals', ['Number', 'Seller', 'Customer', 'Stage', 'Closed on', 'Amount']],
    [
      'deals',
      ['Auftragsnummer', 'Verkäuferin', 'Kunde', 'Produkt', 'Phase', 'Abschlussdatum', 'Betrag'],
    ],
    [
      'deals',
      ['Opportunity ID', 'Owner', 'Account Name', 'Stage', 'Close Date', 'Amount', 'Lead Source'],
    ],
    ['customers', ['Kundennummer', 'Firma', 'Land', 'Ort', 'Branche', 'Mitarbeiter']],
    ['customers', ['Company', 'Country', 'Industry', 'Employees']],
    ['products', ['SKU', 'Product', 'Category', 'Price']],
    ['products', ['Artikelnummer', 'Bezeichnung', 'Warengruppe', 'Listenpreis']],
    ['sellers', ['Name', 'E-Mail', 'Team', 'Eintritt', 'Niederlassung']],
    ['teams', ['Team', 'Parent', 'Kind', 'Manager']],
  ] as const)('%s by %j', (kind, headers) => {
    expect(best(...headers)?.kind).toBe(kind)
  })

  test('stays open where headers say too little', () => {
    expect(best('Name')).toBeUndefined()
    expect(best('dimension', 'key', 'won', 'lost')).toBeUndefined()
    expect(best('__proto__', 'constructor', '')).toBeUndefined()
  })

  test('knows the files of the practice data by all their headers', () => {
    expect(
      best(
        'opportunity_id',
        'sales_agent',
        'product',
        'account',
        'deal_stage',
        'engage_date',
        'close_date',
        'close_value',
      ),
    ).toMatchObject({
      kind: 'deals',
      preset: 'maven',
      score: 1,
      rest: { currency: 'USD' },
      columns: { engage_date: 'opened_on', close_value: 'amount', account: 'customer' },
    })
    expect(best('sales_agent', 'manager', 'regional_office')).toMatchObject({
      kind: 'sellers',
      columns: { regional_office: 'office' },
    })
  })

  test('gives every field at most one column, and none to headers that occur twice', () => {
    const [first] = recognise(['Stage', 'Status', 'Amount', 'Amount', 'Seller', 'Closed on'])
    const fields = Object.values(first?.columns ?? {})
    expect(new Set(fields).size).toBe(fields.length)
    expect(first?.columns).toMatchObject({ Stage: 'stage' })
    expect(first?.columns).not.toHaveProperty('Amount')
  })
})

describe('fields', () => {
  test('are found by their own name and label in both languages', () => {
    for (const kind of kindNames) {
      for (const { name, label } of kinds[kind].fields) {
        expect(fieldByHeader(kind, name)?.field, `${kind}.${name}`).toBe(name)
        expect(fieldByHeader(kind, label.en)?.field, label.en).toBe(name)
        expect(fieldByHeader(kind, label.de)?.field, label.de).toBe(name)
      }
    }
  })

  test('are named once per kind', () => {
    for (const kind of kindNames) {
      const names = kinds[kind].fields.map((one) => one.name)
      expect(new Set(names).size).toBe(names.length)
      expect(fieldOf(kind, 'toString')).toBeUndefined()
    }
  })
})

// Tests of recognising a file by its headers, in English and German.
import { describe, expect, test } from 'vitest'
import { fieldByHeader } from './header-words.ts'
import { fieldOf, kindNames, kinds } from './kinds.ts'
import { knownExports } from './known-exports.ts'
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

  test.each([
    [
      'salesforce',
      'deals',
      [
        'Id',
        'IsDeleted',
        'AccountId',
        'Name',
        'StageName',
        'Amount',
        'CloseDate',
        'OwnerId',
        'CreatedDate',
        'Region__c',
      ],
      { CloseDate: 'closes_on', OwnerId: 'seller', Id: 'external_id' },
    ],
    [
      'salesforce',
      'deals',
      [
        'Opportunity Owner',
        'Account Name',
        'Opportunity Name',
        'Stage',
        'Amount',
        'Close Date',
        'Created Date',
      ],
      { 'Close Date': 'closes_on', 'Opportunity Owner': 'seller', 'Account Name': 'customer' },
    ],
    [
      'salesforce',
      'contacts',
      ['Id', 'AccountId', 'LastName', 'FirstName', 'Title', 'Email', 'Phone', 'OwnerId'],
      { FirstName: 'first_name', Title: 'job_title' },
    ],
    [
      'hubspot',
      'deals',
      [
        'Record ID',
        'Deal Name',
        'Deal Stage',
        'Amount',
        'Deal owner',
        'Close Date',
        'Create Date',
        'Pipeline',
      ],
      { 'Deal owner': 'seller', 'Close Date': 'closes_on', 'Create Date': 'opened_on' },
    ],
    [
      'hubspot',
      'customers',
      ['Record ID', 'Company name', 'Industry', 'City', 'Country/Region'],
      { 'Company name': 'name', 'Country/Region': 'country' },
    ],
    [
      'pipedrive',
      'deals',
      [
        'Deal - ID',
        'Deal - Title',
        'Deal - Owner',
        'Deal - Organization',
        'Deal - Stage',
        'Deal - Status',
        'Deal - Value',
        'Deal - Currency of Value',
        'Deal - Deal created',
        'Deal - Deal closed on',
        'Deal - Lost reason',
      ],
      {
        'Deal - Status': 'outcome',
        'Deal - Deal closed on': 'closed_on',
        'Deal - Value': 'amount',
      },
    ],
    [
      'pipedrive',
      'contacts',
      [
        'Person - ID',
        'Person - Name',
        'Person - Organization',
        'Person - Email - Work',
        'Person - Email',
      ],
      { 'Person - Email - Work': 'email', 'Person - Organization': 'customer' },
    ],
  ])('%s: %s', (preset, kind, headers, columns) => {
    const found = best(...headers)
    expect(found).toMatchObject({ preset, kind, columns })
    const fields = Object.values(found?.columns ?? {})
    expect(new Set(fields).size).toBe(fields.length)
  })

  test('every field of a known export is one of its kind', () => {
    for (const { preset, kind, columns } of knownExports)
      for (const field of Object.values(columns))
        expect(fieldOf(kind, field)?.name, `${preset} ${kind} ${field}`).toBe(field)
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

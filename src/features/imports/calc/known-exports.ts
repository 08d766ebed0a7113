// Exports of programs we know: by which headers each file is recognised, and what its columns mean.
import type { ImportPreset } from '../contract.ts'
import type { KindName } from './kinds.ts'
import type { Mapping } from './mapping.ts'

type ExportPreset = Exclude<ImportPreset, 'plain'>

interface KnownExport {
  preset: ExportPreset
  kind: KindName
  /** Headers without which it is another file. */
  marks: readonly string[]
  /** Header → field, as far as the file has the column; of several for one field the first counts. */
  columns: Readonly<Record<string, string>>
  /** Further headers that are no fields and that it always has. */
  others?: readonly string[]
  /** What is always so in these files. */
  rest?: Mapping
}

/** The four files of the CRM practice data that Maven Analytics offers. */
const maven: readonly Omit<KnownExport, 'preset'>[] = [
  {
    kind: 'customers',
    marks: ['account', 'sector', 'employees', 'office_location'],
    columns: {
      account: 'name',
      sector: 'industry',
      employees: 'employees',
      office_location: 'country',
    },
    others: ['year_established', 'revenue', 'subsidiary_of'],
  },
  {
    kind: 'products',
    marks: ['product', 'series', 'sales_price'],
    columns: { product: 'name', series: 'family', sales_price: 'list_price' },
    rest: { currency: 'USD', decimal: '.' },
  },
  {
    kind: 'sellers',
    marks: ['sales_agent', 'manager', 'regional_office'],
    columns: { sales_agent: 'name', manager: 'manager', regional_office: 'office' },
  },
  {
    kind: 'deals',
    marks: ['opportunity_id', 'sales_agent', 'deal_stage', 'close_value'],
    columns: {
      opportunity_id: 'external_id',
      sales_agent: 'seller',
      product: 'product',
      account: 'customer',
      deal_stage: 'stage',
      engage_date: 'opened_on',
      close_date: 'closed_on',
      close_value: 'amount',
    },
    rest: { currency: 'USD', decimal: '.' },
  },
]

/**
 * Salesforce: files of the weekly data export (names of the API) and reports saved as CSV (labels).
 * The close date of an open opportunity is the expected one.
 */
const salesforce: readonly Omit<KnownExport, 'preset'>[] = [
  {
    kind: 'deals',
    marks: ['Id', 'AccountId', 'StageName', 'CloseDate'],
    columns: {
      Id: 'external_id',
      OwnerId: 'seller',
      AccountId: 'customer',
      StageName: 'stage',
      Amount: 'amount',
      CurrencyIsoCode: 'currency',
      CreatedDate: 'opened_on',
      CloseDate: 'closes_on',
      TotalOpportunityQuantity: 'quantity',
    },
    rest: { decimal: '.' },
  },
  {
    kind: 'deals',
    marks: ['Opportunity Name', 'Stage', 'Close Date'],
    columns: {
      'Opportunity ID': 'external_id',
      'Opportunity Owner': 'seller',
      'Account Name': 'customer',
      'Product Name': 'product',
      Stage: 'stage',
      Amount: 'amount',
      'Amount Currency': 'currency',
      'Created Date': 'opened_on',
      'Close Date': 'closes_on',
      Quantity: 'quantity',
      'Loss Reason': 'lost_reason',
    },
  },
  {
    kind: 'customers',
    marks: ['Id', 'Name', 'Industry', 'BillingCountry'],
    columns: {
      Id: 'external_id',
      Name: 'name',
      BillingCountry: 'country',
      BillingState: 'region',
      BillingCity: 'city',
      Industry: 'industry',
      NumberOfEmployees: 'employees',
      AccountSource: 'source',
    },
  },
  {
    kind: 'customers',
    marks: ['Account Name', 'Billing Country'],
    columns: {
      'Account ID': 'external_id',
      'Account Name': 'name',
      'Billing Country': 'country',
      'Billing State/Province': 'region',
      'Billing City': 'city',
      Industry: 'industry',
      Employees: 'employees',
      'Account Source': 'source',
    },
  },
  {
    kind: 'contacts',
    marks: ['Id', 'AccountId', 'FirstName', 'LastName', 'Email'],
    columns: {
      Id: 'external_id',
      AccountId: 'customer',
      Name: 'name',
      FirstName: 'first_name',
      LastName: 'last_name',
      Title: 'job_title',
      Email: 'email',
      Phone: 'phone',
    },
  },
  {
    kind: 'contacts',
    marks: ['First Name', 'Last Name', 'Account Name', 'Email'],
    columns: {
      'Contact ID': 'external_id',
      'Account Name': 'customer',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      Title: 'job_title',
      Email: 'email',
      Phone: 'phone',
    },
  },
  {
    kind: 'products',
    marks: ['Id', 'Name', 'ProductCode', 'Family'],
    columns: { Id: 'external_id', Name: 'name', Family: 'family' },
  },
]

const hubspotOwner = ['Deal owner', 'Deal Owner']
const hubspotCompany = ['Associated Company (Primary)', 'Associated Company', 'Company Name']

/** HubSpot: views exported as CSV; associated records come by their names. */
const hubspot: readonly Omit<KnownExport, 'preset'>[] = [
  {
    kind: 'deals',
    marks: ['Record ID', 'Deal Name', 'Deal Stage'],
    columns: {
      'Record ID': 'external_id',
      ...named(hubspotOwner, 'seller'),
      ...named(hubspotCompany, 'customer'),
      'Deal Stage': 'stage',
      Amount: 'amount',
      Currency: 'currency',
      'Create Date': 'opened_on',
      'Close Date': 'closes_on',
      'Closed Lost Reason': 'lost_reason',
    },
    rest: { decimal: '.' },
  },
  {
    kind: 'customers',
    marks: ['Record ID', 'Company name'],
    columns: {
      'Record ID': 'external_id',
      'Company name': 'name',
      'Company Name': 'name',
      'Country/Region': 'country',
      'State/Region': 'region',
      City: 'city',
      Industry: 'industry',
      'Number of Employees': 'employees',
      'Original Source': 'source',
    },
  },
  {
    kind: 'contacts',
    marks: ['Record ID', 'First Name', 'Last Name', 'Email'],
    columns: {
      'Record ID': 'external_id',
      'First Name': 'first_name',
      'Last Name': 'last_name',
      ...named(hubspotCompany, 'customer'),
      'Job Title': 'job_title',
      Email: 'email',
      'Phone Number': 'phone',
    },
  },
]

/** Pipedrive: lists exported with the name of the record before each column. */
const pipedrive: readonly Omit<KnownExport, 'preset'>[] = [
  {
    kind: 'deals',
    marks: ['Deal - ID', 'Deal - Title', 'Deal - Status'],
    columns: {
      'Deal - ID': 'external_id',
      'Deal - Owner': 'seller',
      'Deal - Organization': 'customer',
      'Deal - Product name': 'product',
      'Deal - Stage': 'stage',
      'Deal - Status': 'outcome',
      'Deal - Value': 'amount',
      ...named(
        ['Deal - Currency of Value', 'Deal - Currency of value', 'Deal - Currency'],
        'currency',
      ),
      ...named(['Deal - Deal created', 'Deal - Creation date', 'Deal - Created'], 'opened_on'),
      ...named(['Deal - Deal closed on', 'Deal - Closed on'], 'closed_on'),
      'Deal - Lost reason': 'lost_reason',
    },
    rest: { decimal: '.' },
  },
  {
    kind: 'customers',
    marks: ['Organization - ID', 'Organization - Name'],
    columns: {
      'Organization - ID': 'external_id',
      'Organization - Name': 'name',
      'Organization - Country of Address': 'country',
      'Organization - State/county of Address': 'region',
      'Organization - City/town/village/locality of Address': 'city',
      'Organization - Industry': 'industry',
      'Organization - Number of employees': 'employees',
    },
  },
  {
    kind: 'contacts',
    marks: ['Person - ID', 'Person - Name'],
    columns: {
      'Person - ID': 'external_id',
      'Person - Name': 'name',
      'Person - Organization': 'customer',
      'Person - Job title': 'job_title',
      ...named(['Person - Email - Work', 'Person - Email'], 'email'),
      ...named(['Person - Phone - Work', 'Person - Phone'], 'phone'),
    },
  },
]

function named(headers: readonly string[], field: string): Record<string, string> {
  return Object.fromEntries(headers.map((header) => [header, field]))
}

export const knownExports: readonly KnownExport[] = [
  ...maven.map((file) => ({ preset: 'maven' as const, ...file })),
  ...salesforce.map((file) => ({ preset: 'salesforce' as const, ...file })),
  ...hubspot.map((file) => ({ preset: 'hubspot' as const, ...file })),
  ...pipedrive.map((file) => ({ preset: 'pipedrive' as const, ...file })),
]

// Exports of other programs, stored: outcome apart from the stage, close dates of open deals, names that follow.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type ImportWorld, importWorld } from '../../../tests/import-world.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const deals = ({ who }: ImportWorld) =>
  db.database.read(who, (tx) =>
    tx.rows<Record<string, unknown>>(sql`
      SELECT d.external_id AS number, s.name AS stage, d.outcome, d.closed_on, d.amount, d.currency, c.name AS customer, v.name AS seller, l.name AS reason
      FROM deal d JOIN stage s ON s.org_id = d.org_id AND s.id = d.stage_id
      LEFT JOIN customer c ON c.org_id = d.org_id AND c.id = d.customer_id LEFT JOIN seller v ON v.org_id = d.org_id AND v.id = d.seller_id
      LEFT JOIN lost_reason l ON l.org_id = d.org_id AND l.id = d.lost_reason_id
      WHERE d.org_id = ${tx.orgId} AND d.change_out IS NULL ORDER BY 1`),
  )

test('Salesforce: opportunities first, accounts later give their ids a name; an expected close is none', async () => {
  const world = await importWorld(db)
  await world.take(
    'Opportunity.csv',
    'Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate,OwnerId\n006A,001X,Pumps,Closed Won,1200.50,2026-02-03,2026-01-02T09:15:00.000Z,005U\n006B,001X,Valves,Proposal,300,2026-12-31,2026-01-05T10:00:00.000Z,005U\n',
    { mapping: { currency: 'EUR' } },
  )
  await world.take(
    'Account.csv',
    'Id,Name,Industry,BillingCountry,NumberOfEmployees\n001X,Seeberg Ltd,Machinery,Austria,120\n',
  )
  expect(await deals(world)).toMatchObject([
    {
      number: '006A',
      outcome: 'won',
      closed_on: '2026-02-03',
      amount: 120_050,
      customer: 'Seeberg Ltd',
    },
    { number: '006B', outcome: 'open', closed_on: null, customer: 'Seeberg Ltd' },
  ])
})

test('HubSpot: names of owners and companies; closed lost with its reason', async () => {
  const world = await importWorld(db)
  await world.take(
    'hubspot-deals.csv',
    'Record ID,Deal Name,Deal Stage,Amount,Deal owner,Close Date,Create Date,Associated Company,Closed Lost Reason\n71,A,Closed Won,10,Ana Weber,2026-02-03 10:00,2026-01-02 09:00,Acme,\n72,B,Closed Lost,20,Ana Weber,2026-02-04 10:00,2026-01-03 09:00,Acme,Price\n',
    { mapping: { currency: 'EUR' } },
  )
  expect(await deals(world)).toMatchObject([
    { number: '71', outcome: 'won', seller: 'Ana Weber', customer: 'Acme' },
    { number: '72', outcome: 'lost', reason: 'Price' },
  ])
})

test('Pipedrive: the status decides, whatever the stage is called', async () => {
  const world = await importWorld(db)
  await world.take(
    'deals.csv',
    'Deal - ID,Deal - Title,Deal - Owner,Deal - Organization,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Deal created,Deal - Deal closed on,Deal - Lost reason\n1,A,Ben,Bolt,Negotiation,Won,100,USD,2026-01-02 09:00:00,2026-02-01 10:00:00,\n2,B,Ben,Bolt,Proposal,Open,50,USD,2026-01-03 09:00:00,,\n3,C,Ben,Bolt,Proposal,Lost,70,USD,2026-01-04 09:00:00,2026-02-02 10:00:00,Too late\n',
  )
  expect(await deals(world)).toMatchObject([
    { number: '1', stage: 'Won', outcome: 'won', closed_on: '2026-02-01', currency: 'USD' },
    { number: '2', stage: 'Proposal', outcome: 'open', closed_on: null },
    { number: '3', outcome: 'lost', reason: 'Too late' },
  ])
})

// Brings contacts, activities, answers, complaints and contracts of the demo into its organisation.

import { type DemoIds, idsFor } from '../src/features/team/demo.ts'
import { insertFacts, insertRecords } from '../src/platform/database/bulk.ts'
import { nameKey } from '../src/platform/database/tables.ts'
import type { WriteTx } from '../src/platform/database/with-org.ts'
import type { DemoWorld } from './records.ts'

interface Known {
  sellers: DemoIds
  customers: DemoIds
  products: DemoIds
  deals: DemoIds
}

const scales = { satisfaction: [1, 5], nps: [0, 10] } as const

export async function loadAround(tx: WriteTx, { around }: DemoWorld, known: Known): Promise<void> {
  const contacts = idsFor(tx, around.contacts)
  await insertRecords(
    tx,
    'contact',
    around.contacts.map(({ key, customer, name, jobTitle, email }) => ({
      id: contacts.get(key) ?? '',
      customer_id: known.customers.get(customer),
      name,
      name_key: nameKey(name),
      external_id: key,
      job_title: jobTitle,
      email,
    })),
  )
  const whose = (row: { seller: string; customer: string; product: string }) => ({
    seller_id: known.sellers.get(row.seller),
    customer_id: known.customers.get(row.customer),
    product_id: known.products.get(row.product),
  })
  await insertRecords(
    tx,
    'activity',
    around.activities.map((activity) => ({
      id: tx.newId(),
      kind: activity.kind,
      subject: activity.subject,
      outcome: activity.outcome ?? null,
      due_on: 'dueOn' in activity ? activity.dueOn : null,
      done_on: 'doneOn' in activity ? activity.doneOn : null,
      seller_id: known.sellers.get(activity.seller),
      customer_id: known.customers.get(activity.customer),
      contact_id: contacts.get(activity.contact),
      deal_id: known.deals.get(activity.deal),
      external_id: activity.key,
    })),
  )
  await insertRecords(
    tx,
    'contract',
    around.contracts.map((contract) => ({
      id: tx.newId(),
      name: contract.name,
      name_key: nameKey(contract.name),
      external_id: contract.key,
      ...whose(contract),
      valid_from: contract.validFrom,
      valid_until: contract.validUntil,
      renewal: 'automatic',
      notice_days: 90,
      amount: contract.amount,
      currency: 'EUR',
      every: 'year',
    })),
  )
  await insertFacts(
    tx,
    'survey_answer',
    around.answers.map((answer) => ({
      id: tx.newId(),
      external_id: answer.key,
      on_day: answer.onDay,
      measure: answer.measure,
      score: answer.score,
      scale_low: scales[answer.measure][0],
      scale_high: scales[answer.measure][1],
      ...whose(answer),
    })),
  )
  await insertFacts(
    tx,
    'customer_case',
    around.cases.map((one) => ({
      id: tx.newId(),
      external_id: one.key,
      on_day: one.onDay,
      kind: 'complaint',
      status: one.status,
      state: one.closedOn === undefined ? 'open' : 'closed',
      closed_on: one.closedOn ?? null,
      channel: one.channel,
      ...whose(one),
    })),
  )
}

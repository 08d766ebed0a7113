// Every field that a history can tell has a name in both languages.
import { expect, test } from 'vitest'
import { facts, records } from '../../../platform/database/tables.ts'
import { fieldsForReading } from '../calc/history.ts'
import { fieldTexts } from '../texts-history.ts'

const told = {
  seller: records.seller,
  team: records.team,
  customer: records.customer,
  product: records.product,
  person: records.person,
  stage: records.stage,
  contact: records.contact,
  contract: records.contract,
  activity: records.activity,
  goal: records.goal,
  price: records.price,
  deal: facts.deal,
  order_head: facts.order_head,
  order_line: facts.order_line,
  membership: facts.membership,
  rate: facts.rate,
  survey_answer: facts.survey_answer,
  customer_case: facts.customer_case,
}

test.each(Object.entries(told))('%s', (_name, columns) => {
  const changes = Object.fromEntries(
    columns.map((column) => [column, [null, 'x'] as [null, string]]),
  )
  const shown = Object.keys(fieldsForReading(changes, new Map()))
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.filter((name) => !(name in fieldTexts.en) || !(name in fieldTexts.de))).toEqual([])
})

// Golden cases of customers who come back, or do not.

import { churn, cohortRetention, rfm } from '../src/methods/repeat-business.ts'
import type { Adapters, Inputs } from './golden-inputs.ts'

function cohorts(inputs: Inputs): Record<string, unknown> {
  const purchases = inputs.list('orders').map((order) => {
    const [customer, on] = Array.isArray(order) ? order : []
    return { customer: String(customer), on: String(on) }
  })
  const result = cohortRetention(purchases, inputs.text('throughMonth'))
  const entries = result.cohorts.map(({ month, size, active, rates }) => [
    month,
    { size, active, rate: rates.map((cell) => cell.value) },
  ])
  return { cohorts: Object.fromEntries(entries), repeatRate: result.repeatRate.value }
}

export const repeatBusiness: Adapters = {
  rfm: (inputs) => {
    const frequency = inputs.numbers('frequency')
    const monetary = inputs.numbers('monetary')
    const customers = inputs.numbers('recencyDays').map((recencyDays, i) => ({
      recencyDays,
      frequency: frequency[i] ?? Number.NaN,
      monetary: monetary[i] ?? Number.NaN,
    }))
    const scores = rfm(customers)
    return {
      R: scores.map((score) => score.recency),
      F: scores.map((score) => score.frequency),
      M: scores.map((score) => score.monetary),
    }
  },
  cohort_retention: cohorts,
  churn: (inputs) => {
    const result = churn({
      customersAtStart: inputs.number('customersAtStart'),
      lostOfThose: inputs.number('lostOfThose'),
      newCustomers: inputs.number('newCustomers'),
    })
    return { ...result, churnRate: result.churn.value, retention: result.retention.value }
  },
}

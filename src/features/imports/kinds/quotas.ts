// Quotas of sellers, teams and positions by period, as another system has handed them out.
import { minorDigits } from '../../../basics/money.ts'
import {
  countImportedQuotas,
  importQuotas,
  quotaMetric,
  quotaPeriodOf,
  quotasInOtherCurrency,
} from '../../quota/door.ts'
import { addsUpOverTime } from '../../results/door.ts'
import {
  makeMentionedPositions,
  makeMentionedSellers,
  makeMentionedTeams,
} from '../../team/door.ts'
import type { TypedRow } from '../calc/convert.ts'
import { amount, mention, type Placed, type Placing, text } from '../placed-row.ts'
import type { KindWork } from './kind.ts'

export const quotas: KindWork = {
  place: placeQuota,
  known: 'number',
  unfit: (tx, { batchId }) => quotasInOtherCurrency(tx, batchId),
  count: (tx, { batchId }) => countImportedQuotas(tx, batchId),
  store: async (tx, { batchId, follow }) => {
    const made = await makeMentionedSellers(tx, batchId)
    const teams = await makeMentionedTeams(tx, batchId)
    const positions = await makeMentionedPositions(tx, batchId)
    const counts = await importQuotas(tx, batchId)
    await follow()
    return { counts, written: made + teams + positions }
  },
}

const holders = ['seller', 'team', 'position'] as const

/** Holder, metric and period are what a quota is known by. */
function placeQuota(row: TypedRow, placing: Placing): Placed {
  const named = holders.filter((holder) => text(row, holder) !== null)
  if (named.length !== 1) return { fault: 'quota.one_holder', field: 'seller' }
  const metric = quotaMetric(text(row, 'metric') ?? 'revenue')
  const fits = metric && (named[0] !== 'position' || addsUpOverTime(metric.id))
  if (!fits) return { fault: 'quota.metric_unfit', field: 'metric' }
  const period = quotaPeriodOf(
    {
      period: text(row, 'period'),
      year: amount(row, 'year'),
      quarter: text(row, 'quarter'),
      month: text(row, 'month'),
    },
    placing.calendar,
  )
  if (!period) {
    const cell = ['period', 'quarter', 'month'].find((field) => text(row, field) !== null)
    return { fault: 'quota.period_unfit', field: cell ?? 'year' }
  }
  const currency = text(row, 'currency') ?? placing.baseCurrency
  const given = amount(row, 'amount') ?? 0
  if (metric.unit === 'money' && currency !== placing.baseCurrency) {
    return { fault: 'quota.currency', field: 'currency' }
  }
  // The cell was read as money; of what is counted it holds the number itself.
  const whole = metric.unit === 'money' ? given : given / 10 ** minorDigits(currency)
  if (!Number.isSafeInteger(whole)) return { fault: 'quota.fraction', field: 'amount' }
  const keys = {
    seller: mention(row, 'seller', 'seller', placing),
    team: mention(row, 'team', 'team', placing),
  }
  const position = mention(row, 'position', 'position', placing)
  return {
    row: {
      ...keys,
      external_id: JSON.stringify([keys.seller, keys.team, position, metric.id, period.id]),
      opened_on: period.from,
      closed_on: period.until,
      amount: whole,
      currency: metric.unit === 'money' ? currency : null,
      fields: { metric: metric.id, period: period.id, ...(position === null ? {} : { position }) },
    },
  }
}

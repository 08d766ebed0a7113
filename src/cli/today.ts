// `kontor today`: what waits, in the order of the start page, each with its reason.

import type { OutputOf } from '../basics/contract.ts'
import { fromMinor } from '../basics/money.ts'
import type { todayContract } from '../features/today/contract.ts'
import { connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, note, table } from './output.ts'

export interface TodayOptions extends Common {
  all?: boolean
  snoozed?: boolean
  limit?: number
}

type List = OutputOf<(typeof todayContract)['today.list']>
type Row = List['rows'][number]

const kinds: Record<Row['kind'], string> = {
  activity: 'planned activity',
  'deal-without-step': 'deal without next step',
  'deal-stalled': 'deal stands still',
  'contract-ending': 'contract ends',
  'contract-notice': 'last day of notice',
  'import-waiting': 'import waits',
  'import-rejected': 'rows set aside',
  'quality-finding': 'data quality',
}

function why({ stake, due }: Row, { today, currency }: List): string {
  const parts: string[] = []
  if (due !== null) parts.push(due < today ? `due since ${due}` : due === today ? 'due today' : due)
  if (stake) {
    const amount = `${fromMinor(stake.amount, currency)} ${currency}`
    const { loss } = stake
    parts.push(
      loss.by === 'end'
        ? `${amount} a year end with it`
        : `${amount}, ${loss.lost} of ${loss.closed} deals open as long were lost`,
    )
  }
  return parts.join('; ')
}

export async function showToday(options: TodayOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const list = await connection.call('today.list', {
      whose: options.all ? 'all' : 'mine',
      snoozed: options.snoozed ?? false,
      ...(options.limit ? { limit: options.limit } : {}),
    })
    if (options.json) {
      answer(list)
      return exit.done
    }
    const { counts, waiting, currency, rows } = list
    note(
      `${counts.due} due today; ${fromMinor(waiting.amount, currency)} ${currency} in ${waiting.deals} deals wait for a next step; ${counts.snoozed} put off.`,
    )
    if (rows.length === 0) note('Nothing waits.')
    else
      answer(
        table(
          ['what', 'name', 'at risk', 'why'],
          rows.map((row) => [
            kinds[row.kind],
            row.values.name,
            row.expected === null ? '' : fromMinor(row.expected, currency),
            why(row, list),
          ]),
        ),
      )
    return exit.done
  } finally {
    await connection.close()
  }
}

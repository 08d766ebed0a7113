// `kontor between DAY [DAY]`: what changed in the books between two days, by month and change.
import { connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, figureText, note, table } from './output.ts'

export interface BetweenOptions extends Common {
  period?: string
  order: 'latest' | 'effect'
  limit?: number
  cursor?: string
}

export async function showBetween(
  earlier: string,
  later: string | undefined,
  options: BetweenOptions,
): Promise<number> {
  const connection = await connect(options)
  try {
    const until = later ?? options.asOf
    const days = {
      earlier,
      ...(until === undefined ? {} : { later: until }),
      ...(options.period === undefined ? {} : { period: options.period }),
    }
    const found = await connection.call('trust.between', days)
    const list = await connection.call('trust.between-changes', {
      ...days,
      order: options.order,
      limit: options.limit ?? 20,
      ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
    })
    if (options.json) {
      answer({ ...found, list })
      return exit.done
    }
    const { currency, revenue } = found
    const money = (value: number) => figureText({ value, unit: 'money', currency })
    const signed = (value: number) => (value > 0 ? `+${money(value)}` : money(value))
    note(
      `Known on ${found.earlier.day} (revision ${found.earlier.revision}) and on ${found.later.day} (revision ${found.later.revision}); ${found.changes} changes.`,
    )
    note(
      `Revenue ${money(revenue.earlier)} then, ${money(revenue.later)} now: ${signed(revenue.difference)} ${currency}; of it ${signed(revenue.told.difference)} on days up to ${found.earlier.day}.`,
    )
    answer(
      table(
        ['month', 'then', 'now', 'difference'],
        [
          ...found.months.map((row) => [
            row.month,
            money(row.earlier),
            money(row.later),
            signed(row.difference),
          ]),
        ],
      ),
    )
    answer('')
    answer(
      table(
        ['revision', 'at', 'who', 'operation', 'about', 'effect'],
        list.rows.map((row) => [
          String(row.revision),
          row.at,
          row.actor.name,
          row.operation,
          aboutText(row.subject),
          signed(row.effect),
        ]),
      ),
    )
    if (list.next !== undefined) note(`Next page: --cursor ${list.next}`)
    return exit.done
  } finally {
    await connection.close()
  }
}

/** The words and numbers kept with a change that name what it was about. */
function aboutText(subject: Readonly<Record<string, unknown>>): string {
  const { name, file, deal, order, reason } = subject
  const said = [name, file, deal, order, reason].find((word) => typeof word === 'string')
  return typeof said === 'string' ? said : ''
}

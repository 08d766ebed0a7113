// `kontor search`: what the organisation holds under a name or a number.
import type { OutputOf } from '../basics/contract.ts'
import type { SearchKind, searchContract } from '../features/search/contract.ts'
import { connect } from './connect.ts'
import type { Common } from './options.ts'
import { answer, exit, figureText, note, table } from './output.ts'

export interface SearchOptions extends Common {
  kind?: SearchKind[]
  limit?: number
}

type Group = OutputOf<(typeof searchContract)['search.find']>['groups'][number]

function detail(row: Group['rows'][number]): string {
  const { amount, currency } = row
  return [
    row.state === 'archived' ? 'archived' : undefined,
    row.knownAs === undefined ? undefined : `also: ${row.knownAs}`,
    row.jobTitle,
    row.customer?.name,
    row.stage?.name,
    row.seller?.name,
    row.team?.name,
    row.family,
    row.city,
    row.country,
    row.day,
    amount === undefined || currency === undefined
      ? undefined
      : `${figureText({ value: amount, unit: 'money', currency })} ${currency}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

export async function search(text: string, options: SearchOptions): Promise<number> {
  const connection = await connect(options)
  try {
    const { groups } = await connection.call('search.find', {
      text,
      ...(options.kind ? { kinds: options.kind } : {}),
      ...(options.limit ? { limit: options.limit } : {}),
    })
    if (options.json) {
      answer({ groups })
      return exit.done
    }
    const rows = groups.flatMap((group) => group.rows)
    const more = groups.filter((group) => group.more).map((group) => group.kind)
    if (rows.length === 0) note(`Nothing found for “${text}”.`)
    else {
      answer(
        table(
          ['kind', 'name or number', 'detail', 'id'],
          rows.map((row) => [row.kind, row.name, detail(row), row.id]),
        ),
      )
    }
    if (more.length > 0) note(`There are more of: ${more.join(', ')}. Ask with a greater --limit.`)
    return exit.done
  } finally {
    await connection.close()
  }
}

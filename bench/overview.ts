// The overview's whole data, against a bare round trip to the database: for the first time, after an edit, and again.
import { addDays } from '../src/basics/period.ts'
import type { World } from './kontor.ts'
import { type Line, medianOf, ratioLine, timed } from './measure.ts'

let asked = 0

/** The overview of as many days as a quarter has, of others each time: the same again would be remembered. */
export function newOverview({ get }: Pick<World, 'get'>): Promise<unknown> {
  const from = addDays('2024-10-01', -asked++)
  return get(`/overview?from=${from}&until=${addDays(from, 92)}`)
}

export async function overviewArea({ owner, get, send }: World): Promise<Line[]> {
  const against = await medianOf(() => owner.query('SELECT 1'), 200)
  const first = await medianOf(() => newOverview({ get }))
  const quarter = () => get('/overview?period=2024-Q4')
  await quarter()
  const again = await medianOf(quarter)
  const found = await get<{ rows: { id: string }[] }>('/deals?limit=1&outcome=won')
  const id = found.rows[0]?.id
  const { version } = await get<{ version: number }>(`/deals/${id}`)
  await send('PATCH', `/deals/${id}`, { version, amount: 123_456 })
  const edited = await timed(quarter)
  const line = (when: string, ms: number) =>
    ratioLine('overview', `the overview's whole data, against SELECT 1, ${when}`, { ms, against })
  return [
    line('for the first time', first),
    line('again, while nothing changes', again),
    line('after one edited deal', edited.ms),
  ]
}

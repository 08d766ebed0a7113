// The overview's whole data, against a bare round trip to the database; and once more after one deal was edited.
import type { World } from './kontor.ts'
import { type Line, medianOf, ratioLine, timed } from './measure.ts'

export async function overviewArea({ owner, get, send }: World): Promise<Line[]> {
  const against = await medianOf(() => owner.query('SELECT 1'), 200)
  const ms = await medianOf(() => get('/overview?period=2024-Q4'))
  const found = await get<{ rows: { id: string }[] }>('/deals?limit=1&outcome=won')
  const id = found.rows[0]?.id
  const { version } = await get<{ version: number }>(`/deals/${id}`)
  await send('PATCH', `/deals/${id}`, { version, amount: 123_456 })
  const after = await timed(() => get('/overview?period=2024-Q4'))
  const what = "the overview's whole data, against SELECT 1"
  return [
    ratioLine('overview', what, { ms, against }),
    ratioLine('overview', `${what}, after one edited deal`, { ms: after.ms, against }),
  ]
}

// Positions in the demo world, filled and with quotas, for whoever looks at their pages.
import { type Kontor, send } from './goals-steps.ts'

interface Rows {
  rows: { id: string; kind?: string }[]
}

/** One position held by two in turn with a quota of the year, one vacant, and one quota in dollars. */
export async function setDemoPositions(kontor: Kontor) {
  const [first, second] = (await send<Rows>(kontor, '/sellers?limit=2')).rows
  const team = (await send<Rows>(kontor, '/teams')).rows.find(({ kind }) => kind === 'team')
  const add = (path: string, input: object) => send<{ id: string }>(kontor, path, input)
  const north = await add('/positions', { name: 'Area manager North', teamId: team?.id })
  await add('/positions', { name: 'Key accounts' })
  const hold = (sellerId: string | undefined, validFrom: string) =>
    add(`/positions/${north.id}/holders`, { sellerId, validFrom })
  await hold(first?.id, '2024-01-01')
  await hold(second?.id, '2026-06-01')
  const quota = await add('/quotas', {
    position: north.id,
    period: '2026',
    amount: 60_000_000,
    approve: true,
  })
  await add('/rates', { currency: 'USD', day: '2026-01-01', rate: 0.91 })
  const [family] = (await send<{ rows: string[] }>(kontor, '/cells?dimension=family')).rows
  const dollars = await add('/quotas', {
    seller: second?.id,
    period: '2026',
    amount: 70_000_000,
    currency: 'USD',
    where: { family: [family] },
    reason: 'As agreed with the office in Boston',
  })
  return { position: north.id, quota: quota.id, dollars: dollars.id }
}

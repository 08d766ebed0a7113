// Five hundred running goals judged again after one deal was edited, against one query of the overview after an edit.
import { join } from 'node:path'
import { addDays, containing, type Day } from '../src/basics/period.ts'
import type { World } from './kontor.ts'
import { type Line, median, ratioLine, timed, told } from './measure.ts'
import { families, writeDeals } from './rows.ts'

const running = 500
const most = 3
const runs = 5
const ordinary = { fiscalFirstMonth: 1, weekStart: 1 } as const

interface Named {
  id: string
  name: string
}

export async function goalsArea(world: World): Promise<Line[]> {
  const { get, send } = world
  const { today } = await get<{ today: Day }>('/goals?limit=1')
  // The firm's four years are over; goals that run need deals of these days beside them.
  const until = addDays(today, 1)
  const file = join(world.folder, 'lately.csv')
  const lately = { seed: 11, prefix: 'L-', from: addDays(until, -500), until }
  await world.take(await writeDeals(file, Math.round(world.rows / 4), lately), 'deals')
  const sellers = await get<{ rows: Named[] }>('/sellers?limit=200')
  const teams = await get<{ rows: Named[] }>('/teams')
  for (const goal of goalsOf(sellers.rows, teams.rows, today)) await send('POST', '/goals', goal)
  await send('POST', '/goals/refresh')

  // The latest won first.
  const won = await get<{ rows: Named[] }>(`/deals?limit=${runs * 4}&outcome=won`)
  let edited = 0
  /** Each time another deal, so that nothing is known already. */
  const afterEdit = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = []
    for (let i = 0; i < runs; i++) {
      const id = won.rows[edited++]?.id
      const { version } = await get<{ version: number }>(`/deals/${id}`)
      await send('PATCH', `/deals/${id}`, { version, amount: 100_000 + edited })
      times.push((await timed(work)).ms)
    }
    return median(times)
  }
  const quarter = containing('quarter', today, ordinary)
  const overview = await afterEdit(() =>
    get(`/overview?from=${quarter.from}&until=${quarter.until}`),
  )
  const refresh = await afterEdit(() => send('POST', '/goals/refresh'))
  const list = await afterEdit(() => get('/goals?is=current&limit=50'))
  const board = await afterEdit(() => get('/goals-board'))
  const what = `${running} running goals`
  return [
    ratioLine('goals', `${what} judged again after an edit, against the overview after one`, {
      ms: refresh,
      against: overview,
      most,
    }),
    ratioLine('goals', 'the first 50 with their chances, likewise', {
      ms: list,
      against: overview,
    }),
    ratioLine('goals', `the board of 200, likewise`, { ms: board, against: overview }),
    told('goals', 'deals of the last 500 days beside the others', String(world.rows / 4)),
  ]
}

/** What firms set: most by seller, some by team and for all; months, quarters and years; a few by product and as rates. */
function goalsOf(sellers: readonly Named[], teams: readonly Named[], today: Day) {
  const span = (grain: 'month' | 'quarter' | 'year') => {
    const { from, until } = containing(grain, today, ordinary)
    return { from, until }
  }
  const metric = (metric: string, target: number, where = {}) => ({
    kind: 'metric',
    metric,
    target,
    where,
  })
  const many = [
    { ...metric('revenue', 50_000_000), ...span('quarter') },
    { ...metric('deals-won', 120), ...span('month') },
    { ...metric('revenue', 400_000_000), ...span('year') },
    { ...metric('margin', 20_000_000), ...span('quarter') },
    { ...metric('win-rate', 0.7), ...span('quarter') },
    ...families.map((family) => ({
      ...metric('revenue', 30_000_000, { family: [family] }),
      ...span('quarter'),
    })),
  ]
  const owners = [
    ...sellers.map(({ id, name }) => ({ sellerId: id, name })),
    ...teams.map(({ id, name }) => ({ teamId: id, name })),
    { name: 'All' },
  ]
  const goals = many.flatMap((goal, i) =>
    owners.map(({ name, ...owner }) => ({ ...goal, ...owner, name: `${name}, ${i + 1}` })),
  )
  // Every owner has some, and each kind is there.
  return Array.from(
    { length: Math.min(running, goals.length) },
    (_, i) => goals[Math.floor((i * goals.length) / running)],
  )
}

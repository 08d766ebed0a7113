// A forecast among many deals, against the overview's whole data; the test of open deals as a job, and the overview meanwhile.
import { setTimeout as pause } from 'node:timers/promises'
import type { World } from './kontor.ts'
import { type Line, median, medianOf, ratioLine, shownMs, timed, told } from './measure.ts'
import { newOverview } from './overview.ts'

/** As many times one overview a forecast may take, once its series has been tested. */
const forecastMost = 10

const asked = 'metric=revenue&by=month&horizon=6'
const question = { metric: 'revenue', by: 'month', horizon: 6 }

interface Run {
  id: string
  state: string
}

export async function forecastArea({ get, send }: World): Promise<Line[]> {
  const against = await medianOf(() => newOverview({ get }))
  const first = await timed(() => get(`/forecast?${asked}`))
  const ms = await medianOf(() => get(`/forecast?${asked}`))
  const seller = await get<{ rows: { id: string }[] }>('/sellers?limit=1')
  const one = await medianOf(() => get(`/forecast?${asked}&seller=${seller.rows[0]?.id}`))
  const what = "against the overview's whole data"
  return [
    ratioLine('forecast', `a forecast of all revenue for the first time, ${what}`, {
      ms: first.ms,
      against,
    }),
    ratioLine('forecast', `a forecast of all revenue, ${what}`, {
      ...{ ms, against },
      most: forecastMost,
    }),
    ratioLine('forecast', `a forecast of one seller, ${what}`, {
      ...{ ms: one, against },
      most: forecastMost,
    }),
    ...(await testLines({ get, send }, against)),
  ]
}

/** The test of the open deals from start to end, and how long the overview takes while it runs. */
async function testLines(
  { get, send }: Pick<World, 'get' | 'send'>,
  against: number,
): Promise<Line[]> {
  const meanwhile: number[] = []
  const run = await timed(async () => {
    const { id } = await send<{ id: string }>('POST', '/forecast/tests', question)
    for (;;) {
      const { rows } = await get<{ rows: Run[] }>(`/forecast/tests?${asked}`)
      const state = rows.find((row) => row.id === id)?.state
      if (state === 'done') return
      if (state !== 'waiting' && state !== 'running') throw new Error(`the test is ${state}`)
      meanwhile.push((await timed(() => newOverview({ get }))).ms)
      await pause(100)
    }
  })
  return [
    told('forecast', 'the open deals tested at 36 earlier points, as a job', shownMs(run.ms), {
      ms: run.ms,
    }),
    ratioLine('forecast', 'the overview while that runs, against it alone', {
      ms: median(meanwhile),
      against,
    }),
  ]
}

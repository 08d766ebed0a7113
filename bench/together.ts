// Twenty people looking around, first alone, then while as many deals again are imported.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { World } from './kontor.ts'
import { type Line, quantile, shownMs, timed, told } from './measure.ts'
import { writeDeals } from './rows.ts'

const people = 20
const quietMs = 10_000
/** Between one look and the next of a person. */
const thinkMs = 1000
const most = 3

const looks = [
  '/overview?period=2024-Q3',
  '/results?metric=revenue&by=month&period=2024',
  '/deals?limit=50',
  '/customers?limit=50',
  '/search?text=customer',
  '/board?period=2024-Q4',
  '/results?metric=win-rate&by=team&period=2024-Q2',
]

export async function togetherArea(world: World): Promise<Line[]> {
  for (const path of looks) await world.get(path)
  const quiet = await lookAround(world, () => pause(quietMs))
  const file = await writeDeals(join(world.folder, 'more.csv'), world.rows, {
    seed: 7,
    prefix: 'E-',
  })
  const busy = await lookAround(world, () => world.take(file, 'deals'))
  const [a, b] = [quantile(quiet.times, 0.99), quantile(busy.times, 0.99)]
  const what = `99 % of looks of ${people} people while importing, against quiet`
  const wrong = quiet.errors + busy.errors
  return [
    {
      area: 'together',
      what,
      goal: `≤ ${most}×`,
      figure: `${(b / a).toFixed(2)}× (${shownMs(b)} : ${shownMs(a)}; medians ${shownMs(quantile(busy.times, 0.5))} : ${shownMs(quantile(quiet.times, 0.5))})`,
      verdict: b / a <= most ? 'kept' : 'missed',
      numbers: { ratio: b / a, busyMs: b, quietMs: a },
      reason:
        'Reading and storing a million rows keep two cores busy by themselves, and whoever looks waits for a share. Before the answers of overview and board were remembered it was 5.8×, and the import took 494 s. Not tried: storing at a lower priority.',
    },
    {
      area: 'together',
      what: 'looks that failed',
      goal: '0',
      figure: `${wrong} of ${quiet.times.length + busy.times.length + wrong}${busy.first ? ` (${busy.first})` : ''}`,
      verdict: wrong === 0 ? 'kept' : 'missed',
      numbers: { errors: wrong },
    },
    told('together', 'the import meanwhile', shownMs(busy.ms), { ms: busy.ms }),
  ]
}

async function lookAround({ get }: World, during: () => Promise<unknown>) {
  const times: number[] = []
  let errors = 0
  let first: string | undefined
  let over = false
  const person = async (number: number) => {
    await pause((number * thinkMs) / people)
    for (let i = number; !over; i++) {
      try {
        times.push((await timed(() => get(looks[i % looks.length] ?? '/me'))).ms)
      } catch (error) {
        errors++
        first ??= error instanceof Error ? error.message.slice(0, 200) : String(error)
      }
      await pause(thinkMs)
    }
  }
  const all = Array.from({ length: people }, (_, number) => person(number))
  const { ms } = await timed(during).finally(() => {
    over = true
  })
  await Promise.all(all)
  return { times, errors, first, ms }
}

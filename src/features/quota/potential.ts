// What there is to be had, by holder: customers, open pipeline or the year before, then and now, and the line through it.
import type { Days } from '../../basics/days.ts'
import type { Figure } from '../../basics/figure.ts'
import { addDays, type Day, yearAgo } from '../../basics/period.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import type { MetricId } from '../results/contract.ts'
import { metrics } from '../results/door.ts'
import { type Holding, today } from '../team/door.ts'
import { type Expected, fitPotential, type PotentialFit } from './calc/potential.ts'
import { measuresOf } from './measures.ts'
import type { HolderRow } from './store-holders.ts'
import type { Subject, Where } from './subject.ts'

export type Driver = 'customers' | 'pipeline' | 'last-year'

export interface Potential {
  unit: 'money' | 'count'
  places: { before: Figure; now: Figure }[]
  fit: PotentialFit
  expected: (Expected | undefined)[]
}

interface Asked {
  holders: readonly HolderRow[]
  /** Who held the positions among them when. */
  holdings: readonly Holding[]
  subject: Subject
  driver: Driver
  /** What was reached in the same period a year ago: what the line explains. */
  lastYear: readonly Figure[]
  lang: 'en' | 'de'
}

/**
 * Potential is looked at as it stood before the period a year ago and as it stands before the coming one
 * (today at the latest), and results of a year ago are set against the earlier one.
 */
export async function potentialOf(
  ctx: Ctx,
  tx: Tx,
  { holders, holdings, subject, driver, lastYear, lang }: Asked,
): Promise<Potential> {
  const yearBefore = yearAgo(subject.period)
  const tomorrow = addDays(today(ctx.clock, subject.settings.zone), 1)
  const [now = tomorrow] = [subject.period.from, tomorrow].sort()
  const { metric, frames } = question(driver, subject, [yearBefore.from, now])
  const allowed = Object.entries(subject.where).filter(([dimension]) =>
    metrics[metric].dimensions.some((one) => one === dimension),
  )
  const where = Object.fromEntries(allowed) as Where
  const asked = { metric, where, frames, lang }
  const figures = await measuresOf(ctx, tx, asked, holders, holdings)
  const places = holders.map(({ id }) => ({ before: figures(0, id), now: figures(1, id) }))
  const { fit, expected } = fitPotential(
    holders.map((holder, i) => ({
      before: places[i]?.before.value,
      now: places[i]?.now.value,
      result: lastYear[i]?.value,
      whole: wasThere(holder, yearBefore),
    })),
  )
  return { unit: metrics[metric].unit === 'money' ? 'money' : 'count', places, fit, expected }
}

/** Which figure is the potential, and the days it is taken from before each of two days. */
function question(
  driver: Driver,
  { metric, period }: Subject,
  starts: readonly [Day, Day],
): { metric: MetricId; frames: Days[] } {
  switch (driver) {
    case 'customers':
      return {
        metric: 'customers',
        frames: starts.map((start) => ({ from: addDays(start, -365), until: start })),
      }
    case 'pipeline':
      // What is open is looked at on one day.
      return {
        metric: 'pipeline',
        frames: starts.map((start) => ({ from: addDays(start, -1), until: start })),
      }
    case 'last-year': {
      const before = yearAgo(period)
      return { metric, frames: [yearAgo(before), before] }
    }
  }
}

/** Whether a holder was there for all of the days: part of them is no measure of what there was to be had. */
export const wasThere = ({ joined_on, left_on }: HolderRow, { from, until }: Days) =>
  (joined_on === null || joined_on <= from) && (left_on === null || left_on >= until)

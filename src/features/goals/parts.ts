// What a goal's page shows beside where it stands: what it takes in own terms, and who contributed.
import type { OutputOf } from '../../basics/contract.ts'
import { addDays, type Day } from '../../basics/period.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { countDone } from '../activities/door.ts'
import { metricInFrames, type metrics } from '../results/door.ts'
import { teamsBelow } from '../team/door.ts'
import { ownTerms } from './calc/own-terms.ts'
import type { goalsContract } from './contract.ts'
import { type Asking, howMeasured } from './measured.ts'
import type { ShownGoal } from './standing.ts'
import { type GoalRow, sellerNames } from './store.ts'

type Contract = typeof goalsContract
type MetricId = keyof typeof metrics

/** The filters of a goal with those that its owner sets. */
export async function whereOf(tx: Tx, goal: Pick<GoalRow, 'question' | 'seller_id' | 'team_id'>) {
  return {
    ...goal.question.where,
    ...(goal.seller_id === null ? {} : { seller: [goal.seller_id] }),
    ...(goal.team_id === null
      ? {}
      : { team: await teamsBelow(tx, goal.team_id, { removed: true }) }),
  }
}

/** Weeks looked back at for what is done now. */
const recentWeeks = 8
const talkKinds = ['meeting', 'visit'] as const

/** What is needed per working week, in deals and talks, at the rates of the past year. */
export async function termsFor(ctx: Asking, tx: Tx, { row, shown, data }: ShownGoal, day: Day) {
  const { requiredPerDay } = shown.outlook
  const inTerms = row.metric === 'revenue' || row.metric === 'deals-won' || row.metric === 'margin'
  if (!inTerms || !row.within || shown.state !== 'running' || !requiredPerDay) return undefined
  const where = await whereOf(tx, row)
  const frame = { from: addDays(day, -365), until: day }
  const ask = async (metric: MetricId) => {
    const [one] = await metricInFrames(ctx, tx, { metric, where, frames: [frame] })
    return one?.figure.value ?? 0
  }
  const recent = addDays(day, -7 * recentWeeks)
  const done = await countDone(ctx, tx, {
    kinds: talkKinds,
    ...(row.seller_id === null ? {} : { sellers: [row.seller_id] }),
    ...(row.team_id === null ? {} : { teams: where.team ?? [] }),
    ...frame,
  })
  const talks = (from: Day) =>
    done.reduce((sum, { on, count }) => (on >= from ? sum + count : sum), 0)
  const wins = await ask('deals-won')
  return ownTerms(
    {
      wins,
      value: row.metric === 'deals-won' ? wins : await ask(row.metric as MetricId),
      talks: talks(frame.from),
      recentWeeks: data.known.time.days(recent, day) / 5,
      recentTalks: talks(recent),
    },
    requiredPerDay * 5,
  )
}

/** Who of those within reach brought how much to a goal of several; only for what adds up. */
export async function contributionsOf(
  ctx: Asking,
  tx: Tx,
  { row, shown }: ShownGoal,
  day: Day,
): Promise<Pick<OutputOf<Contract['goals.get']>, 'contributions' | 'others'>> {
  const none = { contributions: [], others: null }
  if (row.seller_id !== null || row.kind === 'steps') return none
  const { addsUp } = howMeasured(row)
  const until = row.until_on < day ? row.until_on : addDays(day, 1)
  if (!addsUp || row.from_on >= until) return none
  const where = await whereOf(tx, row)
  const sums = new Map<string | null, number>()
  // Who sees the total alone finds the own part in it, be it nothing.
  if (!row.within && ctx.who.sellerId !== null) sums.set(ctx.who.sellerId, 0)
  const add = (seller: string | null, value: number) =>
    sums.set(seller, (sums.get(seller) ?? 0) + value)
  if (row.kind === 'activity') {
    const rows = await countDone(ctx, tx, {
      kinds: row.question.activities ?? [],
      outcome: row.question.outcome,
      ...(row.team_id === null ? {} : { teams: where.team ?? [] }),
      from: row.from_on,
      until,
    })
    for (const one of rows) add(one.sellerId, one.count)
  } else {
    const rows = await metricInFrames(ctx, tx, {
      metric: row.metric as MetricId,
      where,
      by: 'seller',
      frames: [{ from: row.from_on, until }],
    })
    for (const one of rows) add(one.cell, one.figure.value ?? 0)
  }
  const names = await sellerNames(
    tx,
    [...sums.keys()].filter((id) => id !== null),
  )
  const contributions = [...sums]
    .map(([id, value]) => ({ seller: names.find((one) => one.id === id) ?? null, value }))
    .sort((a, b) => b.value - a.value)
  const { value: total } = shown.outlook.attained
  const reached = contributions.reduce((sum, { value }) => sum + value, 0)
  return {
    contributions: contributions.slice(0, 100),
    others: row.within || total === undefined ? null : total - reached,
  }
}

// What the open deals say: the chance of each by stage, team and age, spread over the periods to come.
import { betaQuantile } from '../../../methods/beta.ts'
import { cumulativeIncidence, type Incidence } from '../../../methods/cumulative-incidence.ts'
import { betaBinomialMle } from '../../../methods/empirical-bayes.ts'
import { kaplanMeier } from '../../../methods/kaplan-meier.ts'
import type { Doubt } from '../../../methods/pipeline-doubt.ts'
import {
  type OpenDeal,
  type PipelineForecast,
  pipelineForecast,
} from '../../../methods/pipeline-forecast.ts'
import { policy } from '../../../methods/policy.ts'

/** Counts of closed deals by stage reached and team; stage null: of all of them. */
export interface Outcomes {
  stageId: string | null
  stage: string | null
  position: number | null
  teamId: string | null
  closed: number
  won: number
}

/** How long deals were open, from entering a stage or (null) from opening, by how it ended. */
export interface DaysOpen {
  stageId: string | null
  days: number
  won: number
  lost: number
  /** Still open after so many days. */
  open: number
}

export interface StageChance {
  stageId: string | null
  stage: string | null
  closed: number
  won: number
  /** Chance drawn towards that of all deals by how few are known, with its interval. */
  chance: number
  low: number
  high: number
  /** Median days from entering the stage (or opening) to winning, where enough were won. */
  medianDays?: number
}

/** Chance by stage and team, and how it goes with the days a deal has been open. */
export interface Chances {
  stages: readonly StageChance[]
  of(stageId: string | null, teamId: string | null): number
  /** Chance of a deal to be won in a span to come. */
  within(deal: PipelineDeal, span: Span): number
  /** Place among the stages of the one that a deal's chance comes from. */
  groupOf(stageId: string | null): number
  /** How sure the chance of each stage is. */
  groups: Doubt['groups']
  /** How many deals of the whole weigh as much as a team's own; undefined: teams cannot be told apart. */
  teamWeight?: number
}

interface Count {
  closed: number
  won: number
}

function total(rows: readonly Count[]): Count {
  return rows.reduce(
    (sum, { closed, won }) => ({ closed: sum.closed + closed, won: sum.won + won }),
    { closed: 0, won: 0 },
  )
}

/** Drawn towards `prior`, which weighs as much as `weight` deals. */
function drawn({ closed, won }: Count, prior: number, weight: number): number {
  return (won + weight * prior) / (closed + weight)
}

function interval({ closed, won }: Count, prior: number, weight: number) {
  const tail = (1 - policy.confidence) / 2
  const a = won + weight * prior
  const b = closed - won + weight * (1 - prior)
  if (!(a > 0 && b > 0)) return { low: a > 0 ? 1 : 0, high: a > 0 ? 1 : 0 }
  return { low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b) }
}

interface Curve {
  incidence: Incidence
  /** Median days of those that were won. */
  medianDays: number | undefined
}

function curveOf(days: readonly DaysOpen[], stageId: string | null): Curve | undefined {
  const own = days.filter((one) => one.stageId === stageId)
  if (own.reduce((sum, { won }) => sum + won, 0) < policy.daysToWin.won) return undefined
  const incidence = cumulativeIncidence(
    own.flatMap(({ days: time, won, lost, open }) => [
      { time, end: 'event' as const, count: won },
      { time, end: 'other' as const, count: lost },
      { time, end: 'waiting' as const, count: open },
    ]),
  )
  const won = own.filter((one) => one.won > 0)
  const { median } = kaplanMeier(
    won.map(({ days: time, won: count }) => ({ time, event: true, count })),
  )
  return { incidence, medianDays: median }
}

/**
 * Share of deals open for so many days that were won in the span. What few deals lasted so long says is
 * drawn towards what it would be had all of them: old deals are not made out to be better than they are.
 */
function wonWithin({ incidence }: Curve, age: number, { from, until }: Span): number {
  const now = incidence.before(age)
  if (now.waiting === 0) return 0
  const won = incidence.before(age + until).happened - incidence.before(age + from).happened
  const { weight } = policy.stageChance
  const own = now.atRisk / (now.atRisk + weight)
  return won * (own / now.waiting + (1 - own))
}

/**
 * Chances from the organisation's own closed deals; undefined while there are too few of them.
 * A stage is drawn towards all closed deals as everywhere in Kontor; a team's stage towards the stage,
 * by the weight that the differences between teams give (beta-binomial), or not at all told apart.
 */
export function chancesFrom(
  outcomes: readonly Outcomes[],
  days: readonly DaysOpen[],
): Chances | undefined {
  const all = total(outcomes.filter(({ stageId }) => stageId === null))
  const { closed: closedNeeded, weight } = policy.stageChance
  if (all.closed < closedNeeded) return undefined
  const whole = all.won / all.closed
  const ids = [...new Set(outcomes.map(({ stageId }) => stageId))]
  const curves = new Map(ids.map((id) => [id, curveOf(days, id)]))
  const stages = ids.map((id): StageChance => {
    const rows = outcomes.filter(({ stageId }) => stageId === id)
    const counts = id === null ? all : total(rows)
    const own = id === null ? 0 : weight
    const median = curves.get(id)?.medianDays
    return {
      stageId: id,
      stage: rows[0]?.stage ?? null,
      ...counts,
      chance: drawn(counts, whole, own),
      ...interval(counts, whole, own),
      ...(median === undefined ? {} : { medianDays: median }),
    }
  })
  const position = (id: string | null) =>
    outcomes.find(({ stageId }) => stageId === id)?.position ?? Number.POSITIVE_INFINITY
  stages.sort((a, b) => position(a.stageId) - position(b.stageId))
  const chanceOf = new Map(stages.map(({ stageId, chance }) => [stageId, chance]))
  const teamWeight = weightOfTeams(outcomes)
  const byTeam = new Map(
    outcomes.map((one) => [`${one.stageId} ${one.teamId}`, one satisfies Count]),
  )
  const of = (stageId: string | null, teamId: string | null) => {
    const stage = chanceOf.get(stageId) ?? whole
    const counts = byTeam.get(`${stageId} ${teamId}`)
    if (teamWeight === undefined || !counts || teamId === null) return stage
    return drawn(counts, stage, teamWeight)
  }
  const places = new Map(stages.map(({ stageId }, place) => [stageId, place]))
  return {
    stages,
    of,
    within: (deal, span) => {
      const own = deal.inStage === null ? undefined : curves.get(deal.stageId)
      const curve = own ?? curves.get(null)
      if (!curve) return 0
      const age = (own ? deal.inStage : deal.sinceOpening) ?? 0
      // What the curve tells of already, its stage or all deals, is not counted again.
      const told = own ? chanceOf.get(deal.stageId) : whole
      const beside = told ? of(deal.stageId, deal.teamId) / told : 0
      return Math.min(1, Math.max(0, beside * wonWithin(curve, age, span)))
    },
    groupOf: (stageId) => places.get(stageId) ?? places.get(null) ?? 0,
    groups: stages.map(({ stageId, chance, closed }) => ({
      chance,
      size: closed + (stageId === null ? 0 : weight),
    })),
    ...(teamWeight === undefined ? {} : { teamWeight }),
  }
}

/** How many deals of the whole weigh as much as a team's own, from how much teams differ. */
function weightOfTeams(outcomes: readonly Outcomes[]): number | undefined {
  const teams = outcomes.filter(({ stageId, teamId }) => stageId === null && teamId !== null)
  const fit = betaBinomialMle(teams.map(({ won, closed }) => ({ successes: won, trials: closed })))
  return fit.status === 'ok' ? fit.priorSize : undefined
}

export interface PipelineDeal {
  stageId: string | null
  teamId: string | null
  amount: number | null
  /** Days in its stage; null where its way through the stages is not known. */
  inStage: number | null
  /** Days since it was opened; null where that is not known. */
  sinceOpening: number | null
}

/** Days ahead [from, until) of a period to come. */
export interface Span {
  from: number
  until: number
}

export interface PipelineOutlook {
  periods: readonly PipelineForecast[]
  total: PipelineForecast
  deals: number
  /** Deals without an amount, counted with `meanAmount`. */
  withoutAmount: number
  /** Each deal over all spans together. */
  each: readonly { probability: number; amount: number }[]
}

/** What is left open about deals: an average amount with its spread, and what they have in common. */
export interface Unknowns {
  meanAmount: number
  amountSd: number
  /** What all deals have in common, as a share of the mean: for each span, and for all together. */
  common: readonly number[]
  commonTotal: number
  seed: number
}

/**
 * Each deal's chance of being won in each span: of deals of its stage that had been open for as long and
 * were open still, the share won in such a span, as much more or less likely as its team is.
 */
export function pipelineOutlook(
  deals: readonly PipelineDeal[],
  chances: Chances,
  spans: readonly Span[],
  { meanAmount, amountSd, common, commonTotal, seed }: Unknowns,
): PipelineOutlook {
  const whole: Span = { from: spans[0]?.from ?? 0, until: spans.at(-1)?.until ?? 0 }
  const over = (span: Span): (OpenDeal & { probability: number })[] =>
    deals.map((deal) => ({
      probability: chances.within(deal, span),
      amount: Math.max(0, deal.amount ?? meanAmount),
      group: chances.groupOf(deal.stageId),
      guessed: deal.amount === null,
    }))
  const { groups } = chances
  const each = over(whole)
  return {
    periods: spans.map((span, place) =>
      pipelineForecast(over(span), seed + place, { groups, amountSd, common: common[place] ?? 0 }),
    ),
    total: pipelineForecast(each, seed + spans.length, { groups, amountSd, common: commonTotal }),
    each,
    deals: deals.length,
    withoutAmount: deals.filter(({ amount }) => amount === null).length,
  }
}

// What the open deals say: the chance of each by stage, team and age, spread over the periods to come.
import { betaQuantile } from '../../../methods/beta.ts'
import { betaBinomialMle } from '../../../methods/empirical-bayes.ts'
import { kaplanMeier, type Survival, stepAt } from '../../../methods/kaplan-meier.ts'
import { type PipelineForecast, pipelineForecast } from '../../../methods/pipeline-forecast.ts'
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

export interface DaysWon {
  stageId: string | null
  days: number
  won: number
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

/** Chance by stage and team; how long winning took. */
export interface Chances {
  stages: readonly StageChance[]
  of(stageId: string | null, teamId: string | null): number
  /** Share of won deals that took longer than so many days, from entering the stage; null: from opening. */
  longerThan(stageId: string | null, days: number): number
  /** Whether enough were won from this stage to know how long that takes. */
  knowsDays(stageId: string | null): boolean
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

function curveOf(days: readonly DaysWon[], stageId: string | null): Survival | undefined {
  const own = days.filter((one) => one.stageId === stageId)
  if (own.reduce((sum, { won }) => sum + won, 0) < policy.daysToWin.won) return undefined
  return kaplanMeier(own.map(({ days: time, won }) => ({ time, event: true, count: won })))
}

/**
 * Chances from the organisation's own closed deals; undefined while there are too few of them.
 * A stage is drawn towards all closed deals as everywhere in Kontor; a team's stage towards the stage,
 * by the weight that the differences between teams give (beta-binomial), or not at all told apart.
 */
export function chancesFrom(
  outcomes: readonly Outcomes[],
  days: readonly DaysWon[],
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
    const median = curves.get(id)?.median
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
  return {
    stages,
    of: (stageId, teamId) => {
      const stage = chanceOf.get(stageId) ?? whole
      const counts = byTeam.get(`${stageId} ${teamId}`)
      if (teamWeight === undefined || !counts || teamId === null) return stage
      return drawn(counts, stage, teamWeight)
    },
    longerThan: (stageId, spent) => {
      const curve = curves.get(stageId)
      return curve ? (stepAt(curve, spent)?.survival ?? 1) : 1
    },
    knowsDays: (stageId) => curves.get(stageId) !== undefined,
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

/**
 * Each deal's chance of being won in each span: the chance of its stage and team, times the share of
 * won deals that took at least so long as it will be old then. A deal older than any won one ever was has none left.
 */
export function pipelineOutlook(
  deals: readonly PipelineDeal[],
  chances: Chances,
  spans: readonly Span[],
  { meanAmount, seed }: { meanAmount: number; seed: number },
): PipelineOutlook {
  const amountOf = ({ amount }: PipelineDeal) => Math.max(0, amount ?? meanAmount)
  const within = (deal: PipelineDeal, { from, until }: Span) => {
    const byStage = deal.inStage !== null && chances.knowsDays(deal.stageId)
    const since = byStage ? deal.stageId : null
    const age = (byStage ? deal.inStage : deal.sinceOpening) ?? 0
    const left = chances.longerThan(since, age + from) - chances.longerThan(since, age + until)
    return Math.min(1, Math.max(0, chances.of(deal.stageId, deal.teamId) * left))
  }
  const whole: Span = { from: spans[0]?.from ?? 0, until: spans.at(-1)?.until ?? 0 }
  const over = (span: Span) =>
    deals.map((deal) => ({ probability: within(deal, span), amount: amountOf(deal) }))
  const each = over(whole)
  return {
    periods: spans.map((span, place) => pipelineForecast(over(span), seed + place)),
    total: pipelineForecast(each, seed + spans.length),
    each,
    deals: deals.length,
    withoutAmount: deals.filter(({ amount }) => amount === null).length,
  }
}

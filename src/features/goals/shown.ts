// A goal as operations answer it: the record, where it stands by the data, and what was marked so far.
import type { OutputOf } from '../../basics/contract.ts'
import type { Day } from '../../basics/period.ts'
import { policy } from '../../methods/policy.ts'
import { chanceWords, type Language } from './calc/chance-words.ts'
import { type Aim, type Charted, type CoursePoint, type Drawn, lookAhead } from './calc/outlook.ts'
import { lookAheadRatio, type RatioDrawn } from './calc/ratio-outlook.ts'
import {
  milestonesReached,
  type Reached,
  reachedAtEnd,
  reachedBySteps,
  reachedBySum,
  stateOf,
} from './calc/state.ts'
import type { goalsContract } from './contract.ts'
import { type Data, howMeasured } from './measured.ts'
import type { Ratio } from './ratios.ts'
import type { GoalRow, MarkRow } from './store.ts'

export type Goal = OutputOf<(typeof goalsContract)['goals.list']>['rows'][number]
type Numbers = Goal['outlook']

export interface Setting {
  currency: string
  lang: Language
  today: Day
}

export function aimOf(
  goal: Pick<GoalRow, 'kind' | 'metric' | 'target' | 'from_on' | 'until_on'>,
): Aim {
  const { of, atMost } = howMeasured(goal)
  return { target: goal.target, from: goal.from_on, until: goal.until_on, atMost, of }
}

/** When the data say the goal is reached; undefined while they do not. */
export function reachedBy(goal: GoalRow, data: Data, today: Day): Reached | undefined {
  if (goal.kind === 'steps') return reachedBySteps(goal.steps)
  const { addsUp, atMost } = howMeasured(goal)
  const span = { from: goal.from_on, until: goal.until_on, target: goal.target }
  if (data.gone) return undefined
  if (!addsUp) return reachedAtEnd(data.level, { ...span, atMost }, today)
  const { daily } = data.known
  if (!atMost) return reachedBySum(daily, span, today)
  let sum = 0
  for (const [day, value] of daily) if (day >= span.from && day < span.until) sum += value
  return reachedAtEnd(sum, { ...span, atMost }, today)
}

/** The row with everything said of it; `drawn` for whoever wants the course, too. */
export function shownGoal(
  goal: GoalRow,
  {
    data,
    ratio,
    veiled = false,
    marks,
    setting,
    filters,
    charted,
  }: {
    data: Data
    /** Both sides of what is a ratio. */
    ratio?: Ratio | undefined
    /** Its total is kept from who asks. */
    veiled?: boolean
    marks: readonly MarkRow[]
    setting: Setting
    filters: Goal['filters']
    charted?: Charted | undefined
  },
): { shown: Goal; drawn: Drawn | undefined; points: readonly CoursePoint[] } {
  const { today, currency } = setting
  const { unit, atMost, addsUp } = howMeasured(goal)
  const reached = veiled ? undefined : reachedBy(goal, data, today)
  const state = stateOf({ from: goal.from_on, until: goal.until_on }, reached, today)
  const counted = addsUp && !data.gone && !veiled
  const drawn = counted ? lookAhead(aimOf(goal), data.known, charted) : undefined
  const { time, seed } = data.known
  const leads = ratio && lookAheadRatio(aimOf(goal), { ...ratio, today, time, seed }, charted)
  const passed = counted
    ? milestonesReached(
        data.known.daily,
        goal.milestones,
        { from: goal.from_on, until: goal.until_on },
        today,
      )
    : []
  const shown: Goal = {
    id: goal.id,
    version: goal.version,
    name: goal.name,
    externalId: goal.external_id,
    kind: goal.kind,
    metric: goal.metric,
    where: goal.question.where ?? {},
    filters,
    activities: goal.question.activities ?? [],
    outcome: goal.question.outcome ?? null,
    target: goal.target,
    unit,
    currency,
    atMost,
    from: goal.from_on,
    until: goal.until_on,
    seller: goal.seller_id === null ? null : { id: goal.seller_id, name: goal.seller_name ?? '' },
    team: goal.team_id === null ? null : { id: goal.team_id, name: goal.team_name ?? '' },
    private: goal.owner_id !== null,
    shared: goal.shared,
    within: goal.within,
    ownerGone: goal.owner_gone,
    why: goal.why,
    reward: goal.reward,
    repeats: goal.repeats,
    milestones: goal.milestones.map((one, i) => ({ ...one, reachedOn: passed[i] ?? null })),
    steps: goal.steps.map(({ name, doneOn }) => ({ name, doneOn })),
    missedBecause: goal.within ? goal.missed_because : null,
    state,
    reachedOn: reached?.on ?? null,
    outlook: numbersOf(goal, { data, veiled, drawn, leads, state, setting }),
    // They tell of sums over the days that the goal had when they were written.
    marks: (goal.within ? marks : []).map(({ kind, on_day, value, celebrated }) => ({
      kind,
      on: on_day,
      value,
      celebrated,
    })),
    mine: goal.mine,
    checkedIn: goal.within ? goal.checked_in : null,
  }
  return { shown, drawn, points: (drawn ?? leads)?.points ?? [] }
}

const nothing = {
  expected: null,
  seasonal: null,
  elapsed: 0,
  total: 0,
  requiredPerDay: null,
  currentPerDay: null,
  chance: null,
  ends: null,
  more: null,
  missing: null,
} as const

function numbersOf(
  goal: GoalRow,
  {
    data,
    veiled,
    drawn,
    leads,
    state,
    setting,
  }: {
    data: Data
    veiled: boolean
    drawn: Drawn | undefined
    leads: RatioDrawn | undefined
    state: Goal['state']
    setting: Setting
  },
): Numbers {
  const { unit } = howMeasured(goal)
  const { currency, lang, today } = setting
  const say = (en: string, de: string) => (lang === 'de' ? de : en)
  const amount = (value: number) => ({
    value,
    unit,
    ...(unit === 'money' ? { currency } : {}),
  })
  if (goal.kind === 'steps') {
    const done = goal.steps.filter(({ doneOn }) => doneOn !== null).length
    return { ...nothing, attained: amount(done), chanceText: '' }
  }
  if (veiled) {
    const missing = say(
      'The total is not shown to the team: with your own part it would tell what one other person brought.',
      'Die Summe sieht das Team nicht: Zusammen mit dem eigenen Anteil verriete sie, was eine einzelne andere Person beigetragen hat.',
    )
    return { ...nothing, attained: unmeasured(unit, missing), chanceText: '', missing }
  }
  if (data.gone) {
    const missing = say(
      'What this goal counts by is not there any more: a filter names something that was removed.',
      'Wonach dieses Ziel zählt, gibt es nicht mehr: Ein Filter nennt etwas, das entfernt wurde.',
    )
    return { ...nothing, attained: unmeasured(unit, missing), chanceText: '', missing }
  }
  if (!drawn) {
    const none = say('Nothing to measure yet.', 'Noch nichts zu messen.')
    const { time } = data.known
    const began = [goal.from_on, today, goal.until_on].sort()[1] ?? today
    const open = state === 'running' || state === 'upcoming'
    const { chance, ends, more } = leads ?? {}
    return {
      ...nothing,
      elapsed: time.days(goal.from_on, began),
      total: time.days(goal.from_on, goal.until_on),
      attained: data.level === undefined ? unmeasured(unit, none) : amount(data.level),
      chance: (open ? chance : undefined) ?? null,
      chanceText: open && chance !== undefined ? chanceWords(chance, lang) : '',
      ends: ends ?? null,
      more: (open ? more : undefined) ?? null,
      missing: open ? noChanceText(goal, more, leads !== undefined, say) : null,
    }
  }
  const { outlook } = drawn
  const { more } = outlook
  const open = state === 'running' || state === 'upcoming'
  const missing =
    more === undefined || !open
      ? null
      : say(
          `Not enough yet: ${policy.goals.workingDays - more} of ${policy.goals.workingDays} working days with records behind you.`,
          `Noch nicht genug: ${policy.goals.workingDays - more} von ${policy.goals.workingDays} Arbeitstagen mit Aufzeichnungen liegen zurück.`,
        )
  return {
    attained: amount(outlook.attained),
    expected: outlook.expected,
    seasonal: outlook.seasonal,
    elapsed: outlook.elapsed,
    total: outlook.total,
    requiredPerDay: outlook.requiredPerDay,
    currentPerDay: outlook.currentPerDay,
    chance: open ? (outlook.chance ?? null) : null,
    chanceText: open && outlook.chance !== undefined ? chanceWords(outlook.chance, lang) : '',
    ends: outlook.ends ?? null,
    more: open ? (more ?? null) : null,
    missing,
  }
}

/** Why there is no chance; null where there is one. */
function noChanceText(
  { metric }: GoalRow,
  more: number | undefined,
  ratio: boolean,
  say: (en: string, de: string) => string,
): string | null {
  if (ratio && more === undefined) return null
  if (more !== undefined) {
    const { workingDays: wanted } = policy.goals
    return say(
      `Not enough yet for a chance: ${wanted - more} of ${wanted} days on which something counted lie behind you.`,
      `Noch nicht genug für eine Chance: ${wanted - more} von ${wanted} Tagen, an denen etwas zählte, liegen zurück.`,
    )
  }
  const [en, de] = whyNoChance(metric)
  return `${say(en, de)} ${say('It is judged when the time is over.', 'Beurteilt wird es, wenn die Zeit um ist.')}`
}

function whyNoChance(metric: string | null): [en: string, de: string] {
  switch (metric) {
    case 'sales-cycle':
    case 'time-in-stage':
      return [
        'No chance is told of a middle of durations: how long the deals take that are still open nobody knows.',
        'Für eine mittlere Dauer gibt es keine Chance: Wie lange die noch offenen Verkaufschancen brauchen, weiß niemand.',
      ]
    case 'pipeline':
    case 'weighted-pipeline':
      return [
        'No chance is told of what stands open on the last day: it comes and goes, and days behind do not add up to it.',
        'Für das, was am letzten Tag offen ist, gibt es keine Chance: Es kommt und geht und ist keine Summe von Tagen.',
      ]
    case 'retention':
      return [
        'No chance is told of who comes back within a year: it is known only a year after each purchase.',
        'Dafür, wer binnen eines Jahres wiederkommt, gibt es keine Chance: Bekannt ist es erst ein Jahr nach jedem Kauf.',
      ]
    case 'velocity':
      return [
        'No chance is told of a figure made of four others.',
        'Für eine Zahl aus vier anderen gibt es keine Chance.',
      ]
    default:
      return [
        'No chance is told of what counts every customer once, however often they buy: days do not add up to it.',
        'Für das, was jeden Kunden nur einmal zählt, so oft er auch kauft, gibt es keine Chance: Es ist keine Summe von Tagen.',
      ]
  }
}

function unmeasured(unit: Goal['unit'], text: string) {
  return { unit, missing: { code: 'not_measured' as const, text } }
}

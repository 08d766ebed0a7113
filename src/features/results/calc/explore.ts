// Cohort grid and funnel from what was counted, with their intervals.
import type { Figure } from '../../../basics/figure.ts'
import type { Period } from '../../../basics/period.ts'
import { medianOfHistogram } from '../../../methods/median-ci.ts'
import { wilson } from '../../../methods/proportion-ci.ts'
import { limits } from './finish-words.ts'
import type { Language } from './metric.ts'
import { writer } from './words.ts'

/** A share with its Wilson interval; of nobody there is none. */
function share(k: number, n: number, none: string): Figure {
  if (n === 0) return { unit: 'rate', n, missing: { code: 'not_enough_data', text: none, more: 1 } }
  return { unit: 'rate', n, ...limits(wilson(k, n)) }
}

export interface CohortRow {
  cohort: string
  customers: number
  active: Figure[]
}

/**
 * The grid: of each cohort the share that bought 0, 1, 2 … periods later. Periods that are not over,
 * or of which nothing is on record yet, are absent and never 0 (methods: repeat business). `periods`:
 * those that are over, in order, from the first cohort on.
 */
export function cohortGrid(cells: readonly CohortCount[], periods: readonly Period[]): CohortRow[] {
  const place = new Map(periods.map(({ id }, i) => [id, i]))
  const rows = new Map<string, number[]>()
  for (const { cohort, bought, customers } of cells) {
    const [first, then] = [place.get(cohort), place.get(bought)]
    const counts = rows.get(cohort) ?? []
    rows.set(cohort, counts)
    // A cohort whose own period is still running shows its size alone.
    const age = first === undefined ? (cohort === bought ? 0 : undefined) : (then ?? -1) - first
    if (age !== undefined && age >= 0) counts[age] = (counts[age] ?? 0) + customers
  }
  return [...rows].map(([cohort, counts]) => {
    const size = counts[0] ?? 0
    const first = place.get(cohort)
    const width = first === undefined ? 1 : periods.length - first
    return {
      cohort,
      customers: size,
      active: Array.from({ length: width }, (_, k) => share(counts[k] ?? 0, size, '')),
    }
  })
}

export interface CohortCount {
  cohort: string
  cell: string | null
  bought: string
  customers: number
}

export interface CohortGroup {
  cell: string | null
  customers: number
  active: Figure[]
}

/**
 * The cohorts of each cell together: of the customers whose k-th period after the first purchase is
 * over, the share that bought in it. Later ages rest on fewer, older cohorts; `n` says on how many.
 * Most customers first.
 */
export function cohortGroups(
  counts: readonly CohortCount[],
  periods: readonly Period[],
): CohortGroup[] {
  return [...Map.groupBy(counts, ({ cell }) => cell)]
    .map(([cell, own]) => {
      const rows = cohortGrid(own, periods)
      const width = Math.max(...rows.map(({ active }) => active.length))
      return {
        cell,
        customers: rows.reduce((all, { customers }) => all + customers, 0),
        active: Array.from({ length: width }, (_, age) => {
          const old = rows.filter(({ active }) => active.length > age)
          const n = old.reduce((all, { customers }) => all + customers, 0)
          const bought = old.reduce(
            (all, { active, customers }) => all + Math.round((active[age]?.value ?? 0) * customers),
            0,
          )
          return share(bought, n, '')
        }),
      }
    })
    .sort((a, b) => b.customers - a.customers)
}

export interface FunnelCounts {
  stages: readonly { id: string; name: string; position: number }[]
  ways: readonly {
    cell: string | null
    outcome: 'open' | 'won' | 'lost'
    reached: number | null
    deals: number
  }[]
  stays: readonly { cell: string | null; stage: string; days: number; n: number }[]
  toWin: readonly { cell: string | null; days: number; n: number }[]
}

export interface Funnel {
  opened: number
  won: number
  lost: number
  open: number
  winRate: Figure
  cycle: Figure
  unknown: number
  steps: { stage: { id: string; name: string }; reached: number; onward: Figure; days: Figure }[]
  note: string | null
}

/** The funnel of each cell by itself; most deals opened first. */
export function funnelGroups(
  counts: FunnelCounts,
  lang: Language,
): (Funnel & { cell: string | null })[] {
  const { stages, ways, stays, toWin } = counts
  const waysOf = Map.groupBy(ways, ({ cell }) => cell)
  const staysOf = Map.groupBy(stays, ({ cell }) => cell)
  const toWinOf = Map.groupBy(toWin, ({ cell }) => cell)
  return [...waysOf.keys()]
    .map((cell) => ({
      cell,
      ...funnelOf(
        {
          stages,
          ways: waysOf.get(cell) ?? [],
          stays: staysOf.get(cell) ?? [],
          toWin: toWinOf.get(cell) ?? [],
        },
        lang,
      ),
    }))
    .sort((a, b) => b.opened - a.opened)
}

/** Above this share of lost deals without a known way, steps would mostly show those that won. */
const unknownMost = 0.2

/**
 * The same deals followed through the stages, so that no step can hold more than the one before
 * (methods: coaching). Who won had come through all of them; an open deal has come as far as it
 * stands; a lost deal counts where its way is on record.
 */
export function funnelOf({ stages, ways, stays, toWin }: FunnelCounts, lang: Language): Funnel {
  const say = (en: string, de: string) => (lang === 'de' ? de : en)
  const { count } = writer(lang)
  const sum = (keep: (way: FunnelCounts['ways'][number]) => boolean) =>
    ways.filter(keep).reduce((total, { deals }) => total + deals, 0)
  const [won, lost, open] = (['won', 'lost', 'open'] as const).map((outcome) =>
    sum((way) => way.outcome === outcome),
  ) as [number, number, number]
  const unknown = sum(({ outcome, reached }) => outcome === 'lost' && reached === null)
  const came = (position: number) =>
    sum(({ outcome, reached }) => outcome === 'won' || (reached !== null && reached >= position))
  const daysOf = (spans: readonly { days: number; n: number }[]): Figure => {
    const together = new Map<number, number>()
    for (const { days, n } of spans) together.set(days, (together.get(days) ?? 0) + n)
    const estimate = medianOfHistogram(together)
    if (estimate.value === undefined)
      return {
        unit: 'days',
        n: 0,
        missing: {
          code: 'not_enough_data',
          text: say('Nobody has left it yet.', 'Noch hat sie niemand verlassen.'),
          more: 1,
        },
      }
    return { unit: 'days', n: estimate.n, ...limits(estimate) }
  }
  const tooMany = lost > 0 && unknown / lost > unknownMost
  const known = stages.length > 0 && ways.some(({ reached }) => reached !== null) && !tooMany
  const steps = !known
    ? []
    : stages.map((stage, i) => {
        const [here, next] = [came(stage.position), stages[i + 1]]
        const onward = next === undefined ? won : came(next.position)
        return {
          stage: { id: stage.id, name: stage.name },
          reached: here,
          onward: share(
            onward,
            here,
            say('No deal has come as far.', 'So weit kam noch keine Verkaufschance.'),
          ),
          days: daysOf(stays.filter((stay) => stay.stage === stage.id)),
        }
      })
  return {
    opened: won + lost + open,
    won,
    lost,
    open,
    winRate: share(
      won,
      won + lost,
      say('No deal has been closed yet.', 'Noch ist keine Verkaufschance abgeschlossen.'),
    ),
    cycle: daysOf(toWin),
    unknown,
    steps,
    note: known
      ? null
      : tooMany
        ? say(
            `Of ${count(lost)} lost deals nobody recorded how far ${count(unknown)} came: the steps would mostly show those that won.`,
            `Von ${count(lost)} verlorenen Verkaufschancen ist bei ${count(unknown)} nicht erfasst, wie weit sie kamen: Die Phasen würden vor allem die gewonnenen zeigen.`,
          )
        : say(
            'The way of these deals through the stages is not on record.',
            'Der Weg dieser Verkaufschancen durch die Phasen ist nicht erfasst.',
          ),
  }
}

// Whether the total of a team may be shown to somebody in it, without giving away what one other person brought.
import type { Day } from '../../../basics/period.ts'
import type { Span } from './state.ts'

/** A seller in a team over some days. */
export interface Membership extends Span {
  seller: string
  team: string
  /** Whoever asks sees what this seller brought in these days. */
  reached: boolean
}

/** What a goal counts, as far as it is known since when somebody brings any of it. */
export type Facts = 'sales' | 'deals' | 'activities' | 'other'

export interface Seller {
  id: string
  /** Still sells: who has left brings nothing any more, however long the team keeps them. */
  active: boolean
  /** Was in a team at any time: on days outside of all teams such a one does not sell. */
  placed: boolean
  /** Days of the first ones; null where there are none. */
  first: Readonly<Record<Exclude<Facts, 'other'>, Day | null>>
}

export interface Firm {
  memberships: readonly Membership[]
  /** Team above each team. */
  parents: ReadonlyMap<string, string | null>
  /** Sellers of the organisation, in a team or in none. */
  sellers: readonly Seller[]
  /** Of who asks: the own seller, and the teams they belong to with all above them. */
  own: string | null
  around: readonly string[]
}

/** Others who count and are in the same of those teams within whose totals may be known. */
interface Class {
  within: ReadonlySet<string>
  selling: number
}

/**
 * The days on which the total of a team (null: of the organisation) would tell what one other person brought.
 * What one sees of one's own is taken from the total, and the totals of any teams within it that one may
 * know: what is left must be of nobody, or of at least two who sell, on every day that counts. Otherwise
 * the total of the team would be the figures of one person, whom nobody but those who lead them may look at.
 * Who has not begun at all is nobody, and sells only once something of what the goal counts is there: to
 * belong to a team, perhaps since ever, brings nothing.
 */
export function tellingSpans(
  firm: Firm,
  { team, facts }: { team: string | null; facts: Facts },
  span: Span,
): Span[] {
  const known = knownTeams(firm)
  const places = firm.memberships.map((one) => ({ ...one, path: pathTo(firm, one.team, team) }))
  const sellers = firm.sellers.map((one) => ({ ...one, ...beginnings(one, facts) }))
  // Whom one reaches turns with memberships elsewhere, too.
  const days = turns(firm.memberships, sellers, span)
  return days.flatMap((day, i): Span | [] => {
    const there = places.filter((one) => one.from <= day && one.until > day)
    const present = new Set(there.map(({ seller }) => seller))
    const reached = new Set(there.flatMap(({ seller, reached }) => (reached ? [seller] : [])))
    const paths = Map.groupBy(
      there.filter(({ path }) => path !== undefined),
      ({ seller }) => seller,
    )
    const classes = new Map<string, Class>()
    for (const { id, active, placed, begun, sellsFrom } of sellers) {
      const path = paths.get(id)?.flatMap((one) => one.path ?? [])
      // Who is in none of its teams counts for the organisation alone.
      if ((!path && team !== null) || id === firm.own || reached.has(id)) continue
      if (begun > day) continue
      const sells = active && sellsFrom <= day && (present.has(id) || !placed)
      const within = new Set(path?.filter((one) => (known.get(one) ?? day) > day).sort())
      const key = [...within].join()
      classes.set(key, { within, selling: (classes.get(key)?.selling ?? 0) + (sells ? 1 : 0) })
    }
    const tells = [...classes.values()].some(({ within }) => {
      // Every total that these are no part of may be taken off: who is in no other is left.
      const left = [...classes.values()].filter((one) =>
        [...one.within].every((id) => within.has(id)),
      )
      return left.reduce((sum, { selling }) => sum + selling, 0) < 2
    })
    return tells ? { from: day, until: days[i + 1] ?? span.until } : []
  })
}

/** Whether any of the days lies in one of the spans. */
export function meets(spans: readonly Span[], { from, until }: Span): boolean {
  return spans.some((one) => one.from < until && one.until > from)
}

/** The first day from which on, up to a day, none lies in the spans; undefined where none ever did. */
export function clearSince(spans: readonly Span[], until: Day): Day | undefined {
  return spans.findLast(({ from }) => from <= until)?.until
}

/** Teams whose totals may be known, until when: those around, and of former teams what was seen in them. */
function knownTeams(firm: Firm): ReadonlyMap<string, Day> {
  const known = new Map<string, Day>()
  for (const { seller, team, until } of firm.memberships) {
    if (seller !== firm.own) continue
    for (const id of pathTo(firm, team, null) ?? [])
      if (until > (known.get(id) ?? '')) known.set(id, until)
  }
  for (const id of firm.around) known.set(id, never)
  return known
}

/** A team and those above it up to another, without that one; undefined where it does not lie there. */
function pathTo({ parents }: Firm, team: string, top: string | null): string[] | undefined {
  const path: string[] = []
  for (let at: string | null = team; at !== top; at = parents.get(at) ?? null) {
    if (at === null || path.includes(at)) return undefined
    path.push(at)
  }
  return path
}

const never = '9999-12-31'

/** From when on somebody brings anything at all, and from when on of what counts. */
function beginnings({ first }: Seller, facts: Facts): { begun: Day; sellsFrom: Day } {
  const days = Object.values(first).flatMap((day) => day ?? [])
  const begun = days.sort()[0] ?? never
  // Of answers and cases it is not known who has them since when: all of them may be of anybody.
  if (facts === 'other') return { begun: '0001-01-01', sellsFrom: begun }
  return { begun, sellsFrom: first[facts] ?? never }
}

/** The first day, and every one on which somebody comes or goes, or begins. */
function turns(
  memberships: readonly Membership[],
  sellers: readonly { begun: Day; sellsFrom: Day }[],
  { from, until }: Span,
): Day[] {
  const days = [
    ...memberships.flatMap((one) => [one.from, one.until]),
    ...sellers.flatMap((one) => [one.begun, one.sellsFrom]),
  ]
  return [...new Set([from, ...days.filter((day) => day > from && day < until)])].sort()
}

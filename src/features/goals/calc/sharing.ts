// Whether the total of a team may be shown to somebody in it, without giving away what one other person brought.
import type { Days } from '../../../basics/days.ts'
import type { Day } from '../../../basics/period.ts'

/** A seller in a team over some days. */
export interface Membership extends Days {
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

/** Somebody whose part lies in a total over some days, and the teams within it whose totals may be known then. */
interface Part extends Days {
  within: readonly string[]
  sells: boolean
}

/** Those who are in the same of these teams. */
interface Class {
  within: ReadonlySet<string>
  people: number
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
  asked: { team: string | null; facts: Facts },
  span: Days,
): Days[] {
  const parts = partsOf(firm, asked, span)
  const comings = Map.groupBy(parts, ({ from }) => from)
  const goings = Map.groupBy(parts, ({ until }) => until)
  const classes = new Map<string, Class>()
  const count = ({ within, sells }: Part, by: 1 | -1) => {
    const key = within.join()
    const one = classes.get(key) ?? { within: new Set(within), people: 0, selling: 0 }
    one.people += by
    one.selling += sells ? by : 0
    classes.set(key, one)
  }
  const days = turns(span, [...comings.keys(), ...goings.keys()])
  return days.flatMap((day, i): Days | [] => {
    for (const one of goings.get(day) ?? []) count(one, -1)
    for (const one of comings.get(day) ?? []) count(one, 1)
    const there = [...classes.values()].filter(({ people }) => people > 0)
    return tellsOne(there) ? { from: day, until: days[i + 1] ?? span.until } : []
  })
}

/** Whether fewer than two who sell can be left over, with somebody left. */
function tellsOne(classes: readonly Class[]): boolean {
  return classes.some(({ within }) => {
    // Every total that these are no part of may be taken off: who is in no other is left.
    const left = classes.filter((one) => [...one.within].every((id) => within.has(id)))
    return left.reduce((sum, { selling }) => sum + selling, 0) < 2
  })
}

/** What the total holds of others whom one does not reach, cut where anything about them changes. */
function partsOf(
  firm: Firm,
  { team, facts }: { team: string | null; facts: Facts },
  span: Days,
): Part[] {
  const known = knownTeams(firm)
  const places = Map.groupBy(
    firm.memberships.map((one) => ({ ...one, path: pathTo(firm, one.team, team) })),
    ({ seller }) => seller,
  )
  return firm.sellers.flatMap((one): Part[] => {
    const own = places.get(one.id) ?? []
    const { begun, sellsFrom } = beginnings(one, facts)
    const bounds = own.flatMap(({ from, until }) => [from, until])
    const days = turns(span, [begun, sellsFrom, ...bounds, ...known.values()])
    return days.flatMap((day, i): Part | [] => {
      const there = own.filter(({ from, until }) => from <= day && until > day)
      const paths = there.flatMap(({ path }) => (path ? [path] : []))
      // Who is in none of its teams counts for the organisation alone.
      const counts = begun <= day && (team === null || paths.length > 0)
      if (!counts || one.id === firm.own || there.some(({ reached }) => reached)) return []
      return {
        from: day,
        until: days[i + 1] ?? span.until,
        within: paths.flat().filter((id) => (known.get(id) ?? day) > day),
        sells: one.active && sellsFrom <= day && (there.length > 0 || !one.placed),
      }
    })
  })
}

/** Whether any of the days lies in one of the spans. */
export function meets(spans: readonly Days[], { from, until }: Days): boolean {
  return spans.some((one) => one.from < until && one.until > from)
}

/** The first day from which on, up to a day, none lies in the spans; undefined where none ever did. */
export function clearSince(spans: readonly Days[], until: Day): Day | undefined {
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

/** The first day, and every one on which something changes. */
function turns({ from, until }: Days, days: readonly Day[]): Day[] {
  return [...new Set([from, ...days.filter((day) => day > from && day < until)])].sort()
}

// Whether the total of a team may be shown to somebody in it, without giving away what one other person brought.
import type { Day } from '../../../basics/period.ts'
import type { Span } from './state.ts'

/** A seller in a team over some days. */
export interface Membership extends Span {
  seller: string
  team: string
  /** Still sells: who has left brings nothing any more, however long the team keeps them. */
  active: boolean
  /** Whoever asks sees what this seller brought in these days. */
  reached: boolean
}

export interface Firm {
  memberships: readonly Membership[]
  /** Team above each team. */
  parents: ReadonlyMap<string, string | null>
  /** Sellers of the organisation, in a team or in none. */
  sellers: readonly { id: string; active: boolean }[]
  /** Of who asks: the own seller, and the teams they belong to with all above them. */
  own: string | null
  around: readonly string[]
}

/**
 * What one sees of one's own is taken from the total, and the total of one's team from that of the team above:
 * what is left must be of nobody, or of at least two who sell, on every day that counts. Otherwise the
 * total of the team would be the figures of one person, whom nobody but those who lead them may look at.
 */
export function totalTellsOne(
  firm: Firm,
  { team, from, until }: Span & { team: string | null },
): boolean {
  const counting = team === null ? undefined : teamsWithin(firm, team)
  const inside = (one: Membership) => counting === undefined || counting.has(one.team)
  const nested = firm.around
    .filter((one) => one !== team && (counting === undefined || counting.has(one)))
    .map((one) => teamsWithin(firm, one))
  const known = [new Set<string>(), ...nested]
  // Whom one reaches, and what the own team tells, turns with memberships elsewhere, too.
  return turns(firm.memberships, { from, until }).some((day) => {
    const there = firm.memberships.filter((one) => one.from <= day && one.until > day)
    const seen = new Set(there.filter(({ reached }) => reached).map(({ seller }) => seller))
    const counted =
      counting === undefined
        ? firm.sellers
        : there.filter(inside).map(({ seller: id, active }) => ({ id, active }))
    const others = counted.filter(({ id }) => id !== firm.own && !seen.has(id))
    return known.some((teams) => {
      const told = new Set(there.filter((one) => teams.has(one.team)).map(({ seller }) => seller))
      const left = others.filter(({ id }) => !told.has(id))
      const selling = new Set(left.flatMap(({ id, active }) => (active ? [id] : [])))
      return left.length > 0 && selling.size < 2
    })
  })
}

/** The first day, and every one on which somebody comes or goes. */
function turns(memberships: readonly Membership[], { from, until }: Span): Day[] {
  const days = memberships.flatMap((one) => [one.from, one.until])
  return [...new Set([from, ...days.filter((day) => day > from && day < until)])]
}

function teamsWithin({ parents }: Firm, team: string): Set<string> {
  const found = new Set([team])
  // A set grows while it is walked: what is added is looked at, too.
  for (const one of found)
    for (const [child, parent] of parents) if (parent === one) found.add(child)
  return found
}

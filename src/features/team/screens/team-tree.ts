// The tree of teams as a list with depths, parents before children.
import type { Answer } from '../../../web/client.ts'

export type Team = Answer<'teams.list'>['rows'][number]
export type TeamKind = Team['kind']
export const teamKinds: readonly TeamKind[] = ['company', 'office', 'team']

export interface PlacedTeam extends Team {
  /** 0 for those with nothing above. */
  depth: number
}

/** Depth first, each parent followed by its children in their order; teams whose parent is not listed stand at the root. */
export function inTreeOrder(teams: readonly Team[]): PlacedTeam[] {
  const known = new Set(teams.map((team) => team.id))
  const childrenOf = new Map<string | undefined, Team[]>()
  for (const team of teams) {
    const parent = team.parent && known.has(team.parent.id) ? team.parent.id : undefined
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), team])
  }
  const placed: PlacedTeam[] = []
  const walk = (parent: string | undefined, depth: number) => {
    for (const team of childrenOf.get(parent) ?? []) {
      placed.push({ ...team, depth })
      walk(team.id, depth + 1)
    }
  }
  walk(undefined, 0)
  return placed
}

/** Whether a team is another one or lies below it. */
export function isBelow(teams: readonly Team[], id: string, other: string): boolean {
  const byId = new Map(teams.map((team) => [team.id, team]))
  let at: string | undefined = id
  for (let steps = 0; at !== undefined && steps <= teams.length; steps += 1) {
    if (at === other) return true
    at = byId.get(at)?.parent?.id
  }
  return false
}

/** Members of a team and of all below it, as of today. */
export function membersBelow(teams: readonly Team[], id: string): number {
  return teams
    .filter((team) => isBelow(teams, team.id, id))
    .reduce((sum, team) => sum + team.memberCount, 0)
}

// Pairs that hang together become one record: who is the winner of each loser in the end.

export interface MergePair {
  winnerId: string
  loserId: string
}

/**
 * For every loser its last winner, in the order in which they were named. A pair that says the opposite
 * of what already holds adds nothing.
 */
export function finalWinners(pairs: readonly MergePair[]): Map<string, string> {
  const into = new Map<string, string>()
  const last = (id: string) => {
    let at = id
    for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next
    return at
  }
  for (const { winnerId, loserId } of pairs) {
    const [winner, loser] = [last(winnerId), last(loserId)]
    if (winner !== loser) into.set(loser, winner)
  }
  return new Map([...into.keys()].map((loser) => [loser, last(loser)]))
}

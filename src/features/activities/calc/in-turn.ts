// Who takes over what: customers go in turn, so that everything of one customer stays with one person.

/**
 * The taker of each customer, in the order given. What belongs to no customer goes in turn by itself,
 * after them.
 */
export function inTurn(
  customers: readonly string[],
  takers: readonly string[],
): ReadonlyMap<string, string> {
  const taken = new Map<string, string>()
  for (const customer of customers) {
    const taker = takers[taken.size % takers.length]
    if (taker !== undefined && !taken.has(customer)) taken.set(customer, taker)
  }
  return taken
}

// What a deal must have in which state; the same rules for the form and for imported rows.

export type Outcome = 'open' | 'won' | 'lost'

export interface DealState {
  outcome: Outcome
  openedOn: string | null
  closedOn: string | null
  /** Minor units. */
  amount: number | null
}

export type DealFault =
  | 'deal.closed_needs_day'
  | 'deal.open_has_day'
  | 'deal.backwards'
  | 'deal.won_needs_amount'

/** The field at which a fault is shown. */
export const faultField = {
  'deal.closed_needs_day': 'closedOn',
  'deal.open_has_day': 'closedOn',
  'deal.backwards': 'closedOn',
  'deal.won_needs_amount': 'amount',
} as const satisfies Record<DealFault, string>

/**
 * The first thing that is wrong with a deal, if any: won and lost deals have a closing day, open ones
 * have none, nothing closes before it opens, and what is won has an amount.
 */
export function dealFault(deal: DealState): DealFault | undefined {
  if (deal.outcome === 'open') return deal.closedOn === null ? undefined : 'deal.open_has_day'
  if (deal.closedOn === null) return 'deal.closed_needs_day'
  if (deal.openedOn !== null && deal.openedOn > deal.closedOn) return 'deal.backwards'
  if (deal.outcome === 'won' && deal.amount === null) return 'deal.won_needs_amount'
  return undefined
}

// Shares of several sellers in one deal: what they must be to be whole.

export interface Share {
  seller: string
  share: number
}

export type ShareFault = 'deal.shares_not_whole' | 'deal.seller_twice' | 'deal.owner_without_share'

/** A share is kept to a millionth. */
const parts = 1_000_000

/** Whole millionths; undefined where the share has more decimals than that. */
function millionths(share: number): number | undefined {
  const whole = Math.round(share * parts)
  return Math.abs(share * parts - whole) < 1e-6 ? whole : undefined
}

/** The first thing that is wrong: nobody twice, the owner among them, and exactly 1 in sum. */
export function shareFault(owner: string, shares: readonly Share[]): ShareFault | undefined {
  if (new Set(shares.map((one) => one.seller)).size < shares.length) return 'deal.seller_twice'
  if (!shares.some((one) => one.seller === owner)) return 'deal.owner_without_share'
  let sum = 0
  for (const one of shares) {
    const part = millionths(one.share)
    if (part === undefined || part <= 0) return 'deal.shares_not_whole'
    sum += part
  }
  return sum === parts ? undefined : 'deal.shares_not_whole'
}

/** Equal parts in whole millionths that add to 1; the rest goes to the first ones. */
export function equalShares(count: number): number[] {
  const each = Math.floor(parts / count)
  const rest = parts - each * count
  return Array.from({ length: count }, (_, index) => (each + (index < rest ? 1 : 0)) / parts)
}

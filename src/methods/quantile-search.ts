// Inverts a distribution function on the positive half line by Newton steps kept inside a bracket.

export interface QuantileSearch {
  /** Probability whose quantile is wanted, strictly between 0 and 1. */
  p: number
  /** First guess, inside (0, high). */
  start: number
  /** Upper end of the support; may be infinite. */
  high: number
  cdf: (x: number) => number
  density: (x: number) => number
}

/** A point between the ends; geometric where they differ by orders of magnitude. */
function between(low: number, high: number): number {
  if (high === Number.POSITIVE_INFINITY) return 2 * low + 1
  if (low === 0) return high > 1e-3 ? high / 2 : high * 1e-3
  return high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2
}

/**
 * The x > 0 with cdf(x) = p. A Newton step is taken when it stays inside the bracket, else the
 * bracket is halved, so the search ends also for densities with a pole at zero.
 */
export function quantileSearch(search: QuantileSearch): number {
  let low = 0
  let high = search.high
  let x = search.start > 0 && search.start < high ? search.start : between(low, high)
  for (let turn = 0; turn < 500; turn += 1) {
    const gap = search.cdf(x) - search.p
    if (gap === 0) return x
    if (gap < 0) low = x
    else high = x
    const step = gap / search.density(x)
    const newton = x - step
    const next = newton > low && newton < high ? newton : between(low, high)
    if (Math.abs(next - x) <= 2e-16 * x || next === low || next === high) return next
    x = next
  }
  return x
}

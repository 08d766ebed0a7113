// How much more or less than usual comes in each month of the year, as far as the years behind can tell.

export interface MonthBehind {
  /** January 1 … December 12. */
  readonly month: number
  readonly value: number
  /** Working days. */
  readonly days: number
}

/** Years below which a month cannot be told from a whim. */
const YEARS_LEAST = 2

/**
 * Weight per working day of each month, January first; the mean over the months is 1. Every year is set
 * against its own mean, so that growth is no season. Indices are drawn towards 1 by how much the same
 * month differs from year to year (empirical Bayes: between-month variance over the whole); with fewer
 * than two whole years, or nothing sold in one of them, every month weighs 1.
 * `behind`: whole months in order, without a gap, up to the last.
 */
export function seasonWeights(behind: readonly MonthBehind[]): number[] {
  const years = Math.floor(behind.length / 12)
  const flat = Array.from({ length: 12 }, () => 1)
  if (years < YEARS_LEAST) return flat
  const used = behind.slice(-12 * years)
  const ratios: number[][] = flat.map(() => [])
  for (let year = 0; year < years; year += 1) {
    const months = used.slice(12 * year, 12 * year + 12)
    const sum = months.reduce((all, { value }) => all + value, 0)
    const days = months.reduce((all, one) => all + one.days, 0)
    if (!(sum > 0) || months.some((one) => one.days <= 0)) return flat
    for (const one of months) {
      ratios[one.month - 1]?.push(one.value / one.days / (sum / days))
    }
  }
  const means = ratios.map((list) => mean(list))
  const within = ratios.reduce(
    (all, list, i) => all + list.reduce((sum, ratio) => sum + (ratio - (means[i] ?? 1)) ** 2, 0),
    0,
  )
  const noise = within / (12 * (years - 1)) / years
  const centre = mean(means)
  const between = means.reduce((all, one) => all + (one - centre) ** 2, 0) / 11
  const trust = between > noise ? (between - noise) / between : 0
  const drawn = means.map((one) => Math.max(LOWEST, 1 + trust * (one / centre - 1)))
  const whole = mean(drawn)
  return drawn.map((one) => one / whole)
}

/** A month in which nothing has ever been sold may still see a sale. */
const LOWEST = 0.1

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

// How much more or less than usual comes in each month of the year, and how it grows, as far as the years behind can tell.

export interface MonthBehind {
  /** January 1 … December 12. */
  readonly month: number
  readonly value: number
  /** Working days. */
  readonly days: number
}

export interface SeasonAndGrowth {
  /** Weight per working day of each month, January first; the mean of the twelve is 1. */
  readonly weights: readonly number[]
  /** Growth per year as a logarithm. */
  readonly growth: number
}

/** Years below which a month cannot be told from a whim. */
const YEARS_LEAST = 2
/** A month in which nothing has ever been sold may still see a sale. */
const LOWEST = 0.1
/** Standard deviation of growth from year to year before anything is known: policy, not mathematics. */
const GROWTH_SPREAD = 0.15

const unknown: SeasonAndGrowth = { weights: Array.from({ length: 12 }, () => 1), growth: 0 }

/**
 * Every year is set against its own mean, so that growth is no season. Indices are drawn towards 1 by how
 * much the same month differs from year to year, and growth (a straight line through the logarithms of
 * the years) towards none by how uncertain it is: empirical Bayes in both. With fewer than two whole
 * years, or nothing sold in one of them, every month weighs 1 and nothing grows.
 * `behind`: whole months in order, without a gap, up to the last.
 */
export function seasonAndGrowth(behind: readonly MonthBehind[]): SeasonAndGrowth {
  const count = Math.floor(behind.length / 12)
  if (count < YEARS_LEAST) return unknown
  const used = behind.slice(-12 * count)
  const ratios: number[][] = unknown.weights.map(() => [])
  const levels: number[] = []
  for (let year = 0; year < count; year += 1) {
    const months = used.slice(12 * year, 12 * year + 12)
    const sum = months.reduce((all, { value }) => all + value, 0)
    const days = months.reduce((all, one) => all + one.days, 0)
    if (!(sum > 0) || months.some((one) => one.days <= 0)) return unknown
    levels.push(Math.log(sum / days))
    for (const one of months) ratios[one.month - 1]?.push(one.value / one.days / (sum / days))
  }
  const means = ratios.map(mean)
  const squares = ratios.reduce(
    (all, list, i) => all + list.reduce((sum, ratio) => sum + (ratio - (means[i] ?? 1)) ** 2, 0),
    0,
  )
  const within = squares / (12 * (count - 1))
  return { weights: weightsOf(means, within / count), growth: growthOf(levels, within / 12) }
}

/** Means drawn towards the whole by what of their spread is only noise. */
function weightsOf(means: readonly number[], noise: number): number[] {
  const centre = mean(means)
  const between = means.reduce((all, one) => all + (one - centre) ** 2, 0) / 11
  const trust = between > noise ? (between - noise) / between : 0
  const drawn = means.map((one) => Math.max(LOWEST, 1 + trust * (one / centre - 1)))
  const whole = mean(drawn)
  return drawn.map((one) => one / whole)
}

/** Slope of the levels of the years; `noise` is the variance of one. */
function growthOf(levels: readonly number[], noise: number): number {
  const middle = (levels.length - 1) / 2
  let [across, along] = [0, 0]
  levels.forEach((level, i) => {
    across += (i - middle) * level
    along += (i - middle) ** 2
  })
  return ((across / along) * GROWTH_SPREAD ** 2) / (GROWTH_SPREAD ** 2 + noise / along)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

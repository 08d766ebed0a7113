// Where to look first: the few places in which a change lies, more than chance and their size explain.
import { twoSidedZ } from '../../../methods/normal.ts'
import { policy } from '../../../methods/policy.ts'
import type { DimensionId } from '../contract.ts'

/** How one cell of a dimension moved between two periods. */
export interface Movement {
  /** Null: facts that belong to no cell; they count for the whole and are never a place. */
  cell: string | null
  /** Part of the whole's change that lies in the cell, as divided in `contribution.ts`. */
  change: number
  /**
   * How large the cell is, in anything that adds up, both periods together: what it would share of
   * the change if everything moved alike. From 0 on.
   */
  size: number
  /** Variance of `change` by chance alone, in its unit squared; see the functions below. */
  variance: number
}

/** Cells of one dimension; they do not overlap, and together they are the whole. */
export interface DimensionMovements {
  dimension: DimensionId
  movements: readonly Movement[]
}

export interface Candidate {
  dimension: DimensionId
  cell: string
  change: number
  /** Of the whole change: above 1 or below 0 where other cells moved the other way; null: no change. */
  share: number | null
  /** What is left of `change` when the cell's size had its part of the whole change. */
  excess: number
  /** Chance alone keeps `excess` within ± this, in all cells looked at together. */
  noise: number
}

/** What names a cell among those of all dimensions. */
export type PlaceKey = Pick<Candidate, 'dimension' | 'cell'>

export interface Place extends Candidate {
  /** Other cells that are this change seen from another side: one seller who is all of an office. */
  alike: PlaceKey[]
  /** An earlier place in which nearly all of this one lies. */
  within: PlaceKey | null
}

/** A place carries at least this part of the whole change. */
const shareLeast = 0.1
/** Two cells say the same when what each changed outside the other is at most this part of its change. */
const outsideMost = 0.2
const candidatesMost = 12
const placesMost = 3

/**
 * Cells that moved further than chance explains, and further than they would have if everything had
 * moved alike, at most 12, largest change first (ties in the order given). Looking at many cells is
 * paid for: the bound holds for all of them together (Bonferroni). A dimension with a single cell
 * says nothing and gives none. Variances of cells are taken as independent.
 */
export function candidates(dimensions: readonly DimensionMovements[]): Candidate[] {
  const telling = dimensions.filter(
    ({ movements }) => movements.filter(({ size }) => size > 0).length > 1,
  )
  const looked = telling.flatMap(({ movements }) => movements.filter(({ cell }) => cell !== null))
  if (looked.length === 0) return []
  const z = twoSidedZ(1 - (1 - policy.confidence) / looked.length)
  return telling
    .flatMap(({ dimension, movements }) => standingOut(dimension, movements, z))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, candidatesMost)
}

function standingOut(
  dimension: DimensionId,
  movements: readonly Movement[],
  z: number,
): Candidate[] {
  const sum = (of: (movement: Movement) => number) =>
    movements.reduce((all, movement) => all + of(movement), 0)
  const [total, size, variance] = [sum((m) => m.change), sum((m) => m.size), sum((m) => m.variance)]
  return movements.flatMap((movement): Candidate[] => {
    const { cell, change } = movement
    if (cell === null) return []
    const weight = movement.size / size
    const excess = change - weight * total
    const others = variance - movement.variance
    const noise = z * Math.sqrt((1 - weight) ** 2 * movement.variance + weight ** 2 * others)
    const moved =
      Math.abs(change) > z * Math.sqrt(movement.variance) &&
      Math.abs(change) >= shareLeast * Math.abs(total)
    const further = change * excess > 0 && Math.abs(excess) > noise
    if (!(moved && further)) return []
    return [{ dimension, cell, change, share: total === 0 ? null : change / total, excess, noise }]
  })
}

/**
 * At most three places, largest change first, no two of which say the same. `together`: how much of
 * the whole change lies in the facts that both cells have in common; undefined when nobody counted
 * them, and the two then stand side by side.
 */
export function noteworthy(
  found: readonly Candidate[],
  together: (a: PlaceKey, b: PlaceKey) => number | undefined,
): Place[] {
  const places: Place[] = []
  for (const candidate of found) {
    const key: PlaceKey = { dimension: candidate.dimension, cell: candidate.cell }
    const shared = (place: Place) =>
      place.dimension === candidate.dimension ? undefined : together(place, key)
    const inside = places.filter((place) => covers(shared(place), candidate))
    const same = inside.find((place) => covers(shared(place), place))
    if (same) same.alike.push(key)
    else if (places.length < placesMost) {
      const [around] = inside
      const within = around ? { dimension: around.dimension, cell: around.cell } : null
      places.push({ ...candidate, alike: [], within })
    }
  }
  return places
}

/** Whether the common facts carry nearly all of a cell's change. */
function covers(shared: number | undefined, { change }: Candidate): boolean {
  return shared !== undefined && Math.abs(change - shared) <= outsideMost * Math.abs(change)
}

/** Of a difference of two counts, each as random as calls that come in (Poisson). */
export function varianceOfCounts(before: number, now: number): number {
  return before + now
}

/**
 * Of a difference of two sums, each a random number of amounts of random size (compound Poisson):
 * the sum of all squared amounts of both periods.
 */
export function varianceOfSums(squaresBefore: number, squaresNow: number): number {
  return squaresBefore + squaresNow
}

/** Sums over the facts of one cell and period, x being what the numerator adds and y the denominator. */
export interface Products {
  xx: number
  xy: number
  yy: number
}

/** Won of closed deals: x is 1 for a deal won and else 0, y is 1 for every deal. */
export function productsOfShare(successes: number, trials: number): Products {
  return { xx: successes, xy: successes, yy: trials }
}

/**
 * Of what a cell contributes to the change of a ratio (in 1, not in steps): in either period it adds
 * Σ(x − R·y)/D to it, R being the mean of the whole's two ratios and D the whole's denominator. Facts
 * are taken as coming at random, so that the variance is Σ(x − R·y)²/D².
 */
export function varianceOfRatio(
  cell: { readonly before: Products; readonly now: Products },
  whole: {
    readonly ratio: number
    readonly denominatorBefore: number
    readonly denominatorNow: number
  },
): number {
  const squares = ({ xx, xy, yy }: Products) =>
    Math.max(0, xx - 2 * whole.ratio * xy + whole.ratio ** 2 * yy)
  return (
    squares(cell.before) / whole.denominatorBefore ** 2 +
    squares(cell.now) / whole.denominatorNow ** 2
  )
}

// The figures whose change can be divided into parts, as the browser knows them.
import type { Answer } from '../../../web/client.ts'
import type { DimensionId } from '../contract.ts'
import { type FilterDimension, filterDimensions } from './selection.ts'

type Divisible = Answer<'results.changes'>['metric']

/** As the contract lists them; the type sees that none is missing. */
const divisible: Readonly<Record<Divisible, true>> = {
  revenue: true,
  units: true,
  'deals-won': true,
  'deals-lost': true,
  activities: true,
  'win-rate': true,
  'average-deal': true,
  discount: true,
  'returns-share': true,
  'repeat-share': true,
}
export const divisibleIds = Object.keys(divisible) as Divisible[]

/**
 * The dimension a change is divided by: the one of the address where the metric has it, else the
 * first it has; `mended` says that another one was asked for. Undefined while it is not known.
 */
export function dividedBy(
  given: string | undefined,
  offered: readonly DimensionId[] | undefined,
): { by: FilterDimension; mended: boolean } | undefined {
  const fitting = filterDimensions.filter((one) => offered?.includes(one))
  const [first] = fitting
  if (first === undefined) return undefined
  const asked = fitting.find((one) => one === given)
  return { by: asked ?? first, mended: given !== undefined && asked === undefined }
}

/** The metric of that name, if its change can be divided. */
export function divisibleNamed(name: string): Divisible | undefined {
  return divisibleIds.find((one) => one === name)
}

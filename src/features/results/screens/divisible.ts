// The figures whose change can be divided into parts, as the browser knows them.
import type { Answer } from '../../../web/client.ts'

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

/** The metric of that name, if its change can be divided. */
export function divisibleNamed(name: string): Divisible | undefined {
  return divisibleIds.find((one) => one === name)
}

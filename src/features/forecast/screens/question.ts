// The question of the page, read from the address: metric, length and number of periods, whose figures, known when.
import { useSearch } from '../../../web/address.tsx'
import type { Given } from '../../../web/client.ts'
import { useLanguage } from '../../../web/language.ts'

export const forecastMetrics = [
  'revenue',
  'margin',
  'units',
  'deals-won',
  'activities',
  'new-customers',
] as const
export type ForecastMetric = (typeof forecastMetrics)[number]
export const grains = ['week', 'month', 'quarter'] as const
export type Grain = (typeof grains)[number]

/** How far ahead is offered, by length of a period. */
export const horizons: Readonly<Record<Grain, readonly number[]>> = {
  week: [4, 8, 13],
  month: [3, 6, 12],
  quarter: [2, 4, 8],
}

export interface ForecastQuestion {
  metric: ForecastMetric
  by: Grain
  horizon: number
  team: string | undefined
  seller: string | undefined
  asOf: string | undefined
  input: Given<'forecast.show'>
}

/** What cannot be asked becomes what is asked at first. */
export function useForecastQuestion(): ForecastQuestion {
  const search = useSearch()
  const lang = useLanguage()
  const metric = forecastMetrics.find((one) => one === search.metric) ?? 'revenue'
  const by = grains.find((one) => one === search.by) ?? 'month'
  const asked = Number(search.horizon)
  const horizon =
    Number.isInteger(asked) && asked >= 1 && asked <= 24 ? asked : (horizons[by][1] ?? 6)
  const { team, seller, asOf } = search
  const whose = team !== undefined ? { team } : seller !== undefined ? { seller } : {}
  return {
    ...{ metric, by, horizon, asOf },
    team: whose.team,
    seller: whose.seller,
    input: { metric, by, horizon, lang, ...whose, ...(asOf === undefined ? {} : { asOf }) },
  }
}

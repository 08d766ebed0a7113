// What is said of a forecast in sentences, in English and German.
import type { Unit } from '../../../basics/figure.ts'
import type { Period } from '../../../basics/period.ts'
import type { Prediction } from '../../../methods/prediction.ts'
import type { ForecastMethod } from '../contract.ts'
import type { BackTestSummary, Needed, SeriesGrain } from './series-models.ts'

/** Numbers, amounts and days inside sentences, as results writes them. */
interface Writer {
  readonly lang: 'en' | 'de'
  count(value: number): string
  rate(value: number, digits?: number): string
  shortMoney(minor: number, currency: string): string
  date(day: string): string
  period(period: Period): string
}

export interface Speech {
  w: Writer
  unit: Unit
  currency: string
}

const inWords = {
  week: { en: 'weeks', de: 'Wochen' },
  month: { en: 'months', de: 'Monaten' },
  quarter: { en: 'quarters', de: 'Quartalen' },
} as const

export const methodNames: Readonly<Record<ForecastMethod, { en: string; de: string }>> = {
  seasonal_naive: { en: 'same period of last year', de: 'gleicher Zeitraum des Vorjahres' },
  level: { en: 'smoothed level', de: 'geglättetes Niveau' },
  holt_winters_additive: {
    en: 'Holt–Winters with added seasons',
    de: 'Holt-Winters mit addierter Saison',
  },
  holt_winters_multiplicative: {
    en: 'Holt–Winters with multiplied seasons',
    de: 'Holt-Winters mit multiplizierter Saison',
  },
  pipeline: { en: 'open deals', de: 'offene Verkaufschancen' },
  combination: { en: 'both together', de: 'beides zusammen' },
}

/** The baseline without seasons repeats the last value. */
export function methodName(method: ForecastMethod, season: number, lang: 'en' | 'de'): string {
  if (method === 'seasonal_naive' && season === 1) {
    return lang === 'de' ? 'letzter Zeitraum' : 'last period'
  }
  return methodNames[method][lang]
}

export function say({ w }: Speech, en: string, de: string): string {
  return w.lang === 'de' ? de : en
}

export function amountText({ w, unit, currency }: Speech, value: number): string {
  return unit === 'money' ? w.shortMoney(Math.round(value), currency) : w.count(Math.round(value))
}

export function stretchText(speech: Speech, periods: readonly Period[]): string {
  const [first, last] = [periods[0], periods.at(-1)]
  if (!first || !last) return ''
  const { w } = speech
  const text =
    first.id === last.id
      ? w.period(first)
      : say(
          speech,
          `${w.period(first)} to ${w.period(last)}`,
          `${w.period(first)} bis ${w.period(last)}`,
        )
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** “October 2026 to March 2027: likely between 1.20 M and 1.50 M; the open deals say 1.30 M.” */
export function findingText(
  speech: Speech,
  periods: readonly Period[],
  total: Prediction,
  pipeline: number | undefined,
): string {
  const [low, high] = [amountText(speech, total.low80), amountText(speech, total.high80)]
  const when = stretchText(speech, periods)
  const open = pipeline === undefined ? undefined : amountText(speech, pipeline)
  return say(
    speech,
    `${when}: likely between ${low} and ${high}${open ? `; the open deals say ${open}` : ''}.`,
    `${when}: wahrscheinlich zwischen ${low} und ${high}${open ? `; aus den offenen Verkaufschancen ergeben sich ${open}` : ''}.`,
  )
}

/** “Not enough data yet: 10 of 36 months.” */
export function shortOf(
  speech: Speech,
  grain: SeriesGrain,
  have: number,
  { seasonal }: Needed,
): string {
  const { en, de } = inWords[grain]
  return say(
    speech,
    `Not enough data yet: ${have} of ${seasonal} ${en}.`,
    `Noch nicht genug Daten: ${have} von ${seasonal} ${de}.`,
  )
}

/** The same, with what each step of the way brings. */
export function missingText(
  speech: Speech,
  grain: SeriesGrain,
  have: number,
  needed: Needed,
): string {
  const { baseline, tested, seasonal } = needed
  const { en, de } = inWords[grain]
  const steps =
    seasonal === tested
      ? ''
      : say(
          speech,
          ` The same period of last year is shown from ${baseline}, tested from ${tested}, a model with seasons from ${seasonal} ${en} on.`,
          ` Der gleiche Zeitraum des Vorjahres wird ab ${baseline} gezeigt, geprüft ab ${tested}, ein Modell mit Saison ab ${seasonal} ${de}.`,
        )
  return shortOf(speech, grain, have, needed) + steps
}

/** “20 of 24 were inside the 80 % interval”. */
export function insideText(speech: Speech, inside: BackTestSummary['inside80']): string {
  const { w } = speech
  const [held, of] = [w.count(Math.round((inside.value ?? 0) * inside.n)), w.count(inside.n)]
  return say(
    speech,
    `${held} of ${of} were inside the 80 % interval`,
    `${held} von ${of} lagen im 80-%-Intervall`,
  )
}

/** How a method did against the baseline, and whether its intervals held. */
export function backTestText(
  speech: Speech,
  name: string,
  { summary, baseline }: { summary: BackTestSummary; baseline: boolean },
): string {
  const { origins } = summary
  const held = insideText(speech, summary.inside80)
  const error = amountText(speech, summary.mae)
  if (baseline) {
    return say(
      speech,
      `Over ${origins} earlier points the baseline (${name}) was off by ${error} on average; ${held}.`,
      `An ${origins} früheren Zeitpunkten lag die Vergleichslinie (${name}) im Mittel um ${error} daneben; ${held}.`,
    )
  }
  const naive = amountText(speech, summary.naiveMae)
  return say(
    speech,
    `Over ${origins} earlier points ${name} was off by ${error} on average, the baseline by ${naive}; ${held}.`,
    `An ${origins} früheren Zeitpunkten lag ${name} im Mittel um ${error} daneben, die Vergleichslinie um ${naive}; ${held}.`,
  )
}

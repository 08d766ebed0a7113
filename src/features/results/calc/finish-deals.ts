// Deals won and lost, win rate, pipeline, average deal and sales cycle: figure and explanation.
import type { Figure } from '../../../basics/figure.ts'
import { meanFromMoments } from '../../../methods/mean-ci.ts'
import { medianOfHistogram } from '../../../methods/median-ci.ts'
import {
  count,
  counts,
  deals,
  type Finisher,
  type Given,
  limits,
  missing,
  money,
  plural,
  share,
} from './finish-words.ts'
import { metrics } from './metrics.ts'

export function closedDeals(piece: 'won' | 'lost'): Finisher {
  return (counted, given) => {
    const { say } = given
    const n = counted.get(piece)
    return {
      figure: count(n),
      explain: () => ({
        text:
          piece === 'won'
            ? say(`${deals(given, n)} won`, `${deals(given, n)} gewonnen`)
            : say(`${deals(given, n)} lost`, `${deals(given, n)} verloren`),
        parts: [],
        method: null,
        leftOut: [say('Open deals do not count.', 'Offene Verkaufschancen zählen nicht.')],
      }),
    }
  }
}

export const winRate: Finisher = (counted, given) => {
  const { w, say } = given
  const [won, lost] = [counted.get('won'), counted.get('lost')]
  const none = say(
    'No deal was closed in this period.',
    'In diesem Zeitraum wurde keine Verkaufschance abgeschlossen.',
  )
  const { figure, method } = share(won, won + lost, given, none)
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? none
          : say(
              `${w.count(won)} won ÷ (${w.count(won)} won + ${w.count(lost)} lost) = ${w.rate(figure.value)}`,
              `${w.count(won)} gewonnen ÷ (${w.count(won)} gewonnen + ${w.count(lost)} verloren) = ${w.rate(figure.value)}`,
            ),
      parts: [
        { label: metrics['deals-won'].name[given.lang], figure: count(won) },
        { label: metrics['deals-lost'].name[given.lang], figure: count(lost) },
      ],
      method,
      leftOut: [say('Open deals do not count.', 'Offene Verkaufschancen zählen nicht.')],
    }),
  }
}

function noAmounts({ w, say }: Given, open: number): string {
  if (open === 1) {
    return say(
      'The one open deal has no amount.',
      'Die eine offene Verkaufschance hat keinen Betrag.',
    )
  }
  return say(
    `None of the ${w.count(open)} open deals has an amount.`,
    `Keine der ${w.count(open)} offenen Verkaufschancen hat einen Betrag.`,
  )
}

export const pipeline: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [open, rated, unrated] = [
    counted.get('open'),
    counted.get('openRated'),
    counted.get('openUnrated'),
  ]
  const [base, bare] = [counted.get('openBase'), counted.get('openWithoutAmount')]
  const [undated, since] = [counted.get('openUndated'), counted.get('openClosedSince')]
  let figure = money(base, rated, currency)
  if (open > 0 && rated === 0) {
    figure =
      unrated > 0
        ? missing(
            given,
            'rate_missing',
            say(
              `There is no rate to ${currency} for ${deals(given, unrated)}.`,
              `Für ${deals(given, unrated)} gibt es keinen Kurs zu ${currency}.`,
            ),
          )
        : missing(given, 'not_measured', noAmounts(given, open))
  }
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : say(
              `${deals(given, rated)} open at the end of the period = ${w.money(base, currency)}`,
              `${deals(given, rated)} offen am Ende des Zeitraums = ${w.money(base, currency)}`,
            ),
      parts: [{ label: say('Open deals', 'Offene Verkaufschancen'), figure: count(open) }],
      method: null,
      leftOut: counts(
        [
          bare,
          say(
            `${deals(given, bare)} without an amount: listed, not summed.`,
            `${deals(given, bare)} ohne Betrag: aufgeführt, nicht summiert.`,
          ),
        ],
        [
          unrated,
          say(
            `${deals(given, unrated)} in a currency without a rate: listed, not summed.`,
            `${deals(given, unrated)} in einer Währung ohne Kurs: aufgeführt, nicht summiert.`,
          ),
        ],
        [
          undated,
          say(
            `${deals(given, undated)} without an opening day ${plural(undated, 'is', 'are')} taken as open then.`,
            `${deals(given, undated)} ohne Eröffnungstag ${plural(undated, 'gilt', 'gelten')} als damals schon offen.`,
          ),
        ],
        [
          since,
          say(
            `${deals(given, since)} closed since then ${plural(since, 'counts', 'count')} with the amount known today.`,
            `${deals(given, since)}, seither abgeschlossen, ${plural(since, 'zählt', 'zählen')} mit dem heute bekannten Betrag.`,
          ),
        ],
      ),
    }),
  }
}

export const averageDeal: Finisher = (counted, given) => {
  const { w, say, currency, metric } = given
  const [won, n, unrated] = [counted.get('won'), counted.get('wonRated'), counted.get('wonUnrated')]
  const sum = counted.get('wonBase')
  const estimate = meanFromMoments({ n, sum, squaredDeviations: counted.get('wonDeviations') })
  const enough = n >= metric.minimum
  const more = metric.minimum - n
  const figure: Figure = enough
    ? { ...limits(estimate, Math.round), n, currency, unit: 'money' }
    : missing(
        given,
        won > 0 && unrated === won ? 'rate_missing' : 'not_enough_data',
        say(
          `Not enough data yet: ${deals(given, n)} won with an amount, ${metric.minimum} are needed.`,
          `Noch nicht genug Daten: ${deals(given, n)} mit Betrag gewonnen, nötig sind ${metric.minimum}.`,
        ),
        { n, more },
      )
  return {
    figure,
    explain: () => ({
      text: enough
        ? `${w.money(sum, currency)} ÷ ${w.count(n)} = ${w.money(Math.round(sum / n), currency)}`
        : (figure.missing?.text ?? ''),
      parts: [
        { label: say('Amounts won', 'Gewonnene Beträge'), figure: money(sum, n, currency) },
        { label: metrics['deals-won'].name[given.lang], figure: count(won) },
      ],
      method:
        estimate.low === undefined || estimate.high === undefined || !enough
          ? null
          : say(
              `Student t interval, 95 %: between ${w.money(Math.round(estimate.low), currency)} and ${w.money(Math.round(estimate.high), currency)}, n = ${w.count(n)}.`,
              `t-Intervall nach Student, 95 %: zwischen ${w.money(Math.round(estimate.low), currency)} und ${w.money(Math.round(estimate.high), currency)}, n = ${w.count(n)}.`,
            ),
      leftOut: counts(
        [
          unrated,
          say(
            `${deals(given, unrated)} won in a currency without a rate ${plural(unrated, 'is', 'are')} left out.`,
            `${deals(given, unrated)}, gewonnen in einer Währung ohne Kurs, ${plural(unrated, 'bleibt', 'bleiben')} außen vor.`,
          ),
        ],
        [
          won - n - unrated,
          say(
            `${deals(given, won - n - unrated)} won without an amount: left out.`,
            `${deals(given, won - n - unrated)} ohne Betrag gewonnen: außen vor.`,
          ),
        ],
      ),
    }),
  }
}

export const salesCycle: Finisher = (counted, given) => {
  const { w, say, metric } = given
  const estimate = medianOfHistogram(new Map(counted.cycle))
  const { n } = estimate
  const undated = counted.get('wonUndated')
  const enough = n >= metric.minimum
  const figure: Figure = enough
    ? { ...limits(estimate), n, unit: 'days' }
    : missing(
        given,
        'not_enough_data',
        say(
          `Not enough data yet: ${deals(given, n)} won with both days, ${metric.minimum} are needed.`,
          `Noch nicht genug Daten: ${deals(given, n)} mit beiden Tagen gewonnen, nötig sind ${metric.minimum}.`,
        ),
        { n, more: metric.minimum - n },
      )
  const days = (value: number) => w.number(value, Number.isInteger(value) ? 0 : 1)
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : say(
              `The middle of ${deals(given, n)} in order of their days = ${days(figure.value)} days`,
              `Die Mitte von ${deals(given, n)}, nach Tagen geordnet = ${days(figure.value)} Tage`,
            ),
      parts: [],
      method:
        figure.low === undefined || figure.high === undefined
          ? null
          : say(
              `Interval by order statistics, at least 95 %: between ${days(figure.low)} and ${days(figure.high)} days, n = ${w.count(n)}.`,
              `Intervall aus Ordnungsstatistiken, mindestens 95 %: zwischen ${days(figure.low)} und ${days(figure.high)} Tagen, n = ${w.count(n)}.`,
            ),
      leftOut: counts([
        undated,
        say(
          `${deals(given, undated)} won without an opening day ${plural(undated, 'is', 'are')} left out.`,
          `${deals(given, undated)}, ohne Eröffnungstag gewonnen, ${plural(undated, 'bleibt', 'bleiben')} außen vor.`,
        ),
      ]),
    }),
  }
}

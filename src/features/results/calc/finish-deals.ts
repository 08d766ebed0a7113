// Deals opened, won and lost, win rate, average deal, sales cycle and time in stage: figure and explanation.
import type { Figure } from '../../../basics/figure.ts'
import { meanFromMoments } from '../../../methods/mean-ci.ts'
import { medianOfHistogram } from '../../../methods/median-ci.ts'
import {
  count,
  counts,
  deals,
  type Explained,
  type Finisher,
  type Given,
  limits,
  missing,
  money,
  plural,
  share,
} from './finish-words.ts'
import { metrics } from './metrics.ts'
import type { Counted } from './pieces.ts'

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

export const dealsOpened: Finisher = (counted, given) => {
  const { say } = given
  const n = counted.get('opened')
  return {
    figure: count(n),
    explain: () => ({
      text: say(`${deals(given, n)} opened`, `${deals(given, n)} eröffnet`),
      parts: [],
      method: null,
      leftOut: [
        say(
          'Deals without an opening day do not count.',
          'Verkaufschancen ohne Eröffnungstag zählen nicht.',
        ),
      ],
    }),
  }
}

export const salesCycle: Finisher = (counted, given) => {
  const { say, metric } = given
  const undated = counted.get('wonUndated')
  return medianDays(counted.cycle, given, {
    tooFew: (n) =>
      say(
        `Not enough data yet: ${deals(given, n)} won with both days, ${metric.minimum} are needed.`,
        `Noch nicht genug Daten: ${deals(given, n)} mit beiden Tagen gewonnen, nötig sind ${metric.minimum}.`,
      ),
    among: (n) => deals(given, n),
    leftOut: () =>
      counts([
        undated,
        say(
          `${deals(given, undated)} won without an opening day ${plural(undated, 'is', 'are')} left out.`,
          `${deals(given, undated)}, ohne Eröffnungstag gewonnen, ${plural(undated, 'bleibt', 'bleiben')} außen vor.`,
        ),
      ]),
  })
}

export const timeInStage: Finisher = (counted, given) => {
  const { w, say, metric } = given
  return medianDays(counted.stays, given, {
    tooFew: (n) =>
      say(
        `Not enough data yet: a stage was left ${w.count(n)} ${plural(n, 'time', 'times')}, ${metric.minimum} are needed.`,
        `Noch nicht genug Daten: ${w.count(n)}-mal wurde eine Phase verlassen, nötig sind ${metric.minimum}.`,
      ),
    among: (n) =>
      say(
        `${w.count(n)} ${plural(n, 'stay', 'stays')} in a stage`,
        `${w.count(n)} ${plural(n, 'Aufenthalt', 'Aufenthalten')} in einer Phase`,
      ),
    leftOut: () => [
      say(
        'Stages that deals have not left yet do not count: how long they will take is not known. Neither do deals whose way is not on record.',
        'Phasen, in denen Verkaufschancen noch stehen, zählen nicht: Wie lange sie dauern werden, ist nicht bekannt. Ebenso wenig zählen Verkaufschancen, deren Weg nicht erfasst ist.',
      ),
    ],
  })
}

/** The median of days with its interval, or how many more are needed. */
function medianDays(
  histogram: Counted['cycle'],
  given: Given,
  words: {
    tooFew: (n: number) => string
    among: (n: number) => string
    leftOut: () => string[]
  },
): Explained {
  const { w, say, metric } = given
  const estimate = medianOfHistogram(new Map(histogram))
  const { n } = estimate
  const figure: Figure =
    n >= metric.minimum
      ? { ...limits(estimate), n, unit: 'days' }
      : missing(given, 'not_enough_data', words.tooFew(n), { n, more: metric.minimum - n })
  const days = (value: number) => w.number(value, Number.isInteger(value) ? 0 : 1)
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : say(
              `The middle of ${words.among(n)} in order of their days = ${days(figure.value)} days`,
              `Die Mitte von ${words.among(n)}, nach Tagen geordnet = ${days(figure.value)} Tage`,
            ),
      parts: [],
      method:
        figure.low === undefined || figure.high === undefined
          ? null
          : say(
              `Interval by order statistics, at least 95 %: between ${days(figure.low)} and ${days(figure.high)} days, n = ${w.count(n)}.`,
              `Intervall aus Ordnungsstatistiken, mindestens 95 %: zwischen ${days(figure.low)} und ${days(figure.high)} Tagen, n = ${w.count(n)}.`,
            ),
      leftOut: words.leftOut(),
    }),
  }
}

// Pipeline, weighted pipeline and sales velocity: figure and explanation.
import type { Figure } from '../../../basics/figure.ts'
import { policy } from '../../../methods/policy.ts'
import { salesVelocity } from '../../../methods/sales-velocity.ts'
import {
  count,
  counts,
  deals,
  type Explained,
  type Finisher,
  type Given,
  missing,
  money,
  plural,
} from './finish-words.ts'
import { metrics } from './metrics.ts'
import type { Counted } from './pieces.ts'

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

/** Open deals, but none whose amount can be put into one currency. */
function nothingRated(counted: Counted, given: Given): Figure | undefined {
  const { say, currency } = given
  const [open, rated, unrated] = [
    counted.get('open'),
    counted.get('openRated'),
    counted.get('openUnrated'),
  ]
  if (open === 0 || rated > 0) return undefined
  return unrated > 0
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

/** Open deals that are listed and not summed. */
function notSummed(counted: Counted, given: Given): [number, string][] {
  const { say } = given
  const [bare, unrated] = [counted.get('openWithoutAmount'), counted.get('openUnrated')]
  return [
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
  ]
}

export const pipeline: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [open, rated] = [counted.get('open'), counted.get('openRated')]
  const base = counted.get('openBase')
  const [undated, since] = [counted.get('openUndated'), counted.get('openClosedSince')]
  const figure = nothingRated(counted, given) ?? money(base, rated, currency)
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
        ...notSummed(counted, given),
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

export const weightedPipeline: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [rated, chanced] = [counted.get('openRated'), counted.get('openChanced')]
  const [base, weighted] = [counted.get('openBase'), counted.get('openWeighted')]
  const { closed, weight } = policy.stageChance
  const figure: Figure =
    nothingRated(counted, given) ??
    (rated > 0 && chanced === 0
      ? missing(
          given,
          'not_enough_data',
          say(
            `Not enough data yet: a chance is said once ${closed} deals have been closed.`,
            `Noch nicht genug Daten: Eine Chance wird genannt, sobald ${closed} Verkaufschancen abgeschlossen sind.`,
          ),
          { n: rated },
        )
      : money(weighted, chanced, currency))
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : say(
              `${deals(given, chanced)} of ${w.money(base, currency)}, each times the chance of its stage = ${w.money(weighted, currency)}`,
              `${deals(given, chanced)} über ${w.money(base, currency)}, jede mal der Chance ihrer Phase = ${w.money(weighted, currency)}`,
            ),
      parts: [{ label: metrics.pipeline.name[given.lang], figure: money(base, rated, currency) }],
      method: say(
        `Chance of a stage: share won of all deals closed so far whose way through the stages is known and that came as far, drawn towards the win rate over all of them, which weighs as much as ${weight} deals. An expected value, no promise: deals of one customer are not independent.`,
        `Chance einer Phase: Anteil der gewonnenen an allen bisher abgeschlossenen Verkaufschancen, deren Weg durch die Phasen bekannt ist und die so weit kamen, hin zur Abschlussquote über alle gezogen, die so viel wiegt wie ${weight} Verkaufschancen. Ein Erwartungswert, kein Versprechen: Verkaufschancen desselben Kunden hängen zusammen.`,
      ),
      leftOut: counts(...notSummed(counted, given)),
    }),
  }
}

/** Mean of the days that deals won in the period took; undefined without any. */
function meanDays(counted: Counted): { days: number; n: number } | undefined {
  const n = counted.cycle.reduce((sum, [, times]) => sum + times, 0)
  if (n === 0) return undefined
  return { n, days: counted.cycle.reduce((sum, [days, times]) => sum + days * times, 0) / n }
}

export const velocity: Finisher = (counted, given) => {
  const { say, currency, metric } = given
  const [open, won, lost] = [counted.get('open'), counted.get('won'), counted.get('lost')]
  const [n, base] = [counted.get('wonRated'), counted.get('wonBase')]
  const cycle = meanDays(counted)
  const pace =
    n < metric.minimum || !cycle
      ? undefined
      : salesVelocity({
          opportunities: open,
          winRate: won / (won + lost),
          averageValue: base / n,
          cycleDays: cycle.days,
        })
  const value = pace?.perDay === undefined ? undefined : Math.round(pace.perDay)
  const figure: Figure =
    value === undefined
      ? missing(
          given,
          'not_enough_data',
          pace
            ? say(
                'All deals were won on the day they were opened: there is no pace to measure.',
                'Alle Verkaufschancen wurden am Tag ihrer Eröffnung gewonnen: Ein Tempo ist nicht zu messen.',
              )
            : say(
                `Not enough data yet: ${deals(given, n)} won with amount and both days, ${metric.minimum} are needed.`,
                `Noch nicht genug Daten: ${deals(given, n)} mit Betrag und beiden Tagen gewonnen, nötig sind ${metric.minimum}.`,
              ),
          { n },
        )
      : { value, n: won, currency, unit: 'money' }
  return { figure, explain: () => explainVelocity(counted, given, figure, cycle) }
}

function explainVelocity(
  counted: Counted,
  given: Given,
  figure: Figure,
  cycle: { days: number; n: number } | undefined,
): ReturnType<Explained['explain']> {
  const { w, say, currency, lang } = given
  const [open, won, lost] = [counted.get('open'), counted.get('won'), counted.get('lost')]
  const [n, base] = [counted.get('wonRated'), counted.get('wonBase')]
  const undated = counted.get('wonUndated')
  const rate = won / (won + lost)
  const days = cycle ? w.number(cycle.days, 1) : ''
  return {
    text:
      figure.value === undefined
        ? (figure.missing?.text ?? '')
        : say(
            `${w.count(open)} open × ${w.rate(rate)} × ${w.money(Math.round(base / n), currency)} ÷ ${days} days = ${w.money(figure.value, currency)} per day`,
            `${w.count(open)} offen × ${w.rate(rate)} × ${w.money(Math.round(base / n), currency)} ÷ ${days} Tage = ${w.money(figure.value, currency)} je Tag`,
          ),
    parts: [
      { label: say('Open deals', 'Offene Verkaufschancen'), figure: count(open) },
      ...(won + lost > 0
        ? [
            {
              label: metrics['win-rate'].name[lang],
              figure: { value: rate, n: won + lost, unit: 'rate' as const },
            },
          ]
        : []),
      ...(n > 0
        ? [
            {
              label: metrics['average-deal'].name[lang],
              figure: money(Math.round(base / n), n, currency),
            },
          ]
        : []),
      ...(cycle
        ? [
            {
              label: say('Mean days to win', 'Mittlere Tage bis zum Gewinn'),
              figure: { value: cycle.days, n: cycle.n, unit: 'days' as const },
            },
          ]
        : []),
    ],
    method: null,
    leftOut: [
      say(
        'Compare it only with its four parts beside it: a high pace of small deals and a low one of large deals can be the same figure.',
        'Nur zusammen mit den vier Teilen zu vergleichen: Viele kleine und wenige große Abschlüsse können dieselbe Zahl ergeben.',
      ),
      ...counts([
        undated,
        say(
          `${deals(given, undated)} won without an opening day ${plural(undated, 'is', 'are')} left out of the days.`,
          `${deals(given, undated)}, ohne Eröffnungstag gewonnen, ${plural(undated, 'bleibt', 'bleiben')} bei den Tagen außen vor.`,
        ),
      ]),
    ],
  }
}

// From counted pieces to a figure and to its explanation: one computation, told in numbers and in words.
import type { Figure, Missing } from '../../../basics/figure.ts'
import type { Estimate } from '../../../methods/estimate.ts'
import { meanFromMoments } from '../../../methods/mean-ci.ts'
import { medianOfHistogram } from '../../../methods/median-ci.ts'
import { wilson } from '../../../methods/proportion-ci.ts'
import type { MetricId } from '../contract.ts'
import { type Language, type Metric, metrics } from './metrics.ts'
import type { Counted } from './pieces.ts'
import { type Writer, writer } from './words.ts'

export interface Part {
  label: string
  figure: Figure
}

export interface Explanation {
  /** The formula with its numbers. */
  text: string
  parts: Part[]
  /** Interval and method in one sentence. */
  method: string | null
  /** What is not in the figure, and why; one sentence each. */
  leftOut: string[]
}

/** A value with the words for it; the words are put together only when somebody asks. */
export interface Explained {
  figure: Figure
  explain(): Explanation
}

export interface Setting {
  /** Base currency of the organisation. */
  currency: string
  lang: Language
}

interface Given extends Setting {
  metric: Metric
  w: Writer
  /** English and German; the language asked for is taken. */
  say: (en: string, de: string) => string
}

type Finisher = (counted: Counted, given: Given) => Explained

/** Turns what was counted for one cell into the figure of a metric, with its explanation. */
export function finish(id: MetricId, counted: Counted, setting: Setting): Explained {
  const { lang } = setting
  return finishers[id](counted, {
    ...setting,
    metric: metrics[id],
    w: writer(lang),
    say: (en, de) => (lang === 'de' ? de : en),
  })
}

const money = (value: number, n: number, currency: string): Figure => ({
  value,
  n,
  currency,
  unit: 'money',
})
const count = (value: number, n = value): Figure => ({ value, n, unit: 'count' })

function missing(
  given: Given,
  code: Missing['code'],
  text: string,
  extra: { more?: number; n?: number } = {},
): Figure {
  return {
    unit: given.metric.unit,
    ...(extra.n === undefined ? {} : { n: extra.n }),
    missing: { code, text, ...(extra.more === undefined ? {} : { more: extra.more }) },
  }
}

/** Sentences with a count in front, kept only where the count is not 0. */
function counts(...entries: readonly (readonly [number, string])[]): string[] {
  return entries.filter(([n]) => n > 0).map(([, text]) => text)
}

const plural = (n: number, one: string, many: string) => (n === 1 ? one : many)

/** “3 sales” in the language asked for. */
function sales({ w, say }: Given, n: number): string {
  return `${w.count(n)} ${say(plural(n, 'sale', 'sales'), plural(n, 'Verkauf', 'Verkäufe'))}`
}

function deals({ w, say }: Given, n: number): string {
  const de = plural(n, 'Verkaufschance', 'Verkaufschancen')
  return `${w.count(n)} ${say(plural(n, 'deal', 'deals'), de)}`
}

function withoutRate(given: Given, n: number): readonly [number, string] {
  const { say } = given
  return [
    n,
    say(
      `${sales(given, n)} in a currency without a rate: listed, not summed.`,
      `${sales(given, n)} in einer Währung ohne Kurs: aufgeführt, nicht summiert.`,
    ),
  ]
}

function anonymous(given: Given, n: number): readonly [number, string] {
  const { say } = given
  return [
    n,
    say(
      `${sales(given, n)} without a customer ${plural(n, 'does', 'do')} not count here.`,
      `${sales(given, n)} ohne Kundenangabe ${plural(n, 'zählt', 'zählen')} hier nicht.`,
    ),
  ]
}

const revenue: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [rows, unrated, returns] = [counted.get('rows'), counted.get('unrated'), counted.get('returns')]
  const [base, returnBase] = [counted.get('base'), counted.get('returnBase')]
  const nothingRated = rows > 0 && rows === unrated
  const figure = nothingRated
    ? missing(
        given,
        'rate_missing',
        say(
          `None of the ${sales(given, rows)} has a rate to ${currency}.`,
          `Für keinen der ${w.count(rows)} Verkäufe gibt es einen Kurs zu ${currency}.`,
        ),
      )
    : money(base, rows - unrated, currency)
  return {
    figure,
    explain: () => {
      const sold = base - returnBase
      const total = w.money(base, currency)
      const text =
        returns === 0
          ? `${sales(given, rows)} = ${total}`
          : say(
              `Sales ${w.money(sold, currency)} − returns ${w.money(-returnBase, currency)} = ${total}`,
              `Verkäufe ${w.money(sold, currency)} − Rückgaben ${w.money(-returnBase, currency)} = ${total}`,
            )
      return {
        text: nothingRated ? (figure.missing?.text ?? '') : text,
        parts: [
          { label: say('Sales', 'Verkäufe'), figure: money(sold, rows - returns, currency) },
          { label: say('Returns', 'Rückgaben'), figure: money(returnBase, returns, currency) },
        ],
        method: null,
        leftOut: [
          say('Open and lost deals do not count.', 'Offene und verlorene Verkaufschancen zählen nicht.'),
          ...counts(withoutRate(given, unrated)),
        ],
      }
    },
  }
}

const margin: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [rows, unrated, costed] = [counted.get('rows'), counted.get('unrated'), counted.get('costed')]
  const [costBase, cost] = [counted.get('costBase'), counted.get('cost')]
  const uncosted = rows - unrated - costed
  const unknown = rows > 0 && costed === 0
  const figure = !unknown
    ? money(costBase - cost, costed, currency)
    : missing(
        given,
        'not_measured',
        say(
          'No sale in this period has a known cost. Give products a cost to measure it.',
          'Für keinen Verkauf dieses Zeitraums sind Kosten bekannt. Hinterlegen Sie Kosten bei den Produkten.',
        ),
      )
  return {
    figure,
    explain: () => ({
      text: unknown
        ? (figure.missing?.text ?? '')
        : say(
            `Revenue ${w.money(costBase, currency)} − cost ${w.money(cost, currency)} = ${w.money(costBase - cost, currency)}`,
            `Umsatz ${w.money(costBase, currency)} − Kosten ${w.money(cost, currency)} = ${w.money(costBase - cost, currency)}`,
          ),
      parts: [
        { label: say('Revenue with known cost', 'Umsatz mit bekannten Kosten'), figure: money(costBase, costed, currency) },
        { label: say('Cost', 'Kosten'), figure: money(cost, costed, currency) },
      ],
      method: null,
      leftOut: counts(
        [
          uncosted,
          say(
            `${sales(given, uncosted)} without a known cost ${plural(uncosted, 'is', 'are')} left out.`,
            `${sales(given, uncosted)} ohne bekannte Kosten ${plural(uncosted, 'bleibt', 'bleiben')} außen vor.`,
          ),
        ],
        withoutRate(given, unrated),
      ),
    }),
  }
}

const units: Finisher = (counted, given) => {
  const { w, say } = given
  const [rows, quantity, returns] = [counted.get('rows'), counted.get('quantity'), counted.get('returns')]
  return {
    figure: count(quantity, rows),
    explain: () => ({
      text: say(
        `${sales(given, rows)} with ${w.count(quantity)} ${plural(quantity, 'piece', 'pieces')}`,
        `${sales(given, rows)} mit ${w.count(quantity)} Stück`,
      ),
      parts: [],
      method: null,
      leftOut: counts([
        returns,
        say(`${w.count(returns)} of them returns, which count less.`, `Davon ${w.count(returns)} Rückgaben; sie werden abgezogen.`),
      ]),
    }),
  }
}

function closedDeals(piece: 'won' | 'lost'): Finisher {
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

/** A share of k of n with the Wilson interval, or the sentence why there is none. */
function share(k: number, n: number, given: Given, none: string): { figure: Figure; method: string | null } {
  const { w, say, metric } = given
  if (n < metric.minimum) {
    return { figure: missing(given, 'not_enough_data', none, { n, more: metric.minimum - n }), method: null }
  }
  const estimate = wilson(k, n)
  return {
    figure: { unit: 'rate', n, ...limits(estimate) },
    method: say(
      `Wilson interval, 95 %: between ${w.rate(estimate.low ?? 0)} and ${w.rate(estimate.high ?? 1)}, n = ${w.count(n)}.`,
      `Wilson-Intervall, 95 %: zwischen ${w.rate(estimate.low ?? 0)} und ${w.rate(estimate.high ?? 1)}, n = ${w.count(n)}.`,
    ),
  }
}

/** Money is kept in whole minor units, so means of it are rounded. */
function limits(
  { value, low, high }: Estimate,
  round = (number: number) => number,
): Pick<Figure, 'value' | 'low' | 'high'> {
  return {
    ...(value === undefined ? {} : { value: round(value) }),
    ...(low === undefined || high === undefined ? {} : { low: round(low), high: round(high) }),
  }
}

const winRate: Finisher = (counted, given) => {
  const { w, say } = given
  const [won, lost] = [counted.get('won'), counted.get('lost')]
  const none = say('No deal was closed in this period.', 'In diesem Zeitraum wurde keine Verkaufschance abgeschlossen.')
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

const pipeline: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [open, rated, unrated] = [counted.get('open'), counted.get('openRated'), counted.get('openUnrated')]
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
              `None of the ${deals(given, open)} has an amount in ${currency}.`,
              `Keine der ${w.count(open)} offenen Verkaufschancen hat einen Betrag in ${currency}.`,
            ),
          )
        : missing(
            given,
            'not_measured',
            say(
              `None of the ${w.count(open)} open deals has an amount.`,
              `Keine der ${w.count(open)} offenen Verkaufschancen hat einen Betrag.`,
            ),
          )
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
        [bare, say(`${deals(given, bare)} without an amount: listed, not summed.`, `${deals(given, bare)} ohne Betrag: aufgeführt, nicht summiert.`)],
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

const averageDeal: Finisher = (counted, given) => {
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

const salesCycle: Finisher = (counted, given) => {
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

const newCustomers: Finisher = (counted, given) => {
  const { w, say } = given
  const n = counted.get('firsts')
  return {
    figure: count(n),
    explain: () => ({
      text: say(
        `${w.count(n)} ${plural(n, 'customer', 'customers')} with a first purchase in this period`,
        `${w.count(n)} ${plural(n, 'Kunde', 'Kunden')} mit erstem Kauf in diesem Zeitraum`,
      ),
      parts: [],
      method: null,
      leftOut: [
        say(
          'A customer counts where the first purchase was made; what came before the records begin is not known.',
          'Ein Kunde zählt dort, wo er zuerst gekauft hat; Käufe vor Beginn der Aufzeichnungen sind unbekannt.',
        ),
        ...counts(anonymous(given, counted.get('anonymous'))),
      ],
    }),
  }
}

const repeatShare: Finisher = (counted, given) => {
  const { w, say, currency, metric } = given
  const [n, whole, repeat] = [counted.get('valued'), counted.get('valuedBase'), counted.get('repeatBase')]
  let figure: Figure = { value: whole === 0 ? 0 : repeat / whole, n, unit: 'rate' }
  if (n < metric.minimum) {
    figure = missing(
      given,
      'not_enough_data',
      say('No sale to a known customer in this period.', 'In diesem Zeitraum gibt es keinen Verkauf an bekannte Kunden.'),
      { n, more: metric.minimum - n },
    )
  } else if (whole <= 0 || repeat < 0) {
    figure = missing(
      given,
      'undefined',
      say('Sales add up to nothing, so there is no share of it.', 'Die Verkäufe ergeben zusammen nichts, also gibt es keinen Anteil daran.'),
      { n },
    )
  }
  const returns = counted.get('returns')
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : `${w.money(repeat, currency)} ÷ ${w.money(whole, currency)} = ${w.rate(figure.value)}`,
      parts: [
        { label: say('From customers who had bought before', 'Von Kunden mit früherem Kauf'), figure: money(repeat, n, currency) },
        { label: say('From all known customers', 'Von allen bekannten Kunden'), figure: money(whole, n, currency) },
      ],
      method: null,
      leftOut: counts(
        anonymous(given, counted.get('anonymous')),
        [
          returns,
          say(
            `${w.count(returns)} ${plural(returns, 'return is no purchase and is', 'returns are no purchases and are')} left out.`,
            `${w.count(returns)} ${plural(returns, 'Rückgabe ist kein Kauf und bleibt', 'Rückgaben sind keine Käufe und bleiben')} außen vor.`,
          ),
        ],
        withoutRate(given, counted.get('unrated')),
      ),
    }),
  }
}

const repurchaseRate: Finisher = (counted, given) => {
  const { w, say } = given
  const [buyers, again] = [counted.get('buyers'), counted.get('rebuyers')]
  const none = say('No known customer bought in this period.', 'In diesem Zeitraum hat kein bekannter Kunde gekauft.')
  const { figure, method } = share(again, buyers, given, none)
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? none
          : say(
              `${w.count(again)} bought on two or more days ÷ ${w.count(buyers)} who bought = ${w.rate(figure.value)}`,
              `${w.count(again)} kauften an mindestens zwei Tagen ÷ ${w.count(buyers)} Käufer = ${w.rate(figure.value)}`,
            ),
      parts: [
        { label: say('Bought on two or more days', 'An mindestens zwei Tagen gekauft'), figure: count(again) },
        { label: say('Customers who bought', 'Kunden mit Kauf'), figure: count(buyers) },
      ],
      method,
      leftOut: counts(anonymous(given, counted.get('buyerAnonymous'))),
    }),
  }
}

const notMeasured: Finisher = (_counted, given) => {
  const { say, metric, lang } = given
  const figure = missing(given, 'not_measured', say('Not measured yet.', 'Noch nicht erfasst.'))
  return {
    figure,
    explain: () => ({ text: metric.sentence[lang], parts: [], method: null, leftOut: [] }),
  }
}

const finishers: Readonly<Record<MetricId, Finisher>> = {
  revenue,
  margin,
  units,
  'deals-won': closedDeals('won'),
  'deals-lost': closedDeals('lost'),
  'win-rate': winRate,
  pipeline,
  'average-deal': averageDeal,
  'sales-cycle': salesCycle,
  'new-customers': newCustomers,
  'repeat-share': repeatShare,
  'repurchase-rate': repurchaseRate,
  satisfaction: notMeasured,
  nps: notMeasured,
  'complaint-rate': notMeasured,
}

// Customers, new customers, repeat share, repurchase rate and retention: figure and explanation.
import type { Figure } from '../../../basics/figure.ts'
import {
  anonymous,
  count,
  counts,
  type Finisher,
  missing,
  money,
  plural,
  share,
  withoutRate,
} from './finish-words.ts'

export const customers: Finisher = (counted, given) => {
  const { w, say } = given
  const n = counted.get('buyers')
  return {
    figure: count(n),
    explain: () => ({
      text: say(
        `${w.count(n)} ${plural(n, 'customer', 'customers')} with at least one purchase in this period`,
        `${w.count(n)} ${plural(n, 'Kunde', 'Kunden')} mit mindestens einem Kauf in diesem Zeitraum`,
      ),
      parts: [],
      method: null,
      leftOut: [
        say(
          'A customer who bought in several cells counts in each, and once in the whole.',
          'Wer in mehreren Gruppen gekauft hat, zählt in jeder, im Ganzen aber einmal.',
        ),
        ...counts(anonymous(given, counted.get('buyerAnonymous'))),
      ],
    }),
  }
}

export const newCustomers: Finisher = (counted, given) => {
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
          'A customer counts where the first purchase was made – of several on one day the one recorded first. What came before the records begin is not known.',
          'Ein Kunde zählt dort, wo er zuerst gekauft hat – bei mehreren Käufen an einem Tag beim zuerst erfassten. Käufe vor Beginn der Aufzeichnungen sind unbekannt.',
        ),
        ...counts(anonymous(given, counted.get('anonymous'))),
      ],
    }),
  }
}

export const repeatShare: Finisher = (counted, given) => {
  const { w, say, currency, metric } = given
  const [n, whole, repeat] = [
    counted.get('valued'),
    counted.get('valuedBase'),
    counted.get('repeatBase'),
  ]
  let figure: Figure = { value: whole === 0 ? 0 : repeat / whole, n, unit: 'rate' }
  if (n < metric.minimum) {
    figure = missing(
      given,
      'not_enough_data',
      say(
        'No sale to a known customer in this period.',
        'In diesem Zeitraum gibt es keinen Verkauf an bekannte Kunden.',
      ),
      { n, more: metric.minimum - n },
    )
  } else if (whole <= 0 || repeat < 0) {
    figure = missing(
      given,
      'undefined',
      say(
        'Sales add up to nothing, so there is no share of it.',
        'Die Verkäufe ergeben zusammen nichts, also gibt es keinen Anteil daran.',
      ),
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
        {
          label: say('From customers who had bought before', 'Von Kunden mit früherem Kauf'),
          figure: money(repeat, n, currency),
        },
        {
          label: say('From all known customers', 'Von allen bekannten Kunden'),
          figure: money(whole, n, currency),
        },
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

export const repurchaseRate: Finisher = (counted, given) => {
  const { w, say } = given
  const [buyers, again] = [counted.get('buyers'), counted.get('rebuyers')]
  const none = say(
    'No known customer bought in this period.',
    'In diesem Zeitraum hat kein bekannter Kunde gekauft.',
  )
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
        {
          label: say('Bought on two or more days', 'An mindestens zwei Tagen gekauft'),
          figure: count(again),
        },
        { label: say('Customers who bought', 'Kunden mit Kauf'), figure: count(buyers) },
      ],
      method,
      leftOut: counts(anonymous(given, counted.get('buyerAnonymous'))),
    }),
  }
}

export const retention: Finisher = (counted, given) => {
  const { w, say } = given
  const [watched, back] = [counted.get('firstsWatched'), counted.get('firstsBack')]
  const young = counted.get('firstsUnwatched')
  const none = say(
    'No customer with a first purchase in this period has been on record for 365 days since.',
    'Kein Kunde mit erstem Kauf in diesem Zeitraum ist seitdem 365 Tage lang erfasst.',
  )
  const { figure, method } = share(back, watched, given, none)
  const customersOf = (n: number) =>
    `${w.count(n)} ${say(plural(n, 'customer', 'customers'), plural(n, 'Kunde', 'Kunden'))}`
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? none
          : say(
              `${w.count(back)} bought again within 365 days ÷ ${w.count(watched)} first purchases = ${w.rate(figure.value)}`,
              `${w.count(back)} kauften innerhalb von 365 Tagen erneut ÷ ${w.count(watched)} erste Käufe = ${w.rate(figure.value)}`,
            ),
      parts: [
        {
          label: say('Bought again within 365 days', 'Innerhalb von 365 Tagen erneut gekauft'),
          figure: count(back),
        },
        {
          label: say('Customers with 365 days on record', 'Kunden mit 365 erfassten Tagen'),
          figure: count(watched),
        },
      ],
      method,
      leftOut: counts(
        [
          young,
          say(
            `${customersOf(young)} whose 365 days are not over yet ${plural(young, 'does', 'do')} not count.`,
            `${customersOf(young)}, ${plural(young, 'dessen', 'deren')} 365 Tage noch nicht um sind, ${plural(young, 'zählt', 'zählen')} noch nicht.`,
          ),
        ],
        anonymous(given, counted.get('anonymous')),
      ),
    }),
  }
}

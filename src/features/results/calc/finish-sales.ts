// Revenue, margin, units, discount and returns: figure and explanation.
import type { Figure } from '../../../basics/figure.ts'
import {
  count,
  counts,
  type Finisher,
  missing,
  money,
  plural,
  sales,
  withoutRate,
} from './finish-words.ts'

export const revenue: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [rows, unrated, returns] = [
    counted.get('rows'),
    counted.get('unrated'),
    counted.get('returns'),
  ]
  const [base, returnBase] = [counted.get('base'), counted.get('returnBase')]
  const nothingRated = rows > 0 && rows === unrated
  const figure = nothingRated
    ? missing(
        given,
        'rate_missing',
        say(
          `There is no rate to ${currency} for ${sales(given, rows)}.`,
          `Für ${sales(given, rows)} gibt es keinen Kurs zu ${currency}.`,
        ),
      )
    : money(base, rows - unrated, currency)
  return {
    figure,
    explain: () => {
      const [sold, n] = [base - returnBase, counted.get('sold')]
      const total = w.money(base, currency)
      const text =
        returns === 0
          ? `${sales(given, n)} = ${total}`
          : say(
              `Sales ${w.money(sold, currency)} − returns ${w.money(-returnBase, currency)} = ${total}`,
              `Verkäufe ${w.money(sold, currency)} − Rückgaben ${w.money(-returnBase, currency)} = ${total}`,
            )
      return {
        text: nothingRated ? (figure.missing?.text ?? '') : text,
        parts: [
          { label: say('Sales', 'Verkäufe'), figure: money(sold, n, currency) },
          { label: say('Returns', 'Rückgaben'), figure: money(returnBase, returns, currency) },
        ],
        method: null,
        leftOut: [
          say(
            'Open and lost deals do not count.',
            'Offene und verlorene Verkaufschancen zählen nicht.',
          ),
          ...counts(withoutRate(given, unrated)),
        ],
      }
    },
  }
}

export const margin: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [rows, unrated, costed] = [
    counted.get('rows'),
    counted.get('unrated'),
    counted.get('costed'),
  ]
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
        {
          label: say('Revenue with known cost', 'Umsatz mit bekannten Kosten'),
          figure: money(costBase, costed, currency),
        },
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

export const units: Finisher = (counted, given) => {
  const { w, say } = given
  const [rows, quantity, returns] = [
    counted.get('rows'),
    counted.get('quantity'),
    counted.get('returns'),
  ]
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
        say(
          `${w.count(returns)} of them returns, which count less.`,
          `Davon ${w.count(returns)} Rückgaben; sie werden abgezogen.`,
        ),
      ]),
    }),
  }
}

export const discount: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [sold, n] = [counted.get('sold'), counted.get('listed')]
  const [base, list] = [counted.get('listedBase'), counted.get('list')]
  const unknown = sold - n
  const figure: Figure =
    n === 0
      ? missing(
          given,
          'not_measured',
          say(
            'No sale in this period has a known list price. Give products a price to measure it.',
            'Für keinen Verkauf dieses Zeitraums ist ein Listenpreis bekannt. Hinterlegen Sie Preise bei den Produkten.',
          ),
        )
      : list <= 0
        ? missing(
            given,
            'undefined',
            say(
              'The list prices of these sales come to nothing.',
              'Die Listenpreise dieser Verkäufe ergeben nichts.',
            ),
            { n },
          )
        : { value: 1 - base / list, n, unit: 'rate' }
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? (figure.missing?.text ?? '')
          : say(
              `1 − sold for ${w.money(base, currency)} ÷ list price ${w.money(list, currency)} = ${w.rate(figure.value)}`,
              `1 − verkauft für ${w.money(base, currency)} ÷ Listenpreis ${w.money(list, currency)} = ${w.rate(figure.value)}`,
            ),
      parts: [
        { label: say('Sold for', 'Verkauft für'), figure: money(base, n, currency) },
        { label: say('At list price', 'Zum Listenpreis'), figure: money(list, n, currency) },
      ],
      method: null,
      leftOut: [
        say('Returns do not count.', 'Rückgaben zählen nicht.'),
        ...counts([
          unknown,
          say(
            `${sales(given, unknown)} without a known list price: left out.`,
            `${sales(given, unknown)} ohne bekannten Listenpreis: außen vor.`,
          ),
        ]),
      ],
    }),
  }
}

export const returnsShare: Finisher = (counted, given) => {
  const { w, say, currency } = given
  const [n, returns] = [counted.get('sold'), counted.get('returns')]
  const [sold, back] = [counted.get('soldBase'), -counted.get('returnBase')]
  const none =
    returns > 0
      ? say(
          'Something came back, but nothing was sold in this period to set it against.',
          'Es kam etwas zurück, aber in diesem Zeitraum wurde nichts verkauft, worauf es zu beziehen wäre.',
        )
      : say('Nothing was sold in this period.', 'In diesem Zeitraum wurde nichts verkauft.')
  const figure: Figure =
    sold <= 0
      ? missing(given, returns > 0 ? 'undefined' : 'not_enough_data', none, { n })
      : { value: back / sold, n, unit: 'rate' }
  return {
    figure,
    explain: () => ({
      text:
        figure.value === undefined
          ? none
          : say(
              `Returns ${w.money(back, currency)} ÷ sales ${w.money(sold, currency)} = ${w.rate(figure.value)}`,
              `Rückgaben ${w.money(back, currency)} ÷ Verkäufe ${w.money(sold, currency)} = ${w.rate(figure.value)}`,
            ),
      parts: [
        { label: say('Returns', 'Rückgaben'), figure: money(back, returns, currency) },
        { label: say('Sales', 'Verkäufe'), figure: money(sold, n, currency) },
      ],
      method: null,
      leftOut: [
        say(
          'What came back may have been sold in an earlier period.',
          'Was zurückkam, kann in einem früheren Zeitraum verkauft worden sein.',
        ),
        ...counts(withoutRate(given, counted.get('unrated'))),
      ],
    }),
  }
}

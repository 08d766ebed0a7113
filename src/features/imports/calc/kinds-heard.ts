// Fields of the plain facts: rates, answers of surveys, cases.
import { externalId, type Field, field, type Kind } from './field.ts'

const onDay = (en: string, de: string): Field =>
  field('on_day', 'date', '!', '2025-02-03', ['Day', 'Tag'], [en, de])

const customer = field(
  'customer',
  'text',
  '+',
  'Seeberg Ltd',
  ['Customer', 'Kundin/Kunde'],
  ['Name or number of the customer.', 'Name oder Nummer der Kundin oder des Kunden.'],
  { refers: 'customers' },
)
const seller = field(
  'seller',
  'text',
  '+',
  'Ana Weber',
  ['Seller', 'Verkäufer/in'],
  ['Name or number of the person it is about.', 'Name oder Nummer der Person, um die es geht.'],
  { refers: 'sellers' },
)
const product = field(
  'product',
  'text',
  '',
  'Pump P 200',
  ['Product', 'Produkt'],
  ['Name or number of the product.', 'Name oder Nummer des Produkts.'],
  { refers: 'products' },
)

export const rates: Kind = {
  name: 'rates',
  label: { en: 'Rates', de: 'Wechselkurse' },
  sentence: {
    en: 'One row per currency and day: what one unit is worth in the base currency.',
    de: 'Eine Zeile je Währung und Tag: was eine Einheit in der Basiswährung wert ist.',
  },
  traits: false,
  fields: [
    field(
      'currency',
      'text',
      '!',
      'USD',
      ['Currency', 'Währung'],
      ['Three letters of the currency.', 'Drei Buchstaben der Währung.'],
    ),
    onDay('First day the rate holds.', 'Erster Tag, an dem der Kurs gilt.'),
    field(
      'rate',
      'number',
      '!',
      '0.9231',
      ['Rate', 'Kurs'],
      [
        'So many units of the base currency for one unit.',
        'So viele Einheiten der Basiswährung für eine Einheit.',
      ],
      { least: 0.000_000_001, most: 1_000_000_000 },
    ),
  ],
}

export const surveys: Kind = {
  name: 'surveys',
  label: { en: 'Survey answers', de: 'Umfrageantworten' },
  sentence: {
    en: 'One row per answer to one question.',
    de: 'Eine Zeile je Antwort auf eine Frage.',
  },
  traits: false,
  fields: [
    { ...externalId, example: 'U-2031' },
    onDay('Day of the answer.', 'Tag der Antwort.'),
    field(
      'measure',
      'one-of',
      '!',
      'nps',
      ['Question', 'Frage'],
      [
        'Satisfaction, recommendation or effort; one value for all rows may be given.',
        'Zufriedenheit, Weiterempfehlung oder Aufwand; ein Wert für alle Zeilen ist möglich.',
      ],
      {
        options: [
          {
            value: 'satisfaction',
            label: { en: 'satisfaction', de: 'Zufriedenheit' },
            words: ['satisfaction', 'csat', 'satisfied', 'Zufriedenheit', 'Kundenzufriedenheit'],
          },
          {
            value: 'nps',
            label: { en: 'recommendation (NPS)', de: 'Weiterempfehlung (NPS)' },
            words: ['nps', 'recommendation', 'recommend', 'Weiterempfehlung', 'Empfehlung'],
          },
          {
            value: 'effort',
            label: { en: 'effort', de: 'Aufwand' },
            words: ['effort', 'ces', 'Aufwand', 'Einfachheit'],
          },
        ],
      },
    ),
    field(
      'score',
      'number',
      '!',
      '9',
      ['Score', 'Bewertung'],
      ['The number that was chosen.', 'Die gewählte Zahl.'],
      { least: -1_000, most: 1_000 },
    ),
    field(
      'scale_low',
      'number',
      '',
      '0',
      ['Scale from', 'Skala von'],
      [
        'Lowest answer; without it 1, for recommendation 0.',
        'Niedrigste Antwort; ohne Angabe 1, bei der Weiterempfehlung 0.',
      ],
      { least: -1_000, most: 1_000 },
    ),
    field(
      'scale_high',
      'number',
      '',
      '10',
      ['Scale to', 'Skala bis'],
      [
        'Highest answer; without it 5, for recommendation 10, for effort 7.',
        'Höchste Antwort; ohne Angabe 5, bei der Weiterempfehlung 10, beim Aufwand 7.',
      ],
      { least: -1_000, most: 1_000 },
    ),
    customer,
    seller,
    product,
  ],
}

export const cases: Kind = {
  name: 'cases',
  label: { en: 'Cases', de: 'Vorgänge' },
  sentence: {
    en: 'One row per complaint, concern or dispute.',
    de: 'Eine Zeile je Reklamation, Anliegen oder Streitfall.',
  },
  traits: false,
  fields: [
    { ...externalId, example: 'C-2031' },
    onDay('Day it came in.', 'Tag, an dem er einging.'),
    field(
      'closed_on',
      'date',
      '',
      '2025-02-09',
      ['Closed on', 'Abgeschlossen am'],
      ['Day it was closed.', 'Tag, an dem er abgeschlossen wurde.'],
    ),
    field(
      'status',
      'text',
      '+',
      'Open',
      ['Status', 'Status'],
      [
        'As the other system calls it; it says whether the case is open or closed.',
        'Wie das andere System ihn nennt; er sagt, ob der Vorgang offen oder abgeschlossen ist.',
      ],
    ),
    field(
      'kind',
      'one-of',
      '',
      'complaint',
      ['Kind', 'Art'],
      [
        'Complaint, concern or dispute; a complaint where it is missing.',
        'Reklamation, Anliegen oder Streitfall; ohne Angabe eine Reklamation.',
      ],
      {
        options: [
          {
            value: 'complaint',
            words: ['complaint', 'Reklamation', 'Beschwerde', 'Mangel', 'Beanstandung'],
          },
          {
            value: 'concern',
            words: ['concern', 'question', 'Anliegen', 'Bedenken', 'Frage', 'Anfrage'],
          },
          { value: 'dispute', words: ['dispute', 'Streitfall', 'Einspruch', 'Widerspruch'] },
        ],
      },
    ),
    field(
      'channel',
      'text',
      '',
      'Phone',
      ['Channel', 'Kanal'],
      ['How it came in.', 'Auf welchem Weg er einging.'],
    ),
    customer,
    seller,
    product,
  ],
}

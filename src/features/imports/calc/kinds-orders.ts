// Fields of orders, their lines, and contracts.
import { currency, externalId, type Field, field, type Kind } from './field.ts'

const orderNumber = (needed: '!' | '+'): Field =>
  field(
    'order_no',
    'text',
    needed,
    'A-70012',
    ['Order number', 'Auftragsnummer'],
    [
      'Number of the order; heads and lines are joined by it, whichever file comes first.',
      'Nummer des Auftrags; daran finden Köpfe und Zeilen zusammen, welche Datei auch zuerst kommt.',
    ],
  )

const orderKind = field(
  'kind',
  'one-of',
  '',
  'return',
  ['Kind', 'Art'],
  [
    'Sale or return; negative quantities and amounts are returns by themselves.',
    'Verkauf oder Rückgabe; negative Mengen und Beträge sind von selbst Rückgaben.',
  ],
  {
    options: [
      { value: 'sale', words: ['sale', 'order', 'invoice', 'Verkauf', 'Auftrag', 'Rechnung'] },
      {
        value: 'return',
        words: ['return', 'refund', 'credit note', 'Rückgabe', 'Retoure', 'Gutschrift', 'Storno'],
      },
    ],
  },
)

const lineFields: readonly Field[] = [
  field(
    'line_no',
    'integer',
    '',
    '1',
    ['Line number', 'Zeilennummer'],
    [
      'Number of the line in its order; with it the same line is recognised again.',
      'Nummer der Zeile im Auftrag; daran wird dieselbe Zeile wiedererkannt.',
    ],
    { least: 0, most: 1_000_000 },
  ),
  field(
    'product',
    'text',
    '+',
    'Pump P 200',
    ['Product', 'Produkt'],
    ['Name or number of the product.', 'Name oder Nummer des Produkts.'],
    { refers: 'products' },
  ),
  field(
    'quantity',
    'number',
    '+',
    '3',
    ['Quantity', 'Menge'],
    ['Number of units; 1 where it is missing.', 'Stückzahl; 1, wo sie fehlt.'],
    { least: -1_000_000_000, most: 1_000_000_000 },
  ),
  field(
    'price',
    'number',
    '+',
    '550.00',
    ['Unit price', 'Stückpreis'],
    ['Price for one unit before discount.', 'Preis je Stück vor Rabatt.'],
    { least: -1_000_000_000, most: 1_000_000_000 },
  ),
  field(
    'discount',
    'number',
    '',
    '0.15',
    ['Discount', 'Rabatt'],
    ['Share taken off the price, 0 to 1.', 'Nachlass auf den Preis, 0 bis 1.'],
    { least: 0, most: 1 },
  ),
  field(
    'amount',
    'money',
    '+',
    '1650.00',
    ['Amount', 'Betrag'],
    [
      'Value after discount; where it is missing, price × quantity less discount.',
      'Wert nach Rabatt; wo er fehlt, Preis × Menge abzüglich Rabatt.',
    ],
  ),
  currency,
  field(
    'cost',
    'money',
    '',
    '930.00',
    ['Cost', 'Kosten'],
    ['Cost of the whole line.', 'Kosten der ganzen Zeile.'],
  ),
]

const sellerOf: Field = field(
  'seller',
  'text',
  '+',
  'Ana Weber',
  ['Seller', 'Verkäufer/in'],
  ['Name or number of the person who sells.', 'Name oder Nummer der Person, die verkauft.'],
  { refers: 'sellers' },
)
const customerOf: Field = field(
  'customer',
  'text',
  '+',
  'Seeberg Ltd',
  ['Customer', 'Kundin/Kunde'],
  ['Name or number of the customer.', 'Name oder Nummer der Kundin oder des Kunden.'],
  { refers: 'customers' },
)

export const orders: Kind = {
  name: 'orders',
  label: { en: 'Orders', de: 'Aufträge' },
  sentence: {
    en: 'One row per order, or per line with all it belongs to.',
    de: 'Eine Zeile je Auftrag, oder je Auftragsposition mit allem, was dazugehört.',
  },
  traits: false,
  fields: [
    orderNumber('+'),
    field(
      'ordered_on',
      'date',
      '!',
      '2025-04-17',
      ['Order date', 'Auftragsdatum'],
      ['Day of the order or invoice.', 'Tag des Auftrags oder der Rechnung.'],
    ),
    sellerOf,
    customerOf,
    field(
      'deal',
      'text',
      '',
      'D-2031',
      ['Deal', 'Verkaufschance'],
      [
        'Number of the deal it came from, if that is known here.',
        'Nummer der Verkaufschance, aus der er kam, falls sie hier bekannt ist.',
      ],
    ),
    orderKind,
    ...lineFields,
  ],
}

export const orderLines: Kind = {
  name: 'order-lines',
  label: { en: 'Order lines', de: 'Auftragspositionen' },
  sentence: {
    en: 'One row per line; day, customer and seller come from the order.',
    de: 'Eine Zeile je Auftragsposition; Tag, Kunde und Verkäufer/in stehen beim Auftrag.',
  },
  traits: false,
  fields: [orderNumber('!'), ...lineFields, orderKind],
}

export const contracts: Kind = {
  name: 'contracts',
  label: { en: 'Contracts', de: 'Verträge' },
  sentence: { en: 'One row per contract.', de: 'Eine Zeile je Vertrag.' },
  traits: false,
  fields: [
    field(
      'name',
      'text',
      '!',
      'Care plan',
      ['Name', 'Name'],
      ['What the contract is called.', 'Wie der Vertrag heißt.'],
    ),
    { ...externalId, example: 'K-77' },
    customerOf,
    field(
      'product',
      'text',
      '',
      'Service',
      ['Product', 'Produkt'],
      ['Name or number of the product.', 'Name oder Nummer des Produkts.'],
      { refers: 'products' },
    ),
    { ...sellerOf, need: 'optional' },
    field('valid_from', 'date', '!', '2025-01-01', ['From', 'Von'], ['First day.', 'Erster Tag.']),
    field(
      'valid_until',
      'date',
      '+',
      '2026-01-01',
      ['Until', 'Bis'],
      [
        'First day after it; without it, until further notice.',
        'Erster Tag danach; ohne Angabe bis auf Weiteres.',
      ],
    ),
    field(
      'renewal',
      'one-of',
      '',
      'automatic',
      ['Renewal', 'Verlängerung'],
      ['How it goes on after its end.', 'Wie es nach dem Ende weitergeht.'],
      {
        options: [
          { value: 'none', words: ['none', 'no', 'keine', 'nein'] },
          { value: 'automatic', words: ['automatic', 'auto', 'yes', 'automatisch', 'ja'] },
          { value: 'on-request', words: ['on request', 'manual', 'auf Anfrage', 'manuell'] },
        ],
      },
    ),
    field(
      'notice_days',
      'integer',
      '',
      '90',
      ['Notice (days)', 'Kündigungsfrist (Tage)'],
      [
        'Days before the end by which notice is given.',
        'Tage vor dem Ende, bis zu denen gekündigt wird.',
      ],
      { least: 0, most: 3660 },
    ),
    field(
      'amount',
      'money',
      '+',
      '1200.00',
      ['Amount', 'Betrag'],
      ['What is due each time.', 'Was jeweils fällig ist.'],
      { least: 0 },
    ),
    currency,
    field(
      'every',
      'one-of',
      '',
      'year',
      ['Due every', 'Fällig je'],
      ['Month, quarter, year, or once.', 'Monat, Quartal, Jahr oder einmalig.'],
      {
        options: [
          { value: 'month', words: ['month', 'monthly', 'Monat', 'monatlich'] },
          { value: 'quarter', words: ['quarter', 'quarterly', 'Quartal', 'vierteljährlich'] },
          { value: 'year', words: ['year', 'yearly', 'annually', 'Jahr', 'jährlich'] },
          { value: 'once', words: ['once', 'einmalig', 'einmal'] },
        ],
      },
    ),
  ],
}

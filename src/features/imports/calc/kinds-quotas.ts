// Fields of quotas: who is to reach what, and by when.
import { currency, field, type Kind } from './field.ts'

export const quotas: Kind = {
  name: 'quotas',
  label: { en: 'Quotas', de: 'Zielvorgaben' },
  sentence: {
    en: 'One row per seller, team or position and period: what is to be reached.',
    de: 'Eine Zeile je Person, Team oder Stelle und Zeitraum: was erreicht werden soll.',
  },
  traits: false,
  fields: [
    field(
      'seller',
      'text',
      '+',
      'Ana Weber',
      ['Seller', 'Verkäufer/in'],
      [
        'Name or number of the person; without it the team or the position.',
        'Name oder Nummer der Person; ohne Angabe das Team oder die Stelle.',
      ],
      { refers: 'sellers' },
    ),
    field(
      'team',
      'text',
      '',
      '',
      ['Team', 'Team'],
      ['Team that carries the quota as a whole.', 'Team, das die Vorgabe gemeinsam trägt.'],
      { refers: 'teams' },
    ),
    field(
      'position',
      'text',
      '',
      '',
      ['Position', 'Stelle'],
      [
        'Seat that carries the quota, whoever holds it, such as Area manager North.',
        'Stelle, die die Vorgabe trägt, wer auch immer sie innehat, etwa Gebietsleitung Nord.',
      ],
    ),
    field(
      'period',
      'text',
      '+',
      '2026-Q1',
      ['Period', 'Zeitraum'],
      [
        'Month, quarter or year such as 2026-01, 2026-Q1, Q1 2026, 2026 or FY2026; or the parts below.',
        'Monat, Quartal oder Jahr, etwa 2026-01, 2026-Q1, Q1 2026, 2026 oder FY2026; oder die Teile darunter.',
      ],
    ),
    field(
      'year',
      'integer',
      '',
      '',
      ['Year', 'Jahr'],
      ['Year, if the period stands in parts.', 'Jahr, wenn der Zeitraum in Teilen steht.'],
      { least: 1, most: 9998 },
    ),
    field(
      'quarter',
      'text',
      '',
      '',
      ['Quarter', 'Quartal'],
      ['Quarter of the year: 1 to 4, or Q1 to Q4.', 'Quartal des Jahres: 1 bis 4 oder Q1 bis Q4.'],
    ),
    field(
      'month',
      'text',
      '',
      '',
      ['Month', 'Monat'],
      [
        'Month of the year, 1 to 12; or whole, such as 2026-01 or 01/2026.',
        'Monat des Jahres, 1 bis 12; oder ganz, etwa 2026-01 oder 01/2026.',
      ],
    ),
    field(
      'amount',
      'money',
      '!',
      '125000.00',
      ['Amount', 'Betrag'],
      [
        'What is to be reached, in the base currency; a number for what is counted.',
        'Was erreicht werden soll, in der Basiswährung; eine Zahl bei dem, was gezählt wird.',
      ],
      { least: 0 },
    ),
    currency,
    field(
      'metric',
      'text',
      '',
      'revenue',
      ['Metric', 'Kennzahl'],
      [
        'What is measured, such as revenue, margin, units or deals won; revenue where it is missing.',
        'Was gemessen wird, etwa Umsatz, Deckungsbeitrag, Absatzmenge; ohne Angabe Umsatz.',
      ],
    ),
  ],
}

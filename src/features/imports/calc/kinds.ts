// The kinds of import: which fields a row may have, what they hold and what they are called.
import type { ImportKind } from '../contract.ts'
import { currency, externalId, type Field, field, type Kind, partsOfName } from './field.ts'
import { activities } from './kinds-activities.ts'
import { contacts } from './kinds-contacts.ts'
import { goals } from './kinds-goals.ts'
import { cases, rates, surveys } from './kinds-heard.ts'
import { contracts, orderLines, orders } from './kinds-orders.ts'
import { quotas } from './kinds-quotas.ts'

export type { Field, Kind, Sentence } from './field.ts'

export type KindName = ImportKind
export const kindNames: readonly KindName[] = [
  'sellers',
  'teams',
  'customers',
  'contacts',
  'products',
  'deals',
  'orders',
  'order-lines',
  'contracts',
  'activities',
  'rates',
  'surveys',
  'cases',
  'quotas',
  'goals',
]

const sellers: Kind = {
  name: 'sellers',
  label: { en: 'Sellers', de: 'Verkäuferinnen und Verkäufer' },
  sentence: {
    en: 'One row per person who sells.',
    de: 'Eine Zeile je Person, die verkauft.',
  },
  traits: false,
  fields: [
    field(
      'name',
      'text',
      '!',
      'Ana Weber',
      ['Name', 'Name'],
      ['First and last name.', 'Vor- und Nachname.'],
    ),
    ...partsOfName,
    externalId,
    field(
      'team',
      'text',
      '+',
      'Key accounts',
      ['Team', 'Team'],
      ['Team the person belongs to.', 'Team, zu dem die Person gehört.'],
      { refers: 'teams' },
    ),
    field(
      'manager',
      'text',
      '+',
      'Jonas Falk',
      ['Manager', 'Leitung'],
      ['Name of the person who leads the team.', 'Name der Person, die das Team leitet.'],
      { refers: 'people' },
    ),
    field(
      'office',
      'text',
      '',
      'West',
      ['Office', 'Niederlassung'],
      ['Office or region above the team.', 'Niederlassung oder Gebiet über dem Team.'],
      { refers: 'teams' },
    ),
    field(
      'email',
      'text',
      '',
      'ana@example.org',
      ['E-mail', 'E-Mail'],
      ['Address at work.', 'Dienstliche Adresse.'],
    ),
    field(
      'hired_on',
      'date',
      '',
      '2021-04-01',
      ['Joined on', 'Eintritt'],
      ['First day in the company.', 'Erster Tag im Unternehmen.'],
    ),
    field(
      'left_on',
      'date',
      '',
      '2025-09-30',
      ['Left on', 'Austritt'],
      ['Last day in the company.', 'Letzter Tag im Unternehmen.'],
    ),
    field(
      'valid_from',
      'date',
      '',
      '2024-01-01',
      ['In this team since', 'Im Team seit'],
      [
        'First day in this team; without it: since ever.',
        'Erster Tag in diesem Team; ohne Angabe: seit jeher.',
      ],
    ),
  ],
}

const teams: Kind = {
  name: 'teams',
  label: { en: 'Teams', de: 'Teams' },
  sentence: {
    en: 'One row per team, office or company.',
    de: 'Eine Zeile je Team, Niederlassung oder Unternehmen.',
  },
  traits: false,
  fields: [
    field(
      'name',
      'text',
      '!',
      'Key accounts',
      ['Name', 'Name'],
      ['Name of the team.', 'Name des Teams.'],
    ),
    field(
      'parent',
      'text',
      '+',
      'West',
      ['Belongs to', 'Gehört zu'],
      ['Team, office or company above it.', 'Team, Niederlassung oder Unternehmen darüber.'],
      { refers: 'teams' },
    ),
    field(
      'kind',
      'one-of',
      '',
      'office',
      ['Kind', 'Art'],
      ['Company, office or team.', 'Unternehmen, Niederlassung oder Team.'],
      {
        options: [
          {
            value: 'company',
            words: ['company', 'organisation', 'organization', 'Unternehmen', 'Firma'],
          },
          {
            value: 'office',
            words: [
              'office',
              'region',
              'branch',
              'Niederlassung',
              'Büro',
              'Gebiet',
              'Filiale',
              'Standort',
            ],
          },
          { value: 'team', words: ['team', 'group', 'department', 'Gruppe', 'Abteilung'] },
        ],
      },
    ),
    field(
      'manager',
      'text',
      '+',
      'Jonas Falk',
      ['Manager', 'Leitung'],
      ['Name of the person who leads it.', 'Name der Person, die es leitet.'],
      { refers: 'people' },
    ),
  ],
}

const customers: Kind = {
  name: 'customers',
  label: { en: 'Customers', de: 'Kundinnen und Kunden' },
  sentence: { en: 'One row per customer.', de: 'Eine Zeile je Kundin oder Kunde.' },
  traits: true,
  fields: [
    field(
      'name',
      'text',
      '!',
      'Seeberg Ltd',
      ['Name', 'Name'],
      ['Name of the company or person.', 'Name der Firma oder Person.'],
    ),
    externalId,
    field(
      'country',
      'text',
      '',
      'Austria',
      ['Country', 'Land'],
      ['Country of the customer.', 'Land der Kundin oder des Kunden.'],
    ),
    field(
      'region',
      'text',
      '',
      'Tyrol',
      ['Region', 'Region'],
      ['Region or state.', 'Region oder Bundesland.'],
    ),
    field('city', 'text', '', 'Innsbruck', ['City', 'Ort'], ['Town or city.', 'Ort.']),
    field(
      'industry',
      'text',
      '',
      'medical',
      ['Industry', 'Branche'],
      ['Line of business.', 'Branche.'],
    ),
    field(
      'employees',
      'integer',
      '',
      '120',
      ['Employees', 'Beschäftigte'],
      ['How many people work there.', 'Wie viele Menschen dort arbeiten.'],
      { least: 0, most: 100_000_000 },
    ),
    field(
      'size',
      'text',
      '',
      'medium',
      ['Size', 'Größe'],
      ['Class of size, where no number is known.', 'Größenklasse, wo keine Zahl bekannt ist.'],
    ),
    field(
      'source',
      'text',
      '',
      'trade fair',
      ['Source', 'Herkunft'],
      ['How the customer came to us.', 'Wie die Verbindung zustande kam.'],
    ),
  ],
}

const products: Kind = {
  name: 'products',
  label: { en: 'Products', de: 'Produkte' },
  sentence: { en: 'One row per product.', de: 'Eine Zeile je Produkt.' },
  traits: true,
  fields: [
    field(
      'name',
      'text',
      '!',
      'Pump P 200',
      ['Name', 'Name'],
      ['Name of the product.', 'Name des Produkts.'],
    ),
    externalId,
    field(
      'family',
      'text',
      '+',
      'Pumps',
      ['Family', 'Produktgruppe'],
      ['Group the product belongs to.', 'Gruppe, zu der das Produkt gehört.'],
    ),
    field(
      'list_price',
      'money',
      '+',
      '550.00',
      ['List price', 'Listenpreis'],
      ['Price for one unit before discount.', 'Preis je Stück vor Rabatt.'],
      { least: 0 },
    ),
    field(
      'cost',
      'money',
      '',
      '310.00',
      ['Cost', 'Stückkosten'],
      ['Cost of one unit.', 'Kosten je Stück.'],
      { least: 0 },
    ),
    currency,
  ],
}

const deals: Kind = {
  name: 'deals',
  label: { en: 'Deals', de: 'Verkaufschancen' },
  sentence: {
    en: 'One row per deal: open, won or lost.',
    de: 'Eine Zeile je Verkaufschance: offen, gewonnen oder verloren.',
  },
  traits: false,
  fields: [
    { ...externalId, example: 'D-2031' },
    field(
      'seller',
      'text',
      '+',
      'Ana Weber',
      ['Seller', 'Verkäufer/in'],
      ['Name or number of the person who sells.', 'Name oder Nummer der Person, die verkauft.'],
      { refers: 'sellers' },
    ),
    field(
      'customer',
      'text',
      '+',
      'Seeberg Ltd',
      ['Customer', 'Kundin/Kunde'],
      ['Name or number of the customer.', 'Name oder Nummer der Kundin oder des Kunden.'],
      { refers: 'customers' },
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
      'stage',
      'text',
      '!',
      'Won',
      ['Stage', 'Phase'],
      [
        'Stage the deal is in; it says whether it is open, won or lost.',
        'Phase der Verkaufschance; sie sagt, ob sie offen, gewonnen oder verloren ist.',
      ],
      { refers: 'stages' },
    ),
    field(
      'opened_on',
      'date',
      '+',
      '2025-02-03',
      ['Opened on', 'Eröffnet am'],
      ['Day work on it began.', 'Tag, an dem die Arbeit daran begann.'],
    ),
    field(
      'closed_on',
      'date',
      '+',
      '2025-04-17',
      ['Closed on', 'Abgeschlossen am'],
      ['Day it was won or lost.', 'Tag, an dem sie gewonnen oder verloren wurde.'],
    ),
    field(
      'closes_on',
      'date',
      '',
      '2025-04-17',
      ['Closes on, or did', 'Schließt am, auch erwartet'],
      [
        'Day it was closed; of open deals the expected day, which is not kept.',
        'Tag des Abschlusses; bei offenen der erwartete, der nicht behalten wird.',
      ],
    ),
    field(
      'outcome',
      'one-of',
      '',
      'won',
      ['Outcome', 'Ausgang'],
      [
        'Open, won or lost, where that stands apart from the stage.',
        'Offen, gewonnen oder verloren, wo das neben der Phase steht.',
      ],
      {
        options: [
          { value: 'open', words: ['open', 'offen'] },
          { value: 'won', words: ['won', 'gewonnen'] },
          { value: 'lost', words: ['lost', 'verloren', 'deleted', 'gelöscht'] },
        ],
      },
    ),
    field(
      'amount',
      'money',
      '+',
      '4821.00',
      ['Amount', 'Betrag'],
      ['Value of the whole deal.', 'Wert der ganzen Verkaufschance.'],
    ),
    currency,
    field(
      'quantity',
      'number',
      '',
      '3',
      ['Quantity', 'Menge'],
      ['Number of units; 1 where it is missing.', 'Stückzahl; 1, wo sie fehlt.'],
      { least: 0.001, most: 1_000_000_000 },
    ),
    field(
      'lost_reason',
      'text',
      '',
      'price',
      ['Reason lost', 'Verlustgrund'],
      ['Why it was lost.', 'Warum sie verloren ging.'],
    ),
  ],
}

export const kinds: Readonly<Record<KindName, Kind>> = {
  sellers,
  teams,
  customers,
  contacts,
  products,
  deals,
  orders,
  'order-lines': orderLines,
  contracts,
  activities,
  rates,
  surveys,
  cases,
  quotas,
  goals,
}

/** Field of a kind by name. */
export function fieldOf(kind: KindName, name: string): Field | undefined {
  return kinds[kind].fields.find((one) => one.name === name)
}

// The firm of the demo: its offices and teams, its people and what it sells.
import type { Territory } from './places.ts'
import type {
  DemoLanguage,
  DemoMembership,
  DemoOrg,
  DemoPerson,
  DemoProduct,
  DemoSeller,
  DemoTeam,
} from './records.ts'
import { inLanguage, type Words } from './words.ts'

export function orgIn(lang: DemoLanguage): DemoOrg {
  return {
    slug: 'demo',
    name: 'Halbrand Werktechnik (Demo)',
    kind: 'demo',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: lang,
  }
}

type TeamRow = Omit<DemoTeam, 'name'> & { words: Words }

const teamRows: readonly TeamRow[] = [
  { key: 'company', words: ['Halbrand Werktechnik', 'Halbrand Werktechnik'], kind: 'company' },
  {
    key: 'hamburg',
    words: ['Hamburg office', 'Niederlassung Hamburg'],
    kind: 'office',
    parent: 'company',
  },
  {
    key: 'munich',
    words: ['Munich office', 'Niederlassung München'],
    kind: 'office',
    parent: 'company',
  },
  { key: 'north', words: ['North', 'Nord'], kind: 'team', parent: 'hamburg' },
  { key: 'abroad', words: ['International', 'International'], kind: 'team', parent: 'hamburg' },
  { key: 'south', words: ['South', 'Süd'], kind: 'team', parent: 'munich' },
]

export function teamsIn(lang: DemoLanguage): DemoTeam[] {
  return teamRows.map(({ words, ...team }) => ({ ...team, name: inLanguage(words, lang) }))
}

const leads: readonly { key: string; name: string; words: Words; team: string }[] = [
  {
    key: 'halbrand',
    name: 'Friederike Halbrand',
    words: ['Managing director', 'Geschäftsführerin'],
    team: 'company',
  },
  {
    key: 'albrecht',
    name: 'Ines Albrecht',
    words: ['Head of sales, North', 'Vertriebsleiterin Nord'],
    team: 'north',
  },
  {
    key: 'ashdown',
    name: 'Robert Ashdown',
    words: ['Head of sales, International', 'Vertriebsleiter International'],
    team: 'abroad',
  },
  {
    key: 'steiner',
    name: 'Markus Steiner',
    words: ['Head of sales, South', 'Vertriebsleiter Süd'],
    team: 'south',
  },
]

export function personsIn(lang: DemoLanguage): DemoPerson[] {
  return leads.map(({ key, name, words }) => ({ key, name, title: inLanguage(words, lang) }))
}

interface Career {
  key: string
  name: string
  team: Territory
  /** Share of the five years after which the seller came. */
  hiredAfter?: number
  /** The one change of team, and the share of the five years after which it was. */
  moved?: { to: Territory; after: number }
}

const careers: readonly Career[] = [
  { key: 'petersen', name: 'Jana Petersen', team: 'north' },
  { key: 'brandt', name: 'Tobias Brandt', team: 'north' },
  { key: 'hoffmann', name: 'Lena Hoffmann', team: 'north', moved: { to: 'south', after: 0.5 } },
  { key: 'whitfield', name: 'James Whitfield', team: 'abroad' },
  { key: 'harper', name: 'Emily Harper', team: 'abroad', hiredAfter: 0.35 },
  { key: 'huber', name: 'Maximilian Huber', team: 'south' },
  { key: 'leitner', name: 'Katharina Leitner', team: 'south', hiredAfter: 0.2 },
  { key: 'aigner', name: 'Stefan Aigner', team: 'south' },
]

const sinceEver = '0001-01-01'
const untilFurtherNotice = '9999-12-31'

/** Sellers and memberships; `dayAt` gives the first of the month after that share of the five years. */
export function staff(dayAt: (share: number) => string): {
  sellers: DemoSeller[]
  memberships: DemoMembership[]
} {
  const sellers: DemoSeller[] = []
  const memberships: DemoMembership[] = leads.map(({ key, team }) => ({
    kind: 'lead',
    person: key,
    team,
    validFrom: sinceEver,
    validUntil: untilFurtherNotice,
  }))
  for (const { key, name, team, hiredAfter, moved } of careers) {
    const hiredOn = hiredAfter === undefined ? undefined : dayAt(hiredAfter)
    const movedOn = moved && dayAt(moved.after)
    sellers.push({ key, name, ...(hiredOn === undefined ? {} : { hiredOn }) })
    memberships.push({
      kind: 'member',
      seller: key,
      team,
      validFrom: hiredOn ?? sinceEver,
      validUntil: movedOn ?? untilFurtherNotice,
    })
    if (moved && movedOn) {
      memberships.push({
        kind: 'member',
        seller: key,
        team: moved.to,
        validFrom: movedOn,
        validUntil: untilFurtherNotice,
      })
    }
  }
  return { sellers, memberships }
}

export type FamilyKey = 'benches' | 'cabinets' | 'lifting' | 'air' | 'extraction' | 'service'

interface Family {
  key: FamilyKey
  words: Words
  /** Cost as a share of the list price, in thousandths. */
  costPerMille: number
  /** Name and list price in euros. */
  models: readonly (readonly [name: string | Words, euros: number])[]
}

const families: readonly Family[] = [
  {
    key: 'benches',
    words: ['Workbenches', 'Werkbänke'],
    costPerMille: 580,
    models: [
      ['Dohle 1500', 640],
      ['Dohle 2000', 790],
      ['Dohle 2500', 980],
      ['Dohle 2000 Lift', 1890],
      ['Dohle 2500 Lift', 2240],
      ['Dohle ESD', 1450],
      ['Dohle Mobil', 860],
    ],
  },
  {
    key: 'cabinets',
    words: ['Tool cabinets', 'Werkzeugschränke'],
    costPerMille: 550,
    models: [
      ['Hamster 4', 520],
      ['Hamster 6', 690],
      ['Hamster 9', 940],
      ['Hamster 12', 1280],
      ['Hamster Tresor', 2350],
      ['Hamster Turm 300', 9800],
      ['Hamster Turm 500', 15400],
    ],
  },
  {
    key: 'lifting',
    words: ['Lifting equipment', 'Hebetechnik'],
    costPerMille: 640,
    models: [
      ['Kranich 125', 1150],
      ['Kranich 250', 1790],
      ['Kranich 500', 2980],
      ['Kranich 1000', 4900],
      ['Kranich 2000', 8600],
      ['Kranich Portal', 12900],
      ['Kranich Halle', 26500],
    ],
  },
  {
    key: 'air',
    words: ['Compressed air', 'Drucklufttechnik'],
    costPerMille: 660,
    models: [
      ['Walross 50', 890],
      ['Walross 90', 1340],
      ['Walross 200', 2680],
      ['Walross 270', 3950],
      ['Walross S7', 7400],
      ['Walross S11', 10900],
      ['Walross S22', 18700],
    ],
  },
  {
    key: 'extraction',
    words: ['Extraction', 'Absaugtechnik'],
    costPerMille: 600,
    models: [
      ['Reiher Arm 2', 1120],
      ['Reiher Arm 3', 1380],
      ['Reiher Mobil', 2150],
      ['Reiher Duo', 3600],
      ['Reiher Zentral 4', 11800],
      ['Reiher Zentral 8', 21900],
    ],
  },
  {
    key: 'service',
    words: ['Service', 'Wartung und Service'],
    costPerMille: 420,
    models: [
      [['Inspection', 'Prüfung'], 380],
      [['Installation day', 'Montagetag'], 1180],
      [['Training day', 'Schulungstag'], 1350],
      [['Service contract Basic', 'Wartungsvertrag Basis'], 1200],
      [['Service contract Plus', 'Wartungsvertrag Plus'], 2600],
      [['Service contract Complete', 'Wartungsvertrag Komplett'], 5400],
    ],
  },
]

export type Article = DemoProduct & { familyKey: FamilyKey }

export function articlesIn(lang: DemoLanguage): Article[] {
  return families.flatMap((family, group) =>
    family.models.map(([name, euros], index) => ({
      key: `${(group + 1) * 100 + index + 1}`,
      name: typeof name === 'string' ? name : inLanguage(name, lang),
      family: inLanguage(family.words, lang),
      listPrice: euros * 100,
      cost: (euros * family.costPerMille) / 10,
      currency: 'EUR',
      familyKey: family.key,
    })),
  )
}

/** Families by key with the name they have in the language. */
export function familyNames(lang: DemoLanguage): { key: FamilyKey; name: string }[] {
  return families.map(({ key, words }) => ({ key, name: inLanguage(words, lang) }))
}

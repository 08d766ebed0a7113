// Where the demo's customers are, and how their invented names are made there.
import type { IndustryKey, Words } from './words.ts'

export type Territory = 'north' | 'south' | 'abroad'

export interface Region {
  words: Words
  territory: Territory
  weight: number
  cities: readonly Words[]
}

interface NameMaking {
  /** Two halves that make an invented name. */
  first: readonly string[]
  second: readonly string[]
  /** What the firm does, as it would write it. */
  trades: Record<IndustryKey, readonly string[]>
  legalForms: { small: readonly string[]; large: readonly string[] }
}

export interface Country {
  code: string
  words: Words
  weight: number
  regions: readonly Region[]
  names: NameMaking
}

/** A word that is the same in both languages. */
const same = (word: string): Words => [word, word]
const list = (words: string) => words.split(' ')

const germanNames: NameMaking = {
  first: list(
    'Brau Distel Eichen Fahren Falken Grün Hasel Heider Kalten Krähen Lerchen Linden Möwen Nebel Ober Oster Quell Rauh Reb Silber Sommer Stein Tannen Torf Ulmen Wacht Weiden Wolfs',
  ),
  second: list(
    'acker aurich beck born brink dorfer egger felder hager horst kamper lohe mühl rieder rode stetter walder wiese',
  ),
  trades: {
    metal: ['Metallbau', 'Stahlbau', 'Zerspanung', 'Blechtechnik'],
    machinery: ['Maschinenbau', 'Anlagenbau', 'Fördertechnik'],
    vehicles: ['Karosseriebau', 'Nutzfahrzeuge', 'Fahrzeugtechnik'],
    wood: ['Holzbau', 'Schreinerei', 'Möbelwerk'],
    plastics: ['Kunststofftechnik', 'Spritzguss'],
    electrical: ['Elektrotechnik', 'Schaltanlagen'],
    logistics: ['Logistik', 'Spedition'],
    food: ['Backwaren', 'Feinkost'],
  },
  legalForms: { small: ['GmbH', 'KG', 'e. K.', 'OHG'], large: ['GmbH', 'GmbH & Co. KG', 'AG'] },
}

const austrianNames: NameMaking = {
  ...germanNames,
  trades: { ...germanNames.trades, wood: ['Holzbau', 'Tischlerei', 'Möbelwerk'] },
  legalForms: { small: ['GmbH', 'OG', 'e. U.'], large: ['GmbH', 'GmbH & Co KG', 'AG'] },
}

const swissNames: NameMaking = {
  ...germanNames,
  legalForms: { small: ['GmbH', 'AG'], large: ['AG'] },
}

const britishNames: NameMaking = {
  first: list('Ash Brack Crow Dun Elm Fen Hol Kes Mar Thorn Wether Yarn'),
  second: list('bury combe den ford ley mere stead wick worth'),
  trades: {
    metal: ['Fabrications', 'Steelworks'],
    machinery: ['Engineering', 'Machinery'],
    vehicles: ['Coachworks', 'Fleet Services'],
    wood: ['Joinery', 'Timber'],
    plastics: ['Plastics', 'Mouldings'],
    electrical: ['Electrical', 'Controls'],
    logistics: ['Logistics', 'Haulage'],
    food: ['Foods', 'Bakeries'],
  },
  legalForms: { small: ['Ltd'], large: ['Ltd', 'plc'] },
}

const dutchNames: NameMaking = {
  first: list('Berken Duin Eiken Hoek Linde Molen Wester Zand'),
  second: list('burg dijk hout kamp oever steen veld'),
  trades: {
    metal: ['Metaalbewerking'],
    machinery: ['Machinebouw'],
    vehicles: ['Carrosserie'],
    wood: ['Houtbouw'],
    plastics: ['Kunststoffen'],
    electrical: ['Elektrotechniek'],
    logistics: ['Transport'],
    food: ['Levensmiddelen'],
  },
  legalForms: { small: ['B.V.', 'V.O.F.'], large: ['B.V.', 'N.V.'] },
}

const frenchNames: NameMaking = {
  first: list('Bel Cler Font Haute Mont Noir Roche Val'),
  second: list('aire bois court lieu mare vigne villiers'),
  trades: {
    metal: ['Métallerie'],
    machinery: ['Mécanique'],
    vehicles: ['Carrosserie'],
    wood: ['Menuiserie'],
    plastics: ['Plastiques'],
    electrical: ['Électricité'],
    logistics: ['Transports'],
    food: ['Alimentation'],
  },
  legalForms: { small: ['SARL', 'SAS'], large: ['SAS', 'SA'] },
}

const italianNames: NameMaking = {
  first: list('Bel Car Mon Pa Ros Ser Tor Val'),
  second: list('astri detti lardo menghi sellini torelli'),
  trades: {
    metal: ['Carpenteria'],
    machinery: ['Meccanica'],
    vehicles: ['Carrozzeria'],
    wood: ['Falegnameria'],
    plastics: ['Plastica'],
    electrical: ['Elettrica'],
    logistics: ['Trasporti'],
    food: ['Alimentari'],
  },
  legalForms: { small: ['S.r.l.', 'S.n.c.'], large: ['S.r.l.', 'S.p.A.'] },
}

const polishNames: NameMaking = {
  first: list('Brzo Dębo Jawo Kali Lipo Sosno Wierzbo'),
  second: list('wiński kowicz niak recki szyński'),
  trades: {
    metal: ['Metal'],
    machinery: ['Maszyny'],
    vehicles: ['Auto Serwis'],
    wood: ['Stolarnia'],
    plastics: ['Tworzywa'],
    electrical: ['Elektro'],
    logistics: ['Spedycja'],
    food: ['Piekarnia'],
  },
  legalForms: { small: ['sp. z o.o.', 'sp. j.'], large: ['sp. z o.o.', 'S.A.'] },
}

const swedishNames: NameMaking = {
  first: list('Björk Ek Gran Häll Norr Sjö Väster'),
  second: list('dal holm mark strand torp vik'),
  trades: {
    metal: ['Plåt'],
    machinery: ['Maskin'],
    vehicles: ['Fordon'],
    wood: ['Snickeri'],
    plastics: ['Plast'],
    electrical: ['Elteknik'],
    logistics: ['Åkeri'],
    food: ['Livsmedel'],
  },
  legalForms: { small: ['AB', 'HB'], large: ['AB'] },
}

const region = (
  words: Words,
  territory: Territory,
  weight: number,
  cities: readonly (string | Words)[],
): Region => ({
  words,
  territory,
  weight,
  cities: cities.map((city) => (typeof city === 'string' ? same(city) : city)),
})

const germanRegions = [
  region(same('Hamburg'), 'north', 10, ['Hamburg']),
  region(same('Schleswig-Holstein'), 'north', 7, ['Kiel', 'Lübeck', 'Flensburg']),
  region(['Lower Saxony', 'Niedersachsen'], 'north', 14, [
    ['Hanover', 'Hannover'],
    'Osnabrück',
    ['Brunswick', 'Braunschweig'],
  ]),
  region(same('Bremen'), 'north', 4, ['Bremen']),
  region(['North Rhine-Westphalia', 'Nordrhein-Westfalen'], 'north', 20, [
    'Dortmund',
    'Bielefeld',
    ['Cologne', 'Köln'],
    'Münster',
  ]),
  region(same('Berlin'), 'north', 6, ['Berlin']),
  region(['Saxony', 'Sachsen'], 'north', 6, ['Leipzig', 'Dresden', 'Chemnitz']),
  region(['Hesse', 'Hessen'], 'south', 7, ['Frankfurt am Main', 'Kassel']),
  region(['Rhineland-Palatinate', 'Rheinland-Pfalz'], 'south', 3, ['Mainz', 'Koblenz']),
  region(same('Baden-Württemberg'), 'south', 10, ['Stuttgart', 'Ulm', 'Freiburg im Breisgau']),
  region(['Bavaria', 'Bayern'], 'south', 13, [
    ['Munich', 'München'],
    ['Nuremberg', 'Nürnberg'],
    'Augsburg',
    'Regensburg',
  ]),
]

export const countries: readonly Country[] = [
  {
    code: 'DE',
    words: ['Germany', 'Deutschland'],
    weight: 58,
    regions: germanRegions,
    names: germanNames,
  },
  {
    code: 'AT',
    words: ['Austria', 'Österreich'],
    weight: 12,
    names: austrianNames,
    regions: [
      region(['Vienna', 'Wien'], 'south', 4, [['Vienna', 'Wien']]),
      region(['Upper Austria', 'Oberösterreich'], 'south', 4, ['Linz', 'Wels', 'Steyr']),
      region(['Styria', 'Steiermark'], 'south', 3, ['Graz', 'Leoben']),
      region(['Tyrol', 'Tirol'], 'south', 2, ['Innsbruck']),
    ],
  },
  {
    code: 'CH',
    words: ['Switzerland', 'Schweiz'],
    weight: 7,
    names: swissNames,
    regions: [
      region(['Zurich', 'Zürich'], 'south', 4, [['Zurich', 'Zürich'], 'Winterthur']),
      region(same('Bern'), 'south', 2, ['Bern', 'Thun']),
      region(same('Aargau'), 'south', 2, ['Aarau', 'Baden']),
    ],
  },
  {
    code: 'GB',
    words: ['United Kingdom', 'Vereinigtes Königreich'],
    weight: 7,
    names: britishNames,
    regions: [
      region(same('England'), 'abroad', 5, ['Birmingham', 'Leeds', 'Coventry', 'Derby']),
      region(['Scotland', 'Schottland'], 'abroad', 1, ['Glasgow', 'Dundee']),
    ],
  },
  {
    code: 'NL',
    words: ['Netherlands', 'Niederlande'],
    weight: 5,
    names: dutchNames,
    regions: [
      region(['North Brabant', 'Nordbrabant'], 'abroad', 2, ['Eindhoven', 'Tilburg']),
      region(same('Gelderland'), 'abroad', 1, ['Arnhem', 'Apeldoorn']),
    ],
  },
  {
    code: 'FR',
    words: ['France', 'Frankreich'],
    weight: 4,
    names: frenchNames,
    regions: [
      region(same('Grand Est'), 'abroad', 2, [['Strasbourg', 'Straßburg'], 'Mulhouse']),
      region(same('Auvergne-Rhône-Alpes'), 'abroad', 1, ['Lyon', 'Grenoble']),
    ],
  },
  {
    code: 'IT',
    words: ['Italy', 'Italien'],
    weight: 3,
    names: italianNames,
    regions: [
      region(['Lombardy', 'Lombardei'], 'abroad', 2, ['Bergamo', 'Brescia']),
      region(['South Tyrol', 'Südtirol'], 'abroad', 1, [['Bolzano', 'Bozen']]),
    ],
  },
  {
    code: 'PL',
    words: ['Poland', 'Polen'],
    weight: 2.5,
    names: polishNames,
    regions: [
      region(['Greater Poland', 'Großpolen'], 'abroad', 1, [['Poznań', 'Posen']]),
      region(['Lower Silesia', 'Niederschlesien'], 'abroad', 1, [['Wrocław', 'Breslau']]),
    ],
  },
  {
    code: 'SE',
    words: ['Sweden', 'Schweden'],
    weight: 1.5,
    names: swedishNames,
    regions: [region(same('Västra Götaland'), 'abroad', 1, [['Gothenburg', 'Göteborg'], 'Borås'])],
  },
]

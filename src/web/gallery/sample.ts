// Invented figures for the gallery; no real person or firm is meant.
import type { Figure } from '../../basics/figure.ts'
import type { OrganisationFacts } from '../organisation.ts'
import type { Screen } from '../screens.ts'

export const revenue: Figure = {
  value: 280_068_400,
  currency: 'EUR',
  unit: 'money',
  n: 1196,
}
export const revenueBefore: Figure = { value: 298_044_300, currency: 'EUR', unit: 'money' }
export const winRate: Figure = { value: 0.603, low: 0.581, high: 0.624, n: 1985, unit: 'rate' }
export const winRateBefore: Figure = { value: 0.634, low: 0.61, high: 0.66, n: 1890, unit: 'rate' }
export const dealsWon: Figure = { value: 1196, unit: 'count', n: 1985 }
export const dealsWonBefore: Figure = { value: 1257, unit: 'count' }
export const averageDeal: Figure = { value: 234_300, currency: 'EUR', unit: 'money', n: 1196 }
export const cycle: Figure = { value: 52, low: 49, high: 55, unit: 'days', n: 1196 }
export const repeatShare: Figure = { value: 0.97, unit: 'rate', n: 85 }

export function notMeasured(text: string): Figure {
  return { missing: { code: 'not_measured', text } }
}

export function notEnough(text: string, more: number): Figure {
  return { missing: { code: 'not_enough_data', text, more } }
}

export interface SampleSeller {
  id: string
  name: string
  team: string
  revenue: Figure
  winRate: Figure
  deals: number
  group: 'ahead' | 'same'
}

function seller(
  id: string,
  name: string,
  team: string,
  amount: number,
  rate: [number, number, number],
  deals: number,
): SampleSeller {
  return {
    id,
    name,
    team,
    revenue: { value: amount * 100, currency: 'EUR', unit: 'money', n: deals },
    winRate: { value: rate[0], low: rate[1], high: rate[2], unit: 'rate', n: deals },
    deals,
    group: id === '1' ? 'ahead' : 'same',
  }
}

export const sellers: readonly SampleSeller[] = [
  seller('1', 'Henrike Brandt', 'Nord', 357_666, [0.59, 0.54, 0.64], 180),
  seller('2', 'Jonas Petersen', 'Nord', 139_082, [0.64, 0.56, 0.71], 88),
  seller('3', 'Ana Ferreira', 'Süd', 129_543, [0.63, 0.55, 0.7], 82),
  seller('4', 'Maximilian von Hohenstein-Oberkirchen', 'Süd', 124_938, [0.67, 0.57, 0.76], 74),
  seller('5', 'Li Wei', 'West', 110_092, [0.57, 0.48, 0.66], 69),
  seller('6', 'Olga Nowak', 'West', 105_145, [0.51, 0.43, 0.6], 71),
]

export const months = ['2017-03', '2017-04', '2017-05', '2017-06', '2017-07', '2017-08'].concat([
  '2017-09',
  '2017-10',
  '2017-11',
  '2017-12',
])
export const monthRevenue = [113, 72, 102, 134, 70, 105, 124, 73, 94, 113].map((n) => n * 1_000_000)

export const facts: OrganisationFacts = {
  id: '00000000-0000-7000-8000-000000000001',
  slug: 'demo',
  name: 'Hanse Hardware',
  kind: 'demo',
  locale: 'en',
  setUp: true,
  version: 1,
  revision: 9,
  settings: {
    name: 'Hanse Hardware',
    zone: 'Europe/Berlin',
    baseCurrency: 'EUR',
    fiscalFirstMonth: 1,
    weekStart: 1,
    locale: 'en',
  },
  me: {
    person: { id: '00000000-0000-7000-8000-000000000002', name: 'Henrike Brandt' },
    seller: null,
    roles: ['admin'],
    solo: true,
  },
  counts: { sellers: 8, teams: 3, customers: 85, products: 40, deals: 2089, openDeals: 12 },
  dataFrom: '2013-01-01',
  dataUntil: '2018-01-01',
}

const nothing = async () => () => null

/** Navigation as it will be; the gallery goes nowhere. */
export const screens: readonly Screen[] = [
  {
    path: 'overview',
    title: { en: 'Overview', de: 'Überblick' },
    load: nothing,
    nav: { group: 'results', order: 10, bar: true },
  },
  {
    path: 'sellers',
    title: { en: 'Sellers', de: 'Verkauf' },
    load: nothing,
    nav: { group: 'results', order: 20, count: 'sellers' },
  },
  {
    path: 'teams',
    title: { en: 'Teams', de: 'Teams' },
    load: nothing,
    nav: { group: 'results', order: 30, count: 'teams' },
  },
  {
    path: 'deals',
    title: { en: 'Deals', de: 'Verkaufschancen' },
    load: nothing,
    nav: {
      group: 'results',
      order: 40,
      count: 'deals',
      bar: true,
      short: { en: 'Deals', de: 'Chancen' },
    },
  },
  {
    path: 'customers',
    title: { en: 'Customers', de: 'Kunden' },
    load: nothing,
    nav: { group: 'customers', order: 10, count: 'customers', bar: true },
  },
  {
    path: 'products',
    title: { en: 'Products', de: 'Produkte' },
    load: nothing,
    nav: { group: 'data', order: 10 },
  },
  {
    path: 'imports',
    title: { en: 'Imports', de: 'Importe' },
    load: nothing,
    nav: { group: 'data', order: 20, bar: true },
  },
  {
    path: 'settings',
    title: { en: 'Settings', de: 'Einstellungen' },
    load: nothing,
    nav: { group: 'data', order: 40 },
  },
]

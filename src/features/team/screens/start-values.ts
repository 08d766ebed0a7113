// What the first start assumes before anybody has answered: from the browser's language and clock.
import type { Given } from '../../../web/client.ts'
import type { Language } from '../../../web/typed-texts.ts'
import type { Choice } from '../../../web/ui/form-inputs.tsx'

export type SetUp = Given<'organisations.set-up'>

export interface StartValues {
  name: string
  person: string
  zone: string
  currency: string
  month: string
  weekStart: '1' | '7'
  /** `self`, `none` or the id of a seller on record. */
  seller: string
}

/** Currencies of the regions from which Kontor is most often started; elsewhere the euro is offered. */
const currencyOfRegion: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  BR: 'BRL',
  MX: 'MXN',
  ZA: 'ZAR',
  TR: 'TRY',
  AE: 'AED',
  SG: 'SGD',
  HK: 'HKD',
  IL: 'ILS',
  KR: 'KRW',
}
/** Regions whose calendars begin on Sunday (CLDR); the browser is asked first where it can tell. */
const sundayRegions = new Set([
  'US',
  'CA',
  'MX',
  'BR',
  'JP',
  'IN',
  'IL',
  'KR',
  'ZA',
  'HK',
  'TW',
  'PH',
  'TH',
  'CO',
  'PE',
  'VE',
])

interface WeekTeller {
  getWeekInfo?: () => { firstDay: number }
}

function weekStartOf(locale: Intl.Locale & WeekTeller): '1' | '7' {
  const told = locale.getWeekInfo?.().firstDay
  const sunday = told === undefined ? sundayRegions.has(locale.maximize().region ?? '') : told === 7
  return sunday ? '7' : '1'
}

/** Defaults by a language tag (`de-AT`) and a time zone. */
export function assumedValues(
  tag: string,
  zone: string,
): Omit<StartValues, 'name' | 'person' | 'seller'> {
  const locale = new Intl.Locale(tag)
  // A bare “en” says nothing of a country; its likely region is taken for the week only when named.
  const region = locale.region ?? (locale.language === 'en' ? '' : (locale.maximize().region ?? ''))
  return {
    zone,
    currency: currencyOfRegion[region] ?? 'EUR',
    month: '1',
    weekStart: locale.region === undefined && locale.language === 'en' ? '1' : weekStartOf(locale),
  }
}

/** Every zone the browser knows, and the one it stands in; underscores are for machines. */
export function zoneChoices(own: string): Choice[] {
  const all = new Set([own, ...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return [...all].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

/** Every currency with its name, the usual ones first. */
export function currencyChoices(language: Language, chosen: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  const first = ['EUR', 'USD', 'GBP', 'CHF']
  const others = Intl.supportedValuesOf('currency').filter((code) => !first.includes(code))
  const all = new Set([...first, chosen, ...others])
  return [...all].map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }))
}

/** The twelve months by name, '1' to '12'. */
export function monthChoices(language: Language): Choice[] {
  const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, at) => ({
    value: String(at + 1),
    label: format.format(new Date(Date.UTC(2026, at, 1))),
  }))
}

/** What is sent; an empty person is the one whose company or name it is. */
export function inputOfStart(values: StartValues, locale: Language): SetUp {
  const name = values.name.trim()
  return {
    name,
    personName: values.person.trim() || name,
    zone: values.zone,
    baseCurrency: values.currency,
    fiscalFirstMonth: Number(values.month),
    weekStart: values.weekStart === '7' ? 7 : 1,
    locale,
    sellerIs: values.seller,
  }
}

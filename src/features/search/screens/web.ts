// How the palette finds records: one question to the search, each kind told in the words of its own page.
import { type Answer, call } from '../../../web/client.ts'
import type { Asking, Finder, Found, FoundGroup } from '../../../web/commands.ts'
import type { Format } from '../../../web/format.ts'
import type { FeatureWeb } from '../../../web/screens.ts'
import type { Words } from '../../../web/typed-texts.ts'

type Group = Answer<'search.find'>['groups'][number]
type Row = Group['rows'][number]
type Kind = Group['kind']

const rowsOfKind = 5

const kinds: Readonly<Record<Kind, { label: Words; path: string }>> = {
  customer: { label: { en: 'Customers', de: 'Kunden' }, path: 'customers' },
  contact: { label: { en: 'Contacts', de: 'Kontakte' }, path: 'contacts' },
  deal: { label: { en: 'Deals', de: 'Verkaufschancen' }, path: 'deals' },
  order: { label: { en: 'Orders', de: 'Aufträge' }, path: 'orders' },
  contract: { label: { en: 'Contracts', de: 'Verträge' }, path: 'contracts' },
  product: { label: { en: 'Products', de: 'Produkte' }, path: 'products' },
  seller: { label: { en: 'Sellers', de: 'Vertrieb' }, path: 'sellers' },
  team: { label: { en: 'Teams', de: 'Teams' }, path: 'teams' },
  goal: { label: { en: 'Goals', de: 'Ziele' }, path: 'goals' },
}

/** What tells a record from others of its name; a deal or an order first says whose it is. */
function noteOf(row: Row, format: Format): string {
  const day = row.day === undefined || row.kind === 'deal' ? undefined : format.date(row.day)
  const amount =
    row.amount === undefined || row.currency === undefined
      ? undefined
      : format.money(row.amount, row.currency, { digits: 'whole', currency: true })
  const { number } = row
  const parts = [
    row.jobTitle,
    row.customer?.name,
    row.stage?.name,
    row.seller?.name,
    row.team?.name,
    row.family,
    [row.city, row.country].filter(Boolean).join(', '),
    row.knownAs === number ? number : undefined,
    day,
    amount,
  ]
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

/** A contract is opened on the list, which is narrowed so that it is among the first. */
function placeOf(row: Row): Pick<Found, 'path' | 'search'> {
  const { path } = kinds[row.kind]
  if (row.kind !== 'contract') return { path: `${path}/${row.id}` }
  return {
    path,
    search: {
      open: row.id,
      customerId: row.customer?.id,
      ...(row.state === 'archived' ? { state: 'archived' } : {}),
    },
  }
}

function foundOf(row: Row, format: Format): Found {
  const note = noteOf(row, format)
  return {
    id: row.id,
    label: row.name,
    ...(note === '' ? {} : { note }),
    ...(row.state === 'archived' ? { archived: true } : {}),
    ...(row.knownAs === undefined || row.knownAs === row.number ? {} : { knownAs: row.knownAs }),
    ...placeOf(row),
  }
}

/** How many records a list filtered by this text holds; undefined where there is none or it shows no more. */
async function allOf(group: Group, asked: Asking): Promise<number | undefined> {
  const { kind } = group
  if (!group.more || (kind !== 'customer' && kind !== 'contact' && kind !== 'product'))
    return undefined
  const { path } = kinds[kind]
  const { total } = await call(
    `${path as 'customers' | 'contacts' | 'products'}.list`,
    { search: asked.text, limit: 1, count: true },
    asked,
  )
  return total !== undefined && total > group.rows.length ? total : undefined
}

async function groupOf(group: Group, asked: Asking): Promise<FoundGroup> {
  const { label, path } = kinds[group.kind]
  const total = await allOf(group, asked)
  return {
    id: group.kind,
    label,
    rows: group.rows.map((row) => foundOf(row, asked.format)),
    ...(total === undefined ? {} : { all: { total, path, search: { search: asked.text } } }),
  }
}

const find: Finder = async (asked) => {
  const { groups } = await call('search.find', { text: asked.text, limit: rowsOfKind }, asked)
  return Promise.all(groups.map((group) => groupOf(group, asked)))
}

export const searchWeb: FeatureWeb = { screens: [], finder: find }

// Where the values of a row go in the staging table, which records it mentions, and what is wrong with it.
import { createHash } from 'node:crypto'
import { nameKey } from '../../platform/database/tables.ts'
import { type DealFault, dealFault, type Outcome } from '../deals/door.ts'
import type { TypedRow } from './calc/convert.ts'
import type { KindName, Sentence } from './calc/kinds.ts'

export type MentionKind =
  | 'seller'
  | 'customer'
  | 'product'
  | 'stage'
  | 'lost_reason'
  | 'team'
  | 'office'
  | 'parent'
  | 'person'

/** Columns of the staging table beside organisation, batch, line and id; absent means null. */
export interface PlacedRow {
  external_source?: string
  external_id?: string | null
  name?: string | null
  name_key?: string | null
  seller?: string | null
  customer?: string | null
  product?: string | null
  team?: string | null
  manager?: string | null
  office?: string | null
  parent?: string | null
  stage?: string | null
  lost_reason?: string | null
  opened_on?: string | null
  closed_on?: string | null
  amount?: number | null
  amount2?: number | null
  currency?: string | null
  quantity?: number | null
  fields?: Record<string, unknown> | null
}

export interface Placing {
  stageOutcome(name: string): Outcome
  /** The name a mention stands for: itself, or what a person said it means. */
  meant(kind: MentionKind, name: string): string
  /** Key of the record that this row was said to be, if any. */
  isSaidToBe(name: string): string | null
  /** The agreed spelling of a plain value (industry, country). */
  spelling(field: string, value: string): string
  mention(kind: MentionKind, key: string, name: string, detail?: string): void
}

export type RowFault = DealFault
export type Placed = { row: PlacedRow } | { fault: RowFault; field: string }

export const faultSentences: Record<RowFault | 'duplicate_in_file', (line: number) => Sentence> = {
  'deal.closed_needs_day': (line) => ({
    en: `Line ${line}: a won or lost deal needs the day on which it was closed.`,
    de: `Zeile ${line}: Eine gewonnene oder verlorene Verkaufschance braucht den Tag des Abschlusses.`,
  }),
  'deal.open_has_day': (line) => ({
    en: `Line ${line}: an open deal has no closing day.`,
    de: `Zeile ${line}: Eine offene Verkaufschance hat keinen Abschlusstag.`,
  }),
  'deal.backwards': (line) => ({
    en: `Line ${line}: the deal would be closed before it was opened.`,
    de: `Zeile ${line}: Die Verkaufschance wäre abgeschlossen, bevor sie eröffnet wurde.`,
  }),
  'deal.won_needs_amount': (line) => ({
    en: `Line ${line}: a won deal needs an amount.`,
    de: `Zeile ${line}: Eine gewonnene Verkaufschance braucht einen Betrag.`,
  }),
  duplicate_in_file: (line) => ({
    en: `Line ${line}: an earlier row of this file is about the same record.`,
    de: `Zeile ${line}: Eine frühere Zeile dieser Datei betrifft denselben Datensatz.`,
  }),
}

export function placeRow(kind: KindName, row: TypedRow, placing: Placing): Placed {
  switch (kind) {
    case 'deals':
      return placeDeal(row, placing)
    case 'customers':
      return { row: placeCustomer(row, placing) }
    case 'products':
      return { row: placeProduct(row, placing) }
    case 'sellers':
      return { row: placeSeller(row, placing) }
    case 'teams':
      return { row: placeTeam(row, placing) }
  }
}

const text = (row: TypedRow, field: string): string | null => {
  const value = row.values[field]
  return value === null || value === undefined || value === '' ? null : String(value)
}
const amount = (row: TypedRow, field: string): number | null => {
  const value = row.values[field]
  return typeof value === 'number' ? value : null
}

/** Key of the record that a cell mentions; notes the mention. */
function mention(
  row: TypedRow,
  field: string,
  kind: MentionKind,
  placing: Placing,
  detail?: string,
): string | null {
  const name = text(row, field)
  return name === null ? null : mentionName(name, kind, placing, detail)
}

function mentionName(name: string, kind: MentionKind, placing: Placing, detail?: string): string {
  const meant = placing.meant(kind, name)
  const key = nameKey(meant)
  placing.mention(kind, key, meant, detail)
  return key
}

function placeDeal(row: TypedRow, placing: Placing): Placed {
  const stage = text(row, 'stage') ?? ''
  const outcome = placing.stageOutcome(stage)
  const deal = {
    outcome,
    openedOn: text(row, 'opened_on'),
    closedOn: text(row, 'closed_on'),
    amount: amount(row, 'amount'),
  }
  const fault = dealFault(deal)
  if (fault) return { fault, field: fault === 'deal.won_needs_amount' ? 'amount' : 'closed_on' }
  const externalId = text(row, 'external_id')
  return {
    row: {
      ...(externalId === null
        ? { external_source: 'content', external_id: contentKey(row) }
        : { external_source: '', external_id: externalId }),
      seller: mention(row, 'seller', 'seller', placing),
      customer: mention(row, 'customer', 'customer', placing),
      product: mention(row, 'product', 'product', placing),
      stage: mentionName(stage, 'stage', placing, outcome),
      lost_reason: outcome === 'lost' ? mention(row, 'lost_reason', 'lost_reason', placing) : null,
      opened_on: deal.openedOn,
      closed_on: deal.closedOn,
      amount: deal.amount,
      currency: text(row, 'currency'),
      quantity: amount(row, 'quantity'),
    },
  }
}

/** A row without a number is recognised by what it says; equal rows are told apart by their count. */
function contentKey(row: TypedRow): string {
  const content = Object.entries(row.values).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${createHash('sha256').update(JSON.stringify(content)).digest('hex')}:1`
}

function named(row: TypedRow, placing: Placing): PlacedRow & { saidToBe: string | null } {
  const name = text(row, 'name') ?? ''
  return {
    name,
    name_key: nameKey(name),
    external_id: text(row, 'external_id'),
    saidToBe: placing.isSaidToBe(name),
  }
}

function placeCustomer(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  const fields: Record<string, unknown> = { traits: row.traits ?? {} }
  for (const field of ['country', 'region', 'city', 'industry', 'size', 'source']) {
    const value = text(row, field)
    fields[field] = value === null ? null : placing.spelling(field, value)
  }
  fields.employees = amount(row, 'employees')
  return { ...record, customer: saidToBe, fields }
}

function placeProduct(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  return {
    ...record,
    product: saidToBe,
    amount: amount(row, 'list_price'),
    amount2: amount(row, 'cost'),
    currency: text(row, 'currency'),
    fields: { family: text(row, 'family'), traits: row.traits ?? {} },
  }
}

/** Without a team of its own a seller belongs to the team of the manager, else to the office itself. */
function placeSeller(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  const manager = text(row, 'manager')
  const teamName =
    text(row, 'team') ?? (manager === null ? text(row, 'office') : placing.meant('person', manager))
  const withOffice = teamName !== text(row, 'office')
  return {
    ...record,
    seller: saidToBe,
    manager: mention(row, 'manager', 'person', placing),
    office: withOffice ? mention(row, 'office', 'office', placing) : null,
    team:
      teamName === null
        ? null
        : mentionName(teamName, 'team', placing, withOffice ? 'team' : 'office'),
    opened_on: text(row, 'valid_from'),
    fields: {
      email: text(row, 'email'),
      hired_on: text(row, 'hired_on'),
      left_on: text(row, 'left_on'),
    },
  }
}

function placeTeam(row: TypedRow, placing: Placing): PlacedRow {
  const { saidToBe, ...record } = named(row, placing)
  return {
    ...record,
    team: saidToBe,
    parent: mention(row, 'parent', 'parent', placing, 'office'),
    manager: mention(row, 'manager', 'person', placing),
    fields: { kind: text(row, 'kind') },
  }
}

// What a row is in the staging table, and what the kinds of import need to put it there.
import { createHash } from 'node:crypto'
import type { CalendarSettings } from '../../basics/period.ts'
import { nameKey } from '../../platform/database/tables.ts'
import type { ActivityFault } from '../activities/door.ts'
import type { CaseFault } from '../cases/door.ts'
import type { DealFault, Outcome } from '../deals/door.ts'
import type { GoalFault, RowNotMade } from '../goals/door.ts'
import type { AnswerFault } from '../surveys/door.ts'
import type { TypedRow } from './calc/convert.ts'
import type { Sentence } from './calc/kinds.ts'

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
  | 'position'
  | 'contact'
  | 'order'

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
  order_no?: string | null
  line_no?: number | null
  /** As written in the file, exact. */
  price?: number | null
  discount?: number | null
  contact?: string | null
  fields?: Record<string, unknown> | null
}

export interface Placing {
  baseCurrency: string
  /** When years and weeks begin. */
  calendar: CalendarSettings
  stageOutcome(name: string): Outcome
  /** The name a mention stands for: itself, or what a person said it means. */
  meant(kind: MentionKind, name: string): string
  /** Key of the record that this row was said to be, if any. */
  isSaidToBe(name: string): string | null
  /** The agreed spelling of a plain value (industry, country). */
  spelling(field: string, value: string): string
  mention(kind: MentionKind, key: string, name: string, detail?: string): void
}

export type RowFault =
  | DealFault
  | AnswerFault
  | CaseFault
  | ActivityFault
  | 'rate.of_base'
  | 'contact.needs_name'
  | 'order.needs_number'
  | 'order.needs_amount'
  | 'order.too_large'
  | 'contract.backwards'
  | 'quota.one_holder'
  | 'quota.metric_unfit'
  | 'quota.period_unfit'
  | 'quota.currency'
  | 'quota.other_currency'
  | 'quota.fraction'
  | GoalFault
  | RowNotMade['fault']
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
  'order.needs_number': (line) => ({
    en: `Line ${line}: an order needs a number, or an amount.`,
    de: `Zeile ${line}: Ein Auftrag braucht eine Nummer oder einen Betrag.`,
  }),
  'order.needs_amount': (line) => ({
    en: `Line ${line}: a line of an order needs an amount, or a price.`,
    de: `Zeile ${line}: Eine Auftragsposition braucht einen Betrag oder einen Preis.`,
  }),
  'order.too_large': (line) => ({
    en: `Line ${line}: price and quantity make more than any order may be.`,
    de: `Zeile ${line}: Preis und Menge ergeben mehr, als ein Auftrag sein darf.`,
  }),
  'contact.needs_name': (line) => ({
    en: `Line ${line}: a contact needs a name.`,
    de: `Zeile ${line}: Ein Kontakt braucht einen Namen.`,
  }),
  'rate.of_base': (line) => ({
    en: `Line ${line}: the base currency has no rate.`,
    de: `Zeile ${line}: Die Basiswährung hat keinen Kurs.`,
  }),
  'survey.out_of_scale': (line) => ({
    en: `Line ${line}: the score lies outside its scale.`,
    de: `Zeile ${line}: Die Bewertung liegt außerhalb ihrer Skala.`,
  }),
  'survey.scale_backwards': (line) => ({
    en: `Line ${line}: a scale goes from a lower to a higher number.`,
    de: `Zeile ${line}: Eine Skala reicht von einer kleineren zu einer größeren Zahl.`,
  }),
  'survey.nps_scale': (line) => ({
    en: `Line ${line}: recommendation is asked on a scale of 0 to 10.`,
    de: `Zeile ${line}: Nach der Weiterempfehlung wird auf einer Skala von 0 bis 10 gefragt.`,
  }),
  'case.backwards': (line) => ({
    en: `Line ${line}: the case would be closed before it came.`,
    de: `Zeile ${line}: Der Vorgang würde enden, bevor er begann.`,
  }),
  'case.open_has_day': (line) => ({
    en: `Line ${line}: an open case has no closing day.`,
    de: `Zeile ${line}: Ein offener Vorgang hat keinen Tag des Abschlusses.`,
  }),
  'activity.needs_day': (line) => ({
    en: `Line ${line}: an activity needs the day it is due, or the day it was done.`,
    de: `Zeile ${line}: Eine Aktivität braucht den Tag, an dem sie fällig ist oder erledigt wurde.`,
  }),
  'activity.done_later': (line) => ({
    en: `Line ${line}: what is done cannot have been done after today.`,
    de: `Zeile ${line}: Erledigtes kann nicht nach heute erledigt worden sein.`,
  }),
  'contract.backwards': (line) => ({
    en: `Line ${line}: the contract would end before it begins.`,
    de: `Zeile ${line}: Der Vertrag würde enden, bevor er beginnt.`,
  }),
  'quota.one_holder': (line) => ({
    en: `Line ${line}: a quota belongs to a seller, a team or a position; name exactly one of them.`,
    de: `Zeile ${line}: Eine Vorgabe gehört zu einer Person, einem Team oder einer Stelle; nennen Sie genau eins davon.`,
  }),
  'quota.metric_unfit': (line) => ({
    en: `Line ${line}: this is no metric that a quota can be set for (of a position, only one that adds up).`,
    de: `Zeile ${line}: Für diese Kennzahl lässt sich keine Vorgabe setzen (für eine Stelle nur, was sich zusammenzählen lässt).`,
  }),
  'quota.period_unfit': (line) => ({
    en: `Line ${line}: a quota needs a month, quarter or year that exists, such as 2026-Q1.`,
    de: `Zeile ${line}: Eine Vorgabe braucht einen Monat, ein Quartal oder ein Jahr, das es gibt, etwa 2026-Q1.`,
  }),
  'quota.currency': (line) => ({
    en: `Line ${line}: quotas are set in the base currency.`,
    de: `Zeile ${line}: Vorgaben werden in der Basiswährung gesetzt.`,
  }),
  'quota.other_currency': (line) => ({
    en: `Line ${line}: this quota was set in another currency than the base currency; change it where it was set, or remove it there first.`,
    de: `Zeile ${line}: Diese Vorgabe wurde in einer anderen Währung als der Basiswährung gesetzt; ändern Sie sie auf ihrer Seite, oder entfernen Sie sie dort zuerst.`,
  }),
  'quota.fraction': (line) => ({
    en: `Line ${line}: what is counted has no fractions.`,
    de: `Zeile ${line}: Was gezählt wird, hat keine Bruchteile.`,
  }),
  'goal.one_owner': (line) => ({
    en: `Line ${line}: a goal belongs to a seller, to a team, or to nobody but you; name one of them.`,
    de: `Zeile ${line}: Ein Ziel gehört einer Person, einem Team oder nur Ihnen; nennen Sie eins davon.`,
  }),
  'goal.owner_not_found': (line) => ({
    en: `Line ${line}: nobody here has this name or number; goals make no sellers and no teams.`,
    de: `Zeile ${line}: Niemand hier hat diesen Namen oder diese Nummer; durch Ziele entstehen weder Personen noch Teams.`,
  }),
  'goal.private_owner': (line) => ({
    en: `Line ${line}: a private goal is your own; whoever it belongs to brings it in.`,
    de: `Zeile ${line}: Ein privates Ziel ist Ihr eigenes; wem es gehört, bringt es selbst herein.`,
  }),
  'goal.one_measure': (line) => ({
    en: `Line ${line}: a goal counts a metric, activities or steps; fill exactly one of the three.`,
    de: `Zeile ${line}: Ein Ziel zählt eine Kennzahl, Aktivitäten oder Schritte; füllen Sie genau eins der drei.`,
  }),
  'goal.metric_unknown': (line) => ({
    en: `Line ${line}: there is no such metric.`,
    de: `Zeile ${line}: Diese Kennzahl gibt es nicht.`,
  }),
  'goal.activity_unknown': (line) => ({
    en: `Line ${line}: activities are calls, mails, meetings, visits, messages and tasks, with commas between them.`,
    de: `Zeile ${line}: Aktivitäten sind Anrufe, E-Mails, Besprechungen, Besuche, Nachrichten und Aufgaben, mit Komma dazwischen.`,
  }),
  'goal.unit': (line) => ({
    en: `Line ${line}: what this goal counts has another unit.`,
    de: `Zeile ${line}: Was dieses Ziel zählt, hat eine andere Einheit.`,
  }),
  'goal.currency': (line) => ({
    en: `Line ${line}: goals are set in the base currency.`,
    de: `Zeile ${line}: Ziele werden in der Basiswährung gesetzt.`,
  }),
  'goal.filter': (line) => ({
    en: `Line ${line}: these filters name nothing that is there, or nothing that this goal can be narrowed by; write them as “family: Pumps | Valves; region: West”.`,
    de: `Zeile ${line}: Diese Filter nennen etwas, das es nicht gibt oder das zu diesem Ziel nicht passt; schreiben Sie sie wie „Produktfamilie: Pumpen | Ventile; Region: West“.`,
  }),
  'goal.milestone': (line) => ({
    en: `Line ${line}: milestones are written as “2026-04-30: 20000; 2026-05-31: 40000”, rise, and lie within the days and below the target.`,
    de: `Zeile ${line}: Meilensteine schreiben sich wie „2026-04-30: 20000; 2026-05-31: 40000“, steigen und liegen in der Zeit des Ziels und nicht über dem Zielwert.`,
  }),
  'goal.milestones_kept': (line) => ({
    en: `Line ${line}: the milestones that this goal has do not fit the row; give the file a column of milestones, or change them on the goal’s page first.`,
    de: `Zeile ${line}: Die Meilensteine, die dieses Ziel hat, passen nicht zur Zeile; geben Sie der Datei eine Spalte für Meilensteine, oder ändern Sie sie zuerst auf der Seite des Ziels.`,
  }),
  'goal.filters_kept': (line) => ({
    en: `Line ${line}: this goal is narrowed by people, so it cannot get an owner; give the file a column of filters.`,
    de: `Zeile ${line}: Dieses Ziel ist nach Personen eingeschränkt und kann deshalb niemandem zugeordnet werden; geben Sie der Datei eine Spalte für Filter.`,
  }),
  'goal.in_series': (line) => ({
    en: `Line ${line}: this goal is one of a series that comes again, which sets its days; leave them as they are, or change them on the goal’s page.`,
    de: `Zeile ${line}: Dieses Ziel gehört zu einer wiederkehrenden Reihe, die seine Tage bestimmt; lassen Sie sie, wie sie sind, oder ändern Sie sie auf der Seite des Ziels.`,
  }),
  'goal.step': (line) => ({
    en: `Line ${line}: steps are at most 100 names of at most 200 characters, with semicolons between them.`,
    de: `Zeile ${line}: Schritte sind höchstens 100 Namen von höchstens 200 Zeichen, mit Semikolon dazwischen.`,
  }),
  'goal.target': (line) => ({
    en: `Line ${line}: this target cannot be reached as written; it is more than zero, a share at most 1, and money has no parts of its smallest unit.`,
    de: `Zeile ${line}: Dieser Zielwert lässt sich so nicht erreichen; er liegt über null, ein Anteil höchstens bei 1, und Geld hat keine Teile der kleinsten Einheit.`,
  }),
  'goal.backwards': (line) => ({
    en: `Line ${line}: the goal would end before it begins.`,
    de: `Zeile ${line}: Das Ziel würde enden, bevor es beginnt.`,
  }),
  'goal.too_long': (line) => ({
    en: `Line ${line}: a goal lasts at most ten years.`,
    de: `Zeile ${line}: Ein Ziel dauert höchstens zehn Jahre.`,
  }),
  duplicate_in_file: (line) => ({
    en: `Line ${line}: an earlier row of this file is about the same record.`,
    de: `Zeile ${line}: Eine frühere Zeile dieser Datei betrifft denselben Datensatz.`,
  }),
}

/** The cell of a field as text; null when there is nothing. */
export const text = (row: TypedRow, field: string): string | null => {
  const value = row.values[field]
  return value === null || value === undefined || value === '' ? null : String(value)
}
/** The cell of a field as a number; null when there is none. */
export const amount = (row: TypedRow, field: string): number | null => {
  const value = row.values[field]
  return typeof value === 'number' ? value : null
}

/** Key of the record that a cell mentions; notes the mention. */
export function mention(
  row: TypedRow,
  field: string,
  kind: MentionKind,
  placing: Placing,
  detail?: string,
): string | null {
  const name = text(row, field)
  return name === null ? null : mentionName(name, kind, placing, detail)
}

export function mentionName(
  name: string,
  kind: MentionKind,
  placing: Placing,
  detail?: string,
): string {
  const meant = placing.meant(kind, name)
  const key = nameKey(meant)
  placing.mention(kind, key, meant, detail)
  return key
}

/** A row without a number is recognised by what it says; equal rows are told apart by their count. */
export function contentKey(row: TypedRow): string {
  const content = Object.entries(row.values).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${createHash('sha256').update(JSON.stringify(content)).digest('hex')}:1`
}

/** Name, number and what the row was said to be: what rows of named records have in common. */
export function named(row: TypedRow, placing: Placing): PlacedRow & { saidToBe: string | null } {
  const name = text(row, 'name') ?? ''
  return {
    name,
    name_key: nameKey(name),
    external_id: text(row, 'external_id'),
    saidToBe: placing.isSaidToBe(name),
  }
}

// The organisation's own row: its settings, and how an organisation comes to be.
import { sql } from 'kysely'
import { assert } from '../../basics/refusal.ts'
import { changedSince, type Fields, writeHistory } from '../../platform/database/records.ts'
import { prepared } from '../../platform/database/statement.ts'
import type { Tx, WriteTx } from '../../platform/database/with-org.ts'

export interface Settings {
  orgId: string
  slug: string
  name: string
  kind: 'own' | 'demo'
  zone: string
  baseCurrency: string
  fiscalFirstMonth: number
  weekStart: 1 | 7
  locale: 'en' | 'de'
  setUp: boolean
  version: number
}

interface OrgRow {
  org_id: string
  version: number
  slug: string
  name: string
  kind: 'own' | 'demo'
  zone: string
  base_currency: string
  fiscal_first_month: number
  week_start: 1 | 7
  locale: 'en' | 'de'
  set_up: boolean
}

/** Columns of `org` that an edit may change, by the name they have in the contract. */
const settingColumns = {
  name: 'name',
  zone: 'zone',
  baseCurrency: 'base_currency',
  fiscalFirstMonth: 'fiscal_first_month',
  weekStart: 'week_start',
  locale: 'locale',
  setUp: 'set_up',
} as const
export type SettingName = keyof typeof settingColumns

function fromRow(row: OrgRow): Settings {
  return {
    orgId: row.org_id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    zone: row.zone,
    baseCurrency: row.base_currency,
    fiscalFirstMonth: row.fiscal_first_month,
    weekStart: row.week_start,
    locale: row.locale,
    setUp: row.set_up,
    version: row.version,
  }
}

/** Settings of the organisation that was entered. */
export async function settingsOf(tx: Tx): Promise<Settings> {
  return readSettings(tx, sql``)
}

async function readSettings(tx: Tx, lock: ReturnType<typeof sql>): Promise<Settings> {
  const row = await tx.first(
    prepared(sql<OrgRow>`
      SELECT org_id, version, slug, name, kind, zone, base_currency, fiscal_first_month, week_start, locale, set_up
      FROM org WHERE org_id = ${tx.orgId} ${lock}`),
  )
  assert(row, 'the organisation that was entered exists')
  return fromRow(row)
}

/** Changes settings; what stays the same writes nothing. Returns the version after. */
export async function updateSettings(
  tx: WriteTx,
  wanted: Partial<Record<SettingName, unknown>>,
  version?: number,
): Promise<number> {
  const current = await readSettings(tx, sql`FOR UPDATE`)
  if (version !== undefined && version !== current.version) {
    throw changedSince({ version: current.version, fields: { ...current } }, wanted)
  }
  const names = (Object.keys(settingColumns) as SettingName[]).filter(
    (name) => wanted[name] !== undefined && wanted[name] !== current[name],
  )
  if (names.length === 0) return current.version
  const next = current.version + 1
  await tx.run(sql`
    UPDATE org SET version = ${next}, ${sql.join(
      names.map((name) => sql`${sql.ref(settingColumns[name])} = ${wanted[name]}`),
    )} WHERE org_id = ${tx.orgId}`)
  const changed: Fields = {}
  for (const name of names) changed[settingColumns[name]] = [current[name], wanted[name]]
  await writeHistory(tx, 'org', tx.orgId, next, changed)
  return next
}

/**
 * Before the first start is answered nobody has chosen a currency; the amounts that come in first
 * choose it. Nothing happens once the organisation is set up or holds amounts.
 */
export async function adoptCurrency(tx: WriteTx, currency: string): Promise<boolean> {
  const current = await readSettings(tx, sql`FOR UPDATE`)
  if (current.setUp || current.baseCurrency === currency || (await hasAmounts(tx))) return false
  await updateSettings(tx, { baseCurrency: currency })
  return true
}

export interface NewOrganisation {
  slug: string
  kind: 'own' | 'demo'
  name: string
  zone: string
  baseCurrency: string
  fiscalFirstMonth: number
  weekStart: 1 | 7
  locale: 'en' | 'de'
  setUp: boolean
  /** Name of the one person of solo mode. */
  personName: string
}

/** Writes the organisation's row and the head of its chain, whose first link holds on to the id. */
export async function insertOrganisation(
  tx: WriteTx,
  spec: NewOrganisation,
  soloPersonId: string,
): Promise<void> {
  const row: Fields = {
    slug: spec.slug,
    name: spec.name,
    kind: spec.kind,
    zone: spec.zone,
    base_currency: spec.baseCurrency,
    fiscal_first_month: spec.fiscalFirstMonth,
    week_start: spec.weekStart,
    locale: spec.locale,
    solo_person_id: soloPersonId,
    set_up: spec.setUp,
  }
  const names = Object.keys(row)
  await tx.run(sql`
    INSERT INTO org (org_id, ${sql.join(names.map((name) => sql.ref(name)))})
    VALUES (${tx.orgId}, ${sql.join(names.map((name) => row[name]))})`)
  await tx.run(sql`
    INSERT INTO org_head (org_id, revision, hash, at)
    VALUES (${tx.orgId}, 0, sha256(convert_to(${tx.orgId}::uuid::text, 'UTF8')), clock_timestamp())`)
  const made = Object.fromEntries(names.map((name) => [name, [null, row[name]]]))
  await writeHistory(tx, 'org', tx.orgId, 1, made)
}

/** Whether any row carries an amount, or a rate to the base currency: then that currency stands. */
export async function hasAmounts(tx: Tx): Promise<boolean> {
  const row = await tx.first<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM deal WHERE org_id = ${tx.orgId})
      OR EXISTS (SELECT 1 FROM rate WHERE org_id = ${tx.orgId} AND change_out IS NULL)
      OR EXISTS (SELECT 1 FROM sale WHERE org_id = ${tx.orgId}) AS found`)
  return row?.found ?? false
}

export interface Holdings {
  revision: number
  counts: {
    sellers: number
    teams: number
    customers: number
    products: number
    deals: number
    openDeals: number
  }
  dataFrom: string | null
  dataUntil: string | null
}

/** What the organisation holds, for navigation; `dataUntil` is the last day with data, inclusive. */
export async function holdingsOf(tx: Tx): Promise<Holdings> {
  const org = tx.orgId
  const row = await tx.first<
    Record<string, number> & { data_from: string | null; data_until: string | null }
  >(sql`
    SELECT (SELECT revision FROM org_head WHERE org_id = ${org}) AS revision,
      (SELECT count(*) FROM seller WHERE org_id = ${org} AND state = 'active') AS sellers,
      (SELECT count(*) FROM team WHERE org_id = ${org} AND state = 'active') AS teams,
      (SELECT count(*) FROM customer WHERE org_id = ${org} AND state = 'active') AS customers,
      (SELECT count(*) FROM product WHERE org_id = ${org} AND state = 'active') AS products,
      (SELECT count(*) FROM deal WHERE org_id = ${org} AND change_out IS NULL) AS deals,
      (SELECT count(*) FROM deal WHERE org_id = ${org} AND change_out IS NULL AND closed_on IS NULL) AS open_deals,
      coalesce(least((SELECT min(on_day) FROM sale WHERE org_id = ${org} AND change_out IS NULL),
        (SELECT min(closed_on) FROM deal WHERE org_id = ${org} AND change_out IS NULL)),
        least((SELECT min(on_day) FROM survey_answer WHERE org_id = ${org} AND change_out IS NULL),
        (SELECT min(on_day) FROM customer_case WHERE org_id = ${org} AND change_out IS NULL))) AS data_from,
      coalesce(greatest((SELECT max(on_day) FROM sale WHERE org_id = ${org} AND change_out IS NULL),
        (SELECT max(closed_on) FROM deal WHERE org_id = ${org} AND change_out IS NULL)),
        greatest((SELECT max(on_day) FROM survey_answer WHERE org_id = ${org} AND change_out IS NULL),
        (SELECT max(on_day) FROM customer_case WHERE org_id = ${org} AND change_out IS NULL))) AS data_until`)
  assert(row, 'a row of counts')
  return {
    revision: row.revision ?? 0,
    counts: {
      sellers: row.sellers ?? 0,
      teams: row.teams ?? 0,
      customers: row.customers ?? 0,
      products: row.products ?? 0,
      deals: row.deals ?? 0,
      openDeals: row.open_deals ?? 0,
    },
    dataFrom: row.data_from,
    dataUntil: row.data_until,
  }
}

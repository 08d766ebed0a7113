// What makes figures wrong, as entries of the start page: the checks that take no search for likeness.
import type { EntriesAsked, Entry } from '../../basics/entry.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { may, settingsOf } from '../team/door.ts'
import { checks } from './calc/checks.ts'
import { qualityContract } from './contract.ts'
import { keptPerRevision } from './kept.ts'
import { countFound } from './store-checks.ts'

/** The start page must not wait for a comparison of all names. */
const quick = [
  'missing-rates',
  'lines-without-head',
  'impossible-dates',
  'deals-without-owner',
] as const

export async function qualityEntries(ctx: Ctx, tx: Tx, { today }: EntriesAsked): Promise<Entry[]> {
  if (may(ctx.who.roles, qualityContract['quality.list'].policy) === 'none') return []
  const { baseCurrency } = await settingsOf(tx)
  const entries: Entry[] = []
  for (const id of quick) {
    const { count } = await keptPerRevision(tx, `waiting ${id} ${today}`, () =>
      countFound(tx, id, { orgId: tx.orgId, today, baseCurrency }),
    )
    const check = checks.find((one) => one.id === id)
    if (count === 0 || !check) continue
    entries.push({
      key: `quality:${id}`,
      kind: 'quality-finding',
      values: { name: check.name.en, name_de: check.name.de, count },
      link: { path: `quality/${id}` },
      due: null,
      stake: null,
      deed: null,
    })
  }
  return entries
}

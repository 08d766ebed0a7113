// What can be done about the quality of the data: list the checks and what they found, make two records one.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import type { Ctx } from '../../platform/context.ts'
import { readCursor } from '../../platform/database/paging.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { suspiciousDates } from '../imports/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { type Check, checks } from './calc/checks.ts'
import type { Mergeable } from './calc/merge-fields.ts'
import { swappedImports } from './calc/swapped.ts'
import type { CheckId, qualityContract } from './contract.ts'
import { pairsOf } from './find-pairs.ts'
import { keptPerRevision } from './kept.ts'
import { mendOperations } from './operations-mend.ts'
import { mergeOperations } from './operations-merge.ts'
import {
  countFields,
  countFound,
  type FoundRow,
  foundRows,
  type Setting,
  type SqlCheck,
} from './store-checks.ts'
import { importedDays } from './store-days.ts'
import { weights } from './store-pairs.ts'

type Contract = typeof qualityContract
type Rows = OutputOf<Contract['quality.rows']>
type Listed = OutputOf<Contract['quality.list']>['checks'][number]

/** Checks whose rows are about some of several fields. */
const byField: ReadonlySet<CheckId> = new Set(['missing-demographics', 'unlisted-demographics'])

const pairedBy: Partial<Record<CheckId, Mergeable>> = {
  'duplicate-customers': 'customer',
  'duplicate-contacts': 'contact',
  'duplicate-products': 'product',
  'duplicate-sellers': 'seller',
}

export const qualityOperations: Implements<Contract, Ctx> = {
  'quality.list': (ctx, { only }) =>
    ctx.read(async (tx) => {
      const setting = await settingOf(ctx, tx)
      const asked = checks.filter((check) => only === undefined || only.includes(check.id))
      const listed = []
      for (const check of asked) {
        // A day later the same data may hold other findings.
        const name = `check ${check.id} ${setting.today}`
        listed.push(await keptPerRevision(tx, name, () => result(tx, check, setting)))
      }
      return { checks: listed }
    }),
  'quality.rows': (ctx, { check, ...asked }) =>
    ctx.read(async (tx) => rowsOf(tx, check, await settingOf(ctx, tx), asked)),
  ...mergeOperations,
  ...mendOperations,
}

async function settingOf(ctx: Ctx, tx: Tx): Promise<Setting> {
  const { zone, baseCurrency } = await settingsOf(tx)
  return { orgId: tx.orgId, today: today(ctx.clock, zone), baseCurrency }
}

async function result(tx: Tx, check: Check, setting: Setting): Promise<Listed> {
  const { count, of } = await countOf(tx, check.id, setting)
  const found = { ...check, count, of, share: of > 0 ? count / of : null }
  if (count === 0) return found
  const [example] = (await rowsOf(tx, check.id, setting, { limit: 1 })).rows
  return {
    ...found,
    ...(example ? { example } : {}),
    ...(byField.has(check.id)
      ? { parts: await countFields(tx, check.id as SqlCheck, setting) }
      : {}),
  }
}

function swapped(tx: Tx) {
  return keptPerRevision(tx, 'swapped', async () =>
    swappedImports(await importedDays(tx), suspiciousDates),
  )
}

async function countOf(
  tx: Tx,
  check: CheckId,
  setting: Setting,
): Promise<{ count: number; of: number }> {
  const entity = pairedBy[check]
  if (check === 'swapped-dates') {
    const { found, of } = await swapped(tx)
    return { count: found.length, of }
  }
  if (!entity) return countFound(tx, check as SqlCheck, setting)
  const { pairs, of } = await pairsOf(tx, entity)
  return { count: pairs.length, of }
}

async function rowsOf(
  tx: Tx,
  check: CheckId,
  setting: Setting,
  page: { cursor?: string | undefined; limit: number; field?: string | undefined },
): Promise<Rows> {
  const entity = pairedBy[check]
  if (check === 'swapped-dates') {
    const { part, ...more } = slice((await swapped(tx)).found, page)
    const rows = part.map(({ id, fileName, columns, dates, of }) => ({
      id,
      entity: 'import' as const,
      name: fileName,
      count: dates,
      of,
      fields: columns,
    }))
    return { rows, ...more }
  }
  if (entity) return pairRows(tx, entity, page)
  const { rows, ...more } = await foundRows(tx, check as SqlCheck, setting, page)
  return { ...more, rows: rows.map(fromRow) }
}

/** Each pair with the record first that more refers to; that one is proposed as the winner. */
async function pairRows(
  tx: Tx,
  entity: Mergeable,
  page: { cursor?: string | undefined; limit: number },
): Promise<Rows> {
  const { part, ...more } = slice((await pairsOf(tx, entity)).pairs, page)
  const known = await weights(tx, entity, [...new Set(part.flatMap(({ a, b }) => [a.id, b.id]))])
  const weight = (id: string) => {
    const { count = 0, numbered = false } = known.get(id) ?? {}
    return { count, rank: count + (numbered ? 0.5 : 0) }
  }
  const rows = part.map(({ a, b }) => {
    const [winner, loser] = weight(b.id).rank > weight(a.id).rank ? [b, a] : [a, b]
    return {
      id: winner.id,
      entity,
      name: winner.name,
      count: weight(winner.id).count,
      other: { id: loser.id, name: loser.name, count: weight(loser.id).count },
    }
  })
  return { rows, ...more }
}

/** A page of what is kept as a whole; the cursor is a place in it. */
function slice<Row>(
  all: readonly Row[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { part: readonly Row[]; next?: string } {
  const from = Math.max(0, Number(readCursor(cursor, ['int'])?.[0] ?? 0))
  const next = from + limit
  return {
    part: all.slice(from, next),
    ...(next < all.length
      ? { next: Buffer.from(JSON.stringify([next]), 'utf8').toString('base64url') }
      : {}),
  }
}

function fromRow({
  id,
  entity,
  name,
  other_amount: otherAmount,
  ...rest
}: FoundRow): Rows['rows'][number] {
  const { count, day, until, amount, currency, fields } = rest
  return {
    id,
    entity,
    name,
    ...(count === null ? {} : { count }),
    ...(day === null ? {} : { day }),
    ...(until === null ? {} : { until }),
    ...(amount === null ? {} : { amount }),
    ...(otherAmount === null ? {} : { otherAmount }),
    ...(currency === null ? {} : { currency }),
    ...(fields === null ? {} : { fields }),
  }
}

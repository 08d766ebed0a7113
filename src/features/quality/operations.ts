// What can be done about the quality of the data: list the checks and what they found, make two records one.
import type { Implements, OutputOf } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { countNaming } from '../../platform/database/merge.ts'
import { readCursor } from '../../platform/database/paging.ts'
import { changedSince, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { mergeWithShares } from '../deals/door.ts'
import { settingsOf, today } from '../team/door.ts'
import { checks } from './calc/checks.ts'
import {
  differs,
  type Mergeable,
  mergeFields,
  sideOf,
  takenOver,
  unknownField,
} from './calc/merge-fields.ts'
import type { CheckId, qualityContract } from './contract.ts'
import { pairsOf } from './find-pairs.ts'
import {
  countFound,
  type FoundRow,
  foundRows,
  type Setting,
  type SqlCheck,
} from './store-checks.ts'
import { type MergeSide, mergeSide } from './store-merge.ts'
import { weights } from './store-pairs.ts'

type Contract = typeof qualityContract
type Rows = OutputOf<Contract['quality.rows']>

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
        const { count, of } = await countOf(tx, check.id, setting)
        const example =
          count > 0 ? (await rowsOf(tx, check.id, setting, { limit: 1 })).rows[0] : undefined
        listed.push({
          ...check,
          count,
          of,
          share: of > 0 ? count / of : null,
          ...(example ? { example } : {}),
        })
      }
      return { checks: listed }
    }),
  'quality.rows': (ctx, { check, cursor, limit }) =>
    ctx.read(async (tx) => rowsOf(tx, check, await settingOf(ctx, tx), { cursor, limit })),
  'quality.merge-preview': (ctx, { entity, winnerId, loserId }) =>
    ctx.read(async (tx) => {
      refuseSame(winnerId, loserId)
      const [winner, loser] = [
        await mergeSide(tx, entity, winnerId),
        await mergeSide(tx, entity, loserId),
      ]
      const [atWinner, atLoser] = [
        await countNaming(tx, entity, winnerId),
        await countNaming(tx, entity, loserId),
      ]
      return {
        winner: shown(winner),
        loser: shown(loser),
        fields: Object.entries(mergeFields[entity]).map(([field, columns]) => ({
          field,
          winner: valuesOf(winner, columns),
          loser: valuesOf(loser, columns),
          from: sideOf(columns, winner.fields, loser.fields),
          differs: differs(columns, winner.fields, loser.fields),
        })),
        moves: [...new Set([...Object.keys(atWinner), ...Object.keys(atLoser)])]
          .filter((what) => what !== 'alias')
          .map((what) => ({ what, winner: atWinner[what] ?? 0, loser: atLoser[what] ?? 0 })),
      }
    }),
  'quality.merge': (ctx, { entity, winnerId, loserId, winnerVersion, loserVersion, take }) =>
    ctx.write(
      async (tx) => {
        refuseSame(winnerId, loserId)
        const unknown = unknownField(entity, take)
        if (unknown !== undefined) {
          throw new Refusal({
            code: 'quality.merge_field',
            message: `There is nothing to choose for “${unknown}”.`,
            field: 'take',
            next: `Choose among: ${Object.keys(mergeFields[entity]).join(', ')}.`,
            status: 422,
          })
        }
        const [winner, loser] = [
          await mergeSide(tx, entity, winnerId),
          await mergeSide(tx, entity, loserId),
        ]
        refuseChanged(winner, winnerVersion)
        refuseChanged(loser, loserVersion)
        const fields = takenOver(entity, winner.fields, loser.fields, take)
        const moved = await mergeWithShares(tx, entity, loserId, winnerId, fields)
        const version = await updateRecord(tx, entity, winnerId, {})
        const name = typeof fields.name === 'string' ? fields.name : winner.name
        tx.describe({ name, kind: entity, merged: loser.name, moved })
        return { id: winnerId, version, changeId: tx.changeId, moved }
      },
      { long: true },
    ),
}

async function settingOf(ctx: Ctx, tx: Tx): Promise<Setting> {
  const { zone, baseCurrency } = await settingsOf(tx)
  return { orgId: tx.orgId, today: today(ctx.clock, zone), baseCurrency }
}

async function countOf(
  tx: Tx,
  check: CheckId,
  setting: Setting,
): Promise<{ count: number; of: number }> {
  const entity = pairedBy[check]
  if (!entity) return countFound(tx, check as SqlCheck, setting)
  const { pairs, of } = await pairsOf(tx, entity)
  return { count: pairs.length, of }
}

async function rowsOf(
  tx: Tx,
  check: CheckId,
  setting: Setting,
  page: { cursor?: string | undefined; limit: number },
): Promise<Rows> {
  const entity = pairedBy[check]
  if (entity) return pairRows(tx, entity, page)
  const { rows, ...more } = await foundRows(tx, check as SqlCheck, setting, page)
  return { ...more, rows: rows.map(fromRow) }
}

/** Each pair with the record first that more refers to; that one is proposed as the winner. */
async function pairRows(
  tx: Tx,
  entity: Mergeable,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Rows> {
  const place = readCursor(cursor, ['int'])
  const from = Math.max(0, Number(place?.[0] ?? 0))
  const { pairs } = await pairsOf(tx, entity)
  const part = pairs.slice(from, from + limit)
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
  const next = from + limit
  return {
    rows,
    ...(next < pairs.length
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
  const { count, day, until, amount, currency, missing } = rest
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
    ...(missing === null ? {} : { missing }),
  }
}

function shown({ id, version, name, external_id: externalId, state }: MergeSide) {
  return { id, version, name, externalId, state }
}

/** The columns of a field as a person reads them: further columns one by one, a customer by name. */
function valuesOf(
  side: MergeSide,
  columns: readonly string[],
): Record<string, string | number | null> {
  if (columns.includes('traits')) return { ...(side.fields.traits as Record<string, string>) }
  return Object.fromEntries(
    columns
      .filter((name) => name !== 'name_key')
      .map((name) => [
        name,
        name === 'customer_id'
          ? side.customer
          : ((side.fields[name] ?? null) as string | number | null),
      ]),
  )
}

function refuseSame(winnerId: string, loserId: string): void {
  if (winnerId !== loserId) return
  throw new Refusal({
    code: 'quality.merge_same',
    message: 'A record cannot become one with itself.',
    field: 'loserId',
    next: 'Choose two different records.',
    status: 422,
  })
}

function refuseChanged(side: MergeSide, version: number | undefined): void {
  if (version !== undefined && version !== side.version)
    throw changedSince({ version: side.version, fields: side.fields }, {})
}

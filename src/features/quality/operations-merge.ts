// Two records become one, or many pairs at once, or are said to be different.
import type { Implements } from '../../basics/contract.ts'
import { Refusal } from '../../basics/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { countNaming } from '../../platform/database/merge.ts'
import { changedSince, notFound, updateRecord } from '../../platform/database/records.ts'
import type { Tx } from '../../platform/database/with-org.ts'
import { mergeWithShares } from '../deals/door.ts'
import { finalWinners, type MergePair } from './calc/groups.ts'
import {
  differs,
  type Mergeable,
  mergeFields,
  sideOf,
  takenOver,
  unknownField,
} from './calc/merge-fields.ts'
import type { qualityContract } from './contract.ts'
import { differentPair, keepDifferent, listDifferent, recordsThere } from './store-different.ts'
import { type MergeSide, mergeSide } from './store-merge.ts'

type Contract = typeof qualityContract
type Name =
  | 'quality.merge-preview'
  | 'quality.merge'
  | 'quality.merge-many'
  | 'quality.set-different'
  | 'quality.different'
  | 'quality.remove-different'

export const mergeOperations: Implements<Pick<Contract, Name>, Ctx> = {
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
  'quality.merge-many': (ctx, { entity, pairs }) =>
    ctx.write(
      async (tx) => {
        const names = await recordsOf(tx, entity, pairs)
        let moved = 0
        const winners = finalWinners(pairs)
        for (const [loserId, winnerId] of winners) {
          const [winner, loser] = [
            await mergeSide(tx, entity, winnerId),
            await mergeSide(tx, entity, loserId),
          ]
          const fields = takenOver(entity, winner.fields, loser.fields, {})
          moved += await mergeWithShares(tx, entity, loserId, winnerId, fields)
        }
        const first = [...winners.values()].map((id) => names.get(id) ?? '')
        tx.describe({
          name: first.slice(0, 3).join(', '),
          kind: entity,
          count: winners.size,
          moved,
        })
        return { merged: winners.size, moved, changeId: tx.changeId }
      },
      { long: true },
    ),
  'quality.set-different': (ctx, { entity, pairs }) =>
    ctx.write(async (tx) => {
      const names = await recordsOf(tx, entity, pairs)
      const ordered = new Map(
        pairs.map(({ winnerId: a, loserId: b }) => {
          const [first, second] = a < b ? [a, b] : [b, a]
          return [`${first} ${second}`, { first, second }] as const
        }),
      )
      const count = await keepDifferent(tx, entity, [...ordered.values()])
      const [one] = pairs
      tx.describe({ name: names.get(one?.winnerId ?? '') ?? '', kind: entity, count })
      return { count, changeId: tx.changeId }
    }),
  'quality.different': (ctx, { entity, cursor, limit }) =>
    ctx.read((tx) => listDifferent(tx, entity, { cursor, limit })),
  'quality.remove-different': (ctx, { id, version }) =>
    ctx.write(async (tx) => {
      const pair = await differentPair(tx, id)
      if (!pair) throw notFound('different_pair')
      const next = await updateRecord(tx, 'different_pair', id, { state: 'removed' }, version)
      tx.describe({ kind: pair.entity })
      return { id, version: next, changeId: tx.changeId }
    }),
}

/** The records of all pairs by id; refuses a pair of one record and records that are not there. */
async function recordsOf(
  tx: Tx,
  entity: Mergeable,
  pairs: readonly MergePair[],
): Promise<Map<string, string>> {
  for (const { winnerId, loserId } of pairs) refuseSame(winnerId, loserId)
  const ids = [...new Set(pairs.flatMap(({ winnerId, loserId }) => [winnerId, loserId]))]
  const there = await recordsThere(tx, entity, ids)
  if (ids.some((id) => !there.has(id))) throw notFound(entity)
  return there
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

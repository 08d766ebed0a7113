// The filters of goals in words: what their cells are called today.
import type { Tx } from '../../platform/database/with-org.ts'
import { namesOfCells } from '../results/door.ts'
import type { Goal } from './shown.ts'
import type { GoalRow } from './store.ts'

/** Each cell is looked up once, however many goals share it. */
export async function filterNames(
  tx: Tx,
  rows: readonly GoalRow[],
): Promise<(row: GoalRow) => Goal['filters']> {
  const all: Record<string, Set<string>> = {}
  for (const { question } of rows) {
    for (const [dimension, ids] of Object.entries(question.where ?? {})) {
      all[dimension] ??= new Set()
      for (const id of ids) all[dimension].add(id)
    }
  }
  const where = Object.fromEntries(Object.entries(all).map(([name, ids]) => [name, [...ids]]))
  const named = new Map(
    (await namesOfCells(tx, where)).map(({ dimension, cells }) => [
      dimension as string,
      new Map(cells.map(({ id, name }) => [id, name])),
    ]),
  )
  return ({ question }) =>
    Object.entries(question.where ?? {}).map(([dimension, ids]) => ({
      dimension,
      cells: ids.map((id) => ({ id, name: named.get(dimension)?.get(id) ?? id })),
    }))
}

// Moving a stage by a place: which positions have to be written so that the order becomes the wanted one.
import type { Answer } from '../../../web/client.ts'

type Stage = Answer<'stages.list'>['rows'][number]

/** Which stages get which position when one moves by a place among those of its outcome. */
export function placesAfter(
  rows: readonly Stage[],
  stage: Stage,
  by: 1 | -1,
): { stage: Stage; position: number }[] {
  const alike = rows.filter((one) => one.outcome === stage.outcome)
  const at = alike.findIndex((one) => one.id === stage.id)
  const order = [...alike]
  order.splice(at, 1)
  order.splice(at + by, 0, stage)
  const positions = alike.map((one) => one.position)
  // Equal positions, ordered by name so far, cannot be swapped: all of the kind are numbered anew.
  const distinct = positions.every((position, i) => i === 0 || position > (positions[i - 1] ?? 0))
  return order
    .map((one, i) => ({ stage: one, position: distinct ? (positions[i] ?? 0) : (i + 1) * 10 }))
    .filter((one) => one.position !== one.stage.position)
}

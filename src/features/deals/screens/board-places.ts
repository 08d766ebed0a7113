// Where arrows lead on the board: to the neighbouring deal, column or stage. Pure, so that it can be tested.

export interface Column {
  stageId: string
  cards: readonly string[]
}

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

export const isArrow = (key: string): key is Arrow => /^Arrow(Left|Right|Up|Down)$/.test(key)

/** The deal that an arrow leads to from another one; empty columns are passed over. */
export function neighbour(
  columns: readonly Column[],
  from: string,
  arrow: Arrow,
): string | undefined {
  const at = columns.findIndex((column) => column.cards.includes(from))
  const place = columns[at]?.cards.indexOf(from) ?? -1
  if (place < 0) return undefined
  if (arrow === 'ArrowUp') return columns[at]?.cards[place - 1]
  if (arrow === 'ArrowDown') return columns[at]?.cards[place + 1]
  const step = arrow === 'ArrowLeft' ? -1 : 1
  for (let next = at + step; next >= 0 && next < columns.length; next += step) {
    const cards = columns[next]?.cards ?? []
    if (cards.length > 0) return cards[Math.min(place, cards.length - 1)]
  }
  return undefined
}

/** The stage a lifted deal is over after an arrow; at the ends it stays where it is. */
export function stageBeside(stages: readonly string[], from: string, arrow: Arrow): string {
  const at = stages.indexOf(from)
  const step = arrow === 'ArrowLeft' || arrow === 'ArrowUp' ? -1 : 1
  return stages[at + step] ?? from
}

// Imports whose days were probably read with day and month swapped: one row for each, by its worst column.

/** What the finder of swapped days says of one column, as far as it is used here. */
export interface Suspicion {
  /** Days that could be a month. */
  dates: number
  of: number
}

export interface DaysOfImport {
  id: string
  fileName: string
  column: string
  days: readonly (readonly [day: string, count: number])[]
}

export interface SwappedImport {
  id: string
  fileName: string
  columns: string[]
  dates: number
  of: number
}

/** The imports that are suspicious in at least one column, by name; and how many were looked at. */
export function swappedImports(
  imports: readonly DaysOfImport[],
  suspicion: (days: DaysOfImport['days']) => Suspicion | undefined,
): { found: SwappedImport[]; of: number } {
  const found = new Map<string, SwappedImport>()
  for (const { id, fileName, column, days } of imports) {
    const seen = suspicion(days)
    if (!seen) continue
    const known = found.get(id) ?? { id, fileName, columns: [], dates: 0, of: 0 }
    known.columns.push(column)
    known.dates += seen.dates
    known.of += seen.of
    found.set(id, known)
  }
  const byName = (a: SwappedImport, b: SwappedImport) =>
    a.fileName < b.fileName ? -1 : a.fileName > b.fileName ? 1 : a.id < b.id ? -1 : 1
  return {
    found: [...found.values()].sort(byName),
    of: new Set(imports.map((one) => one.id)).size,
  }
}

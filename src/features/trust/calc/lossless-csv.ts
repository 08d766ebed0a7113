// Reads CSV of a full export back without losing anything: nothing between commas is null, "" an empty text.

/** A row as it stood in the table. */
export type LosslessRow = (string | null)[]

export class CsvBroken extends Error {
  readonly row: number

  constructor(row: number, why: string) {
    super(why)
    this.name = 'CsvBroken'
    this.row = row
  }
}

/** Rows of text that arrives in pieces; the first one is the header. Throws {@link CsvBroken}. */
export async function* losslessRows(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<LosslessRow> {
  let row: LosslessRow = []
  let count = 0
  let cell = ''
  // Between cells · in a bare cell · in quotes · behind a quote that ends the cell or is half a pair.
  let state: 'start' | 'bare' | 'quoted' | 'behind' = 'start'
  const endCell = () => {
    row.push(state === 'start' ? null : cell)
    cell = ''
    state = 'start'
  }
  for await (const piece of pieces) {
    let from = 0
    for (let at = 0; at < piece.length; at += 1) {
      const sign = piece[at]
      if (state === 'quoted') {
        const end = piece.indexOf('"', at)
        if (end === -1) break
        cell += piece.slice(from, end)
        at = end
        state = 'behind'
        from = end + 1
      } else if (sign === '"') {
        if (state === 'bare') throw new CsvBroken(count + 1, 'a quote stands inside a bare cell')
        if (state === 'behind') cell += '"'
        state = 'quoted'
        from = at + 1
      } else if (sign === ',' || sign === '\n') {
        if (state === 'bare') cell += piece.slice(from, at)
        endCell()
        from = at + 1
        if (sign === '\n') {
          count += 1
          yield row
          row = []
        }
      } else if (state === 'behind') {
        throw new CsvBroken(count + 1, 'something stands behind a closing quote')
      } else if (state === 'start') {
        state = 'bare'
        from = at
      }
    }
    if (state === 'quoted' || state === 'bare') cell += piece.slice(from)
  }
  if (state !== 'start' || row.length > 0) throw new CsvBroken(count + 1, 'the last row is cut off')
}

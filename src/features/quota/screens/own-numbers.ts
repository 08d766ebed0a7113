// A column of numbers pasted by hand: one per line in the order of the holders, or each after its name.
import { parseNumber } from '../../../web/parse.ts'

export interface OwnNumbers {
  /** By holder, in order; undefined where none is given. */
  values: (number | undefined)[]
  /** Lines that say no number, or name nobody of the allocation; counted from 1. */
  unread: number[]
}

const plain = (name: string) => name.trim().toLowerCase()

/** Of a line with a tab or semicolon the first part is the name, as a spreadsheet gives it. */
export function readOwnNumbers(
  text: string,
  holders: readonly string[],
  language: 'en' | 'de',
): OwnNumbers {
  const values: (number | undefined)[] = holders.map(() => undefined)
  const unread: number[] = []
  let next = 0
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return
    const parts = line.split(/[\t;]/)
    const read = parseNumber(parts.at(-1) ?? '', language)
    const named = parts.length > 1
    const at = named ? holders.findIndex((one) => plain(one) === plain(parts[0] ?? '')) : next
    if (!named) next += 1
    if (!read.ok || at < 0 || at >= holders.length) unread.push(i + 1)
    else values[at] = read.value
  })
  return { values, unread }
}

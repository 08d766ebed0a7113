// Notices values that are probably another one misspelt: for suggestions, never changed by itself.
import {
  differBySlip,
  longestSlip,
  type Name,
  nameOf,
  shortestSlip,
} from '../../../basics/name-likeness.ts'
import type { Topic } from './known-names.ts'
import { usualNames } from './known-names.ts'

export interface Suggestion {
  /** What the values are, as given. */
  kind: string
  value: string
  like: string
  /** Rows that have `value`. */
  rows: number
}

export interface NearInput {
  kind: string
  /** Value → rows. */
  values: ReadonlyMap<string, number>
  /** Names that exist already; they are never suggested to be wrong. */
  known?: Iterable<string>
  /** Adds the usual spellings of countries or industries; people are compared more strictly. */
  topic?: Topic
  /** Most suggestions, those with most rows first. */
  most?: number
}

/** A value or an existing record, and how much speaks for its spelling. */
interface Weighed extends Name {
  rows: number
  known: boolean
  /** Exists only as a usual spelling. */
  usual: boolean
}

const weighed = (text: string, rows: number, known: boolean, usual: boolean): Weighed => ({
  ...nameOf(text),
  rows,
  known,
  usual,
})

/** A key and everything it can be with one letter left out: two keys one slip apart share one. */
function shortened(key: string): string[] {
  const all = [key]
  for (let i = 0; i < key.length; i++) all.push(key.slice(0, i) + key.slice(i + 1))
  return all
}

function index(
  names: readonly Weighed[],
  keysOf: (name: Weighed) => Iterable<string>,
): Map<string, Weighed[]> {
  const table = new Map<string, Weighed[]>()
  for (const name of names) {
    for (const key of new Set(keysOf(name))) {
      const list = table.get(key)
      if (list) list.push(name)
      else table.set(key, [name])
    }
  }
  return table
}

/** Better model first: existing, then more rows, then alphabetical, so that the answer is one. */
function byWeight(a: Weighed, b: Weighed): number {
  return (
    Number(b.known) - Number(a.known) ||
    Number(a.usual) - Number(b.usual) ||
    b.rows - a.rows ||
    (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
  )
}

function inCaseOf(model: Weighed, value: string): string {
  if (!model.usual || !/^\p{Lu}/u.test(value)) return model.text
  return model.text.charAt(0).toUpperCase() + model.text.slice(1)
}

/**
 * Suggests for values which other value, existing record or usual spelling they probably mean: names
 * equal but for case, blanks, signs and umlauts, or one slip apart in a word of at least six letters
 * (Damerau 1964: added, left out, replaced, swapped). Candidates meet by their keys with one letter
 * left out (Garbe 2012), so the work grows with the number of names, not its square.
 */
export function suggestNear(input: NearInput): Suggestion[] {
  const { values, topic = 'names', most = 200 } = input
  const known = new Set(input.known ?? [])
  const people = topic === 'people'
  const names: Weighed[] = []
  for (const text of known) names.push(weighed(text, values.get(text) ?? 0, true, false))
  for (const [text, rows] of values)
    if (!known.has(text)) names.push(weighed(text, rows, false, false))
  const usual = usualNames(topic).map((text) => weighed(text, 0, false, true))
  const usualKeys = new Set(usual.map((one) => one.key))
  const all = [...names, ...usual].filter((one) => one.key !== '')
  const alike = index(all, (name) => [name.key, name.looseKey])
  const slipping = index(
    all.filter((one) => one.key.length >= shortestSlip - 1 && one.key.length <= longestSlip),
    (name) => shortened(name.key),
  )

  const modelFor = (name: Weighed): Weighed | undefined => {
    const better = (one: Weighed) => one.text !== name.text && byWeight(one, name) < 0
    const same = [name.key, name.looseKey]
      .flatMap((key) => alike.get(key) ?? [])
      .filter((one) => !one.usual && better(one))
      .sort(byWeight)[0]
    if (same) return same
    if (usualKeys.has(name.key) || name.key.length > longestSlip) return undefined
    const near = new Set(shortened(name.key).flatMap((key) => slipping.get(key) ?? []))
    return [...near]
      .filter((one) => (one.usual || better(one)) && differBySlip(name, one, people))
      .sort(byWeight)[0]
  }

  const found: Suggestion[] = []
  for (const name of names) {
    if (name.known || name.key === '') continue
    const model = modelFor(name)
    if (model)
      found.push({
        kind: input.kind,
        value: name.text,
        like: inCaseOf(model, name.text),
        rows: name.rows,
      })
  }
  return found.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1)).slice(0, most)
}

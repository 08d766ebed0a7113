// Notices values that are probably another one misspelt: for suggestions, never changed by itself.
import { foldLetters } from './fold.ts'
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

/** A word must have this many letters before one differing letter counts as a slip. */
export const shortestSlip = 6
const shortestReplaced = 8
/** Longer names are compared by their key only, which bounds the work. */
export const longestSlip = 60

export interface Name {
  text: string
  rows: number
  known: boolean
  /** Exists only as a usual spelling. */
  usual: boolean
  tokens: string[]
  key: string
  /** Without the second letter of umlauts: Mueller, Müller and Muller meet here. */
  looseKey: string
}

/** A name taken apart for comparing it. */
export function nameOf(text: string, rows: number, known: boolean, usual: boolean): Name {
  const tokens = foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const key = tokens.join('')
  const looseKey = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return { text, rows, known, usual, tokens, key, looseKey }
}

interface Edit {
  what: 'added' | 'replaced' | 'swapped'
  at: number
  length: number
}

/** The one letter added, replaced or swapped that turns one word into the other. */
function oneEdit(a: string, b: string): Edit | undefined {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const length = long.length
  if (length - short.length > 1 || a === b) return undefined
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (length > short.length) {
    return short.slice(at) === long.slice(at + 1) ? { what: 'added', at, length } : undefined
  }
  if (short.slice(at + 1) === long.slice(at + 1)) return { what: 'replaced', at, length }
  const swapped =
    short[at] === long[at + 1] &&
    short[at + 1] === long[at] &&
    short.slice(at + 2) === long.slice(at + 2)
  return swapped ? { what: 'swapped', at, length } : undefined
}

function isSlip(edit: Edit, people: boolean): boolean {
  const atEnd = edit.at >= edit.length - (edit.what === 'swapped' ? 2 : 1)
  if (edit.length < shortestSlip) return false
  if (edit.what === 'replaced')
    return !people && edit.length >= shortestReplaced && edit.at > 0 && !atEnd
  return people ? edit.what === 'added' && edit.at > 0 && !atEnd : edit.at > 0
}

/** Whether two names differ by one slip of the pen within one longer word, and in no digit. */
export function differBySlip(a: Name, b: Name, people: boolean): boolean {
  if (a.tokens.length !== b.tokens.length) return false
  let slips = 0
  for (const [i, token] of a.tokens.entries()) {
    const other = b.tokens[i] ?? ''
    if (token === other) continue
    if (/\d/.test(token) || /\d/.test(other)) return false
    const edit = oneEdit(token, other)
    if (!edit || !isSlip(edit, people) || ++slips > 1) return false
  }
  return slips === 1
}

/** A key and everything it can be with one letter left out: two keys one slip apart share one. */
function shortened(key: string): string[] {
  const all = [key]
  for (let i = 0; i < key.length; i++) all.push(key.slice(0, i) + key.slice(i + 1))
  return all
}

function index(
  names: readonly Name[],
  keysOf: (name: Name) => Iterable<string>,
): Map<string, Name[]> {
  const table = new Map<string, Name[]>()
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
function byWeight(a: Name, b: Name): number {
  return (
    Number(b.known) - Number(a.known) ||
    Number(a.usual) - Number(b.usual) ||
    b.rows - a.rows ||
    (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
  )
}

function inCaseOf(model: Name, value: string): string {
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
  const names: Name[] = []
  for (const text of known) names.push(nameOf(text, values.get(text) ?? 0, true, false))
  for (const [text, rows] of values)
    if (!known.has(text)) names.push(nameOf(text, rows, false, false))
  const usual = usualNames(topic).map((text) => nameOf(text, 0, false, true))
  const usualKeys = new Set(usual.map((one) => one.key))
  const all = [...names, ...usual].filter((one) => one.key !== '')
  const alike = index(all, (name) => [name.key, name.looseKey])
  const slipping = index(
    all.filter((one) => one.key.length >= shortestSlip - 1 && one.key.length <= longestSlip),
    (name) => shortened(name.key),
  )

  const modelFor = (name: Name): Name | undefined => {
    const better = (one: Name) => one.text !== name.text && byWeight(one, name) < 0
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

// Whether two names are probably the same one: spelling, and one slip of the pen (Damerau 1964).
import { foldLetters } from './fold.ts'

/** A word must have this many letters before one differing letter counts as a slip. */
export const shortestSlip = 6
const shortestReplaced = 8
/** Longer names are compared by their key only, which bounds the work. */
export const longestSlip = 60

export interface Name {
  text: string
  tokens: string[]
  key: string
  /** Without the second letter of umlauts: Mueller, Müller and Muller meet here. */
  looseKey: string
}

/** A name taken apart for comparing it. */
export function nameOf(text: string): Name {
  const tokens = foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const key = tokens.join('')
  const looseKey = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return { text, tokens, key, looseKey }
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

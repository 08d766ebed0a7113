// Pairs among many names that probably mean the same: by blocks of like keys, never each against each.
import {
  differBySlip,
  longestSlip,
  type Name,
  nameOf,
  shortestSlip,
} from '../../../basics/name-likeness.ts'

export interface Named {
  id: string
  name: string
  /** Only names of the same group are compared: contacts of one customer. */
  group?: string | null | undefined
}

export interface Pair {
  a: Named
  b: Named
}

/** Words that say what kind of company it is, not which one. */
const legalForms = new Set(
  'ltd limited inc incorporated corp corporation co company llc llp plc gmbh ag kg ohg gbr ug se sa sas sarl srl spa bv nv ab as oy aps kft sro doo'.split(
    ' ',
  ),
)

/** A name compared by a slip shares with the other a key that lacks one letter; more share it by chance. */
const blockMost = 24
/** Index and hash of a key share one number, so that sorting numbers brings like keys together. */
const indexBits = 20
const namesMost = 2 ** indexBits
/** Names between two steps. */
const stepNames = 2_000

/**
 * Pairs of names that are equal but for case, blanks, signs, accents, order of words and (for companies)
 * legal form, or that differ by one slip of the pen. Of several alike each is paired with the first.
 * The work grows with the number of names times their length (Garbe 2012: keys with one letter left out).
 */
export function findPairs(given: readonly Named[], options: PairOptions = {}): Pair[] {
  const steps = pairSteps(given, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

export interface PairOptions {
  people?: boolean
  most?: number
}

/** The same in steps of some milliseconds, so that who compares many names can do other things in between. */
export function* pairSteps(
  given: readonly Named[],
  { people = false, most = 5_000 }: PairOptions = {},
): Generator<undefined, Pair[]> {
  const named = given.slice(0, namesMost)
  const names: Name[] = []
  for (const [i, one] of named.entries()) {
    if (i % stepNames === 0) yield
    names.push(nameOf(one.name))
  }
  const found = new Map<number, Set<number>>()
  let count = 0
  const pair = (i: number, j: number) => {
    if (i === j || count >= most) return
    const [first, second] = i < j ? [i, j] : [j, i]
    const partners = found.get(first) ?? new Set()
    if (partners.has(second)) return
    found.set(first, partners.add(second))
    count += 1
  }
  const firstWith = new Map<string, number>()
  for (const [i, name] of names.entries()) {
    if (i % stepNames === 0) yield
    if (name.key === '') continue
    const group = named[i]?.group ?? ''
    let first: number | undefined
    const keys = new Set(alikeKeys(name, people))
    for (const key of keys) first ??= firstWith.get(`${group}\t${key}`)
    if (first !== undefined) pair(first, i)
    for (const key of keys) {
      const place = `${group}\t${key}`
      if (!firstWith.has(place)) firstWith.set(place, first ?? i)
    }
  }
  let seen = 0
  for (const block of blocks(names, named)) {
    if (block.length === 0 || ++seen % stepNames === 0) yield
    for (const [at, i] of block.entries()) {
      for (const j of block.slice(at + 1)) {
        const [a, b] = [names[i], names[j]]
        if (a && b && a.key !== b.key && differBySlip(a, b, people)) pair(i, j)
      }
    }
  }
  const pairs: Pair[] = []
  for (const [i, partners] of found) {
    for (const j of partners) {
      const [a, b] = [named[i], named[j]]
      if (a && b) pairs.push({ a, b })
    }
  }
  const byName = (one: Named, other: Named) =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1
  return pairs.sort((x, y) => byName(x.a, y.a) || byName(x.b, y.b))
}

function alikeKeys(name: Name, people: boolean): string[] {
  const keys = [name.key, name.looseKey, name.tokens.toSorted().join('')]
  const bare = people ? name.tokens : name.tokens.filter((token) => !legalForms.has(token))
  if (bare.length > 0 && bare.length < name.tokens.length) keys.push(bare.join(''))
  return keys
}

/**
 * Indices of names that share a key, or one with a letter left out; each as a small block. An empty one
 * says that a step of the work is done.
 */
function* blocks(names: readonly Name[], named: readonly Named[]): Generator<number[]> {
  const fits = (name: Name) => name.key.length >= shortestSlip - 1 && name.key.length <= longestSlip
  let size = 0
  for (const name of names) if (fits(name)) size += name.key.length + 1
  const keyed = new Float64Array(size)
  let at = 0
  const base = 0x01000193
  for (const [i, name] of names.entries()) {
    if (i % stepNames === 0) yield []
    if (!fits(name)) continue
    const { key } = name
    const { length } = key
    const salt = hashOf(named[i]?.group ?? '')
    // Hash of the key without its letter k: of what stands before it, and of what comes after.
    const after = new Int32Array(length + 1)
    const power = new Int32Array(length + 1)
    power[0] = 1
    for (let k = length - 1; k >= 0; k--) {
      const steps = length - 1 - k
      power[steps + 1] = Math.imul(power[steps] ?? 1, base)
      after[k] = (Math.imul(key.charCodeAt(k) + 1, power[steps] ?? 1) + (after[k + 1] ?? 0)) | 0
    }
    const put = (hash: number) => {
      keyed[at] = ((hash ^ salt) >>> 0) * namesMost + i
      at += 1
    }
    put(after[0] ?? 0)
    let before = 0
    for (let k = 0; k < length; k++) {
      put((Math.imul(before, power[length - 1 - k] ?? 1) + (after[k + 1] ?? 0)) | 0)
      before = (Math.imul(before, base) + key.charCodeAt(k) + 1) | 0
    }
  }
  keyed.sort()
  let block: number[] = []
  let hash = -1
  for (const one of keyed) {
    const here = Math.floor(one / namesMost)
    if (here !== hash) {
      if (block.length > 1 && block.length <= blockMost) yield block
      block = []
      hash = here
    }
    const i = one - here * namesMost
    if (block.at(-1) !== i) block.push(i)
  }
  if (block.length > 1 && block.length <= blockMost) yield block
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5 | 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

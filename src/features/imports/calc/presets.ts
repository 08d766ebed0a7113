// Recognises what a file is from its headers: by our own words, or as an export we know.

import { foldWord } from '../../../basics/fold.ts'
import type { ImportPreset } from '../contract.ts'
import { givesName } from './field.ts'
import { fieldByHeader } from './header-words.ts'
import type { KindName } from './kinds.ts'
import { kindNames, kinds } from './kinds.ts'
import { knownExports } from './known-exports.ts'
import type { Mapping } from './mapping.ts'

export type PresetName = ImportPreset

export interface Recognition {
  kind: KindName
  preset: PresetName
  /** 0 to 1; from 0.5 it is taken, unless another kind is close. */
  score: number
  /** Parameters of the reason, for the sentence `recognised`. */
  reason: { preset: PresetName; kind: KindName; known: number; of: number; headers: string }
  /** Header → field. */
  columns: Record<string, string>
  /** What the preset fixes beside the columns. */
  rest: Mapping
}

function recogniseExports(headers: readonly string[]): Recognition[] {
  return knownExports.flatMap(({ preset, kind, marks, columns: known, others = [], rest = {} }) => {
    if (![...marks, ...others].every((name) => headers.includes(name))) return []
    const columns: Record<string, string> = Object.create(null)
    const taken = new Set<string>()
    for (const [header, field] of Object.entries(known)) {
      if (!headers.includes(header) || taken.has(field)) continue
      taken.add(field)
      columns[header] = field
    }
    const wanted = [...new Set([...Object.keys(columns), ...marks, ...others])]
    // Programs that let people add fields export them along; practice data has no columns but its own.
    const extra = preset === 'maven' ? headers.length - wanted.length : 0
    const reason = {
      preset,
      kind,
      known: wanted.length,
      of: headers.length,
      headers: wanted.join(', '),
    }
    const score = Math.max(0.6, 1 - 0.05 * extra)
    return [{ kind, preset, score, reason, columns: { ...columns }, rest }]
  })
}

/** Header → field by our words; a header that occurs twice, or a second one for a field, stays out. */
function columnsByWords(kind: KindName, headers: readonly string[]) {
  const columns: Record<string, string> = Object.create(null)
  const taken = new Set<string>()
  let telling = 0
  const matches = headers
    .filter(
      (header, i) =>
        header !== '' && headers.indexOf(header) === i && headers.lastIndexOf(header) === i,
    )
    .flatMap((header) => {
      const found = fieldByHeader(kind, header)
      return found ? [{ header, ...found }] : []
    })
  // The field's own name wins over a synonym further left.
  const own = (match: { header: string; field: string }) =>
    foldWord(match.header) === foldWord(match.field) ? 0 : 1
  for (const match of matches.toSorted((a, b) => own(a) - own(b))) {
    if (taken.has(match.field)) continue
    taken.add(match.field)
    columns[match.header] = match.field
    if (match.telling) telling++
  }
  return { columns, telling, found: taken }
}

function recognisePlain(headers: readonly string[], kind: KindName): Recognition | undefined {
  const { columns, telling, found } = columnsByWords(kind, headers)
  if (found.size === 0) return undefined
  const required = kinds[kind].fields.filter((one) => one.need === 'required')
  const present = required.filter(
    ({ name }) => found.has(name) || (name === 'name' && [...found].some(givesName)),
  ).length
  const named = headers.filter((header) => header !== '').length
  const share = found.size / Math.max(1, named)
  // A kind that needs no field in particular is judged by how much of the file it knows.
  const needs = required.length === 0 ? share : present / required.length
  const score =
    (0.35 * share + 0.3 * needs + 0.35 * Math.min(1, telling / 3)) * (needs > 0 ? 1 : 0.6)
  const reason = {
    preset: 'plain',
    kind,
    known: found.size,
    of: named,
    headers: Object.keys(columns).join(', '),
  } as const
  return {
    kind,
    preset: 'plain',
    score: Math.min(0.99, score),
    reason,
    columns: { ...columns },
    rest: {},
  }
}

/**
 * What the headers can mean, best first. A known export needs all its headers; our own words count by
 * the share of headers known, required fields found, and words that only this kind uses.
 */
export function recognise(headers: readonly string[]): Recognition[] {
  const plain = kindNames.flatMap((kind) => recognisePlain(headers, kind) ?? [])
  return [...recogniseExports(headers), ...plain].sort((a, b) => b.score - a.score)
}

/** The best recognition that is clear enough to be taken without asking. */
export function clearlyBest(found: readonly Recognition[]): Recognition | undefined {
  const [best] = found
  if (!best || best.score < 0.5) return undefined
  const rival = found.find((one) => one.kind !== best.kind)
  return rival && best.score - rival.score < 0.08 ? undefined : best
}

// Tests of near-duplicates: what is taken for the same, and what stays apart.
import { describe, expect, test } from 'vitest'
import { findPairs } from './pairs.ts'

const pairsOf = (names: readonly string[], options: Parameters<typeof findPairs>[1] = {}) =>
  findPairs(
    names.map((name, i) => ({ id: String(i), name })),
    options,
  ).map(({ a, b }) => [a.name, b.name])

describe('pairs of names', () => {
  test('spelling, signs, accents, order of words and legal form do not tell two apart', () => {
    expect(pairsOf(['Acme Ltd', 'ACME, Limited', 'Other'])).toEqual([['Acme Ltd', 'ACME, Limited']])
    expect(pairsOf(['Müller Söhne', 'Mueller Soehne'])).toHaveLength(1)
    expect(pairsOf(['Müller Söhne', 'Muller-Sohne'])).toHaveLength(1)
    expect(pairsOf(['Weber Ana', 'Ana Weber'], { people: true })).toHaveLength(1)
    expect(pairsOf(['GmbH', 'AG'])).toEqual([])
  })
  test('one slip within a longer word, and never a digit', () => {
    expect(pairsOf(['Technologies', 'Tecnologies'])).toHaveLength(1)
    expect(pairsOf(['Pharmacy North', 'Pharmcay North'])).toHaveLength(1)
    expect(pairsOf(['Plant 1001', 'Plant 1002'])).toEqual([])
    expect(pairsOf(['Meier', 'Maier'])).toEqual([])
  })
  test('of several alike each is paired with one of them', () => {
    expect(pairsOf(['Acme', 'ACME', 'A.C.M.E.', 'acme inc'])).toHaveLength(3)
  })
  test('names of different groups are not compared', () => {
    const named = ['x', 'x', 'y'].map((group, i) => ({ id: String(i), name: 'Jo Falkner', group }))
    expect(findPairs(named, { people: true }).map(({ a, b }) => a.id + b.id)).toEqual(['01'])
  })
  test('of two hundred thousand names every planted slip is found, and nothing else', () => {
    const words = ['north', 'river', 'stone', 'maple', 'copper', 'harbor', 'silver', 'meadow']
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const code = (i: number) => {
      let text = ''
      // Two names differ in at least two letters: every second letter repeats the one before, shifted.
      for (let rest = i; text.length < 8; rest = Math.floor(rest / 26))
        text += `${letters[rest % 26]}${letters[(rest * 7 + 3) % 26]}`
      return text
    }
    const names = Array.from(
      { length: 200_000 },
      (_, i) => `${words[i % 8]} ${code(i)} ${words[(i >> 3) % 8]}`,
    )
    const planted = [17, 4_711, 150_003].map((i) =>
      (names[i] ?? '').replace(/^(\w+ \w{4})\w/, '$1'),
    )
    const found = pairsOf([...names, ...planted])
    expect(found).toHaveLength(planted.length)
  })
})

// Tests of suggestions: what is noticed, and that different names stay different.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSeed } from '../../../../tests/seed.ts'
import type { NearInput } from './near-duplicates.ts'
import { suggestNear } from './near-duplicates.ts'

function near(values: Record<string, number>, more: Partial<NearInput> = {}): string[] {
  const found = suggestNear({ kind: 'x', values: new Map(Object.entries(values)), ...more })
  return found.map((one) => `${one.value} → ${one.like}`)
}

describe('near duplicates', () => {
  test('are noticed by case, blanks, signs and umlauts', () => {
    expect(
      near({ GTXPro: 1480, 'MG Special': 3 }, { known: ['GTX Pro', 'MG Special', 'MG Advanced'] }),
    ).toEqual(['GTXPro → GTX Pro'])
    expect(near({ 'Müller GmbH': 5, 'Mueller GmbH': 2, 'Muller GMBH': 1 })).toEqual([
      'Mueller GmbH → Müller GmbH',
      'Muller GMBH → Müller GmbH',
    ])
    expect(near({ 'Straße 1': 2, 'Strasse 1': 1 })).toEqual(['Strasse 1 → Straße 1'])
    expect(near({ 'acme corp.': 1, 'Acme-Corp': 3 })).toEqual(['acme corp. → Acme-Corp'])
  })

  test('are noticed one slip apart, the rarer like the more frequent', () => {
    expect(near({ technolgy: 12, technology: 30 })).toEqual(['technolgy → technology'])
    expect(near({ Philipines: 1, Philippines: 4 })).toEqual(['Philipines → Philippines'])
    expect(near({ 'Norhtern Pumps': 1, 'Northern Pumps': 2 })).toEqual([
      'Norhtern Pumps → Northern Pumps',
    ])
  })

  test('are noticed against usual spellings of countries and industries', () => {
    expect(near({ Philipines: 1, Germany: 3, Grmany: 1 }, { topic: 'countries' })).toEqual([
      'Grmany → Germany',
      'Philipines → Philippines',
    ])
    expect(near({ technolgy: 12, medical: 3, Software: 1 }, { topic: 'industries' })).toEqual([
      'technolgy → technology',
    ])
    expect(near({ Östereich: 1 }, { topic: 'countries' })).toEqual(['Östereich → Österreich'])
  })

  test('are not seen in names that differ by words, digits or single letters', () => {
    expect(near({ 'MG Special': 3, 'MG Advanced': 5 })).toEqual([])
    expect(near({ 'GTX Basic': 3, 'GTX Plus Basic': 5, 'GTX Plus Pro': 2, 'GTX Pro': 9 })).toEqual(
      [],
    )
    expect(near({ 'Pump 200': 1, 'Pump 300': 1, Filter2000: 1, Filter2001: 4 })).toEqual([])
    expect(near({ 'Class A': 1, 'Class B': 2, North: 1, South: 1, Mali: 1, Malta: 2 })).toEqual([])
  })

  test('are not seen in countries that are all real', () => {
    expect(
      near(
        {
          Gambia: 1,
          Zambia: 2,
          Niger: 1,
          Nigeria: 3,
          Slovakia: 1,
          Slovenia: 1,
          Austria: 1,
          Australia: 5,
        },
        { topic: 'countries' },
      ),
    ).toEqual([])
  })

  test('of people need more than another ending or letter', () => {
    expect(
      near(
        { 'Christian Weber': 3, 'Christina Weber': 4, 'Hannah Maier': 2, 'Hannah Mayer': 1 },
        { topic: 'people' },
      ),
    ).toEqual([])
    expect(near({ 'Rosalina Dieter': 3, 'Rosallina Dieter': 1 }, { topic: 'people' })).toEqual([
      'Rosallina Dieter → Rosalina Dieter',
    ])
  })

  test('never point at themselves, away from what exists, or at something rarer', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', ' ', 'ä', '-', '1'),
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.integer({ min: 1, max: 9 }), { noNullPrototype: true }),
        fc.array(name, { maxLength: 4 }),
        (values, known) => {
          for (const { value, like, rows } of suggestNear({
            kind: 'x',
            values: new Map(Object.entries(values)),
            known,
          })) {
            expect(value).not.toBe(like)
            expect(known).not.toContain(value)
            expect(known.includes(like) || (values[like] ?? 0) >= rows).toBe(true)
          }
        },
      ),
      { seed: testSeed, numRuns: 500 },
    )
  })

  test('do not flood lists of names made of different words', () => {
    const words = [
      'Alpha',
      'Bergmann',
      'Cascade',
      'Dolomit',
      'Everest',
      'Falken',
      'Granit',
      'Hansa',
      'Isar',
      'Juniper',
      'Kronen',
      'Lumen',
      'Merkur',
      'Nordic',
      'Orion',
      'Pinnacle',
      'Quartz',
      'Rubin',
      'Saturn',
      'Titan',
    ]
    const name = fc
      .tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.integer({ min: 1, max: 400 }))
      .map((parts) => parts.join(' '))
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 200 }), (names) => {
        expect(suggestNear({ kind: 'x', values: new Map(names.map((one) => [one, 1])) })).toEqual(
          [],
        )
      }),
      { seed: testSeed, numRuns: 40 },
    )
  })

  test('are found among ten thousand names', () => {
    const values = new Map(
      Array.from({ length: 10_000 }, (_, i): [string, number] => [
        `Customer ${(i * 7919).toString(36)} Ltd`,
        2,
      ]),
    )
    values
      .set('Costumer Krone Ltd', 1)
      .set('Costomer Krone Ltd', 1)
      .set('Kundendienst', 5)
      .set('Kundendeinst', 1)
    expect(suggestNear({ kind: 'x', values }).map((one) => one.value)).toContain('Kundendeinst')
  })
})

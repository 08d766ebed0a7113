// The sentences on a change, as those who read them will.
import { expect, test } from 'vitest'
import type { DivisibleId } from './changes.ts'
import { changeSentence, partsSentence, placeSentence, type Told } from './changes-words.ts'
import type { Language } from './metric.ts'
import { metrics } from './metrics.ts'

const told = (id: DivisibleId, lang: Language, more: Partial<Told> = {}): Told => ({
  id,
  metric: metrics[id],
  by: 'seller',
  lang,
  currency: 'EUR',
  steps: metrics[id].unit === 'rate' ? 1000 : 1,
  now: { value: 90_000 },
  before: { value: 100_000 },
  against: { id: '2017-Q3', kind: 'quarter', from: '2017-07-01', until: '2017-10-01' },
  ...more,
})
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test('revenue: how many, how large, whose, and what came back', () => {
  const parts = {
    total: -10_000,
    byVolume: -14_000,
    byRate: 3_000,
    byMix: 2_000,
    byReturns: -1_000,
  }
  expect(plain(changeSentence(told('revenue', 'en'), parts))).toBe(
    'Revenue fell by 100 EUR against Q3 2017 (−10.0 %).',
  )
  expect(plain(partsSentence(told('revenue', 'en'), parts))).toBe(
    '−140 EUR because there were fewer sales; +30 EUR because the average sale was larger, seller by seller; +20 EUR because the weight moved towards sellers with larger sales; −10 EUR because more was returned.',
  )
  expect(plain(partsSentence(told('revenue', 'de'), parts))).toBe(
    '−140 EUR, weil es weniger Verkäufe gab; +30 EUR, weil bei den einzelnen Verkäufern der durchschnittliche Verkauf größer war; +20 EUR, weil sich das Gewicht zu Verkäufern mit größeren Verkäufen verschoben hat; −10 EUR, weil mehr zurückkam.',
  )
})

test('a rate: the cells themselves, and the weight of each; the dimension is named', () => {
  const parts = { total: 15, byRate: 21, byMix: -6 }
  expect(plain(partsSentence(told('win-rate', 'en', { by: 'product' }), parts))).toBe(
    '+2.1 percentage points because more of the deals were won, product by product; −0.6 percentage points because the weight moved towards products with a lower win rate.',
  )
  expect(plain(partsSentence(told('win-rate', 'de', { by: 'region' }), parts))).toBe(
    '+2,1 Prozentpunkte, weil bei den einzelnen Regionen ein größerer Teil der Verkaufschancen gewonnen wurde; −0,6 Prozentpunkte, weil sich das Gewicht zu Regionen mit niedrigerer Abschlussquote verschoben hat.',
  )
})

test('one part alone needs no sentence; a place says its share and what is the same', () => {
  expect(partsSentence(told('win-rate', 'en'), { total: 5, byRate: 5, byMix: 0 })).toBe('')
  const place = { name: 'Ana', change: -8_000, share: 0.8, alike: ['North'] }
  expect(plain(placeSentence(told('revenue', 'en'), place))).toBe(
    'Ana: −80 EUR, 80 % of the change; the same change seen from another side: North.',
  )
  expect(plain(placeSentence(told('revenue', 'de'), place))).toBe(
    'Ana: −80 EUR, 80 % der Veränderung; dieselbe Veränderung, anders betrachtet: North.',
  )
})

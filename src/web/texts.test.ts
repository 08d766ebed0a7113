// Both languages say the same: every value a sentence asks for in one it asks for in the other.
import { expect, test } from 'vitest'
import { galleryTexts } from './gallery/texts.ts'
import { partTexts, shellTexts } from './texts.ts'
import { type Texts, texts } from './typed-texts.ts'

function places(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1] ?? '').sort()
}

test.each([
  ['shell', shellTexts],
  ['parts', partTexts],
  ['gallery', galleryTexts],
])('%s', (_name, given) => {
  const all: Texts = given
  for (const [key, english] of Object.entries(all.en)) {
    expect(places(all.de[key] ?? ''), key).toEqual(places(english))
  }
  expect(Object.keys(all.de).sort()).toEqual(Object.keys(all.en).sort())
})

test('a missing or an extra German text does not compile', () => {
  // @ts-expect-error German lacks `b`
  texts('example', { en: { a: 'A', b: 'B' }, de: { a: 'A' } })
  // @ts-expect-error English lacks `c`
  texts('example', { en: { a: 'A' }, de: { a: 'A', c: 'C' } })
  expect(texts('example', { en: { a: 'A' }, de: { a: 'Ä' } }).de.a).toBe('Ä')
})

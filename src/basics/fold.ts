// One way of making words comparable: without case, accents, blanks and signs.

const special: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'oe'],
  ['đ', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['ı', 'i'],
])

/** Lower case without accents (é → e, ß → ss); German umlauts become two letters (ä → ae). */
export function foldLetters(text: string): string {
  const lower = text.normalize('NFC').toLowerCase()
  if (/^[\x20-\x7e]*$/.test(lower)) return lower
  return lower
    .replace(/[äöü]/g, (letter) => (letter === 'ä' ? 'ae' : letter === 'ö' ? 'oe' : 'ue'))
    .replace(/[ßæœøđłþı]/g, (letter) => special.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
}

/** {@link foldLetters} with everything but letters and digits taken out. */
export function foldWord(text: string): string {
  return foldLetters(text).replace(/[^\p{L}\p{N}]+/gu, '')
}

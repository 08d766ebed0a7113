// The words of a text as the search compares them; `kontor_words` in the database does the same for what is stored.
import { foldLetters } from '../../../basics/fold.ts'

/**
 * Small letters and digits, words apart by one blank. An e after a, o or u falls away: Müller, Mueller
 * and Muller are one. What begins a text gives the beginning of its words.
 */
export function wordsOf(text: string): string {
  return foldLetters(text)
    .replace(/([aou])e/g, '$1')
    .replace(signs, ' ')
    .trim()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they part words like blanks.
const signs = /[\s\u0001-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u3003\u3008-\u301f\ufeff]+/g

/** How a number may be written that was typed in whatever case; numbers are stored as they came. */
export function numbersMeant(text: string): string[] {
  const typed = text.trim()
  return typed === '' ? [] : [...new Set([typed, typed.toUpperCase(), typed.toLowerCase()])]
}

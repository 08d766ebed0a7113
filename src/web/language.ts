// Language of the screen, kept per browser, and the words of the features in it.
import { useMemo, useSyncExternalStore } from 'react'
import { type Format, formatter } from './format.ts'
import { keepValue, keptValue } from './theme-choice.ts'
import { type Translate, translator } from './translator.ts'
import type { Language, Texts, Words } from './typed-texts.ts'

const key = 'kontor-language'

let shown: Language = 'en'
const watchers = new Set<() => void>()

function show(language: Language): void {
  shown = language
  document.documentElement.lang = language
  for (const tell of watchers) tell()
}

/** Before anything is shown: the language kept, otherwise the browser's. */
export function startLanguage(): void {
  const kept = keptValue(key)
  const asked = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
  show(kept === 'en' || kept === 'de' ? kept : asked)
}

/** Changes the language everywhere at once. */
export function setLanguage(language: Language): void {
  keepValue(key, language)
  show(language)
}

function watch(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

export function useLanguage(): Language {
  return useSyncExternalStore(watch, () => shown)
}

/** The formatter of the language on the screen. */
export function useFormat(): Format {
  return formatter(useLanguage())
}

/** A saying in the language on the screen. */
export function useWords(): (words: Words) => string {
  const language = useLanguage()
  return (words) => words[language]
}

/** Words of a feature in the language on the screen; a key it does not have does not compile. */
export function useTexts<T extends Texts>(texts: T): Translate<T> {
  const language = useLanguage()
  return useMemo(() => translator(texts, language), [texts, language])
}

/** As {@link useTexts}, outside React: the words in the language on the screen right now. */
export function translated<T extends Texts>(texts: T): Translate<T> {
  return translator(texts, shown)
}

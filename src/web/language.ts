// Language of the screen: i18next fed from the features' typed texts, kept per browser.
import i18next from 'i18next'
import { useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { type Format, formatter } from './format.ts'
import { keepValue, keptValue } from './theme-choice.ts'
import type { KeyOf, Language, Texts, Words } from './typed-texts.ts'

const key = 'kontor-language'

function firstLanguage(): Language {
  const kept = keptValue(key)
  if (kept === 'en' || kept === 'de') return kept
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
}

/** Starts i18next; texts are added by the screens that use them, so nothing is loaded up front. */
export function startLanguage(): void {
  const language = firstLanguage()
  document.documentElement.lang = language
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it shows; a second time would show entities.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
}

/** Changes the language everywhere at once. */
export function setLanguage(language: Language): void {
  keepValue(key, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'de' ? 'de' : 'en'
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

export type Translate<T> = (key: KeyOf<T>, values?: Record<string, string | number>) => string

/** Words of a feature in the language on the screen; a key it does not have does not compile. */
export function useTexts<T extends Texts>(texts: T): Translate<T> {
  const language = useLanguage()
  return useMemo(() => translator(texts, language), [texts, language])
}

/** As {@link useTexts}, outside React: the words in the language on the screen right now. */
export function translated<T extends Texts>(texts: T): Translate<T> {
  return translator(texts, i18next.language === 'de' ? 'de' : 'en')
}

function translator<T extends Texts>(texts: T, language: Language): Translate<T> {
  if (!i18next.hasResourceBundle(language, texts.namespace)) {
    i18next.addResourceBundle(language, texts.namespace, texts[language])
  }
  const fixed = i18next.getFixedT(language, texts.namespace)
  const { count } = formatter(language)
  return (name, values = {}) => {
    // `count` chooses the plural as a number and is shown as the language writes it.
    const shown = Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? count(value) : value,
    ])
    const key: string = name
    return fixed(key, { ...values, replace: Object.fromEntries(shown) } as Record<string, unknown>)
  }
}

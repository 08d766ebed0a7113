// Words of a feature in one language: plural by count, values put in their places, numbers as the language writes them.
import { formatter } from './format.ts'
import type { KeyOf, Language, Texts } from './typed-texts.ts'

export type Translate<T> = (key: KeyOf<T>, values?: Record<string, string | number>) => string

const plurals: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  de: new Intl.PluralRules('de'),
}

/** The words of one language. */
export function translator<T extends Texts>(texts: T, language: Language): Translate<T> {
  const words: Readonly<Record<string, string>> = texts[language]
  const { count } = formatter(language)
  return (name, values = {}) => {
    const key: string = name
    // `count` chooses the plural as a number and is shown as the language writes it.
    const ending = typeof values.count === 'number' ? plurals[language].select(values.count) : ''
    const text = words[`${key}_${ending}`] ?? words[key] ?? `${texts.namespace}.${key}`
    return text.replace(/\{\{(\w+)\}\}/g, (_place, part: string) => {
      const value = values[part] ?? ''
      return typeof value === 'number' ? count(value) : value
    })
  }
}

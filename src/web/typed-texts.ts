// The form in which a feature keeps its words: both languages side by side, checked by the compiler.

export type Language = 'en' | 'de'

/** A short saying in both languages, written where it is used (names of pages, commands). */
export type Words = Readonly<Record<Language, string>>

/** Texts of one namespace. Keys with the endings `_one` and `_other` are chosen by `count`. */
export interface Texts<Key extends string = string> {
  readonly namespace: string
  readonly en: Readonly<Record<Key, string>>
  readonly de: Readonly<Record<Key, string>>
}

/**
 * Texts of a feature. A key missing in German, or one English does not have, does not compile.
 * Places for values are written `{{name}}`.
 */
export function texts<const English extends Readonly<Record<string, string>>>(
  namespace: string,
  both: { en: English; de: { readonly [Key in keyof NoInfer<English>]: string } },
): Texts<keyof English & string> {
  return { namespace, en: both.en, de: both.de }
}

/** Keys as they are asked for: without the plural ending. */
export type KeyOf<T> =
  T extends Texts<infer Key>
    ? Key extends `${infer Stem}_one` | `${infer Stem}_other`
      ? Stem
      : Key
    : never

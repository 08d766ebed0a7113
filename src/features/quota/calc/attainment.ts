// Attainment: measure over quota, unrounded, and how the people of a period stand.
import type { Figure } from '../../../basics/figure.ts'
import { quantileOf } from '../../../methods/fairness.ts'

export type Language = 'en' | 'de'

const undefinedFor = (text: Record<Language, string>, lang: Language): Figure => ({
  unit: 'rate',
  missing: { code: 'undefined', text: text[lang] },
})

/** Why nothing is measured against a quota that is there. */
const notApproved = {
  proposed: {
    en: 'The quota is proposed and not yet approved; nothing is measured against it until then.',
    de: 'Die Vorgabe ist vorgeschlagen und noch nicht freigegeben; erst dann wird an ihr gemessen.',
  },
  returned: {
    en: 'The quota was returned; nothing is measured against it.',
    de: 'Die Vorgabe wurde zurückgegeben; an ihr wird nicht gemessen.',
  },
} as const

/**
 * Measure ÷ quota; 1 is reached. A quota of nothing, or one that is not approved, has no attainment; a
 * measure that is missing passes on why.
 */
export function attainmentOf(
  { state, amount }: { state: 'approved' | keyof typeof notApproved; amount: number },
  measure: Figure,
  lang: Language,
): Figure {
  if (state !== 'approved') return undefinedFor(notApproved[state], lang)
  if (amount === 0) {
    return undefinedFor(
      {
        en: 'Nothing can be measured against a quota of 0.',
        de: 'An einer Vorgabe von 0 lässt sich nichts messen.',
      },
      lang,
    )
  }
  if (measure.value === undefined) {
    return { unit: 'rate', ...(measure.missing ? { missing: measure.missing } : {}) }
  }
  return {
    value: measure.value / amount,
    unit: 'rate',
    ...(measure.n === undefined ? {} : { n: measure.n }),
  }
}

export interface Standing {
  /** Holders with an attainment. */
  n: number
  atOrAbove: number
  /** Holders whose attainment is undefined: they are left out, and said. */
  undefined: number
  /** Quarter, half and three quarters of holders lie at or below these; absent without holders. */
  low?: number
  median?: number
  high?: number
}

/** How the holders of one period stand. */
export function standingOf(attainments: readonly Figure[]): Standing {
  const values = attainments
    .flatMap(({ value }) => (value === undefined ? [] : [value]))
    .sort((a, b) => a - b)
  const n = values.length
  return {
    n,
    atOrAbove: values.filter((value) => value >= 1).length,
    undefined: attainments.length - n,
    ...(n === 0
      ? {}
      : {
          low: quantileOf(values, 0.25),
          median: quantileOf(values, 0.5),
          high: quantileOf(values, 0.75),
        }),
  }
}

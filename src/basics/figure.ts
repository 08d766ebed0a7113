// The shape every number of Kontor has on its way from SQL to the screen.

/** Why a figure has no value; the text is the sentence shown in place of the number. */
export interface Missing {
  /** Stable English code; the screen translates it. */
  code: 'not_enough_data' | 'not_measured' | 'rate_missing' | 'undefined' | 'no_right'
  text: string
  /** About how many more observations would allow an answer. */
  more?: number
}

export type Unit = 'money' | 'count' | 'rate' | 'days' | 'score'

/**
 * One figure: `value` is absent when `missing` is there.
 * Money is integer minor units of `currency`; rates lie in 0..1; `low`/`high` bound the value
 * at 95 % confidence; `n` is the number of observations it rests on.
 */
export interface Figure {
  value?: number
  n?: number
  low?: number
  high?: number
  currency?: string
  unit?: Unit
  missing?: Missing
}

/** A cell of a dimension: records carry identity and name, the others are plain strings. */
export type Cell = string | null | { id: string; name: string }

// Compares what a method returns with a published or independently computed expectation.
//
// A case is {fn, id, inputs, expected, tol, source, note?, data?}. Every key of `expected` is compared:
// a number passes when |got − want| ≤ abs + rel·|want|; "Inf" is infinity; null means not defined;
// everything else has to be equal. Tolerance keys beyond abs and rel name the key they speak of:
// `logLikAbs` is the whole tolerance of `logLik` (and of keys that begin with it, as `intervalAbs`
// for `intervalDays`), `sseRelMax` says `sse` may exceed the expectation by that share and be
// smaller without limit. Probabilities are fractions 0..1, indices count from 0.

export interface GoldenCase {
  readonly fn: string
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly expected: Readonly<Record<string, unknown>>
  readonly tol?: Readonly<Record<string, number>>
  readonly source?: string
  readonly note?: string
  /** Particulars of the case that are not inputs of the method, e.g. the later truth. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** One key that does not hold; `path` is the place within `expected`. */
export interface Mismatch {
  readonly path: string
  readonly want: unknown
  readonly got: unknown
}

type Tolerance = (want: number, got: number) => boolean

function tolerance(key: string, tol: Readonly<Record<string, number>>): Tolerance {
  for (const [name, allowed] of Object.entries(tol)) {
    const [, prefix = '', kind] = /^(.+?)(Abs|RelMax)$/.exec(name) ?? []
    const rest = key.slice(prefix.length)
    if (prefix === '' || !key.startsWith(prefix) || !/^($|[A-Z])/.test(rest)) continue
    if (kind === 'Abs') return (want, got) => Math.abs(got - want) <= allowed
    return (want, got) => got <= want * (1 + allowed)
  }
  const { abs = 0, rel = 0 } = tol
  return (want, got) => Math.abs(got - want) <= abs + rel * Math.abs(want)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function leafHolds(want: unknown, got: unknown, within: Tolerance): boolean {
  if (want === null) return got === null || got === undefined
  if (want === 'Inf') return got === Number.POSITIVE_INFINITY
  if (want === '-Inf') return got === Number.NEGATIVE_INFINITY
  if (typeof want === 'number') {
    return typeof got === 'number' && (got === want || within(want, got))
  }
  return got === want
}

function compareAt(
  path: string,
  key: string,
  want: unknown,
  got: unknown,
  tol: Readonly<Record<string, number>>,
): Mismatch[] {
  if (Array.isArray(want)) {
    if (!Array.isArray(got) || got.length !== want.length) return [{ path, want, got }]
    return want.flatMap((item, i) => compareAt(`${path}[${i}]`, key, item, got[i], tol))
  }
  if (isObject(want)) {
    if (!isObject(got)) return [{ path, want, got }]
    return Object.entries(want).flatMap(([name, item]) =>
      compareAt(path === '' ? name : `${path}.${name}`, name, item, got[name], tol),
    )
  }
  return leafHolds(want, got, tolerance(key, tol)) ? [] : [{ path, want, got }]
}

/** Every key of the case's expectation that `got` does not meet. */
export function compare(goldenCase: GoldenCase, got: unknown): Mismatch[] {
  return compareAt('', '', goldenCase.expected, got, goldenCase.tol ?? {})
}

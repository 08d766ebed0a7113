// Quota from potential: least squares of sales on what a territory offers, with honest intervals.

import { at, type Status } from './estimate.ts'
import { studentTQuantile } from './student-t.ts'

export interface Coefficient {
  /** Undefined: the intercept. */
  readonly name: string | undefined
  readonly value: number
  readonly se: number
  /** How much the others already say (variance inflation); from 10 on the coefficient is shaky. */
  readonly vif?: number
}

export interface Prediction {
  readonly value: number
  /** Where one new observation may lie. */
  readonly low: number
  readonly high: number
  /** Where the mean of such observations may lie. */
  readonly meanLow: number
  readonly meanHigh: number
  /** Outside the observed range of a column, or far from the middle of all of them. */
  readonly extrapolates: boolean
}

/** Numbers are absent and lists empty unless `status` is `ok`. */
export interface Regression {
  readonly n: number
  readonly method: string
  readonly status: Status
  readonly assumptions: readonly string[]
  /** The intercept first, then the columns kept, in the order given. */
  readonly coefficients: readonly Coefficient[]
  /** Columns that say nothing beyond those before them. */
  readonly dropped: readonly string[]
  readonly r2?: number
  readonly adjustedR2?: number
  /** Share explained when each observation is predicted without itself. */
  readonly predictedR2?: number
  /** Sum of squares of those errors. */
  readonly press?: number
  readonly residualSd?: number
  readonly df?: number
  readonly f?: number
  /** Pull of each observation on its own value, 0..1. */
  readonly leverage: readonly number[]
  readonly predictions: readonly Prediction[]
}

type Columns = Readonly<Record<string, readonly number[]>>

/** A column of unit length whose remainder beside the earlier ones is smaller says nothing new. */
const rankTolerance = 1e-9

interface Column {
  name: string
  mean: number
  /** Length of the centred column. */
  scale: number
  least: number
  most: number
  values: Float64Array
}

function centred(name: string, values: readonly number[]): Column {
  const n = values.length
  const first = at(values, 0)
  // From the first value on, so that years such as 1947 … 1962 keep their digits.
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / n
  const moved = Float64Array.from(values, (value) => value - mean)
  const scale = Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0))
  if (scale > 0) for (let i = 0; i < n; i++) moved[i] = at(moved, i) / scale
  return { name, mean, scale, least: Math.min(...values), most: Math.max(...values), values: moved }
}

/** Reflects `target` from row `from` on by the Householder vector `v`. */
function reflect(v: Float64Array, from: number, target: Float64Array): void {
  let dot = 0
  for (let i = from; i < v.length; i++) dot += at(v, i) * at(target, i)
  for (let i = from; i < v.length; i++) target[i] = at(target, i) - 2 * dot * at(v, i)
}

/** Columns that stay, the triangle R by columns, and y reflected: Qᵀy. */
function factored(columns: readonly Column[], y: Float64Array) {
  const kept: Column[] = []
  const dropped: string[] = []
  const reflectors: Float64Array[] = []
  const triangle: Float64Array[] = []
  for (const column of columns) {
    const work = Float64Array.from(column.values)
    reflectors.forEach((v, k) => {
      reflect(v, k, work)
    })
    const k = kept.length
    let rest = 0
    for (let i = k; i < work.length; i++) rest += at(work, i) ** 2
    const length = Math.sqrt(rest)
    if (column.scale === 0 || length < rankTolerance) {
      dropped.push(column.name)
      continue
    }
    const v = new Float64Array(work.length)
    const head = at(work, k)
    const turned = head > 0 ? -length : length
    for (let i = k; i < work.length; i++) v[i] = at(work, i)
    v[k] = head - turned
    const size = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0))
    for (let i = k; i < v.length; i++) v[i] = at(v, i) / size
    work[k] = turned
    reflectors.push(v)
    triangle.push(work.slice(0, k + 1))
    kept.push(column)
  }
  const turnedY = Float64Array.from(y)
  reflectors.forEach((v, k) => {
    reflect(v, k, turnedY)
  })
  return { kept, dropped, triangle, turnedY }
}

/** Solves R b = c from the bottom up. */
function backSolve(triangle: readonly Float64Array[], c: ArrayLike<number>): number[] {
  const p = triangle.length
  const b: number[] = new Array(p).fill(0)
  for (let i = p - 1; i >= 0; i--) {
    let sum = at(c, i)
    for (let j = i + 1; j < p; j++) sum -= at(at(triangle, j), i) * at(b, j)
    b[i] = sum / at(at(triangle, i), i)
  }
  return b
}

/** Solves Rᵀ v = z from the top down: the length of v is the leverage of z. */
function forwardSolve(triangle: readonly Float64Array[], z: readonly number[]): number[] {
  const v: number[] = []
  triangle.forEach((column, i) => {
    let sum = at(z, i)
    for (let j = 0; j < i; j++) sum -= at(column, j) * at(v, j)
    v.push(sum / at(column, i))
  })
  return v
}

const squares = (values: readonly number[]) => values.reduce((sum, one) => sum + one * one, 0)

/**
 * Ordinary least squares with intercept, by Householder QR of centred columns of unit length: holds
 * for columns as alike as Longley's. Columns that say nothing new are dropped and named. Fewer
 * observations than columns + 2 give `not_enough_data`; equal y, or no column that varies,
 * `undefined_no_variation`. `at`: columns of new observations to predict.
 * Source: Golub (1965), Numerische Mathematik 7:206; Longley (1967), JASA 62:819; Cravens, Woodruff &
 * Stamper (1972), Journal of Marketing 36(1):31.
 */
export function regress(
  y: readonly number[],
  x: Columns,
  {
    at: asked = {},
    confidence = 0.9,
  }: { readonly at?: Columns; readonly confidence?: number } = {},
): Regression {
  const n = y.length
  const names = Object.keys(x)
  if (!names.every((name) => x[name]?.length === n && x[name].every(Number.isFinite))) {
    throw new RangeError('Every column has a finite value for every observation')
  }
  if (!y.every(Number.isFinite)) throw new RangeError('Every observation is finite')
  const common = {
    n,
    method: 'ols',
    assumptions: ['linear', 'independent_errors', 'equal_spread', 'errors_roughly_normal'],
    coefficients: [],
    dropped: [],
    leverage: [],
    predictions: [],
  }
  if (n < names.length + 2) return { ...common, status: 'not_enough_data' }
  const target = centred('', y)
  const columns = names.map((name) => centred(name, x[name] ?? []))
  const { kept, dropped, triangle, turnedY } = factored(columns, target.values)
  const p = kept.length
  if (target.scale === 0 || p === 0) return { ...common, dropped, status: 'undefined_no_variation' }

  const slopes = backSolve(triangle, turnedY)
  const df = n - p - 1
  const scaledSse = turnedY.slice(p).reduce((sum, value) => sum + value * value, 0)
  const sst = target.scale ** 2
  const sse = scaledSse * sst
  const residualSd = Math.sqrt(sse / df)
  // Rows of R⁻¹ give the variances: (ZᵀZ)⁻¹ = R⁻¹ R⁻ᵀ.
  const unit = (k: number) => kept.map((_, i) => (i === k ? 1 : 0))
  const inverse = kept.map((_, k) => forwardSolve(triangle, unit(k)))
  const coefficients: Coefficient[] = kept.map((column, k) => {
    const vif = squares(at(inverse, k))
    return {
      name: column.name,
      value: (at(slopes, k) * target.scale) / column.scale,
      se: (residualSd * Math.sqrt(vif)) / column.scale,
      ...(p > 1 ? { vif } : {}),
    }
  })
  const centre = forwardSolve(
    triangle,
    kept.map((column) => column.mean / column.scale),
  )
  const intercept: Coefficient = {
    name: undefined,
    value:
      target.mean -
      kept.reduce((sum, column, k) => sum + at(coefficients, k).value * column.mean, 0),
    se: residualSd * Math.sqrt(1 / n + squares(centre)),
  }
  const leverage: number[] = []
  let press = 0
  for (let i = 0; i < n; i++) {
    const row = kept.map((column) => at(column.values, i))
    const pull = 1 / n + squares(forwardSolve(triangle, row))
    const fitted = row.reduce((sum, value, k) => sum + value * at(slopes, k), 0)
    leverage.push(pull)
    press += (((at(target.values, i) - fitted) * target.scale) / (1 - pull)) ** 2
  }
  const t = studentTQuantile((1 + confidence) / 2, df)
  const count = names.length === 0 ? 0 : (asked[names[0] ?? '']?.length ?? 0)
  const predictions = Array.from({ length: count }, (_, i): Prediction => {
    const given = kept.map((column) => at(asked[column.name] ?? [], i))
    const row = kept.map((column, k) => (at(given, k) - column.mean) / column.scale)
    const pull = 1 / n + squares(forwardSolve(triangle, row))
    const value =
      target.mean + target.scale * row.reduce((sum, one, k) => sum + one * at(slopes, k), 0)
    const half = t * residualSd * Math.sqrt(1 + pull)
    const meanHalf = t * residualSd * Math.sqrt(pull)
    const outside = kept.some(({ least, most }, k) => at(given, k) < least || at(given, k) > most)
    return {
      value,
      low: value - half,
      high: value + half,
      meanLow: value - meanHalf,
      meanHigh: value + meanHalf,
      extrapolates: outside || pull > (2 * (p + 1)) / n,
    }
  })
  const r2 = 1 - scaledSse
  return {
    ...common,
    status: 'ok',
    coefficients: [intercept, ...coefficients],
    dropped,
    r2,
    adjustedR2: 1 - (scaledSse * (n - 1)) / df,
    press,
    predictedR2: 1 - press / sst,
    residualSd,
    df,
    f: (sst - sse) / p / (sse / df),
    leverage,
    predictions,
  }
}

// Exact quotients, and rounding several of them so that they add up to what they are parts of.
import { roundRatio } from '../../../basics/money.ts'
import { assert } from '../../../basics/refusal.ts'

/** `top` ÷ `bottom`; `bottom` may be negative, and is 0 where there is no ratio. */
export interface Quotient {
  top: bigint
  bottom: bigint
}

/** Pieces of a step in which parts are kept until they are rounded together. */
export const finePerStep: bigint = 10n ** 24n

export const sum = (values: readonly bigint[]): bigint => values.reduce((all, one) => all + one, 0n)

export const times = (a: Quotient, b: Quotient): Quotient => ({
  top: a.top * b.top,
  bottom: a.bottom * b.bottom,
})

export const minus = (a: Quotient, b: Quotient): Quotient => ({
  top: a.top * b.bottom - b.top * a.bottom,
  bottom: a.bottom * b.bottom,
})

/** Mean of two ratios; where only one exists it stands for both, where none does there is no mean. */
export function meanOf(a: Quotient, b: Quotient): Quotient | undefined {
  if (a.bottom === 0n) return b.bottom === 0n ? undefined : b
  if (b.bottom === 0n) return a
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: 2n * a.bottom * b.bottom }
}

/** In whole steps of 1/`steps`, half-even. */
export const inSteps = ({ top, bottom }: Quotient, steps: number): bigint =>
  roundRatio(top * BigInt(steps), bottom)

/** The same in pieces of a step. */
export const inFine = ({ top, bottom }: Quotient, steps: number): bigint =>
  roundRatio(top * BigInt(steps) * finePerStep, bottom)

/**
 * Parts in pieces of a step, rounded to whole steps that add up to `total` exactly: each down, and
 * the steps left over to the largest remainders, ties to the earlier part (largest-remainder method;
 * Hamilton 1792). `total` is at most one step from the sum of the parts. Parts and total with all
 * signs turned round give the same steps with all signs turned round.
 */
export function roundTogether(parts: readonly bigint[], total: bigint): bigint[] {
  const leading = total === 0n ? (parts.find((part) => part !== 0n) ?? 0n) : total
  const sign = leading < 0n ? -1n : 1n
  const rests = parts.map((part) => (((sign * part) % finePerStep) + finePerStep) % finePerStep)
  const rounded = parts.map((part, i) => (sign * part - (rests[i] ?? 0n)) / finePerStep)
  const byRest = rests
    .map((rest, index) => ({ rest, index }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
  const give = (index: number, step: bigint) => {
    rounded[index] = (rounded[index] ?? 0n) + step
    left -= step
  }
  let left = sign * total - sum(rounded)
  for (const { index } of byRest) if (left > 0n) give(index, 1n)
  for (const { index } of byRest.toReversed()) if (left < 0n) give(index, -1n)
  assert(left === 0n, 'parts add up to their total within one step')
  return rounded.map((steps) => sign * steps)
}

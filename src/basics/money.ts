// Money is an integer count of a currency's smallest unit; everything here is exact.
import { assert, Refusal } from './refusal.ts'

/** Currencies of ISO 4217 (list of 2026) whose smallest unit is not the hundredth. */
const digitsByCurrency: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code): [string, number] => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code): [string, number] => [code, 3]),
  ['CLF', 4],
  ['UYW', 4],
])

/** Codes of ISO 4217 that have no smaller unit at all: metals, bond units, testing, no currency. */
const withoutMinorUnit: ReadonlySet<string> = new Set(
  'XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '),
)

/**
 * Number of decimal places of a currency (ISO 4217), such as 2 for EUR, 0 for JPY, 3 for KWD.
 * Refuses codes that are not three capital letters, and those that are not money to count in.
 */
export function minorDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency) || withoutMinorUnit.has(currency)) {
    throw new Refusal({
      code: 'money.currency_unknown',
      message: `“${currency}” is not a currency amounts can be kept in.`,
      field: 'currency',
      next: 'Give the three capital letters of a currency, such as EUR or USD.',
      status: 422,
    })
  }
  return digitsByCurrency.get(currency) ?? 2
}

interface Decimal {
  /** The number without its point: 12.50 → 1250n. */
  digits: bigint
  /** Places after the point: 12.50 → 2. */
  places: number
}

/** Reads plain decimal text (`-12.5`, `.5`, `7.`); an exponent only as JavaScript itself writes it. */
function decimalOf(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const shift = Number(exponent) - fraction.length
  const digits = BigInt(`${whole}${fraction}${'0'.repeat(Math.max(0, shift))}`)
  return { digits: sign === '-' ? -digits : digits, places: Math.max(0, -shift) }
}

/**
 * Quotient of two integers, rounded to the nearest integer; exactly half goes to the even neighbour.
 * The denominator must not be 0.
 */
export function roundRatio(numerator: bigint, denominator: bigint): bigint {
  assert(denominator !== 0n, 'a ratio has a denominator')
  const top = denominator < 0n ? -numerator : numerator
  const bottom = denominator < 0n ? -denominator : denominator
  const towardsZero = top / bottom
  const rest = top - towardsZero * bottom
  const twice = 2n * (rest < 0n ? -rest : rest)
  const away = top < 0n ? -1n : 1n
  if (twice > bottom || (twice === bottom && towardsZero % 2n !== 0n)) return towardsZero + away
  return towardsZero
}

/** The integer as a number; refuses what a number cannot hold exactly (beyond ±9,007,199,254,740,991). */
export function safeInteger(integer: bigint): number {
  const value = Number(integer)
  if (!Number.isSafeInteger(value)) {
    throw new Refusal({
      code: 'money.too_large',
      message: `The amount ${integer} is larger than can be kept exactly.`,
      next: 'Check the amount and the number of decimal places, or narrow the selection.',
      status: 422,
    })
  }
  return value
}

/**
 * Amount in minor units from plain decimal text with a point (`1234.5` EUR → 123450).
 * More decimal places than the currency has are rounded half-even, or refused if asked.
 */
export function toMinor(
  text: string,
  currency: string,
  { finer = 'round' }: { finer?: 'round' | 'refuse' } = {},
): number {
  const places = minorDigits(currency)
  const trimmed = text.trim()
  const decimal = /e/i.test(trimmed) ? undefined : decimalOf(trimmed)
  if (!decimal) {
    throw new Refusal({
      code: 'money.unreadable',
      message: `“${text}” is not an amount.`,
      field: 'amount',
      next: 'Give digits with at most one decimal point, such as 1234.50.',
      status: 422,
    })
  }
  if (decimal.places <= places) {
    return safeInteger(decimal.digits * 10n ** BigInt(places - decimal.places))
  }
  const divisor = 10n ** BigInt(decimal.places - places)
  if (finer === 'refuse' && decimal.digits % divisor !== 0n) {
    throw new Refusal({
      code: 'money.too_fine',
      message: `“${text}” has more decimal places than ${currency} knows (${places}).`,
      field: 'amount',
      next: `Give at most ${places} decimal places.`,
      status: 422,
    })
  }
  return safeInteger(roundRatio(decimal.digits, divisor))
}

/** Plain decimal text with a point and all decimal places of the currency: 123450 EUR → `1234.50`. */
export function fromMinor(amount: number, currency: string): string {
  assert(Number.isSafeInteger(amount), 'an amount is a safe integer')
  const places = minorDigits(currency)
  const digits = String(Math.abs(amount)).padStart(places + 1, '0')
  const sign = amount < 0 ? '-' : ''
  if (places === 0) return sign + digits
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/**
 * Amount × decimal factors (price × quantity × (1 − discount)), exact until the single half-even
 * rounding at the end. Factors are decimal text, so that 0.1 means a tenth.
 */
export function multiply(amount: number, ...factors: string[]): number {
  assert(Number.isSafeInteger(amount), 'an amount is a safe integer')
  let numerator = BigInt(amount)
  let places = 0
  for (const factor of factors) {
    const decimal = decimalOf(factor)
    assert(decimal, `“${factor}” is a decimal factor`)
    numerator *= decimal.digits
    places += decimal.places
  }
  return safeInteger(roundRatio(numerator, 10n ** BigInt(places)))
}

/**
 * Divides an amount in proportion to shares so that the parts add up to it exactly: everybody gets
 * the whole units due, the left-over units go to the largest remainders, ties to the earlier share
 * (largest-remainder method; Hamilton 1792). A negative amount is divided like the positive one.
 * Shares are at least 0 and not all 0; they need not add to 1.
 */
export function split(amount: number, shares: readonly number[]): number[] {
  assert(Number.isSafeInteger(amount), 'an amount is a safe integer')
  const decimals = shares.map((share) => {
    const decimal = share >= 0 ? decimalOf(String(share)) : undefined
    assert(decimal, `a share is a number of at least 0, not ${share}`)
    return decimal
  })
  const places = decimals.reduce((most, decimal) => Math.max(most, decimal.places), 0)
  const weights = decimals.map((decimal) => decimal.digits * 10n ** BigInt(places - decimal.places))
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) {
    throw new Refusal({
      code: 'money.no_shares',
      message: 'An amount cannot be divided when every share is 0.',
      field: 'shares',
      next: 'Give at least one person a share above 0.',
      status: 422,
    })
  }
  const whole = BigInt(Math.abs(amount))
  const parts = weights.map((weight) => (whole * weight) / total)
  let left = whole - parts.reduce((sum, part) => sum + part, 0n)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (whole * weight) % total }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
    )
  for (const { index } of byRemainder) {
    if (left === 0n) break
    parts[index] = (parts[index] ?? 0n) + 1n
    left -= 1n
  }
  return parts.map((part) => (amount < 0 && part !== 0n ? -Number(part) : Number(part)))
}

/** Sum of amounts of one currency; refuses a sum that a number cannot hold exactly. */
export function addAll(amounts: Iterable<number>): number {
  let settled = 0n
  let running = 0
  for (const amount of amounts) {
    assert(Number.isSafeInteger(amount), 'an amount is a safe integer')
    const next = running + amount
    if (Number.isSafeInteger(next)) {
      running = next
    } else {
      settled += BigInt(running)
      running = amount
    }
  }
  return settled === 0n ? running : safeInteger(settled + BigInt(running))
}

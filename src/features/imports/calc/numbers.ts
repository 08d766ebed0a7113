// Numbers in cells: German and English writing, decided for a column, and money without floats.
import { minorDigits } from '../../../basics/money.ts'

export type DecimalSign = '.' | ','

/** Signs that belong to certain currencies; a dollar sign fits every dollar and peso. */
const currencySigns: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['€', ['EUR']],
  ['£', ['GBP', 'EGP', 'FKP', 'GIP', 'SHP']],
  ['¥', ['JPY', 'CNY']],
  ['₹', ['INR']],
  ['₽', ['RUB']],
  ['₩', ['KRW']],
  ['zł', ['PLN']],
  ['Kč', ['CZK']],
  ['kr', ['DKK', 'NOK', 'SEK', 'ISK']],
  ['Fr.', ['CHF']],
  ['US$', ['USD']],
  ['$', undefined],
])
const signsByLength = [...currencySigns.keys()].sort((a, b) => b.length - a.length)

interface ReadNumber {
  /** Plain decimal text: sign, digits, point. */
  plain: string
  /** Currencies the cell's own sign or code allows; absent when it has none or any dollar. */
  currencies?: readonly string[]
}

interface Stripped {
  body: string
  negative: boolean
  currencies?: readonly string[]
}

function stripCurrency(text: string): { body: string; currencies?: readonly string[] } {
  const code = /^([A-Z]{3}) ?(?=[-−+\d(.,])|(?<=[\d).,-]) ?([A-Z]{3})$/.exec(text)
  if (code) {
    const body = text.replace(code[0], '').trim()
    return { body, currencies: [code[1] ?? code[2] ?? ''] }
  }
  for (const sign of signsByLength) {
    const at = text.startsWith(sign) ? 0 : text.endsWith(sign) ? text.length - sign.length : -1
    if (at < 0) continue
    const body = (at === 0 ? text.slice(sign.length) : text.slice(0, at)).trim()
    const currencies = currencySigns.get(sign)
    return currencies ? { body, currencies } : { body }
  }
  return { body: text }
}

/** Takes sign, brackets and currency off; at most one way of saying "negative". */
function strip(cell: string): Stripped | undefined {
  let text = cell.trim()
  let signs = 0
  const takeSign = () => {
    if (/^[-−]/.test(text)) {
      signs++
      text = text.slice(1).trim()
    } else if (text.startsWith('+')) {
      text = text.slice(1).trim()
    } else if (/[-−]$/.test(text)) {
      signs++
      text = text.slice(0, -1).trim()
    } else if (text.startsWith('(') && text.endsWith(')')) {
      signs++
      text = text.slice(1, -1).trim()
    }
  }
  takeSign()
  const { body, currencies } = stripCurrency(text)
  if (body !== text) {
    text = body
    takeSign()
  }
  if (signs > 1) return undefined
  return { body: text, negative: signs === 1, ...(currencies ? { currencies } : {}) }
}

const plainDigits = /^-?\d{1,15}$/
const plainDecimal = /^-?\d{1,15}[.,]\d{1,9}$/
const writing: Record<DecimalSign, RegExp> = {
  '.': /^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009'’]\d{3})+)?(?:\.\d*)?$/,
  ',': /^(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009'’]\d{3})+)?(?:,\d*)?$/,
}

/**
 * Reads a cell with the given decimal sign (the other one, blanks and apostrophes may group by
 * thousands). Undefined when it is not a number written that way.
 */
export function readNumber(cell: string, decimal: DecimalSign): ReadNumber | undefined {
  if (plainDigits.test(cell)) return { plain: cell }
  // Most cells are as simple as this; the rest of the function gives the same answer, slower.
  if (plainDecimal.test(cell) && cell.includes(decimal)) {
    return { plain: decimal === ',' ? cell.replace(',', '.') : cell }
  }
  if (cell.length > 60) return undefined
  const stripped = strip(cell)
  if (!stripped) return undefined
  const { body, negative, currencies } = stripped
  if (!/\d/.test(body) || !writing[decimal].test(body)) return undefined
  const [whole = '', fraction = ''] = body.split(decimal)
  const digits = whole.replace(/\D/g, '')
  const plain = `${negative ? '-' : ''}${digits === '' ? '0' : digits}${fraction === '' ? '' : `.${fraction}`}`
  return currencies ? { plain, currencies } : { plain }
}

type Minor = { amount: number } | { fault: 'too_many_decimals' | 'number_too_large' }

/** Largest amount taken, in minor units; contracts of amounts have the same bound. */
const largest = 1_000_000_000_000_000

/**
 * Minor units of plain decimal text, exactly. Decimals beyond those of the currency are a fault
 * unless they are zeros. Throws what `minorDigits` throws for an unknown currency.
 */
export function minorOf(plain: string, currency: string): Minor {
  const digits = minorDigits(currency)
  const [whole = '0', written = ''] = plain.split('.')
  const fraction = written.length > digits ? written.replace(/0+$/, '') : written
  if (fraction.length > digits) return { fault: 'too_many_decimals' }
  const amount = Number(whole + fraction.padEnd(digits, '0'))
  if (!(Math.abs(amount) <= largest)) return { fault: 'number_too_large' }
  return { amount: amount === 0 ? 0 : amount }
}

/** Whole number of plain decimal text, or the fault. */
export function integerOf(
  plain: string,
): { value: number } | { fault: 'not_an_integer' | 'number_too_large' } {
  const [whole = '0', fraction = ''] = plain.split('.')
  if (/[1-9]/.test(fraction)) return { fault: 'not_an_integer' }
  const value = Number(whole)
  if (!Number.isSafeInteger(value)) return { fault: 'number_too_large' }
  return { value: value === 0 ? 0 : value }
}

/** What the cells of a column are as numbers, over all rows. */
export interface NumberTally {
  /** Written alike in both ways: digits only. */
  same: number
  /** Numbers only with a decimal point / only with a decimal comma. */
  point: number
  comma: number
  /** Numbers both ways, with different values: `1.234`. */
  open: number
  /** Of the open ones: whole numbers when read with a point / with a comma. */
  openWholeByPoint: number
  openWholeByComma: number
  /** No numbers at all. */
  neither: number
  examples: { point: CellExample[]; comma: CellExample[]; open: CellExample[] }
}

interface CellExample {
  line: number
  value: string
}

export function emptyNumberTally(): NumberTally {
  return {
    same: 0,
    point: 0,
    comma: 0,
    open: 0,
    openWholeByPoint: 0,
    openWholeByComma: 0,
    neither: 0,
    examples: { point: [], comma: [], open: [] },
  }
}

/** Adds one cell to a tally. */
export function tallyNumber(tally: NumberTally, cell: string, line: number, rows = 1): void {
  if (plainDigits.test(cell)) {
    tally.same += rows
    return
  }
  const byPoint = readNumber(cell, '.')?.plain
  const byComma = readNumber(cell, ',')?.plain
  const keep = (list: CellExample[]) => {
    if (list.length < 3 && !list.some((one) => one.value === cell)) list.push({ line, value: cell })
  }
  if (byPoint === undefined && byComma === undefined) {
    tally.neither += rows
  } else if (byComma === undefined) {
    tally.point += rows
    keep(tally.examples.point)
  } else if (byPoint === undefined) {
    tally.comma += rows
    keep(tally.examples.comma)
  } else if (byPoint === byComma) {
    tally.same += rows
  } else {
    tally.open += rows
    if (!/\.\d*[1-9]/.test(byPoint)) tally.openWholeByPoint += rows
    if (!/\.\d*[1-9]/.test(byComma)) tally.openWholeByComma += rows
    keep(tally.examples.open)
  }
}

type NumberVerdict =
  | { kind: 'settled'; decimal: DecimalSign; evidence: number }
  | { kind: 'ask'; why: 'open' | 'mixed' }

/**
 * Decides the decimal sign of a column over all its cells. Columns of whole numbers take the reading
 * that makes all of them whole, when only one does. A column without evidence is settled (`evidence`
 * 0); one that stays open or holds both writings must be asked.
 */
export function judgeNumbers(tally: NumberTally, whole: boolean): NumberVerdict {
  if (tally.point > 0 && tally.comma > 0) return { kind: 'ask', why: 'mixed' }
  if (tally.point > 0) return { kind: 'settled', decimal: '.', evidence: tally.point }
  if (tally.comma > 0) return { kind: 'settled', decimal: ',', evidence: tally.comma }
  if (tally.open === 0) return { kind: 'settled', decimal: '.', evidence: 0 }
  if (whole) {
    const byPoint = tally.openWholeByPoint === tally.open
    const byComma = tally.openWholeByComma === tally.open
    if (byPoint !== byComma) {
      return { kind: 'settled', decimal: byPoint ? '.' : ',', evidence: tally.open }
    }
  }
  return { kind: 'ask', why: 'open' }
}

// Calendar dates in cells: patterns read strictly, and what a whole column of dates looks like.

/** Years outside are taken for slips of the pen. */
const firstYear = 1900
const lastYear = 2199
/** Two-digit years: 00–69 are 2000–2069, 70–99 are 1970–1999. */
const twoDigitYearPivot = 70

type Part = { take: 'YYYY' | 'YY' | 'MM' | 'M' | 'DD' | 'D' | 'MMM' } | { literal: string }

export interface DatePattern {
  text: string
  parts: readonly Part[]
}

const months = new Map<string, number>()
for (const [index, words] of [
  'jan january januar jän jänner',
  'feb february februar',
  'mar march mär märz mrz',
  'apr april',
  'may mai',
  'jun june juni',
  'jul july juli',
  'aug august',
  'sep sept september',
  'oct october okt oktober',
  'nov november',
  'dec december dez dezember',
].entries()) {
  for (const word of words.split(' ')) months.set(word, index + 1)
}

/**
 * Compiles a pattern of YYYY, YY, MM, M, DD, D, MMM (month's name) and signs between them; M and D
 * take one or two digits, MM and DD exactly two. Undefined when it does not name year, month and day
 * once each.
 */
export function datePattern(text: string): DatePattern | undefined {
  const parts: Part[] = []
  let rest = text
  while (rest !== '') {
    const take = /^(YYYY|YY|MMM|MM|M|DD|D)/.exec(rest)?.[1]
    if (take !== undefined) {
      parts.push({ take } as Part)
      rest = rest.slice(take.length)
      continue
    }
    const literal = rest.charAt(0)
    if (!/[-./, ]/.test(literal)) return undefined
    parts.push({ literal })
    rest = rest.slice(1)
  }
  const kinds = parts.flatMap((part) => ('take' in part ? [part.take.charAt(0)] : []))
  return kinds.sort().join('') === 'DMY' ? { text, parts } : undefined
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `YYYY-MM-DD` of a day that exists within 1900–2199, else undefined. */
function isoDay(year: number, month: number, day: number): string | undefined {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return undefined
  const most = month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0)
  if (day > most) return undefined
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

function digitsAt(text: string, at: number, least: number, most: number): number {
  let n = 0
  while (n < most) {
    const code = text.charCodeAt(at + n)
    if (!(code >= 48 && code <= 57)) break
    n++
  }
  return n < least ? 0 : n
}

const timeOfDay =
  /^(?:[T ]\s?|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?$/

/** The day of a written moment: with an offset and a zone it falls where the zone says. */
function dayOfMoment(day: string, time: string, zone: string | undefined): string | undefined {
  const match = timeOfDay.exec(time)
  if (!match) return undefined
  const [, h = '', m = '', s = '00', half, offset] = match
  let hour = Number(h)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  if (hour > 23 || Number(m) > 59 || Number(s) > 59) return undefined
  const midnight = hour === 0 && Number(m) === 0 && Number(s) === 0
  // Exports write plain dates as midnight UTC: moving those into a zone would change the day.
  if (offset === undefined || zone === undefined || midnight) return day
  const sign =
    offset === 'Z'
      ? '+00:00'
      : offset.includes(':')
        ? offset
        : `${offset.slice(0, 3)}:${offset.slice(3)}`
  if (Number(sign.slice(1, 3)) > 14 || Number(sign.slice(4)) > 59) return undefined
  const instant = Temporal.Instant.from(`${day}T${String(hour).padStart(2, '0')}:${m}:${s}${sign}`)
  return instant.toZonedDateTimeISO(zone).toPlainDate().toString()
}

/**
 * Reads a cell by one pattern, strictly; a time of day behind the date is allowed. Gives
 * `YYYY-MM-DD`, or undefined when the cell does not fit or the day does not exist.
 */
export function readDate(cell: string, pattern: DatePattern, zone?: string): string | undefined {
  let at = 0
  let year = 0
  let month = 0
  let day = 0
  for (const part of pattern.parts) {
    if ('literal' in part) {
      if (cell.charAt(at) !== part.literal) return undefined
      at++
      continue
    }
    if (part.take === 'MMM') {
      const word = /^\p{L}+/u.exec(cell.slice(at, at + 12))?.[0] ?? ''
      month = months.get(word.toLowerCase()) ?? 0
      if (month === 0) return undefined
      at += word.length
      if (cell.charAt(at) === '.' && word.length <= 4) at++
      continue
    }
    const size = part.take.length
    const most = size === 1 ? 2 : size
    const n = digitsAt(cell, at, size, most)
    if (n === 0) return undefined
    const value = Number(cell.slice(at, at + n))
    at += n
    if (part.take === 'YYYY') year = value
    else if (part.take === 'YY') year = value + (value < twoDigitYearPivot ? 2000 : 1900)
    else if (part.take === 'M' || part.take === 'MM') month = value
    else day = value
  }
  const iso = isoDay(year, month, day)
  if (iso === undefined || at === cell.length) return iso
  return dayOfMoment(iso, cell.slice(at), zone)
}

type DateReading =
  | { day: string }
  | { fault: 'not_a_date' }
  | { fault: 'date_two_ways'; days: string[] }

/** Reads a cell by several patterns: those that fit must agree. */
export function readDateByAll(
  cell: string,
  patterns: readonly DatePattern[],
  zone?: string,
): DateReading {
  let found: string | undefined
  for (const pattern of patterns) {
    const day = readDate(cell, pattern, zone)
    if (day === undefined || day === found) continue
    if (found !== undefined) return { fault: 'date_two_ways', days: [found, day] }
    found = day
  }
  return found === undefined ? { fault: 'not_a_date' } : { day: found }
}

/** How a date is written (signs and lengths), and the orders it can be meant in. */
const forms: readonly { form: string; test: RegExp; patterns: readonly string[] }[] = [
  { form: '####-#-#', test: /^\d{4}-\d{1,2}-\d{1,2}(?!\d)/, patterns: ['YYYY-M-D'] },
  { form: '#/#/####', test: /^\d{1,2}\/\d{1,2}\/\d{4}(?!\d)/, patterns: ['M/D/YYYY', 'D/M/YYYY'] },
  { form: '#.#.####', test: /^\d{1,2}\.\d{1,2}\.\d{4}(?!\d)/, patterns: ['D.M.YYYY'] },
  { form: '#-#-####', test: /^\d{1,2}-\d{1,2}-\d{4}(?!\d)/, patterns: ['D-M-YYYY', 'M-D-YYYY'] },
  { form: '#/#/##', test: /^\d{1,2}\/\d{1,2}\/\d{2}(?!\d)/, patterns: ['M/D/YY', 'D/M/YY'] },
  { form: '#.#.##', test: /^\d{1,2}\.\d{1,2}\.\d{2}(?!\d)/, patterns: ['D.M.YY'] },
  { form: '#-#-##', test: /^\d{1,2}-\d{1,2}-\d{2}(?!\d)/, patterns: ['D-M-YY', 'M-D-YY'] },
  { form: '####/#/#', test: /^\d{4}\/\d{1,2}\/\d{1,2}(?!\d)/, patterns: ['YYYY/M/D'] },
  { form: '####.#.#', test: /^\d{4}\.\d{1,2}\.\d{1,2}(?!\d)/, patterns: ['YYYY.M.D'] },
  { form: '########', test: /^(?:19|20|21)\d{6}(?!\d)/, patterns: ['YYYYMMDD'] },
  { form: '# abc ####', test: /^\d{1,2} \p{L}+\.? \d{4}(?!\d)/u, patterns: ['D MMM YYYY'] },
  { form: '#. abc ####', test: /^\d{1,2}\. \p{L}+\.? \d{4}(?!\d)/u, patterns: ['D. MMM YYYY'] },
  { form: '#-abc-####', test: /^\d{1,2}-\p{L}+-\d{4}(?!\d)/u, patterns: ['D-MMM-YYYY'] },
  { form: '#-abc-##', test: /^\d{1,2}-\p{L}+-\d{2}(?!\d)/u, patterns: ['D-MMM-YY'] },
  { form: 'abc #, ####', test: /^\p{L}+\.? \d{1,2}, \d{4}(?!\d)/u, patterns: ['MMM D, YYYY'] },
]

const compiled = new Map<string, DatePattern>()
for (const { patterns } of forms) {
  for (const text of patterns) {
    const pattern = datePattern(text)
    if (pattern) compiled.set(text, pattern)
  }
}

interface FormTally {
  form: string
  rows: number
  /** Rows of this form that no order reads. */
  none: number
  /** Order → rows it reads. */
  fits: Record<string, number>
  /** Rows that two orders read as different days. */
  differing: number
  examples: { line: number; value: string }[]
}

/** What the cells of a column are as dates: by form, with the orders that read them. */
export interface DateTally {
  forms: FormTally[]
}

interface Classified {
  form: string
  patterns: readonly string[]
  fitting: readonly string[]
  differing: boolean
}

const maybeDate = /^(?:\d{1,4}[-./]|\d{8}|\d{1,2}\.? |\p{L}{3,9}\.? \d)/u

/** The form of a cell and the orders that read it; undefined when it does not look like a date. */
export function classifyDate(cell: string): Classified | undefined {
  if (cell.length < 6 || cell.length > 48 || !maybeDate.test(cell)) return undefined
  for (const { form, test, patterns } of forms) {
    if (!test.test(cell)) continue
    const fitting: string[] = []
    const days = new Set<string>()
    for (const text of patterns) {
      const pattern = compiled.get(text)
      const day = pattern && readDate(cell, pattern)
      if (day === undefined) continue
      fitting.push(text)
      days.add(day)
    }
    return { form, patterns, fitting, differing: days.size > 1 }
  }
  return undefined
}

const examplesKept = 3

/** Adds `rows` cells of one text to a tally. */
export function tallyDate(tally: DateTally, cell: string, line: number, rows = 1): void {
  const found = classifyDate(cell)
  if (!found) return
  let entry = tally.forms.find((one) => one.form === found.form)
  if (!entry) {
    entry = { form: found.form, rows: 0, none: 0, fits: {}, differing: 0, examples: [] }
    tally.forms.push(entry)
  }
  entry.rows += rows
  if (found.fitting.length === 0) entry.none += rows
  if (found.differing) entry.differing += rows
  for (const text of found.fitting) entry.fits[text] = (entry.fits[text] ?? 0) + rows
  if (entry.examples.length < examplesKept && !entry.examples.some((one) => one.value === cell)) {
    entry.examples.push({ line, value: cell })
  }
}

/** The orders a form can have, given all its cells: one is settled, several are to be asked. */
interface FormVerdict {
  form: string
  rows: number
  patterns: string[]
  settled: boolean
  examples: { line: number; value: string }[]
}

type DateVerdict =
  | { kind: 'none' }
  | { kind: 'settled'; patterns: string[]; twoDigitYear: boolean }
  | { kind: 'ask'; forms: FormVerdict[] }

function judgeForm(tally: FormTally): FormVerdict {
  const readable = tally.rows - tally.none
  const offered = forms.find((one) => one.form === tally.form)?.patterns ?? []
  const whole = offered.filter((text) => readable > 0 && tally.fits[text] === readable)
  const { form, rows, examples } = tally
  if (whole.length === 1 || (whole.length > 1 && tally.differing === 0)) {
    return { form, rows, examples, patterns: whole.slice(0, 1), settled: true }
  }
  const patterns = whole.length > 1 ? whole : offered.filter((text) => (tally.fits[text] ?? 0) > 0)
  return { form, rows, examples, patterns: [...patterns], settled: patterns.length === 1 }
}

/**
 * Decides over all cells of a column. One form that exactly one order reads throughout is settled;
 * several forms, or an order that cells leave open, must be asked: nothing is guessed.
 */
export function judgeDates(tally: DateTally): DateVerdict {
  const verdicts = tally.forms
    .filter((one) => one.rows > one.none)
    .sort((a, b) => b.rows - a.rows)
    .map(judgeForm)
  const [first] = verdicts
  if (!first) return { kind: 'none' }
  if (verdicts.length === 1 && first.settled) {
    const twoDigitYear = first.patterns.some((text) => !text.includes('YYYY'))
    return { kind: 'settled', patterns: first.patterns, twoDigitYear }
  }
  return { kind: 'ask', forms: verdicts }
}

/** Every choice of one order per form, at most `most`: the options of the question. */
export function dateChoices(verdicts: readonly FormVerdict[], most = 8): string[][] {
  let choices: string[][] = [[]]
  for (const { patterns } of verdicts) {
    choices = choices.flatMap((chosen) => patterns.map((text) => [...chosen, text])).slice(0, most)
  }
  return choices
}

// What a number in a spreadsheet cell stands for by its format: plain number, day, time; as text that imports read.
import { attributeOf, attributesOf, type XmlEvents } from './xml.ts'

export interface CellFormat {
  shows: 'number' | 'date' | 'time'
  /** Decimals that a person sees; absent where the format does not say. */
  decimals?: number
  /** Digits that are shown at least: `00000` for postal codes and numbers of customers. */
  digits?: number
}

const general: CellFormat = { shows: 'number' }
/** Spreadsheets keep no longer ones. */
const codeMost = 255

/** Formats that files name by number only (ECMA-376, 18.8.30); 27 to 58 are dates of East Asia. */
function builtIn(id: number): CellFormat {
  if ([2, 4, 7, 8, 39, 40, 43, 44].includes(id)) return { shows: 'number', decimals: 2 }
  if ((id >= 14 && id <= 17) || id === 22) return { shows: 'date' }
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return { shows: 'time' }
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { shows: 'date' }
  return general
}

/** What a written format shows, by its first section. */
export function readFormat(code: string): CellFormat {
  const bare = code.slice(0, codeMost).replace(/"[^"]*"?|\\.|[_*]./g, '')
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return general
  const [section = ''] = bare.replace(/\[[^\]]*\]?/g, '').split(';')
  if (section === '' || /general|standard|@/i.test(section)) return general
  const clock = section.replace(/s\.0+/gi, 's')
  if (/^0{2,15}$/.test(clock)) return { shows: 'number', digits: clock.length }
  if (/[0#?]/.test(clock)) {
    // Percent, powers, fractions and thousands show another number than the one that is meant.
    const places = /^[^0#?]*[0#?, ]*\.([0#?]+)[^0#?,%/]*$/.exec(clock)?.[1]
    const scaled = /[%/]|e[+-]/i.test(clock)
    return places === undefined || scaled ? general : { shows: 'number', decimals: places.length }
  }
  if (/[yd]/i.test(clock)) return { shows: 'date' }
  if (/[hs]/i.test(clock)) return { shows: 'time' }
  return /m/i.test(clock) ? { shows: 'date' } : general
}

/** Reads the styles of a workbook; gives the formats by their number in cells. */
export function formatReader(): XmlEvents & { formats: CellFormat[] } {
  const written = new Map<number, CellFormat>()
  const formats: CellFormat[] = []
  let inCells = false
  return {
    formats,
    open: (name, attributes) => {
      if (name === 'numFmt') {
        const all = attributesOf(attributes)
        written.set(Number(all.get('numFmtId')), readFormat(all.get('formatCode') ?? ''))
      } else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
        formats.push(written.get(id) ?? builtIn(id))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
    text: () => {},
  }
}

const dayMs = 86_400_000
/** Days from the zero of each calendar to 1970-01-01. */
const epoch1900 = 25_569
const epoch1904 = 24_107
/** 9999-12-31, as days since 1970. */
const lastDay = 2_932_896

const two = (value: number) => `${value < 10 ? '0' : ''}${value}`

function clockText(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Days as they were written before; a sheet repeats them. Bounded by starting over. */
const daysWritten = new Map<number, string>()

function dayText(sinceEpoch: number): string {
  const known = daysWritten.get(sinceEpoch)
  if (known !== undefined) return known
  const text = new Date(sinceEpoch * dayMs).toISOString().slice(0, 10)
  if (daysWritten.size >= 10_000) daysWritten.clear()
  daysWritten.set(sinceEpoch, text)
  return text
}

/** Day and time of a date's number; undefined when no calendar has it. */
function momentText(serial: number, shows: 'date' | 'time', from1904: boolean): string | undefined {
  let day = Math.floor(serial)
  let seconds = Math.round((serial - day) * 86_400)
  if (seconds === 86_400) {
    day++
    seconds = 0
  }
  const sinceEpoch = from1904 ? day - epoch1904 : day - epoch1900 + (day < 60 ? 1 : 0)
  if (serial < 0 || sinceEpoch > lastDay) return undefined
  if (shows === 'time' && day === 0) return clockText(seconds)
  // Excel's 1900 has a 29 February, and a day before its first: neither is a day.
  if (!from1904 && (day === 60 || day === 0)) return day === 60 ? '1900-02-29' : '1900-01-00'
  const text = dayText(sinceEpoch)
  return seconds === 0 ? text : `${text} ${clockText(seconds)}`
}

/** Significant digits that spreadsheets keep; what lies beyond is the trace of binary fractions. */
const digitsKept = 15

/** Plain decimal text of a number, without power of ten where it is not too long. */
function plainText(value: number): string {
  const text = value.toPrecision(digitsKept)
  const [mantissa = '', power = '0'] = text.split('e')
  const exponent = Number(power)
  const bare = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  if (exponent === 0) return bare
  if (Math.abs(exponent) > 40) return `${bare}e${exponent}`
  const [whole = '', fraction = ''] = bare.replace('-', '').split('.')
  const digits = whole + fraction
  const point = whole.length + exponent
  const sign = bare.startsWith('-') ? '-' : ''
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  const padded = digits.padEnd(point, '0')
  const rest = padded.slice(point)
  return `${sign}${padded.slice(0, point)}${rest === '' ? '' : `.${rest}`}`
}

/** Decimal text rounded to so many places, halves away from zero, as spreadsheets show it. */
function roundedText(plain: string, places: number): string {
  const [whole = '', fraction = ''] = plain.split('.')
  if (fraction.length <= places) return plain
  const sign = whole.startsWith('-') ? '-' : ''
  const kept = BigInt(whole.replace('-', '') + fraction.slice(0, places))
  const up = fraction.charCodeAt(places) >= 53 ? 1n : 0n
  const digits = String(kept + up).padStart(places + 1, '0')
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
  return text === '0' ? text : `${sign}${text}`
}

export interface NumberReading {
  text: string
  /** It was rounded to the decimals that its format shows. */
  rounded: boolean
}

const shortInteger = /^-?(?:0|[1-9]\d{0,14})$/

/**
 * Text of a number cell: dates as `YYYY-MM-DD`, with a time behind them where they have one; numbers
 * with a point. Numbers whose format shows two or more decimals are what a person sees, because
 * computed amounts carry more. What is no number comes back as it is.
 */
export function readNumberCell(
  written: string,
  format: CellFormat | undefined,
  from1904: boolean,
): NumberReading {
  const { shows, decimals, digits } = format ?? general
  if (digits !== undefined && /^\d{1,15}$/.test(written)) {
    return { text: written.padStart(digits, '0'), rounded: false }
  }
  if (shows === 'number' && shortInteger.test(written)) return { text: written, rounded: false }
  const value = written.trim() === '' ? Number.NaN : Number(written)
  if (!Number.isFinite(value)) return { text: written, rounded: false }
  if (shows !== 'number') {
    const moment = momentText(value, shows, from1904)
    if (moment !== undefined) return { text: moment, rounded: false }
  }
  const plain = plainText(value)
  if (decimals === undefined || decimals < 2 || plain.includes('e')) {
    return { text: plain, rounded: false }
  }
  const text = roundedText(plain, decimals)
  return { text, rounded: text !== plain }
}

// How a program writes a table into a spreadsheet: texts shared or inline, dates as numbers or words, places or none.
import { letters } from './book.ts'
import type { Dice } from './csv.ts'

function xmlText(text: string): string {
  return text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** How cells and rows are written, decided once for a file. */
export interface Hand {
  roll: Dice
  prefix: string
  places: boolean
  dates: 'serial' | 'text' | 'iso'
  from1904: boolean
  texts: 'shared' | 'inline' | 'formula' | 'mixed'
  amounts: 'number' | 'text' | 'binary'
  strings: string[]
  spaced: boolean
}

export function hand(roll: Dice): Hand {
  return {
    roll,
    prefix: roll.chance(0.2) ? 'x:' : '',
    places: roll.chance(0.8),
    dates: roll.pick(['serial', 'serial', 'text', 'iso']),
    from1904: roll.chance(0.3),
    texts: roll.pick(['shared', 'inline', 'formula', 'mixed']),
    amounts: roll.pick(['number', 'text', 'binary']),
    strings: roll.chance(0.3) ? [''] : [],
    spaced: roll.chance(0.2),
  }
}

function element(by: Hand, name: string, attributes: string, content: string): string {
  const { prefix, roll } = by
  const quoted = roll.chance(0.1) ? attributes.replaceAll('"', "'") : attributes
  const space = by.spaced ? '\n ' : ''
  return `<${prefix}${name}${quoted}>${content}</${prefix}${name}>${space}`
}

/** A text the way the file writes texts, with the type of its cell. */
function textXml(by: Hand, text: string): { type: string; content: string } {
  const kind = by.texts === 'mixed' ? by.roll.pick(['shared', 'inline', 'formula']) : by.texts
  const written = xmlText(text)
  const { prefix } = by
  if (kind === 'shared') {
    by.strings.push(written)
    return { type: 's', content: element(by, 'v', '', String(by.strings.length - 1)) }
  }
  if (kind === 'formula') {
    return {
      type: 'str',
      content: `<${prefix}f>A1&amp;"x"</${prefix}f>${element(by, 'v', '', written)}`,
    }
  }
  const half = Math.floor(written.length / 2)
  const inParts = !written.includes('&') && !written.includes('_x') && by.roll.chance(0.3)
  const run = (part: string) =>
    element(by, 'r', '', `<${prefix}rPr/>${element(by, 't', ' xml:space="preserve"', part)}`)
  const inside = inParts
    ? `${run(written.slice(0, half))}${run(written.slice(half))}`.replaceAll('\n ', '')
    : element(by, 't', '', written)
  return { type: 'inlineStr', content: element(by, 'is', '', inside) }
}

const dayMs = 86_400_000

function cellXml(by: Hand, text: string, column: number, line: number): string {
  const place = by.places ? ` r="${letters(column)}${line}"` : ''
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text)
  if (isDate && by.dates === 'serial') {
    const serial = Date.parse(`${text}T00:00:00Z`) / dayMs + (by.from1904 ? 24_107 : 25_569)
    return element(by, 'c', `${place} s="1"`, element(by, 'v', '', String(serial)))
  }
  if (isDate && by.dates === 'iso') {
    return element(by, 'c', `${place} t="d"`, element(by, 'v', '', `${text}T00:00:00`))
  }
  if (/^\d+\.\d\d$/.test(text) && by.amounts !== 'text') {
    const value = by.amounts === 'number' ? String(Number(text)) : Number(text).toPrecision(17)
    return element(by, 'c', `${place} s="${by.roll.pick([0, 2])}"`, element(by, 'v', '', value))
  }
  const { type, content } = textXml(by, text)
  return element(by, 'c', `${place} t="${type}"`, content)
}

export function rowsXml(by: Hand, rows: readonly (readonly string[])[], first = 1): string {
  let line = first - 1
  let xml = ''
  for (const cells of rows) {
    line++
    if (by.places && by.roll.chance(0.05)) {
      xml += `<${by.prefix}row r="${line}"/>`
      line += 1 + by.roll.below(5)
    }
    const inside = cells.map((text, column) => cellXml(by, text, column, line)).join('')
    xml += element(by, 'row', by.places ? ` r="${line}" spans="1:8"` : '', inside)
  }
  return xml
}

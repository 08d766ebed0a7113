// The parts of a spreadsheet file that say what is where: relations, sheets, merged cells.
import { attributeOf, attributesOf, type XmlEvents } from './xml.ts'

export interface Relation {
  id: string
  /** Last word of its type: worksheet, styles, sharedStrings. */
  type: string
  /** Name of the part in the file. */
  part: string
}

/** A path below a folder of the file, with `..` resolved. */
function resolved(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/')
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.filter((step) => step !== '').join('/')
}

/** Reads relations; what leads out of the file is left out: nothing is ever fetched. */
export function relationReader(folder: string): XmlEvents & { relations: Relation[] } {
  const relations: Relation[] = []
  return {
    relations,
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const all = attributesOf(attributes)
      if (all.get('TargetMode') === 'External') return
      relations.push({
        id: all.get('Id') ?? '',
        type: (all.get('Type') ?? '').replace(/^.*\//, ''),
        part: resolved(folder, all.get('Target') ?? ''),
      })
    },
    close: () => {},
    text: () => {},
  }
}

interface SheetEntry {
  name: string
  relation: string
  hidden: boolean
}

export interface SheetList {
  sheets: SheetEntry[]
  from1904: boolean
}

export function sheetListReader(): XmlEvents & { list: SheetList } {
  const list: SheetList = { sheets: [], from1904: false }
  return {
    list,
    open: (name, attributes) => {
      if (name === 'workbookPr') {
        list.from1904 = ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '')
      }
      if (name !== 'sheet') return
      const all = attributesOf(attributes)
      const relation = [...all].find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      list.sheets.push({
        name: all.get('name') ?? '',
        relation,
        hidden: (all.get('state') ?? 'visible') !== 'visible',
      })
    },
    close: () => {},
    text: () => {},
  }
}

/** Columns A to XFD and rows of the largest sheet there can be. */
export const lastColumn = 16_384
export const lastRow = 1_048_576

/** Row and column of `AB12`, both from 1; undefined when it is no cell. */
export function cellPlace(reference: string): { row: number; column: number } | undefined {
  let at = 0
  let column = 0
  for (; at < reference.length && at < 4; at++) {
    const code = reference.charCodeAt(at)
    if (!(code >= 65 && code <= 90)) break
    column = column * 26 + code - 64
  }
  const digits = reference.slice(at)
  if (at === 0 || column > lastColumn || !/^[1-9]\d{0,6}$/.test(digits)) return undefined
  const row = Number(digits)
  return row > lastRow ? undefined : { row, column }
}

/** `AB` of column 28. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** A cell that reaches over several rows. */
export interface Merge {
  row: number
  lastRow: number
  column: number
}

/** The area of `A2:A5`, when it reaches over several rows. */
export function mergeOf(reference: string): Merge | undefined {
  const [first = '', last = ''] = reference.split(':')
  const from = cellPlace(first)
  const to = cellPlace(last)
  if (!from || !to || to.row <= from.row) return undefined
  return { row: from.row, lastRow: to.row, column: from.column }
}

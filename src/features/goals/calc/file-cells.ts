// Cells of a file of goals: values in their unit, and milestones, steps, filters and kinds of activity as one text each.
import { foldWord } from '../../../basics/fold.ts'
import { minorDigits } from '../../../basics/money.ts'
import { isDay } from '../../../basics/period.ts'
import type { Milestone, Step } from './state.ts'

/** What a target is measured in: money in minor units of the currency, anything else as it is. */
export interface MeasuredIn {
  unit: 'money' | 'count' | 'rate' | 'days' | 'score'
  currency: string
}

/** A value as a file holds it: money in its main unit. */
export function cellValue(value: number, { unit, currency }: MeasuredIn): number {
  return unit === 'money' ? value / 10 ** minorDigits(currency) : value
}

/** The value that a cell means; undefined where money has parts of its smallest unit. */
export function valueInCell(cell: number, { unit, currency }: MeasuredIn): number | undefined {
  if (unit !== 'money') return cell
  const minor = cell * 10 ** minorDigits(currency)
  const whole = Math.round(minor)
  // What a decimal number cannot hold is far smaller than this.
  return Math.abs(minor - whole) < 1e-3 && Number.isSafeInteger(whole) ? whole : undefined
}

/** Parts in one cell; a sign of separation within a part is written twice. */
function joined(parts: readonly string[], sign: ';' | '|'): string {
  return parts.map((part) => part.replaceAll(sign, sign + sign)).join(`${sign} `)
}

function parted(cell: string, sign: ';' | '|'): string[] {
  const parts = ['']
  for (let at = 0; at < cell.length; at += 1) {
    const doubled = cell[at] === sign && cell[at + 1] === sign
    if (cell[at] === sign && !doubled) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${cell[at]}`)
    if (doubled) at += 1
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** `2026-04-30: 20000 Half way; 2026-05-31: 40000` */
export function milestonesCell(milestones: readonly Milestone[], measured: MeasuredIn): string {
  const said = milestones.map(({ on, value, name }) =>
    `${on}: ${cellValue(value, measured)} ${name ?? ''}`.trim(),
  )
  return joined(said, ';')
}

/** Undefined where one of them is not written so. */
export function milestonesInCell(cell: string, measured: MeasuredIn): Milestone[] | undefined {
  const written = /^(\d{4}-\d\d-\d\d)\s*[:=]\s*(\d{1,15}(?:\.\d{1,9})?)(?:\s+(.{1,100}))?$/
  const found: Milestone[] = []
  for (const part of parted(cell, ';')) {
    const [, on, number, name] = written.exec(part) ?? []
    const value = number === undefined ? undefined : valueInCell(Number(number), measured)
    if (on === undefined || value === undefined || !isDay(on)) return undefined
    found.push({ on, value, ...(name === undefined ? {} : { name }) })
  }
  return found
}

/** `Read the book [2026-03-01]; Use it in a talk`: those with a day are done. */
export function stepsCell(steps: readonly Step[]): string {
  return joined(
    steps.map(({ name, doneOn }) => (doneOn === null ? name : `${name} [${doneOn}]`)),
    ';',
  )
}

/** Undefined where a step has no name, or one that is too long. */
export function stepsInCell(cell: string): Step[] | undefined {
  const done = /^(.*?)\s*\[(\d{4}-\d\d-\d\d)\]$/
  const steps = parted(cell, ';').map((part): Step => {
    const [, name, doneOn] = done.exec(part) ?? []
    return doneOn !== undefined && isDay(doneOn)
      ? { name: name ?? '', doneOn }
      : { name: part, doneOn: null }
  })
  return steps.every(({ name }) => name !== '' && name.length <= 200) ? steps : undefined
}

export interface FilterCells {
  dimension: string
  cells: readonly string[]
}

/** `family: Pumps | Valves; region: West` */
export function filtersCell(filters: readonly FilterCells[]): string {
  return joined(
    filters.map(({ dimension, cells }) => `${dimension}: ${joined(cells, '|')}`),
    ';',
  )
}

/** Undefined where a part names no cell. */
export function filtersInCell(cell: string): FilterCells[] | undefined {
  const filters = parted(cell, ';').map((part) => {
    const at = part.indexOf(':')
    return {
      dimension: part.slice(0, Math.max(0, at)).trim(),
      cells: parted(part.slice(at + 1), '|'),
    }
  })
  const whole = filters.every(({ dimension, cells }) => dimension !== '' && cells.length > 0)
  return whole ? filters : undefined
}

const kindWords = {
  call: ['call', 'calls', 'phone', 'Anruf', 'Anrufe', 'Telefonat', 'Telefonate'],
  mail: ['mail', 'mails', 'e-mail', 'e-mails'],
  meeting: ['meeting', 'meetings', 'Besprechung', 'Besprechungen', 'Termin', 'Termine'],
  visit: ['visit', 'visits', 'Besuch', 'Besuche'],
  message: ['message', 'messages', 'Nachricht', 'Nachrichten'],
  task: ['task', 'tasks', 'Aufgabe', 'Aufgaben'],
} as const
type ActivityKind = keyof typeof kindWords

/** Undefined where a word is no kind of activity. */
export function activitiesInCell(cell: string): ActivityKind[] | undefined {
  const kinds = cell
    .split(/[,;|]/)
    .filter((word) => word.trim() !== '')
    .map((word) =>
      (Object.keys(kindWords) as ActivityKind[]).find((kind) =>
        kindWords[kind].some((one) => foldWord(one) === foldWord(word)),
      ),
    )
  const known = kinds.filter((kind) => kind !== undefined)
  return kinds.length > 0 && known.length === kinds.length ? known : undefined
}

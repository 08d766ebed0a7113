// What a crossed question found, in one sentence, and what that rests on; said only where it can be told apart.
import type { Cell, Figure } from '../../../basics/figure.ts'
import type { Period } from '../../../basics/period.ts'
import type { DimensionId } from '../contract.ts'
import { byValue, type CrossRow, countsEverything, differ } from './cross.ts'
import type { Language, Metric } from './metric.ts'
import { dimensionNames } from './metrics.ts'
import { type Writer, writer } from './words.ts'

export interface CrossFound {
  lang: Language
  metric: Metric
  /** Names of the dimensions asked for. */
  by: readonly DimensionId[]
  /** Whether the first dimension is one of time. */
  overTime: boolean
  period: Period
  total: Figure
  rows: readonly CrossRow[]
  compared?: {
    kind: 'previous' | 'year-ago' | 'others'
    period: Period
    name: string | null
    total: Figure
    rows: readonly (CrossRow & { before: Figure })[]
  }
  /** The period is not over; what it is compared with is cut to as many days. */
  running: boolean
  /** Dimensions asked for or filtered by, whose values are today's. */
  todays: readonly DimensionId[]
  /** A cell of the first dimension as people say it. */
  label: (cell: Cell) => string
}

/** Rows below which nothing is said of the largest and the smallest. */
const rowsLeast = 2

export function crossFinding(found: CrossFound): string {
  const { lang, metric, by, compared, total, rows } = found
  const w = writer(lang)
  const head = headOf(found)
  if (total.value === undefined && rows.every(({ figure }) => figure.value === undefined)) {
    return `${head}: ${total.missing?.text ?? (lang === 'de' ? 'keine Angabe.' : 'not known.')}`
  }
  if (compared) return `${head}: ${changeText(found, w)}.`
  if (by.length === 0) {
    return `${head}: ${valueText(total, w)} (${w.period(found.period)}).`
  }
  return `${head}: ${spreadText(found, metric, w)}.`
}

/** The metric, and what its rows are told by; columns are for the eye. */
function headOf({ lang, metric, by: [first] }: CrossFound): string {
  const name = metric.name[lang]
  if (first === undefined) return name
  const dimension = dimensionNames[first]
  return lang === 'de' ? `${name} nach ${dimension.de}` : `${name} by ${dimension.en.toLowerCase()}`
}

/** The value of a figure inside a sentence. */
function valueText(figure: Figure, w: Writer): string {
  const { value, unit, currency } = figure
  if (value === undefined) return figure.missing?.text.replace(/\.$/, '') ?? '–'
  if (unit === 'money' || currency !== undefined) return w.shortMoney(value, currency ?? '')
  if (unit === 'rate') return w.rate(value)
  if (unit === 'days') return w.lang === 'de' ? `${w.count(value)} Tage` : `${w.count(value)} days`
  return Number.isInteger(value) ? w.count(value) : w.number(value, 1)
}

function spreadText(found: CrossFound, metric: Metric, w: Writer): string {
  const { lang, total } = found
  const de = lang === 'de'
  const known = found.rows.filter(({ figure }) => figure.value !== undefined)
  const ordered = known.toSorted(byValue(true))
  const [highest, lowest] = [ordered[0], ordered.at(-1)]
  if (!highest || !lowest) return de ? 'keine Angabe' : 'not known'
  const name = (row: CrossRow) => found.label(row.cell)
  if (known.length < rowsLeast) return `${name(highest)} ${valueText(highest.figure, w)}`
  const whole = countsEverything(metric)
  if (!differ(highest.figure, lowest.figure, whole)) {
    const [from, until] = [valueText(lowest.figure, w), valueText(highest.figure, w)]
    if (whole) return de ? `überall gleich, ${until}` : `the same everywhere, ${until}`
    return de
      ? `zwischen ${from} und ${until}, nicht vom Zufall zu unterscheiden`
      : `between ${from} and ${until}, which cannot be told from chance`
  }
  const share =
    metric.additive && total.value !== undefined && total.value > 0 && !found.overTime
      ? shareText(highest.figure.value ?? 0, total.value, w)
      : ''
  return de
    ? `am höchsten ${name(highest)} mit ${valueText(highest.figure, w)}${share}, am niedrigsten ${name(lowest)} mit ${valueText(lowest.figure, w)}`
    : `highest ${name(highest)} with ${valueText(highest.figure, w)}${share}, lowest ${name(lowest)} with ${valueText(lowest.figure, w)}`
}

function shareText(part: number, whole: number, w: Writer): string {
  const share = part / whole
  if (share <= 0 || share > 1) return ''
  return w.lang === 'de'
    ? ` (${w.rate(share, 0)} des Ganzen)`
    : ` (${w.rate(share, 0)} of the whole)`
}

/** “12 % more than before (Q1 2024)”, and where most of it lies. */
function changeText(found: CrossFound, w: Writer): string {
  const { lang, metric, total, compared } = found
  const de = lang === 'de'
  if (!compared) return ''
  const value = valueText(total, w)
  const before = compared.total
  const with_ = comparedWith(compared, lang, w)
  if (total.value === undefined || before.value === undefined) {
    return de
      ? `${value}; ${with_.against} gibt es keinen Vergleich`
      : `${value}; there is nothing to compare ${with_.against}`
  }
  const whole = countsEverything(metric)
  if (total.value === before.value) {
    return de ? `${value}, so viel wie ${with_.than}` : `${value}, the same as ${with_.than}`
  }
  if (!differ(total, before, whole)) {
    return de
      ? `${value}, ${with_.than} ${valueText(before, w)}; der Unterschied lässt sich nicht vom Zufall trennen`
      : `${value}, ${with_.than} ${valueText(before, w)}; the difference cannot be told from chance`
  }
  const more = total.value > before.value
  const size = differenceText(total, before, w)
  const direction = de ? (more ? 'mehr als' : 'weniger als') : more ? 'more than' : 'less than'
  return `${value}, ${size} ${direction} ${with_.than}${largestChange(found, w)}`
}

function differenceText(now: Figure, before: Figure, w: Writer): string {
  const [a, b] = [now.value ?? 0, before.value ?? 0]
  if (now.unit === 'rate') {
    const points = w.number(Math.abs(a - b) * 100, 1)
    return w.lang === 'de' ? `${points} Prozentpunkte` : `${points} points`
  }
  if ((now.unit === 'money' || now.unit === 'count') && b > 0)
    return w.rate(Math.abs(a / b - 1), Math.abs(a / b - 1) < 0.03 ? 1 : 0)
  return valueText({ ...now, value: Math.abs(a - b) }, w)
}

function comparedWith(
  { kind, period, name }: NonNullable<CrossFound['compared']>,
  lang: Language,
  w: Writer,
): { than: string; against: string } {
  const de = lang === 'de'
  if (kind === 'others') {
    const others = name ?? ''
    return { than: others, against: de ? `mit ${others}` : `with ${others}` }
  }
  const when = w.period(period)
  const than =
    kind === 'previous'
      ? de
        ? `zuvor (${when})`
        : `before (${when})`
      : de
        ? `vor einem Jahr (${when})`
        : `a year ago (${when})`
  return { than, against: de ? `mit ${when}` : `with ${when}` }
}

/** The row with the largest difference in the direction of the whole, if it can be told from chance. */
function largestChange(found: CrossFound, w: Writer): string {
  const { lang, metric, total, compared } = found
  if (!compared || compared.rows.length < rowsLeast) return ''
  const direction = Math.sign((total.value ?? 0) - (compared.total.value ?? 0))
  const whole = countsEverything(metric)
  const changes = compared.rows
    .filter(({ figure, before }) => differ(figure, before, whole))
    .map((row) => ({ row, change: (row.figure.value ?? 0) - (row.before.value ?? 0) }))
    .filter(({ change }) => Math.sign(change) === direction)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
  const largest = changes[0]
  if (!largest) return ''
  const { row } = largest
  const size = differenceText(
    row.figure,
    { ...row.before, ...(row.figure.unit === 'rate' ? {} : { value: row.before.value ?? 0 }) },
    w,
  )
  const name = found.label(row.cell)
  const amount =
    row.figure.unit === 'money'
      ? valueText({ ...row.figure, value: Math.abs(largest.change) }, w)
      : size
  const sign = largest.change > 0 ? '+' : '\u2212'
  return lang === 'de'
    ? `, am meisten bei ${name} (${sign}${amount})`
    : `, most of all ${name} (${sign}${amount})`
}

/** What a finding rests on: the period that still runs, attributes that are today's. */
export function crossNote({ lang, running, todays, compared, metric, by }: CrossFound): string {
  const de = lang === 'de'
  const sentences: string[] = []
  if (running && compared && compared.kind !== 'others') {
    sentences.push(
      de
        ? 'Der Zeitraum läuft noch; verglichen wird mit ebenso vielen Tagen.'
        : 'The period is not over; it is compared with as many days.',
    )
  }
  if (!metric.additive && by.length > 0) {
    sentences.push(
      de
        ? 'Das Ganze ist eigens berechnet, nicht aus den Teilen addiert.'
        : 'The whole is computed on its own, not added up from its parts.',
    )
  }
  if (todays.length > 0) {
    const names = todays.map((one) => dimensionNames[one][lang]).join(', ')
    sentences.push(
      de ? `Nach dem heutigen Stand: ${names}.` : `As they are today: ${names.toLowerCase()}.`,
    )
  }
  return sentences.join(' ')
}

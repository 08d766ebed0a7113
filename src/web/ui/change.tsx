// A change: sign, unit and what it is compared with; its colour follows the meaning, not the arrow.
import type { Figure } from '../../basics/figure.ts'
import type { Format } from '../format.ts'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import './figure.css'

export type ChangeKind = 'relative' | 'points' | 'absolute'

export interface ChangeProps {
  now: Figure
  before: Figure
  /** Name of what it is compared with: “Q3 2017”. */
  against?: string
  /** Which direction is good; `neither` stays in ink. */
  good?: 'up' | 'down' | 'neither'
  /** Rates change in points and all else relatively unless said. */
  as?: ChangeKind
  /** False: within what chance does; it is shown without colour. */
  certain?: boolean
}

/** The change as a number of its kind, or undefined where none can be formed. */
export function changeBetween(now: Figure, before: Figure, kind: ChangeKind): number | undefined {
  if (now.value === undefined || before.value === undefined) return undefined
  if (kind !== 'relative') return now.value - before.value
  // Relative to nothing, or to a negative base, a percentage would mislead.
  if (before.value <= 0) return undefined
  return now.value / before.value - 1
}

export function changeText(now: Figure, change: number, kind: ChangeKind, format: Format): string {
  if (kind === 'relative') return format.relative(change)
  if (kind === 'points') return format.points(change)
  if (now.currency !== undefined) {
    return format.money(change, now.currency, { digits: 'whole', signed: true })
  }
  return format.signed(change, Number.isInteger(change) ? 0 : 1)
}

export function Change(props: ChangeProps) {
  const { now, before, against, good = 'up', certain = true } = props
  const format = useFormat()
  const t = useTexts(partTexts)
  const kind = props.as ?? (now.unit === 'rate' ? 'points' : 'relative')
  const change = changeBetween(now, before, kind)
  if (change === undefined) return null
  const text = changeText(now, change, kind, format)
  const moved = /[+\u2212]/.test(text)
  const better = change > 0 === (good === 'up')
  const meaning = !certain || !moved || good === 'neither' ? 'none' : better ? 'good' : 'bad'
  return (
    <span className="k-change" data-meaning={meaning}>
      <b>{text}</b>
      {against && <span> {t('against', { what: against })}</span>}
    </span>
  )
}

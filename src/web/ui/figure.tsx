// A figure on the screen: dots below it say that it can be asked, and it is never naked.
import type { KeyboardEvent, RefObject } from 'react'
import type { Figure as FigureShape, Unit } from '../../basics/figure.ts'
import { useSetSearch } from '../address.tsx'
import { dash, type Format } from '../format.ts'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import { type WhyQuestion, whyValue } from '../why.ts'
import { useTip } from './tip.ts'
import './figure.css'

export interface FigureProps {
  figure: FigureShape
  /** What it is, for those who hear the page: “Win rate”. */
  name: string
  /** The question a click, Enter or `e` asks; without it the figure is plain text. */
  why?: WhyQuestion | undefined
  /** `big`: serif, compact money, on panels; `row`: within tables and rows; `plain`: running text. */
  size?: 'big' | 'row' | 'plain'
  digits?: number
  /** Where the 95 % interval stands; the exact one is in the drawer. */
  interval?: 'beside' | 'below' | 'none'
  /** Shows the currency although the head of the column already names it. */
  unit?: boolean
}

function unitOf(figure: FigureShape): Unit {
  return figure.unit ?? (figure.currency === undefined ? 'count' : 'money')
}

/** “58–62 %” of a figure that has an interval. */
export function intervalText(
  figure: FigureShape,
  format: Format,
  digits?: number,
): string | undefined {
  if (figure.low === undefined || figure.high === undefined) return undefined
  return format.interval(figure.low, figure.high, unitOf(figure), {
    ...(digits === undefined ? {} : { digits }),
    ...(figure.currency === undefined ? {} : { currency: figure.currency }),
  })
}

/** Opens the drawer that answers a question, on the page where one stands. */
export function useAskWhy(): (question: WhyQuestion) => void {
  const setSearch = useSetSearch()
  return (question) => setSearch({ why: whyValue(question) })
}

export function Figure(props: FigureProps) {
  const { figure, name, why, size = 'row', digits, interval = 'none' } = props
  const format = useFormat()
  const t = useTexts(partTexts)
  const ask = useAskWhy()
  const written = format.figure(figure, {
    compact: size === 'big',
    ...(digits === undefined ? {} : { digits }),
  })
  const missing = figure.value === undefined
  const between = interval === 'none' || missing ? undefined : intervalText(figure, format, digits)
  const reason = missing ? (figure.missing?.text ?? t('missing')) : undefined
  const showUnit = !missing && written.unit !== undefined && (props.unit ?? size === 'big')
  const hover = reason ?? written.exact
  const face = missing ? dash : written.text
  const tip = useTip<HTMLElement>(hover === face ? undefined : hover)
  const label = `${name} ${face}${showUnit ? ` ${written.unit}` : ''}. ${reason ?? ''} ${t('why', { name })}`

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey || !why) return
    event.preventDefault()
    ask(why)
  }

  return (
    <span className={`k-figure k-figure-${size}`} data-missing={missing || undefined}>
      {why ? (
        <button
          type="button"
          ref={tip as RefObject<HTMLButtonElement | null>}
          className="k-figure-value k-figure-asks"
          aria-label={label}
          onClick={(event) => {
            event.stopPropagation()
            ask(why)
          }}
          onKeyDown={onKeyDown}
        >
          {face}
        </button>
      ) : (
        <span ref={tip} className="k-figure-value">
          {face}
          {reason && <span className="k-hidden"> {reason}</span>}
        </span>
      )}
      {showUnit && <span className="k-figure-unit">{written.unit}</span>}
      {between && <span className={`k-figure-interval k-figure-${interval}`}>{between}</span>}
    </span>
  )
}

/** The reason of a missing figure as a line of its own, with how much more data it would need. */
export function MissingReason(props: { figure: FigureShape }) {
  const t = useTexts(partTexts)
  const { missing, value } = props.figure
  if (value !== undefined) return null
  return (
    <p className="k-missing">
      {missing?.text ?? t('missing')}
      {missing?.more !== undefined && ` ${t('more_needed', { count: missing.more })}`}
    </p>
  )
}

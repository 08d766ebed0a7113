// Numbers, quality and loyalty side by side: the panel every overview opens with.
import type { ReactNode } from 'react'
import type { Figure as FigureShape } from '../../basics/figure.ts'
import { ScreenLink } from '../address.tsx'
import { useFormat, useTexts } from '../language.ts'
import { partTexts } from '../texts.ts'
import type { WhyQuestion } from '../why.ts'
import { Figure, intervalText, MissingReason } from './figure.tsx'
import { type Side, Sparkline } from './sparkline.tsx'
import './three-sides.css'

export interface SideRow {
  label: string
  figure?: FigureShape
  why?: WhyQuestion
  digits?: number
  /** Small and muted at the right; the interval where nothing is given and there is one. */
  aside?: ReactNode
  /** Instead of a figure: the way to get one. */
  action?: { label: string; to: string }
}

export interface SideOf {
  side: Side
  /** The figure that answers for the side. */
  head: { name: string; figure: FigureShape; why?: WhyQuestion; note?: string }
  /** A `<Change …/>` or a line below the figure. */
  change?: ReactNode
  /** A sentence where the figure is missing: how to get it. */
  text?: string
  trend?: readonly (number | null)[]
  trendLabel?: string
  rows: readonly SideRow[]
}

export function ThreeSides(props: { sides: readonly SideOf[] }) {
  return (
    <div className="k-sides">
      {props.sides.map((side) => (
        <SidePanel key={side.side} of={side} />
      ))}
    </div>
  )
}

function SidePanel(props: { of: SideOf }) {
  const { side, head, change, text, trend, trendLabel, rows } = props.of
  const t = useTexts(partTexts)
  return (
    <section className="k-side" data-side={side} aria-label={t(`side_${side}`)}>
      <h2 className="k-side-name">
        <span className="k-side-dot" aria-hidden="true" />
        {t(`side_${side}`)}
      </h2>
      <div className="k-side-head">
        <Figure figure={head.figure} name={head.name} why={head.why} size="big" />
      </div>
      <div className="k-side-note">
        <MissingReason figure={head.figure} />
        {change}
        {head.note && <span>{head.note}</span>}
      </div>
      {text && <p className="k-side-text">{text}</p>}
      {trend && trend.length > 1 && (
        <div className="k-side-trend">
          <Sparkline values={trend} label={trendLabel ?? head.name} side={side} height={28} />
        </div>
      )}
      <dl className="k-side-rows">
        {rows.map((row) => (
          <SideLine key={row.label} row={row} />
        ))}
      </dl>
    </section>
  )
}

function SideLine(props: { row: SideRow }) {
  const { label, figure, why, digits, aside, action } = props.row
  const format = useFormat()
  const beside = aside ?? (figure ? intervalText(figure, format, digits) : undefined)
  return (
    <div className="k-side-row">
      <dt>{label}</dt>
      <dd className="k-side-value">
        {figure && (
          <Figure
            figure={figure}
            name={label}
            why={why}
            {...(digits === undefined ? {} : { digits })}
          />
        )}
        {!figure && action && <ScreenLink to={action.to}>{action.label}</ScreenLink>}
      </dd>
      <dd className="k-side-aside">{beside}</dd>
    </div>
  )
}

// An estimate as a dot on the line of its interval; the dashed mark is the whole.
import './small-charts.css'
import type { Side } from './sparkline.tsx'

export interface IntervalDotProps {
  value?: number | undefined
  low?: number | undefined
  high?: number | undefined
  /** Ends of the scale; the same for all rows of a column. */
  from: number
  until: number
  /** The whole the row belongs to. */
  whole?: number
  /** The same in words. */
  label: string
  side?: Side
}

export function IntervalDot(props: IntervalDotProps) {
  const { value, low, high, from, until, whole, label, side = 'numbers' } = props
  const at = (point: number) => {
    const share = until === from ? 0.5 : (point - from) / (until - from)
    return `${(2 + Math.min(1, Math.max(0, share)) * 96).toFixed(2)}%`
  }
  return (
    <svg className="k-interval" data-side={side} role="img" aria-label={label} height={20}>
      {whole !== undefined && (
        <line className="k-interval-whole" x1={at(whole)} x2={at(whole)} y1={1} y2={19} />
      )}
      {low !== undefined && high !== undefined && (
        <line className="k-interval-line" x1={at(low)} x2={at(high)} y1={10} y2={10} />
      )}
      {value !== undefined && <circle cx={at(value)} cy={10} r={3.5} />}
    </svg>
  )
}

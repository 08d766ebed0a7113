// A line of a word's height: the course of a figure without axes.
import './small-charts.css'

export type Side = 'numbers' | 'quality' | 'loyalty'

export interface SparklineProps {
  /** Evenly spaced in time; null where nothing is known. */
  values: readonly (number | null)[]
  /** What the course shows, in words. */
  label: string
  side?: Side
  height?: number
}

const width = 100

/** Polyline points; gaps split the line. Exported for its test. */
export function sparkPaths(values: readonly (number | null)[], height: number): string[] {
  const known = values.filter((value) => value !== null)
  const low = Math.min(...known)
  const high = Math.max(...known)
  const span = high - low
  const margin = 2
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const paths: string[] = []
  let current: string[] = []
  const finish = () => {
    if (current.length > 1) paths.push(current.join(' '))
    current = []
  }
  values.forEach((value, index) => {
    if (value === null) {
      finish()
      return
    }
    const share = span === 0 ? 0.5 : (value - low) / span
    const y = margin + (1 - share) * (height - 2 * margin)
    current.push(`${(index * step).toFixed(2)},${y.toFixed(2)}`)
  })
  finish()
  return paths
}

export function Sparkline(props: SparklineProps) {
  const { values, label, side = 'numbers', height = 30 } = props
  return (
    <svg
      className="k-spark"
      data-side={side}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      preserveAspectRatio="none"
    >
      {sparkPaths(values, height).map((points) => (
        <polyline key={points} points={points} />
      ))}
    </svg>
  )
}

// Attainment as a bar against a line that is the quota; reached is said by words and number, not by colour alone.
import type { Figure } from '../../../basics/figure.ts'
import { dash } from '../../../web/format.ts'
import { useFormat } from '../../../web/language.ts'
import './quota.css'

/** The line of the quota stands at four fifths of the width; what goes further is cut at its end. */
const whole = 1.25

export function AttainmentBar({ attainment }: { attainment: Figure }) {
  const { value } = attainment
  const width = Math.max(0, Math.min(1, (value ?? 0) / whole))
  return (
    <span className="quota-bar" aria-hidden="true" data-reached={(value ?? 0) >= 1 || undefined}>
      <span className="quota-bar-fill" style={{ inlineSize: `${100 * width}%` }} />
      <span className="quota-bar-line" />
    </span>
  )
}

/** Attainment in percent; one that is just not reached is not rounded up to it. */
export function useAttainmentText(): (attainment: Figure) => string {
  const format = useFormat()
  return ({ value }) => {
    if (value === undefined) return dash
    const nearly = value < 1 && Math.round(value * 100) >= 100
    return format.rate(nearly ? Math.floor(value * 1000) / 1000 : value, nearly ? 1 : 0)
  }
}

// A difference between two periods as a figure that can be asked: sign, and colour by its meaning.
import type { Figure } from '../../../basics/figure.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { partTexts } from '../../../web/texts.ts'
import { useAskWhy } from '../../../web/ui/figure.tsx'
import type { WhyQuestion } from '../../../web/why.ts'

export interface DifferenceProps {
  figure: Figure
  /** What differs, for those who hear the page. */
  name: string
  why: WhyQuestion
}

export function Difference(props: DifferenceProps) {
  const { figure, name, why } = props
  const format = useFormat()
  const t = useTexts(partTexts)
  const ask = useAskWhy()
  const { value = 0 } = figure
  const text =
    figure.currency === undefined
      ? format.signed(value)
      : format.money(value, figure.currency, { digits: 'whole', signed: true })
  const meaning = value === 0 ? 'none' : value > 0 ? 'good' : 'bad'
  return (
    <button
      type="button"
      className="k-figure-value k-figure-asks results-difference"
      data-meaning={meaning}
      aria-label={`${name} ${text}. ${t('why', { name })}`}
      onClick={() => ask(why)}
    >
      {text}
    </button>
  )
}

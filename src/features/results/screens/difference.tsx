// Figures written in their own way that can be asked all the same: a difference with its sign, “2 of 3”.
import type { Figure } from '../../../basics/figure.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { partTexts } from '../../../web/texts.ts'
import { useAskWhy } from '../../../web/ui/figure.tsx'
import type { WhyQuestion } from '../../../web/why.ts'
import './results.css'

export interface AskedProps {
  text: string
  /** What it is, for those who hear the page. */
  name: string
  why: WhyQuestion
  /** Colour by its meaning, not by its sign. */
  meaning?: 'good' | 'bad' | 'none'
}

export function Asked(props: AskedProps) {
  const { text, name, why, meaning = 'none' } = props
  const t = useTexts(partTexts)
  const ask = useAskWhy()
  return (
    <button
      type="button"
      className="k-figure-value k-figure-asks results-difference"
      data-meaning={meaning}
      aria-label={`${name} ${text}. ${t('why', { name })}`}
      onClick={() => ask(why)}
      onKeyDown={(event) => {
        if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        ask(why)
      }}
    >
      {text}
    </button>
  )
}

/** The difference between two periods; more is good. */
export function Difference(props: { figure: Figure; name: string; why: WhyQuestion }) {
  const { figure, name, why } = props
  const format = useFormat()
  const { value = 0 } = figure
  const text =
    figure.currency === undefined
      ? format.signed(value)
      : format.money(value, figure.currency, { digits: 'whole', signed: true })
  return (
    <Asked
      text={text}
      name={name}
      why={why}
      meaning={value === 0 ? 'none' : value > 0 ? 'good' : 'bad'}
    />
  )
}

// The screws of “what if”: win rate, size of a deal, number of talks, against what is now.
import { Slider } from '@mantine/core'
import '@mantine/core/styles/Slider.layer.css'
import { useFormat, useTexts } from '../../../web/language.ts'
import type { Screws } from '../calc/what-if.ts'
import { goalsTexts } from '../texts.ts'

export function ScrewFields(props: {
  names: readonly (keyof Screws)[]
  screws: Screws
  onChange: (screws: Screws) => void
}) {
  const { names, screws, onChange } = props
  const t = useTexts(goalsTexts)
  const format = useFormat()
  return (
    <div className="goals-screws k-no-print">
      {names.map((name) => (
        <div key={name} className="goals-screw">
          <span id={`screw-${name}`}>{t(`screw_${name}`)}</span>
          <Slider
            aria-labelledby={`screw-${name}`}
            thumbProps={{ 'aria-labelledby': `screw-${name}` }}
            min={50}
            max={200}
            step={5}
            value={Math.round(screws[name] * 100)}
            label={null}
            onChange={(value) => onChange({ ...screws, [name]: value / 100 })}
          />
          <span className="k-right">
            {screws[name] === 1 ? t('what_if_now') : format.relative(screws[name] - 1, 0)}
          </span>
        </div>
      ))}
    </div>
  )
}

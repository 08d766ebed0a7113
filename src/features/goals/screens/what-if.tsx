// What if: three screws on own rates, and the chance that follows, computed here by the calculation of the page.
import { Button, Slider } from '@mantine/core'
import '@mantine/core/styles/Slider.layer.css'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { chanceWords } from '../calc/chance-words.ts'
import { type Screws, whatIf } from '../calc/what-if.ts'
import { goalsTexts } from '../texts.ts'
import type { GoalPage } from './goal-values.ts'

const now: Screws = { rate: 1, size: 1, talks: 1 }
const names = ['rate', 'size', 'talks'] as const

export function WhatIf({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const lang = useLanguage()
  const [screws, setScrews] = useState(now)
  const [settled] = useDebouncedValue(screws, 80)
  const { basis } = goal
  const attained = goal.outlook.attained.value ?? 0
  const sized = goal.unit === 'money'
  const chance = useMemo(
    () =>
      basis === null
        ? null
        : whatIf({ ...basis, target: goal.target, atMost: goal.atMost, attained, sized }, settled),
    [basis, goal.target, goal.atMost, attained, sized, settled],
  )
  if (basis === null || chance === null || goal.state === 'reached') return null
  const shown = names.filter((name) => sized || name !== 'size')
  return (
    <Section title={t('what_if')} note={t('what_if_note')}>
      <div className="goals-screws k-no-print">
        {shown.map((name) => (
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
              onChange={(value) => setScrews((before) => ({ ...before, [name]: value / 100 }))}
            />
            <span className="k-right">
              {screws[name] === 1 ? t('what_if_now') : format.relative(screws[name] - 1, 0)}
            </span>
          </div>
        ))}
      </div>
      <p className="goals-what-if" role="status">
        {t('what_if_chance', { chance: chanceWords(chance, lang) })}{' '}
        <span className="k-no-print">
          <Button variant="subtle" size="compact-sm" onClick={() => setScrews(now)}>
            {t('reset')}
          </Button>
        </span>
      </p>
    </Section>
  )
}

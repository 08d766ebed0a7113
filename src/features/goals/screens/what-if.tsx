// What if: screws on own rates, and the chance that follows, computed here by the calculation of the page.
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useLanguage, useTexts } from '../../../web/language.ts'
import { Section } from '../../../web/ui/page.tsx'
import { chanceWords } from '../calc/chance-words.ts'
import { asNow, isAsNow, screwsOf, whatIf } from '../calc/what-if.ts'
import { goalsTexts } from '../texts.ts'
import type { GoalPage } from './goal-values.ts'
import { ScrewFields } from './screws.tsx'

export function WhatIf({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const [screws, setScrews] = useState(asNow)
  const [settled] = useDebouncedValue(screws, 80)
  const { basis } = goal
  const now = goal.outlook.chance
  const attained = goal.outlook.attained.value ?? 0
  const sized = goal.unit === 'money'
  const chance = useMemo(
    () =>
      basis === null || isAsNow(settled)
        ? now
        : whatIf({ ...basis, target: goal.target, atMost: goal.atMost, attained, sized }, settled),
    [basis, now, goal.target, goal.atMost, attained, sized, settled],
  )
  const names = screwsOf(goal)
  if (basis === null || chance === null || goal.state === 'reached' || names.length === 0)
    return null
  return (
    <Section title={t('what_if')} note={t('what_if_note')}>
      <ScrewFields names={names} screws={screws} onChange={setScrews} />
      <p className="goals-what-if" role="status">
        {t('what_if_chance', { chance: chanceWords(chance, lang) })}{' '}
        <span className="k-no-print">
          <Button variant="subtle" size="compact-sm" onClick={() => setScrews(asNow)}>
            {t('reset')}
          </Button>
        </span>
      </p>
    </Section>
  )
}

// A chance as a word with a mark that does not rest on colour alone; or the state where there is none.
import { useTexts } from '../../../web/language.ts'
import { riskOf } from '../calc/chance-words.ts'
import { goalsTexts } from '../texts.ts'
import type { Goal } from './goal-values.ts'

const signs = { 'on-course': '●', 'at-risk': '◐', behind: '○' } as const

export function ChanceMark({ goal }: { goal: Goal }) {
  const t = useTexts(goalsTexts)
  const { chance, chanceText } = goal.outlook
  if (goal.state === 'reached') {
    return (
      <span className="goals-chance" data-risk="reached">
        ✓ {t('state_reached')}
      </span>
    )
  }
  if (chance === null) return <span className="k-muted">{t(`state_${goal.state}`)}</span>
  const risk = riskOf(chance)
  return (
    <span className="goals-chance" data-risk={risk}>
      <span aria-hidden="true">{signs[risk]}</span> {chanceText}
    </span>
  )
}

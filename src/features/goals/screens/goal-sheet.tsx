// What a goal's sheet of paper has beside its page: name and span large, a bar to follow, and boxes to write in.
import { dayBefore } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { goalsTexts } from '../texts.ts'
import { type GoalPage, ownerName, useMeasureName, useValues } from './goal-values.ts'

/** For the wall: readable from across the room. */
export function SheetHead({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const values = useValues()
  const measure = useMeasureName()
  const attained = goal.outlook.attained.value
  const share = attained === undefined ? undefined : attained / goal.target
  return (
    <section className="goals-sheet" aria-hidden="true">
      <p className="goals-sheet-name">{goal.name}</p>
      <p className="goals-sheet-about">
        {[
          ownerName(goal, t),
          measure(goal),
          `${format.date(goal.from)} – ${format.date(dayBefore(goal.until))}`,
        ].join(' · ')}
      </p>
      {share !== undefined && !goal.atMost && (
        <>
          <div className="goals-sheet-bar">
            <span style={{ width: `${Math.min(100, Math.max(0, 100 * share))}%` }} />
            {goal.milestones.map((one) => (
              <i
                key={one.on}
                style={{ left: `${Math.min(100, (100 * one.value) / goal.target)}%` }}
              />
            ))}
          </div>
          <p className="goals-sheet-ends">
            <b>{values.full(attained ?? 0, goal)}</b>
            <span>{format.rate(share)}</span>
            <b>{values.full(goal.target, goal)}</b>
          </p>
        </>
      )}
    </section>
  )
}

/** For a talk of two: what is asked at a check-in, with room to write. */
export function SheetBoxes() {
  const t = useTexts(goalsTexts)
  return (
    <section className="goals-sheet goals-sheet-boxes" aria-hidden="true">
      {(['moved', 'blocks', 'next_step'] as const).map((question) => (
        <div key={question}>{t(question)}</div>
      ))}
    </section>
  )
}

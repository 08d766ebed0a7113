// What happened to a goal: reached and stamped once, open again, or missed and followed by the next.
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useOrg, useSetSearch } from '../../../web/address.tsx'
import { call } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useChange } from '../../../web/queries.ts'
import { TextField } from '../../../web/ui/form.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { goalsTexts } from '../texts.ts'
import type { GoalPage } from './goal-values.ts'

export function GoalTurn({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const last = goal.marks.at(-1)
  return (
    <>
      {goal.ownerGone && <p className="goals-turn">{t('owner_gone')}</p>}
      {goal.state === 'reached' && <Stamp goal={goal} />}
      {goal.state === 'running' && last?.kind === 'reopened' && (
        <p className="goals-turn">{t('reopened', { date: format.date(last.on) })}</p>
      )}
      {goal.state === 'missed' && goal.within && <Missed key={goal.version} goal={goal} />}
    </>
  )
}

/** Printed once, by whoever owns the goal; from then on it just stands there. */
function Stamp({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const org = useOrg()
  const told = useRef(false)
  const last = goal.marks.at(-1)
  const fresh = goal.mine && last?.kind === 'reached' && !last.celebrated
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    if (!fresh || told.current) return
    told.current = true
    setPrinting(true)
    // Nobody needs to hear of it when it fails: it is printed again the next time.
    call('goals.celebrate', { id: goal.id }, { org }).catch(() => undefined)
  }, [fresh, goal.id, org])
  return (
    <div className="goals-reached" role="status">
      <span className="goals-stamp" data-printing={printing || undefined}>
        <b>{t('reached_stamp')}</b>
        <span>{t('reached_on', { date: format.date(goal.reachedOn ?? goal.today) })}</span>
      </span>
      {goal.reward && <p>{t('reward_now', { reward: goal.reward })}</p>}
    </div>
  )
}

function Missed({ goal }: { goal: GoalPage }) {
  const t = useTexts(goalsTexts)
  const setSearch = useSetSearch()
  const [text, setText] = useState(goal.missedBecause ?? '')
  const edit = useChange('goals.edit')
  const undo = useChange('changes.undo')
  const save = () =>
    void edit
      .run({ id: goal.id, missedBecause: text.trim() || null }, { version: goal.version })
      .then(({ changeId }) => toast.undo(t('missed_saved'), () => undo.run({ id: changeId })))
      .catch(() => undefined)
  return (
    <div className="goals-turn">
      {goal.missedBecause === null ? (
        <form
          className="goals-missed"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <TextField
            name="missedBecause"
            label={t('missed_why')}
            value={text}
            onChange={setText}
            maxLength={500}
          />
          <Button type="submit" variant="default" loading={edit.busy}>
            {t('missed_save')}
          </Button>
        </form>
      ) : (
        <p>{t('missed_kept', { text: goal.missedBecause })}</p>
      )}
      {edit.problem && <p role="alert">{edit.problem.message}</p>}
      {goal.repeats === null && (
        <Button onClick={() => setSearch({ goal_new: goal.id })}>{t('next_goal')}</Button>
      )}
    </div>
  )
}

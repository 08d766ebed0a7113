// The weekly check-in: three lines, two minutes, no mouse needed.
import { useState } from 'react'
import { daysAfter } from '../../../web/format-period.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, LongField } from '../../../web/ui/form.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { goalsTexts } from '../texts.ts'
import type { GoalPage } from './goal-values.ts'

/** Opened by `?check_in=<id of the goal>`. */
export function CheckInDrawer({ value, close }: DrawerProps) {
  const t = useTexts(goalsTexts)
  const lang = useLanguage()
  const query = useOperation('goals.get', { id: value, lang })
  return (
    <Drawer title={t('check_in_title')} note={query.data?.name} close={close} print={false}>
      <Answered query={query} shape="panel">
        {(goal) => <Fields key={goal.id} goal={goal} close={close} />}
      </Answered>
    </Drawer>
  )
}

function Fields({ goal, close }: { goal: GoalPage; close: () => void }) {
  const t = useTexts(goalsTexts)
  const format = useFormat()
  const last = goal.checkIns[0]
  const same = last !== undefined && last.weekOn > daysAfter(goal.today, -7)
  const [moved, setMoved] = useState((same && last.moved) || '')
  const [blocks, setBlocks] = useState((same && last.blocks) || '')
  const [nextStep, setNextStep] = useState((same && last.nextStep) || '')
  const keep = useChange('goals.check-in')
  const undo = useChange('changes.undo')
  const save = async () => {
    const written = await keep
      .run({
        id: goal.id,
        moved: moved.trim() || null,
        blocks: blocks.trim() || null,
        nextStep: nextStep.trim() || null,
      })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('check_in_saved'), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Form
      onSubmit={save}
      submitLabel={t('save')}
      busy={keep.busy}
      problem={keep.problem}
      cancel={close}
    >
      <p className="k-section-note">{t('check_in_note')}</p>
      {!same && last?.nextStep && (
        <p className="goals-last">
          {t('week_of', { date: format.date(last.weekOn) })}: {last.nextStep}
        </p>
      )}
      <LongField
        name="moved"
        label={t('moved')}
        value={moved}
        onChange={setMoved}
        maxLength={500}
        autoFocus
      />
      <LongField
        name="blocks"
        label={t('blocks')}
        value={blocks}
        onChange={setBlocks}
        maxLength={500}
      />
      <LongField
        name="nextStep"
        label={t('next_step')}
        value={nextStep}
        onChange={setNextStep}
        maxLength={500}
      />
    </Form>
  )
}

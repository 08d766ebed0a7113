// An activity is done: what came of it, and the next step planned in the same go.
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, SwitchField, TextField } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { activitiesTexts } from '../texts.ts'
import { type Activity, type Kind, KindField } from './activity-form.tsx'

export function CompleteDrawer({ activity, close }: { activity: Activity; close: () => void }) {
  const t = useTexts(activitiesTexts)
  const today = useOrganisationDay() ?? ''
  const [outcome, setOutcome] = useState(activity.outcome ?? '')
  const [doneOn, setDoneOn] = useState<string | undefined>(today)
  const [nextToo, setNextToo] = useState(false)
  const [kind, setKind] = useState<Kind>(activity.kind)
  const [subject, setSubject] = useState('')
  const [due, setDue] = useState<string>()
  const complete = useChange('activities.complete')
  const undo = useChange('changes.undo')
  const save = async () => {
    const next =
      nextToo && due !== undefined
        ? { next: { kind, subject: subject.trim() || t(`kind_${kind}`), dueOn: due } }
        : {}
    const written = await complete
      .run(
        {
          id: activity.id,
          outcome: outcome.trim() || null,
          ...(doneOn === undefined ? {} : { doneOn }),
          ...next,
        },
        { version: activity.version },
      )
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('completed', { subject: activity.subject }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
  }
  return (
    <Drawer
      title={t('complete_title', { subject: activity.subject })}
      {...(activity.customer ? { note: activity.customer.name } : {})}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t('complete')}
        onSubmit={save}
        busy={complete.busy}
        problem={complete.problem}
        cancel={close}
      >
        <TextField
          name="outcome"
          label={t('outcome')}
          value={outcome}
          onChange={setOutcome}
          maxLength={200}
          autoFocus
        />
        <DateField
          name="doneOn"
          label={t('done_on')}
          today={today}
          value={doneOn}
          onChange={setDoneOn}
          required
        />
        <SwitchField name="next" label={t('next_too')} value={nextToo} onChange={setNextToo} />
        {nextToo && (
          <>
            <TextField
              name="nextSubject"
              label={t('next_subject')}
              value={subject}
              onChange={setSubject}
              maxLength={200}
              placeholder={t(`kind_${kind}`)}
            />
            <FieldRow>
              <KindField value={kind} onChange={setKind} />
              <DateField
                name="nextDue"
                label={t('next_due')}
                today={today}
                value={due}
                onChange={setDue}
                required
              />
            </FieldRow>
          </>
        )}
      </Form>
    </Drawer>
  )
}

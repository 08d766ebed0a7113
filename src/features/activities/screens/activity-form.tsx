// Planning an activity, noting one that was done, or changing one: kind, what, when, and with whom.
import { useState } from 'react'
import type { Answer, Given } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { nameReference } from '../../../web/names.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, LongField, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField } from '../../../web/ui/form-inputs.tsx'
import { RecordNameField } from '../../../web/ui/record-name-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { HistoryButton } from '../../team/screens/record-history.tsx'
import { activitiesTexts } from '../texts.ts'

export type Activity = Answer<'activities.list'>['rows'][number]
export type Kind = Activity['kind']
export const kinds: readonly Kind[] = ['call', 'mail', 'meeting', 'visit', 'message', 'task']

/** What an activity is about, where it is entered from a page of it. */
export interface About {
  dealId?: string
  customerId?: string
  contactId?: string
}

interface FormProps {
  /** `log`: it was done. */
  mode: 'plan' | 'log'
  about?: About
  /** Changes this one. */
  activity?: Activity
  close: () => void
}

export function ActivityForm(props: FormProps) {
  const today = useOrganisationDay()
  if (today === undefined) return null
  return <Fields {...props} today={today} />
}

/** Opened by `?activity_new=plan` or `log` on any page. */
export function NewActivityDrawer({ value, close }: DrawerProps) {
  return <ActivityForm mode={value === 'log' ? 'log' : 'plan'} close={close} />
}

export function KindField(props: { value: Kind; onChange: (value: Kind) => void }) {
  const t = useTexts(activitiesTexts)
  return (
    <ChoiceField
      name="kind"
      label={t('kind')}
      value={props.value}
      onChange={(value) => props.onChange(kinds.find((one) => one === value) ?? 'task')}
      options={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
      required
    />
  )
}

function Fields(props: FormProps & { today: string }) {
  const { mode, about = {}, activity, close, today } = props
  const t = useTexts(activitiesTexts)
  const done = activity ? activity.doneOn !== null : mode === 'log'
  const [kind, setKind] = useState<Kind>(activity?.kind ?? 'call')
  const [subject, setSubject] = useState(activity?.subject ?? '')
  const [day, setDay] = useState<string | undefined>(
    activity ? (activity.doneOn ?? activity.dueOn ?? undefined) : today,
  )
  const [outcome, setOutcome] = useState(activity?.outcome ?? '')
  const [note, setNote] = useState(activity?.note ?? '')
  const [customer, setCustomer] = useState(activity?.customer?.name ?? '')
  const create = useChange('activities.create')
  const edit = useChange('activities.edit')
  const undo = useChange('changes.undo')
  const free = about.dealId === undefined && about.customerId === undefined && !activity?.deal
  const save = async () => {
    const what = {
      kind,
      subject: subject.trim() || t(`kind_${kind}`),
      note: note.trim() || null,
      outcome: done ? outcome.trim() || null : null,
      ...(done ? { doneOn: day ?? null } : { dueOn: day ?? null }),
      ...(free ? { customer: nameReference(customer, activity?.customer) } : {}),
    }
    const written = activity
      ? await edit
          .run({ id: activity.id, ...what }, { version: activity.version })
          .catch(() => undefined)
      : await create.run({ ...what, ...aboutInput(about) }).catch(() => undefined)
    if (!written) return
    const said = activity
      ? t('saved')
      : t(done ? 'logged' : 'planned_saved', { subject: what.subject })
    toast.undo(said, () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Drawer
      title={t(activity ? 'edit_title' : done ? 'log_title' : 'plan_title')}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t('save')}
        onSubmit={save}
        busy={create.busy || edit.busy}
        problem={create.problem ?? edit.problem}
        cancel={close}
        extra={activity && <HistoryButton entity="activity" id={activity.id} leave={close} />}
      >
        <TextField
          name="subject"
          label={t('subject')}
          value={subject}
          onChange={setSubject}
          maxLength={200}
          autoFocus
          placeholder={t(`kind_${kind}`)}
        />
        <FieldRow>
          <KindField value={kind} onChange={setKind} />
          <DateField
            name={done ? 'doneOn' : 'dueOn'}
            label={t(done ? 'done_on' : 'due')}
            today={today}
            value={day}
            onChange={setDay}
            required
          />
        </FieldRow>
        {free && (
          <RecordNameField
            of="customers.list"
            name="customer"
            label={t('customer')}
            value={customer}
            onChange={setCustomer}
          />
        )}
        {done && (
          <TextField
            name="outcome"
            label={t('outcome')}
            value={outcome}
            onChange={setOutcome}
            maxLength={200}
          />
        )}
        <LongField
          name="note"
          label={t('note')}
          value={note}
          onChange={setNote}
          maxLength={5_000}
        />
      </Form>
    </Drawer>
  )
}

function aboutInput(about: About): Partial<Given<'activities.create'>> {
  return {
    ...(about.dealId === undefined ? {} : { dealId: about.dealId }),
    ...(about.contactId === undefined ? {} : { contactId: about.contactId }),
    ...(about.customerId === undefined ? {} : { customer: { id: about.customerId } }),
  }
}

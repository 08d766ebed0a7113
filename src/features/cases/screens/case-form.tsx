// Entering, changing or removing one case.
import { Button } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField } from '../../../web/ui/form-inputs.tsx'
import {
  isConflict,
  RecordConflict,
  type RecordConflictProps,
} from '../../../web/ui/record-conflict.tsx'
import { PartyFields } from '../../../web/ui/record-name-field.tsx'
import { HistoryButton } from '../../team/screens/record-history.tsx'
import { casesTexts } from '../texts.ts'
import {
  type Case,
  type CaseValues,
  inputOfCase,
  kinds,
  newCase,
  states,
  valuesOfCase,
} from './case-values.ts'

interface CaseFormProps {
  of?: Case
  close: () => void
}

export function CaseForm(props: CaseFormProps) {
  const organisation = useOrganisation().data
  const today = useOrganisationDay()
  if (organisation === undefined || today === undefined) return null
  const seller = organisation.me.seller?.name ?? ''
  return <CaseFields {...props} today={today} seller={seller} />
}

function CaseFields(props: CaseFormProps & { today: string; seller: string }) {
  const { of, close, today } = props
  const t = useTexts(casesTexts)
  const format = useFormat()
  const create = useChange('cases.create')
  const edit = useChange('cases.edit')
  const remove = useChange('cases.remove')
  const form = useRecordForm<CaseValues>({
    begin: of ? valuesOfCase(of) : newCase(today, props.seller),
    version: of?.version,
    edit,
    others: [create, remove],
    send: (values, over) => {
      const { day } = values
      if (day === undefined) return undefined
      const input = { ...inputOfCase(values, of), day }
      return of ? edit.run({ id: of.id, ...input }, over) : create.run(input)
    },
    said: ({ day = today }) => t(of ? 'saved' : 'added', { day: format.date(day) }),
    close,
  })
  const { values, set } = form
  const takeOut = async () => {
    if (!of) return
    const written = await remove.run({ id: of.id }, form.over).catch(() => undefined)
    if (written) form.finish(t('removed', { day: format.date(of.day) }), written)
  }
  return (
    <Drawer
      title={of ? t('edit_title', { day: format.date(of.day) }) : t('add_title')}
      {...(of?.externalId ? { note: `${t('number')} ${of.externalId}` } : {})}
      close={close}
      print={false}
    >
      <Conflict of={of} {...form.conflict} />
      <Form
        submitLabel={t(of ? 'save' : 'add')}
        {...form.sending}
        extra={
          of ? (
            <>
              <Button variant="default" disabled={remove.busy} onClick={() => void takeOut()}>
                {t('remove')}
              </Button>
              <HistoryButton entity="case" id={of.id} />
            </>
          ) : undefined
        }
      >
        <PartyFields words={t} values={values} set={set} autoFocus />
        <FieldRow>
          <ChoiceField
            name="kind"
            label={t('kind')}
            value={values.kind}
            onChange={(chosen) => set('kind')(kinds.find((one) => one === chosen) ?? 'complaint')}
            options={kinds.map((value) => ({ value, label: t(value) }))}
            required
          />
          <DateField
            name="day"
            label={t('day')}
            today={today}
            value={values.day}
            onChange={set('day')}
            required
          />
        </FieldRow>
        <FieldRow>
          <ChoiceField
            name="state"
            label={t('state')}
            value={values.state}
            onChange={(chosen) => set('state')(states.find((one) => one === chosen) ?? 'open')}
            options={states.map((value) => ({ value, label: t(value) }))}
            required
          />
          {values.state === 'closed' && (
            <DateField
              name="closedOn"
              label={t('closed_on')}
              today={today}
              value={values.closedOn}
              onChange={set('closedOn')}
            />
          )}
        </FieldRow>
        <FieldRow>
          <TextField
            name="channel"
            label={t('channel')}
            value={values.channel}
            onChange={set('channel')}
            maxLength={200}
          />
          <TextField
            name="status"
            label={t('status')}
            hint={t('status_hint')}
            value={values.status}
            onChange={set('status')}
            maxLength={200}
          />
        </FieldRow>
      </Form>
    </Drawer>
  )
}

interface ConflictProps extends Omit<RecordConflictProps<CaseValues>, 'read' | 'fields'> {
  of: Case | undefined
}

/** Both versions in the form's terms; names of the other side come from the case as it is now. */
function Conflict({ of, ...conflict }: ConflictProps) {
  const { problem } = conflict
  const t = useTexts(casesTexts)
  const now: Answer<'cases.get'> | undefined = useOperation(
    'cases.get',
    { id: of?.id ?? '' },
    { enabled: of !== undefined && isConflict(problem) },
  ).data
  if (!of || !isConflict(problem) || !now) return null
  const theirs = valuesOfCase(now)
  return (
    <RecordConflict
      {...conflict}
      read={() => theirs}
      fields={[
        { key: 'customer', label: t('customer') },
        { key: 'product', label: t('product') },
        { key: 'seller', label: t('seller') },
        { key: 'kind', label: t('kind') },
        { key: 'day', label: t('day') },
        { key: 'state', label: t('state') },
        { key: 'closedOn', label: t('closed_on') },
        { key: 'channel', label: t('channel') },
        { key: 'status', label: t('status') },
      ]}
    />
  )
}

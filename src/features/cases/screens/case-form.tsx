// Entering, changing or removing one case.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
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
  const [values, setValues] = useState<CaseValues>(
    of ? valuesOfCase(of) : newCase(today, props.seller),
  )
  const [version, setVersion] = useState(of?.version)
  const create = useChange('cases.create')
  const edit = useChange('cases.edit')
  const remove = useChange('cases.remove')
  const undo = useChange('changes.undo')
  const problem = edit.problem ?? create.problem ?? remove.problem
  const set =
    <Key extends keyof CaseValues>(key: Key) =>
    (value: CaseValues[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const done = (what: 'added' | 'saved' | 'removed', day: string, changeId: string) => {
    toast.undo(t(what, { day: format.date(day) }), () => undo.run({ id: changeId }))
    close()
  }
  const save = async (over = version) => {
    const { day } = values
    if (day === undefined) return
    const input = { ...inputOfCase(values, of), day }
    const written = of
      ? await edit
          .run({ id: of.id, ...input }, over === undefined ? {} : { version: over })
          .catch(() => undefined)
      : await create.run(input).catch(() => undefined)
    if (written) done(of ? 'saved' : 'added', day, written.changeId)
  }
  const takeOut = async () => {
    if (!of) return
    const written = await remove
      .run({ id: of.id }, { version: version ?? of.version })
      .catch(() => undefined)
    if (written) done('removed', of.day, written.changeId)
  }
  return (
    <Drawer
      title={of ? t('edit_title', { day: format.date(of.day) }) : t('add_title')}
      {...(of?.externalId ? { note: `${t('number')} ${of.externalId}` } : {})}
      close={close}
      print={false}
    >
      <Conflict
        of={of}
        values={values}
        problem={edit.problem}
        busy={edit.busy}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        submitLabel={t(of ? 'save' : 'add')}
        onSubmit={() => save()}
        busy={create.busy || edit.busy || remove.busy}
        problem={isConflict(problem) ? undefined : problem}
        cancel={close}
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
        <Names values={values} set={set} />
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

type Set = <Key extends keyof CaseValues>(key: Key) => (value: CaseValues[Key]) => void

function Names({ values, set }: { values: CaseValues; set: Set }) {
  const t = useTexts(casesTexts)
  const [first] = useState(values)
  const asked = (search: string) => ({ limit: 12, ...(search ? { search } : {}) })
  const customers = useOperation('customers.list', asked(values.customer))
  const sellers = useOperation('sellers.list', asked(values.seller))
  const products = useOperation('products.list', asked(values.product))
  // Names are offered once something is typed: a list over the untouched form would hide it.
  const names = (
    key: 'customer' | 'seller' | 'product',
    rows: readonly { name: string }[] | undefined,
  ) => (values[key] === '' || values[key] === first[key] ? [] : (rows ?? []).map((row) => row.name))
  return (
    <>
      <NameField
        name="customer"
        label={t('customer')}
        value={values.customer}
        onChange={set('customer')}
        names={names('customer', customers.data?.rows)}
        autoFocus
      />
      <FieldRow>
        <NameField
          name="product"
          label={t('product')}
          value={values.product}
          onChange={set('product')}
          names={names('product', products.data?.rows)}
        />
        <NameField
          name="seller"
          label={t('seller')}
          value={values.seller}
          onChange={set('seller')}
          names={names('seller', sellers.data?.rows)}
        />
      </FieldRow>
    </>
  )
}

interface ConflictProps {
  of: Case | undefined
  values: CaseValues
  problem: ReturnType<typeof useChange<'cases.edit'>>['problem']
  busy: boolean
  takeMine: (version: number) => void
  takeTheirs: (theirs: CaseValues, version: number) => void
}

/** Both versions in the form's terms; names of the other side come from the case as it is now. */
function Conflict({ of, values, problem, busy, takeMine, takeTheirs }: ConflictProps) {
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
      problem={problem}
      mine={values}
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
      busy={busy}
      takeMine={takeMine}
      takeTheirs={takeTheirs}
    />
  )
}

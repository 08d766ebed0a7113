// The form of a seller, as a drawer: adding one, or editing what is known of one.
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { PickField } from '../../../web/ui/pick-field.tsx'
import { RecordConflict, type RecordConflictProps } from '../../../web/ui/record-conflict.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { teamTexts } from '../texts.ts'

type Seller = Answer<'sellers.get'>

interface SellerValues {
  name: string
  email: string
  externalId: string
  hiredOn: string | undefined
  leftOn: string | undefined
}

const empty: SellerValues = {
  name: '',
  email: '',
  externalId: '',
  hiredOn: undefined,
  leftOn: undefined,
}

function valuesOf(seller: Seller): SellerValues {
  return {
    name: seller.name,
    email: seller.email ?? '',
    externalId: seller.externalId ?? '',
    hiredOn: seller.hiredOn ?? undefined,
    leftOn: seller.leftOn ?? undefined,
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const day = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : undefined)

/** The stored columns of another version, as values of the form. */
function valuesOfColumns(columns: Readonly<Record<string, unknown>>): SellerValues {
  return {
    name: text(columns.name),
    email: text(columns.email),
    externalId: text(columns.external_id),
    hiredOn: day(columns.hired_on),
    leftOn: day(columns.left_on),
  }
}

function inputOf(values: SellerValues) {
  return {
    name: values.name.trim(),
    email: values.email.trim() || null,
    externalId: values.externalId.trim() || null,
    hiredOn: values.hiredOn ?? null,
    leftOn: values.leftOn ?? null,
  }
}

/** `value`: the id of a seller, or `new`. */
export function SellerDrawer(props: DrawerProps) {
  const { value, close } = props
  const t = useTexts(teamTexts)
  const isNew = value === 'new'
  const seller = useOperation('sellers.get', { id: value }, { enabled: !isNew })
  return (
    <Drawer title={t(isNew ? 'seller_add' : 'seller_edit')} close={close} print={false}>
      {isNew ? (
        <SellerForm close={close} />
      ) : (
        <Answered query={seller} shape="panel">
          {(data) => <SellerForm key={data.id} seller={data} close={close} />}
        </Answered>
      )}
    </Drawer>
  )
}

function SellerForm(props: { seller?: Seller; close: () => void }) {
  const { seller, close } = props
  const t = useTexts(teamTexts)
  const today = useOrganisationDay() ?? ''
  const [teamId, setTeamId] = useState<string>()
  const create = useChange('sellers.create')
  const edit = useChange('sellers.edit')
  const form = useRecordForm<SellerValues>({
    begin: seller ? valuesOf(seller) : empty,
    version: seller?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = inputOf(values)
      return seller
        ? edit.run({ id: seller.id, ...input }, over)
        : create.run({ ...input, teamId: teamId ?? null })
    },
    said: ({ name }) => t(seller ? 'saved' : 'was_added', { name: name.trim() }),
    close,
  })
  const { values, set } = form
  const backwards =
    values.hiredOn !== undefined && values.leftOn !== undefined && values.leftOn < values.hiredOn
  return (
    <>
      <SellerConflict {...form.conflict} />
      <Form
        submitLabel={t(seller ? 'save' : 'add')}
        {...form.sending}
        onSubmit={() => (backwards ? undefined : form.save())}
        errors={backwards ? { leftOn: t('backwards') } : {}}
      >
        <TextField
          name="name"
          label={t('name')}
          value={values.name}
          onChange={set('name')}
          maxLength={200}
          required
          autoFocus
        />
        {!seller && <TeamField value={teamId} onChange={setTeamId} hint={t('team_hint')} />}
        <TextField
          name="email"
          label={t('email')}
          type="email"
          value={values.email}
          onChange={set('email')}
          maxLength={200}
        />
        <TextField
          name="externalId"
          label={t('external_id')}
          hint={t('external_hint')}
          value={values.externalId}
          onChange={set('externalId')}
          maxLength={200}
        />
        <FieldRow>
          <DateField
            name="hiredOn"
            label={t('hired')}
            today={today}
            value={values.hiredOn}
            onChange={set('hiredOn')}
          />
          <DateField
            name="leftOn"
            label={t('left')}
            today={today}
            value={values.leftOn}
            onChange={set('leftOn')}
          />
        </FieldRow>
      </Form>
    </>
  )
}

/** One of the active teams. */
export function TeamField(props: {
  value: string | undefined
  onChange: (id: string | undefined) => void
  hint?: string
  required?: boolean
  name?: string
  label?: string
  /** Teams that cannot be chosen. */
  without?: (id: string) => boolean
}) {
  const { value, onChange, hint, required = false, without } = props
  const t = useTexts(teamTexts)
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  return (
    <PickField
      name={props.name ?? 'teamId'}
      label={props.label ?? t('team')}
      value={value}
      onChange={onChange}
      options={teams
        .filter((team) => !without?.(team.id))
        .map((team) => ({
          value: team.id,
          label: team.parent === null ? team.name : `${team.name} · ${team.parent.name}`,
        }))}
      required={required}
      {...(hint === undefined ? {} : { hint })}
    />
  )
}

function SellerConflict(props: Omit<RecordConflictProps<SellerValues>, 'read' | 'fields'>) {
  const t = useTexts(teamTexts)
  const format = useFormat()
  const words = (value: string | undefined) => value || '—'
  const date = (value: string | undefined) => (value === undefined ? '—' : format.date(value))
  return (
    <RecordConflict
      {...props}
      read={valuesOfColumns}
      fields={[
        { key: 'name', label: t('name'), show: words },
        { key: 'email', label: t('email'), show: words },
        { key: 'externalId', label: t('external_id'), show: words },
        { key: 'hiredOn', label: t('hired'), show: date },
        { key: 'leftOn', label: t('left'), show: date },
      ]}
    />
  )
}

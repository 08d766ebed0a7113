// Adding or editing a contact, in a drawer; when somebody else was faster, both versions are shown.
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moreTexts } from '../texts-more.ts'
import { changedTraits, OwnFieldInputs } from './own-values.tsx'

export type Contact = Answer<'contacts.get'>

const keys = ['name', 'customer', 'jobTitle', 'email', 'phone', 'externalId'] as const
const labels = {
  name: 'name',
  customer: 'customer',
  jobTitle: 'job_title',
  email: 'email',
  phone: 'phone',
  externalId: 'number',
} as const
type Values = Record<(typeof keys)[number], string>

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** A contact's columns, as stored or as answered; of a stored customer only the id is known. */
function valuesOf(from: Readonly<Record<string, unknown>>, customer: string): Values {
  return {
    name: text(from.name),
    customer,
    jobTitle: text(from.jobTitle ?? from.job_title),
    email: text(from.email),
    phone: text(from.phone),
    externalId: text(from.externalId ?? from.external_id),
  }
}

export function ContactForm(props: {
  contact?: Contact
  /** Of whom a new contact is. */
  customer?: { id: string; name: string }
  close: () => void
  done?: (id: string) => void
}) {
  const { contact, close, done } = props
  const t = useTexts(moreTexts)
  const begun = contact?.customer ?? props.customer
  const [values, setValues] = useState(valuesOf(contact ?? {}, begun?.name ?? ''))
  const [traits, setTraits] = useState<Readonly<Record<string, string>>>(contact?.traits ?? {})
  const [version, setVersion] = useState(contact?.version)
  const create = useChange('contacts.create')
  const edit = useChange('contacts.edit')
  const undo = useChange('changes.undo')
  const customers = useOperation('customers.list', { search: values.customer.trim(), limit: 12 })
  const problem = edit.problem ?? create.problem
  const set = (key: keyof Values) => (value: string) =>
    setValues((now) => ({ ...now, [key]: value }))

  const input = () => {
    const name = values.customer.trim()
    const customer = begun && name === begun.name ? { id: begun.id } : name === '' ? null : { name }
    const { customer: _, ...plain } = values
    return { ...plain, customer, ...changedTraits(contact?.traits ?? {}, traits) }
  }
  const save = async (over = version) => {
    const written = await (contact
      ? edit.run({ id: contact.id, ...input() }, over === undefined ? {} : { version: over })
      : create.run(input())
    ).catch(() => undefined)
    if (!written) return
    toast.undo(t(contact ? 'said_saved' : 'said_added', { name: values.name }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
    done?.(written.id)
  }
  const field = (key: keyof Values, type?: 'email' | 'tel') => (
    <TextField
      name={key}
      label={t(labels[key])}
      value={values[key]}
      onChange={set(key)}
      maxLength={200}
      {...(type ? { type } : {})}
    />
  )
  return (
    <Drawer
      title={contact ? t('contact_edit', { name: contact.name }) : t('contact_add')}
      close={close}
      print={false}
    >
      <RecordConflict
        problem={edit.problem}
        mine={values}
        read={(theirs) => valuesOf(theirs, values.customer)}
        fields={keys
          .filter((key) => key !== 'customer')
          .map((key) => ({ key, label: t(labels[key]) }))}
        busy={edit.busy}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setTraits(contact?.traits ?? {})
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        submitLabel={t(contact ? 'save' : 'contact_add')}
        onSubmit={() => save()}
        busy={create.busy || edit.busy}
        problem={isConflict(problem) ? undefined : problem}
        cancel={close}
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
        <NameField
          name="customer"
          label={t('customer')}
          value={values.customer}
          onChange={set('customer')}
          names={(customers.data?.rows ?? []).map(({ name }) => name)}
        />
        {field('jobTitle')}
        <FieldRow>
          {field('email', 'email')}
          {field('phone', 'tel')}
        </FieldRow>
        {field('externalId')}
        <OwnFieldInputs entity="contact" traits={traits} onChange={setTraits} />
      </Form>
    </Drawer>
  )
}

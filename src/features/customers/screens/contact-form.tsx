// Adding or editing a contact, in a drawer; when somebody else was faster, both versions are shown.
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { nameReference } from '../../../web/names.ts'
import { useChange } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { RecordNameField } from '../../../web/ui/record-name-field.tsx'
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
type Values = Record<(typeof keys)[number], string> & { traits: Readonly<Record<string, string>> }

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
    traits: (from.traits ?? {}) as Values['traits'],
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
  const create = useChange('contacts.create')
  const edit = useChange('contacts.edit')
  const form = useRecordForm<Values>({
    begin: valuesOf(contact ?? {}, begun?.name ?? ''),
    version: contact?.version,
    edit,
    others: [create],
    send: ({ traits, ...values }, over) => {
      const customer = nameReference(values.customer, begun)
      const input = { ...values, customer, ...changedTraits(contact?.traits ?? {}, traits) }
      return contact ? edit.run({ id: contact.id, ...input }, over) : create.run(input)
    },
    said: ({ name }) => t(contact ? 'said_saved' : 'said_added', { name }),
    close,
    done,
    list: 'contacts',
  })
  const { values, set } = form
  const field = (key: (typeof keys)[number], type?: 'email' | 'tel') => (
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
        {...form.conflict}
        read={(theirs) => valuesOf(theirs, values.customer)}
        fields={keys
          .filter((key) => key !== 'customer')
          .map((key) => ({ key, label: t(labels[key]) }))}
      />
      <Form submitLabel={t(contact ? 'save' : 'contact_add')} {...form.sending}>
        <TextField
          name="name"
          label={t('name')}
          value={values.name}
          onChange={set('name')}
          maxLength={200}
          required
          autoFocus
        />
        <RecordNameField
          of="customers.list"
          name="customer"
          label={t('customer')}
          value={values.customer}
          onChange={set('customer')}
        />
        {field('jobTitle')}
        <FieldRow>
          {field('email', 'email')}
          {field('phone', 'tel')}
        </FieldRow>
        {field('externalId')}
        <OwnFieldInputs entity="contact" traits={values.traits} onChange={set('traits')} />
      </Form>
    </Drawer>
  )
}

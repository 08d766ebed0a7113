// Adding or editing a customer, in a drawer; when somebody else was faster, both versions are shown.
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { NumberField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { customersTexts } from '../texts.ts'
import { changedTraits, OwnFieldInputs } from './own-values.tsx'

type Customer = Answer<'customers.get'>

interface Values {
  name: string
  externalId: string
  country: string
  region: string
  city: string
  industry: string
  employees: number | undefined
  source: string
  traits: Readonly<Record<string, string>>
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** A customer's columns, as stored or as answered, in the form's terms. */
function valuesOf(from: Readonly<Record<string, unknown>>): Values {
  return {
    name: text(from.name),
    externalId: text(from.externalId ?? from.external_id),
    country: text(from.country),
    region: text(from.region),
    city: text(from.city),
    industry: text(from.industry),
    employees: typeof from.employees === 'number' ? from.employees : undefined,
    source: text(from.source),
    traits: (from.traits ?? {}) as Values['traits'],
  }
}

function inputOf(values: Values) {
  const orNull = (value: string) => (value.trim() === '' ? null : value)
  return {
    name: values.name,
    externalId: orNull(values.externalId),
    country: orNull(values.country),
    region: orNull(values.region),
    city: orNull(values.city),
    industry: orNull(values.industry),
    employees: values.employees ?? null,
    source: orNull(values.source),
  }
}

export function CustomerForm(props: {
  customer?: Customer
  close: () => void
  done?: (id: string) => void
}) {
  const { customer, close, done } = props
  const t = useTexts(customersTexts)
  const lists = useOperation('demographics.list', {}).data?.rows ?? []
  const offered = (field: string) =>
    lists.filter((one) => one.field === field).map(({ value }) => value)
  const create = useChange('customers.create')
  const edit = useChange('customers.edit')
  const form = useRecordForm<Values>({
    begin: valuesOf(customer ?? {}),
    version: customer?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = {
        ...inputOf(values),
        ...changedTraits(customer?.traits ?? {}, values.traits),
      }
      return customer ? edit.run({ id: customer.id, ...input }, over) : create.run(input)
    },
    said: ({ name }) => t(customer ? 'saved' : 'added', { name }),
    close,
    done,
    list: 'customers',
  })
  const { values, set } = form

  return (
    <Drawer
      title={customer ? t('edit_title', { name: customer.name }) : t('add')}
      close={close}
      print={false}
    >
      <RecordConflict
        {...form.conflict}
        read={valuesOf}
        fields={(
          [
            'name',
            'externalId',
            'country',
            'region',
            'city',
            'industry',
            'employees',
            'source',
          ] as const
        ).map((key) => ({
          key,
          label: t(key === 'externalId' ? 'number' : key),
        }))}
      />
      <Form submitLabel={t(customer ? 'save' : 'add')} {...form.sending}>
        <TextField
          name="name"
          label={t('name')}
          value={values.name}
          onChange={set('name')}
          required
          autoFocus
          maxLength={200}
        />
        <FieldRow>
          <NameField
            name="industry"
            label={t('industry')}
            value={values.industry}
            onChange={set('industry')}
            names={offered('industry')}
          />
          <NumberField
            name="employees"
            label={t('employees')}
            value={values.employees}
            onChange={set('employees')}
            digits={0}
          />
        </FieldRow>
        <FieldRow>
          <NameField
            name="country"
            label={t('country')}
            value={values.country}
            onChange={set('country')}
            names={offered('country')}
          />
          <NameField
            name="region"
            label={t('region')}
            value={values.region}
            onChange={set('region')}
            names={offered('region')}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            name="city"
            label={t('city')}
            value={values.city}
            onChange={set('city')}
            maxLength={200}
          />
          <TextField
            name="externalId"
            label={t('number')}
            value={values.externalId}
            onChange={set('externalId')}
            maxLength={200}
          />
        </FieldRow>
        <NameField
          name="source"
          label={t('source')}
          value={values.source}
          onChange={set('source')}
          names={offered('source')}
        />
        <OwnFieldInputs entity="customer" traits={values.traits} onChange={set('traits')} />
      </Form>
    </Drawer>
  )
}

// Adding or editing a product, in a drawer; when somebody else was faster, both versions are shown.
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { MoneyField } from '../../../web/ui/form-inputs.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { changedTraits, OwnFieldInputs } from '../../customers/screens/own-values.tsx'
import { productsTexts } from '../texts.ts'

type Product = Answer<'products.get'>

interface Values {
  name: string
  externalId: string
  family: string
  currency: string
  listPrice: number | undefined
  cost: number | undefined
  traits: Readonly<Record<string, string>>
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)

function valuesOf(from: Readonly<Record<string, unknown>>, currency: string): Values {
  return {
    name: text(from.name),
    externalId: text(from.externalId ?? from.external_id),
    family: text(from.family),
    currency: text(from.currency) || currency,
    listPrice: number(from.listPrice ?? from.list_price),
    cost: number(from.cost),
    traits: (from.traits ?? {}) as Values['traits'],
  }
}

function inputOf(values: Values) {
  const orNull = (value: string) => (value.trim() === '' ? null : value)
  const priced = values.listPrice !== undefined || values.cost !== undefined
  return {
    name: values.name,
    externalId: orNull(values.externalId),
    family: orNull(values.family),
    currency: priced ? values.currency : null,
    listPrice: values.listPrice ?? null,
    cost: values.cost ?? null,
  }
}

export function ProductForm(props: {
  product?: Product
  close: () => void
  done?: (id: string) => void
}) {
  const organisation = useOperation('organisations.get', {})
  const currency = organisation.data?.settings.baseCurrency
  return currency === undefined ? null : <ProductFields {...props} currency={currency} />
}

function ProductFields(props: {
  product?: Product
  close: () => void
  done?: (id: string) => void
  currency: string
}) {
  const { product, close, done, currency } = props
  const t = useTexts(productsTexts)
  const create = useChange('products.create')
  const edit = useChange('products.edit')
  const form = useRecordForm<Values>({
    begin: valuesOf(product ?? {}, currency),
    version: product?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = { ...inputOf(values), ...changedTraits(product?.traits ?? {}, values.traits) }
      return product ? edit.run({ id: product.id, ...input }, over) : create.run(input)
    },
    said: ({ name }) => t(product ? 'saved' : 'added', { name }),
    close,
    done,
    list: 'products',
  })
  const { values, set } = form

  return (
    <Drawer
      title={product ? t('edit_title', { name: product.name }) : t('add')}
      close={close}
      print={false}
    >
      <RecordConflict
        {...form.conflict}
        read={(columns) => valuesOf(columns, currency)}
        fields={(['name', 'externalId', 'family', 'currency', 'listPrice', 'cost'] as const).map(
          (key) => ({ key, label: t(key) }),
        )}
      />
      <Form submitLabel={t(product ? 'save' : 'add')} {...form.sending}>
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
          <TextField
            name="family"
            label={t('family')}
            value={values.family}
            onChange={set('family')}
            maxLength={200}
          />
          <TextField
            name="externalId"
            label={t('externalId')}
            value={values.externalId}
            onChange={set('externalId')}
            maxLength={200}
          />
        </FieldRow>
        <FieldRow>
          <MoneyField
            name="listPrice"
            label={t('listPrice')}
            currency={values.currency}
            value={values.listPrice}
            onChange={set('listPrice')}
          />
          <MoneyField
            name="cost"
            label={t('cost')}
            currency={values.currency}
            value={values.cost}
            onChange={set('cost')}
          />
        </FieldRow>
        <OwnFieldInputs entity="product" traits={values.traits} onChange={set('traits')} />
      </Form>
    </Drawer>
  )
}

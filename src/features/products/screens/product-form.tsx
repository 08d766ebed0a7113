// Adding or editing a product, in a drawer; when somebody else was faster, both versions are shown.
import { useState } from 'react'
import { useGo } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { MoneyField } from '../../../web/ui/form-inputs.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
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
  const [values, setValues] = useState<Values>(valuesOf(product ?? {}, currency))
  const [traits, setTraits] = useState<Readonly<Record<string, string>>>(product?.traits ?? {})
  const [version, setVersion] = useState(product?.version)
  const input = () => ({ ...inputOf(values), ...changedTraits(product?.traits ?? {}, traits) })
  const create = useChange('products.create')
  const edit = useChange('products.edit')
  const undo = useChange('changes.undo')
  const go = useGo()
  // What was just made and taken back has no page any more.
  const leave = (id: string) => {
    if (!product && location.pathname.endsWith(id)) go('products')
  }
  const set =
    <Key extends keyof Values>(key: Key) =>
    (value: Values[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const problem = edit.problem ?? create.problem

  const save = async (over = version) => {
    const written = product
      ? await edit
          .run({ id: product.id, ...input() }, over === undefined ? {} : { version: over })
          .catch(() => undefined)
      : await create.run(input()).catch(() => undefined)
    if (!written) return
    toast.undo(t(product ? 'saved' : 'added', { name: values.name }), () =>
      undo.run({ id: written.changeId }).then(() => leave(written.id)),
    )
    close()
    done?.(written.id)
  }

  return (
    <Drawer
      title={product ? t('edit_title', { name: product.name }) : t('add')}
      close={close}
      print={false}
    >
      <RecordConflict
        problem={edit.problem}
        mine={values}
        read={(columns) => valuesOf(columns, currency)}
        fields={(['name', 'externalId', 'family', 'currency', 'listPrice', 'cost'] as const).map(
          (key) => ({ key, label: t(key) }),
        )}
        busy={edit.busy}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setTraits(product?.traits ?? {})
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        submitLabel={t(product ? 'save' : 'add')}
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
        <OwnFieldInputs entity="product" traits={traits} onChange={setTraits} />
      </Form>
    </Drawer>
  )
}

// Names of customers, products and sellers: offers those there are, takes one that is new.
import { useNames } from '../names.ts'
import { FieldRow } from './form.tsx'
import { NameField, type NameFieldProps } from './name-field.tsx'

interface RecordNameFieldProps extends Omit<NameFieldProps, 'names'> {
  of: Parameters<typeof useNames>[0]
}

export function RecordNameField({ of, ...props }: RecordNameFieldProps) {
  return <NameField {...props} names={useNames(of, props.value)} />
}

type Party = 'customer' | 'product' | 'seller'

interface PartyFieldsProps {
  words: (key: Party) => string
  values: Readonly<Record<Party, string>>
  set: (key: Party) => (value: string) => void
  /** Of the customer. */
  hint?: string
  autoFocus?: boolean
}

/** Whom it is about: the customer, then product and seller side by side. */
export function PartyFields({ words, values, set, hint, autoFocus }: PartyFieldsProps) {
  const field = (of: RecordNameFieldProps['of'], name: Party) => ({
    of,
    name,
    label: words(name),
    value: values[name],
    onChange: set(name),
  })
  return (
    <>
      <RecordNameField
        {...field('customers.list', 'customer')}
        {...(hint === undefined ? {} : { hint })}
        {...(autoFocus === undefined ? {} : { autoFocus })}
      />
      <FieldRow>
        <RecordNameField {...field('products.list', 'product')} />
        <RecordNameField {...field('sellers.list', 'seller')} />
      </FieldRow>
    </>
  )
}

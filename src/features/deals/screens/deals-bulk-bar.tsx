// What can be done with many deals at once: another seller or customer, or the amount by the list price.
import type { Given } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { BulkBar } from '../../../web/ui/bulk-bar.tsx'
import type { BulkField } from '../../../web/ui/bulk-edit.tsx'
import type { Selection } from '../../../web/ui/selection.tsx'
import { dealsTexts } from '../texts.ts'

export interface DealsBulkBarProps {
  selection: Selection
  filter: NonNullable<Given<'deals.bulk-edit'>['filter']>
  total: number | undefined
  shown: number
  label?: string
  /** What is offered first. */
  first?: 'sellerId' | 'customerId' | 'amount'
}

export function DealsBulkBar({ first, ...props }: DealsBulkBarProps) {
  const t = useTexts(dealsTexts)
  const format = useFormat()
  const fields: BulkField[] = [
    {
      name: 'sellerId',
      label: t('seller'),
      pick: 'sellers.list',
      shown: (values) => values.seller as string | null,
    },
    {
      name: 'customerId',
      label: t('customer'),
      pick: 'customers.list',
      shown: (values) => values.customer as string | null,
    },
    {
      name: 'amount',
      label: t('amount'),
      choices: [{ value: 'list-price', label: t('by_list_price') }],
      shown: ({ amount, currency }) =>
        typeof amount === 'number'
          ? format.money(amount, String(currency), { currency: true })
          : null,
    },
  ]
  const rank = (field: BulkField) => (field.name === first ? 0 : 1)
  return (
    <BulkBar
      operation="deals.bulk-edit"
      fields={fields.toSorted((a, b) => rank(a) - rank(b))}
      {...props}
    />
  )
}

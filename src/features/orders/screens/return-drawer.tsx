// What came back of an order: the quantity of each line, or a part of its amount, on a day.
import { useState } from 'react'
import { minorDigits } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { ordersTexts } from '../texts.ts'
import { decimalsOf, type Order } from './order-values.ts'

interface ReturnDrawerProps {
  order: Order
  close: () => void
  done: (id: string) => void
}

export function ReturnDrawer({ order, close, done }: ReturnDrawerProps) {
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const today = useOrganisationDay()
  const [on, setOn] = useState<string | undefined>()
  const [quantities, setQuantities] = useState<Record<string, number | undefined>>({})
  const [amount, setAmount] = useState<number | undefined>()
  const [empty, setEmpty] = useState(false)
  const enter = useChange('orders.return')
  const undo = useChange('changes.undo')
  const [first] = order.rows
  if (today === undefined) return null
  const digits = minorDigits(order.currency)
  const send = async () => {
    const lines = order.rows.flatMap(({ id }) => {
      const quantity = quantities[id]
      return quantity ? [{ id, quantity }] : []
    })
    const minor = Math.round((amount ?? 0) * 10 ** digits)
    const none = first ? lines.length === 0 : minor === 0
    setEmpty(none)
    if (none) return
    const what = first ? { lines } : { amount: minor }
    const written = await enter
      .run({ id: order.id, on: on ?? today, ...what })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('returned'), () => undo.run({ id: written.changeId }))
    close()
    done(written.id)
  }
  return (
    <Drawer title={t('return_title', { number: order.number ?? '' })} close={close} print={false}>
      <Form
        submitLabel={t('take_back')}
        onSubmit={send}
        busy={enter.busy}
        problem={enter.problem}
        errors={
          empty ? { [first?.id ?? 'amount']: t(first ? 'return_none' : 'return_no_amount') } : {}
        }
        cancel={close}
      >
        <DateField
          name="on"
          label={t('return_on')}
          today={today}
          value={on ?? today}
          onChange={setOn}
          required
        />
        {order.rows.map((line) => (
          <NumberField
            key={line.id}
            name={line.id}
            label={t('return_quantity', {
              product: line.product?.name ?? t('without_product'),
              sold: format.number(line.quantity, decimalsOf(line.quantity)),
            })}
            value={quantities[line.id]}
            onChange={(quantity) => setQuantities((now) => ({ ...now, [line.id]: quantity }))}
          />
        ))}
        {!first && (
          <NumberField
            name="amount"
            label={t('return_amount', { sold: format.money(order.amount, order.currency) })}
            value={amount}
            onChange={setAmount}
            unit={order.currency}
          />
        )}
      </Form>
    </Drawer>
  )
}

// Entering or changing an order: head and lines in one form; names are found or made.
import { Button } from '@mantine/core'
import { minorDigits } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import {
  isConflict,
  RecordConflict,
  type RecordConflictProps,
} from '../../../web/ui/record-conflict.tsx'
import { RecordNameField } from '../../../web/ui/record-name-field.tsx'
import { ordersTexts } from '../texts.ts'
import {
  decimalsOf,
  emptyLine,
  inputOfOrder,
  type LineValues,
  lineTotal,
  newOrder,
  type Order,
  type OrderValues,
  valuesOfOrder,
} from './order-values.ts'
import './orders.css'

interface OrderFormProps {
  order?: Order
  close: () => void
  done?: (id: string) => void
}

export function OrderForm(props: OrderFormProps) {
  const organisation = useOrganisation().data
  const today = useOrganisationDay()
  if (!organisation || today === undefined) return null
  const currency = props.order?.currency ?? organisation.settings.baseCurrency
  const seller = organisation.me.seller?.name ?? ''
  return <OrderFields {...props} currency={currency} today={today} ownSeller={seller} />
}

interface OrderFieldsProps extends OrderFormProps {
  currency: string
  today: string
  ownSeller: string
}

function OrderFields(props: OrderFieldsProps) {
  const { order, close, done, currency, today } = props
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const digits = minorDigits(currency)
  const create = useChange('orders.create')
  const edit = useChange('orders.edit')
  const form = useRecordForm<OrderValues>({
    begin: order ? valuesOfOrder(order, digits) : newOrder(today, props.ownSeller),
    version: order?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = inputOfOrder(values, digits, order)
      if (!input) return undefined
      const { lines, ...head } = input
      // An order known only as a whole keeps its amount until it has a line.
      const some = lines.length > 0 ? { lines } : {}
      return order
        ? edit.run({ id: order.id, ...head, ...some }, over)
        : create.run({ ...input, currency, ...(values.number ? { number: values.number } : {}) })
    },
    said: () => (order ? t('saved', { number: order.number ?? '' }) : t('added')),
    close,
    done,
    list: 'orders',
  })
  const { values, set, setValues } = form
  const setLine = (key: string, change: Partial<LineValues>) =>
    setValues((now) => ({
      ...now,
      lines: now.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
    }))
  // A purchase without a number is a single line; it has no room for a second one.
  const alone = order !== undefined && order.rows.length === 1 && order.rows[0]?.id === order.id
  const total = values.lines.reduce((sum, line) => sum + lineTotal(line, digits), 0)
  return (
    <Drawer
      title={order ? t('edit_title', { number: order.number ?? '' }) : t('new_title')}
      close={close}
      print={false}
    >
      <Conflict {...{ order, digits }} {...form.conflict} />
      <Form submitLabel={t(order ? 'save' : 'add')} {...form.sending}>
        <RecordNameField
          of="customers.list"
          name="customer"
          label={t('customer')}
          hint={t('hint_new')}
          value={values.customer}
          onChange={set('customer')}
          autoFocus
        />
        <FieldRow>
          <DateField
            name="on"
            label={t('on')}
            today={today}
            value={values.on}
            onChange={set('on')}
            required
          />
          <RecordNameField
            of="sellers.list"
            name="seller"
            label={t('seller')}
            value={values.seller}
            onChange={set('seller')}
          />
        </FieldRow>
        {!order && (
          <TextField
            name="number"
            label={t('number')}
            hint={t('hint_number')}
            value={values.number}
            onChange={set('number')}
            maxLength={200}
          />
        )}
        {values.lines.map((line, index) => (
          <LineFields
            key={line.key}
            line={line}
            number={index + 1}
            currency={currency}
            set={(change) => setLine(line.key, change)}
            remove={
              values.lines.length > 1
                ? () => set('lines')(values.lines.filter(({ key }) => key !== line.key))
                : undefined
            }
          />
        ))}
        <div className="k-order-foot">
          {!alone && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => set('lines')([...values.lines, emptyLine(crypto.randomUUID())])}
            >
              {t('add_line')}
            </Button>
          )}
          <output>
            {t('total')} {format.money(total, currency, { currency: true })}
          </output>
        </div>
      </Form>
    </Drawer>
  )
}

function LineFields(props: {
  line: LineValues
  number: number
  currency: string
  set: (change: Partial<LineValues>) => void
  remove: (() => void) | undefined
}) {
  const { line, number, currency, set, remove } = props
  const t = useTexts(ordersTexts)
  const percent = line.discount === undefined ? undefined : Math.round(line.discount * 1e6) / 1e4
  return (
    <fieldset className="k-order-line">
      <legend>{t('line', { number })}</legend>
      <RecordNameField
        of="products.list"
        name={`lines.${number}.product`}
        label={t('product')}
        value={line.product}
        onChange={(product) => set({ product })}
      />
      <div className="k-order-cells">
        <NumberField
          name={`lines.${number}.quantity`}
          label={t('quantity')}
          value={line.quantity}
          onChange={(quantity) => set({ quantity })}
          required
        />
        <NumberField
          name={`lines.${number}.price`}
          label={t('price')}
          value={line.price}
          onChange={(price) => set({ price })}
          unit={currency}
          required
        />
        <NumberField
          name={`lines.${number}.discount`}
          label={t('discount')}
          value={percent}
          onChange={(value) => set({ discount: value === undefined ? undefined : value / 100 })}
          unit={t('percent')}
        />
      </div>
      {remove && (
        <Button variant="subtle" size="compact-sm" onClick={remove}>
          {t('remove_line', { number })}
        </Button>
      )}
    </fieldset>
  )
}

interface ConflictProps extends Omit<RecordConflictProps<OrderValues>, 'read' | 'fields'> {
  order: Order | undefined
  digits: number
}

/** Both versions in the form's terms; those of the other side come from the order as it is now. */
function Conflict({ order, digits, ...conflict }: ConflictProps) {
  const { problem } = conflict
  const t = useTexts(ordersTexts)
  const format = useFormat()
  const now = useOperation(
    'orders.get',
    { id: order?.id ?? '' },
    { enabled: order !== undefined && isConflict(problem) },
  ).data
  if (!order || !isConflict(problem) || !now) return null
  const theirs = valuesOfOrder(now, digits)
  const lines = (of: unknown) =>
    (of as LineValues[])
      .map(
        (line) =>
          `${format.number(line.quantity ?? 1, decimalsOf(line.quantity ?? 1))} × ${line.product || t('without_product')}`,
      )
      .join(', ')
  return (
    <RecordConflict
      {...conflict}
      read={() => theirs}
      fields={[
        { key: 'customer', label: t('customer') },
        { key: 'seller', label: t('seller') },
        { key: 'on', label: t('on') },
        { key: 'lines', label: t('lines'), show: lines },
      ]}
    />
  )
}

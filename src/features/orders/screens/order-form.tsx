// Entering or changing an order: head and lines in one form; names are found or made.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { minorDigits } from '../../../web/format.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useNames } from '../../../web/names.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
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
  const [values, setValues] = useState<OrderValues>(
    order ? valuesOfOrder(order, digits) : newOrder(today, props.ownSeller),
  )
  const [version, setVersion] = useState(order?.version)
  const create = useChange('orders.create')
  const edit = useChange('orders.edit')
  const undo = useChange('changes.undo')
  const problem = edit.problem ?? create.problem
  const set =
    <Key extends keyof OrderValues>(key: Key) =>
    (value: OrderValues[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const setLine = (key: string, change: Partial<LineValues>) =>
    setValues((now) => ({
      ...now,
      lines: now.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
    }))
  const save = async (over = version) => {
    const input = inputOfOrder(values, digits, order)
    if (!input) return
    const { lines, ...head } = input
    const written = order
      ? await edit
          // An order known only as a whole keeps its amount until it has a line.
          .run(
            { id: order.id, ...head, ...(lines.length > 0 ? { lines } : {}) },
            over === undefined ? {} : { version: over },
          )
          .catch(() => undefined)
      : await create
          .run({ ...input, currency, ...(values.number ? { number: values.number } : {}) })
          .catch(() => undefined)
    if (!written) return
    const said = order ? t('saved', { number: order.number ?? '' }) : t('added')
    toast.undo(said, () => undo.run({ id: written.changeId }))
    close()
    done?.(written.id)
  }
  // A purchase without a number is a single line; it has no room for a second one.
  const alone = order !== undefined && order.rows.length === 1 && order.rows[0]?.id === order.id
  const total = values.lines.reduce((sum, line) => sum + lineTotal(line, digits), 0)
  return (
    <Drawer
      title={order ? t('edit_title', { number: order.number ?? '' }) : t('new_title')}
      close={close}
      print={false}
    >
      <Conflict
        order={order}
        values={values}
        digits={digits}
        problem={edit.problem}
        busy={edit.busy}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        submitLabel={t(order ? 'save' : 'add')}
        onSubmit={() => save()}
        busy={create.busy || edit.busy}
        problem={isConflict(problem) ? undefined : problem}
        cancel={close}
      >
        <NameField
          name="customer"
          label={t('customer')}
          hint={t('hint_new')}
          value={values.customer}
          onChange={set('customer')}
          names={useNames('customers.list', values.customer)}
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
          <NameField
            name="seller"
            label={t('seller')}
            value={values.seller}
            onChange={set('seller')}
            names={useNames('sellers.list', values.seller)}
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
  const names = useNames('products.list', line.product)
  const percent = line.discount === undefined ? undefined : Math.round(line.discount * 1e6) / 1e4
  return (
    <fieldset className="k-order-line">
      <legend>{t('line', { number })}</legend>
      <NameField
        name={`lines.${number}.product`}
        label={t('product')}
        value={line.product}
        onChange={(product) => set({ product })}
        names={names}
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

interface ConflictProps {
  order: Order | undefined
  values: OrderValues
  digits: number
  problem: ReturnType<typeof useChange<'orders.edit'>>['problem']
  busy: boolean
  takeMine: (version: number) => void
  takeTheirs: (theirs: OrderValues, version: number) => void
}

/** Both versions in the form's terms; those of the other side come from the order as it is now. */
function Conflict({ order, values, digits, problem, busy, takeMine, takeTheirs }: ConflictProps) {
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
      problem={problem}
      mine={values}
      read={() => theirs}
      fields={[
        { key: 'customer', label: t('customer') },
        { key: 'seller', label: t('seller') },
        { key: 'on', label: t('on') },
        { key: 'lines', label: t('lines'), show: lines },
      ]}
      busy={busy}
      takeMine={takeMine}
      takeTheirs={takeTheirs}
    />
  )
}

// Entering a deal in five seconds, on any page: four fields, Enter saves, and the next one can be typed.
import { useEffect, useRef, useState } from 'react'
import { ScreenLink, useGo } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form } from '../../../web/ui/form.tsx'
import { ChoiceField, MoneyField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { boardTexts } from '../texts-board.ts'
import { inputOfDeal, newValues, type Stage } from './deal-values.ts'
import './drawers.css'

export function QuickEntry({ close }: DrawerProps) {
  const organisation = useOperation('organisations.get', {})
  const stages = useOperation('stages.list', {})
  const today = useOrganisationDay()
  if (!organisation.data || !stages.data || today === undefined) return null
  return (
    <QuickFields
      stages={stages.data.rows}
      currency={organisation.data.settings.baseCurrency}
      ownSeller={organisation.data.me.seller?.name ?? ''}
      today={today}
      close={close}
    />
  )
}

interface Entered {
  id: string
  name: string
}

function QuickFields(props: {
  stages: readonly Stage[]
  currency: string
  ownSeller: string
  today: string
  close: () => void
}) {
  const { stages, currency, ownSeller, today, close } = props
  const t = useTexts(boardTexts)
  const go = useGo()
  const first = newValues({ stages, today, seller: ownSeller })
  const [stageId, setStage] = useState(first.stageId)
  const [customer, setCustomer] = useState('')
  const [product, setProduct] = useState('')
  const [amount, setAmount] = useState<number>()
  const [entered, setEntered] = useState<Entered[]>([])
  const [round, setRound] = useState(0)
  const fields = useRef<HTMLDivElement>(null)
  const create = useChange('deals.create')
  const undo = useChange('changes.undo')
  const outcome = stages.find((stage) => stage.id === stageId)?.outcome ?? 'open'
  useEffect(() => {
    if (round > 0) fields.current?.querySelector('input')?.focus()
  }, [round])
  const fill = (given: { customer: string; product: string; amount: number | undefined }) => {
    setCustomer(given.customer)
    setProduct(given.product)
    setAmount(given.amount)
    setRound((now) => now + 1)
  }
  const save = async () => {
    const typed = { customer, product, amount }
    const closedOn = outcome === 'open' ? undefined : today
    const input = inputOfDeal({ ...first, ...typed, stageId, closedOn }, outcome)
    // The next one can be typed while this one is on its way; what is refused comes back.
    fill({ customer: '', product: '', amount: undefined })
    const written = await create.run({ ...input, currency }).catch(() => undefined)
    if (!written) return fill(typed)
    const name = customer.trim()
    const said = name === '' ? t('quick_done_plain') : t('quick_done', { customer: name })
    setEntered((now) => [{ id: written.id, name: said }, ...now])
    toast.undo(said, () =>
      undo
        .run({ id: written.changeId })
        .then(() => setEntered((now) => now.filter((one) => one.id !== written.id))),
    )
  }
  return (
    <Drawer title={t('quick_title')} note={t('quick_note')} close={close} print={false}>
      {/* A form made anew says nothing about what was typed before. */}
      <Form
        key={round}
        submitLabel={t('quick_save')}
        onSubmit={save}
        busy={create.busy}
        problem={create.problem}
        cancel={close}
        extra={
          <button type="button" className="k-link" onClick={() => go('deals', { new: '1' })}>
            {t('quick_full')}
          </button>
        }
      >
        <div ref={fields} className="quick-fields">
          <CustomerAndProduct
            {...{ customer, product }}
            setCustomer={setCustomer}
            setProduct={setProduct}
          />
          <FieldRow>
            <MoneyField
              name="amount"
              label={t('amount')}
              currency={currency}
              value={amount}
              onChange={setAmount}
              required={outcome === 'won'}
            />
            <ChoiceField
              name="stageId"
              label={t('stage')}
              value={stageId}
              onChange={setStage}
              options={stages.map((stage) => ({ value: stage.id, label: stage.name }))}
              required
            />
          </FieldRow>
        </div>
      </Form>
      {entered.length > 0 && (
        // Leaving the empty field would say that it is needed, and move the links from under the pointer.
        <ul className="quick-entered" onMouseDown={(event) => event.preventDefault()}>
          {entered.map((one) => (
            <li key={one.id}>
              <span>{one.name}</span>
              <ScreenLink to={`deals/${one.id}`}>{t('open_deal')}</ScreenLink>
            </li>
          ))}
        </ul>
      )}
    </Drawer>
  )
}

function CustomerAndProduct(props: {
  customer: string
  product: string
  setCustomer: (value: string) => void
  setProduct: (value: string) => void
}) {
  const { customer, product, setCustomer, setProduct } = props
  const t = useTexts(boardTexts)
  const found = useOperation(
    'customers.list',
    { limit: 8, search: customer },
    { enabled: customer !== '' },
  )
  const products = useOperation(
    'products.list',
    { limit: 8, search: product },
    { enabled: product !== '' },
  )
  const names = (typed: string, rows: readonly { name: string }[] | undefined) =>
    typed === '' ? [] : (rows ?? []).map((row) => row.name)
  return (
    <>
      <NameField
        name="customer"
        label={t('customer')}
        value={customer}
        onChange={setCustomer}
        names={names(customer, found.data?.rows)}
        required
        autoFocus
      />
      <NameField
        name="product"
        label={t('product')}
        value={product}
        onChange={setProduct}
        names={names(product, products.data?.rows)}
      />
    </>
  )
}

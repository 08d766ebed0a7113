// Entering or editing a deal: ten seconds by keyboard; names are found or made, nothing has to exist before.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useGo } from '../../../web/address.tsx'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { dealsTexts } from '../texts.ts'
import {
  type Deal,
  type DealValues,
  inputOfDeal,
  newValues,
  type Stage,
  valuesOfDeal,
} from './deal-values.ts'

interface DealFormProps {
  deal?: Deal
  close: () => void
  done?: (id: string) => void
}

export function DealForm(props: DealFormProps) {
  const organisation = useOperation('organisations.get', {})
  const stages = useOperation('stages.list', {})
  const today = useOrganisationDay()
  if (!organisation.data || !stages.data || today === undefined) return null
  return (
    <DealFields
      {...props}
      stages={stages.data.rows}
      currency={props.deal?.currency ?? organisation.data.settings.baseCurrency}
      today={today}
      ownSeller={organisation.data.me.seller?.name ?? ''}
    />
  )
}

interface DealFieldsProps extends DealFormProps {
  stages: readonly Stage[]
  currency: string
  today: string
  ownSeller: string
}

function DealFields(props: DealFieldsProps) {
  const { deal, close, done, stages, currency, today, ownSeller } = props
  const t = useTexts(dealsTexts)
  const fresh = () => newValues({ stages, today, seller: ownSeller })
  const [values, setValues] = useState<DealValues>(deal ? valuesOfDeal(deal) : fresh())
  const [version, setVersion] = useState(deal?.version)
  const [round, setRound] = useState(0)
  const create = useChange('deals.create')
  const edit = useChange('deals.edit')
  const undo = useChange('changes.undo')
  const go = useGo()
  // What was just made and taken back has no page any more.
  const leave = (id: string) => {
    if (!deal && location.pathname.endsWith(id)) go('deals')
  }
  const outcome = stages.find((stage) => stage.id === values.stageId)?.outcome ?? 'open'
  const problem = edit.problem ?? create.problem
  const set =
    <Key extends keyof DealValues>(key: Key) =>
    (value: DealValues[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const setStage = (stageId: string) => {
    const next = stages.find((stage) => stage.id === stageId)?.outcome ?? 'open'
    setValues((now) => ({
      ...now,
      stageId,
      closedOn: next === 'open' ? undefined : (now.closedOn ?? today),
    }))
  }

  const save = async (options: { over?: number | undefined; another?: boolean } = {}) => {
    const input = inputOfDeal(values, outcome, deal)
    const over = options.over ?? version
    const written = deal
      ? await edit
          .run({ id: deal.id, ...input }, over === undefined ? {} : { version: over })
          .catch(() => undefined)
      : await create.run({ ...input, currency }).catch(() => undefined)
    if (!written) return
    const said = deal
      ? t('saved')
      : values.customer === ''
        ? t('added_no_customer')
        : t('added', { customer: values.customer })
    toast.undo(said, () => undo.run({ id: written.changeId }).then(() => leave(written.id)))
    if (options.another) {
      setValues(fresh())
      setRound((now) => now + 1)
      return
    }
    close()
    done?.(written.id)
  }

  return (
    <Drawer title={deal ? t('edit_title') : t('new_title')} close={close} print={false}>
      <Conflict
        {...{ deal, stages, values, t }}
        problem={edit.problem}
        busy={edit.busy}
        takeMine={(current) => void save({ over: current })}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        key={round}
        submitLabel={t(deal ? 'save' : 'add')}
        onSubmit={() => save()}
        busy={create.busy || edit.busy}
        problem={isConflict(problem) ? undefined : problem}
        cancel={close}
        extra={
          deal ? undefined : (
            <Button
              variant="default"
              disabled={create.busy}
              onClick={() => void save({ another: true })}
            >
              {t('add_more')}
            </Button>
          )
        }
      >
        <Names values={values} set={set} />
        <FieldRow>
          <MoneyField
            name="amount"
            label={t('amount')}
            currency={currency}
            value={values.amount}
            onChange={set('amount')}
            required={outcome === 'won'}
          />
          <NumberField
            name="quantity"
            label={t('quantity')}
            value={values.quantity}
            onChange={set('quantity')}
          />
        </FieldRow>
        <ChoiceField
          name="stageId"
          label={t('stage')}
          value={values.stageId}
          onChange={setStage}
          options={stages.map((stage) => ({ value: stage.id, label: stage.name }))}
          required
        />
        <FieldRow>
          <DateField
            name="openedOn"
            label={t('opened')}
            today={today}
            value={values.openedOn}
            onChange={set('openedOn')}
          />
          {outcome !== 'open' && (
            <DateField
              name="closedOn"
              label={t('closed')}
              today={today}
              value={values.closedOn}
              onChange={set('closedOn')}
              required
            />
          )}
        </FieldRow>
        {outcome === 'lost' && (
          <LostReason value={values.lostReason} onChange={set('lostReason')} />
        )}
      </Form>
    </Drawer>
  )
}

type Set = <Key extends keyof DealValues>(key: Key) => (value: DealValues[Key]) => void

function Names({ values, set }: { values: DealValues; set: Set }) {
  const t = useTexts(dealsTexts)
  const customers = useOperation('customers.list', {
    limit: 12,
    ...(values.customer ? { search: values.customer } : {}),
  })
  const products = useOperation('products.list', {
    limit: 12,
    ...(values.product ? { search: values.product } : {}),
  })
  const sellers = useOperation('sellers.list', {
    limit: 12,
    ...(values.seller ? { search: values.seller } : {}),
  })
  const [first] = useState(values)
  // Names are offered once something is typed: a list over the untouched form would hide it.
  const names = (
    key: 'customer' | 'product' | 'seller',
    rows: readonly { name: string }[] | undefined,
  ) => (values[key] === '' || values[key] === first[key] ? [] : (rows ?? []).map((row) => row.name))
  return (
    <>
      <NameField
        name="customer"
        label={t('customer')}
        value={values.customer}
        onChange={set('customer')}
        names={names('customer', customers.data?.rows)}
        hint={t('hint_new')}
        autoFocus
      />
      <FieldRow>
        <NameField
          name="product"
          label={t('product')}
          value={values.product}
          onChange={set('product')}
          names={names('product', products.data?.rows)}
        />
        <NameField
          name="seller"
          label={t('seller')}
          value={values.seller}
          onChange={set('seller')}
          names={names('seller', sellers.data?.rows)}
        />
      </FieldRow>
    </>
  )
}

function LostReason(props: { value: string; onChange: (value: string) => void }) {
  const t = useTexts(dealsTexts)
  const reasons = useOperation('lost-reasons.list', {})
  return (
    <NameField
      name="lostReason"
      label={t('lost_reason')}
      value={props.value}
      onChange={props.onChange}
      names={(reasons.data?.rows ?? []).map((row) => row.name)}
    />
  )
}

interface ConflictProps {
  deal: Deal | undefined
  stages: readonly Stage[]
  values: DealValues
  t: ReturnType<typeof useTexts<typeof dealsTexts>>
  problem: ReturnType<typeof useChange<'deals.edit'>>['problem']
  busy: boolean
  takeMine: (version: number) => void
  takeTheirs: (theirs: DealValues, version: number) => void
}

/** Both versions in the form's terms; names of the other side come from the deal as it is now. */
function Conflict(props: ConflictProps) {
  const { deal, stages, values, t, problem } = props
  const now = useOperation(
    'deals.get',
    { id: deal?.id ?? '' },
    { enabled: deal !== undefined && isConflict(problem) },
  )
  if (!deal || !isConflict(problem) || !now.data) return null
  const theirs = valuesOfDeal(now.data)
  const stageName = (id: unknown) => stages.find((stage) => stage.id === id)?.name ?? '—'
  return (
    <RecordConflict
      problem={problem}
      mine={values}
      read={() => theirs}
      fields={[
        { key: 'customer', label: t('customer') },
        { key: 'product', label: t('product') },
        { key: 'seller', label: t('seller') },
        { key: 'stageId', label: t('stage'), show: stageName },
        { key: 'amount', label: t('amount') },
        { key: 'openedOn', label: t('opened') },
        { key: 'closedOn', label: t('closed') },
      ]}
      busy={props.busy}
      takeMine={props.takeMine}
      takeTheirs={props.takeTheirs}
    />
  )
}

// Entering or editing a deal: ten seconds by keyboard; names are found or made, nothing has to exist before.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import {
  isConflict,
  RecordConflict,
  type RecordConflictProps,
} from '../../../web/ui/record-conflict.tsx'
import { PartyFields } from '../../../web/ui/record-name-field.tsx'
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
  const [round, setRound] = useState(0)
  const create = useChange('deals.create')
  const edit = useChange('deals.edit')
  const outcomeOf = (stageId: string) =>
    stages.find((stage) => stage.id === stageId)?.outcome ?? 'open'
  const form = useRecordForm<DealValues>({
    begin: deal ? valuesOfDeal(deal) : fresh(),
    version: deal?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = inputOfDeal(values, outcomeOf(values.stageId), deal)
      return deal ? edit.run({ id: deal.id, ...input }, over) : create.run({ ...input, currency })
    },
    said: ({ customer }) => {
      if (deal) return t('saved')
      return customer === '' ? t('added_no_customer') : t('added', { customer })
    },
    close,
    done,
    list: 'deals',
  })
  const { values, set, setValues } = form
  const outcome = outcomeOf(values.stageId)
  const setStage = (stageId: string) => {
    setValues((now) => ({
      ...now,
      stageId,
      closedOn: outcomeOf(stageId) === 'open' ? undefined : (now.closedOn ?? today),
    }))
  }

  const another = () => {
    setValues(fresh())
    setRound((now) => now + 1)
  }

  return (
    <Drawer title={deal ? t('edit_title') : t('new_title')} close={close} print={false}>
      <Conflict {...{ deal, stages }} {...form.conflict} />
      <Form
        key={round}
        submitLabel={t(deal ? 'save' : 'add')}
        {...form.sending}
        extra={
          deal ? undefined : (
            <Button
              variant="default"
              disabled={create.busy}
              onClick={() => void form.save(undefined, another)}
            >
              {t('add_more')}
            </Button>
          )
        }
      >
        <PartyFields words={t} values={values} set={set} hint={t('hint_new')} autoFocus />
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

interface ConflictProps extends Omit<RecordConflictProps<DealValues>, 'read' | 'fields'> {
  deal: Deal | undefined
  stages: readonly Stage[]
}

/** Both versions in the form's terms; names of the other side come from the deal as it is now. */
function Conflict({ deal, stages, ...conflict }: ConflictProps) {
  const t = useTexts(dealsTexts)
  const { problem } = conflict
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
      {...conflict}
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
    />
  )
}

// Adding, changing or archiving a contract.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../../web/language.ts'
import { useNames } from '../../../web/names.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { HistoryButton } from '../../team/screens/record-history.tsx'
import { contractsTexts } from '../texts.ts'
import {
  type Contract,
  type ContractValues,
  inputOfContract,
  renewals,
  rhythms,
  valuesOfContract,
} from './contract-values.ts'

interface ContractFormProps {
  of?: Contract
  close: () => void
}

export function ContractForm(props: ContractFormProps) {
  const organisation = useOrganisation().data
  const today = useOrganisationDay()
  if (!organisation || today === undefined) return null
  const currency = props.of?.currency ?? organisation.settings.baseCurrency
  return <ContractFields {...props} today={today} currency={currency} />
}

function ContractFields(props: ContractFormProps & { today: string; currency: string }) {
  const { of, close, today, currency } = props
  const t = useTexts(contractsTexts)
  const [values, setValues] = useState<ContractValues>(valuesOfContract(of, today))
  const create = useChange('contracts.create')
  const edit = useChange('contracts.edit')
  const setState = useChange('contracts.set-state')
  const undo = useChange('changes.undo')
  const set =
    <Key extends keyof ContractValues>(key: Key) =>
    (value: ContractValues[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const finish = (said: string, changeId: string) => {
    toast.undo(said, () => undo.run({ id: changeId }))
    close()
  }
  const save = async () => {
    const input = inputOfContract(values, of)
    if (!input) return
    const written = of
      ? await edit.run({ id: of.id, ...input }, { version: of.version }).catch(() => undefined)
      : await create.run({ ...input, currency }).catch(() => undefined)
    if (written) finish(t(of ? 'saved' : 'added', { name: input.name }), written.changeId)
  }
  const turn = async () => {
    if (!of) return
    const state = of.state === 'active' ? 'archived' : 'active'
    const written = await setState
      .run({ id: of.id, state }, { version: of.version })
      .catch(() => undefined)
    if (written)
      finish(
        t(state === 'archived' ? 'archived' : 'brought_back', { name: of.name }),
        written.changeId,
      )
  }
  return (
    <Drawer
      title={of ? t('edit_title', { name: of.name }) : t('new_title')}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t(of ? 'save' : 'add')}
        onSubmit={save}
        busy={create.busy || edit.busy || setState.busy}
        problem={edit.problem ?? create.problem ?? setState.problem}
        cancel={close}
        extra={
          of ? (
            <>
              <Button variant="default" onClick={() => void turn()}>
                {t(of.state === 'active' ? 'archive' : 'bring_back')}
              </Button>
              <HistoryButton entity="contract" id={of.id} />
            </>
          ) : undefined
        }
      >
        <TextField
          name="name"
          label={t('name')}
          value={values.name}
          onChange={set('name')}
          maxLength={200}
          required
          autoFocus
        />
        <NameField
          name="customer"
          label={t('customer')}
          value={values.customer}
          onChange={set('customer')}
          names={useNames('customers.list', values.customer)}
        />
        <FieldRow>
          <NameField
            name="product"
            label={t('product')}
            value={values.product}
            onChange={set('product')}
            names={useNames('products.list', values.product)}
          />
          <NameField
            name="seller"
            label={t('seller')}
            value={values.seller}
            onChange={set('seller')}
            names={useNames('sellers.list', values.seller)}
          />
        </FieldRow>
        <FieldRow>
          <DateField
            name="from"
            label={t('from')}
            today={today}
            value={values.from}
            onChange={set('from')}
            required
          />
          <DateField
            name="until"
            label={t('until')}
            hint={t('until_hint')}
            today={today}
            value={values.until}
            onChange={set('until')}
          />
        </FieldRow>
        <FieldRow>
          <MoneyField
            name="amount"
            label={t('amount')}
            currency={currency}
            value={values.amount}
            onChange={set('amount')}
          />
          <ChoiceField
            name="every"
            label={t('every')}
            value={values.every}
            onChange={(chosen) => set('every')(rhythms.find((one) => one === chosen) ?? 'year')}
            options={rhythms.map((value) => ({ value, label: t(value) }))}
            required
          />
        </FieldRow>
        <FieldRow>
          <ChoiceField
            name="renewal"
            label={t('renewal')}
            value={values.renewal}
            onChange={(chosen) => set('renewal')(renewals.find((one) => one === chosen) ?? 'none')}
            options={renewals.map((value) => ({ value, label: t(value) }))}
            required
          />
          <NumberField
            name="noticeDays"
            label={t('notice_days')}
            value={values.noticeDays}
            onChange={set('noticeDays')}
            unit={t('days')}
          />
        </FieldRow>
        <TextField
          name="number"
          label={t('number')}
          value={values.number}
          onChange={set('number')}
          maxLength={200}
        />
      </Form>
    </Drawer>
  )
}

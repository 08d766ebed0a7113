// Adding, changing or archiving a contract.
import { useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { ArchiveButton } from '../../../web/ui/archive-button.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { PartyFields } from '../../../web/ui/record-name-field.tsx'
import { NotesSection } from '../../customers/screens/notes-section.tsx'
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
  const create = useChange('contracts.create')
  const edit = useChange('contracts.edit')
  const form = useRecordForm<ContractValues>({
    begin: valuesOfContract(of, today),
    version: of?.version,
    edit,
    others: [create],
    send: (values, over) => {
      const input = inputOfContract(values, of)
      if (!input) return undefined
      return of ? edit.run({ id: of.id, ...input }, over) : create.run({ ...input, currency })
    },
    said: ({ name }) => t(of ? 'saved' : 'added', { name: name.trim() }),
    close,
  })
  const { values, set } = form
  return (
    <Drawer
      title={of ? t('edit_title', { name: of.name }) : t('new_title')}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t(of ? 'save' : 'add')}
        {...form.sending}
        extra={
          of ? (
            <>
              <ArchiveButton operation="contracts.set-state" record={of} done={close} />
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
        <PartyFields words={t} values={values} set={set} />
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
      {of && <NotesSection entity="contract" entityId={of.id} />}
    </Drawer>
  )
}

// Forms of the gallery: filled, empty, refused.
import { useState } from 'react'
import { useTexts } from '../language.ts'
import { Problem } from '../problem.ts'
import { FieldRow, Form, LongField, SwitchField, TextField } from '../ui/form.tsx'
import { ChoiceField, DateField, MoneyField, NumberField } from '../ui/form-inputs.tsx'
import { PickField } from '../ui/pick-field.tsx'
import { toast } from '../ui/toast.tsx'
import { sellers } from './sample.ts'
import { galleryTexts } from './texts.ts'

const today = '2026-11-25'

export function SampleForm(props: { refused?: boolean }) {
  const t = useTexts(galleryTexts)
  const [name, setName] = useState(props.refused ? 'Nordlicht GmbH' : '')
  const [seller, setSeller] = useState<string | undefined>(props.refused ? '2' : undefined)
  const [amount, setAmount] = useState<number | undefined>(123_450)
  const [discount, setDiscount] = useState<number | undefined>(2.5)
  const [closes, setCloses] = useState<string | undefined>('2026-12-31')
  const [stage, setStage] = useState(props.refused ? 'won' : '')
  const [note, setNote] = useState('')
  const [remind, setRemind] = useState(true)
  const [problem] = useState(() =>
    props.refused
      ? new Problem({
          code: 'deal.customer_archived',
          message: t('toast_problem'),
          status: 409,
          field: 'customer',
        })
      : undefined,
  )
  return (
    <Form
      submitLabel={t('save_deal')}
      onSubmit={() => toast.done(t('toast_done'))}
      problem={problem}
      cancel={() => {}}
    >
      <TextField name="customer" label={t('customer')} value={name} onChange={setName} required />
      <FieldRow>
        <PickField
          name="seller"
          label={t('seller')}
          value={seller}
          onChange={setSeller}
          options={sellers.map((one) => ({ value: one.id, label: one.name }))}
          required
        />
        <ChoiceField
          name="stage"
          label={t('stage')}
          value={stage}
          onChange={setStage}
          options={[
            { value: 'won', label: t('won') },
            { value: 'lost', label: t('lost') },
          ]}
          required
        />
      </FieldRow>
      <FieldRow>
        <MoneyField
          name="amount"
          label={t('amount')}
          currency="EUR"
          value={amount}
          onChange={setAmount}
          hint={t('amount_hint')}
          required
        />
        <NumberField
          name="discount"
          label={t('probability')}
          value={discount}
          onChange={setDiscount}
          unit="%"
        />
      </FieldRow>
      <DateField
        name="closes"
        label={t('closes')}
        value={closes}
        onChange={setCloses}
        today={today}
      />
      <LongField name="note" label={t('note_field')} value={note} onChange={setNote} />
      <SwitchField name="remind" label={t('notify')} value={remind} onChange={setRemind} />
    </Form>
  )
}

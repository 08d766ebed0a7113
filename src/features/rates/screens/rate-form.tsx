// Entering, correcting or removing one rate.
import { Button } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { ratesTexts } from '../texts.ts'

export type Rate = Answer<'rates.list'>['rows'][number]

interface Values {
  currency: string
  day: string | undefined
  rate: number | undefined
}

interface RateFormProps {
  rate?: Rate
  /** What a new rate begins with. */
  begin?: { currency?: string | undefined; day?: string | undefined }
  close: () => void
}

export function RateForm({ rate, begin = {}, close }: RateFormProps) {
  const t = useTexts(ratesTexts)
  const format = useFormat()
  const today = useOrganisationDay() ?? ''
  const base = useOrganisation().data?.settings.baseCurrency ?? ''
  const create = useChange('rates.set')
  const edit = useChange('rates.edit')
  const remove = useChange('rates.remove')
  const codeOf = ({ currency }: Values) => currency.trim().toUpperCase()
  const words = (what: 'set' | 'edited' | 'removed', currency: string, day: string) =>
    `${t(what, { currency, day: format.date(day) })} ${t('revalued')}`
  const form = useRecordForm<Values>({
    begin: {
      currency: rate?.currency ?? begin.currency ?? '',
      day: rate?.day ?? begin.day,
      rate: rate?.rate,
    },
    version: rate?.version,
    edit,
    others: [create, remove],
    send: (values, over) => {
      if (values.day === undefined || values.rate === undefined) return undefined
      const given = { day: values.day, rate: values.rate }
      return rate
        ? edit.run({ id: rate.id, ...given }, over)
        : create.run({ currency: codeOf(values), ...given })
    },
    said: (values) => words(rate ? 'edited' : 'set', codeOf(values), values.day ?? today),
    close,
  })
  const { values, set } = form
  const takeOut = async () => {
    if (!rate) return
    const written = await remove.run({ id: rate.id }, form.over).catch(() => undefined)
    if (written) form.finish(words('removed', rate.currency, rate.day), written)
  }

  return (
    <Drawer
      title={rate ? t('edit_title', { currency: rate.currency }) : t('add')}
      note={t('note', { base })}
      close={close}
      print={false}
    >
      <RecordConflict
        {...form.conflict}
        read={(columns) => ({
          currency: values.currency,
          day: String(columns.on_day ?? ''),
          rate: Number(columns.rate),
        })}
        fields={[
          { key: 'day', label: t('day') },
          { key: 'rate', label: t('rate', { base }) },
        ]}
      />
      <Form
        submitLabel={t(rate ? 'save' : 'add')}
        {...form.sending}
        extra={
          rate ? (
            <Button variant="default" disabled={remove.busy} onClick={() => void takeOut()}>
              {t('remove')}
            </Button>
          ) : undefined
        }
      >
        {!rate && (
          <TextField
            name="currency"
            label={t('currency')}
            hint={t('currency_hint')}
            value={values.currency}
            onChange={set('currency')}
            required
            autoFocus={values.currency === ''}
            maxLength={3}
          />
        )}
        <FieldRow>
          <DateField
            name="day"
            label={t('day')}
            today={today}
            value={values.day}
            onChange={set('day')}
            required
          />
          <NumberField
            name="rate"
            label={t('rate', { base })}
            value={values.rate}
            onChange={set('rate')}
            required
            autoFocus={values.currency !== ''}
          />
        </FieldRow>
      </Form>
    </Drawer>
  )
}

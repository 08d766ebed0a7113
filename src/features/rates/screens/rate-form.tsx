// Entering, correcting or removing one rate.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, TextField } from '../../../web/ui/form.tsx'
import { DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { isConflict, RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { toast } from '../../../web/ui/toast.tsx'
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
  const [values, setValues] = useState<Values>({
    currency: rate?.currency ?? begin.currency ?? '',
    day: rate?.day ?? begin.day,
    rate: rate?.rate,
  })
  const [version, setVersion] = useState(rate?.version)
  const create = useChange('rates.set')
  const edit = useChange('rates.edit')
  const remove = useChange('rates.remove')
  const undo = useChange('changes.undo')
  const problem = edit.problem ?? create.problem ?? remove.problem
  const set =
    <Key extends keyof Values>(key: Key) =>
    (value: Values[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const currency = values.currency.trim().toUpperCase()

  const done = (what: 'set' | 'edited' | 'removed', day: string, changeId: string) => {
    toast.undo(`${t(what, { currency, day: format.date(day) })} ${t('revalued')}`, () =>
      undo.run({ id: changeId }),
    )
    close()
  }
  const save = async (over = version) => {
    if (values.day === undefined || values.rate === undefined) return
    const given = { day: values.day, rate: values.rate }
    const written = rate
      ? await edit
          .run({ id: rate.id, ...given }, over === undefined ? {} : { version: over })
          .catch(() => undefined)
      : await create.run({ currency, ...given }).catch(() => undefined)
    if (written) done(rate ? 'edited' : 'set', given.day, written.changeId)
  }
  const takeOut = async () => {
    if (!rate) return
    const written = await remove
      .run({ id: rate.id }, { version: version ?? rate.version })
      .catch(() => undefined)
    if (written) done('removed', rate.day, written.changeId)
  }

  return (
    <Drawer
      title={rate ? t('edit_title', { currency: rate.currency }) : t('add')}
      note={t('note', { base })}
      close={close}
      print={false}
    >
      <RecordConflict
        problem={edit.problem}
        mine={values}
        read={(columns) => ({
          currency: values.currency,
          day: String(columns.on_day ?? ''),
          rate: Number(columns.rate),
        })}
        fields={[
          { key: 'day', label: t('day') },
          { key: 'rate', label: t('rate', { base }) },
        ]}
        busy={edit.busy}
        takeMine={(current) => void save(current)}
        takeTheirs={(theirs, current) => {
          setValues(theirs)
          setVersion(current)
          edit.reset()
        }}
      />
      <Form
        submitLabel={t(rate ? 'save' : 'add')}
        onSubmit={() => save()}
        busy={create.busy || edit.busy || remove.busy}
        problem={isConflict(problem) ? undefined : problem}
        cancel={close}
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

// Entering one answer, and looking at one: an answer is not changed, only removed.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ScreenLink } from '../../../web/address.tsx'
import type { Answer as AnswerOf } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { nameReference } from '../../../web/names.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange } from '../../../web/queries.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form } from '../../../web/ui/form.tsx'
import { ChoiceField, DateField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { PartyFields } from '../../../web/ui/record-name-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { surveysTexts } from '../texts.ts'

export type Answer = AnswerOf<'surveys.list'>['rows'][number]
export type Measure = Answer['measure']
export const measures: readonly Measure[] = ['satisfaction', 'nps', 'effort']

/** The usual scale of each measure, as the server takes it where nobody says another one. */
const usual = { satisfaction: [1, 5], nps: [0, 10], effort: [1, 7] } as const

interface Values {
  day: string | undefined
  measure: Measure
  score: number | undefined
  scaleLow: number | undefined
  scaleHigh: number | undefined
  customer: string
  seller: string
  product: string
}

export function AnswerForm({ close }: { close: () => void }) {
  const organisation = useOrganisation().data
  const today = useOrganisationDay()
  if (organisation === undefined || today === undefined) return null
  return <AnswerFields close={close} today={today} seller={organisation.me.seller?.name ?? ''} />
}

function AnswerFields(props: { close: () => void; today: string; seller: string }) {
  const { close, today } = props
  const t = useTexts(surveysTexts)
  const format = useFormat()
  const [values, setValues] = useState<Values>({
    day: today,
    measure: 'satisfaction',
    score: undefined,
    scaleLow: 1,
    scaleHigh: 5,
    customer: '',
    seller: props.seller,
    product: '',
  })
  const create = useChange('surveys.create')
  const undo = useChange('changes.undo')
  const set =
    <Key extends keyof Values>(key: Key) =>
    (value: Values[Key]) =>
      setValues((now) => ({ ...now, [key]: value }))
  const setMeasure = (chosen: string) => {
    const measure = measures.find((one) => one === chosen) ?? 'satisfaction'
    const [scaleLow, scaleHigh] = usual[measure]
    setValues((now) => ({ ...now, measure, scaleLow, scaleHigh }))
  }
  const save = async () => {
    const { day, measure, score, scaleLow, scaleHigh } = values
    if (day === undefined || score === undefined) return
    const written = await create
      .run({
        day,
        measure,
        score,
        ...(scaleLow === undefined ? {} : { scaleLow }),
        ...(scaleHigh === undefined ? {} : { scaleHigh }),
        customer: nameReference(values.customer, null),
        seller: nameReference(values.seller, null),
        product: nameReference(values.product, null),
      })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('added', { day: format.date(day) }), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <Drawer title={t('add_title')} close={close} print={false}>
      <Form
        submitLabel={t('add')}
        onSubmit={save}
        busy={create.busy}
        problem={create.problem}
        cancel={close}
      >
        <FieldRow>
          <ChoiceField
            name="measure"
            label={t('measure')}
            value={values.measure}
            onChange={setMeasure}
            options={measures.map((value) => ({ value, label: t(value) }))}
            required
          />
          <DateField
            name="day"
            label={t('day')}
            today={today}
            value={values.day}
            onChange={set('day')}
            required
          />
        </FieldRow>
        <NumberField
          name="score"
          label={t('score')}
          value={values.score}
          onChange={set('score')}
          required
          autoFocus
        />
        {values.measure !== 'nps' && (
          <FieldRow>
            <NumberField
              name="scaleLow"
              label={t('scale_low')}
              value={values.scaleLow}
              onChange={set('scaleLow')}
            />
            <NumberField
              name="scaleHigh"
              label={t('scale_high')}
              value={values.scaleHigh}
              onChange={set('scaleHigh')}
            />
          </FieldRow>
        )}
        <PartyFields words={t} values={values} set={set} />
      </Form>
    </Drawer>
  )
}

/** One answer with its references, and the way to take it out. */
export function AnswerDrawer({ answer, close }: { answer: Answer; close: () => void }) {
  const t = useTexts(surveysTexts)
  const format = useFormat()
  const remove = useChange('surveys.remove')
  const undo = useChange('changes.undo')
  const day = format.date(answer.day)
  const takeOut = async () => {
    const written = await remove
      .run({ id: answer.id }, { version: answer.version })
      .catch(() => undefined)
    if (!written) return
    toast.undo(t('removed', { day }), () => undo.run({ id: written.changeId }))
    close()
  }
  const link = (to: string, record: { id: string; name: string } | null) =>
    record ? <ScreenLink to={`${to}/${record.id}`}>{record.name}</ScreenLink> : null
  return (
    <Drawer title={t('answer_of', { day })} close={close}>
      <DetailList
        rows={[
          { label: t('measure'), value: t(answer.measure) },
          { label: t('score'), value: <Score answer={answer} /> },
          { label: t('customer'), value: link('customers', answer.customer) },
          { label: t('seller'), value: link('sellers', answer.seller) },
          { label: t('product'), value: link('products', answer.product) },
          { label: t('number'), value: answer.externalId },
        ]}
      />
      <p className="k-no-print">
        <Button variant="default" loading={remove.busy} onClick={() => void takeOut()}>
          {t('remove')}
        </Button>
      </p>
      {remove.problem && <p role="alert">{remove.problem.message}</p>}
    </Drawer>
  )
}

/** “4 of 1–5”: a score says nothing without its scale. */
export function Score({ answer }: { answer: Answer }) {
  const t = useTexts(surveysTexts)
  const format = useFormat()
  return t('score_of', {
    score: format.number(answer.score),
    low: format.number(answer.scaleLow),
    high: format.number(answer.scaleHigh),
  })
}

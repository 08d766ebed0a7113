// Setting a quota by hand, or correcting one: whose, of what, for when, how much.
import { Switch } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, LongField, TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { RecordNameField } from '../../../web/ui/record-name-field.tsx'
import { FilterField } from '../../results/screens/filter-field.tsx'
import type { Where } from '../../results/screens/selection.ts'
import { quotaTexts } from '../texts.ts'
import { periodChoices } from './period-choices.ts'
import { useQuotaMetrics } from './quota-metrics.ts'

type Quota = Answer<'quotas.get'>
type Metric = Quota['metric']

interface Values {
  kind: 'seller' | 'team' | 'position'
  seller: string
  team: string
  position: string
  metric: Metric
  where: Where
  period: string
  /** Three letters; what is typed until then is no currency. */
  currency: string
  amount: number | undefined
  reason: string
  approve: boolean
}

const holderKinds = ['seller', 'team', 'position'] as const

export function QuotaForm({ quota, close }: { quota?: Quota; close: () => void }) {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const facts = useOrganisation().data
  const today = useOrganisationDay() ?? '2000-01-01'
  const base = facts?.settings.baseCurrency ?? 'EUR'
  const metrics = useQuotaMetrics()
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const positions = useOperation('positions.list', { limit: 200 }).data?.rows ?? []
  const rated = (useOperation('rates.list', { limit: 1 }).data?.rows.length ?? 0) > 0
  const choices = periodChoices(today, facts?.settings.fiscalFirstMonth ?? 1)
  const edit = useChange('quotas.set')
  const nameOf = (values: Values) =>
    quota?.holder.name ??
    (values.kind === 'seller'
      ? values.seller
      : ([...teams, ...positions].find(({ id }) => id === values[values.kind])?.name ?? ''))
  const periodName = (id: string) => {
    const known = quota?.period.id === id ? quota.period : choices.find((one) => one.id === id)
    return known ? format.period(known) : id
  }
  const form = useRecordForm<Values>({
    begin: {
      kind: quota?.holder.kind ?? 'seller',
      seller: quota?.holder.kind === 'seller' ? quota.holder.id : '',
      team: quota?.holder.kind === 'team' ? quota.holder.id : '',
      position: quota?.holder.kind === 'position' ? quota.holder.id : '',
      metric: quota?.metric ?? 'revenue',
      where: (quota?.where ?? {}) as Where,
      period: quota?.period.id ?? choices[0]?.id ?? '',
      amount: quota?.amount,
      currency: quota?.currency ?? base,
      reason: '',
      approve: quota === undefined || quota.state === 'approved',
    },
    version: quota?.version,
    edit,
    others: [],
    send: ({ kind, metric, where, period, amount, currency, reason, approve, ...holder }, over) =>
      amount === undefined
        ? undefined
        : edit.run(
            {
              [kind]: holder[kind].trim(),
              metric,
              where,
              period,
              amount,
              ...(currency === base ? {} : { currency }),
              approve,
              ...(reason.trim() === '' ? {} : { reason }),
              ...over,
            },
            {},
          ),
    said: (values) =>
      t(values.approve ? 'was_set' : 'was_set_proposed', {
        name: nameOf(values),
        period: periodName(values.period),
      }),
    close,
  })
  const { values, set } = form
  const filterWords = ({ filters }: Quota) =>
    format.list(filters.flatMap(({ cells }) => cells.map(({ name }) => name)))
  const metric = metrics.find(({ value }) => value === values.metric)
  const money = metric?.unit !== 'count'
  const isCurrency = /^[A-Z]{3}$/.test(values.currency)
  const chooseMetric = (chosen: string) => {
    const next = metrics.find(({ value }) => value === chosen)
    if (!next) return
    const kept = Object.entries(values.where).filter(([one]) =>
      next.filters.some((dimension) => dimension === one),
    )
    form.setValues((now) => ({
      ...now,
      metric: next.value,
      where: Object.fromEntries(kept),
      currency: next.unit === 'money' ? now.currency : base,
    }))
  }
  return (
    <Drawer
      title={
        quota
          ? t('change_title', { name: quota.holder.name, period: periodName(quota.period.id) })
          : t('set_title')
      }
      close={close}
      print={false}
    >
      <RecordConflict
        {...form.conflict}
        read={(columns) => ({ ...values, amount: Number(columns.amount) })}
        fields={[{ key: 'amount', label: t('amount') }]}
      />
      <Form submitLabel={t(quota ? 'save' : 'save_set')} {...form.sending}>
        {!quota && (
          <>
            <Pills
              label={t('who')}
              labelled
              value={values.kind}
              options={holderKinds.map((value) => ({
                value,
                label: t(`who_${value}`),
              }))}
              onChange={set('kind')}
            />
            {values.kind === 'seller' ? (
              <RecordNameField
                of="sellers.list"
                name="seller"
                label={t('seller')}
                value={values.seller}
                onChange={set('seller')}
                required
                autoFocus
              />
            ) : values.kind === 'team' ? (
              <ChoiceField
                name="team"
                label={t('team')}
                value={values.team}
                onChange={set('team')}
                options={teams.map(({ id, name }) => ({ value: id, label: name }))}
                required
              />
            ) : (
              <ChoiceField
                name="position"
                label={t('position')}
                hint={positions.length === 0 ? t('position_none') : t('position_hint')}
                value={values.position}
                onChange={set('position')}
                options={positions.map(({ id, name, holder }) => ({
                  value: id,
                  label: `${name} · ${holder?.name ?? t('vacant')}`,
                }))}
                required
              />
            )}
            <FieldRow>
              <ChoiceField
                name="metric"
                label={t('metric')}
                value={values.metric}
                onChange={chooseMetric}
                options={metrics}
                required
              />
              <ChoiceField
                name="period"
                label={t('period')}
                value={values.period}
                onChange={set('period')}
                options={choices.map((one) => ({ value: one.id, label: format.period(one) }))}
                required
              />
            </FieldRow>
            {metric && metric.filters.length > 0 && (
              <FilterField
                label={t('filters')}
                dimensions={metric.filters}
                where={values.where}
                onChange={set('where')}
              />
            )}
          </>
        )}
        {quota && quota.filters.length > 0 && (
          <p className="k-section-note">{t('note_filters', { filters: filterWords(quota) })}</p>
        )}
        {money && (rated || values.currency !== base) && (
          <TextField
            name="currency"
            label={t('currency')}
            hint={t(values.currency === base ? 'currency_hint' : 'currency_foreign', { base })}
            value={values.currency}
            onChange={(text) => set('currency')(text.toUpperCase())}
            maxLength={3}
            required
          />
        )}
        {money ? (
          <MoneyField
            key={isCurrency ? values.currency : base}
            name="amount"
            label={t('amount')}
            currency={isCurrency ? values.currency : base}
            value={values.amount}
            onChange={set('amount')}
            required
            autoFocus={quota !== undefined}
          />
        ) : (
          <NumberField
            name="amount"
            label={t('number')}
            digits={0}
            value={values.amount}
            onChange={set('amount')}
            required
            autoFocus={quota !== undefined}
          />
        )}
        <LongField
          name="reason"
          label={t('reason')}
          hint={t('reason_hint')}
          value={values.reason}
          onChange={set('reason')}
          maxLength={500}
          rows={2}
        />
        <Switch
          label={t('approve_now')}
          checked={values.approve}
          onChange={(event) => set('approve')(event.currentTarget.checked)}
        />
      </Form>
    </Drawer>
  )
}

// Setting a quota by hand, or correcting one: whose, of what, for when, how much.
import { Switch } from '@mantine/core'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { useRecordForm } from '../../../web/record-form.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { FieldRow, Form, LongField } from '../../../web/ui/form.tsx'
import { ChoiceField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { RecordConflict } from '../../../web/ui/record-conflict.tsx'
import { RecordNameField } from '../../../web/ui/record-name-field.tsx'
import { quotaTexts } from '../texts.ts'
import { periodChoices } from './period-choices.ts'

type Quota = Answer<'quotas.get'>
type Metric = Quota['metric']

interface Values {
  kind: 'seller' | 'team'
  seller: string
  team: string
  metric: Metric
  period: string
  amount: number | undefined
  reason: string
  approve: boolean
}

/** Metrics that a quota can be set for: what is reached by more of it, in money or by number. */
export function useQuotaMetrics(): { value: Metric; label: string; unit: 'money' | 'count' }[] {
  const lang = useLanguage()
  const rows = useOperation('results.metrics', {}).data?.rows ?? []
  return rows.flatMap(({ id, name, unit, good, measured, dimensions }) =>
    (unit === 'money' || unit === 'count') &&
    good === 'up' &&
    measured &&
    dimensions.includes('seller')
      ? [{ value: id, label: name[lang], unit }]
      : [],
  )
}

export function QuotaForm({ quota, close }: { quota?: Quota; close: () => void }) {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const facts = useOrganisation().data
  const today = useOrganisationDay() ?? '2000-01-01'
  const base = facts?.settings.baseCurrency ?? 'EUR'
  const metrics = useQuotaMetrics()
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const choices = periodChoices(today, facts?.settings.fiscalFirstMonth ?? 1)
  const edit = useChange('quotas.set')
  const nameOf = ({ kind, seller, team }: Values) =>
    quota?.holder.name ??
    (kind === 'seller' ? seller : (teams.find(({ id }) => id === team)?.name ?? ''))
  const periodName = (id: string) => {
    const known = quota?.period.id === id ? quota.period : choices.find((one) => one.id === id)
    return known ? format.period(known) : id
  }
  const form = useRecordForm<Values>({
    begin: {
      kind: quota?.holder.kind ?? 'seller',
      seller: quota?.holder.kind === 'seller' ? quota.holder.id : '',
      team: quota?.holder.kind === 'team' ? quota.holder.id : '',
      metric: quota?.metric ?? 'revenue',
      period: quota?.period.id ?? choices[0]?.id ?? '',
      amount: quota?.amount,
      reason: '',
      approve: quota === undefined || quota.state === 'approved',
    },
    version: quota?.version,
    edit,
    others: [],
    send: ({ kind, seller, team, metric, period, amount, reason, approve }, over) =>
      amount === undefined
        ? undefined
        : edit.run(
            {
              ...(kind === 'seller' ? { seller: seller.trim() } : { team }),
              metric,
              where: quota?.where ?? {},
              period,
              amount,
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
  const money = metrics.find(({ value }) => value === values.metric)?.unit !== 'count'
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
              options={(['seller', 'team'] as const).map((value) => ({
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
            ) : (
              <ChoiceField
                name="team"
                label={t('team')}
                value={values.team}
                onChange={set('team')}
                options={teams.map(({ id, name }) => ({ value: id, label: name }))}
                required
              />
            )}
            <FieldRow>
              <ChoiceField
                name="metric"
                label={t('metric')}
                value={values.metric}
                onChange={(metric) => set('metric')(metric as Metric)}
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
          </>
        )}
        {money ? (
          <MoneyField
            name="amount"
            label={t('amount')}
            currency={base}
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

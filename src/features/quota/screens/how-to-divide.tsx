// What is divided and how: whose number, of what and when, among whom, by which method.
import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useSearch, useSetSearch } from '../../../web/address.tsx'
import { useFormat, useTexts } from '../../../web/language.ts'
import { useOperation } from '../../../web/queries.ts'
import { TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { FilterField } from '../../results/screens/filter-field.tsx'
import { type AllocationMethod, methods } from '../calc/allocate.ts'
import { allocateTexts } from '../texts-allocate.ts'
import type { PeriodChoice } from './period-choices.ts'
import { useQuotaMetrics } from './quota-metrics.ts'
import { readWhere, writeWhere } from './where-address.ts'

/** The method in the address; equal parts unless it says another. */
export const readMethod = (text: string | undefined): AllocationMethod =>
  methods.find((one) => one === text) ?? 'equal'

/** “25 50 75” as parts of a whole; undefined when it cannot be read. */
export function readRamp(text: string): number[] | undefined {
  const words = text.split(/[\s,;%]+/).filter((word) => word !== '')
  const steps = words.map(Number)
  const fits = steps.length <= 24 && steps.every((step) => step >= 0 && step <= 100)
  return fits ? steps.map((step) => step / 100) : undefined
}

export function HowToDivide(props: {
  choices: readonly PeriodChoice[]
  period: string
  metric: string
  currency: string | undefined
  total: number | undefined
}) {
  const { choices, period, metric, currency, total } = props
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const search = useSearch()
  const setSearch = useSetSearch()
  const metrics = useQuotaMetrics()
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const filters = metrics.find(({ value }) => value === metric)?.filters ?? []
  const [ramp, setRamp] = useState(search.ramp ?? '')
  const known = choices.some(({ id }) => id === period)
  const setTotal = (value: number | undefined) =>
    setSearch({ total: value === undefined ? undefined : String(value) }, { replace: true })
  const amount = { name: 'total', label: t('total'), value: total, onChange: setTotal }
  return (
    <div className="quota-how k-no-print">
      <ChoiceField
        name="team"
        label={t('team')}
        value={search.team ?? ''}
        empty={t('organisation')}
        onChange={(team) => setSearch({ team: team || undefined, total: undefined })}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ChoiceField
        name="period"
        label={t('period')}
        value={period}
        required
        onChange={(chosen) => setSearch({ period: chosen, total: undefined })}
        options={[
          ...(known ? [] : [{ value: period, label: period }]),
          ...choices.map((one) => ({ value: one.id, label: format.period(one) })),
        ]}
      />
      <ChoiceField
        name="metric"
        label={t('metric')}
        value={metric}
        required
        onChange={(chosen) => setSearch({ metric: chosen, where: undefined, total: undefined })}
        options={metrics}
      />
      {currency === undefined ? (
        <NumberField {...amount} digits={0} />
      ) : (
        <MoneyField {...amount} currency={currency} />
      )}
      {filters.length > 0 && (
        <FilterField
          label={t('filters')}
          dimensions={filters}
          where={readWhere(search.where)}
          onChange={(where) => setSearch({ where: writeWhere(where), total: undefined })}
        />
      )}
      <Pills
        label={t('to')}
        labelled
        value={search.to === 'level' ? 'level' : 'people'}
        options={(['people', 'level'] as const).map((value) => ({
          value,
          label: t(`to_${value}`),
        }))}
        onChange={(to) => setSearch({ to: to === 'level' ? to : undefined })}
      />
      <Pills
        label={t('method')}
        labelled
        value={readMethod(search.method)}
        options={methods.map((value) => ({
          value,
          label: t(`method_${value}`),
        }))}
        onChange={(chosen) => setSearch({ method: chosen === 'equal' ? undefined : chosen })}
      />
      <TextField
        name="ramp"
        label={t('ramp')}
        hint={readRamp(ramp) ? t('ramp_hint') : t('ramp_wrong')}
        value={ramp}
        onChange={(text) => {
          setRamp(text)
          if (readRamp(text)) setSearch({ ramp: text.trim() || undefined }, { replace: true })
        }}
        maxLength={100}
      />
      <Switch
        label={t('working_days')}
        description={t('working_days_hint')}
        checked={search.days === '1'}
        onChange={(event) => setSearch({ days: event.currentTarget.checked ? '1' : undefined })}
      />
    </div>
  )
}

// A number handed down: how it divides, the grid of parts with the remainder always in sight, release.
import { Button, Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import { ScreenLink, useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { TextField } from '../../../web/ui/form.tsx'
import { ChoiceField, MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Pills } from '../../../web/ui/pills.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { type AllocationMethod, remainderOf } from '../calc/allocate.ts'
import { allocateTexts } from '../texts-allocate.ts'
import { FairnessFigures } from './fairness-figures.tsx'
import { PartsGrid } from './parts-grid.tsx'
import { periodChoices } from './period-choices.ts'
import { useQuotaMetrics } from './quota-form.tsx'
import { useExactAmount } from './quota-words.ts'
import { ReleaseDrawer } from './release-drawer.tsx'
import './quota.css'

export type Plan = Answer<'quotas.plan'>

const isMethod = (text: string | undefined): text is AllocationMethod =>
  text === 'equal' || text === 'last-year' || text === 'by-hand'

/** “25 50 75” as parts of a whole; undefined when it cannot be read. */
export function readRamp(text: string): number[] | undefined {
  const words = text.split(/[\s,;%]+/).filter((word) => word !== '')
  const steps = words.map(Number)
  const fits = steps.length <= 24 && steps.every((step) => step >= 0 && step <= 100)
  return fits ? steps.map((step) => step / 100) : undefined
}

export function AllocateScreen() {
  const facts = useOrganisation().data
  const today = useOrganisationDay()
  if (!facts || today === undefined) return null
  return (
    <Allocate
      today={today}
      fiscalFirstMonth={facts.settings.fiscalFirstMonth}
      base={facts.settings.baseCurrency}
    />
  )
}

function Allocate(props: { today: string; fiscalFirstMonth: number; base: string }) {
  const { today, fiscalFirstMonth, base } = props
  const t = useTexts(allocateTexts)
  const lang = useLanguage()
  const search = useSearch()
  const choices = periodChoices(today, fiscalFirstMonth)
  const metrics = useQuotaMetrics()
  const metric = metrics.find(({ value }) => value === search.metric)?.value ?? 'revenue'
  const money = metrics.find(({ value }) => value === metric)?.unit !== 'count'
  const period = search.period ?? choices[1]?.id ?? ''
  const total = /^\d{1,15}$/.test(search.total ?? '') ? Number(search.total) : undefined
  const ramp = readRamp(search.ramp ?? '')
  const query = useOperation('quotas.plan', {
    metric,
    period,
    to: search.to === 'level' ? 'level' : 'people',
    method: isMethod(search.method) ? search.method : 'equal',
    workingDays: search.days === '1',
    ramp: ramp ?? [],
    lang,
    ...(search.team === undefined ? {} : { team: search.team }),
    ...(total === undefined ? {} : { total }),
  })
  const how = (
    <HowToDivide
      choices={choices}
      period={period}
      metric={metric}
      currency={money ? base : undefined}
      total={total ?? query.data?.total}
    />
  )
  if (!query.data) {
    return (
      <Page finding={t('title')} note={t('note')}>
        {how}
        <Answered query={query} shape="table">
          {() => null}
        </Answered>
      </Page>
    )
  }
  // Another plan begins with its own parts.
  return (
    <Parts key={JSON.stringify(query.data.rows.map(({ part }) => part)) + period} plan={query.data}>
      {how}
      {query.problem && (
        <Answered query={{ ...query, data: undefined }} shape="panel">
          {() => null}
        </Answered>
      )}
    </Parts>
  )
}

function HowToDivide(props: {
  choices: ReturnType<typeof periodChoices>
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
  const method = isMethod(search.method) ? search.method : 'equal'
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
        onChange={(chosen) => setSearch({ metric: chosen, total: undefined })}
        options={metrics}
      />
      {currency === undefined ? (
        <NumberField {...amount} digits={0} />
      ) : (
        <MoneyField {...amount} currency={currency} />
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
        value={method}
        options={(['equal', 'last-year', 'by-hand'] as const).map((value) => ({
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

function Parts({ plan, children }: { plan: Plan; children: React.ReactNode }) {
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const go = useGo()
  const exact = useExactAmount(plan)
  const [parts, setParts] = useState<readonly number[]>(plan.rows.map(({ part }) => part))
  const [releasing, setReleasing] = useState<'approve' | 'propose' | undefined>()
  const rest = remainderOf(plan.total, parts)
  const set = (at: number, value: number) =>
    setParts((now) => now.map((part, i) => (i === at ? value : part)))
  const giveRest = (at: number) => {
    const value = (parts[at] ?? 0) + rest
    if (value >= 0) set(at, value)
  }
  // Leaving with parts changed by hand would lose them.
  const touched = plan.rows.some(({ part }, i) => part !== parts[i])
  useEffect(() => {
    if (!touched) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [touched])
  const words = {
    total: exact(plan.total),
    period: format.period(plan.period),
    rest: exact(Math.abs(rest)),
    n: format.count(plan.rows.length),
  }
  return (
    <Page
      finding={t(rest === 0 ? 'finding' : rest > 0 ? 'finding_short' : 'finding_over', words)}
      note={
        <>
          {t('note')} <ScreenLink to="quotas">{t('to_quotas')}</ScreenLink>
        </>
      }
    >
      {children}
      <PartsGrid plan={plan} parts={parts} rest={rest} set={set} giveRest={giveRest} />
      <div className="quota-foot">
        <span className="quota-rest" data-left={rest !== 0 || undefined} aria-live="polite">
          {t('remainder')} <b>{rest === 0 ? t('remainder_none') : exact(rest)}</b>
        </span>
        <span className="k-muted quota-keys k-no-print">{t('keys')}</span>
        <span className="quota-foot-acts k-no-print">
          <Button
            variant="default"
            disabled={rest !== 0 || plan.total === 0}
            onClick={() => setReleasing('propose')}
          >
            {t('propose')}
          </Button>
          {plan.mayApprove && (
            <Button
              disabled={rest !== 0 || plan.total === 0}
              onClick={() => setReleasing('approve')}
            >
              {t('release')}
            </Button>
          )}
        </span>
      </div>
      <Section title={t('fairness')}>
        <FairnessFigures plan={plan} parts={parts} />
      </Section>
      {releasing && (
        <ReleaseDrawer
          plan={plan}
          parts={parts}
          approve={releasing === 'approve'}
          close={() => setReleasing(undefined)}
          done={() => go('quotas', { period: plan.period.id, metric: plan.metric })}
        />
      )}
    </Page>
  )
}

// A number handed down: how it divides, the grid of parts with the remainder always in sight, release.
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { ScreenLink, useGo, useSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation, useOrganisationDay } from '../../../web/organisation.ts'
import { useOperation } from '../../../web/queries.ts'
import { Page, Section } from '../../../web/ui/page.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { remainderOf } from '../calc/allocate.ts'
import { allocateTexts } from '../texts-allocate.ts'
import { FairnessFigures } from './fairness-figures.tsx'
import { HowToDivide, readMethod, readRamp } from './how-to-divide.tsx'
import { PartsGrid } from './parts-grid.tsx'
import { periodChoices } from './period-choices.ts'
import { PotentialSection, readDriver } from './potential-section.tsx'
import { useQuotaMetrics } from './quota-metrics.ts'
import { useExactAmount } from './quota-words.ts'
import { ReleaseDrawer } from './release-drawer.tsx'
import { readWhere } from './where-address.ts'
import './quota.css'

export type Plan = Answer<'quotas.plan'>

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
  const method = readMethod(search.method)
  const driver = readDriver(search.driver)
  // Kept here: the parts begin anew with each plan, and what was pasted while one was on its way must not go.
  const [ownNumbers, setOwnNumbers] = useState('')
  const query = useOperation('quotas.plan', {
    metric,
    where: readWhere(search.where),
    period,
    to: search.to === 'level' ? 'level' : 'people',
    // Own numbers are on this page alone: until they are taken over, the parts stay as they are.
    ...(method === 'potential' && driver === 'own'
      ? { method: 'by-hand' }
      : method === 'potential' && driver !== 'own'
        ? { method, driver }
        : { method }),
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
  const { data: plan } = query
  // Another plan begins with its own parts.
  return (
    <Parts
      key={JSON.stringify(plan.rows.map(({ part }) => part)) + period}
      plan={plan}
      potential={(take) => (
        <PotentialSection
          plan={plan}
          // A plan that is about to go takes nothing.
          {...(query.isStale ? {} : { take })}
          ownNumbers={ownNumbers}
          setOwnNumbers={setOwnNumbers}
        />
      )}
    >
      {how}
      {query.problem && (
        <Answered query={{ ...query, data: undefined }} shape="panel">
          {() => null}
        </Answered>
      )}
    </Parts>
  )
}

function Parts(props: {
  plan: Plan
  potential: (take: (parts: number[]) => void) => React.ReactNode
  children: React.ReactNode
}) {
  const { plan, potential, children } = props
  const t = useTexts(allocateTexts)
  const format = useFormat()
  const go = useGo()
  const search = useSearch()
  const byPotential = readMethod(search.method) === 'potential'
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
      {byPotential && potential(setParts)}
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
          done={() =>
            go('quotas', {
              period: plan.period.id,
              metric: plan.metric,
              ...(search.where === undefined ? {} : { where: search.where }),
            })
          }
        />
      )}
    </Page>
  )
}

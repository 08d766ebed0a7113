// One quota: what was attained of it and how, the commitment beside it, and every version with its reason.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Figure as FigureShape } from '../../../basics/figure.ts'
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { dayBefore } from '../../../web/format-period.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import type { DrawerProps } from '../../../web/screens.ts'
import { DetailList } from '../../../web/ui/detail-list.tsx'
import { Drawer, DrawerPart, Formula } from '../../../web/ui/drawer.tsx'
import { Figure, MissingReason } from '../../../web/ui/figure.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { MoneyField, NumberField } from '../../../web/ui/form-inputs.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { quotaTexts } from '../texts.ts'
import { useAttainmentText } from './attainment-bar.tsx'
import { QuotaForm } from './quota-form.tsx'
import { useExactAmount, useSaidAmount } from './quota-words.ts'
import { ReturnDrawer, useDecide } from './waiting-section.tsx'
import './quota.css'

type Quota = Answer<'quotas.get'>
type Cells = Answer<'quotas.attainment'>['rows'][number]['cells']
type Held = NonNullable<Cells[number]>['heldBy'][number]

export function QuotaDrawer({ value, close }: DrawerProps) {
  const t = useTexts(quotaTexts)
  const query = useOperation('quotas.get', { id: value })
  if (query.data?.id === value) return <QuotaSheet quota={query.data} close={close} />
  return (
    <Drawer title={t('quota')} close={close} print={false}>
      <Answered query={query} shape="panel">
        {() => null}
      </Answered>
    </Drawer>
  )
}

type Doing = 'look' | 'change' | 'commit' | 'return'

function QuotaSheet({ quota, close }: { quota: Quota; close: () => void }) {
  const [doing, setDoing] = useState<Doing>('look')
  const back = () => setDoing('look')
  const decide = useDecide(back)
  if (doing === 'change') return <QuotaForm quota={quota} close={back} />
  if (doing === 'commit') return <CommitDrawer quota={quota} close={back} />
  if (doing === 'return') return <ReturnDrawer ids={[quota.id]} decide={decide} close={back} />
  return <QuotaLook quota={quota} close={close} decide={decide} setDoing={setDoing} />
}

function QuotaLook(props: {
  quota: Quota
  close: () => void
  decide: ReturnType<typeof useDecide>
  setDoing: (doing: Doing) => void
}) {
  const { quota, close, decide, setDoing } = props
  const t = useTexts(quotaTexts)
  const lang = useLanguage()
  const format = useFormat()
  const text = useAttainmentText()
  const base = useOrganisation().data?.settings.baseCurrency ?? quota.currency
  const exact = useExactAmount({ currency: quota.currency === null ? null : base })
  const said = useSaidAmount()
  const metrics = useOperation('results.metrics', {}).data?.rows ?? []
  const { holder, period, metric } = quota
  const { data } = useOperation('quotas.attainment', {
    by: holder.kind,
    metric,
    where: quota.where,
    period: `${period.from}..${period.until}`,
    grain: grainOf(period.id),
    lang,
    [`${holder.kind}Id`]: holder.id,
  })
  const cell = data?.rows
    .find((row) => row.holder.id === holder.id)
    ?.cells.find((one) => one?.quotaId === quota.id)
  const name = metrics.find(({ id }) => id === metric)?.name[lang] ?? ''
  const measure = cell?.measure
  const attained = cell?.attainment
  const title =
    attained?.value === undefined
      ? t('quota_undefined')
      : t('quota_of', { attainment: text(attained) })
  const filters = quota.filters.flatMap(({ cells }) => cells.map((one) => one.name))
  const about = t('drawer_note', {
    name: holder.name,
    metric: [name, ...filters].join(' · '),
    period: format.period(period),
  })
  return (
    <Drawer title={title} note={about} close={close}>
      {measure?.value !== undefined && attained?.value !== undefined && (
        <Formula below={t('formula_below')}>
          {t('formula', {
            measure: exact(measure.value),
            quota: exact(quota.baseAmount),
            attainment: format.rate(attained.value, 2),
          })}
        </Formula>
      )}
      {attained && <MissingReason figure={attained} />}
      <DetailList
        rows={[
          {
            label: t('measure'),
            value: measure ? <Measured quota={quota} measure={measure} name={name} /> : null,
          },
          {
            label: t('quota'),
            value:
              quota.rateOn === null
                ? exact(quota.baseAmount)
                : t('rated', {
                    said: said(quota),
                    base: exact(quota.baseAmount),
                    day: format.date(quota.rateOn),
                  }),
          },
          ...(holder.kind === 'position'
            ? [{ label: t('held_by'), value: <HeldInPeriod held={cell?.heldBy ?? []} /> }]
            : []),
          ...(measure?.value === undefined || quota.state !== 'approved'
            ? []
            : [
                {
                  label: t(measure.value < quota.baseAmount ? 'missing_to_go' : 'above'),
                  value: exact(Math.abs(quota.baseAmount - measure.value)),
                },
              ]),
          ...(holder.kind === 'position'
            ? []
            : [
                {
                  label: t('commitment'),
                  value: quota.commitment === null ? t('commitment_none') : exact(quota.commitment),
                },
              ]),
          { label: t('state'), value: t(quota.state) },
        ]}
      />
      <QuotaActs quota={quota} close={close} decide={decide} setDoing={setDoing} />
      <DrawerPart title={t('history')}>
        <ol className="quota-versions" reversed>
          {quota.versions.map((version) => (
            <li key={version.version}>
              {t('version', {
                amount: said(version),
                state: t(version.state),
                by: version.by.name,
                day: format.instant(version.at),
              })}
              {version.reason && <q>{version.reason}</q>}
            </li>
          ))}
        </ol>
      </DrawerPart>
    </Drawer>
  )
}

/** Who held the position when in the period, or that nobody did. */
function HeldInPeriod({ held }: { held: readonly Held[] }) {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  if (held.length === 0) return <>{t('vacant')}</>
  const words = held.map(({ name, from, until }) =>
    t('held_days', { name, from: format.date(from), until: format.date(dayBefore(until)) }),
  )
  return <>{words.join(', ')}</>
}

/** The shape of a period's id tells its kind. */
function grainOf(id: string) {
  const fiscal = id.startsWith('FY')
  if (id.includes('-Q')) return fiscal ? ('fiscal-quarter' as const) : ('quarter' as const)
  if (fiscal) return 'fiscal-year' as const
  return id.length === 4 ? ('year' as const) : ('month' as const)
}

/** What counts against the quota; a seller's can be asked why. */
function Measured(props: { quota: Quota; measure: FigureShape; name: string }) {
  const { quota, measure, name } = props
  const { holder, metric, where, period } = quota
  const asked =
    holder.kind === 'seller'
      ? {
          why: {
            metric,
            where: { ...where, seller: [holder.id] },
            period: `${period.from}..${period.until}`,
          },
        }
      : {}
  return <Figure figure={measure} name={`${holder.name}, ${name}`} unit {...asked} />
}

function QuotaActs(props: {
  quota: Quota
  close: () => void
  decide: ReturnType<typeof useDecide>
  setDoing: (doing: Doing) => void
}) {
  const { quota, close, decide, setDoing } = props
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const me = useOrganisation().data?.me
  const setSearch = useSetSearch()
  const remove = useChange('quotas.remove')
  const undo = useChange('changes.undo')
  const maySet = (['manager', 'compensation-admin', 'admin'] as const).some((role) =>
    me?.roles.includes(role),
  )
  const mine = me?.seller?.id === quota.holder.id
  const takeOut = async () => {
    const given = { id: quota.id, version: quota.version }
    const written = await remove.run(given).catch(() => undefined)
    if (!written) return
    const words = { name: quota.holder.name, period: format.period(quota.period) }
    toast.undo(t('was_removed', words), () => undo.run({ id: written.changeId }))
    close()
  }
  return (
    <div className="quota-waiting k-no-print">
      {maySet && quota.state !== 'approved' && (
        <Button size="compact-sm" loading={decide.busy} onClick={() => decide.approve([quota.id])}>
          {t('approve')}
        </Button>
      )}
      {maySet && quota.state === 'proposed' && (
        <Button variant="default" size="compact-sm" onClick={() => setDoing('return')}>
          {t('return')}
        </Button>
      )}
      {maySet && (
        <Button variant="default" size="compact-sm" onClick={() => setDoing('change')}>
          {t('edit')}
        </Button>
      )}
      {(mine || maySet) && quota.holder.kind === 'seller' && (
        <Button variant="default" size="compact-sm" onClick={() => setDoing('commit')}>
          {t('commit')}
        </Button>
      )}
      {(mine || maySet) && quota.holder.kind !== 'position' && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setSearch({ quota: undefined, goal_new: `quota.${quota.id}` })}
        >
          {t('as_goal')}
        </Button>
      )}
      {maySet && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={remove.busy}
          onClick={() => void takeOut()}
        >
          {t('remove')}
        </Button>
      )}
    </div>
  )
}

function CommitDrawer({ quota, close }: { quota: Quota; close: () => void }) {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const [amount, setAmount] = useState<number | undefined>(quota.commitment ?? undefined)
  const commit = useChange('quotas.commit')
  const undo = useChange('changes.undo')
  const { holder, metric, where, period } = quota
  const base = useOrganisation().data?.settings.baseCurrency ?? 'EUR'
  const send = async () => {
    if (amount === undefined) return
    const given = { seller: holder.id, metric, where, period: period.id, amount }
    const written = await commit.run(given).catch(() => undefined)
    if (!written) return
    toast.undo(t('was_committed', { period: format.period(period) }), () =>
      undo.run({ id: written.changeId }),
    )
    close()
  }
  const field = {
    name: 'amount',
    label: t('commitment'),
    value: amount,
    onChange: setAmount,
    required: true,
    autoFocus: true,
  }
  return (
    <Drawer
      title={t('commit_title', { period: format.period(period) })}
      note={t('commit_note')}
      close={close}
      print={false}
    >
      <Form
        submitLabel={t('save')}
        busy={commit.busy}
        problem={commit.problem}
        cancel={close}
        onSubmit={send}
      >
        {quota.currency === null ? (
          <NumberField {...field} digits={0} />
        ) : (
          <MoneyField {...field} currency={base} />
        )}
      </Form>
    </Drawer>
  )
}

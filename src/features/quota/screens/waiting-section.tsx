// Quotas that wait for approval: chosen, approved or returned together.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSetSearch } from '../../../web/address.tsx'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form, LongField } from '../../../web/ui/form.tsx'
import { Section } from '../../../web/ui/page.tsx'
import { SelectionBar, useSelection } from '../../../web/ui/selection.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { quotaTexts } from '../texts.ts'
import { useSaidAmount } from './quota-words.ts'

type Quota = Answer<'quotas.list'>['rows'][number]

export function WaitingSection() {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const setSearch = useSetSearch()
  const list = usePages('quotas.list', { state: 'proposed', kind: 'quota', limit: 200 })
  const selection = useSelection()
  const said = useSaidAmount()
  const decide = useDecide(selection.clear)
  const [returning, setReturning] = useState(false)
  const { rows } = list
  const lang = useLanguage()
  const metrics = useOperation('results.metrics', {}).data?.rows ?? []
  const base = useOrganisation().data?.settings.baseCurrency ?? 'EUR'
  /** Metric and filters in words. */
  const aboutOf = ({ metric, filters }: Pick<Quota, 'metric' | 'filters'>) =>
    [
      metrics.find(({ id }) => id === metric)?.name[lang],
      ...filters.flatMap(({ cells }) => cells.map(({ name }) => name)),
    ].join(' · ')
  if (rows.length === 0) return null
  const amount = (quota: Quota, value: number) =>
    quota.currency === null ? format.count(value) : format.money(value, base)
  const columns: Column<Quota>[] = [
    {
      id: 'name',
      head: t('who'),
      main: true,
      cell: ({ holder, period, metric, filters }) => (
        <>
          {holder.name} <span className="k-muted quota-when">{format.period(period)}</span>
          <span className="quota-held">{aboutOf({ metric, filters })}</span>
        </>
      ),
    },
    {
      id: 'amount',
      head: t('amount'),
      align: 'right',
      keep: true,
      cell: (quota) => (
        <>
          {amount(quota, quota.baseAmount)}
          {quota.rateOn !== null && <span className="quota-held">{said(quota)}</span>}
        </>
      ),
    },
    {
      id: 'commitment',
      head: t('commitment'),
      align: 'right',
      cell: (quota) => (quota.commitment === null ? '—' : amount(quota, quota.commitment)),
    },
    { id: 'reason', head: t('reason'), cell: ({ decision }) => decision?.reason ?? '' },
  ]
  const ids = selection.all ? rows.map(({ id }) => id) : [...selection.ids]
  return (
    <Section title={t('waiting')} note={t('waiting_note')}>
      <DataTable
        caption={t('waiting_caption')}
        rows={rows}
        columns={columns}
        rowId={({ id }) => id}
        rowLabel={({ holder, period }) => `${holder.name} ${period.id}`}
        onOpen={({ id }) => setSearch({ quota: id })}
        selection={selection}
        more={list.more}
      />
      <SelectionBar selection={selection} total={undefined} shown={rows.length}>
        <Button size="compact-sm" loading={decide.busy} onClick={() => decide.approve(ids)}>
          {t('approve')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => setReturning(true)}>
          {t('return')}
        </Button>
      </SelectionBar>
      {returning && <ReturnDrawer ids={ids} decide={decide} close={() => setReturning(false)} />}
    </Section>
  )
}

/** Approving and returning with undo; `done` runs after either. */
export function useDecide(done: () => void) {
  const t = useTexts(quotaTexts)
  const change = useChange('quotas.decide')
  const undo = useChange('changes.undo')
  const run = async (
    ids: readonly string[],
    decision: 'approved' | 'returned',
    reason?: string,
  ) => {
    const given = { ids: [...ids], decision, ...(reason === undefined ? {} : { reason }) }
    const decided = await change.run(given).catch(() => undefined)
    if (!decided) return false
    toast.undo(t(`was_${decision}`, { count: decided.decided }), () =>
      undo.run({ id: decided.changeId }),
    )
    done()
    return true
  }
  return {
    busy: change.busy,
    problem: change.problem,
    approve: (ids: readonly string[]) => {
      void run(ids, 'approved').then((well) => {
        if (!well && change.problem) toast.problem(change.problem)
      })
    },
    giveBack: (ids: readonly string[], reason: string) => run(ids, 'returned', reason),
  }
}

/** Asks for the sentence that goes back with it. */
export function ReturnDrawer(props: {
  ids: readonly string[]
  decide: ReturnType<typeof useDecide>
  close: () => void
}) {
  const { ids, decide, close } = props
  const t = useTexts(quotaTexts)
  const [reason, setReason] = useState('')
  return (
    <Drawer title={t('return_title')} close={close} print={false}>
      <Form
        submitLabel={t('return')}
        busy={decide.busy}
        problem={decide.problem}
        cancel={close}
        onSubmit={() =>
          decide.giveBack(ids, reason).then((well) => {
            if (well) close()
          })
        }
      >
        <LongField
          name="reason"
          label={t('reason')}
          hint={t('reason_hint')}
          value={reason}
          onChange={setReason}
          required
          autoFocus
          maxLength={500}
        />
      </Form>
    </Drawer>
  )
}

// Attainment by person or team and period: who is at or above quota, and what waits for approval.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useGo, useSearch, useSetSearch } from '../../../web/address.tsx'
import { asOfIn } from '../../../web/as-of.ts'
import type { Answer } from '../../../web/client.ts'
import { useFormat, useLanguage, useTexts } from '../../../web/language.ts'
import { useOrganisation } from '../../../web/organisation.ts'
import { usePages } from '../../../web/pages.ts'
import { useOperation } from '../../../web/queries.ts'
import { ChipMenu, Chips } from '../../../web/ui/chip.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Page } from '../../../web/ui/page.tsx'
import { Answered, Empty } from '../../../web/ui/states.tsx'
import { PeriodChip } from '../../results/screens/period-chip.tsx'
import { quotaTexts } from '../texts.ts'
import { AttainmentBar, useAttainmentText } from './attainment-bar.tsx'
import { QuotaForm } from './quota-form.tsx'
import { useQuotaAmount } from './quota-words.ts'
import { WaitingSection } from './waiting-section.tsx'
import { readWhere, writeWhere } from './where-address.ts'
import './quota.css'

type Attainment = Answer<'quotas.attainment'>
type Row = Attainment['rows'][number]
type Cell = NonNullable<Row['cells'][number]>
type Grain = NonNullable<Attainment['grain']>

const grains: readonly string[] = ['month', 'quarter', 'year', 'fiscal-quarter', 'fiscal-year']
const isGrain = (text: string | undefined): text is Grain => grains.includes(text ?? '')

export function QuotasScreen() {
  const t = useTexts(quotaTexts)
  const lang = useLanguage()
  const go = useGo()
  const search = useSearch()
  const setSearch = useSetSearch()
  const roles = useOrganisation().data?.me.roles ?? []
  const maySet = (['manager', 'compensation-admin', 'admin'] as const).some((role) =>
    roles.includes(role),
  )
  const by = holderKinds.find((kind) => kind === search.by) ?? 'seller'
  const asOf = asOfIn(search)
  const input = {
    by,
    lang,
    limit: 200,
    where: readWhere(search.where),
    ...(search.metric === undefined ? {} : { metric: search.metric as Attainment['metric'] }),
    ...(isGrain(search.grain) ? { grain: search.grain } : {}),
    ...(search.period === undefined ? {} : { period: search.period }),
    ...(search.team === undefined ? {} : { teamId: search.team }),
    ...(search.seller === undefined ? {} : { sellerId: search.seller }),
    ...(search.position_id === undefined ? {} : { positionId: search.position_id }),
    ...(asOf === undefined ? {} : { asOf }),
  } as const
  const first = useOperation('quotas.attainment', input)
  const list = usePages('quotas.attainment', input)
  const { data } = first
  const filtered =
    search.period !== undefined ||
    search.team !== undefined ||
    search.seller !== undefined ||
    search.position_id !== undefined
  const words = useFinding(data)
  return (
    <Page
      finding={words.finding}
      note={words.note}
      exports={{ table: 'quotas', filter: { kind: 'quota' } }}
      actions={
        maySet ? (
          <>
            <Button variant="default" onClick={() => setSearch({ set: '1' })}>
              {t('set')}
            </Button>
            <Button onClick={() => go('quotas/allocate')}>{t('allocate')}</Button>
          </>
        ) : undefined
      }
      chips={data && <QuotaChips data={data} by={by} />}
    >
      <Answered
        query={first}
        shape="table"
        empty={(answer) =>
          answer.rows.length > 0 ? undefined : answer.sets.length === 0 ? (
            <Empty kind="nothing-yet" title={t('nothing_yet')} text={t('nothing_yet_text')} />
          ) : (
            <Empty
              kind="nothing-for-filter"
              title={t('nothing_here')}
              text={t('nothing_here_text')}
              {...(filtered
                ? {
                    action: {
                      label: t('clear'),
                      run: () =>
                        setSearch({
                          period: undefined,
                          team: undefined,
                          seller: undefined,
                          position_id: undefined,
                        }),
                    },
                  }
                : {})}
            />
          )
        }
      >
        {(answer) => (
          <AttainmentTable
            answer={answer}
            rows={list.rows}
            more={{ ...list.more, total: answer.total }}
            by={by}
            caption={words.finding}
            stale={first.isStale}
          />
        )}
      </Answered>
      {maySet && <WaitingSection />}
      {search.set && maySet && <QuotaForm close={() => setSearch({ set: undefined })} />}
    </Page>
  )
}

const holderKinds = ['seller', 'team', 'position'] as const
type HolderKind = (typeof holderKinds)[number]

function QuotaChips({ data, by }: { data: Attainment; by: HolderKind }) {
  const t = useTexts(quotaTexts)
  const search = useSearch()
  const setSearch = useSetSearch()
  const teams = useOperation('teams.list', {}).data?.rows ?? []
  const keyOf = (metric: string, where: Record<string, string[]>) =>
    `${metric} ${JSON.stringify(where)}`
  const mine = data.sets.filter((set) => set.by === by)
  const about = mine.filter(
    (set, i) =>
      mine.findIndex((one) => keyOf(one.metric, one.where) === keyOf(set.metric, set.where)) === i,
  )
  const shown = Object.fromEntries(
    data.filters.map(({ dimension, cells }) => [dimension, cells.map(({ id }) => id)]),
  )
  const grainsHere = mine
    .filter((set) => keyOf(set.metric, set.where) === keyOf(data.metric, shown))
    .map(({ grain }) => grain)
  const nameOf = (set: Pick<Attainment, 'name' | 'filters'>) =>
    [set.name, ...set.filters.flatMap(({ cells }) => cells.map(({ name }) => name))].join(' · ')
  return (
    <Chips>
      <PeriodChip
        shown={
          data.span === null ? undefined : { ...data.span, byDefault: search.period === undefined }
        }
        onChoose={(period) => setSearch({ period })}
      />
      <ChipMenu
        label={t('what')}
        value={about.length > 0 ? keyOf(data.metric, shown) : data.name}
        options={about.map((set) => ({ value: keyOf(set.metric, set.where), label: nameOf(set) }))}
        onChoose={(key) => {
          const set = about.find((one) => keyOf(one.metric, one.where) === key)
          if (!set) return
          setSearch({
            metric: set.metric,
            where: writeWhere(set.where),
            grain: undefined,
            period: undefined,
          })
        }}
      />
      {grainsHere.length > 1 && data.grain !== null && (
        <ChipMenu
          label=""
          value={data.grain}
          options={grainsHere.map((grain) => ({ value: grain, label: t(`grain_${grain}`) }))}
          onChoose={(grain) => setSearch({ grain, period: undefined })}
        />
      )}
      <ChipMenu
        label={t('by')}
        value={by}
        options={holderKinds.map((value) => ({ value, label: t(`by_${value}`) }))}
        onChoose={(value) =>
          setSearch({
            by: value === 'seller' ? undefined : value,
            seller: undefined,
            position_id: undefined,
          })
        }
      />
      <ChipMenu
        label={t('team')}
        value={search.team}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(team) => setSearch({ team })}
        onClear={() => setSearch({ team: undefined })}
      />
    </Chips>
  )
}

/** The sentence the page opens with, and what it rests on. */
function useFinding(data: Attainment | undefined): { finding: string; note: ReactNode } {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const text = useAttainmentText()
  const me = useOrganisation().data?.me
  if (data === undefined) return { finding: t('title'), note: undefined }
  const at = data.periods.findIndex(({ id }) => id === data.focus)
  const period = data.periods[at]
  if (!period) {
    return { finding: t(data.sets.length === 0 ? 'finding_none' : 'nothing_here'), note: undefined }
  }
  const name = format.period(period)
  const { n, atOrAbove, low, median, high } = period.standing
  const only = data.total === 1 ? data.rows[0] : undefined
  const cell = only?.cells[at]
  const finding = () => {
    if (n === 0) return t('finding_undefined', { period: name })
    if (only && cell) {
      const words = { name: only.holder.name, attainment: text(cell.attainment), period: name }
      return t(me?.seller?.id === only.holder.id ? 'finding_own' : 'finding_holder', words)
    }
    const words = { count: atOrAbove, n: format.count(n), period: name }
    return t(period.over ? 'finding_people' : 'finding_so_far', words)
  }
  const spread =
    n >= 4 && low !== undefined && median !== undefined && high !== undefined
      ? t('note_spread', {
          median: format.rate(median, 0),
          low: format.rate(low, 0),
          high: format.rate(high, 0),
        })
      : undefined
  const parts = [
    spread,
    period.without > 0 ? t('note_without', { count: period.without }) : undefined,
    period.standing.undefined > 0
      ? t('note_undefined', { count: period.standing.undefined })
      : undefined,
    t('note_of', { metric: data.name }),
    data.filters.length > 0
      ? t('note_filters', {
          filters: format.list(data.filters.flatMap(({ cells }) => cells.map((one) => one.name))),
        })
      : undefined,
  ]
  return { finding: finding(), note: parts.filter((part) => part !== undefined).join(' ') }
}

function AttainmentTable(props: {
  answer: Attainment
  rows: readonly Row[]
  more: Parameters<typeof DataTable<Row>>[0]['more']
  by: HolderKind
  caption: string
  stale: boolean
}) {
  const { answer, rows, more, by, caption, stale } = props
  const t = useTexts(quotaTexts)
  const format = useFormat()
  const amount = useQuotaAmount(answer)
  const text = useAttainmentText()
  const setSearch = useSetSearch()
  const focus = answer.periods.findIndex(({ id }) => id === answer.focus)
  const columns: Column<Row>[] = [
    {
      id: 'name',
      head: t(by),
      main: true,
      cell: ({ holder, cells }) => (
        <>
          {holder.name}
          {holder.gone && <span className="k-muted"> · {t('gone')}</span>}
          {holder.kind === 'position' && <HeldBy cell={cells[focus] ?? null} />}
        </>
      ),
    },
    ...answer.periods.map(
      (period, i): Column<Row> => ({
        id: period.id,
        head: format.period(period),
        keep: i === focus,
        width: '170px',
        cell: ({ holder, cells }) => (
          <QuotaCell
            cell={cells[i] ?? null}
            name={holder.name}
            period={format.period(period)}
            amount={amount}
          />
        ),
      }),
    ),
  ]
  const foot: Record<string, ReactNode> = { name: t('together') }
  for (const period of answer.periods) {
    foot[period.id] = period.attainment ? (
      <span className="quota-cell">
        <AttainmentBar attainment={period.attainment} />
        <span className="quota-cell-rate">{text(period.attainment)}</span>
        <span className="quota-cell-of">{t('of_quota', { quota: amount(period.quota) })}</span>
      </span>
    ) : null
  }
  return (
    <DataTable
      caption={caption}
      rows={rows}
      columns={columns}
      rowId={({ holder }) => holder.id}
      rowLabel={({ holder }) => holder.name}
      {...(by === 'position'
        ? { onOpen: ({ holder }: Row) => setSearch({ position: holder.id }) }
        : { rowLink: ({ holder }: Row) => ({ to: `${holder.kind}s/${holder.id}` }) })}
      {...(rows.length > 1 ? { foot } : {})}
      {...(more === undefined ? {} : { more })}
      stale={stale}
    />
  )
}

/** Who held a position in the period looked at. */
function HeldBy({ cell }: { cell: Cell | null }) {
  const t = useTexts(quotaTexts)
  const format = useFormat()
  if (!cell) return null
  const names = [...new Set(cell.heldBy.map(({ name }) => name))]
  return <span className="quota-held">{names.length === 0 ? t('vacant') : format.list(names)}</span>
}

function QuotaCell(props: {
  cell: Cell | null
  name: string
  period: string
  amount: (value: number) => string
}) {
  const { cell, name, period, amount } = props
  const t = useTexts(quotaTexts)
  const text = useAttainmentText()
  const setSearch = useSetSearch()
  if (!cell) return <span className="k-muted">{t('no_cell')}</span>
  const said =
    cell.state === 'approved'
      ? t('of_quota', { quota: amount(cell.amount) })
      : `${amount(cell.amount)} · ${t(cell.state)}`
  return (
    <button
      type="button"
      className="quota-cell"
      data-reached={(cell.attainment.value ?? 0) >= 1 || undefined}
      aria-label={`${t('cell', { name, period, attainment: text(cell.attainment), quota: amount(cell.amount) })}. ${cell.state === 'approved' ? '' : t(cell.state)} ${t('cell_open', { name, period })}`}
      onClick={(event) => {
        event.stopPropagation()
        setSearch({ quota: cell.quotaId })
      }}
    >
      <AttainmentBar attainment={cell.attainment} />
      <span className="quota-cell-rate">{text(cell.attainment)}</span>
      <span className="quota-cell-of">{said}</span>
    </button>
  )
}
